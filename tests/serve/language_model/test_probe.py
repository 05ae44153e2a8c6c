import json
from pathlib import Path
from typing import Any

import pytest
from tests.serve.language_model import played as plays
from tests.serve.language_model.played import Place, Played, says
from tests.serve.language_model.test_talk import READING

from daogou.core.settings import LanguageModelSettings, Settings
from daogou.serve.language_model.probe import probe
from daogou.serve.upkeep.doctor.finding import Patient
from daogou.serve.upkeep.doctor.language_model import language_model


def reads(*, only: str = "") -> plays.Play:
    """An endpoint that takes one shape, or all."""

    def play(caller: Played, body: dict[str, Any]) -> None:
        shape = "json_schema" if "response_format" in body else "tools" if "tools" in body else "plain"
        if only and shape not in (only, "plain"):
            caller.answer(400, b"{}")
        elif "Say hello" in str(body["messages"]):
            says("Hello to you, dear friend.")(caller, body)
        else:
            says(json.dumps(READING))(caller, body)

    return play


def found(url: str, **settings: Any) -> list[str]:
    chosen = LanguageModelSettings.model_validate({"url": url, "model": "small", **settings})
    patient = Patient(Path("."), Settings(language_model=chosen), Path("."), None, 0)
    return [one.code for one in language_model(patient)]


def test_what_an_endpoint_can_do_is_found_out(place: Place) -> None:
    place.plays(reads())
    able = probe(LanguageModelSettings(url=place.url, model="small"))
    assert (able.models, able.shapes, able.failure) == (("small",), ("json_schema", "tools", "plain"), "")
    assert 0 < able.first_word_ms <= able.whole_ms
    assert found(place.url) == []


@pytest.mark.parametrize(
    ("play", "settings", "codes"),
    [
        (plays.fails, {}, ["model_unanswered"]),
        (reads(), {"model": "large"}, ["model_unknown"]),
        (reads(only="plain"), {}, ["model_shape"]),
        (reads(), {"first_byte_seconds": 0.000_001}, ["model_slow"]),
        (says("I cannot."), {}, ["model_cannot_read"]),
        (says("I cannot."), {"read": "never"}, []),
    ],
)
def test_the_doctor_says_what_is_wrong_with_it(
    place: Place, play: plays.Play, settings: dict[str, Any], codes: list[str]
) -> None:
    place.plays(play)
    assert found(place.url, **settings) == codes


def test_a_shop_without_a_model_is_asked_nothing() -> None:
    assert list(language_model(Patient(Path("."), Settings(), Path("."), None, 0))) == []
