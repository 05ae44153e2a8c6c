from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from daogou.core.errors import InvalidInput
from daogou.learn.encoders.pictures import MAX_BYTES, decode


def file_of(picture: Image.Image, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few dozen bytes whose header promises so many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_a_picture_becomes_a_small_square_of_its_colour(kind: str) -> None:
    pixels = decode(file_of(Image.new("RGB", (200, 200), (200, 30, 30)), kind), "mug", size=32)
    assert pixels.shape == (32, 32, 3)
    assert pixels.dtype == np.uint8
    np.testing.assert_allclose(pixels.mean(axis=(0, 1)), (200, 30, 30), atol=4)


def test_a_tall_picture_is_whole_and_centred_on_white() -> None:
    pixels = decode(file_of(Image.new("RGB", (10, 40), (0, 0, 0))), "vase", size=32)
    assert (pixels[:, :11] == 255).all()
    assert (pixels[:, 12:20] == 0).all()
    assert (pixels[:, 21:] == 255).all()


def test_what_is_transparent_shows_white() -> None:
    pixels = decode(file_of(Image.new("RGBA", (50, 50), (0, 0, 0, 0))), "ring", size=16)
    assert (pixels == 255).all()


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "I;16"])
def test_pictures_of_other_colour_systems_are_read(mode: str) -> None:
    picture = Image.new("RGB", (20, 20)).convert(mode) if mode != "I;16" else Image.new(mode, (20, 20))
    assert decode(file_of(picture, "JPEG" if mode == "CMYK" else "PNG"), "x", size=8).shape == (8, 8, 3)


def test_a_picture_cut_off_in_the_middle_names_the_item() -> None:
    random = np.random.default_rng(0).integers(0, 255, (64, 64, 3)).astype(np.uint8)
    whole = file_of(Image.fromarray(random), "JPEG")
    with pytest.raises(InvalidInput, match="picture of item 'mug-7' cannot be read"):
        decode(whole[: len(whole) // 2], "mug-7", size=32)


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff"])
def test_what_is_no_picture_names_the_item(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="picture of item 'mug-7' cannot be read"):
        decode(data, "mug-7", size=32)


@pytest.mark.parametrize("side", [7_000, 12_000, 60_000])
def test_a_small_file_that_unfolds_to_gigabytes_is_refused_by_its_header(side: int) -> None:
    bomb = png_that_claims(side, side)
    assert len(bomb) < 200
    with pytest.raises(InvalidInput, match=r"item 'bomb' has .* pixels, at most 40,000,000"):
        decode(bomb, "bomb", size=32)


def test_a_file_of_too_many_bytes_is_not_opened() -> None:
    with pytest.raises(InvalidInput, match="20,000,001 bytes, at most 20,000,000"):
        decode(b"\0" * (MAX_BYTES + 1), "huge", size=32)


def test_formats_that_run_programs_are_not_tried() -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        decode(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "eps", size=8)
