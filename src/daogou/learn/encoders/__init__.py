"""Encoders: what turns an item's words and pictures into a vector, opened from the settings, four kinds.

self         trained on this shop's own pictures, titles and purchases: `daogou encoder train`
onnx         any encoder in a folder of ONNX files
http         an endpoint in OpenAI's embeddings shape; nothing goes out unless a shop sets it
precomputed  a file of vectors by item id
"""

from __future__ import annotations

from pathlib import Path

from daogou.core.errors import InvalidInput, NotReady
from daogou.core.settings import EncoderSettings
from daogou.learn.encoders.cache import Cached
from daogou.learn.encoders.graphs import DESCRIPTION, read_graphs
from daogou.learn.encoders.http import HttpEncoder
from daogou.learn.encoders.items import PictureFolder, encodable, encodables
from daogou.learn.encoders.port import Encodable, Encoded, Encoder

__all__ = ["Encodable", "Encoded", "Encoder", "PictureFolder", "encodable", "encodables", "open_encoder", "own_folder"]

OWN, VECTORS = "encoder", "vectors"


def own_folder(files: Path) -> Path:
    """Where a shop's own trained encoder lies, below the shop's folder of files."""
    return files / OWN


def open_encoder(settings: EncoderSettings, folder: Path, files: Path) -> Encoder | None:
    """The encoder that a shop set, None where it set none.

    folder, files  the shop's folder, which relative paths start from, and its folder of files, which keeps vectors

    Raises InvalidInput for a setting that is missing or wrong, NotReady when the shop's own encoder is not trained
    yet, ArtifactRefused for files that are not what they should be.
    """
    if settings.kind == "none":
        return None
    if settings.kind == "http":
        key = settings.key.get_secret_value() if settings.key else ""
        asked = HttpEncoder(
            settings.url,
            settings.model,
            settings.dimension,
            key,
            settings.batch,
            settings.timeout_seconds,
            settings.retries,
        )
        return Cached(asked, files / VECTORS, batch=settings.batch)
    if settings.kind == "self":
        own = own_folder(files)
        if not (own / DESCRIPTION).is_file():
            raise NotReady("This shop's own encoder is not trained yet. Run: daogou encoder train")
        return Cached(read_graphs(own), files / VECTORS)
    if not settings.path:
        raise InvalidInput(f'[encoder] kind = "{settings.kind}" needs a path.')
    if settings.kind == "onnx":
        return Cached(read_graphs(folder / settings.path), files / VECTORS)
    from daogou.learn.encoders.precomputed import read_precomputed  # here: it reads tables, which serving never does

    return read_precomputed(folder / settings.path, dimension=settings.dimension or None)
