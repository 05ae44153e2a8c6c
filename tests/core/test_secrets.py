"""Which settings are secret, where they may stand, and how they are shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from daogou.core.errors import InvalidInput
from daogou.core.settings import Settings, masked, read_settings, secret_fields, without_password


def test_every_secret_setting_is_found_by_its_type() -> None:
    assert {("key_pepper",), ("encoder", "key")} <= set(secret_fields(Settings))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql+psycopg://shop:s3cret@db:5432/shop", "postgresql+psycopg://shop:(hidden)@db:5432/shop"),
        ("postgresql://db/shop?user=a&password=s3cret", "postgresql://db/shop?user=a&password=(hidden)"),
        ("sqlite:///daogou.db", "sqlite:///daogou.db"),
        ("http://127.0.0.1:9000/v1", "http://127.0.0.1:9000/v1"),
    ],
)
def test_passwords_in_addresses_are_hidden(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_what_is_called_a_secret_is_hidden_at_any_depth() -> None:
    given = {"channels": {"x": {"settings": {"api_key": "s", "token": "s", "host": "h", "password_env": "NAME"}}}}
    shown: Any = masked(given)
    assert shown["channels"]["x"]["settings"] == {
        "api_key": "(hidden)",
        "token": "(hidden)",
        "host": "h",
        "password_env": "NAME",
    }


def test_a_secret_may_stand_in_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pepper"
    file.write_text("from a file\n")
    file.chmod(0o600)
    monkeypatch.setenv("DAOGOU_KEY_PEPPER_FILE", str(file))
    monkeypatch.setenv("DAOGOU_SHOP__DATABASE_FILE", str(file))
    settings = read_settings(tmp_path)
    assert settings.key_pepper is not None
    assert settings.key_pepper.get_secret_value() == settings.shop.database == "from a file"
    file.chmod(0o644)
    with pytest.raises(InvalidInput, match=r"DAOGOU_KEY_PEPPER_FILE.*chmod 600"):
        read_settings(tmp_path)


@pytest.mark.parametrize(
    "text",
    ['key_pepper = "hush"\n', '[encoder]\nkey = "hush"\n', '[shop]\ndatabase = "postgresql://shop:hush@db/shop"\n'],
)
def test_a_settings_file_with_a_secret_is_for_its_owner_only(tmp_path: Path, text: str) -> None:
    file = tmp_path / "shop.toml"
    file.write_text(text)
    file.chmod(0o644)
    with pytest.raises(InvalidInput, match="chmod 600") as refused:
        read_settings(tmp_path)
    assert "hush" not in str(refused.value)
    file.chmod(0o600)
    assert read_settings(tmp_path).server.port == 8080


def test_a_settings_file_without_a_secret_may_be_read_by_everybody(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text("[server]\nport = 8081\n")
    (tmp_path / "shop.toml").chmod(0o644)
    assert read_settings(tmp_path).server.port == 8081


def test_a_mistake_beside_a_secret_does_not_print_it(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text('[encoder]\nkey = "hush-1"\nkind = "magic"\napi_key = "hush-2"\n')
    with pytest.raises(InvalidInput, match=r"encoder\.api_key") as refused:
        read_settings(tmp_path)
    assert "hush" not in str(refused.value)
