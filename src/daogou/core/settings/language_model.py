"""A language model beside the guide: where it answers, what it may be asked, and what that may cost."""

from __future__ import annotations

from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from daogou.core.settings.section import Section


class LanguageModelSettings(Section):
    """[language_model]: an endpoint in OpenAI's chat completions shape; without `url` nothing is ever asked.

    See docs/language-model.md. `daogou doctor` says what the endpoint can do.
    """

    url: str = ""
    """Address of the endpoint up to /v1, for example http://127.0.0.1:8000/v1. Needs the extra `http`."""
    model: str = ""
    """Name of the model to ask for."""
    key: SecretStr | None = None
    """Bearer token; best given as DAOGOU_LANGUAGE_MODEL__KEY, or in a file named by DAOGOU_LANGUAGE_MODEL__KEY_FILE."""
    read: Literal["never", "when_unsure", "always"] = "when_unsure"
    """Whether the model reads what shoppers write: where the guide's grammar left words unread, always, or never."""
    phrase: bool = True
    """Whether the model words what the guide found. Prices, stock and names stay the shop's in any case."""
    profile: bool = False
    """Whether the model words a shopper's own profile in one sentence."""
    enrich: bool = False
    """Whether `daogou enrich` may send titles and descriptions of items to the model."""
    mask: bool = True
    """Replace e-mail, phone, card and identity numbers, addresses and names before anything is sent."""
    shape: Literal["auto", "json_schema", "tools", "plain"] = "auto"
    """How the endpoint is asked for typed answers; auto begins with json_schema and steps down when it is refused."""
    extra_body: dict[str, Any] = Field(default_factory=dict)
    """Fields of each request that the endpoint wants otherwise, for example {"chat_template_kwargs" =
    {"enable_thinking" = false}}; an empty text leaves a field out."""
    connect_seconds: float = Field(1.0, gt=0, le=30)
    """How long a connection may take."""
    first_byte_seconds: float = Field(1.5, gt=0, le=30)
    """How long the first word of an answer may take."""
    turn_seconds: float = Field(6.0, gt=0, le=60)
    """How long the model may take for one turn of the guide, all its calls together."""
    calls_per_turn: int = Field(2, ge=1, le=4)
    """Calls for one turn, a corrected second try among them."""
    input_tokens: int = Field(2_000, ge=500, le=100_000)
    """Most that is sent with one call, by a careful estimate."""
    output_tokens: int = Field(300, ge=50, le=10_000)
    """Most that one answer may have."""
    session_tokens_per_day: int = Field(60_000, ge=0)
    """What one conversation may cost in a day, sent and answered; beyond it the guide goes on by its rules."""
    tokens_per_day: int = Field(2_000_000, ge=0)
    """What all conversations and commands of the shop may cost in a day (UTC)."""
    in_flight: int = Field(8, ge=1)
    """Calls at one time, of one process."""

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.username):
            raise ValueError("an http or https address without a name or password in it, up to /v1")
        return url.rstrip("/").removesuffix("/chat/completions")

    @model_validator(mode="after")
    def _names_a_model(self) -> Self:
        if self.url and not self.model:
            raise ValueError("model: name the model that the endpoint is asked for; `daogou doctor` lists them")
        return self
