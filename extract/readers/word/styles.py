"""Styles: what a paragraph or run inherits (numbering, bold, capitals, hidden text, borders of tables)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.readers.word.names import WORD, Element, number_of, switch_of, value_of

MAX_STYLES = 20_000
TOGGLES = {"b": "bold", "caps": "caps", "vanish": "hidden"}
"""Properties that two layers of styles switch off again when both have them (ECMA-376 part 1, 17.7.3)."""


@dataclass(frozen=True, slots=True)
class RunFormat:
    """How a run is set: in bold, in capitals, hidden, raised, and its font."""

    bold: bool = False
    caps: bool = False
    hidden: bool = False
    raised: bool = False
    font: str = ""


@dataclass(slots=True)
class Style:
    """A style: its own properties and the style that it is based on."""

    name: str = ""
    base: str = ""
    default: bool = False
    paragraph: Element | None = None
    run: Element | None = None
    table: Element | None = None
    parts: tuple[Element, ...] = ()
    """What the style says of the lines of single rows and columns of a table."""


@dataclass(slots=True)
class Styles:
    """The styles of a document by their keys, and what holds without any style."""

    styles: dict[str, Style] = field(default_factory=dict)
    defaults: Element | None = None
    default_paragraph: str = ""
    default_table: str = ""
    _formats: dict[tuple[str, str], dict[str, bool | str | None]] = field(default_factory=dict)

    def chain(self, key: str) -> Iterator[Style]:
        """Give a style and those it is based on, nearest first; a circle of styles ends where it closes."""
        seen: set[str] = set()
        while key and key not in seen and key in self.styles:
            seen.add(key)
            yield self.styles[key]
            key = self.styles[key].base

    def paragraph_key(self, properties: Element | None) -> str:
        """Give the style of a paragraph."""
        return value_of(properties, "pStyle") or self.default_paragraph

    def numbering(self, key: str) -> tuple[int | None, int | None]:
        """Give the list and level that a style puts its paragraphs in; a list without a level says None."""
        num = level = None
        for style in self.chain(key):
            numbered = style.paragraph.find(f"{WORD}numPr") if style.paragraph is not None else None
            if numbered is None:
                continue
            num = number_of(numbered, "numId") if num is None else num
            level = number_of(numbered, "ilvl") if level is None else level
        return num, level

    def run_format(self, paragraph_key: str, properties: Element | None) -> RunFormat:
        """Give how a run is set, from its own properties, its style and that of its paragraph."""
        inherited = self._inherited(paragraph_key, value_of(properties, "rStyle") or "")
        own = {TOGGLES[name]: switch_of(properties, name) for name in TOGGLES}
        merged = {name: inherited[name] if value is None else value for name, value in own.items()}
        return RunFormat(
            bold=bool(merged["bold"]),
            caps=bool(merged["caps"]),
            hidden=bool(merged["hidden"]),
            raised=value_of(properties, "vertAlign") == "superscript",
            font=_font(properties) or str(inherited["font"]),
        )

    def _inherited(self, paragraph_key: str, run_key: str) -> dict[str, bool | str | None]:
        found = self._formats.get((paragraph_key, run_key))
        if found is None:
            found = {
                TOGGLES[name]: bool(switch_of(self.defaults, name))
                or (self._toggle(paragraph_key, name) != self._toggle(run_key, name))
                for name in TOGGLES
            }
            fonts = (_font(style.run) for key in (run_key, paragraph_key) for style in self.chain(key))
            found["font"] = next((font for font in fonts if font), _font(self.defaults))
            self._formats[paragraph_key, run_key] = found
        return found

    def _toggle(self, key: str, name: str) -> bool:
        values = (switch_of(style.run, name) for style in self.chain(key))
        return bool(next((value for value in values if value is not None), False))


def read_styles(root: Element | None) -> Styles:
    """Read ``styles.xml``; without one nothing is inherited."""
    styles = Styles()
    if root is None:
        return styles
    styles.defaults = root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr")
    for element in root.findall(f"{WORD}style")[:MAX_STYLES]:
        key, sort = element.get(f"{WORD}styleId", ""), element.get(f"{WORD}type", "")
        style = Style(
            (value_of(element, "name") or "").lower(),
            value_of(element, "basedOn") or "",
            element.get(f"{WORD}default", "0") in ("1", "true", "on"),
            element.find(f"{WORD}pPr"),
            element.find(f"{WORD}rPr"),
            element.find(f"{WORD}tblPr"),
            tuple(element.iterfind(f"{WORD}tblStylePr/{WORD}tcPr/{WORD}tcBorders")),
        )
        styles.styles[key] = style
        if style.default and sort == "paragraph":
            styles.default_paragraph = key
        elif style.default and sort == "table":
            styles.default_table = key
    return styles


def _font(properties: Element | None) -> str:
    fonts = properties.find(f"{WORD}rFonts") if properties is not None else None
    if fonts is None:
        return ""
    return fonts.get(f"{WORD}ascii") or fonts.get(f"{WORD}hAnsi") or ""
