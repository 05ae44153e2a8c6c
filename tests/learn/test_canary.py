"""Who is served by a canary hangs on shopper and release alone, and a share is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from daogou.core.errors import InvalidInput
from daogou.learn.canary import Canary, begin_canary, end_canary, read_canary

PEOPLE = [f"u:{number}" for number in range(4_000)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "candidates" / "r1").mkdir(parents=True)
    return tmp_path


def test_about_the_asked_share_of_shoppers_is_drawn_always_the_same_ones() -> None:
    drawn = [one for one in PEOPLE if Canary("r1", 0.1, 0).has(one)]
    assert 320 < len(drawn) < 480
    assert drawn == [one for one in PEOPLE if Canary("r1", 0.1, 99).has(one)]


def test_a_larger_share_keeps_those_who_were_drawn_and_another_release_draws_others() -> None:
    few, more, other = (
        {one for one in PEOPLE if canary.has(one)}
        for canary in (Canary("r1", 0.1, 0), Canary("r1", 0.3, 0), Canary("r2", 0.1, 0))
    )
    assert few < more
    assert len(few & other) < 100


def test_a_canary_is_read_as_it_was_begun_until_it_ends(root: Path) -> None:
    assert read_canary(root) is None
    begin_canary(root, Canary("r1", 0.2, 7))
    assert read_canary(root) == Canary("r1", 0.2, 7)
    assert not end_canary(root, "another")
    assert end_canary(root, "r1")
    assert read_canary(root) is None
    assert not end_canary(root, "r1")


@pytest.mark.parametrize("share", [0.0, -0.1, 0.51])
def test_a_share_that_is_none_or_the_greater_part_is_refused(root: Path, share: float) -> None:
    with pytest.raises(InvalidInput, match=r"at most 0\.5"):
        begin_canary(root, Canary("r1", share, 0))


def test_what_is_no_candidate_cannot_be_a_canary(root: Path) -> None:
    with pytest.raises(InvalidInput, match="is not a candidate"):
        begin_canary(root, Canary("r9", 0.1, 0))


@pytest.mark.parametrize("text", ["", "{", '{"name": "../r1", "share": 0.1, "since_us": 0}', '{"name": "gone"}'])
def test_a_broken_file_means_no_canary(root: Path, text: str) -> None:
    (root / "CANARY").write_text(text)
    assert read_canary(root) is None
