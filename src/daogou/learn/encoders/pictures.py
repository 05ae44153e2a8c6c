"""Picture files into small squares of pixels, trusting nothing about the file.

Size in pixels is read from the header and refused before anything is decoded, so a small file that unfolds to
gigabytes costs nothing. Only formats named here are tried; no picture is ever fetched from an address.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from daogou.core.errors import InvalidInput, MissingExtra
from daogou.core.types import U8

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000
BACKGROUND = (255, 255, 255)
"""Behind transparent parts and beside pictures that are not square, as in most shops' photographs."""


def decode(data: bytes, item_id: str, *, size: int) -> U8:
    """(size, size, 3) red, green, blue, 0 to 255: the whole picture, shrunk to fit and centred on white.

    Of a moving picture the first frame counts; the camera's own turn is undone.

    Raises InvalidInput naming the item for what is too large, cut off, or no picture, MissingExtra without Pillow.
    """
    image_module, image_ops = _pillow()
    if len(data) > MAX_BYTES:
        raise InvalidInput(f"The picture of item {item_id!r} has {len(data):,} bytes, at most {MAX_BYTES:,} are read.")
    bombs = (image_module.DecompressionBombError, image_module.DecompressionBombWarning)
    try:
        with image_module.open(io.BytesIO(data), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > MAX_PIXELS:
                raise InvalidInput(_too_many(item_id, f"{width} x {height}"))
            opened.draft("RGB", (2 * size, 2 * size))  # lets JPEG skip detail that would be thrown away
            turned = image_ops.exif_transpose(opened)
            return _square(image_module, turned, size)
    except bombs as error:
        raise InvalidInput(_too_many(item_id, "far more")) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError) as error:
        raise InvalidInput(
            f"The picture of item {item_id!r} cannot be read: {error}. Use a whole file of {', '.join(FORMATS)}."
        ) from error


def _square(image_module: Any, picture: Any, size: int) -> U8:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        flat = image_module.new("RGB", picture.size, BACKGROUND)
        flat.paste(picture, mask=picture.getchannel("A"))
        picture = flat
    picture = picture.convert("RGB")
    ratio = size / max(picture.size)
    shape = (max(round(picture.size[0] * ratio), 1), max(round(picture.size[1] * ratio), 1))
    small = picture.resize(shape, image_module.Resampling.BOX if ratio < 0.5 else image_module.Resampling.BILINEAR)
    canvas = image_module.new("RGB", (size, size), BACKGROUND)
    canvas.paste(small, ((size - shape[0]) // 2, (size - shape[1]) // 2))
    return np.array(canvas, np.uint8)


def _too_many(item_id: str, seen: str) -> str:
    return f"The picture of item {item_id!r} has {seen} pixels, at most {MAX_PIXELS:,} are decoded. Use a smaller one."


def _pillow() -> tuple[Any, Any]:
    try:
        from PIL import Image, ImageOps
    except ImportError as error:
        raise MissingExtra("Pillow", "images", "Reading pictures") from error
    return Image, ImageOps
