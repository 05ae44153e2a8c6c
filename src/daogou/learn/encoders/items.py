"""From items of the catalogue to what encoders take: their words, and the picture files that lie beside the shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from daogou.core.types import Item
from daogou.learn.encoders.pictures import MAX_BYTES
from daogou.learn.encoders.port import Encodable


@dataclass(frozen=True)
class PictureFolder:
    """Where `item.images` are looked for; None means that no picture is read.

    Addresses are never fetched: a shop that wants its pictures seen puts the files into one folder.
    """

    path: Path | None = None

    def read(self, item: Item) -> bytes | None:
        """The item's first picture that lies in the folder, or None. A name that leads out of the folder is ignored."""
        if self.path is None:
            return None
        root = self.path.resolve()
        for name in item.images:
            if "://" in name or not name:
                continue
            file = (root / name.lstrip("/")).resolve()
            if file.is_relative_to(root) and file.is_file():
                with file.open("rb") as opened:
                    return opened.read(MAX_BYTES + 1)  # one byte more than allowed, so that the reader refuses it
        return None


def encodable(item: Item, pictures: PictureFolder) -> Encodable:
    """Title in every language, brand and innermost category as the text; the first picture found."""
    facts = [item.brand or "", *(path[-1] for path in item.categories[:1] if path)]
    words = [*item.title.values(), *facts]
    return Encodable(item.id, " ".join(word for word in words if word), pictures.read(item))


def encodables(items: Sequence[Item], pictures: PictureFolder) -> list[Encodable]:
    """`encodable` for several."""
    return [encodable(item, pictures) for item in items]
