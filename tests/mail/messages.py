"""Reads messages as a program that had no part in writing them: one line of JSON for each.

`messages.py [--dkim NAME=RECORD_FILE] FILE...`: with a record of DNS under its name, `dkim` tells whether it verifies.
"""

import email
import email.utils
import hashlib
import json
import sys
from email import policy
from email.header import decode_header, make_header

import dkim

HEADERS = """Subject From To Cc Bcc Reply-To Message-ID Date List-Unsubscribe List-Unsubscribe-Post Content-Language
MIME-Version DKIM-Signature""".split()


def part_of(part):
    content = b"" if part.is_multipart() else part.get_payload(decode=True)
    return {
        "type": part.get_content_type(),
        "filename": part.get_filename(),
        "cid": part["Content-ID"],
        "disposition": part.get_content_disposition(),
        "language": part["Content-Language"],
        "encoding": part["Content-Transfer-Encoding"],
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "defects": [repr(defect) for defect in part.defects]
        + [repr(defect) for header in part.values() for defect in getattr(header, "defects", [])],
        "parts": [part_of(child) for child in part.iter_parts()] if part.is_multipart() else [],
    }


def text_of(message, kind):
    body = message.get_body(preferencelist=(kind,))
    return body.get_content() if body else None


def addresses(message, name):
    return [[one.display_name, one.addr_spec] for header in message.get_all(name, []) for one in header.addresses]


def decoded(raw, name):
    """As `addresses`, by the older reader: the new one of Python 3.11 and 3.12 puts a space between two encoded words."""
    pairs = email.utils.getaddresses(email.message_from_bytes(raw).get_all(name, []))
    return [[str(make_header(decode_header(display_name))), address] for display_name, address in pairs]


def read(path, record):
    with open(path, "rb") as file:
        raw = file.read()
    message = email.message_from_bytes(raw, policy=policy.default)
    lines = raw.split(b"\r\n")
    result = {
        "headers": {name: [str(value) for value in message.get_all(name, [])] for name in HEADERS},
        "names": message.keys(),
        "from": addresses(message, "From"),
        "to": addresses(message, "To"),
        "to_decoded": decoded(raw, "To"),
        "reply_to": addresses(message, "Reply-To"),
        "structure": part_of(message),
        "text": text_of(message, "plain"),
        "html": text_of(message, "html"),
        "is_ascii": raw.isascii(),
        "has_bare_line_ends": any(b"\r" in line or b"\n" in line for line in lines),
        "longest_line": max(map(len, lines)),
        "bytes": len(raw),
    }
    if record:
        name, _, file = record.partition("=")
        answer = open(file, "rb").read()
        ask = lambda asked, timeout=5: answer if asked.decode().rstrip(".") == name else None
        result["dkim"] = dkim.verify(raw, dnsfunc=ask)
    return result


words = sys.argv[1:]
record = None
if words[:1] == ["--dkim"]:
    record, words = words[1], words[2:]
for path in words:
    print(json.dumps(read(path, record), ensure_ascii=False))
