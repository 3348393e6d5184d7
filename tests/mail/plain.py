"""A server that takes every message and writes down all it is told, for scenarios to change.

Below its folder it writes `messages/0001.eml` and so on as they came, `messages.jsonl` with the envelope of each, `ticks`
with one byte for each (a test looks at its size), `log.jsonl` with every command, and `ca.pem`.
"""

import asyncio
import collections
import email
import itertools
import json
import socket

from aiosmtpd.smtp import MISSING, SMTP

from certificates import Authority


class Protocol(SMTP):
    """aiosmtpd, with a scenario that may change its answers."""

    connections = itertools.count(1)

    def __init__(self, scenario):
        super().__init__(scenario, hostname="localhost", ident="a test", **scenario.options)
        self.connection = next(self.connections)
        # A line may come with what follows it, and is longer than aiosmtpd thinks where an address is.
        self.command_size_limit = 2048

    async def push(self, status):
        if isinstance(status, str):
            status = await self.event_handler.reply(self, status)
        await super().push(status)
        if isinstance(status, str) and self.event_handler.hangs_up(self, status) and self.transport:
            self.transport.close()

    async def smtp_DATA(self, arg):
        if not self.event_handler.dies_in_data(self.envelope):
            return await super().smtp_DATA(arg)
        await super().push("354 Go on")
        await self._reader.readexactly(2000)
        self.transport.abort()


class Plain:
    """Takes every message. The other scenarios differ from it in what they name."""

    options = {}
    is_tls_from_the_start = False
    keeps_messages = True
    is_narrow = False

    def __init__(self, folder):
        self.folder = folder
        self.count = 0
        self.on_connection = collections.Counter()
        (folder / "messages").mkdir()
        self.ca = Authority("Test CA")
        (folder / "ca.pem").write_bytes(self.ca.pem)

    # What a scenario may change.

    async def reply(self, server, status):
        """The answer that is given in place of this one."""
        return status

    def hangs_up(self, server, status):
        """Whether the connection ends after this answer."""
        return status.startswith("421")

    def dies_in_data(self, envelope):
        return False

    def on_mail(self, server):
        """The answer to MAIL, if it is not the usual one."""

    def on_recipient(self, address):
        """The answer to RCPT, if it is not the usual one."""

    async def on_message(self, server, envelope):
        """The answer to the last dot; the message is kept where it starts with 2."""
        return "250 2.0.0 OK"

    # What aiosmtpd calls.

    async def handle_EHLO(self, server, session, envelope, name, lines):
        self.log(server, "EHLO", name)
        session.host_name = name
        return lines

    async def handle_AUTH(self, server, session, envelope, words):
        self.log(server, "AUTH", words[0])
        return MISSING

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.log(server, "MAIL", address)
        return self.on_mail(server) or MISSING

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.log(server, "RCPT", address)
        return self.on_recipient(address) or MISSING

    async def handle_DATA(self, server, session, envelope):
        self.log(server, "DATA", "")
        answer = await self.on_message(server, envelope)
        if answer.startswith("2"):
            self.keep(server, session, envelope)
        return answer

    async def handle_RSET(self, server, session, envelope):
        self.log(server, "RSET", "")
        return MISSING

    async def handle_NOOP(self, server, session, envelope, argument):
        self.log(server, "NOOP", "")
        return MISSING

    async def handle_QUIT(self, server, session, envelope):
        self.log(server, "QUIT", "")
        return MISSING

    # What is written down.

    def log(self, server, command, argument):
        is_tls = server.transport.get_extra_info("ssl_object") is not None
        line = {"connection": server.connection, "tls": is_tls, "command": command, "argument": argument}
        self.append("log.jsonl", line)

    def keep(self, server, session, envelope):
        self.count += 1
        self.on_connection[server.connection] += 1
        name = f"{self.count:04}.eml"
        if self.keeps_messages:
            (self.folder / "messages" / name).write_bytes(envelope.original_content)
        head = email.message_from_bytes(envelope.original_content[:8000])
        login = session.login_data.decode() if session.login_data else None
        line = {"file": name, "connection": server.connection, "from": envelope.mail_from, "to": envelope.rcpt_tos}
        self.append("messages.jsonl", line | {"login": login, "message_id": head["Message-ID"]})
        with open(self.folder / "ticks", "ab") as ticks:
            ticks.write(b".")

    def append(self, name, line):
        with open(self.folder / name, "a") as file:
            file.write(json.dumps(line) + "\n")

    # How it is run.

    def context(self):
        """TLS as the scenario has it, or nothing."""

    async def listen(self):
        is_tls = self.is_tls_from_the_start
        context = self.context()
        self.options = self.options | ({"tls_context": context} if context and not is_tls else {})
        place = socket.create_server(("127.0.0.1", 0))
        if self.is_narrow:
            # Small segments keep the client's buffer small, too.
            place.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            place.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1000)
        loop = asyncio.get_running_loop()
        make = lambda: Protocol(self)
        self.server = await loop.create_server(make, sock=place, ssl=context if is_tls else None)
        return self.server
