"""Writes docs/licences.md from the installed packages' metadata: python scripts/licences.py > docs/licences.md."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
MOST_CORE_PACKAGES = 47
ALLOWED = frozenset(
    (
        "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0",
        "CC0-1.0", "HPND", "ISC", "MIT", "MIT-CMU", "PSF-2.0", "Zlib",
    )
)  # fmt: skip
"""May stand beside Apache-2.0 in what a shop runs: they ask for a notice at most."""

LINKED = {"psycopg": "LGPL-3.0-only"}
"""Packages of an extra that are used unchanged, as libraries that anybody may replace: all that the LGPL asks."""
SPELLINGS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "ISC License": "ISC",
    "MIT License": "MIT",
}
INTRODUCTION = """\
# Licences

Daogou itself is under Apache-2.0. What it runs on, as the packages say themselves; the versions and the hashes of the
first table stand in `requirements.lock`. This page is written from the installed packages:
`python scripts/licences.py > docs/licences.md`.
"""


def locked() -> dict[str, str]:
    """Every package of requirements.lock, with the condition under which it is installed, often none."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==\S+(?: ; ([^\\\n]+))?", LOCK.read_text("utf-8"), re.MULTILINE)
    return {name: condition.strip() for name, condition in found}


def of_extras() -> dict[str, list[str]]:
    """The packages that each optional extra names, without those for development."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    return {
        extra: sorted(re.split(r"[^A-Za-z0-9._-]", need)[0] for need in needs)
        for extra, needs in extras.items()
        if extra not in ("dev", "audit")
    }


def licence(name: str) -> str | None:
    """The licence as an SPDX expression where the package gives one; None where it is not installed."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    return " OR ".join(dict.fromkeys(SPELLINGS.get(one, one) for one in _said(told)))


def _said(told: PackageMetadata) -> list[str]:
    expression = told.get("License-Expression")
    if expression:
        return [expression]
    classified = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or () if one.startswith("License")]
    text = told.get("License") or ""
    return classified or ([text] if text and "\n" not in text else ["unknown"])


def parts(expression: str) -> set[str]:
    """The single licences of an SPDX expression."""
    return {one.strip(" ()") for one in re.split(r" AND | OR ", expression)}


def page() -> str:
    """The whole page."""
    return INTRODUCTION + "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    core = locked()
    yield f"\n## Always: {len(core)} packages\n\n| package | licence | only where |\n|---|---|---|"
    for name, condition in core.items():
        # What is for another system is not installed on this one, and is told by hand.
        yield f"| {name} | {licence(name) or ELSEWHERE[name]} | {condition} |"
    yield "\n## With an optional extra\n\n| extra | package | licence |\n|---|---|---|"
    for extra, names in of_extras().items():
        for name in names:
            yield f"| {extra} | {name} | {licence(name) or 'not installed here'} |"


ELSEWHERE = {"colorama": "BSD-3-Clause"}

if __name__ == "__main__":
    sys.stdout.write(page())
