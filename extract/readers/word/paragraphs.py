"""A Word paragraph as printed paragraphs: its label in front, forced lines taken apart or joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.readers.word.inline import LINE_BREAK, Printed
from extract.readers.word.numbering import Label
from extract.spans import Block

BLANKS = re.compile(r"[^\S\n]+")
SENTENCE_END = re.compile(r"[.;:!?…][\"”’)\]]*+\Z")
GOES_ON = re.compile(
    r"(?:[,(–/“]|\b(?:ngày|tháng|năm|số|và|của|các|những|về|cho|trên|tại|theo|với|từ|đến|là|việc|để|do|bằng))\Z"
)
"""An end of line after which the sentence must go on, whatever the next line begins with."""
MARKER_START = re.compile(r"(?:[a-zđ]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2}){0,3})[.)]\s|[-–—+*•●○▪■◦]\s?\S")
CLOSING_PUNCTUATION = frozenset(",.;:)]}!?%…")
MIN_BROKEN_LINE = 24
"""A shorter line that a forced break ends was meant to stand alone: a title, a name."""
MAX_LETTERHEAD_LINE = 300
SIDE_BY_SIDE = re.compile(
    r"(?P<left>\S[^\t\n]*?)(?:[^\S\n]*\t[^\S\n]*|[^\S\n]{3,})(?P<right>(?:C[OỘ]NG\sH[OÒ][AÀ]\sX[AÃ]\sH[OỘ]I|ĐẢNG\sC[OỘ]NG\sS[AẢ]N|"
    r"Độc\slập\s?[-–]|[^\s,][^,\t\n]{1,30},\s*ngày\b)[^\t\n]*)"
)
"""A letterhead set with tabs or blanks: the organ or number at the left, the motto or date at the right."""


RECIPIENTS = re.compile(r"\s*Nơi\s{1,3}nhận", re.IGNORECASE)
RECIPIENT = re.compile(r"\s*(?:[-–+•*]|\Z)")
BESIDE_RECIPIENT = re.compile(
    r"(?P<left>\S[^\t\n]{0,120}?)(?:[^\S\n]*\t\s*|[^\S\n]{4,})(?P<right>\S[^\t\n]{0,80})"
)
"""The office and name of the signer, set with tabs beside the list of recipients."""


def split_paragraph(printed: Printed, label: Label | None) -> Iterator[Block]:
    """Give the printed paragraphs of a Word paragraph, none when it prints nothing.

    A forced line break begins a new paragraph (titles, letterheads and lists are set so) unless the sentence
    plainly goes on behind it. A label stands in front of the first one.
    """
    lines = _printed_lines(printed.text)
    if label is not None and label.text:
        lines = _labelled(lines, label)
    for line in lines:
        yield Block("paragraph", line, bold=printed.bold)


def _printed_lines(text: str) -> list[str]:
    lines: list[str] = []
    for raw in text.split(LINE_BREAK):
        for piece in _side_by_side(raw):
            line = BLANKS.sub(" ", piece).strip()
            if not line:
                continue
            if lines and _goes_on(lines[-1], line):
                lines[-1] += f" {line}"
            else:
                lines.append(line)
    return lines


def _side_by_side(line: str) -> tuple[str, ...]:
    if len(line) > MAX_LETTERHEAD_LINE or ("\t" not in line and "   " not in line):
        return (line,)
    found = SIDE_BY_SIDE.fullmatch(line.strip())
    return (found["left"], found["right"]) if found else (line,)


def _goes_on(before: str, line: str) -> bool:
    """Say whether a forced line break stands within a sentence."""
    if MARKER_START.match(line) or SENTENCE_END.search(before):
        return False
    if before.isupper() != line.isupper():
        return False
    return len(before) >= MIN_BROKEN_LINE and (line[0].islower() or GOES_ON.search(before) is not None)


def _labelled(lines: list[str], label: Label) -> list[str]:
    if not lines:
        return [label.text]
    attached = label.attached and lines[0][0] in CLOSING_PUNCTUATION
    return [f"{label.text}{'' if attached else ' '}{lines[0]}", *lines[1:]]


def opens_recipients(text: str) -> bool:
    """Say whether a paragraph heads the list of recipients (``Nơi nhận:``)."""
    return RECIPIENTS.match(text) is not None


def is_recipient(text: str) -> bool:
    """Say whether a paragraph under that heading may stand in its list."""
    return RECIPIENT.match(text) is not None


def split_recipient(printed: Printed) -> tuple[Printed, Printed] | None:
    r"""Part a recipient from what stands beside it, the signer's office or name; None where nothing does.

    >>> line = Printed()
    >>> line.add("- Sở Y tế;\t\tKT. CHỦ TỊCH", bold=True)
    >>> [part.text for part in split_recipient(line)]
    ['- Sở Y tế;', 'KT. CHỦ TỊCH']
    """
    text = printed.text.strip()
    found = BESIDE_RECIPIENT.fullmatch(text) if len(text) <= MAX_LETTERHEAD_LINE else None
    if found is None:
        return None
    left, right = Printed(bold=printed.bold, boxes=printed.boxes), Printed(bold=printed.bold)
    left.add(found["left"], printed.bold)
    right.add(found["right"], printed.bold)
    return left, right
