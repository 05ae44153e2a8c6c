"""The page about evaluation is true: its example runs and its figures are those that were measured."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")


def test_the_example_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    exec(compile(example, "docs/evaluation.md", "exec"), {})
    assert "Interval(mean=" in capsys.readouterr().out
    assert (tmp_path / "report.html").exists()


def test_the_figures_are_those_of_the_measurement():
    measured = (ROOT / "benchmarks" / "results" / "quality_online_retail.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+) \| ([*\d.]+) \| ([*\d.]+) \| ([*\d.]+) \| ([*\d.]+) \|$", PAGE, flags=re.MULTILINE)
    assert len(rows) == 8
    for name, *figures in rows:
        shown = [one.strip("*") for one in figures]
        wanted = re.findall(rf"^\| {re.escape(name)} \| ([\d.]+) \(.*?\) \| ([\d.]+) \(", measured, flags=re.MULTILINE)
        assert shown == [value for pair in wanted for value in pair]
