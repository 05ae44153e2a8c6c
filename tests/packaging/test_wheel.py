"""The wheel holds all that `daogou demo` needs, and nothing that belongs to the workshop."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "src/daogou/serve/static/index.html"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every file in a freshly built wheel."""
    if not PAGE.exists():
        pytest.skip("the page is not built: make web")
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("daogou-*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_every_file_of_the_package_is_in_the_wheel(names: set[str]) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--", "src/daogou"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode != 0:
        pytest.skip("no git checkout, so it is not known which files belong to the package")
    wanted = {PurePosixPath(one).relative_to("src").as_posix() for one in tracked.stdout.split("\0") if one}
    assert wanted - names == set()
    assert "daogou/data/demo/online_retail/online_retail.parquet" in names


def test_the_built_page_and_all_it_loads_are_in_the_wheel(names: set[str]) -> None:
    static = PAGE.parent
    built = {f"daogou/serve/static/{one.relative_to(static).as_posix()}" for one in static.rglob("*") if one.is_file()}
    assert "daogou/serve/static/index.html" in built
    assert built - names == set()


def test_the_licence_travels_and_the_workshop_does_not(names: set[str]) -> None:
    assert {PurePosixPath(name).name for name in names} >= {"LICENSE", "NOTICE", "entry_points.txt", "METADATA"}
    assert {PurePosixPath(name).parts[0].split("-")[0] for name in names} == {"daogou"}
    assert not [name for name in names if name.endswith((".pyc", ".db", ".map"))]
