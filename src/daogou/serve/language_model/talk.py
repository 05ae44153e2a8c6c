"""A language model at the guide's side: it reads what the rules left unread and words what they found, or is left out.

Where the model is away, slow, over its budget or not believed, the guide's own answer stands: a `Turn` never raises.
What goes out is masked; what comes back passes `decide.guide.model`. Logs hold a hash of what was sent, never a text.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daogou.core.clock import Clock
from daogou.core.settings import LanguageModelSettings
from daogou.decide.guide.acts import Heard
from daogou.decide.guide.model.breaker import Breaker
from daogou.decide.guide.model.budget import tokens_of, used
from daogou.decide.guide.model.facts import Facts, facts_of
from daogou.decide.guide.model.gate import Gate
from daogou.decide.guide.model.prompts import Message, phrasing_prompt, profile_prompt, reading_prompt
from daogou.decide.guide.model.prose import Prose
from daogou.decide.guide.model.reading import read_acts, schema
from daogou.decide.guide.model.shop_words import situation_of, vocabulary_of
from daogou.decide.guide.model.vocabulary import Vocabulary, slice_of
from daogou.decide.guide.model.when import is_wanted, merged
from daogou.decide.guide.reply import Mode, Reply
from daogou.decide.guide.state import State
from daogou.decide.profile.tag import Tag
from daogou.decide.words.lexicon import Lexicon
from daogou.privacy.personal import mask_personal
from daogou.serve.language_model.endpoint import Endpoint, Unanswered
from daogou.serve.language_model.exchange import Exchange
from daogou.serve.language_model.spending import Spending
from daogou.serve.monitor.log import logger

if TYPE_CHECKING:
    from daogou.serve.monitor.metrics import Metrics

MOST_OF_SESSION = 2
WORDS_HOLD_SECONDS = 60.0
"""Making them costs up to a second at 20,000 values."""

LEAST_SECONDS = 0.3
"""With less left of a turn, a call is not begun."""


def open_language_model(settings: LanguageModelSettings, folder: Path, clock: Clock, metrics: Metrics) -> LanguageModel:
    """The model that a shop's settings name. Raises MissingExtra where httpx is not installed."""
    spending = Spending(folder, clock, of_session=settings.session_tokens_per_day, of_shop=settings.tokens_per_day)
    return LanguageModel(settings, Endpoint(settings), spending, metrics)


