from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from daogou.core.errors import InvalidInput
from daogou.core.types import Item, Query
from daogou.data.dataset import Dataset
from daogou.learn.artifact import load_artifact, save_artifact
from daogou.learn.models.content import Content, ContentModel

TITLES = (
    ("Red ceramic mug", "红色陶瓷马克杯"),
    ("Blue ceramic mug", "蓝色陶瓷马克杯"),
    ("Green ceramic mug", "绿色陶瓷马克杯"),
    ("Vanilla scented candle", "香草香薰蜡烛"),
    ("Lavender scented candle", "薰衣草香薰蜡烛"),
    ("Rose scented candle", "玫瑰香薰蜡烛"),
    ("Steel garden spade", "不锈钢园艺铲"),
    ("Steel garden fork", "不锈钢园艺叉"),
)
MUGS, CANDLES, TOOLS = [0, 1, 2], [3, 4, 5], [6, 7]


def item(number: int, english: str, chinese: str, **rest: object) -> Item:
    return Item(id=f"i{number}", title={"en": english, "zh": chinese}, **rest)  # type: ignore[arg-type]


def shop() -> Dataset:
    """Those who take a mug also take garden tools; candles are taken alone."""
    taken = [[0, 6], [1, 6, 7], [0, 1, 7], [2, 6], [3, 4], [4, 5], [3, 5], [2, 7]]
    user = np.repeat(np.arange(len(taken)), [len(one) for one in taken]).astype(np.int32)
    return Dataset.of(
        user,
        np.concatenate(taken).astype(np.int32),
        n_items=len(TITLES),
        items=[item(number, *title) for number, title in enumerate(TITLES)],
    )


def only_text(**rest: float) -> ContentModel:
    return Content(company=0.0, **rest).fit(shop())  # type: ignore[arg-type]


def scores_of(model: ContentModel, *history: int) -> np.ndarray:
    return model.score_all(Query(np.array(history, np.int32)))


def test_items_that_read_alike_are_alike() -> None:
    scores = scores_of(only_text(), 0)
    assert scores[1] > 0
    assert scores[[1, 2]].min() > scores[CANDLES + TOOLS].max()


def test_an_item_never_recommends_itself() -> None:
    assert scores_of(only_text(), 0)[0] == 0


def test_company_brings_what_is_taken_together_though_it_reads_otherwise() -> None:
    scores = scores_of(Content(company=1.0, factors=3).fit(shop()), 0)
    assert scores[TOOLS].min() > scores[CANDLES].max()


def test_a_new_item_gets_the_vector_of_the_known_item_with_the_same_words() -> None:
    model = only_text()
    twin = item(99, *TITLES[3])
    np.testing.assert_allclose(model.embed(twin), model.vectors[3], atol=1e-5)


def test_a_new_item_is_scored_at_once_and_beside_its_like() -> None:
    model = Content().fit(shop())
    wider = model.with_items(
        [item(8, "Black ceramic mug", "黑色陶瓷马克杯"), item(9, "Jasmine scented candle", "茉莉香薰蜡烛")]
    )
    assert wider.n_items == 10
    scores = wider.score(Query(np.array([1], np.int32)), np.array([8, 9], np.int32))
    assert scores[0] > scores[1]
    assert scores[0] > 0
    assert scores_of(wider, 9)[CANDLES].max() == scores_of(wider, 9).max()  # and others are found from it


def test_a_new_item_takes_the_company_its_text_predicts() -> None:
    model = Content(company=1.0, factors=3, regularization=0.01).fit(shop())
    wider = model.with_items([item(8, "Yellow ceramic mug", "黄色陶瓷马克杯")])
    scores = wider.score(Query(np.array([6, 7], np.int32)), np.array([8], np.int32))
    assert scores[0] > scores_of(model, 6, 7)[CANDLES].max()


def test_adding_items_leaves_the_scores_of_the_others_as_they_were() -> None:
    model = Content().fit(shop())
    wider = model.with_items([item(8, "Black ceramic mug", "黑色陶瓷马克杯")])
    np.testing.assert_allclose(scores_of(wider, 0, 4)[:8], scores_of(model, 0, 4), rtol=1e-6)
    assert model.n_items == 8
    assert model.with_items([]) is model


