"""What may be done with a trained release: put it in force, go back, or let it serve some shoppers; all is logged."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from daogou.core.errors import ArtifactRefused
from daogou.learn.canary import Canary, begin_canary, end_canary, read_canary
from daogou.learn.release_log import note
from daogou.learn.releases import (
    CANDIDATES,
    candidates,
    find_release,
    previous_release,
    publish,
    releases,
)
from daogou.learn.training.release import current_name, read_info, read_release

VERDICT_FILE = "verdict.json"


class Standing(msgspec.Struct, frozen=True):
    """One release as a list of them shows it.

    standing  serving, previous, kept (served once), canary or candidate (never served)
    verdict   of its guardrail: promote, hold or refuse; None where it was not judged
    problem   why it cannot be loaded; None where its own page can be read
    """

    name: str
    standing: str
    created_at: str | None
    models: tuple[str, ...]
    interactions: int | None
    verdict: str | None
    problem: str | None = None


def standings(root: Path) -> list[Standing]:
    """Every release there is: the serving one, the previous, the kept, then candidates from new to old."""
    serving, canary = current_name(root), read_canary(root)
    served = releases(root)
    found = []
    for number, path in enumerate([*served, *candidates(root)]):
        if path.parent.name == CANDIDATES:
            standing = "canary" if canary is not None and canary.name == path.name else "candidate"
        elif path.name == serving:
            standing = "serving"
        else:
            standing = "previous" if number == 1 else "kept"
        found.append(_standing(path, standing))
    return found


def _standing(path: Path, standing: str) -> Standing:
    verdict = read_verdict(path)
    said = str(verdict["verdict"]) if verdict else None
    try:
        info = read_info(path)
        dataset = info.get("dataset", {})
        return Standing(
            path.name, standing, info.get("created_at"), tuple(info.get("models", ())), dataset.get("n_interactions"),
            said,
        )  # fmt: skip
    except ArtifactRefused as error:
        return Standing(path.name, standing, None, (), None, said, str(error))


def promote(root: Path, name: str, *, keep: int, now_us: int, by: str, reasons: Sequence[dict[str, str]] = ()) -> Path:
    """Put a release in force, once it was seen to load with all its checksums; a canary of that name ends.

    Raises NotFound for an unknown name and ArtifactRefused for one that does not load; the one in force stays then.
    """
    path = find_release(root, name)
    read_release(path)
    place = publish(path, root, keep=keep)
    end_canary(root, name)
    note(root, now_us, "promoted", name, by, reasons=reasons)
    return place


def roll_back(root: Path, *, keep: int, now_us: int, by: str, name: str | None = None) -> Path:
    """Put the previous release in force again, or the kept one called `name`. Raises NotReady where there is none."""
    left = current_name(root)
    path = previous_release(root) if name is None else find_release(root, name)
    read_release(path)
    place = publish(path, root, keep=keep)
    if left is not None:
        told = {"en": f"{place.name} serves again.", "zh": f"重新由 {place.name} 提供服务。"}
        note(root, now_us, "rolled_back", left, by, reasons=[told])
    return place


def start_canary(root: Path, name: str, share: float, *, now_us: int, by: str) -> Canary:
    """Let a candidate serve a share of shoppers. Raises as `promote` does, and InvalidInput for a wrong share."""
    read_release(find_release(root, name))
    canary = Canary(name, share, now_us)
    begin_canary(root, canary)
    told = {"en": f"It serves {share:.0%} of shoppers.", "zh": f"为 {share:.0%} 的顾客提供服务。"}
    note(root, now_us, "canary_began", name, by, reasons=[told])
    return canary


def stop_canary(
    root: Path, name: str, *, now_us: int, by: str, outcome: str, reasons: Sequence[dict[str, str]] = ()
) -> bool:
    """Let a canary serve nobody any more; False where somebody else was faster."""
    if not end_canary(root, name):
        return False
    note(root, now_us, "canary_ended", name, by, outcome=outcome, reasons=reasons)
    return True


def write_verdict(release: Path, verdict: dict[str, Any]) -> None:
    """Keep what was found beside the release, whole or not at all."""
    draft = release / f".{VERDICT_FILE}-{secrets.token_hex(4)}"
    with draft.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(verdict), indent=1))
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, release / VERDICT_FILE)


def read_verdict(release: Path) -> dict[str, Any] | None:
    """What its guardrail found; None where it was not judged or that cannot be read."""
    try:
        found = msgspec.json.decode((release / VERDICT_FILE).read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if isinstance(found, dict) and "verdict" in found else None
