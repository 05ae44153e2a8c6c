"""The examples on the page about the context run."""

import re
from pathlib import Path

from daogou.core.settings import ContextSettings

PAGE = (Path(__file__).parents[3] / "docs" / "context.md").read_text(encoding="utf-8")


def test_the_plug_in_on_the_page_is_one() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    made: dict[str, object] = {}
    exec(compile(block, "docs/context.md", "exec"), made)
    weather = made["weather"]
    assert callable(weather)
    assert (weather("hangzhou", 0), weather("nowhere", 0)) == ("rain", None)


def test_every_setting_stands_on_the_page() -> None:
    assert [name for name in ContextSettings.model_fields if f"\n{name} = " not in PAGE] == []
