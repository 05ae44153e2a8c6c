"""A real mail server that keeps what it is given, and a message to give it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from daogou.serve.channels.channel import Message, MessageItem


@dataclass
class Mailbox:
    """What arrived: (recipients, mail); `refused` recipients get 550."""

    port: int = 0
    arrived: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    n_connections: int = 0


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """Speaks as much of RFC 5321 as a client needs."""
    box = Mailbox()

    class Session(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

        def handle(self) -> None:
            box.n_connections += 1
            self.say("220 mail.example")
            recipients: list[str] = []
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "RCPT":
                    address = line.partition("<")[2].partition(">")[0]
                    if address in box.refused:
                        self.say(f"550 no mailbox for {address}")
                        continue
                    recipients.append(address)
                elif verb == "DATA":
                    self.say("354 go on")
                    lines = []
                    while (part := self.rfile.readline()) != b".\r\n":
                        lines.append(part[1:] if part.startswith(b"..") else part)
                    mail = message_from_bytes(b"".join(lines), policy=policy.default)
                    assert isinstance(mail, EmailMessage)
                    box.arrived.append((recipients, mail))
                    recipients = []
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                elif verb == "RSET":
                    recipients = []
                self.say("250 ok")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield box
        server.shutdown()


def made(user_id: str = "ann", n_items: int = 2) -> Message:
    items = tuple(
        MessageItem(
            item_id=f"p{number}",
            title=f"Mug <{number}>",
            price_minor=395,
            currency="GBP",
            availability="in_stock",
            url=f"https://shop.example/p{number}?a=1",
            image=None,
            source="ease",
            reason_code="trending",
            reason="Trending in this shop now",
        )
        for number in range(n_items)
    )
    return Message(user_id, "rec-1", "email", "home_for_you", "For you", "en", False, "2026-11-21T10:00:00Z", items)


@pytest.fixture
def make_message() -> object:
    """A message: make_message(user_id, n_items)."""
    return made
