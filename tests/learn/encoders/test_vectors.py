"""From a shop's settings to vectors beside its items, in training and while a shopper waits."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError

from daogou.core.errors import InvalidInput, NotReady
from daogou.core.settings import EncoderSettings
from daogou.core.types import Item
from daogou.data.dataset import Dataset
from daogou.learn.encoders import open_encoder, own_folder
from daogou.learn.encoders.cache import Cached
from daogou.learn.encoders.items import PictureFolder, encodable
from daogou.learn.encoders.vectors import encoded, own_recipe, train_own, vectors_now

WORDS = ("mug", "candle", "spade", "ribbon")


def dataset(n_items: int = 80) -> Dataset:
    items = [
        Item(id=f"i{n}", title={"en": f"{WORDS[n % 4]} {n}", "zh": "杯"}, brand="Acme", images=(f"{n}.png",))
        for n in range(n_items)
    ]
    user = np.repeat(np.arange(40), 4).astype(np.int32)
    item = ((np.arange(160) // 4 * 4 + np.arange(160) % 4 * 20) % n_items).astype(np.int32)
    return Dataset.of(user, item, n_items=n_items, item_ids=[one.id for one in items], items=items)


def vectors_file(folder: Path, ids: list[str]) -> EncoderSettings:
    np.savez(folder / "vectors.npz", ids=np.array(ids), vectors=np.eye(len(ids), dtype=np.float32))
    return EncoderSettings(kind="precomputed", path="vectors.npz")


def test_without_an_encoder_nothing_changes_and_nothing_is_written(tmp_path: Path) -> None:
    before = dataset()
    assert encoded(before, EncoderSettings(), tmp_path, tmp_path) == (before, [])
    assert not list(tmp_path.iterdir())


def test_a_dataset_gets_vectors_and_a_note_on_items_without(tmp_path: Path) -> None:
    settings = vectors_file(tmp_path, ["i1", "i0"])
    seen, notes = encoded(dataset(3), settings, tmp_path, tmp_path)
    np.testing.assert_array_equal(seen.vectors, [[0, 1], [1, 0], [0, 0]])
    assert seen.encoder.startswith("precomputed-")
    assert seen.fingerprint != dataset(3).fingerprint
    assert notes == [
        "1 items are placed without all that the encoder could use. The file of vectors does not have this id."
    ]


def test_vectors_of_another_space_are_refused_with_the_next_step(tmp_path: Path) -> None:
    settings = vectors_file(tmp_path, ["i0"])
    with pytest.raises(InvalidInput, match=r"trained with the encoder other.*Run: daogou train"):
        vectors_now(dataset(1).items, settings, tmp_path, tmp_path, "other")
    space = open_encoder(settings, tmp_path, tmp_path).fingerprint  # type: ignore[union-attr]
    assert vectors_now(dataset(1).items, settings, tmp_path, tmp_path, space).shape == (1, 1)


def test_while_a_shopper_waits_no_endpoint_is_asked(tmp_path: Path) -> None:
    settings = EncoderSettings(kind="http", url="http://127.0.0.1:9/v1/embeddings", model="m", dimension=4)
    encoder = open_encoder(settings, tmp_path, tmp_path)
    assert isinstance(encoder, Cached)
    waiting = vectors_now(dataset(2).items, settings, tmp_path, tmp_path, encoder.fingerprint)
    np.testing.assert_array_equal(waiting, np.zeros((2, 4)))


def test_the_shops_own_encoder_is_asked_for_before_it_is_trained(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="Run: daogou encoder train"):
        open_encoder(EncoderSettings(kind="self"), tmp_path, tmp_path)


def test_trained_by_the_shops_settings_it_is_used_at_once_and_leaves_no_scraps(tmp_path: Path) -> None:
    small = {"epochs": 1, "length": 16, "buckets": 128, "heads": 1, "text_width": 8, "dimension": 8, "batch": 40}
    settings = EncoderSettings(kind="self", settings=small)
    for _ in range(2):  # the second takes the place of the first
        trained = train_own(dataset(), settings, tmp_path, tmp_path)
    assert trained.text is not None
    assert [one.name for one in tmp_path.iterdir()] == [own_folder(tmp_path).name]
    seen, notes = encoded(dataset(), settings, tmp_path, tmp_path)
    assert notes == []
    np.testing.assert_allclose(np.linalg.norm(seen.vectors, axis=1), 1, atol=1e-5)


def test_a_setting_the_encoder_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(InvalidInput, match=r"no setting 'depth'\. Its settings: size, width"):
        own_recipe({"depth": 3})


@pytest.mark.parametrize("given", [{"kind": "magic"}, {"batch": 0}, {"endpoint": "x"}])
def test_settings_that_make_no_sense_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        EncoderSettings(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["onnx", "precomputed"])
def test_a_kind_that_needs_a_path_says_so(kind: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=f'kind = "{kind}" needs a path'):
        open_encoder(EncoderSettings(kind=kind), tmp_path, tmp_path)  # type: ignore[arg-type]


def test_pictures_come_from_their_folder_and_from_nowhere_else(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    inside = tmp_path / "pictures"
    inside.mkdir()
    (inside / "a.png").write_bytes(buffer.getvalue())
    (tmp_path / "secret.png").write_bytes(b"secret")
    (inside / "link.png").symlink_to(tmp_path / "secret.png")
    folder = PictureFolder(inside)

    def of(*images: str) -> bytes | None:
        return encodable(Item(id="x", title={"en": "Mug"}, images=images), folder).picture

    assert of("a.png") == of("/a.png") == of("https://shop.example/a.png", "a.png") == buffer.getvalue()
    for outside in ("../secret.png", "/etc/hostname", "link.png", "file:///etc/hostname", "none.png", ""):
        assert of(outside) is None
    assert encodable(Item(id="x", title={"en": "Mug"}, images=("a.png",)), PictureFolder()).picture is None


def test_the_text_is_the_title_in_every_language_with_brand_and_category() -> None:
    item = Item(id="x", title={"en": "Red mug", "zh": "红杯"}, brand="Acme", categories=(("Kitchen", "Mugs"),))
    assert encodable(item, PictureFolder()).text == "Red mug 红杯 Acme Mugs"
