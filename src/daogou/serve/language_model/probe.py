"""What an endpoint can do, found out by a few small calls with invented words; nothing of shop or shoppers is sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from daogou.core.settings import LanguageModelSettings
from daogou.decide.guide.model.prompts import Situation, reading_prompt
from daogou.decide.guide.model.reading import read_acts, schema
from daogou.decide.guide.model.vocabulary import Field, Vocabulary, slice_of
from daogou.serve.language_model.endpoint import SHAPES, Endpoint, Unanswered
from daogou.serve.language_model.exchange import Exchange

UTTERANCE = "a red teapot under 30, please"
PATIENCE_SECONDS = 30.0
"""A model that is loaded for the first call is slow once; what is measured is the call after it."""

_WORDS = Vocabulary(
    (
        Field("category", values={"teapots": "Teapots", "teapot": "Teapots", "mugs": "Mugs"}),
        Field("colour", values={"red": "red", "blue": "blue"}),
    )
)


@dataclass(frozen=True)
class Ability:
    """What an endpoint can do.

    failure      why it does not answer at all, one word; empty where it does
    models       those it says it has; empty where it does not say
    shapes       ways of asking for typed answers that it takes and answers validly
    refused      ways that it takes badly, and how
    first_word_ms, whole_ms  of one short answer in prose, once warm
    """

    failure: str = ""
    models: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    refused: dict[str, str] = field(default_factory=dict)
    first_word_ms: float = 0.0
    whole_ms: float = 0.0


def probe(settings: LanguageModelSettings) -> Ability:
    """Ask the endpoint of the settings. Raises MissingExtra where httpx is not installed."""
    return asyncio.run(_probe(settings))


async def _probe(settings: LanguageModelSettings) -> Ability:
    patient = settings.model_copy(update={"first_byte_seconds": PATIENCE_SECONDS})
    endpoint = Endpoint(patient)
    try:
        models = await endpoint.models()
        await _spoken(endpoint, patient)
        first_word_ms, whole_ms = await _spoken(endpoint, patient)
        shapes: list[str] = []
        refused: dict[str, str] = {}
        for shape in SHAPES if settings.shape == "auto" else (settings.shape,):
            endpoint.shape = shape
            problem = await _reads(endpoint, patient)
            if problem:
                refused[shape] = problem
            else:
                shapes.append(shape)
        return Ability("", tuple(models), tuple(shapes), refused, first_word_ms, whole_ms)
    except Unanswered as error:
        return Ability(failure=error.reason)
    finally:
        await endpoint.aclose()


async def _spoken(endpoint: Endpoint, settings: LanguageModelSettings) -> tuple[float, float]:
    """How long the first word and the whole of a short answer took. Raises Unanswered."""
    loop = asyncio.get_running_loop()
    began, first = loop.time(), 0.0
    messages = ({"role": "system", "content": "Answer in five words."}, {"role": "user", "content": "Say hello."})
    async for _ in endpoint.ask(messages, Exchange(), deadline=began + PATIENCE_SECONDS, most_tokens=50):
        first = first or loop.time()
    return 1000 * (first - began), 1000 * (loop.time() - began)


async def _reads(endpoint: Endpoint, settings: LanguageModelSettings) -> str:
    """Why the endpoint does not read an easy utterance in the shape asked for; empty where it does."""
    messages = reading_prompt(UTTERANCE, Situation(), _WORDS, mark="<<probe>>", tokens=settings.input_tokens)
    text = ""
    try:
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        async for piece in endpoint.ask(
            messages, Exchange(), deadline=deadline, schema=schema(slice_of(_WORDS, UTTERANCE, 0))
        ):
            text += piece
        acts = read_acts(text, UTTERANCE, _WORDS, 0)
    except Unanswered as error:
        return error.reason
    except ValueError:
        return "garbage"
    return "" if acts else "understands nothing"
