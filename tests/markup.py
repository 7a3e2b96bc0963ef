"""Strict parser of marked-up test sentences.

A case file starts with ``why: ...`` and then has one sentence a line, the expected spans marked in place:

    Tỷ lệ đạt <quantity value="95" unit="%">95%</quantity> <period value="2025">đến năm 2025</period>.
    Công văn số 12/SYT-NV <none/>

A sentence in which nothing is to be found says so with ``<none/>``. Anything malformed raises: a case
that parses to nothing would pass whatever the code does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-z_]+)(?P<attributes>(?:\s+[a-z_]+=\"[^\"]*\")*)\s*(?P<empty>/?)>"
)
ATTRIBUTE = re.compile(r"([a-z_]+)=\"([^\"]*)\"")
CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Mark:
    """An expected span: tag, offsets in the plain sentence and attributes."""

    tag: str
    start: int
    end: int
    attributes: dict[str, str]


@dataclass(frozen=True)
class Case:
    """A sentence without its markup, the spans expected in it, and where it is written."""

    text: str
    marks: tuple[Mark, ...]
    place: str


def parse_sentence(line: str, place: str) -> Case:
    """Take the markup out of one sentence."""
    text, marks, open_tag, position, nothing = "", [], None, 0, False
    for match in TAG.finditer(line):
        text += line[position : match.start()]
        position = match.end()
        attributes = dict(ATTRIBUTE.findall(match["attributes"]))
        if match["name"] == "none":
            nothing = True
        elif match["close"]:
            if open_tag is None or open_tag[0] != match["name"]:
                raise ValueError(f"{place}: </{match['name']}> closes nothing")
            marks.append(Mark(open_tag[0], open_tag[1], len(text), open_tag[2]))
            open_tag = None
        elif open_tag is not None:
            raise ValueError(f"{place}: <{match['name']}> inside <{open_tag[0]}>")
        else:
            open_tag = (match["name"], len(text), attributes)
    text = (text + line[position:]).rstrip()
    if open_tag is not None:
        raise ValueError(f"{place}: <{open_tag[0]}> is never closed")
    if re.search(r"</?[a-z_]+[\s>/]", text):
        raise ValueError(f"{place}: a tag could not be read")
    if bool(marks) == nothing:
        raise ValueError(f"{place}: mark at least one span, or say <none/>")
    return Case(text, tuple(marks), place)


def read_cases(stage: str) -> list[Case]:
    """Read every case of a stage from tests/cases/<stage>/*.txt, in order."""
    cases = []
    for path in sorted((CASES / stage).glob("*.txt")):
        first, *lines = path.read_text(encoding="utf-8").splitlines()
        if not first.startswith("why: "):
            raise ValueError(f"{path.name}: the first line must say why: ...")
        for number, line in enumerate(lines, 2):
            if line.strip():
                cases.append(parse_sentence(line, f"{stage}/{path.name}:{number}"))
    if not cases:
        raise ValueError(f"no cases for {stage}")
    return cases