def test_items_added_one_by_one_equal_items_added_together() -> None:
    new = [item(8, "Black ceramic mug", "黑色陶瓷马克杯"), item(9, "Jasmine scented candle", "茉莉香薰蜡烛")]
    together = Content(neighbours=50).fit(shop()).with_items(new)
    one_by_one = Content(neighbours=50).fit(shop()).with_items(new[:1]).with_items(new[1:])
    np.testing.assert_allclose(together.vectors, one_by_one.vectors, atol=1e-6)


def test_a_loaded_model_takes_new_items_too(tmp_path: Path) -> None:
    dataset = shop()
    save_artifact(
        tmp_path / "content",
        Content().fit(dataset),
        recipe={"name": "content", "settings": {}},
        dataset_fingerprint=dataset.fingerprint,
        item_ids=dataset.item_ids,
        metrics={},
    )
    loaded = load_artifact(tmp_path / "content").model
    assert isinstance(loaded, ContentModel)
    wider = loaded.with_items([item(8, "Black ceramic mug", "黑色陶瓷马克杯")])
    assert scores_of(wider, 0)[8] > 0
    assert loaded.n_items == 8


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_language_alone_is_enough(language: str) -> None:
    place = {"en": 0, "zh": 1}[language]
    items = [Item(id=str(n), title={language: title[place]}) for n, title in enumerate(TITLES)]
    nothing = np.empty(0, np.int32)
    model = Content(company=0.0).fit(Dataset.of(nothing, nothing, n_users=0, n_items=8, items=items))
    scores = scores_of(model, 3)
    assert scores[[4, 5]].min() > scores[MUGS + TOOLS].max()


def test_facts_tell_items_apart_when_titles_do_not() -> None:
    items = [Item(id=str(n), title={"en": "Item"}, attributes={"colour": (colour,)}) for n, colour in enumerate("rrbb")]
    nothing = np.empty(0, np.int32)
    model = Content(company=0.0).fit(Dataset.of(nothing, nothing, n_users=0, n_items=4, items=items))
    scores = scores_of(model, 0)
    assert scores[1] > scores[2]
    assert scores[1] > scores[3]


def test_an_item_without_words_has_a_vector_of_zeros_and_no_score() -> None:
    model = only_text()
    empty = Item(id="empty", title={})
    assert (model.embed(empty) == 0).all()
    assert scores_of(model.with_items([empty]), 0)[8] == 0


def test_a_shop_without_a_catalogue_still_learns_company() -> None:
    dataset = shop()
    bare = Dataset.of(dataset.user, dataset.item, n_items=8)
    scores = scores_of(Content(factors=3).fit(bare), 0)
    assert np.isfinite(scores).all()
    assert scores[TOOLS].min() > scores[CANDLES].max()


def seeing() -> Dataset:
    """The same shop with an encoder to whose eyes a mug is like a spade and all else differs."""
    vectors = np.eye(len(TITLES), dtype=np.float32)
    vectors[6] = vectors[0]
    return replace(shop(), vectors=vectors, encoder="test-8")


def test_an_encoders_vectors_bring_together_what_looks_alike() -> None:
    blind, both = only_text(), Content(company=0.0).fit(seeing())
    assert scores_of(blind, 0)[6] < scores_of(blind, 0)[1]
    assert scores_of(both, 0)[6] > scores_of(blind, 0)[6]
    assert scores_of(Content(company=0.0, encoded=1.0).fit(seeing()), 0)[6] == pytest.approx(1.0, abs=1e-5)


def test_with_no_share_for_the_encoder_nothing_changes() -> None:
    np.testing.assert_allclose(
        scores_of(Content(company=0.0, encoded=0.0).fit(seeing()), 0), scores_of(only_text(), 0), atol=1e-6
    )


def test_a_new_item_is_placed_by_its_vector_too_and_one_without_by_its_words() -> None:
    model = Content(company=0.0).fit(seeing())
    new = item(8, "Item without words in common", "无")
    vector = np.eye(8, dtype=np.float32)[None, 3]
    assert scores_of(model.with_items([new], vector), 8).argmax() == 3
    wider = model.with_items([item(8, "Black ceramic mug", "黑色陶瓷马克杯")])
    assert min(scores_of(wider, mug)[8] for mug in MUGS) > scores_of(wider, CANDLES[0])[8]


def test_vectors_of_another_length_are_refused() -> None:
    with pytest.raises(InvalidInput, match="vectors of the new items"):
        Content().fit(seeing()).with_items([item(8, "Mug", "杯")], np.ones((1, 3), np.float32))
