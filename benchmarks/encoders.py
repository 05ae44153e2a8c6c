"""How well a shop's own picture encoder finds pictures of the same kind, beside raw pixels and HOG.

    python benchmarks/encoders.py --data FOLDER [--only fashion-mnist|fashion-products]     (or set DAOGOU_DATA)

Every test picture is a query against all other test pictures; the figure is mean average precision, where the right
ones are those of the same class (Fashion-MNIST) or article type (fashion-products). Labels are read for this alone:
the encoder learns from other pictures, without them. Writes its set's part of benchmarks/results/encoders.md.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from daogou.learn.encoders.lessons import Lessons
from daogou.learn.encoders.own import OwnEncoder, fit_lessons
from daogou.learn.encoders.partners import no_partners
from daogou.learn.encoders.pictures import decode
from daogou.learn.encoders.tokens import tokens_of
from daogou.learn.vectors import unit_rows

SIZE, EPOCHS = 32, 30
"""Of fashion-products: pixels per side for all that is compared, and rounds of training, the recipe's default."""

RESULT = Path(__file__).parent / "results" / "encoders.md"
HEAD = """# A shop's own picture encoder

Mean average precision of finding pictures of the same kind among all other test pictures; one seed. `pixels` and `HOG`
are compared by cosine as they are, the encoder's vectors likewise. The encoder never sees a label.
"""


@dataclass(frozen=True)
class Task:
    """Pictures and titles to learn from, and pictures with labels to be asked."""

    name: str
    about: str
    train: np.ndarray
    titles: list[str]
    asked: np.ndarray
    asked_titles: list[str]
    labels: np.ndarray
    cell: int
    recipes: dict[str, OwnEncoder]


