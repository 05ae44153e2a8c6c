"""The state that the caller carries can be read by nobody else's key and changed by nobody."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from daogou.core.clock import HOUR_US
from daogou.core.settings import read_settings
from daogou.decide.guide.acts import Want
from daogou.decide.guide.seal import KEY_FILE, MOST_CHARACTERS, seal, state_key, unseal
from daogou.decide.guide.state import Focus, State

KEY, NOW_US = b"k" * 32, 1_700_000_000_000_000
STATE = State(at_us=NOW_US, turn=3, focus=Focus(wants=(Want("colour", "is", ("red",)),), shown=("a", "b")))


def test_a_state_comes_back_as_it_went_out():
    assert unseal(seal(STATE, KEY), KEY, NOW_US) == STATE


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: "A" + text[1:] if text[0] != "A" else "B" + text[1:],
        lambda text: text[: len(text) // 2],
        lambda text: text * 2,
        lambda text: "",
        lambda text: "{}",
        lambda text: "é" * 10,
        lambda text: "A" * 100_000,
    ],
)
def test_a_changed_state_is_none(spoil):
    assert unseal(spoil(seal(STATE, KEY)), KEY, NOW_US) is None


def test_another_shop_s_state_is_none():
    assert unseal(seal(STATE, b"o" * 32), KEY, NOW_US) is None


def test_a_state_ends_with_its_hours():
    text = seal(STATE, KEY)
    assert unseal(text, KEY, NOW_US + 2 * HOUR_US, state_hours=2) == STATE
    assert unseal(text, KEY, NOW_US + 2 * HOUR_US + 1, state_hours=2) is None


def test_a_long_conversation_stays_within_its_size_and_keeps_the_newest_steps():
    import random

    draw = random.Random(1)
    focuses = tuple(Focus(shown=tuple(f"{draw.getrandbits(256):064x}" for _ in range(24))) for _ in range(12))
    text = seal(State(at_us=NOW_US, focus=focuses[0], trail=focuses), KEY)
    assert len(text) <= MOST_CHARACTERS
    found = unseal(text, KEY, NOW_US)
    assert found is not None
    assert 0 < len(found.trail) < 12
    assert found.trail[-1] == focuses[-1]


def test_every_process_of_a_shop_has_the_same_key_which_only_the_owner_reads(tmp_path: Path):
    settings = read_settings(tmp_path)
    key = state_key(tmp_path, settings)
    assert state_key(tmp_path, settings) == key
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    other = tmp_path / "other"
    other.mkdir()
    assert state_key(other, settings) != key


def test_a_pepper_from_the_settings_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DAOGOU_KEY_PEPPER", "p" * 40)
    settings = read_settings(tmp_path)
    assert state_key(tmp_path, settings) == state_key(tmp_path / "elsewhere", settings)
    assert not (tmp_path / KEY_FILE).exists()
