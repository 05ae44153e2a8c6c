"""Lists by e-mail, over the shop's own SMTP server."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from daogou.core.errors import InvalidInput
from daogou.core.secret_file import secret_named
from daogou.serve.channels.address_book import FindAddress, address_finder
from daogou.serve.channels.channel import DeliveryFailed, Message, read_channel_settings
from daogou.serve.channels.letter import letter


class EmailSettings(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """security      starttls, tls from the first byte, or none, which is for a server on the same machine
    password_env     environment variable that holds the password, where there is a username; with _FILE behind its
                     name, of a file that holds it
    addresses        CSV file with user_id and address; or address_command, see `address_book`
    subject          by language; without one the list's title
    unsubscribe_url  with {user_id} in it
    """

    host: str
    sender: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password_env: str = "DAOGOU_SMTP_PASSWORD"
    addresses: str = ""
    address_command: tuple[str, ...] = ()
    subject: dict[str, str] = {}
    unsubscribe_url: str = ""
    timeout_seconds: float = 30.0


class EmailChannel:
    """One connection for many messages, opened with the first and opened again where the server has hung up."""

    def __init__(self, settings: EmailSettings, find: FindAddress, password: str = "") -> None:
        self._settings = settings
        self._password = password
        self._find = find
        self._server: smtplib.SMTP | None = None

    def send(self, message: Message) -> None:
        """Hand it to the server; what the server says of the address is not passed on."""
        settings = self._settings
        address = self._find(message.user_id)
        try:
            mail = letter(
                message,
                sender=settings.sender,
                address=address,
                subjects=settings.subject,
                unsubscribe_url=settings.unsubscribe_url,
            )
        except ValueError:
            raise DeliveryFailed("bad_address", "the address or the subject cannot stand in a header") from None
        try:
            self._connected().send_message(mail)
        except smtplib.SMTPResponseException as error:
            raise DeliveryFailed("smtp_error", f"the mail server answered {error.smtp_code}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryFailed("smtp_error", f"the mail server failed: {type(error).__name__}") from None

    def close(self) -> None:
        """Hang up."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None and not _is_alive(self._server):
            self.close()
        if self._server is None:
            self._server = self._connect()
        return self._server

    def _connect(self) -> smtplib.SMTP:
        settings, secure = self._settings, ssl.create_default_context()
        where = (settings.host, settings.port)
        if settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=settings.timeout_seconds, context=secure)
        else:
            server = smtplib.SMTP(*where, timeout=settings.timeout_seconds)
        if settings.security == "starttls":
            server.starttls(context=secure)
        if settings.username:
            server.login(settings.username, self._password)
        return server


def open_channel(settings: Mapping[str, Any], folder: Path) -> EmailChannel:
    """Check everything that can be checked before the first message."""
    read = read_channel_settings(EmailSettings, settings, "email")
    password = secret_named(read.password_env, os.environ)
    if read.username and password is None:
        raise InvalidInput(f"[channels.email.settings] names a username, but {read.password_env} is not set.")
    return EmailChannel(read, address_finder(read.addresses, read.address_command, folder), password or "")


def _is_alive(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False
