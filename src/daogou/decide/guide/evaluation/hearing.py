"""Annotated utterances put to a shop's own understanding."""

from __future__ import annotations

from daogou.decide.guide.acts import Heard
from daogou.decide.guide.evaluation.utterances import Utterance
from daogou.decide.guide.guide import Guide
from daogou.decide.guide.reply import GuideRequest
from daogou.decide.guide.state import Focus, State


def hear_with(guide: Guide, utterance: Utterance) -> Heard:
    """What the guide hears in the situation that the utterance was said in."""
    situation = utterance.setting
    state = State(focus=Focus(wants=situation.wants, shown=situation.shown), asking=situation.asked)
    return guide.hear(GuideRequest(utterance=utterance.utterance), state)