class LanguageModel:
    """A shop's model, shared by all its conversations in this process."""

    def __init__(
        self, settings: LanguageModelSettings, endpoint: Endpoint, spending: Spending, metrics: Metrics
    ) -> None:
        self.settings = settings
        self.endpoint = endpoint
        self.breaker = Breaker()
        self._spending = spending
        self._metrics = metrics
        self._in_flight: Counter[str] = Counter()
        self._words: tuple[Lexicon, Vocabulary] | None = None
        self._words_at = 0.0

    def turn(self, *, session: str, language: str) -> Turn:
        """What may be asked for one utterance. session: names the conversation, for its bounds; it is not sent."""
        return Turn(self, session, language)

    async def ask(
        self, task: str, messages: Sequence[Message], *, session: str, deadline: float, shape: dict[str, Any] | None
    ) -> AsyncGenerator[str]:
        """One call within all bounds, counted and logged; the caller says whether it worked. Raises Unanswered."""
        loop = asyncio.get_running_loop()
        sent = "".join(message["content"] for message in messages)
        size = tokens_of(sent) + 16
        most = size + self.settings.output_tokens
        exchange, outcome, taken, began = Exchange(), "left", False, loop.time()
        try:
            self._enter(session, size, loop.time())
            taken = await asyncio.to_thread(self._spending.take, session, most)
            if not taken:
                raise Unanswered("cap")
            pieces = self.endpoint.ask(messages, exchange, deadline=deadline, schema=shape)
            async with aclosing(pieces):
                async for piece in pieces:
                    yield piece
            outcome = "answered"
        except Unanswered as error:
            outcome = error.reason
            if outcome not in NOT_ITS_FAULT:
                self.breaker.failed(loop.time())
            raise
        finally:
            if outcome not in ("resting", "busy_here", "too_long"):
                self._in_flight[session] -= 1
                self._in_flight += Counter()  # forget those at zero
            if outcome in ("left", "cap", "refused"):
                self.breaker.left()
            tokens = used({"total_tokens": exchange.total_tokens}, sent, exchange.said) if taken else 0
            if taken:
                loop.run_in_executor(None, self._spending.settle, session, most, tokens)
            self._note(task, outcome, sent, tokens, loop.time() - began)

    def _enter(self, session: str, size: int, now: float) -> None:
        if size > self.settings.input_tokens:
            raise Unanswered("too_long")
        if self._in_flight[session] >= MOST_OF_SESSION or self._in_flight.total() >= self.settings.in_flight:
            raise Unanswered("busy_here")
        if not self.breaker.may_call(now):
            raise Unanswered("resting")
        self._in_flight[session] += 1

    def _note(self, task: str, outcome: str, sent: str, tokens: int, seconds: float) -> None:
        self._metrics.model_calls.labels(task, outcome).inc()
        self._metrics.model_tokens.inc(tokens)
        if tokens:
            self._metrics.model_latency.labels(task).observe(seconds)
        prompt = hashlib.sha256(sent.encode()).hexdigest()[:16]
        logger().info(
            "language_model", task=task, outcome=outcome, model=self.settings.model, prompt=prompt, tokens=tokens,
            took_ms=round(1000 * seconds),
        )  # fmt: skip

    def note_dropped(self, dropped: Mapping[str, int]) -> None:
        """Sentences that did not pass the gate, by reason."""
        for reason, count in dropped.items():
            self._metrics.model_dropped.labels(reason).inc(count)
        if dropped:
            logger().info("language_model_dropped", model=self.settings.model, sentences=dict(dropped))

    async def vocabulary(self, lexicon: Lexicon) -> Vocabulary:
        """The shop's words as a model needs them; at most a minute behind a catalogue that changes all the time."""
        now = asyncio.get_running_loop().time()
        if self._words is None or (self._words[0] is not lexicon and now - self._words_at >= WORDS_HOLD_SECONDS):
            self._words = (lexicon, await asyncio.to_thread(lambda: vocabulary_of(lexicon).warm()))
            self._words_at = now
        return self._words[1]

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self.endpoint.aclose()


NOT_ITS_FAULT = frozenset({"refused", "cap", "resting", "busy_here", "too_long"})
"""Outcomes that say nothing of whether the endpoint is well."""


