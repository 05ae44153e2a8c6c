"""Addresses in the web that may go out: complete, of pages and pictures, and nothing else."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

LONGEST = 2_000
_KEPT = "%/:@!$&'()*+,;=-._~"


def web_address(text: str | None, base: str = "") -> str | None:
    """The complete http or https address, its letters encoded; None where it is none.

    base  the shop's public address, to which addresses without a host belong
    """
    if not text or len(text) > LONGEST or any(ord(one) <= 0x20 or 0x7F <= ord(one) <= 0x9F for one in text):
        return None
    if "\\" in text:
        return None
    try:
        parts = urlsplit(urljoin(f"{base.rstrip('/')}/", text) if base else text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or parts.password is not None:
        return None
    try:
        name = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return None
    where = f"[{name}]" if ":" in name else name
    found = f"{parts.scheme}://{where}{'' if port is None else f':{port}'}{quote(parts.path, safe=_KEPT)}"
    return f"{found}?{quote(parts.query, safe=_KEPT + '?')}" if parts.query else found


def page_of_item(url: str | None, item_id: str, shop_url: str) -> str | None:
    """The item's own page: the one it names, else the one in the shop's storefront, where it has a public address."""
    found = web_address(url, shop_url)
    if found is None and shop_url:
        found = f"{shop_url.rstrip('/')}/p/{quote(item_id, safe='')}"
    return found
