"""A stand-in for the mail servers of one address: an inbox over IMAP, an outbox over SMTP, on loopback."""

from __future__ import annotations

import base64
import email
import email.policy
import itertools
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import make_msgid

from tests.support.waiting import wait_until

ADDRESS, USER, PASSWORD = "ask@museum.example", "ask@museum.example", "open sesame"
LOGIN = "ask%40museum.example:open%20sesame"


@dataclass
class MailServer:
    """What lies in the inbox, what was sent, and how the servers are to fail."""

    inbox: dict[int, bytes] = field(default_factory=dict)
    read: set[int] = field(default_factory=set)
    sent: list[EmailMessage] = field(default_factory=list)
    passwords: set[str] = field(default_factory=lambda: {PASSWORD})
    replies: list[str] = field(default_factory=list)
    """What SMTP says to the next mails, in place of taking them."""
    ports: dict[str, int] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @contextmanager
    def running(self) -> Iterator[MailServer]:
        servers = {name: _Server(("127.0.0.1", 0), kind, self) for name, kind in (("imap", _Imap), ("smtp", _Smtp))}
        for name, server in servers.items():
            self.ports[name] = server.server_address[1]
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield self
        finally:
            for server in servers.values():
                server.shutdown()
                server.server_close()

    def settings(self) -> dict[str, str]:
        """Return the settings by which a bot uses these servers."""
        return {
            "email_address": ADDRESS,
            "email_inbox": f"imap://{LOGIN}@127.0.0.1:{self.ports['imap']}",
            "email_outbox": f"smtp://{LOGIN}@127.0.0.1:{self.ports['smtp']}",
        }

    def write(self, text: str, who: str = "ann@home.example", **headers: str) -> int:
        """Have somebody write a mail; return its number in the inbox."""
        mail = EmailMessage()
        mail["From"], mail["To"] = who, ADDRESS
        for name, value in {"Message_ID": make_msgid(domain="home.example"), **headers}.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        return self.put(mail.as_bytes())

    def put(self, raw: bytes) -> int:
        number = next(self._numbers)
        self.inbox[number] = raw
        return number

    def answers(self, count: int, to: str = "ann@home.example") -> list[str]:
        """Return the texts sent to somebody, once there are so many."""
        wait_until(lambda: len(self.to(to)) >= count, lambda: str(self.to(to)))
        return [text_of(mail) for mail in self.to(to)]

    def to(self, who: str) -> list[EmailMessage]:
        return [mail for mail in list(self.sent) if mail["To"] == who]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body
    return body.get_content().strip()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[socketserver.BaseRequestHandler], mail: MailServer):
        self.mail = mail
        super().__init__(address, handler)


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def heard(self) -> str:
        return self.rfile.readline().decode().rstrip("\r\n")


class _Imap(_Session):
    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.heard():
            tag, command = line.split(" ", 1)
            done = self.obey(command)
            self.say(f"{tag} {done}")
            if command == "LOGOUT":
                return

    def obey(self, command: str) -> str:
        mail = self.server.mail
        if command == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif login := re.fullmatch(r'LOGIN (\S+) "(.*)"', command):
            if login[1] != USER or login[2] not in mail.passwords:
                return "NO [AUTHENTICATIONFAILED] wrong"
        elif command == "SELECT INBOX":
            self.say(f"* {len(mail.inbox)} EXISTS")
        elif command == "UID SEARCH UNSEEN":
            self.say(" ".join(["* SEARCH", *(str(number) for number in list(mail.inbox) if number not in mail.read)]))
        elif fetch := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command):
            content = mail.inbox[int(fetch[1])][: int(fetch[2])]
            self.wfile.write(
                b"* 1 FETCH (UID %s BODY[]<0> {%d}\r\n%s)\r\n" % (fetch[1].encode(), len(content), content)
            )
        elif store := re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", command):
            mail.read.add(int(store[1]))
        elif command == "LOGOUT":
            self.say("* BYE")
        else:
            return f"BAD {command}"
        return "OK done"


class _Smtp(_Session):
    def handle(self) -> None:
        self.say("220 ready")
        while line := self.heard():
            word = line.split()[0].upper()
            if word == "EHLO":
                self.say("250-here\r\n250 AUTH PLAIN")
            elif word == "AUTH":
                password = base64.b64decode(line.split()[2]).split(b"\0")[2].decode()
                self.say("235 yes" if password in self.server.mail.passwords else "535 no")
            elif word == "DATA":
                self.take()
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def take(self) -> None:
        self.say("354 go on")
        lines = list(iter(self.rfile.readline, b".\r\n"))
        if self.server.mail.replies:
            self.say(self.server.mail.replies.pop(0))
            return
        content = b"".join(line[1:] if line.startswith(b"..") else line for line in lines)
        self.server.mail.sent.append(email.message_from_bytes(content, policy=email.policy.default))
        self.say("250 taken")
