"""Draws docs/result.svg: lines of a sample, and the rows that come out of them, in the same colours."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from extract import Extraction, Indicator, Task, extract_document, find_periods

PROJECT = Path(__file__).resolve().parents[1]
SAMPLE = PROJECT / "corpus/documents/05_quangnam_ke_hoach_moi_truong_2024.txt"
PICTURE = PROJECT / "docs/result.svg"
# Headings of the sample, and how many lines from each are shown.
SECTIONS = {"b) Đến năm 2030": 5, "1. Sở Tài nguyên và Môi trường": 3, "4. UBND các huyện": 2}

WIDTH, MARGIN, LINE_HEIGHT = 980, 20, 22
# The widest usual font takes so much for a character of 12 pixels; what fits with it fits with all.
CHARACTER_WIDTH = 7.0
FONT = "DejaVu Sans, Verdana, Segoe UI, Roboto, Arial, sans-serif"
COLOURS = {"name": "#0550ae", "value": "#116329", "time": "#953800", "unit": "#8250df"}
PLAIN, QUIET, RULE = "#1f2328", "#59636e", "#d1d9e0"

Span = tuple[int, int, str]


class Column(NamedTuple):
    """A column of a drawn table: its title, its share of the width in pixels, and the sort of its cells."""

    title: str
    width: int
    sort: str = ""


TASK_COLUMNS = (
    Column("group", 50),
    Column("text", 310),
    Column("lead", 220, "unit"),
    Column("support", 185, "unit"),
    Column("due_date", 90, "time"),
    Column("recurrence", 85, "time"),
)
INDICATOR_COLUMNS = (
    Column("kind", 60),
    Column("name", 430, "name"),
    Column("comparator", 100, "value"),
    Column("value", 70, "value"),
    Column("unit", 90, "value"),
    Column("period", 80, "time"),
    Column("period_source", 110, "time"),
)


def find_lines(text: str) -> list[tuple[int, int]]:
    """Start and end of the lines of the sections, blank lines left out."""
    lines, left, position = [], 0, 0
    for line in text.splitlines(keepends=True):
        left = next((count for heading, count in SECTIONS.items() if line.startswith(heading)), left)
        if left and line.strip():
            lines.append((position, position + len(line.rstrip())))
            left -= 1
        position += len(line)
    return lines


def find_marked(extraction: Extraction) -> list[Span]:
    """Spans that a colour belongs to: start, end and sort, in order and apart from each other."""
    text = extraction.text
    marked = [(unit.start, unit.end, "unit") for unit in extraction.task_units]
    for indicator in extraction.indicators:
        start = text.find(indicator.name, indicator.start, indicator.end)
        if start >= 0:
            end = start + len(indicator.name)
            marked += [(indicator.start, start, "value"), (start, end, "name"), (end, indicator.end, "value")]
    for period in find_periods(text):
        if not any(start < period.end and period.start < end for start, end, _ in marked):
            marked.append((period.start, period.end, "time"))
    return sorted(set(marked))


def draw_text(extraction: Extraction, lines: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Draw lines of the document with their spans in colour."""
    marked = find_marked(extraction)
    for start, end in lines:
        pieces, position = [], start
        for left, right, sort in marked:
            if start <= left and right <= end and position <= left:
                pieces.append(escape(extraction.text[position:left]))
                words = escape(extraction.text[left:right])
                pieces.append(f'<tspan fill="{COLOURS[sort]}" font-weight="600">{words}</tspan>')
                position = right
        pieces.append(escape(extraction.text[position:end]))
        yield draw_words(MARGIN, 0, "".join(pieces))


def draw_words(x: int, y: int, words: str, fill: str = PLAIN, weight: int = 400) -> str:
    """Draw words that have been escaped already."""
    style = f'fill="{fill}" font-weight="{weight}"'
    return f'<text x="{x}" y="{y}" {style} xml:space="preserve">{words}</text>'


def draw_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Draw a header and rows, cells cut to the width of their column."""
    for number, cells in enumerate(([column.title for column in columns], *rows)):
        x, words = MARGIN, []
        for column, cell in zip(columns, cells, strict=True):
            fill, weight = COLOURS.get(column.sort, PLAIN), 400 if number else 600
            words.append(draw_words(x, 0, escape(cut(cell, column.width)), fill, weight))
            x += column.width
        yield "".join(words) + f'<path d="M{MARGIN} 7H{WIDTH - MARGIN}" stroke="{RULE}"/>'


def cut(cell: str, width: int) -> str:
    """Cut a cell to a width in pixels; ``…`` says that something is missing."""
    room = int(width / CHARACTER_WIDTH) - 1
    return cell if len(cell) <= room else cell[: room - 1].rstrip() + "…"


def format_task(task: Task) -> list[str]:
    """Give the cells of a task, in the order of TASK_COLUMNS."""
    lead, support = "; ".join(task.lead), "; ".join(task.support)
    return [task.group, task.text, lead, support, task.due_date, task.recurrence]


def format_indicator(one: Indicator) -> list[str]:
    """Give the cells of an indicator, in the order of INDICATOR_COLUMNS."""
    return [one.kind, one.name, one.comparator, f"{one.value:g}", one.unit, one.period, one.period_source]


def draw_picture() -> str:
    """Draw the whole picture; gives SVG."""
    extraction = extract_document(SAMPLE)
    lines = find_lines(extraction.text)

    def is_shown(record: Task | Indicator) -> bool:
        return any(start <= record.start < end for start, end in lines)

    tasks = [format_task(task) for task in extraction.tasks if is_shown(task)]
    indicators = [format_indicator(one) for one in extraction.indicators if is_shown(one)]
    top, parts = MARGIN + LINE_HEIGHT, []
    for title, drawn in (
        (SAMPLE.name, draw_text(extraction, lines)),
        ("tasks.csv", draw_table(TASK_COLUMNS, tasks)),
        ("indicators.csv", draw_table(INDICATOR_COLUMNS, indicators)),
    ):
        parts.append(draw_words(MARGIN, top, escape(title), QUIET))
        for line in drawn:
            top += LINE_HEIGHT
            parts.append(f'<g transform="translate(0 {top})">{line}</g>')
        top += 2 * LINE_HEIGHT
    height = top - LINE_HEIGHT
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
    style = f'height="{height}" font-family="{FONT}" font-size="12" role="img">'
    label = "<title>Lines of a plan, and the tasks and indicators read from them</title>"
    frame = f'<rect width="{WIDTH}" height="{height}" rx="8" fill="#ffffff" stroke="{RULE}"/>'
    return "\n".join([head + style, label, frame, *parts, "</svg>"]) + "\n"


def main() -> int:
    """Write the picture."""
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(draw_picture(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
