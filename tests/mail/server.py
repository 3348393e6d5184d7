"""A mail server for a test: `server.py SCENARIO FOLDER`. It ends when its standard input does.

Its first line on standard output is JSON with its port; what it writes in FOLDER is said in `plain.py`.
"""

import asyncio
import json
import logging
import sys
import threading
import warnings
from pathlib import Path

from scenarios import SCENARIOS


async def main():
    scenario = SCENARIOS[sys.argv[1]](Path(sys.argv[2]))
    server = await scenario.listen()
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    threading.Thread(target=lambda: (sys.stdin.read(), loop.call_soon_threadsafe(ended.set)), daemon=True).start()
    await ended.wait()


# Of clients that hang up there is nothing to tell, nor of scenarios that nobody should have at home.
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
asyncio.run(main())
