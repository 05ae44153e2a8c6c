"""Whether a new release may serve: promote, hold (a person decides) or refuse, with every reason in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from daogou.core.settings import GuardrailSettings
from daogou.decide.rehearsal import Rehearsal
from daogou.learn.training.against import Against

Ruling = Literal["promote", "hold", "refuse"]
_GRAVITY: dict[Ruling, int] = {"promote": 0, "hold": 1, "refuse": 2}


@dataclass(frozen=True)
class Finding:
    """One check: what follows from it alone, and why, in both languages."""

    check: str
    ruling: Ruling
    text: dict[str, str]


@dataclass(frozen=True)
class Verdict:
    """The gravest of all findings."""

    findings: tuple[Finding, ...]
    figures: dict[str, Any]

    @property
    def ruling(self) -> Ruling:
        return max((one.ruling for one in self.findings), key=_GRAVITY.__getitem__, default="promote")

    @property
    def reasons(self) -> list[dict[str, str]]:
        """Those that made the verdict; all of them where it is good."""
        ruling = self.ruling
        return [one.text for one in self.findings if one.ruling == ruling]

    def to_dict(self) -> dict[str, Any]:
        findings = [{"check": one.check, "ruling": one.ruling, "text": one.text} for one in self.findings]
        return {"verdict": self.ruling, "findings": findings, "figures": self.figures}


def unsound(problem: str) -> Verdict:
    """Of a release that does not load, or whose checksums do not hold."""
    text = {"en": f"It does not load: {problem}", "zh": f"无法加载：{problem}"}
    return Verdict((Finding("sound", "refuse", text),), {})


def judge(against: Against | int | None, rehearsal: Rehearsal, limits: GuardrailSettings) -> Verdict:
    """All checks.

    against  the comparison, the number of shoppers where they were too few, or None where nothing serves yet
    """
    findings = [
        Finding("sound", "promote", {"en": "It loads, and all checksums hold.", "zh": "加载成功，校验和全部一致。"})
    ]
    if against is not None:
        findings.append(_foretelling(against, limits))
    findings.extend(_lists(rehearsal, limits))
    figures = {
        "against": against.to_dict() if isinstance(against, Against) else None,
        "lists": rehearsal.to_dict(),
    }
    return Verdict(tuple(findings), figures)


def _foretelling(against: Against | int, limits: GuardrailSettings) -> Finding:
    if isinstance(against, int):
        return Finding("foretelling", "promote", {
            "en": f"Not compared in foretelling: {against} shoppers came back since the serving release was trained, "
                  f"{limits.least_shoppers} are needed.",
            "zh": f"未比较预测质量：自当前版本训练以来只有 {against} 位顾客回访，需要 {limits.least_shoppers} 位。",
        })  # fmt: skip
    difference = against.difference
    low, mean, high = (against.share(one) for one in (difference.low, difference.mean, difference.high))
    ruling: Ruling = "promote"
    if high < -limits.worst_loss:
        ruling = "refuse"
    elif mean < -limits.worst_loss:
        ruling = "hold"
    allowed = f"{limits.worst_loss:.0%}"
    told = {"promote": ("which is allowed", "在允许范围内"), "hold": ("likely more than the", "可能超过允许的"),
            "refuse": ("surely more than the", "肯定超过允许的")}[ruling]  # fmt: skip
    english = f"{told[0]} {allowed} that may be lost" if ruling != "promote" else f"at most {allowed} may be lost"
    chinese = f"{told[1]} {allowed} 的损失" if ruling != "promote" else f"允许损失至多 {allowed}"
    return Finding("foretelling", ruling, {
        "en": f"Foretelling what {against.n_shoppers} shoppers took since {against.since}: nDCG@10 {against.new:.4f} "
              f"beside {against.serving:.4f} ({mean:+.1%}, 95 % interval {low:+.1%} to {high:+.1%}): {english}.",
        "zh": f"预测 {against.n_shoppers} 位顾客自 {against.since} 以来的选择：nDCG@10 {against.new:.4f}，"
              f"当前版本 {against.serving:.4f}（{mean:+.1%}，95% 区间 {low:+.1%} 至 {high:+.1%}）：{chinese}。",
    })  # fmt: skip


def _lists(found: Rehearsal, limits: GuardrailSettings) -> Iterator[Finding]:
    new, serving, n = found.new, found.serving, max(found.n_lists, 1)
    if new.n_failed:
        yield Finding("failures", "refuse", {
            "en": f"{new.n_failed} of {found.n_lists} lists could not be made.",
            "zh": f"{found.n_lists} 个列表中有 {new.n_failed} 个无法生成。",
        })  # fmt: skip
    if not new.are_numbers:
        yield Finding("scores", "refuse", {"en": "Some scores are not numbers.", "zh": "部分得分不是数值。"})
    was_empty = serving.n_empty / n if serving else 0.0
    more_empty = new.n_empty / n - was_empty
    yield Finding("empty", "refuse" if more_empty > limits.most_empty else "promote", {
        "en": f"{new.n_empty / n:.1%} of {found.n_lists} shoppers get no item that a model chose, "
              f"{was_empty:.1%} now; {limits.most_empty:.1%} more may.",
        "zh": f"{found.n_lists} 位顾客中 {new.n_empty / n:.1%} 得不到任何模型推荐的商品，当前为 {was_empty:.1%}；"
              f"最多可增加 {limits.most_empty:.1%}。",
    })  # fmt: skip
    if serving is None or found.overlap is None:
        return
    coverage = new.n_items / max(serving.n_items, 1)
    yield Finding("coverage", "hold" if coverage < limits.least_coverage else "promote", {
        "en": f"Their lists show {new.n_items} different items, {serving.n_items} now: {coverage:.0%}, "
              f"at least {limits.least_coverage:.0%} is expected.",
        "zh": f"列表共展示 {new.n_items} 种商品，当前 {serving.n_items} 种：{coverage:.0%}，"
              f"应不低于 {limits.least_coverage:.0%}。",
    })  # fmt: skip
    yield Finding("overlap", "hold" if found.overlap < limits.least_overlap else "promote", {
        "en": f"{found.overlap:.0%} of a list is as it is now; at least {limits.least_overlap:.0%} is expected.",
        "zh": f"列表与当前版本重合 {found.overlap:.0%}，应不低于 {limits.least_overlap:.0%}。",
    })  # fmt: skip
    if new.usual_score > 0 and serving.usual_score > 0:
        drift = max(new.usual_score / serving.usual_score, serving.usual_score / new.usual_score)
        yield Finding("scores", "hold" if drift > limits.most_score_drift else "promote", {
            "en": f"The usual score of a place is {new.usual_score:.3g}, {serving.usual_score:.3g} now: {drift:.2g} "
                  f"times, at most {limits.most_score_drift:g} is expected.",
            "zh": f"位置的典型得分为 {new.usual_score:.3g}，当前 {serving.usual_score:.3g}：相差 {drift:.2g} 倍，"
                  f"应不超过 {limits.most_score_drift:g} 倍。",
        })  # fmt: skip
