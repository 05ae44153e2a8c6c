from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy.sparse import csr_matrix

from daogou.core.errors import ArtifactRefused, InvalidField, InvalidInput
from daogou.learn.encoders.graphs import read_graphs, write_graphs
from daogou.learn.encoders.own import OwnEncoder, TrainedEncoder
from daogou.learn.encoders.port import Encodable

SMALL = OwnEncoder(size=16, width=8, length=32, buckets=512, heads=2, text_width=16, dimension=16, epochs=8, batch=48)
SHAPES, COLOURS = ("round", "square", "striped"), ("red", "green", "blue", "black")
N = 96


def picture(shape: str, colour: str, random: np.random.Generator) -> bytes:
    drawn = Image.new("RGB", (40, 40), (255, 255, 255))
    pen = ImageDraw.Draw(drawn)
    left, top = random.integers(2, 10, 2).tolist()
    box = (left, top, left + 26, top + 26)
    if shape == "round":
        pen.ellipse(box, colour)
    elif shape == "square":
        pen.rectangle(box, colour)
    else:
        for line in range(0, 26, 6):
            pen.rectangle((left, top + line, left + 26, top + line + 2), colour)
    buffer = io.BytesIO()
    drawn.save(buffer, "PNG")
    return buffer.getvalue()


def catalogue() -> list[Encodable]:
    random = np.random.default_rng(0)
    return [
        Encodable(
            f"i{number}",
            f"{COLOURS[number % 4]} {SHAPES[number % 3]} dish {number}",
            picture(SHAPES[number % 3], COLOURS[number % 4], random),
        )
        for number in range(N)
    ]


@pytest.fixture(scope="module")
def trained() -> TrainedEncoder:
    things = catalogue()
    things[5] = Encodable("broken", things[5].text, b"not a picture")
    return SMALL.fit(things, seed=3)


def saved(trained: TrainedEncoder, folder: Path) -> Path:
    write_graphs(folder, name="own", join=trained.join, text=trained.text, picture=trained.picture)
    return folder


def test_things_of_one_kind_come_to_lie_together_without_any_label(trained: TrainedEncoder, tmp_path: Path) -> None:
    vectors = read_graphs(saved(trained, tmp_path)).encode(catalogue()).vectors
    near = vectors @ vectors.T
    np.fill_diagonal(near, -1)
    best = near.argmax(axis=1)
    kind = np.arange(N) % 12
    assert (kind[best] == kind).mean() > 0.8
    assert trained.losses[-1] < trained.losses[0]


def test_a_bad_picture_is_told_by_item_and_the_rest_is_learned(trained: TrainedEncoder) -> None:
    assert list(trained.problems) == ["broken"]
    assert trained.picture is not None


def test_saved_and_opened_it_encodes_a_new_item_and_one_that_lacks_a_part(
    trained: TrainedEncoder, tmp_path: Path
) -> None:
    encoder = read_graphs(saved(trained, tmp_path))
    whole = catalogue()[7]
    made = encoder.encode(
        [whole, Encodable("mute", "", whole.picture), Encodable("blind", whole.text), Encodable("empty")]
    )
    assert made.vectors.shape == (4, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(made.vectors[:3], axis=1), 1, atol=1e-5)
    assert not made.vectors[3].any()
    assert made.vectors[0] @ made.vectors[1] > 0.5
    assert made.vectors[0] @ made.vectors[2] > 0.5


def test_encoding_one_by_one_equals_encoding_together(trained: TrainedEncoder, tmp_path: Path) -> None:
    encoder, things = read_graphs(saved(trained, tmp_path)), catalogue()[:5]
    alone = np.concatenate([encoder.encode([thing]).vectors for thing in things])
    np.testing.assert_allclose(encoder.encode(things).vectors, alone, atol=1e-5)


def test_the_same_data_and_seed_give_the_same_encoder() -> None:
    short = OwnEncoder(size=16, width=8, length=32, buckets=512, heads=2, text_width=16, epochs=1, batch=48)
    one, two = (short.fit(catalogue(), seed=1) for _ in range(2))
    assert one.losses == two.losses
    assert one.text is not None
    assert two.text is not None
    np.testing.assert_array_equal(one.text.encode(["red dish"]), two.text.encode(["red dish"]))


