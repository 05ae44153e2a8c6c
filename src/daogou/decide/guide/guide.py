"""The guide: one turn in, one turn out, from the catalogue alone.

Understanding and answering are apart, so that another reader can take the grammar's place:

    state = guide.open_state(request)
    heard = guide.hear(request, state)
    reply = guide.reply(request, state, heard)

Cost of a turn at 100,000 items: see docs/guide.md. Nothing of a turn is kept here; the caller carries the state.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from daogou.decide.guide.acts import (
    AskFact,
    AskPolicy,
    AskReason,
    Bundle,
    Compare,
    Critique,
    DontCare,
    Gift,
    Heard,
    Inform,
    Like,
    Pick,
    Plain,
    Refused,
    Reject,
    Undo,
    Unknown,
)
from daogou.decide.guide.answer import answered
from daogou.decide.guide.bundles import bundle
from daogou.decide.guide.compare import compare
from daogou.decide.guide.facts import ask_fact, ask_reason, pick
from daogou.decide.guide.kept import Kept
from daogou.decide.guide.labels import Labels
from daogou.decide.guide.looking import critique, dont_care, gift, inform, like, reject, undo
from daogou.decide.guide.policies import ask_policy
from daogou.decide.guide.reply import GuideRequest, Reply
from daogou.decide.guide.seal import seal, state_key, unseal
from daogou.decide.guide.small_talk import plain, refused, unknown
from daogou.decide.guide.state import State
from daogou.decide.guide.turn import Turn
from daogou.decide.guide.understand.understand import Setting, understand
from daogou.decide.guide.view import View
from daogou.decide.guide.wording import LexiconWording
from daogou.decide.words.lexicon import Lexicon

if TYPE_CHECKING:
    from daogou.decide.shop import Shop

MOST_ACTS = 16

DOING: Mapping[type, Callable[[Turn, Any], None]] = {
    Inform: inform,
    Critique: critique,
    DontCare: dont_care,
    Undo: undo,
    Like: like,
    Reject: reject,
    Gift: gift,
    Pick: pick,
    Compare: compare,
    AskFact: ask_fact,
    AskReason: ask_reason,
    AskPolicy: ask_policy,
    Bundle: bundle,
    Plain: plain,
    Refused: refused,
    Unknown: unknown,
}
"""What each act does to a turn."""


class Guide:
    """Of one shop; held by it as `shop.guide`."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._key: bytes | None = None
        self._kept: Kept | None = None
        self._lexicon: Lexicon | None = None

    def answer(self, request: GuideRequest) -> Reply:
        """One turn."""
        state = self.open_state(request)
        return self.reply(request, state, self.hear(request, state))

    def open_state(self, request: GuideRequest) -> State:
        """What the conversation has come to; a fresh one where the text is not one that this shop gave out lately."""
        self._shop.refresh()
        if request.state is None:
            return State()
        hours = self._shop.settings.guide.state_hours
        return unseal(request.state, self.key, self._shop.clock(), hours) or State(is_lost=True)

    def hear(self, request: GuideRequest, state: State) -> Heard:
        """What the shopper means: the button's acts, else what the grammar reads."""
        language = self._language(request, state)
        if request.acts or not request.utterance.strip():
            return Heard(language, request.acts[:MOST_ACTS], "buttons")
        return understand(request.utterance, self.lexicon, self.setting(request, state))

    def setting(self, request: GuideRequest, state: State) -> Setting:
        """What an utterance is read against: what is shown, what was asked, what is wanted."""
        shown = state.focus.shown or request.item_ids
        language = self._language(request, state)
        return Setting(shown=shown, asked=state.asking, wants=state.focus.wants, language=language)

    def reply(self, request: GuideRequest, state: State, heard: Heard) -> Reply:
        """The answer to what was heard."""
        language = heard.language if request.utterance.strip() else self._language(request, state)
        view = View(self._shop, request, language, self.kept)
        labels = Labels(language, self._shop.settings.shop.currency, LexiconWording(self.lexicon))
        turn = Turn(view, msgspec.structs.replace(state, asking=None), state, labels)
        if state.is_lost:
            turn.say("state_lost")
        if not heard.acts:
            plain(turn, Plain("greet"))
        for act in heard.acts:
            DOING[type(act)](turn, act)
        return answered(turn, heard, secrets.token_urlsafe(12), self._sealed)

    def _sealed(self, state: State) -> str:
        return seal(state, self.key)

    @property
    def lexicon(self) -> Lexicon:
        """The words of the shop, as of now."""
        if self._lexicon is None:
            self._lexicon = Lexicon.of(self._shop.catalogue, self._shop.settings)
        self._lexicon = self._lexicon.refreshed(self._shop.catalogue)
        return self._lexicon

    def warm_up(self) -> None:
        """Make what the first turn would have to make."""
        self.lexicon.warm_up()
        self.answer(GuideRequest(""))

    @property
    def key(self) -> bytes:
        """What states are sealed with."""
        if self._key is None:
            self._key = state_key(self._shop.folder, self._shop.settings)
        return self._key

    @property
    def kept(self) -> Kept:
        """What is the same for everybody, as of now."""
        if self._kept is None or not self._kept.is_current:
            self._kept = Kept(self._shop)
        return self._kept

    def _language(self, request: GuideRequest, state: State) -> str:
        said = request.language or state.language or self._shop.language
        return "zh" if said.lower().startswith("zh") else "en"
