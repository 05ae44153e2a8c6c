"""What a shop runs: pinned, hashed, few, and under licences that go together."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    """scripts/licences.py."""
    found = importlib.util.spec_from_file_location("licences", ROOT / "scripts" / "licences.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_every_locked_package_has_hashes_and_the_lock_names_no_registry() -> None:
    packages = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in one for one in packages)
    assert not re.search(r"https?://|file://|--index-url|--find-links|--trusted-host", LOCK)


def test_the_lock_has_the_versions_of_the_constraints() -> None:
    pinned = {
        name.lower().replace("_", "-"): version
        for name, _, version in (
            line.partition("==") for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        )
    }
    locked = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", LOCK, re.MULTILINE))
    assert {name: pinned.get(name, version) for name, version in locked.items()} == locked


def test_everything_that_the_project_needs_is_locked(licences: ModuleType) -> None:
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {Requirement(need).name for need in needs} <= set(licences.locked())


def test_a_shop_runs_on_few_packages(licences: ModuleType) -> None:
    core = licences.locked()
    assert len(core) <= licences.MOST_CORE_PACKAGES
    on_linux = [name for name, where in core.items() if not where or Marker(where).evaluate({"sys_platform": "linux"})]
    assert len(on_linux) == 46


def test_the_licence_of_every_package_is_one_that_may_stand_beside_ours(licences: ModuleType) -> None:
    named = [*licences.locked(), *(name for names in licences.of_extras().values() for name in names)]
    told = {name: licences.licence(name) for name in named if licences.licence(name) is not None}
    assert len(told) > 30
    refused = {name: said for name, said in told.items() if not licences.parts(said) <= licences.ALLOWED}
    assert not set(licences.LINKED) & set(licences.locked())
    refused = {name: said for name, said in refused.items() if licences.LINKED.get(name) != said}
    assert refused == {}


def test_the_licences_page_names_every_package_with_the_licence_that_it_tells(licences: ModuleType) -> None:
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    told = {name: licences.licence(name) or licences.ELSEWHERE[name] for name in licences.locked()}
    missing = [name for name, said in told.items() if f"| {name} | {said} |" not in page]
    missing += [name for names in licences.of_extras().values() for name in names if f"| {name} |" not in page]
    assert missing == [], "run: python scripts/licences.py > docs/licences.md"
