"""Automatic numbering of Word (ECMA-376, part 1, 17.9) that prints the markers of a text.

One list of many levels numbers ``I.``, ``1.``, ``1.1.``, ``1.1.1.`` and ``a)``; bullets, articles, groups
and markers that are written another way have lists of their own. Where a sequence does not go on as Word
would count it, a new instance of the list begins with the number wanted (``startOverride``); points that
skip a letter (``e)``, ``g)``) go on in a list beside the others, so that these are not disturbed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from extract.structure.markers import Marker, parse_roman

OUTLINE_LEVELS = {"roman": 0, "decimal": 1, "dotted1": 2, "dotted2": 3, "letter": 4}
BULLET_LEVELS = {"-": 0, "+": 1, "–": 2, "*": 3, "•": 4, "●": 5, "○": 6, "▪": 7}
FORMATS = {"roman": "upperRoman", "letter": "lowerLetter", "upper": "upperLetter"}
SYMBOL_BULLETS = {"•": "\uf0b7"}
"""Word prints this bullet with a glyph of the font Symbol, from Unicode's private use area."""
FIRST_LINE_TWIPS = 720
BULLET_TAB_TWIPS = 1000
"""Where the text behind a bullet begins; the other markers are followed by a blank."""
MAX_LEVELS = 9
OUTLINE = ("outline",)
"""Key of the list of many levels."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a numbered paragraph refers to: the instance of a list and the level, from 0."""

    number: int
    level: int


@dataclass(slots=True)
class _Level:
    format: str
    text: str
    tail_is_blank: bool = True
    font: str = ""


@dataclass(slots=True)
class _Instance:
    """A list as it is being counted: the numbers given last, and where levels begin instead of at 1."""

    number: int
    starts: dict[int, int] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)
    restarted: set[int] = field(default_factory=set)

    def following(self, level: int) -> int | None:
        """Give the number that a level would print next; None where programs do not agree."""
        if level in self.counters:
            return self.counters[level] + 1
        start = self.starts.get(level, 1)
        return None if level in self.restarted and start != 1 else start

    def shown(self, level: int) -> int:
        """Give the number that a level below prints for this level."""
        return self.counters.get(level, self.starts.get(level, 1))

    def count(self, level: int, ordinal: int) -> None:
        self.counters[level] = ordinal
        deeper = [other for other in self.counters if other > level]
        self.restarted.update(deeper)
        for other in deeper:
            del self.counters[other]


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    instances: list[_Instance] = field(default_factory=list)


class Numbering:
    """The lists of one document, filled by its markers in the order of the text.

    ``separate`` gives every instance a definition of its own, with the numbers it begins with, and leaves
    words of other than ASCII letters (``Điều 1.``) to be typed: LibreOffice loses overrides and such
    letters on the way to DOC and RTF.

    >>> from extract.structure.markers import read_marker
    >>> texts = ["I. Mục tiêu", "1. Giảm nghèo", "3. Việc làm"]
    >>> numbering = Numbering([(t, read_marker(t, 0, len(t))) for t in texts])
    >>> [reference and (reference.number, reference.level) for reference in numbering.references]
    [(1, 0), (1, 1), (2, 1)]
    """

    def __init__(self, marked: Sequence[tuple[str, Marker | None]], separate: bool = False) -> None:
        self._separate = separate
        self._lists: dict[tuple[str, ...], _List] = {}
        self._instances = 0
        tails = [(_level_name(marker), _dress(text, marker)) for text, marker in marked if marker]
        self._usual = {
            name: Counter(dress for other, dress in tails if other == name).most_common(1)[0][0]
            for name in OUTLINE_LEVELS
            if any(other == name for other, _ in tails)
        }
        self.references = [self._refer(text, marker) if marker else None for text, marker in marked]

    def _refer(self, text: str, marker: Marker) -> Reference | None:
        name, dress = _level_name(marker), _dress(text, marker)
        before, after, zero = dress
        if marker.style == "bullet":
            return self._refer_bullet(marker, after)
        ordinal = _word_ordinal(marker)
        if ordinal is None or (self._separate and not before.isascii()):
            return None
        form = "decimalZero" if zero else FORMATS.get(marker.style, "decimal")
        blank = after != after.rstrip()
        if name not in OUTLINE_LEVELS or self._usual[name] != dress:
            if marker.style == "dotted":
                return None
            key = (name, *map(str, dress))
            level = _Level(form, f"{before}%1{after.rstrip()}", blank)
            return self._count(key, 0, level, ordinal, {})
        index = OUTLINE_LEVELS[name]
        parents = [int(part) for part in marker.prefix.split(".")] if _is_numeric(marker.prefix) else []
        if marker.style == "dotted" and (not parents or self._pads_with_zero):
            return None
        upper = {index - len(parents) + i: parent for i, parent in enumerate(parents)}
        if name == "letter" and not self._goes_on(index, ordinal):
            return self._count(("letter beside",), 0, _Level(form, f"%1{after.rstrip()}", blank), ordinal, {})
        printed = ".".join(f"%{i + 1}" for i in [*upper, index])
        level = _Level(form, f"{before}{printed}{after.rstrip()}", blank)
        return self._count(OUTLINE, index, level, ordinal, upper)

    def _goes_on(self, index: int, ordinal: int) -> bool:
        """Tell whether a level of the list of many levels prints this number next."""
        made = self._lists.get(OUTLINE)
        return made is not None and made.instances[-1].following(index) == ordinal

    @property
    def _pads_with_zero(self) -> bool:
        """Tell whether whole numbers are printed as ``01.``; Word would then print ``01.1.`` below them."""
        return "decimal" in self._usual and self._usual["decimal"][2]

    def _refer_bullet(self, marker: Marker, after: str) -> Reference | None:
        index = BULLET_LEVELS.get(marker.text)
        if index is None:
            return None
        symbol = SYMBOL_BULLETS.get(marker.text)
        level = _Level("bullet", symbol or marker.text, bool(after), "Symbol" if symbol else "")
        made = self._lists.setdefault(("bullets",), _List())
        made.levels.setdefault(index, level)
        if not made.instances:
            made.instances.append(self._new_instance({}))
        return Reference(made.instances[0].number, index)

    def _count(
        self, key: tuple[str, ...], index: int, level: _Level, ordinal: int, upper: dict[int, int]
    ) -> Reference:
        made = self._lists.setdefault(key, _List())
        made.levels[index] = level
        for parent in upper:
            made.levels.setdefault(parent, _Level("decimal", f"%{parent + 1}."))
        current = made.instances[-1] if made.instances else None
        fits = (
            current is not None
            and current.following(index) == ordinal
            and all(current.shown(i) == number for i, number in upper.items())
        )
        if current is None or not fits:
            current = self._new_instance({**upper, index: ordinal})
            made.instances.append(current)
        current.count(index, ordinal)
        return Reference(current.number, index)

    def _new_instance(self, starts: dict[int, int]) -> _Instance:
        self._instances += 1
        return _Instance(self._instances, starts)

    def write(self, numbering: etree._Element) -> None:
        """Write the lists into the root of ``word/numbering.xml``, whatever stood there."""
        for child in list(numbering):
            numbering.remove(child)
        abstracts: list[str] = []
        instances: list[str] = []
        for made in self._lists.values():
            for position, instance in enumerate(made.instances):
                if self._separate or position == 0:
                    starts = instance.starts if self._separate else {}
                    abstracts.append(_abstract_xml(len(abstracts), made, starts))
                overridden = _overrides(made, instance, position) if not self._separate else ""
                instances.append(_instance_xml(len(abstracts) - 1, instance, overridden))
        for xml in [*abstracts, *instances]:
            numbering.append(parse_xml(xml))


