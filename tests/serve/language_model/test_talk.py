import asyncio
import json
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from tests.security.attacks import GOALS
from tests.serve.language_model import played as plays
from tests.serve.language_model.played import Place, says

from daogou.core.clock import DAY_US, standing_clock
from daogou.core.settings import Settings
from daogou.core.types import Item, Reason
from daogou.data.store import open_store
from daogou.decide.catalogue import Catalogue
from daogou.decide.guide.acts import Critique, Heard, Inform, Refused, Unknown, Want
from daogou.decide.guide.reply import Card, Reply
from daogou.decide.guide.state import Focus, State
from daogou.decide.profile.tag import Tag
from daogou.decide.words.lexicon import Lexicon
from daogou.serve.language_model.spending import Spending
from daogou.serve.language_model.talk import LanguageModel, Turn

ITEMS = [
    Item("a-1", {"en": "Red mug", "zh": "红色马克杯"}, brand="Acme", categories=(("Kitchen", "Mugs"),), price_minor=900,
         attributes={"colour": ("red",), "material": ("ceramic",)}),
    Item("b-2", {"en": "Blue cup", "zh": "蓝色杯子"}, brand="Bolt", categories=(("Kitchen", "Cups"),), price_minor=1200,
         attributes={"colour": ("blue",), "material": ("glass",)}),
    Item("c-3", {"en": "Green lamp"}, brand="Acme", categories=(("Home", "Lamps"),), price_minor=4000,
         attributes={"colour": ("green",), "material": ("glass",)}),
]  # fmt: skip
GOOD = "[[P1]] is a red ceramic mug for every day. [[P2]] is blue and made of glass. Both sit well in a small kitchen."
READING = {
    "intent": "find", "wants": [{"field": "colour", "op": "is", "values": ["red"], "number": None, "must": True}],
    "more": [], "less": [], "any": [], "undo": [], "items": [], "field": "", "topic": "", "recipient": "",
    "occasion": "", "age": None, "words": "",
}  # fmt: skip
UNREAD = Heard("en", (Unknown("something blushing for tea"),))


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    store = open_store(f"sqlite:///{tmp_path}/shop.db")
    store.put_items(ITEMS)
    catalogue = Catalogue(store)
    store.close()
    return Lexicon.of(catalogue, Settings())


def reply(*ids: str, language: str = "en") -> Reply:
    cards = tuple(Card(item_id, Reason("popular", "")) for item_id in ids)
    return Reply("r-1", language, Heard(language, ()), (), cards, "")


def spoken(model: LanguageModel, lexicon: Lexicon, answer: Reply) -> tuple[list[str], str, float]:
    """Sentences, the mode, and the seconds that it took."""

    async def run() -> tuple[list[str], str, float]:
        loop = asyncio.get_running_loop()
        began, turn = loop.time(), model.turn(session="s", language=answer.language)
        async with aclosing(turn.phrase(answer, lexicon)) as sentences:
            said = [one async for one in sentences]
        took = loop.time() - began
        await model.aclose()
        return said, turn.mode, took

    return asyncio.run(run())


def understood(
    model: LanguageModel, lexicon: Lexicon, utterance: str, heard: Heard = UNREAD
) -> tuple[Heard | None, str]:
    """What the model made of it, and the mode."""

    async def run() -> tuple[Heard | None, str]:
        turn = model.turn(session="s", language="en")
        found = await turn.read(utterance, heard, State(focus=Focus(shown=("a-1", "b-2"))), lexicon)
        await model.aclose()
        return found, turn.mode

    return asyncio.run(run())


def test_prose_names_items_by_their_id_and_nothing_else(place: Place, open_model: Any, lexicon: Lexicon) -> None:
    place.plays(says(GOOD))
    said, mode, _ = spoken(open_model(), lexicon, reply("a-1", "b-2"))
    assert said[0] == "{title:a-1} is a red ceramic mug for every day."
    assert (len(said), mode) == (3, "llm")
    sent = json.dumps(place.asked)
    assert "a-1" not in sent
    assert "900" not in sent


