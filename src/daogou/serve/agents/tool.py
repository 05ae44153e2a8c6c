"""A tool as data: what an assistant reads of it, what it takes, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from daogou.core.settings import AgentTool
from daogou.serve.api.service import Service


@dataclass(frozen=True, slots=True)
class Tool:
    """title, description  for the assistant's model; takes: the shape of the arguments; call: plain data back."""

    name: AgentTool
    title: str
    description: str
    takes: type[Any]
    call: Callable[[Service, Any], dict[str, Any]]
