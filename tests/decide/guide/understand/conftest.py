"""The lexicons of the two demo shops, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from daogou.core.settings import read_settings
from daogou.data.demo import bilingual, online_retail
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.items import parse_item
from daogou.data.store import open_store
from daogou.decide.catalogue import Catalogue
from daogou.decide.words.lexicon import Lexicon


def _lexicon(folder: Path, text: str, rows: list[dict[str, object]]) -> Lexicon:
    (folder / "shop.toml").write_text(text, encoding="utf-8")
    settings = read_settings(folder)
    store = open_store(f"sqlite:///{folder / 'daogou.db'}")
    defaults = Defaults(currency=settings.shop.currency, language=settings.shop.languages[0])
    store.put_items([parse_item(row, defaults) for row in rows])
    lexicon = Lexicon.of(Catalogue(store), settings)
    store.close()
    return lexicon


@pytest.fixture(scope="session")
def lexicons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Lexicon]:
    """By the short names that the files of utterances use."""
    return {
        "gift": _lexicon(tmp_path_factory.mktemp("gift"), online_retail.shop_settings(), list(online_retail.items())),
        "bi": _lexicon(tmp_path_factory.mktemp("bi"), bilingual.shop_settings(), bilingual.generate(n_users=20).items),
    }
