"""What an endpoint says, assembled from the lines of its stream: text, or the arguments of a tool call."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

MAX_LINE_BYTES = 64_000
DONE = b"[DONE]"
THOUGHT, THOUGHT_ENDS = "<think>", "</think>"


class _Function(msgspec.Struct):
    name: str | None = None
    arguments: str | None = None


class _ToolCall(msgspec.Struct):
    index: int = 0
    function: _Function | None = None


class _Message(msgspec.Struct):
    content: str | None = None
    tool_calls: list[_ToolCall] | None = None


class _Choice(msgspec.Struct):
    delta: _Message | None = None
    message: _Message | None = None
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    total_tokens: int | None = None


class _Chunk(msgspec.Struct):
    choices: list[_Choice] = []
    usage: _Usage | None = None


_CHUNK = msgspec.json.Decoder(_Chunk)


class Garbage(ValueError):
    """What came is not what the protocol says."""


@dataclass
class Exchange:
    """said: text so far, thoughts left out; tool: name of the tool called; is_whole: the answer ended by itself."""

    said: str = ""
    tool: str = ""
    total_tokens: int | None = None
    is_whole: bool = False
    has_ended: bool = False
    _raw: str = ""
    _is_cut: bool = field(default=False)

    def line(self, line: bytes) -> str:
        """Take one line of a stream; the text it adds. Raises Garbage."""
        if not line.startswith(b"data:"):
            return ""  # a comment, an event's name, an empty line
        data = line[5:].strip()
        if data == DONE:
            self.has_ended, self.is_whole = True, not self._is_cut
            return ""
        return self._take(data)

    def whole(self, body: bytes) -> str:
        """Take an answer that did not come as a stream. Raises Garbage."""
        added = self._take(body)
        self.has_ended, self.is_whole = True, not self._is_cut
        return added

    def _take(self, data: bytes) -> str:
        try:
            chunk = _CHUNK.decode(data)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise Garbage("no JSON of a chat completion") from error
        if chunk.usage is not None and chunk.usage.total_tokens is not None:
            self.total_tokens = chunk.usage.total_tokens
        added = ""
        for choice in chunk.choices[:1]:
            self._is_cut = self._is_cut or choice.finish_reason == "length"
            message = choice.delta or choice.message
            if message is None:
                continue
            for call in (message.tool_calls or ())[:1]:
                if call.function is not None and call.index == 0:
                    self.tool += call.function.name or ""
                    added += call.function.arguments or ""
            added += message.content or ""
        return self._without_thoughts(added)

    def _without_thoughts(self, added: str) -> str:
        """A model that thinks aloud puts that before its answer."""
        self._raw += added
        text = self._raw.lstrip()
        if text.startswith(THOUGHT):
            text = text.partition(THOUGHT_ENDS)[2].lstrip()
        elif THOUGHT.startswith(text):
            return ""
        fresh = text[len(self.said) :]
        self.said = text
        return fresh


def request_body(
    model: str, messages: Any, *, shape: str, schema: dict[str, Any] | None, most_tokens: int, extra: dict[str, Any]
) -> dict[str, Any]:
    """What is posted. A field of `extra` wins; where it is an empty text, the field is left out."""
    body: dict[str, Any] = {
        "model": model,
        "messages": list(messages),
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0,
        "max_tokens": most_tokens,
    }
    if schema is not None and shape == "json_schema":
        named = {"name": TOOL, "strict": True, "schema": schema}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
    elif schema is not None and shape == "tools":
        body["tools"] = [{"type": "function", "function": {"name": TOOL, "parameters": schema}}]
        body["tool_choice"] = {"type": "function", "function": {"name": TOOL}}
    elif schema is not None:
        keys = msgspec.json.encode(skeleton(schema)).decode()
        first, *rest = body["messages"]
        body["messages"] = [{**first, "content": f"{first['content']}\nThe object has these keys: {keys}"}, *rest]
    return {name: value for name, value in {**body, **extra}.items() if value != ""}


TOOL = "answer"
"""The one tool that an answer may call; no other name is taken."""


def skeleton(schema: Any) -> Any:
    """A schema as an example of itself, which small models follow better, and which costs a fifth of the tokens."""
    kind = schema.get("type")
    if kind == "object":
        return {name: skeleton(one) for name, one in schema["properties"].items()}
    if kind == "array":
        return [skeleton(schema["items"])]
    return "|".join(schema["enum"]) if "enum" in schema else kind if isinstance(kind, str) else kind[0]
