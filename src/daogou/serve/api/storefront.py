"""The bundled storefront: built files held in memory, each shop's page with its publishable key, and strict headers."""

from __future__ import annotations

import gzip
import hashlib
import html
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

BUILT = Path(__file__).parents[1] / "static"
INDEX = "index.html"
PRODUCT_ADDRESS = "p/"
"""What follows is an item's id, which may hold a dot; elsewhere a dot asks for a file."""
KEY_META = re.compile(r'<meta\s+name="daogou-key"[^>]*>', re.IGNORECASE)
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
HASHED = re.compile(r"[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
COMPRESSED_FROM_BYTES = 1_024
COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml", "application/manifest+json")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
PAGE_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=(), interest-cohort=()",
}
NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Daogou</title></head><body>
<h1>The API is running; the storefront is not built</h1>
<p>Build it once with Node 20 or newer, then reload this page:</p>
<pre>make web</pre>
<p>The API answers under <code>/v1</code>, its description is at <a href="/docs">/docs</a>.</p>
<hr>
<h1 lang="zh">接口已运行，但前台页面尚未构建</h1>
<p lang="zh">请用 Node 20 或更高版本构建一次，然后刷新本页：</p>
<pre>make web</pre>
</body></html>
"""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to send."""

    content: bytes
    packed: bytes | None
    media_type: str
    cache: str
    tag: str


class BuiltPages:
    """The built files, read once for all shops of a process and again when they were rebuilt."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, Asset] = {}
        self.stamp = -1
        self.index = b""

    def find(self, path: str) -> Asset | None:
        """The file at a path. Paths are looked up in a table, so none can lead outside the folder."""
        return self._files.get(path)

    def answer(self, request: Request, path: str) -> Response | None:
        """A file that belongs to no shop, such as a script of the page."""
        found = self.find(path.lstrip("/"))
        return None if found is None else _sent(found, request)

    def reload_when_rebuilt(self) -> None:
        """Read the files again where the page is a newer one."""
        try:
            stamp = (self._folder / INDEX).stat().st_mtime_ns
        except OSError:
            stamp = 0
        if stamp != self.stamp:
            self._files = self._read() if stamp else {}
            self.index = (self._folder / INDEX).read_bytes() if stamp else b""
            self.stamp = stamp

    def _read(self) -> dict[str, Asset]:
        files: dict[str, Asset] = {}
        for path in sorted(self._folder.rglob("*")):
            name = path.relative_to(self._folder).as_posix()
            if path.is_file() and not path.name.startswith(".") and name != INDEX:
                files[name] = _asset(name, path.read_bytes())
        return files


class Storefront:
    """One shop's page application: the built files, and the page with the shop's key and the path it lies under.

    said_of  what search engines read on the page of an item, as JSON that is safe in a script; empty for none
    """

    def __init__(
        self, built: BuiltPages, key: str, base: str = "", said_of: Callable[[str], str] = lambda _: ""
    ) -> None:
        self._built = built
        self._key = key
        self._base = base
        self._said_of = said_of
        self._stamp = -1
        self._index: Asset | None = None

    def answer(self, request: Request, path: str) -> Response | None:
        """The file at the path, the page itself for the application's own addresses, else None."""
        self._reload_when_rebuilt()
        path = path.lstrip("/")
        found = self._index if path == INDEX else self._built.find(path)
        if found is None and (path.startswith(PRODUCT_ADDRESS) or "." not in path.rpartition("/")[2]):
            found = self._index
            if found is None:
                return Response(NOT_BUILT, 404, PAGE_HEADERS, "text/html; charset=utf-8")
        if found is not None and found is self._index and path.startswith(PRODUCT_ADDRESS):
            found = self._told(found, path.removeprefix(PRODUCT_ADDRESS))
        return None if found is None else _sent(found, request)

    def _told(self, page: Asset, item_id: str) -> Asset:
        """The page with what it is about, for who does not run it."""
        said = self._said_of(item_id)
        if not said:
            return page
        script = f'<script type="application/ld+json">{said}</script></head>'
        return _asset(INDEX, page.content.replace(b"</head>", script.encode("utf-8"), 1))

    def _reload_when_rebuilt(self) -> None:
        self._built.reload_when_rebuilt()
        if self._built.stamp != self._stamp:
            self._stamp = self._built.stamp
            self._index = _asset(INDEX, self._made_own(self._built.index)) if self._built.index else None

    def _made_own(self, page: bytes) -> bytes:
        made = f'<meta name="daogou-key" content="{html.escape(self._key, quote=True)}">'
        if self._base:
            made += f'<meta name="daogou-base" content="{html.escape(self._base, quote=True)}">'
        text = page.decode("utf-8")
        placed, count = KEY_META.subn(lambda _: made, text, count=1)
        return (placed if count else text.replace("</head>", f"{made}</head>", 1)).encode("utf-8")


def _asset(name: str, content: bytes) -> Asset:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith(".js"):
        media_type = "text/javascript"
    if name.endswith(".webmanifest"):
        media_type = "application/manifest+json"
    is_small = len(content) < COMPRESSED_FROM_BYTES or not media_type.startswith(COMPRESSIBLE)
    return Asset(
        content,
        None if is_small else gzip.compress(content, 9, mtime=0),
        f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type,
        FOREVER if HASHED.search(name) and name.startswith("assets/") else ASK_AGAIN,
        f'"{hashlib.sha256(content).hexdigest()[:24]}"',
    )


def _sent(asset: Asset, request: Request) -> Response:
    headers = {**PAGE_HEADERS, "Cache-Control": asset.cache, "ETag": asset.tag, "Vary": "Accept-Encoding"}
    if asset.tag in request.headers.get("if-none-match", ""):
        return Response(None, 304, headers)
    is_packed = asset.packed is not None and "gzip" in request.headers.get("accept-encoding", "")
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    content = asset.packed if is_packed else asset.content
    return Response(content, 200, headers, asset.media_type)
