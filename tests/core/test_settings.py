"""Settings: which source wins, and what a mistake says."""

from __future__ import annotations

from pathlib import Path

import pytest

from daogou.core.errors import InvalidInput
from daogou.core.settings import DEFAULT_PLACEMENTS, database_url, read_settings


def write(folder: Path, text: str) -> Path:
    (folder / "shop.toml").write_text(text, encoding="utf-8")
    return folder


def test_every_setting_has_a_default_that_works_without_a_file(tmp_path: Path) -> None:
    settings = read_settings(tmp_path)
    assert settings.server.port == 8080
    assert set(settings.placements) == set(DEFAULT_PLACEMENTS)


def test_flags_win_over_environment_over_file_over_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path, "[server]\nport = 1001\nworkers = 3\nhost = '0.0.0.0'\n")
    monkeypatch.setenv("DAOGOU_SERVER__PORT", "1002")
    monkeypatch.setenv("DAOGOU_SERVER__WORKERS", "4")
    settings = read_settings(folder, {"server": {"port": 1003}})
    assert (settings.server.port, settings.server.workers, settings.server.host) == (1003, 4, "0.0.0.0")


def test_the_variable_that_names_the_folder_is_not_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAOGOU_SHOP", str(tmp_path))
    monkeypatch.setenv("DAOGOU_SHOP__ID", "teahouse")
    assert read_settings(tmp_path).shop.id == "teahouse"


def test_an_own_placement_joins_the_shipped_ones(tmp_path: Path) -> None:
    folder = write(tmp_path, "[placements.footer]\nretrievers = { trending = 1.0 }\n")
    settings = read_settings(folder)
    assert settings.placements["footer"].retrievers == {"trending": 1.0}
    assert "home_for_you" in settings.placements


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[server]\nport = 99999\n", "server.port"),
        ("[server]\nprot = 80\n", "server.prot"),
        ("[placements.x]\nretrievers = { magic = 1.0 }\n", "placements.x.retrievers"),
        ("[server\n", "cannot be read as TOML"),
    ],
)
def test_a_mistake_names_the_setting_and_the_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=r"shop\.toml") as caught:
        read_settings(write(tmp_path, text))
    assert said in str(caught.value)


def test_a_relative_database_lies_in_the_shops_folder(tmp_path: Path) -> None:
    settings = read_settings(tmp_path)
    assert database_url(settings, tmp_path) == f"sqlite:///{tmp_path.resolve()}/daogou.db"


def test_a_file_without_a_form_is_of_the_first_and_a_newer_form_says_what_to_do(tmp_path: Path) -> None:
    assert read_settings(write(tmp_path, "[server]\nport = 1001\n")).format == 1
    assert read_settings(write(tmp_path, "format = 1\n[server]\nport = 1001\n")).server.port == 1001
    with pytest.raises(InvalidInput, match=r"newer form than this program reads \(1\)\. Install a newer Daogou"):
        read_settings(write(tmp_path, "format = 2\n"))
