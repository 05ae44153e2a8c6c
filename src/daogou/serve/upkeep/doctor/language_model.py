"""Checks of the language model that the settings name: does it answer, in time, and in a form that can be used."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from daogou.serve.upkeep.doctor.finding import Finding, Patient, finding


def language_model(one: Patient) -> Iterator[Finding]:
    """Ask the endpoint a few invented things, where there is one."""
    settings = one.settings.language_model
    if not settings.url or find_spec("httpx") is None:  # that the extra is missing, another check says
        return
    from daogou.serve.language_model.probe import probe

    able = probe(settings)
    if able.failure:
        yield finding("model_unanswered", "warning", url=settings.url, reason=able.failure)
        return
    if able.models and settings.model not in able.models:
        known = ", ".join(able.models[:8])
        yield finding("model_unknown", "warning", model=settings.model, known=known)
    bound_ms = 1000 * settings.first_byte_seconds
    if able.first_word_ms > bound_ms:
        yield finding("model_slow", "warning", took=round(able.first_word_ms), bound=round(bound_ms))
    elif able.whole_ms > 1000 * settings.turn_seconds:
        yield finding("model_slow", "warning", took=round(able.whole_ms), bound=round(1000 * settings.turn_seconds))
    refused = ", ".join(f"{shape}: {why}" for shape, why in able.refused.items())
    if settings.read != "never" and not able.shapes:
        yield finding("model_cannot_read", "warning", refused=refused)
    elif able.refused and able.shapes and settings.shape == "auto":
        yield finding("model_shape", "note", refused=refused, shape=able.shapes[0])