def test_the_shops_key_and_words_go_out_and_prices_do_not(place: Place, open_model: Any, lexicon: Lexicon) -> None:
    place.plays(says(json.dumps(READING)))
    found, mode = understood(open_model(), lexicon, "something blushing for tea")
    assert found == Heard("en", (Inform((Want("colour", "is", ("red",)),)),), "model")
    assert mode == "llm"
    assert place.asked[0]["response_format"]["type"] == "json_schema"


def test_what_the_rules_read_well_is_not_asked(place: Place, open_model: Any, lexicon: Lexicon) -> None:
    heard = Heard("en", (Inform((Want("colour", "is", ("red",)),)),))
    assert understood(open_model(), lexicon, "red", heard) == (None, "rules")
    assert understood(open_model(read="never"), lexicon, "blushing") == (None, "rules")
    assert understood(open_model(), lexicon, "you idiot", Heard("en", (Refused("abuse"),))) == (None, "rules")
    assert place.asked == []


def test_numbers_and_refusals_of_the_rules_stand_beside_the_models_reading(
    place: Place, open_model: Any, lexicon: Lexicon
) -> None:
    place.plays(says(json.dumps(READING)))
    budget, unwanted = Want("price", "at_most", number=2000.0), Want("material", "is_not", ("glass",))
    heard = Heard("en", (Inform((budget, unwanted)), Unknown("blushing")))
    found, _ = understood(open_model(), lexicon, "something blushing under 20, no glass", heard)
    assert found is not None
    assert [want for act in found.acts if isinstance(act, Inform) for want in act.wants] == [
        Want("colour", "is", ("red",)), budget, unwanted,
    ]  # fmt: skip


def test_values_and_numbers_that_nobody_said_are_not_taken(place: Place, open_model: Any, lexicon: Lexicon) -> None:
    wants = [
        {"field": "colour", "op": "is", "values": ["octarine"], "number": None, "must": True},
        {"field": "price", "op": "at_most", "values": [], "number": 5, "must": True},
        {"field": "sql", "op": "is", "values": ["x"], "number": None, "must": True},
    ]
    place.plays(says(json.dumps({**READING, "wants": wants, "less": ["price", "sql"], "items": [9]})))
    found, _ = understood(open_model(), lexicon, "something blushing and cheaper")
    assert found is not None
    assert found.acts == (Critique("price", "less"),)


@pytest.mark.parametrize("answer", ["no idea", '{"intent":"drop_tables"}', "[1,2", '{"intent":"find"}'])
def test_an_answer_that_is_no_reading_is_asked_for_once_more_and_then_left(
    place: Place, open_model: Any, lexicon: Lexicon, answer: str
) -> None:
    place.plays(says(answer))
    assert understood(open_model(), lexicon, "something blushing") == (None, "llm-fallback")
    assert len(place.asked) <= 2


def test_a_corrected_second_try_is_taken(place: Place, open_model: Any, lexicon: Lexicon) -> None:
    answers = ["I think they want red.", f"```json\n{json.dumps(READING)}\n```"]
    place.plays(lambda caller, body: says(answers.pop(0))(caller, body))
    found, mode = understood(open_model(), lexicon, "something blushing")
    assert found is not None
    assert mode == "llm"
    assert "Not valid" in place.asked[1]["messages"][-1]["content"]


BAD: list[plays.Play] = [
    plays.hangs(), plays.drips_nothing, plays.hangs_midway, plays.never_ends, plays.never_ends_a_line, plays.garbage,
    plays.wrong_tool, plays.fails, says(""), says("{}"),
]  # fmt: skip


@pytest.mark.parametrize("play", BAD, ids=lambda play: getattr(play, "__qualname__", "play").split(".")[0])
def test_whatever_the_endpoint_does_the_turn_ends_in_time_and_the_rules_answer(
    place: Place, open_model: Any, lexicon: Lexicon, play: plays.Play
) -> None:
    place.plays(play)
    model = open_model(turn_seconds=2.0, first_byte_seconds=0.5)

    async def run() -> tuple[Any, list[str], float]:
        loop = asyncio.get_running_loop()
        began, turn = loop.time(), model.turn(session="s", language="en")
        found = await turn.read("something blushing for tea", UNREAD, State(), lexicon)
        async with aclosing(turn.phrase(reply("a-1"), lexicon)) as sentences:
            said = [one async for one in sentences]
        took = loop.time() - began
        await model.aclose()
        return found, said, took

    found, said, took = asyncio.run(run())
    assert found is None
    assert all(sentence == "{title:a-1} is a red mug." for sentence in said)
    assert took < 2.5
    assert len(place.asked) <= 2


