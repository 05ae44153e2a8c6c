"""The output gate: a sentence of a model passes only where the reply's own facts carry it and nothing forbids it.

Written for a model that obeys an attacker, not for one that errs: whatever it says, no price, no promise, no address,
no name and no item reaches a shopper that our own code did not give it. On doubt a sentence is dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from daogou.decide.guide.model.claims import LONGEST_SPELLING, Clause, clauses, unsupported
from daogou.decide.guide.model.facts import Facts
from daogou.decide.guide.model.forbidden import FORBIDDEN, SIMPLIFIED
from daogou.decide.guide.model.ordinary import CHINESE, ENGLISH
from daogou.decide.guide.model.sentences import LONGEST
from daogou.decide.guide.model.vocabulary import Vocabulary, fold, stem
from daogou.decide.words.plain_text import is_hidden

HANDLE = re.compile(r"\[\[(P\d{1,2})\]\]")
STRANGE_SHARE = 0.4
"""Share of words beyond the facts and everyday words of a shop from which a sentence talks of something else."""

_LOOSE_HANDLE = re.compile(r"\bP\d{1,2}\b")
_SPELLED = re.compile(r"(?:\b\w\b[\W_]*){3,}", re.ASCII)
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]{3,}\b|\b[A-Z]{3,}\b", re.ASCII)
_CAPITAL = re.compile(r"(?<=[\w,;:'’\"“(] )(?:the )?([A-Z][\w'’-]+)")
_HONORIFIC = re.compile(
    r"[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭郎鲁马苗方俞任袁柳鲍史唐费薛雷贺倪汤罗郝安常乐于傅齐康伍余顾孟黄和穆萧尹姚邵汪刘][\u4e00-\u9fff]{0,2}(?:先生|女士|小姐|经理)"
)
_LATIN = re.compile(r"[a-z\u00c0-\u024f]+(?:['’][a-z]+)?")
_SPREAD = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_SOMETHING = re.compile(r"[A-Za-z]{3}|[\u3400-\u9fff]{2}")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Judged:
    """text: the sentence with {title:ID} for each handle, None where it does not pass; reason: why not."""

    text: str | None
    reason: str = ""


class Gate:
    """Judges the sentences of one answer.

    prompts  what the model was told; none of it may come back
    """

    def __init__(self, facts: Facts, vocabulary: Vocabulary, prompts: Sequence[str] = ()) -> None:
        self._facts = facts
        self._vocabulary = vocabulary
        told = [one.title for one in facts.items.values()]
        told += [value for one in facts.items.values() for _, value in one.values]
        told += [value for _, value in facts.wants]
        self._told = " ".join(told)
        self._known = {stem(word) for word in _LATIN.findall(fold(self._told))}
        self._known_han = CHINESE | set(_han_runs([*told, *(one.label for one in vocabulary.fields)]))
        self._prompts = {part for prompt in prompts for part in _runs(prompt)}

    def judge(self, sentence: str) -> Judged:
        """Whether a sentence may be shown."""
        plain = sentence.replace("**", "").strip().removeprefix("- ").strip()
        reason = self._reason(plain)
        if reason:
            return Judged(None, reason)
        return Judged(HANDLE.sub(lambda found: f"{{title:{self._facts.items[found[1]].item_id}}}", plain))

    def _reason(self, sentence: str) -> str:
        if len(sentence) > LONGEST:
            return "too_long"
        if any(is_hidden(one) for one in sentence):
            return "hidden"
        if any(handle not in self._facts.items for handle in HANDLE.findall(sentence)):
            return "handle"
        bare = unicodedata.normalize("NFKC", HANDLE.sub(" ", sentence)).translate(SIMPLIFIED)
        if not _SOMETHING.search(bare) and not HANDLE.search(sentence):
            return "empty"
        lower = bare.casefold()
        han = _only_han(lower)
        for reason, forbidden in FORBIDDEN.items():
            if forbidden.anywhere.search(lower) or (forbidden.dense and forbidden.dense.search(han)):
                return reason
        if not self._prompts.isdisjoint(_runs(bare)):
            return "leak"
        return self._strange(bare, lower) or self._claims(sentence)

    def _strange(self, bare: str, lower: str) -> str:
        """Words that are nobody's: names, codes, other scripts, other languages, other matters."""
        if any(one.isalpha() and not _is_ours(one) for one in bare) and not self._holds_script(bare):
            return "script"
        if _LOOSE_HANDLE.search(bare) or _SPELLED.search(lower) or _HONORIFIC.search(bare):
            return "name"
        told = fold(self._told)
        if any(code.casefold() not in told for code in _CODE.findall(bare)):
            return "code"
        for name in _CAPITAL.findall(bare):
            if not self._is_told(name.casefold()) and name not in ("I", "You", "Your"):
                return "name"
        has_han = _HAN.search(bare) is not None
        if has_han != (self._facts.language == "zh") and not (has_han and _only_han(bare) in self._told):
            return "language"
        words = [word for word in _LATIN.findall(lower) if len(word) > 2]
        strange = [word for word in words if not self._is_told(word) and not _is_everyday(word)]
        if len(strange) > max(1, STRANGE_SHARE * len(words)):
            return "off_topic"
        return "off_topic" if has_han and self._uncovered(_only_han(bare)) > STRANGE_SHARE else ""

    def _is_told(self, word: str) -> bool:
        return stem(word) in self._known or stem(word) in self._vocabulary.stems

    def _claims(self, sentence: str) -> str:
        pieces = HANDLE.split(_SPREAD.sub("", unicodedata.normalize("NFKC", sentence)))
        everyone = tuple(self._facts.items)
        found: Iterator[Clause] = clauses(pieces[::2], pieces[1::2], everyone)
        return next((why for one in found if (why := unsupported(one, self._facts, self._vocabulary))), "")

    def _holds_script(self, bare: str) -> bool:
        return all(one in self._told for one in bare if one.isalpha() and not _is_ours(one))

    def _uncovered(self, han: str) -> float:
        """Share of Chinese characters that no word known covers."""
        covered = bytearray(len(han))
        for at in range(len(han)):
            for length in range(min(LONGEST_SPELLING, len(han) - at), 0, -1):
                part = han[at : at + length]
                if part in self._known_han or (length > 1 and part in self._vocabulary.claims):
                    covered[at : at + length] = b"\1" * length
                    break
        return 1 - sum(covered) / len(han)


def _is_everyday(word: str) -> bool:
    return word in ENGLISH or stem(word) in ENGLISH or f"{stem(word)}e" in ENGLISH


def _is_ours(letter: str) -> bool:
    return letter < "\u0250" or "\u3400" <= letter <= "\u9fff"


def _only_han(text: str) -> str:
    """Digits stay: 9折 with anything between is still 9折."""
    return "".join(one for one in text if "\u3400" <= one <= "\u9fff" or one.isdigit())


def _han_runs(texts: Sequence[str]) -> list[str]:
    """Chinese words of a title are not told apart: any two neighbouring characters of it count as known."""
    runs = (run for text in texts for run in re.findall(r"[\u3400-\u9fff]{2,}", text))
    return [run[at : at + 2] for run in runs for at in range(len(run) - 1)]


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every five words in a row, a Chinese character counting as a word."""
    words = re.findall(r"[\u3400-\u9fff]|\w+", text.casefold())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}
