from __future__ import annotations

from pathlib import Path

from daogou.core.settings import Settings
from daogou.serve.handover import environment_for


def test_the_encoders_key_is_not_handed_over_not_even_masked() -> None:
    given = environment_for(Path(), Settings(encoder={"kind": "http", "key": "sk-secret"}))  # type: ignore[arg-type]
    assert '"kind": "http"' in given["DAOGOU_FLAGS"]
    assert "sk-secret" not in str(given)
    assert "***" not in str(given)
