"""What a number in a table means by its column: unit, kind, period and the measure that the header names."""

from __future__ import annotations

import re

from extract.folding import fold_tones
from extract.knowledge.units import link_unit
from extract.mentions.periods import parse_period_cell
from extract.records.drafts import Reading
from extract.records.indicator_drafts import Setting, Stretch
from extract.records.indicator_kinds import AHEAD, MONEY_MEASURED
from extract.records.indicator_periods import find_title_period
from extract.records.row_names import UNIT_IN_NAME
from extract.schema import IndicatorKind, PeriodSource
from extract.spans import Period, Quantity
from extract.structure.columns import Column
from extract.structure.tables import Row, Table, cell_text

UNIT_IN_TITLE = re.compile(r"(?:ĐVT|Đơn vị tính|Đơn vị|đơn vị tính)\s?:\s?(?P<unit>[%‰]|[^\n();.]{1,40})")
"""``Đơn vị tính: người`` above a table."""
COMPARISON = re.compile(
    r"so với|so sánh|tỷ lệ (?:đạt|so|thực hiện)|đạt tỷ lệ|% (?:thực hiện|so|đạt)|đạt \(?%"
)
"""Headers, folded, of columns that compare two others: their values are percentages."""
MONTHS = re.compile(r"\b\d{1,2} tháng\b", re.IGNORECASE)
"""A header of months whose year stands elsewhere: ``Thực hiện 10 tháng``."""
PLAN_IN_HEADER = re.compile(r"\b(?:kế hoạch|kh|chỉ tiêu|mục tiêu)\b")
"""In a folded header: what a result is compared with."""
BARE_COUNT = re.compile(r"(?:tổng )?số lượng(?: (?:cần|dự kiến|đề nghị|hiện có|thực hiện)){0,2}|sl|tổng số")
"""A folded header that says no more than that something is counted: the row alone is the name."""
COUNTED = re.compile(r"(?:tổng )?số (?P<unit>[^\d(),;/]{2,30})")
"""A folded header that names what it counts: ``Số hộ``."""
TITLES_OF_TABLE = 3
"""So many lines above a table may tell what it is for."""


def is_comparison(column: Column) -> bool:
    """Tell a column that compares two others.

    >>> is_comparison(Column("value", "So với kế hoạch (%)"))
    True
    """
    return column.role == "value" and bool(COMPARISON.search(fold_tones(column.header)))


def name_value(name: str, column: Column) -> str:
    """Put a row's name together with the measure that its column names.

    >>> name_value("Cầu Ngòi Hóp", Column("measure", "Chiều dài (m)"))
    'Cầu Ngòi Hóp - Chiều dài'
    >>> name_value("Máy in", Column("measure", "Số lượng"))
    'Máy in'
    """
    if is_comparison(column):
        return f"{name} - {column.header}"
    header = " ".join(UNIT_IN_NAME.sub("", column.header).split()).strip(" .:;*")
    if column.role != "measure" or BARE_COUNT.fullmatch(fold_tones(header)):
        return name
    return f"{name} - {header}"


def read_cell_kind(
    reading: Reading, table: Table, index: int, quantity: Quantity, stretch: Stretch, setting: Setting
) -> IndicatorKind:
    """Say of a cell's number whether it was reached, is to be reached, or is money to be spent."""
    column = table.columns[index]
    if column is None or column.role == "value":
        reached = column is not None and (column.result or is_comparison(column))
        return "result" if reached and not _compares_plan(table, index) else "target"
    if column.result:
        return "result"
    if quantity.kind == "money" and not MONEY_MEASURED.search(fold_tones(column.header)):
        return "budget"
    told = setting.report or stretch.role == "situation"
    return "result" if told and not _is_ahead(reading, stretch, setting) else "target"


def _is_ahead(reading: Reading, stretch: Stretch, setting: Setting) -> bool:
    """Tell by the lines above it a table of what is to come."""
    for start, end in stretch.titles[:TITLES_OF_TABLE]:
        if AHEAD.search(reading.text, start, end):
            return True
        if any(p.last_day > setting.issued for p in reading.mentions.periods_in(start, end)):
            return True
    return False


def _compares_plan(table: Table, index: int) -> bool:
    """Tell a column that sets the plan left of it against what was reached from one that judges a result."""
    column = table.columns[index]
    if column is None or not is_comparison(column):
        return False
    if PLAN_IN_HEADER.search(fold_tones(column.header)):
        return False
    before = [c for c in table.columns[:index] if c is not None and c.role == "value"]
    return bool(before) and not before[-1].result


def read_unit(reading: Reading, table: Table, row: Row, column: Column, stretch: Stretch) -> str:
    """Find the unit of a cell: of its column, its row, or the whole table; empty when none is printed."""
    if is_comparison(column):
        return "%"
    units = table.column("unit")
    cell = row.cells.get(units) if units is not None else None
    in_row = cell_text(reading.text, cell).lower() if cell else ""
    own = _header_unit(column) if column.role == "measure" else ""
    # Mức thu (đồng) beside đồng/lượt: the row says the same more closely.
    if own and not in_row.startswith(f"{own}/"):
        return own
    if in_row:
        return in_row
    named = UNIT_IN_NAME.search(reading.text, stretch.start, stretch.end)
    if named and (column.role == "value" or link_unit(named["unit"])):
        return named["unit"].strip().lower()
    header = next(
        (c.header for c in table.columns if c is not None and c.role in ("indicator", "content")), ""
    )
    for words in (header, *(reading.text[a:b] for a, b in stretch.titles[:TITLES_OF_TABLE])):
        titled = UNIT_IN_TITLE.search(words) or UNIT_IN_NAME.search(words)
        if titled:
            return titled["unit"].strip().lower()
    return "%" if fold_tones(reading.text[stretch.start : stretch.end]).startswith(("tỷ lệ", "tỉ lệ")) else ""


def _header_unit(column: Column) -> str:
    printed = UNIT_IN_NAME.search(column.header)
    if printed:
        return printed["unit"].strip().lower()
    folded = fold_tones(column.header)
    if folded.startswith(("tỷ lệ", "tỉ lệ")):
        return "%"
    counted = COUNTED.match(folded)
    words = counted["unit"].split() if counted else []
    lengths = range(len(words), 0, -1)
    return next((unit for n in lengths if (unit := " ".join(words[:n])) and link_unit(unit)), "")


def find_column_period(
    reading: Reading, table: Table, index: int, stretch: Stretch, setting: Setting, kind: IndicatorKind
) -> tuple[Period | None, PeriodSource]:
    """Find the period of a column: in its header, in a column before it, or above the table."""
    column = table.columns[index]
    header = column.header if column is not None else ""
    period = parse_period_cell(header)
    if period is not None and period.value:
        return period, "heading"
    if MONTHS.search(header):
        year, source = find_title_period(reading, stretch, "target", setting.period)
        months = parse_period_cell(f"{header} năm {year.value[:4]}") if year else None
        return (months, source) if months else (year, source)
    if kind == "result" or COMPARISON.search(fold_tones(header)):
        dated = (_period_of(c) for c in reversed(table.columns[:index]))
        before = next((p for p in dated if p is not None), None)
        if before is not None:
            return before, "heading"
    return find_title_period(reading, stretch, "target", setting.period)


def _period_of(column: Column | None) -> Period | None:
    if column is None or column.role != "value":
        return None
    period = parse_period_cell(column.header)
    return period if period is not None and period.value else None