class Turn:
    """One utterance: at most so many calls and seconds, whatever is asked. Methods never raise.

    mode  "rules" while the model was not asked; "llm" when something of its answers is used, else "llm-fallback"
    """

    def __init__(self, model: LanguageModel, session: str, language: str) -> None:
        self.mode: Mode = "rules"
        self._model = model
        self._session = session
        self._language = language
        self._calls_left = model.settings.calls_per_turn
        self._deadline: float | None = None

    async def read(self, utterance: str, heard: Heard, state: State, lexicon: Lexicon) -> Heard | None:
        """What the model understands, in the shop's words; None where what the rules understood is to stand."""
        settings = self._model.settings
        if not is_wanted(settings.read, utterance, heard):
            return None
        vocabulary = await self._model.vocabulary(lexicon)
        situation = situation_of(state, lexicon, heard.language)
        said = mask_personal(utterance) if settings.mask else utterance
        tokens = settings.input_tokens - 300
        messages = reading_prompt(said, situation, vocabulary, mark=_mark(), tokens=tokens)
        shape = schema(slice_of(vocabulary, said, 0))
        while True:
            text, problem = "", ""
            try:
                async for piece in self._ask("read", messages, shape):
                    text += piece
                acts = read_acts(text, said, vocabulary, len(situation.shown))
            except Unanswered as error:
                if error.reason not in CORRECTABLE:
                    return None
                problem = error.reason
            except ValueError as error:
                self._model.breaker.failed(asyncio.get_running_loop().time())
                problem = str(error)
            else:
                self._model.breaker.worked()
                if not acts:
                    return None
                self.mode = "llm"
                return Heard(heard.language, merged(heard.acts, acts), "model")
            messages = _corrected(messages, text, problem)

    async def phrase(self, reply: Reply, lexicon: Lexicon) -> AsyncGenerator[str]:
        """Sentences about the items of a reply, each through the gate, with {title:ID} where an item is named.

        Ends within the turn's time; yields nothing where the reply's own sentences are to stand alone.
        """
        if not self._model.settings.phrase or not reply.cards:
            return
        vocabulary = await self._model.vocabulary(lexicon)
        items = {card.item_id: item for card in reply.cards if (item := lexicon.item(card.item_id)) is not None}
        facts = facts_of(reply, items, vocabulary)
        messages = phrasing_prompt(facts, mark=_mark(), tokens=self._model.settings.input_tokens - 50)
        async with aclosing(self._gated("phrase", messages, facts, vocabulary)) as sentences:
            async for sentence in sentences:
                self.mode = "llm"
                yield sentence

    async def word_profile(self, tags: Sequence[Tag], template: str, lexicon: Lexicon) -> str:
        """One sentence about a shopper's own tags; `template` where the model is not to be asked or believed."""
        if not self._model.settings.profile or not tags:
            return template
        vocabulary = await self._model.vocabulary(lexicon)
        labels = [tag.label_in(self._language) for tag in tags]
        facts = Facts(self._language, {}, tuple((tag.kind, tag.value) for tag in tags))
        messages = profile_prompt(labels, self._language, mark=_mark())
        sentences = [one async for one in self._gated("profile", messages, facts, vocabulary)]
        if len(sentences) != 1:
            return template
        self.mode = "llm"
        return sentences[0]

    async def _gated(
        self, task: str, messages: Sequence[Message], facts: Facts, vocabulary: Vocabulary
    ) -> AsyncGenerator[str]:
        prose = Prose(Gate(facts, vocabulary, [message["content"] for message in messages[:1]]))
        is_whole = False
        try:
            async with aclosing(self._ask(task, messages, None)) as pieces:
                async for piece in pieces:
                    for sentence in prose.feed(piece):
                        yield sentence
                    if prose.is_broken:
                        break
            is_whole = True
            if not prose.is_broken:
                self._model.breaker.worked()
        except Unanswered:
            pass
        for sentence in prose.end(is_whole=is_whole):
            yield sentence
        self._model.note_dropped(prose.dropped)

    async def _ask(self, task: str, messages: Sequence[Message], shape: dict[str, Any] | None) -> AsyncGenerator[str]:
        """One of the turn's calls. Raises Unanswered."""
        now = asyncio.get_running_loop().time()
        self._deadline = self._deadline or now + self._model.settings.turn_seconds
        if self._calls_left == 0 or self._deadline - now < LEAST_SECONDS:
            raise Unanswered("turn")
        self._calls_left -= 1
        if self.mode == "rules":
            self.mode = "llm-fallback"
        pieces = self._model.ask(task, messages, session=self._session, deadline=self._deadline, shape=shape)
        async with aclosing(pieces):
            async for piece in pieces:
                yield piece


CORRECTABLE = frozenset({"wrong_tool", "refused", "garbage", "empty"})
"""Outcomes after which the same call, corrected or asked otherwise, is worth the turn's second."""


def _corrected(messages: Sequence[Message], text: str, problem: str) -> tuple[Message, ...]:
    if not text:
        return tuple(messages)
    return (
        *messages[:2],
        {"role": "assistant", "content": text[:300]},
        {"role": "user", "content": f"Not valid: {problem}. Answer with the one JSON object alone."},
    )


def _mark() -> str:
    return f"<<{secrets.token_hex(4)}>>"
