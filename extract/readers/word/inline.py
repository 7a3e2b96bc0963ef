"""What is printed within a paragraph: runs, fields, breaks, symbols, formulas, boxes anchored in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.readers.word.fields import FIELD_CHARACTER, Fields, hides_result
from extract.readers.word.names import MATHS, WORD, Element
from extract.readers.word.revisions import shown_children
from extract.readers.word.styles import RunFormat, Styles
from extract.readers.word.symbols import turn_symbols

LINE_BREAK = "\n"
RAISED_FIGURES = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Raised figures stay raised: ``m²``, and a mark typed by hand does not become part of a number."""
CAPITALS_FONT_START, CAPITALS_FONT_END = "\ue0f0", "\ue0f1"
"""Around text in a font of capitals (``.VnTimeH``): TCVN3 has small letters for what prints as capitals.
Characters of the private use area, so that no text holds them; see `extract.readers.word.finishing`."""
CAPITALS_FONT_PREFIX, CAPITALS_FONT_SUFFIX = ".vn", "h"
BREAKS = frozenset({f"{WORD}br", f"{WORD}cr"})
TABS = frozenset({f"{WORD}tab", f"{WORD}ptab"})
TEXT_BOX = f"{WORD}txbxContent"
DRAWINGS = frozenset({f"{WORD}drawing", f"{WORD}pict", f"{WORD}object"})
FORMULAS = frozenset({f"{MATHS}oMath", f"{MATHS}oMathPara"})


@dataclass(slots=True)
class Printed:
    """A paragraph's text, with a line feed for a forced line, and whether all of it is bold.

    ``boxes`` are text boxes anchored in it: how many characters stand before each, and its content.
    """

    parts: list[str] = field(default_factory=list)
    length: int = 0
    bold: bool = True
    boxes: list[tuple[int, Element]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text."""
        return "".join(self.parts)

    def add(self, text: str, bold: bool) -> None:
        """Append text of one format; blanks say nothing of what is bold."""
        self.parts.append(text)
        self.length += len(text)
        self.bold = self.bold and (bold or not text.strip())


def read_inline(paragraph: Element, style_key: str, styles: Styles, fields: Fields) -> Printed:
    """Read what a paragraph prints; ``fields`` are those open before it, then those open behind it."""
    printed = Printed()
    _read_content(paragraph, style_key, styles, fields, printed)
    return printed


def _read_content(parent: Element, style_key: str, styles: Styles, fields: Fields, printed: Printed) -> None:
    for child in shown_children(parent):
        if child.tag == f"{WORD}r":
            _read_run(child, styles.run_format(style_key, child.find(f"{WORD}rPr")), fields, printed)
        elif child.tag == f"{WORD}fldSimple":
            if not hides_result(child.get(f"{WORD}instr", "")):
                _read_content(child, style_key, styles, fields, printed)
        elif child.tag in FORMULAS and fields.shown:
            printed.add(_read_formula(child), bold=False)


def _read_run(run: Element, form: RunFormat, fields: Fields, printed: Printed) -> None:
    for child in shown_children(run):
        if child.tag == FIELD_CHARACTER:
            fields.turn(child)
        elif child.tag == f"{WORD}instrText":
            fields.add_code(child.text or "")
        elif not fields.shown or form.hidden:
            continue
        elif child.tag == f"{WORD}t":
            printed.add(_set_text(child.text or "", form), form.bold)
        elif child.tag in TABS:
            printed.add("\t", form.bold)
        elif child.tag in BREAKS:
            printed.add(LINE_BREAK, form.bold)
        elif child.tag == f"{WORD}noBreakHyphen":
            printed.add("-", form.bold)
        elif child.tag == f"{WORD}sym":
            printed.add(_read_symbol(child), form.bold)
        elif child.tag in DRAWINGS:
            printed.boxes += ((printed.length, box) for box in _find_boxes(child))


def _set_text(text: str, form: RunFormat) -> str:
    """Give the text of a run as its format prints it."""
    text = turn_symbols(" ".join(text.split("\n")), form.font)
    if form.caps:
        return text.upper()
    if form.raised:
        return text.translate(RAISED_FIGURES)
    font = form.font.lower()
    if font.startswith(CAPITALS_FONT_PREFIX) and font.endswith(CAPITALS_FONT_SUFFIX):
        return f"{CAPITALS_FONT_START}{text}{CAPITALS_FONT_END}"
    return text


def _read_symbol(element: Element) -> str:
    try:
        code = int(element.get(f"{WORD}char", ""), 16)
    except ValueError:
        return ""
    return (
        turn_symbols(chr(code), element.get(f"{WORD}font", ""))
        if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFF
        else ""
    )


def _read_formula(formula: Element) -> str:
    """Give the characters of a formula in a line; a fraction has a slash."""
    parts: list[str] = []
    for element in formula.iter(f"{MATHS}t", f"{MATHS}den"):
        parts.append("/" if element.tag == f"{MATHS}den" else element.text or "")
    return "".join(parts)


def _find_boxes(drawing: Element) -> list[Element]:
    """Find the text boxes of a drawing; of alternatives (``mc:AlternateContent``) one is looked at."""
    boxes: list[Element] = []
    stack = [drawing]
    while stack:
        element = stack.pop()
        if element.tag == TEXT_BOX:
            boxes.append(element)
        else:
            stack.extend(reversed(list(shown_children(element))))
    return boxes