def _level_name(marker: Marker) -> str:
    return f"dotted{marker.text.count('.')}" if marker.style == "dotted" else marker.style


def _dress(text: str, marker: Marker) -> tuple[str, str, bool]:
    """What is printed before the number and behind it, and whether numbers below ten open with a zero."""
    after = text[len(marker.text) : marker.body]
    if marker.style == "bracket":
        return "(", f"){after}", False
    if marker.style in ("named", "article"):
        word, _, number = marker.text.rpartition(" ")
        return f"{word} ", after, number.startswith("0")
    return "", after, marker.style == "decimal" and marker.text.startswith("0")


def _word_ordinal(marker: Marker) -> int | None:
    """Give the number by which Word counts to a marker; None for what it cannot count to (``đ)``)."""
    printed = marker.text.strip("()")
    if marker.style in ("letter", "upper") or (marker.style == "bracket" and len(printed) == 1):
        if printed.isdigit():
            return int(printed)
        place = ord(printed.lower()) - ord("a") + 1
        return place if 1 <= place <= 26 and marker.style != "bracket" else None
    if marker.style == "bracket" and not printed.isdigit():
        return None
    if marker.style == "roman":
        return parse_roman(printed)
    last = printed.rpartition(" ")[2].rpartition(".")[2]
    return int(last) if last.isdigit() and (marker.style != "named" or "." not in printed) else None


def _is_numeric(prefix: str) -> bool:
    return bool(prefix) and all(part.isdigit() for part in prefix.split("."))


def _abstract_xml(identifier: int, made: _List, starts: dict[int, int]) -> str:
    levels = "".join(
        _level_xml(index, made.levels.get(index), starts.get(index, 1)) for index in range(MAX_LEVELS)
    )
    kind = "multilevel" if len(made.levels) > 1 else "singleLevel"
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identifier}">'
        f'<w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'
    )


def _level_xml(index: int, level: _Level | None, start: int) -> str:
    level = level or _Level("none", "")
    bullet = level.format == "bullet"
    suffix = ("tab" if bullet else "space") if level.tail_is_blank else "nothing"
    tab = f'<w:tabs><w:tab w:val="num" w:pos="{BULLET_TAB_TWIPS}"/></w:tabs>' if bullet else ""
    font = f'<w:rPr><w:rFonts w:ascii="{level.font}" w:hAnsi="{level.font}" w:hint="default"/></w:rPr>'
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{level.format}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{_escape(level.text)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr>{tab}<w:ind w:left="0" w:firstLine="{FIRST_LINE_TWIPS}"/></w:pPr>'
        f"{font if level.font else ''}</w:lvl>"
    )


def _overrides(made: _List, instance: _Instance, position: int) -> str:
    """Numbers that an instance begins with; one behind another restarts all levels."""
    starts = {index: instance.starts.get(index, 1) for index in sorted(made.levels)}
    return "".join(
        f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for index, start in starts.items()
        if position or start != 1
    )


def _instance_xml(identifier: int, instance: _Instance, overrides: str) -> str:
    return (
        f'<w:num {nsdecls("w")} w:numId="{instance.number}"><w:abstractNumId w:val="{identifier}"/>'
        f"{overrides}</w:num>"
    )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
