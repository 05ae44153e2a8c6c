"""What the doctor says about a language model: what was seen, why it matters, and what to do, per language."""

from __future__ import annotations

from collections.abc import Mapping

MODEL_WORDS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "model_unanswered": {
        "en": (
            "The language model at {url} does not answer: {reason}.",
            "The guide answers by its rules alone, as it does without one.",
            "Look at url and key in [language_model]; curl {url}/models; or take the section out.",
        ),
        "zh": (
            "{url} 的语言模型没有应答：{reason}。",
            "导购只按规则回答，与没有模型时一样。",
            "检查 [language_model] 的 url 和 key；curl {url}/models；或删去这一节。",
        ),
    },
    "model_unknown": {
        "en": (
            "The endpoint has no language model called {model}. It has: {known}.",
            "Most endpoints refuse every call then, and the guide answers by its rules alone.",
            "Set model in [language_model] to one of those.",
        ),
        "zh": (
            "该接口没有名为 {model} 的语言模型，现有：{known}。",
            "多数接口会拒绝所有调用，导购只按规则回答。",
            "把 [language_model] 的 model 改成其中之一。",
        ),
    },
    "model_slow": {
        "en": (
            "The language model took {took} ms where {bound} ms are allowed.",
            "Its answers come too late and are not used; every call is paid for in vain.",
            "A smaller model, a nearer endpoint, no thinking (extra_body); or more time in [language_model].",
        ),
        "zh": (
            "语言模型用了 {took} 毫秒，上限是 {bound} 毫秒。",
            "它的回答来得太晚，不会被采用，调用费用白花。",
            "换更小的模型或更近的接口，用 extra_body 关闭思考；或在 [language_model] 中放宽时间。",
        ),
    },
    "model_cannot_read": {
        "en": (
            "The language model gives no valid typed answer ({refused}).",
            "What the rules leave unread stays unread, after a call each time.",
            'Set read = "never" in [language_model], or take a model that follows a JSON schema.',
        ),
        "zh": (
            "语言模型给不出有效的结构化回答（{refused}）。",
            "规则读不懂的话仍然读不懂，每次还多一次调用。",
            '在 [language_model] 设 read = "never"，或换一个能遵守 JSON schema 的模型。',
        ),
    },
    "model_shape": {
        "en": (
            "The language model takes typed answers as {shape}, not as all are asked first ({refused}).",
            "Each process finds that out again, by a call in vain.",
            'Set shape = "{shape}" in [language_model].',
        ),
        "zh": (
            "语言模型以 {shape} 方式给出结构化回答，其他方式不行（{refused}）。",
            "每个进程都要白费一次调用才发现。",
            '在 [language_model] 设 shape = "{shape}"。',
        ),
    },
}
