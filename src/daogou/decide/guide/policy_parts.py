"""The shop's rules as its files have them: cut at their headings, without mark-up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

MOST_FILES = 50
MOST_BYTES = 200_000
MOST_QUOTED = 700

_HEADING = re.compile(r"^(#{1,4})\s+(.+?)\s*#*$")
_LINK = re.compile(r"\[([^\]]*)\]\((https?://[^)\s]+|/[^)\s]*)\)")
_MARK_UP = re.compile(r"[*_`]{1,3}")
_COMMENT = re.compile(r"<!--.*?-->|<[^>]{0,300}>", re.DOTALL)
_LANGUAGE = re.compile(r"\.(zh|en)(?:-[A-Za-z]+)?$")


@dataclass(frozen=True, slots=True)
class Part:
    """One heading with what stands below it; language: "" where the file's name does not say."""

    heading: str
    text: str
    name: str
    language: str
    url: str | None = None


def read_policies(folder: Path) -> tuple[Part, ...]:
    """Every part of every file; nothing where there is no such folder."""
    if not folder.is_dir():
        return ()
    parts: list[Part] = []
    for path in sorted(folder.glob("*.md"))[:MOST_FILES]:
        try:
            text = path.read_bytes()[:MOST_BYTES].decode("utf-8", "replace")
        except OSError:
            continue
        language = _LANGUAGE.search(path.stem)
        name = _LANGUAGE.sub("", path.stem)
        parts += _parts(text, name, language.group(1) if language else "")
    return tuple(parts)


def _parts(text: str, name: str, language: str) -> list[Part]:
    heading, lines = name.replace("-", " ").replace("_", " "), list[str]()
    parts: list[Part] = []
    for line in [*_COMMENT.sub("", text).splitlines(), "# "]:
        found = _HEADING.match(line)
        if found is None and line != "# ":
            lines.append(line)
            continue
        body = "\n".join(lines).strip()
        if body:
            url = _LINK.search(body)
            parts.append(Part(_plain(heading), _short(_plain(body)), name, language, url.group(2) if url else None))
        if found is not None:
            heading, lines = found.group(2), []
    return parts


def _plain(text: str) -> str:
    return _MARK_UP.sub("", _LINK.sub(r"\1", text)).strip()


def _short(text: str) -> str:
    """Whole paragraphs as far as they fit, else the beginning."""
    if len(text) <= MOST_QUOTED:
        return text
    cut = text.rfind("\n\n", 0, MOST_QUOTED)
    return text[: cut if cut > MOST_QUOTED // 3 else MOST_QUOTED - 1].rstrip() + "…"