def test_after_five_failures_nobody_waits_for_the_endpoint(place: Place, open_model: Any, lexicon: Lexicon) -> None:
    place.plays(plays.fails)
    model = open_model()

    async def run() -> list[str]:
        modes = []
        for _ in range(8):
            turn = model.turn(session="s", language="en")
            await turn.read("something blushing", UNREAD, State(), lexicon)
            modes.append(turn.mode)
        await model.aclose()
        return modes

    assert asyncio.run(run()) == ["llm-fallback"] * 8
    assert len(place.asked) == 5


def test_half_of_it_forbidden_and_the_whole_is_distrusted(place: Place, open_model: Any, lexicon: Lexicon) -> None:
    place.plays(says("[[P1]] is red. It is free today. Visit evil.example now. Both are handy."))
    assert spoken(open_model(), lexicon, reply("a-1", "b-2"))[:2] == ([], "llm-fallback")


def test_a_conversation_stays_within_its_cap_and_so_does_the_shop(
    place: Place, open_model: Any, lexicon: Lexicon
) -> None:
    place.plays(says(GOOD, tokens=500))
    model = open_model(session_tokens_per_day=1_000, tokens_per_day=1_500)

    async def run() -> list[str]:
        modes = []
        for session in ("one", "one", "two", "three"):
            turn = model.turn(session=session, language="en")
            async with aclosing(turn.phrase(reply("a-1", "b-2"), lexicon)) as sentences:
                async for _ in sentences:
                    pass
            await asyncio.sleep(0.1)  # what was not used goes back beside the answering
            modes.append(turn.mode)
        await model.aclose()
        return modes

    assert asyncio.run(run()) == ["llm", "llm-fallback", "llm", "llm-fallback"]
    assert len(place.asked) == 2


def test_a_third_call_of_one_conversation_does_not_go_out(place: Place, open_model: Any, lexicon: Lexicon) -> None:
    place.plays(plays.hangs(0.4))
    model = open_model(first_byte_seconds=0.6)

    async def one() -> None:
        turn: Turn = model.turn(session="same", language="en")
        async with aclosing(turn.phrase(reply("a-1"), lexicon)) as sentences:
            async for _ in sentences:
                pass

    async def run() -> None:
        await asyncio.gather(*(one() for _ in range(5)))
        await model.aclose()

    asyncio.run(run())
    assert len(place.asked) == 2


def test_who_stops_listening_ends_the_call(place: Place, open_model: Any, lexicon: Lexicon) -> None:
    place.plays(lambda caller, body: [says(GOOD + GOOD)(caller, body), plays.hangs_midway(caller, body)])
    model: LanguageModel = open_model()

    async def run() -> None:
        turn = model.turn(session="s", language="en")
        async with aclosing(turn.phrase(reply("a-1", "b-2"), lexicon)) as sentences:
            async for _ in sentences:
                break
        assert model._in_flight.total() == 0
        await model.aclose()

    asyncio.run(run())


def test_contact_data_stays_here_unless_the_shop_says_otherwise(
    place: Place, open_model: Any, lexicon: Lexicon
) -> None:
    place.plays(says(json.dumps(READING)))
    said = "blushing thing, mail jo@example.org or call 13800138000"
    understood(open_model(), lexicon, said)
    assert not {"jo@example.org", "13800138000"} & set(json.dumps(place.asked[0]).replace(",", " ").split())
    assert "jo@example.org" not in json.dumps(place.asked[0])
    understood(open_model(mask=False), lexicon, said)
    assert "jo@example.org" in json.dumps(place.asked[1])


