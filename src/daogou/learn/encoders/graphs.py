"""An encoder as ONNX files in a folder: `encoder.json` says how to prepare texts and pictures, the graphs do the rest.

The shop's own trained encoder is saved in this layout, and any other that fits it can be put in its place:

    {"format": 1, "name": "...", "join": "mean",
     "text":    {"file": "text.onnx", "sha256": "...", "width": 64, "kind": "tokens", "length": 96, "buckets": 16384},
     "picture": {"file": "picture.onnx", "sha256": "...", "width": 64, "size": 64, "mean": [0, 0, 0],
                 "std": [255, 255, 255]}}

Either part may be missing. A graph has one input whose first axis is rows, and gives one vector per row. Texts go in
as hashed runs of characters ("tokens", int32) or as they are ("text", a string tensor, for graphs that split words
themselves); pictures as float32 (rows, 3, size, size), each channel less `mean` and divided by `std`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from daogou.core.errors import ArtifactRefused, InvalidInput
from daogou.core.protocols import Progress, silent
from daogou.core.types import F32
from daogou.learn.encoders.pictures import decode
from daogou.learn.encoders.port import Encodable, Encoded, checked_vectors
from daogou.learn.encoders.tokens import tokens_of
from daogou.learn.graph import Graph
from daogou.learn.vectors import unit_rows

FORMAT = 1
DESCRIPTION = "encoder.json"
MAX_GRAPH_BYTES = 4_000_000_000
ROWS = 64
"""Pictures or texts that one run of a graph takes."""


@dataclass(frozen=True, eq=False)
class TextGraph:
    """graph, width  gives one vector per text, of so many numbers
    length, buckets  of the hashed runs; a length of 0 means the graph takes the text itself
    """

    graph: Graph
    input: str
    width: int
    length: int
    buckets: int

    def encode(self, texts: Sequence[str]) -> F32:
        rows: NDArray[Any] = (
            tokens_of(texts, length=self.length, buckets=self.buckets) if self.length else np.array(texts, np.object_)
        )
        return np.asarray(self.graph.run({self.input: rows})[0], np.float32)


@dataclass(frozen=True, eq=False)
class PictureGraph:
    """graph, width      gives one vector per picture, of so many numbers
    size, mean, std  how pixels are prepared
    """

    graph: Graph
    input: str
    width: int
    size: int
    mean: F32
    std: F32

    def encode(self, pictures: NDArray[np.uint8]) -> F32:
        rows = (pictures.astype(np.float32) - self.mean) / self.std
        return np.asarray(self.graph.run({self.input: np.ascontiguousarray(rows.transpose(0, 3, 1, 2))})[0], np.float32)


@dataclass(frozen=True, eq=False)
class GraphEncoder:
    """text, picture  the two graphs, either may be None
    join           "mean": both speak of one space and are averaged; "concat": each keeps its own numbers
    """

    fingerprint: str
    join: str
    text: TextGraph | None
    picture: PictureGraph | None

    @property
    def dimension(self) -> int:
        widths = [part.width for part in (self.text, self.picture) if part is not None]
        return sum(widths) if self.join == "concat" else widths[0]

    def encode(self, things: Sequence[Encodable], *, progress: Progress = silent) -> Encoded:
        """Encode what each thing has of what this encoder understands; a bad picture costs its picture only."""
        vectors = np.zeros((len(things), self.dimension), np.float32)
        problems: dict[str, str] = {}
        for start in range(0, len(things), ROWS):
            progress(start, len(things), "encode items")
            vectors[start : start + ROWS] = self._encoded(things[start : start + ROWS], problems)
        progress(len(things), len(things), "encode items")
        return Encoded(vectors, problems)

    def _encoded(self, things: Sequence[Encodable], problems: dict[str, str]) -> F32:
        parts = []
        if self.text is not None:
            spoken = np.array([bool(thing.text.strip()) for thing in things])
            texts = [thing.text for thing, speaks in zip(things, spoken, strict=True) if speaks]
            parts.append(self._placed(self.text.encode(texts) if texts else None, spoken, self.text.width))
        if self.picture is not None:
            pictures, seen = self._pictures(things, problems)
            rows = self.picture.encode(pictures) if len(pictures) else None
            parts.append(self._placed(rows, seen, self.picture.width))
        return unit_rows(np.concatenate(parts, axis=1) if self.join == "concat" else np.sum(parts, axis=0))

    def _placed(self, rows: F32 | None, where: NDArray[np.bool_], width: int) -> F32:
        placed = np.zeros((len(where), width), np.float32)
        if rows is not None:
            placed[where] = checked_vectors(rows, int(where.sum()), width, f"The graph of {self.fingerprint}")
        return placed

    def _pictures(
        self, things: Sequence[Encodable], problems: dict[str, str]
    ) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
        assert self.picture is not None
        size = self.picture.size
        decoded, seen = [np.empty((0, size, size, 3), np.uint8)], np.zeros(len(things), bool)
        for number, thing in enumerate(things):
            if thing.picture is None:
                continue
            try:
                decoded.append(decode(thing.picture, thing.id, size=size)[None])
                seen[number] = True
            except InvalidInput as error:
                problems[thing.id] = str(error)
        return np.concatenate(decoded), seen


def read_graphs(folder: Path) -> GraphEncoder:
    """Open the encoder in `folder`. Raises ArtifactRefused for a file that is missing, altered or not as described."""
    path = folder / DESCRIPTION
    try:
        text = path.read_bytes()
        described = json.loads(text)
        if described["format"] > FORMAT:
            raise ArtifactRefused(f"format {described['format']} is newer than this program reads ({FORMAT}).")
        join = described.get("join", "mean")
        if join not in ("mean", "concat") or not ("text" in described or "picture" in described):
            raise ArtifactRefused('join must be "mean" or "concat", and "text" or "picture" must be described.')
        widths = {described[part]["width"] for part in ("text", "picture") if part in described}
        if join == "mean" and len(widths) > 1:
            raise ArtifactRefused(f'widths {sorted(widths)} cannot be averaged, use "concat" or equal widths.')
        return GraphEncoder(
            f"graphs-{hashlib.sha256(text).hexdigest()[:16]}",
            join,
            _text_graph(folder, described["text"]) if "text" in described else None,
            _picture_graph(folder, described["picture"]) if "picture" in described else None,
        )
    except ArtifactRefused as refusal:
        raise ArtifactRefused(f"{path}: {refusal}") from refusal
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ArtifactRefused(f"{path}: {type(error).__name__}: {error}") from error


def write_graphs(folder: Path, *, name: str, join: str, text: TextGraph | None, picture: PictureGraph | None) -> None:
    """Save an encoder in the layout that `read_graphs` reads; `encoder.json` is written last."""
    folder.mkdir(parents=True, exist_ok=True)
    described: dict[str, Any] = {"format": FORMAT, "name": name, "join": join}
    if text is not None:
        described["text"] = _written(folder / "text.onnx", text.graph) | {
            "kind": "tokens",
            "input": text.input,
            "width": text.width,
            "length": text.length,
            "buckets": text.buckets,
        }
    if picture is not None:
        described["picture"] = _written(folder / "picture.onnx", picture.graph) | {
            "input": picture.input,
            "width": picture.width,
            "size": picture.size,
            "mean": picture.mean.tolist(),
            "std": picture.std.tolist(),
        }
    (folder / DESCRIPTION).write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def _written(path: Path, graph: Graph) -> dict[str, str]:
    path.write_bytes(graph.onnx)
    return {"file": path.name, "sha256": hashlib.sha256(graph.onnx).hexdigest()}


def _graph(folder: Path, described: Mapping[str, Any]) -> Graph:
    name = str(described["file"])
    path = folder / name
    if Path(name).name != name or path.is_symlink() or not path.is_file():
        raise ArtifactRefused(f"{name!r} is no plain file of this folder.")
    if path.stat().st_size > MAX_GRAPH_BYTES:
        raise ArtifactRefused(f"{name} has more than {MAX_GRAPH_BYTES:,} bytes.")
    onnx = path.read_bytes()
    if hashlib.sha256(onnx).hexdigest() != described["sha256"]:
        raise ArtifactRefused(f"{name} was altered: its SHA-256 is not the one described.")
    return Graph(onnx)


def _text_graph(folder: Path, described: Mapping[str, Any]) -> TextGraph:
    kind = described.get("kind", "tokens")
    if kind not in ("tokens", "text"):
        raise ArtifactRefused(f'kind {kind!r} is not known, use "tokens" or "text".')
    length, buckets = (int(described["length"]), int(described["buckets"])) if kind == "tokens" else (0, 0)
    return TextGraph(
        _graph(folder, described), str(described.get("input", kind)), int(described["width"]), length, buckets
    )


def _picture_graph(folder: Path, described: Mapping[str, Any]) -> PictureGraph:
    mean, std = np.array(described["mean"], np.float32), np.array(described["std"], np.float32)
    if mean.shape != (3,) or std.shape != (3,) or not (std > 0).all():
        raise ArtifactRefused("mean and std need three numbers each, std above 0.")
    size = int(described["size"])
    if not 8 <= size <= 1024:
        raise ArtifactRefused(f"A picture size of {size} is not allowed, use 8 to 1024.")
    graph = _graph(folder, described)
    return PictureGraph(graph, str(described.get("input", "picture")), int(described["width"]), size, mean, std)
