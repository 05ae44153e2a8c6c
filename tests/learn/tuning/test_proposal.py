"""Found settings go into shop.toml, and nothing else in it changes."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest

from daogou.core.errors import InvalidInput
from daogou.core.settings import read_settings
from daogou.learn.tuning.proposal import Change, diff_of, lines_of, proposed, read_text, write_text

EASE = Change("ease", "ease", {"regularization": 312.0})
KNN = Change("item_knn", "item_knn", {"neighbours": 70, "similarity": "lift"})
TEXT = """\
# my shop
[shop]
id = "tea"   # short

[models.ease]   # the best one
recipe = "ease"
settings = { regularization = 300.0, memory_limit_mb = 900 } # by hand

[server]
port = 8080
"""


def test_a_known_model_changes_in_place_and_comments_stay() -> None:
    assert proposed(TEXT, [EASE]) == TEXT.replace("300.0", "312.0")


def test_a_model_the_file_does_not_have_is_added_at_its_end() -> None:
    written = proposed(TEXT, [KNN])
    assert written == TEXT + "\n" + lines_of(KNN)
    assert tomllib.loads(written)["models"]["item_knn"] == {"recipe": "item_knn", "settings": dict(KNN.settings)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[shop]\nid = 'x'",
        "[models.ease]\nrecipe = 'ease'\n[models.ease.settings]\n# strong\nregularization = 3 # c\n\n[server]\nport=1",
        "[models.ease]\nrecipe = 'ease'\nevents = ['purchase'] # only these\n\n[server]\nport = 1\n",
        "[models]\nease = { recipe = 'ease', settings = {} }\n",
        "models.ease.recipe = 'ease'\nmodels.ease.settings.regularization = 3\n[server]\nport = 1\n",
        "[models.ease]\nrecipe = 'ease'\n\n[server]\nport = 1\n\n[models.ials]\nrecipe = 'ials'\n",
        "[models.'tea ease']\nrecipe = 'ease'\n",
    ],
)
def test_however_the_file_is_written_only_the_settings_change(text: str) -> None:
    before, after = tomllib.loads(text), tomllib.loads(proposed(text, [EASE, KNN]))
    assert after["models"]["ease"].pop("settings")["regularization"] == 312.0
    known = before.get("models", {}).get("ease", {"recipe": "ease"})
    known.pop("settings", None)
    assert after["models"]["ease"] == known
    assert after["models"]["item_knn"]["settings"] == {"neighbours": 70, "similarity": "lift"}
    for name, section in before.items():
        if name != "models":
            assert after[name] == section
    for comment in ("# strong", "# c", "# only these"):
        assert (comment in text) == (comment in proposed(text, [EASE, KNN]))


def test_line_ends_of_windows_stay() -> None:
    text = TEXT.replace("\n", "\r\n")
    written = proposed(text, [EASE, KNN])
    assert written.count("\n") == written.count("\r\n")
    assert tomllib.loads(written)["models"]["item_knn"]["settings"]["neighbours"] == 70


def test_a_file_that_cannot_be_changed_safely_is_left_with_the_lines_to_write() -> None:
    with pytest.raises(InvalidInput, match=r"by hand:\n\[models.item_knn\]"):
        proposed('models = { ease = { recipe = "ease" } }\n', [KNN])


def test_the_lines_hold_odd_names_events_and_every_kind_of_value() -> None:
    change = Change('my "best"', "ease", {"a": True, "b": 'x"y', "c": 1e-05, "d": 3}, ("purchase", "add_to_cart"))
    assert tomllib.loads(lines_of(change))["models"]['my "best"'] == {
        "recipe": "ease",
        "settings": {"a": True, "b": 'x"y', "c": 1e-05, "d": 3},
        "events": ["purchase", "add_to_cart"],
    }


def test_nothing_to_change_changes_nothing() -> None:
    assert proposed(TEXT, []) == TEXT
    assert diff_of(TEXT, TEXT, "shop.toml") == ""
    without_models = '[shop]\nid = "tea"\n'
    assert proposed(without_models, []) == without_models


def test_the_diff_names_the_file_and_shows_both_lines() -> None:
    diff = diff_of(TEXT, proposed(TEXT, [EASE]), "shop.toml")
    assert "-settings = { regularization = 300.0, memory_limit_mb = 900 } # by hand\n" in diff
    assert "+settings = { regularization = 312.0, memory_limit_mb = 900 } # by hand\n" in diff


def test_the_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0o600)
    write_text(path, proposed(read_text(path), [EASE]))
    assert read_settings(tmp_path).models["ease"].settings["regularization"] == 312.0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["shop.toml"]


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "shop.toml", tmp_path / "shop.toml"
    real.write_text(TEXT, encoding="utf-8")
    link.symlink_to(real)
    write_text(link, proposed(read_text(link), [EASE]))
    assert link.is_symlink()
    assert "312.0" in real.read_text(encoding="utf-8")