def test_logs_hold_no_word_of_it(place: Place, open_model: Any, lexicon: Lexicon) -> None:
    place.plays(says(GOOD + " It is free."))
    with capture_logs() as lines:
        spoken(open_model(), lexicon, reply("a-1", "b-2"))
    (call,) = [line for line in lines if line["event"] == "language_model"]
    assert (call["outcome"], call["tokens"] > 0, len(call["prompt"])) == ("answered", True, 16)
    (dropped,) = [line for line in lines if line["event"] == "language_model_dropped"]
    assert dropped["sentences"] == {"money": 1}
    assert not any(word in json.dumps(lines) for word in ("Red mug", "ceramic", "It is free"))


def test_spending_is_shared_by_processes_and_ends_with_the_day(tmp_path: Path) -> None:
    caps: dict[str, int] = {"of_session": 500, "of_shop": 1_000}
    one, other = (Spending(tmp_path, standing_clock(DAY_US * 100), **caps) for _ in range(2))
    assert one.take("a", 400)
    assert not other.take("a", 200)
    assert other.take("b", 500)
    assert not one.take("c", 200)
    other.settle("b", 500, 100)
    assert one.take("c", 200)
    assert Spending(tmp_path, standing_clock(DAY_US * 101), **caps).take("a", 500)


def test_where_nothing_can_be_written_a_process_counts_for_itself(tmp_path: Path, caplog: Any) -> None:
    gone = Spending(tmp_path / "file" / "x", standing_clock(0), of_session=500, of_shop=500)
    (tmp_path / "file").write_text("no folder")
    assert gone.take("a", 400)
    assert not gone.take("a", 400)
    assert "counts for itself" in caplog.text


def test_a_model_that_obeys_an_attacker_is_heard_by_nobody(place: Place, open_model: Any, lexicon: Lexicon) -> None:
    attacks = [(language, said) for sentences in GOALS.values() for language, said in _by_language(sentences)]
    said: list[str] = []
    place.plays(lambda caller, body: says(said[0])(caller, body))
    model = open_model(tokens_per_day=10**9, session_tokens_per_day=10**9)

    async def run() -> list[tuple[str, str]]:
        heard = []
        for language, text in attacks:
            said[:] = [f"{text} {text} {text}"]
            turn = model.turn(session="s", language=language)
            async with aclosing(turn.phrase(reply("a-1", "b-2", language=language), lexicon)) as sentences:
                heard += [(text, one) async for one in sentences]
        await model.aclose()
        return heard

    assert asyncio.run(run()) == []
    assert len(place.asked) == len(attacks)


def _by_language(sentences: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("zh" if any("\u3400" <= one <= "\u9fff" for one in said) else "en", said) for said in sentences]


def test_a_profile_is_worded_only_where_the_shop_says_so_and_from_its_own_tags(
    place: Place, open_model: Any, lexicon: Lexicon
) -> None:
    tags, template = (Tag("colour", "red"), Tag("material", "glass")), "You like: red, glass."

    async def worded(model: LanguageModel) -> str:
        found = await model.turn(session="s", language="en").word_profile(tags, template, lexicon)
        await model.aclose()
        return found

    place.plays(says("You like red things, and glass."))
    assert asyncio.run(worded(open_model())) == template
    assert asyncio.run(worded(open_model(profile=True))) == "You like red things, and glass."
    place.plays(says("You like blue things."))
    assert asyncio.run(worded(open_model(profile=True))) == template
    place.plays(plays.fails)
    assert asyncio.run(worded(open_model(profile=True))) == template


@pytest.mark.parametrize("play", [says("no idea"), says('{"intent":"drop_tables"}')])
def test_answers_that_are_no_readings_count_as_failures_until_it_is_left_alone(
    place: Place, open_model: Any, lexicon: Lexicon, play: plays.Play
) -> None:
    place.plays(play)
    model = open_model()

    async def run() -> None:
        for _ in range(6):
            await model.turn(session="s", language="en").read("something blushing for tea", UNREAD, State(), lexicon)
        await model.aclose()

    asyncio.run(run())
    assert len(place.asked) == 5
