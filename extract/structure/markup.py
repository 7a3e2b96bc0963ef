"""Light markup in a line of text: Markdown emphasis, headings, links and rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADING = re.compile(r"#{1,6}\s++")
"""``## Title``."""
RULE = re.compile(r"(?:[-=_*~─—]\s*+){3,}\Z")
"""``-----``, ``=====``, ``* * *``."""
EMPHASIS = re.compile(r"\*{1,3}|__|`")
"""Emphasis and code marks; a bullet ``* `` at the line start is kept by the caller."""
LINK = re.compile(r"!?\[(?P<text>[^\[\]\n]{0,300})\]\([^()\s]{0,2000}\)")
"""``[text](address)`` and ``![text](address)``."""
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
"""A line break inside a cell."""
STAR_BULLET = re.compile(r"\s*+\*\s")
"""``* `` at the start of a line is a bullet."""
SPACES = re.compile(r"[ \t\u00a0]{2,}|\t")
"""Blanks that print as one."""


@dataclass(frozen=True, slots=True)
class Strand:
    """Slices of a line that are left when its markup is taken out; whether it opens or ends in bold."""

    slices: tuple[tuple[int, int], ...]
    opens_bold: bool = False
    ends_bold: bool = False

    def length(self) -> int:
        """Count the characters left."""
        return sum(end - start for start, end in self.slices)


def strip_markup(text: str, start: int, end: int) -> Strand:
    """Take the markup out of ``text[start:end]`` (one line).

    >>> line = "**1. **Ưu tiên [bố trí](http://a.vn)"
    >>> "".join(line[a:b] for a, b in strip_markup(line, 0, len(line)).slices)
    '1. Ưu tiên bố trí'
    """
    line = text[start:end]
    plain = not ("*" in line or "_" in line or "`" in line or "](" in line or line.lstrip()[:1] == "#")
    if plain and "  " not in line and "\t" not in line:
        left, right = _trimmed(line, 0, len(line))
        return Strand(((start + left, start + right),) if right > left else ())
    cuts = _cuts(line)
    slices = _kept(line, cuts)
    stripped = line.strip()
    opens = stripped.startswith(("**", "__", "#"))
    ends = stripped.startswith("#") or stripped.endswith(("**", "__"))
    return Strand(tuple((start + a, start + b) for a, b in slices), opens, ends)


def _cuts(line: str) -> list[tuple[int, int]]:
    bullet = STAR_BULLET.match(line)
    first = bullet.end() if bullet else 0
    cuts: list[tuple[int, int]] = []
    heading = HEADING.match(line)
    if heading:
        cuts.append(heading.span())
    for link in LINK.finditer(line):
        cuts.append((link.start(), link.start("text")))
        cuts.append((link.end("text"), link.end()))
    cuts += [m.span() for m in EMPHASIS.finditer(line, first) if not _is_blank_filler(line, m)]
    cuts += [(m.start() + 1, m.end()) for m in SPACES.finditer(line) if m.end() - m.start() > 1]
    return sorted(cuts)


def _is_blank_filler(line: str, match: re.Match[str]) -> bool:
    """Tell runs of underscores that stand for a blank to fill in from emphasis."""
    return match.group() == "__" and line[match.end() : match.end() + 1] == "_"


def _kept(line: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept, position = [], 0
    for start, end in cuts:
        if start > position:
            kept.append((position, start))
        position = max(position, end)
    kept.append((position, len(line)))
    while kept:
        left, right = _trimmed(line, *kept[0])
        if right > left:
            kept[0] = (left, kept[0][1])
            break
        kept.pop(0)
    while kept:
        left, right = _trimmed(line, *kept[-1])
        if right > left:
            kept[-1] = (kept[-1][0], right)
            break
        kept.pop()
    return kept


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end