def fashion_mnist(folder: Path) -> Task:
    """20,000 of the 60,000 training pictures to learn from, all 10,000 test pictures asked."""
    train, asked = (_idx(folder / f"{part}-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28) for part in ("train", "t10k"))
    chosen = np.random.default_rng(0).permutation(len(train))[:20_000]
    recipe = OwnEncoder(size=28, width=32, space="features", epochs=8, minutes=60)
    return Task(
        "fashion-mnist",
        "Learned from 20,000 of the training pictures (drawn at random), asked with all 10,000 test pictures; 10 "
        "classes. Eight rounds of training; temperature and crops were chosen on 5,000 training pictures.",
        _coloured(train[chosen]),
        [],
        _coloured(asked),
        [],
        _idx(folder / "t10k-labels-idx1-ubyte.gz", 8),
        4,
        {"own encoder, pictures alone": recipe},
    )


def fashion_products(folder: Path) -> Task:
    """Pictures whose id leaves a remainder by five to learn from, the others asked."""
    products = pl.read_parquet(folder / "products.parquet").select("id", "articleType", "productDisplayName")
    pictures = pl.concat([pl.read_parquet(folder / f"images_{number}.parquet") for number in (0, 1)])
    table = pictures.join(products, on="id", how="inner").sort("id")
    pixels = np.stack([decode(data, str(one), size=SIZE) for one, data in table.select("id", "jpeg").iter_rows()])
    is_asked = (table["id"] % 5 == 0).to_numpy()
    titles = np.array(table["productDisplayName"].fill_null("").to_list(), object)
    recipe = OwnEncoder(size=SIZE, width=32, space="shared", batch=128, epochs=EPOCHS, minutes=60)
    return Task(
        "fashion-products",
        f"Learned from the {int((~is_asked).sum()):,} products whose id is no multiple of five, asked with the other "
        f"{int(is_asked.sum()):,}; right is the same of {table['articleType'].n_unique()} article types. "
        f"{EPOCHS} rounds of training at {SIZE} pixels, the recipe's default; settings were not tuned. Seen before: "
        "0.316 after 2 rounds, 0.448 after 20.",
        pixels[~is_asked],
        titles[~is_asked].tolist(),
        pixels[is_asked],
        titles[is_asked].tolist(),
        table["articleType"].to_numpy()[is_asked],
        4,
        {"own encoder, pictures and own titles": recipe},
    )


SETS = {"fashion-mnist": fashion_mnist, "fashion-products": fashion_products}


def average_precision(vectors: np.ndarray, labels: np.ndarray) -> float:
    """Mean over all rows that share their label with another one; a row never finds itself."""
    rows, found = unit_rows(np.asarray(vectors, np.float32)), []
    for start in range(0, len(rows), 500):
        near = rows[start : start + 500] @ rows.T
        near[np.arange(len(near)), np.arange(start, start + len(near))] = -np.inf
        order = np.argsort(-near, axis=1)[:, :-1]
        right = labels[order] == labels[start : start + len(near), None]
        precision = np.cumsum(right, axis=1) / np.arange(1, right.shape[1] + 1)
        total = right.sum(axis=1)
        found.append(((precision * right).sum(axis=1) / np.maximum(total, 1))[total > 0])
    return float(np.concatenate(found).mean())


def hog(pictures: np.ndarray, cell: int, bins: int = 9) -> np.ndarray:
    """Histograms of oriented gradients: 9 unsigned directions per cell, blocks of 2 by 2 cells to length 1.

    Source: Dalal and Triggs, CVPR 2005; votes are shared between the two nearest directions.
    """
    grey = pictures.astype(np.float32).mean(axis=3) / 255
    across, down = np.zeros_like(grey), np.zeros_like(grey)
    across[:, :, 1:-1] = grey[:, :, 2:] - grey[:, :, :-2]
    down[:, 1:-1] = grey[:, 2:] - grey[:, :-2]
    size = np.hypot(across, down)
    turn = (np.arctan2(down, across) % np.pi) / np.pi * bins
    low, rest = np.floor(turn).astype(np.int64) % bins, turn - np.floor(turn)
    n = grey.shape[1] // cell
    cells = np.zeros((len(grey), n, n, bins), np.float32)
    for one in range(bins):
        vote = size * ((low == one) * (1 - rest) + ((low + 1) % bins == one) * rest)
        cells[..., one] = vote[:, : n * cell, : n * cell].reshape(len(grey), n, cell, n, cell).sum(axis=(2, 4))
    blocks = []
    for row in range(n - 1):
        for column in range(n - 1):
            block = cells[:, row : row + 2, column : column + 2].reshape(len(grey), -1)
            blocks.append(block / np.sqrt((block**2).sum(axis=1, keepdims=True) + 1e-4))
    return np.concatenate(blocks, axis=1)


def measure(task: Task) -> str:
    """The set's part of the page."""
    by_chance = float(np.mean([(task.labels == one).mean() for one in task.labels]))
    rows: list[tuple[str, float, Any, Any, Any]] = [
        ("by chance, about", by_chance, "", "", ""),
        ("pixels", average_precision(task.asked.reshape(len(task.asked), -1) / 255, task.labels), "", "", ""),
        ("HOG", average_precision(hog(task.asked, task.cell), task.labels), "", "", ""),
    ]
    for label, recipe in task.recipes.items():
        titled = task.titles if "titles" in label else [""] * len(task.train)
        tokens = tokens_of(titled, length=recipe.length, buckets=recipe.buckets)
        lessons = Lessons(task.train, np.arange(len(task.train), dtype=np.int32), tokens, {})
        began = time.process_time()
        trained = fit_lessons(recipe, lessons, no_partners(len(task.train)), seed=0)
        spent = time.process_time() - began
        assert trained.picture is not None
        began = time.process_time()
        vectors = np.concatenate(
            [trained.picture.encode(task.asked[start : start + 64]) for start in range(0, len(task.asked), 64)]
        )
        each = 1e3 * (time.process_time() - began) / len(task.asked)
        kilobytes = len(trained.picture.graph.onnx) / 1e3
        rows.append((label, average_precision(vectors, task.labels), f"{spent:.0f}", f"{each:.2f}", f"{kilobytes:.0f}"))
        if trained.text is not None:
            texts = trained.text.encode(task.asked_titles)
            both = np.concatenate([unit_rows(vectors), unit_rows(texts)], axis=1)
            rows.append(("… its text vectors alone", average_precision(texts, task.labels), "", "", ""))
            rows.append(("… both, side by side", average_precision(both, task.labels), "", "", ""))
    lines = [f"## {task.name}", "", task.about, ""]
    lines += ["| vectors | mAP | training, CPU s | ms per picture | KB of ONNX |", "|---|---|---|---|---|"]
    lines += [f"| {label} | {value:.4f} | {' | '.join(map(str, rest))} |" for label, value, *rest in rows]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, one thread, Python {platform.python_version()}"
    lines += ["", f"{machine}. Made by: `python benchmarks/encoders.py --only {task.name}`", ""]
    return "\n".join(lines)


def write(part: str, name: str) -> None:
    """Put one set's part into the page and leave the other's as it is."""
    before = RESULT.read_text(encoding="utf-8") if RESULT.exists() else ""
    parts = {one.split("\n", 1)[0]: f"## {one}" for one in before.split("\n## ")[1:]}
    parts[name] = part
    ordered = [parts[one].strip() for one in SETS if one in parts]
    RESULT.write_text("\n\n".join([HEAD.strip(), *ordered]) + "\n", encoding="utf-8")


def _idx(path: Path, head: int) -> np.ndarray:
    return np.frombuffer(gzip.open(path).read(), np.uint8)[head:]


def _coloured(grey: np.ndarray) -> np.ndarray:
    return np.repeat(grey[..., None], 3, axis=3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DAOGOU_DATA"), help="folder of public data sets")
    parser.add_argument("--only", choices=tuple(SETS), help="one set alone")
    given = parser.parse_args()
    if given.data is None:
        parser.error("say where the data lies: --data FOLDER, or set DAOGOU_DATA")
    for name in [given.only] if given.only else SETS:
        part = measure(SETS[name](Path(given.data) / name))
        write(part, name)
        print(part, flush=True)


if __name__ == "__main__":
    main()
