"""Read what is said to the guide itself: greetings, more, back, policies, orders, and what it does not talk of."""

from __future__ import annotations

from daogou.decide.guide.acts import Act, AskPolicy, Plain, Refused
from daogou.decide.guide.understand.clause import Clause, Hearing, is_value

_POLITE = ("greet", "thanks", "bye", "yes", "no", "help")
_PLAIN = ("more", "back", "reset", "popular", "surprise")
_ADVICE = ("推荐", "recommend", "suggest", "good", "看看", "逛逛", "browsing", "looking", "值得", "有什么好")


MANY_WORDS = 1
"""Beside so many words that mean nothing here, "previous" or "clear" is no wish to go back."""


def read_refused(hearing: Hearing) -> list[Act]:
    """Unsafe questions and abuse, wherever they stand."""
    acts: list[Act] = []
    for mark in hearing.whole:
        if (topic := mark.code("refused_unsafe")) is not None and not mark.meanings:
            acts.append(Refused("unsafe", topic))
        elif mark.is_("refused_abuse") and not mark.meanings:
            acts.append(Refused("abuse"))
    return list(dict.fromkeys(acts))


def read_out_of_scope(hearing: Hearing) -> list[Act]:
    """The weather, the news, a poem."""
    topics = [mark.code("out_of_scope") for mark in hearing.whole if mark.is_("out_of_scope") and not mark.meanings]
    return [Refused("out_of_scope", topics[0] or "")] if topics else []


def read_service(clause: Clause) -> list[Act]:
    """Orders, people and the shop's rules; the rest of such a clause says nothing of goods."""
    for _, mark in clause.unread():
        if mark.says("order_status", "hand_over") and not mark.meanings:
            clause.take_all()
            return [Plain("order_status" if mark.says("order_status") else "hand_over")]
    topics = [(place, mark) for place, mark in clause.unread() if mark.is_("policy") and not is_value(mark)]
    if not topics:
        return []
    words = "".join if any(mark.language == "zh" for _, mark in topics) else " ".join
    said = words([mark.text for mark in clause.marks if not mark.is_sign])
    topic = max(topics, key=lambda one: len(one[1].text))[1].code("policy") or "other"
    clause.take_all()
    return [AskPolicy(topic, said)]


def read_plain(clause: Clause) -> list[Act]:
    """More, back, start over, popular, a surprise."""
    acts: list[Act] = []
    n_words = sum(mark.is_word for mark in clause.marks)
    for place, mark in list(clause.unread()):
        said = next((cue.code for cue in mark.cues if cue.kind == "say" and cue.code in _PLAIN), None)
        if n_words >= MANY_WORDS and said in ("back", "reset", "more"):
            continue
        if said is not None and not (is_value(mark) and mark.language == "zh" and said != "popular"):
            is_advice = said == "popular" and any(word in mark.text for word in _ADVICE)
            is_vague = is_advice or said in ("more", "surprise")
            if not (is_vague and (clause.has_values() or clause.hearing.wants)):
                acts.append(Plain(said))  # type: ignore[arg-type]
            clause.take(place)
    return acts


def read_polite(clause: Clause) -> None:
    """Greetings, thanks, yes and no; they count where nothing else was said."""
    for place, mark in list(clause.unread()):
        said = next((cue.code for cue in mark.cues if cue.kind == "say" and cue.code in _POLITE), None)
        if said is not None:
            clause.take(place)
            clause.hearing.polite.append(Plain(said))  # type: ignore[arg-type]
