"""A list as an e-mail: a plain text and the same as HTML, every item with its price, its reason and its link."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from html import escape
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from daogou.serve.channels.channel import Message, MessageItem

LINK_PARAMETER = "recommendation_id"
ZERO_DECIMALS = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF"})
WORDS = {
    "en": {"unsubscribe": "Unsubscribe"},
    "zh": {"unsubscribe": "退订"},
}


def letter(
    message: Message, *, sender: str, address: str, subjects: Mapping[str, str], unsubscribe_url: str
) -> EmailMessage:
    """The e-mail; ValueError where a header would hold a line break.

    subjects         by language; without one the list's title
    unsubscribe_url  with {user_id} in it; empty leaves link and header out
    """
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, address
    mail["Subject"] = subjects.get(message.language) or message.title or "For you"
    leave = unsubscribe_url.replace("{user_id}", quote(message.user_id, safe=""))
    if leave:
        mail["List-Unsubscribe"] = f"<{leave}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    word = WORDS["zh" if message.language.startswith("zh") else "en"]["unsubscribe"]
    mail.set_content(_text(message, leave, word))
    mail.add_alternative(_html(message, leave, word), subtype="html")
    return mail


def link(item: MessageItem, recommendation_id: str) -> str:
    """The item's address with the recommendation in it; empty where it has none that may stand in a mail."""
    parts = urlsplit(item.url or "")
    if parts.scheme not in ("http", "https"):
        return ""
    query = [*parse_qsl(parts.query, keep_blank_values=True), (LINK_PARAMETER, recommendation_id)]
    return urlunsplit(parts._replace(query=urlencode(query)))


def price(item: MessageItem) -> str:
    """For example "GBP 3.95"; empty where there is none."""
    if item.price_minor is None:
        return ""
    if item.currency in ZERO_DECIMALS:
        return f"{item.currency} {item.price_minor}"
    return f"{item.currency} {item.price_minor // 100}.{item.price_minor % 100:02}"


def _text(message: Message, leave: str, word: str) -> str:
    parts = [message.title]
    for item in message.items:
        lines = (item.title, price(item), item.reason, link(item, message.recommendation_id))
        parts.append("\n".join(line for line in lines if line))
    if leave:
        parts.append(f"{word}: {leave}")
    return "\n\n".join(parts) + "\n"


def _html(message: Message, leave: str, word: str) -> str:
    rows = "".join(_row(item, message.recommendation_id) for item in message.items)
    foot = f'<p><a href="{escape(leave)}">{escape(word)}</a></p>' if leave else ""
    return (
        f'<!doctype html><html lang="{escape(message.language)}"><body>'
        f"<h1>{escape(message.title)}</h1><ul>{rows}</ul>{foot}</body></html>"
    )


def _row(item: MessageItem, recommendation_id: str) -> str:
    address, title = link(item, recommendation_id), escape(item.title)
    name = f'<a href="{escape(address)}">{title}</a>' if address else title
    return f"<li><strong>{name}</strong> {escape(price(item))}<br><small>{escape(item.reason)}</small></li>"
