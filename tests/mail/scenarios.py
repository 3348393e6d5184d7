"""What servers do to those who send, each by its name in `SCENARIOS`."""

import asyncio

from aiosmtpd.smtp import AuthResult

from certificates import Authority
from plain import Plain, Protocol

USER = "toa-soan@office.example"
PASSWORD = "Mật khẩu: đúng 1 %40!"


class StartTls(Plain):
    options = {"require_starttls": True}

    def context(self):
        return self.ca.context(["localhost"], self.folder)


class Tls(StartTls):
    options = {"auth_require_tls": False}
    is_tls_from_the_start = True


class WrongName(StartTls):
    def context(self):
        return self.ca.context(["mail.other.example"], self.folder)


class UnknownAuthority(StartTls):
    def context(self):
        return Authority("Nobody").context(["localhost"], self.folder)


class Expired(StartTls):
    def context(self):
        return self.ca.context(["localhost"], self.folder, days=-1)


def authenticate(server, session, envelope, mechanism, login):
    is_right = login.login.decode() == USER and login.password.decode() == PASSWORD
    return AuthResult(success=is_right, handled=False, auth_data=login)


class Auth(StartTls):
    options = StartTls.options | {"auth_required": True, "authenticator": authenticate}


class AuthByLogin(Auth):
    options = Auth.options | {"auth_exclude_mechanism": ["PLAIN"]}


class AuthOverTls(Auth):
    options = Auth.options | {"require_starttls": False, "auth_require_tls": False}
    is_tls_from_the_start = True


class NoAuth(StartTls):
    async def handle_EHLO(self, server, session, envelope, name, lines):
        lines = await super().handle_EHLO(server, session, envelope, name, lines)
        return [line for line in lines if "AUTH" not in line]


class TooSmall(Plain):
    options = {"data_size_limit": 1000}


class Greylisting(Plain):
    """Nobody is known at first."""

    def __init__(self, folder):
        super().__init__(folder)
        self.known = set()

    def on_recipient(self, address):
        if address not in self.known:
            self.known.add(address)
            return "450 4.2.0 Greylisted, come back later"


class LateDelay(Greylisting):
    """As greylisting, but the message has been sent by then."""

    def on_recipient(self, address):
        return None

    async def on_message(self, server, envelope):
        return super().on_recipient(envelope.rcpt_tos[0]) or "250 2.0.0 OK"


class FiveEach(Plain):
    def on_mail(self, server):
        if self.on_connection[server.connection] >= 5:
            return "421 4.7.0 Too many messages on this connection"


class OneGone(Plain):
    def on_recipient(self, address):
        if address.startswith("gone@"):
            return "550 5.1.1 No such user"


class OneUnwanted(Plain):
    async def on_message(self, server, envelope):
        return "554 5.7.1 Not wanted here" if envelope.rcpt_tos[0].startswith("gone@") else "250 2.0.0 OK"


class OneBusy(Plain):
    def on_recipient(self, address):
        if address.startswith("busy@"):
            return "451 4.3.0 Try again later"


class DiesInData(Plain):
    """Once, for an address that says so."""

    has_died = False

    def dies_in_data(self, envelope):
        dies = not self.has_died and envelope.rcpt_tos[0].startswith("fatal@")
        self.has_died |= dies
        return dies


class DiesInLarge(DiesInData):
    """Dies while most of a large message is still with the client, for little is on its way at a time."""

    is_narrow = True


class GoesAway(Plain):
    """Takes two messages and is never seen again."""

    def on_mail(self, server):
        if self.count >= 2:
            self.server.close()
            server.transport.abort()
            return "421 Bye"


class DiesAfterDot(Plain):
    """Once, for an address that says so, with the message kept."""

    has_died = False

    async def on_message(self, server, envelope):
        if not self.has_died and envelope.rcpt_tos[0].startswith("fatal@"):
            self.has_died = True
            self.keep(server, server.session, envelope)
            server.transport.abort()
            await asyncio.sleep(3600)
        return "250 2.0.0 OK"


