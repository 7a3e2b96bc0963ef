"""Automatic numbering: which label Word prints in front of a paragraph (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.readers.word.names import WORD, Element, number_of, parse_integer, switch_of, value_of
from extract.readers.word.number_formats import format_number
from extract.readers.word.revisions import shown_children
from extract.readers.word.styles import Styles
from extract.readers.word.symbols import OTHER_SIGN, turn_bullet

MAX_LEVELS = 9
MAX_LEVEL_CHARACTERS = 255
MAX_LINKS = 8
"""So many links from list to style to list are followed; Word makes one."""
PLACEHOLDER = re.compile("%([1-9])")
NO_LIST = 0


@dataclass(slots=True)
class Level:
    """A level of a list: its first number, format, text with ``%1`` for numbers, and what it looks like.

    ``restart`` is the level (from 1) after which it begins anew, 0 for never, None for after any above it.
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    attached: bool = False
    font: str = ""
    picture: bool = False
    style: str = ""


@dataclass(slots=True)
class Definition:
    """An abstract list: its levels, or the style whose list it borrows."""

    levels: dict[int, Level] = field(default_factory=dict)
    style_link: str = ""


@dataclass(slots=True)
class Instance:
    """A list as paragraphs name it: its abstract list, and levels that are changed or start anew."""

    definition: str = ""
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """What is printed in front of a paragraph, and whether the text follows without a gap."""

    text: str
    attached: bool = False
    bullet: bool = False


class Numbering:
    """The lists of a document and how far each has come; paragraphs ask for their labels in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, Definition] = {}
        self._instances: dict[int, Instance] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[int] = set()
        if root is not None:
            self._read(root)

    def find_level(self, properties: Element | None, style_key: str) -> tuple[int, int] | None:
        """Give list and level of a paragraph from its own properties and its style; None for no list."""
        own = properties.find(f"{WORD}numPr") if properties is not None else None
        num, level = number_of(own, "numId"), number_of(own, "ilvl")
        if num is None:
            num, style_level = self._styles.numbering(style_key)
            if num is not None and level is None:
                level = self._level_of_style(num, style_key) if style_level is None else style_level
        if num is None or num == NO_LIST or num not in self._instances:
            return None
        return num, min(max(level or 0, 0), MAX_LEVELS - 1)

    def next_label(self, num: int, index: int) -> Label:
        """Count one paragraph on a level of a list and give what Word prints in front of it."""
        instance = self._instances[num]
        key = self._resolve(instance.definition)
        levels = self._definitions[key].levels if key in self._definitions else {}
        counters = self._counters.setdefault(key, {})
        if num not in self._begun:
            self._begun.add(num)
            for changed in instance.starts:
                counters.pop(changed, None)

        def level_at(at: int) -> Level:
            return instance.levels.get(at) or levels.get(at) or Level()

        def start_of(at: int) -> int:
            return instance.starts.get(at, level_at(at).start)

        level = level_at(index)
        counters[index] = counters[index] + 1 if index in counters else start_of(index)
        for deeper in [at for at in counters if at > index]:
            restart = level_at(deeper).restart
            if restart is None or index < restart:
                del counters[deeper]
        if level.picture:
            return Label(OTHER_SIGN, level.attached, bullet=True)
        if level.format == "bullet":
            return Label(turn_bullet(level.text, level.font), level.attached, bullet=True)

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form = "decimal" if level.legal and level_at(at).format != "bullet" else level_at(at).format
            return format_number(counters.get(at, start_of(at)), form)

        return Label(PLACEHOLDER.sub(number, level.text).strip(), level.attached)

    def _level_of_style(self, num: int, style_key: str) -> int:
        """A style that names a list and no level has the level that names the style."""
        instance = self._instances.get(num)
        definition = self._definitions.get(self._resolve(instance.definition)) if instance else None
        levels = (definition.levels if definition else {}) | (instance.levels if instance else {})
        return next((index for index, level in sorted(levels.items()) if level.style == style_key), 0)

    def _resolve(self, key: str) -> str:
        """Follow the links of a list without levels to the list of its style."""
        for _ in range(MAX_LINKS):
            definition = self._definitions.get(key)
            if definition is None or definition.levels or not definition.style_link:
                break
            linked, _level = self._styles.numbering(definition.style_link)
            instance = self._instances.get(linked) if linked is not None else None
            if instance is None:
                break
            key = instance.definition
        return key

    def _read(self, root: Element) -> None:
        for element in root.iterfind(f"{WORD}abstractNum"):
            definition = Definition(style_link=value_of(element, "numStyleLink") or "")
            for index, level in _read_levels(element):
                definition.levels[index] = level
            self._definitions[element.get(f"{WORD}abstractNumId", "")] = definition
        for element in root.iterfind(f"{WORD}num"):
            number = parse_integer(element.get(f"{WORD}numId"))
            if number is None:
                continue
            instance = Instance(value_of(element, "abstractNumId") or "")
            for override in element.iterfind(f"{WORD}lvlOverride"):
                place = parse_integer(override.get(f"{WORD}ilvl"))
                start = number_of(override, "startOverride")
                if place is None:
                    continue
                instance.levels.update(_read_levels(override))
                if start is not None:
                    instance.starts[place] = start
            self._instances[number] = instance


def _read_levels(parent: Element) -> list[tuple[int, Level]]:
    levels = []
    for element in parent.findall(f"{WORD}lvl")[:MAX_LEVELS]:
        index = parse_integer(element.get(f"{WORD}ilvl"))
        if index is not None:
            levels.append((index, _read_level(element)))
    return levels


def _read_level(element: Element) -> Level:
    form = next((child for child in shown_children(element) if child.tag == f"{WORD}numFmt"), None)
    fonts = element.find(f"{WORD}rPr/{WORD}rFonts")
    start = number_of(element, "start")
    return Level(
        start=0 if start is None else start,
        format=form.get(f"{WORD}val", "decimal") if form is not None else "decimal",
        text=(value_of(element, "lvlText") or "")[:MAX_LEVEL_CHARACTERS],
        restart=number_of(element, "lvlRestart"),
        legal=bool(switch_of(element, "isLgl")),
        attached=value_of(element, "suff") == "nothing",
        font=(fonts.get(f"{WORD}ascii") or fonts.get(f"{WORD}hAnsi") or "") if fonts is not None else "",
        picture=element.find(f"{WORD}lvlPicBulletId") is not None,
        style=value_of(element, "pStyle") or "",
    )