def test_what_is_taken_together_comes_to_lie_together() -> None:
    """Words that share nothing: only the shoppers say that forks go with knives and pens with paper."""
    words = ("fork", "blade", "pencil", "sheet")
    things = [Encodable(f"i{number}", f"{words[number % 4]} {chr(97 + number // 4) * 4}") for number in range(N)]
    users = np.repeat(np.arange(240), 6)
    random = np.random.default_rng(0)
    side = (users % 2) * 2  # a shopper takes forks and blades, or pencils and sheets
    items = random.integers(0, N // 4, len(users)) * 4 + side + random.integers(0, 2, len(users))
    taken = csr_matrix((np.ones(len(users), np.float32), (users, items)), shape=(240, N))
    taken.data[:] = 1
    recipe = OwnEncoder(
        length=24, buckets=512, heads=2, text_width=32, dimension=16, space="shared", epochs=20, batch=48
    )
    fitted = recipe.fit(things, taken, seed=0)
    assert fitted.picture is None
    assert fitted.text is not None
    fork, blade, pencil, sheet = fitted.text.encode(words)
    assert fork @ blade > max(fork @ pencil, fork @ sheet)
    assert pencil @ sheet > max(fork @ pencil, blade @ sheet)


def test_in_the_shared_space_a_text_finds_its_picture(tmp_path: Path) -> None:
    recipe = OwnEncoder(
        size=16,
        width=8,
        length=32,
        buckets=512,
        heads=2,
        text_width=16,
        dimension=16,
        space="shared",
        epochs=12,
        batch=48,
    )
    things = catalogue()
    encoder = read_graphs(saved(recipe.fit(things, seed=0), tmp_path))
    pictures = encoder.encode([Encodable(thing.id, "", thing.picture) for thing in things]).vectors
    texts = encoder.encode([Encodable("q", f"{colour} {shape} dish") for shape in SHAPES for colour in COLOURS]).vectors
    found = (texts @ pictures.T).argmax(axis=1)
    wanted = [(COLOURS[number % 4], SHAPES[number % 3]) for number in found]
    right = [
        pair == (colour, shape)
        for pair, (shape, colour) in zip(wanted, [(s, c) for s in SHAPES for c in COLOURS], strict=True)
    ]
    assert np.mean(right) > 0.5  # one in twelve by chance


def test_too_few_items_are_refused_before_anything_is_trained() -> None:
    with pytest.raises(InvalidInput, match="fewer than 64 pictures and fewer than 64 texts"):
        SMALL.fit(catalogue()[:20])


@pytest.mark.parametrize(("setting", "value"), [("size", 4), ("smallest", 0.0), ("dropped", 1.5), ("space", "outer")])
def test_a_setting_that_cannot_be_used_is_refused(setting: str, value: object) -> None:
    with pytest.raises(InvalidField, match=setting):
        OwnEncoder(**{setting: value})  # type: ignore[arg-type]


def test_an_altered_graph_is_refused(trained: TrainedEncoder, tmp_path: Path) -> None:
    folder = saved(trained, tmp_path)
    with (folder / "text.onnx").open("ab") as file:
        file.write(b"!")
    with pytest.raises(ArtifactRefused, match=r"text\.onnx was altered"):
        read_graphs(folder)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"format": 1', '"format": 9', "format 9 is newer"),
        ('"join": "concat"', '"join": "sum"', "join must be"),
        ('"file": "text.onnx"', '"file": "../text.onnx"', "no plain file of this folder"),
        ('"size": 16', '"size": 100000', "size of 100000 is not allowed"),
        ("{", "", "JSONDecodeError"),
    ],
)
def test_a_description_that_is_wrong_says_what(
    trained: TrainedEncoder, tmp_path: Path, before: str, after: str, told: str
) -> None:
    folder = saved(trained, tmp_path)
    text = (folder / "encoder.json").read_text()
    assert before in text
    (folder / "encoder.json").write_text(text.replace(before, after, 1))
    with pytest.raises(ArtifactRefused, match=told):
        read_graphs(folder)


def test_an_encoder_answers_without_pytorch(trained: TrainedEncoder, tmp_path: Path) -> None:
    folder = saved(trained, tmp_path)
    program = f"""
import sys
sys.modules["torch"] = None
from pathlib import Path
from daogou.learn.encoders import Encodable
from daogou.learn.encoders.graphs import read_graphs
assert read_graphs(Path({str(folder)!r})).encode([Encodable("a", "red round dish")]).vectors.any()
"""
    subprocess.run([sys.executable, "-c", program], check=True)