class Slow(Plain):
    async def reply(self, server, status):
        await asyncio.sleep(3)
        return status


class Unhurried(Plain):
    """So slow that a test can do something meanwhile, and does not keep what it takes."""

    keeps_messages = False

    async def reply(self, server, status):
        await asyncio.sleep(0.005)
        return status


class ManyLines(Plain):
    async def reply(self, server, status):
        if status[:1] != "2" or status[3:4] != " ":
            return status
        return f"{status[:3]}-Many\r\n{status[:3]}-lines\r\n{status}"


class OtherLetters(Plain):
    """Answers as servers did before UTF-8."""

    async def reply(self, server, status):
        return status if status[3:4] == "-" else status.encode() + " \xe9t\xe9".encode("latin-1")

    def on_recipient(self, address):
        if address.startswith("gone@"):
            return "550 5.1.1 No such user"


class OldKind(Plain):
    async def handle_EHLO(self, server, session, envelope, name, lines):
        return ["502 5.5.1 Not implemented"]


class OutOfStep(Plain):
    """Answers once too often."""

    async def handle_MAIL(self, server, session, envelope, address, options):
        await server.push("250 2.1.0 And that was not all")
        return await super().handle_MAIL(server, session, envelope, address, options)


class Injected(Auth):
    """With somebody on the way who adds an answer before the connection is safe."""

    async def reply(self, server, status):
        return status + "\r\n250-localhost\r\n250 AUTH PLAIN" if "start TLS" in status else status


class HangsUp(Plain):
    def hangs_up(self, server, status):
        return status == "250 2.0.0 OK"


class Closed(Plain):
    """Has no time for anybody."""

    async def reply(self, server, status):
        return "421 4.3.2 Not now"


class Raw(Plain):
    """Anything but SMTP: the same bytes, once or for ever."""

    pieces, is_endless = b"", False

    async def listen(self):
        return await asyncio.start_server(self.answer, "127.0.0.1", 0)

    async def answer(self, reader, writer):
        self.append("log.jsonl", {"connection": next(Protocol.connections), "command": "CONNECT"})
        try:
            writer.write(self.pieces)
            await writer.drain()
            while self.is_endless:
                writer.write(self.pieces)
                await writer.drain()
                await asyncio.sleep(0.01)
            await reader.read()
            writer.close()
        except ConnectionError:
            pass


class Silent(Raw):
    pass


class Garbage(Raw):
    pieces = b"\xff\xfe\x00 not a server of mail\r\nnor this \x1b[31m\r\n"


class EndlessLine(Raw):
    pieces, is_endless = b"220-" * 4096, True


class EndlessReply(Raw):
    pieces, is_endless = b"220-and one more\r\n" * 100, True


SCENARIOS = {
    "plain": Plain, "starttls": StartTls, "tls": Tls,
    "wrong-name": WrongName, "unknown-authority": UnknownAuthority, "expired": Expired,
    "auth": Auth, "auth-by-login": AuthByLogin, "auth-over-tls": AuthOverTls, "no-auth": NoAuth,
    "too-small": TooSmall, "greylisting": Greylisting, "late-delay": LateDelay, "five-each": FiveEach,
    "one-gone": OneGone, "one-unwanted": OneUnwanted, "one-busy": OneBusy, "closed": Closed,
    "dies-in-data": DiesInData, "dies-in-large": DiesInLarge, "dies-after-dot": DiesAfterDot, "goes-away": GoesAway,
    "hangs-up": HangsUp,
    "other-letters": OtherLetters, "old-kind": OldKind, "out-of-step": OutOfStep, "injected": Injected,
    "slow": Slow, "unhurried": Unhurried, "many-lines": ManyLines,
    "silent": Silent, "garbage": Garbage, "endless-line": EndlessLine, "endless-reply": EndlessReply,
}  # fmt: skip
