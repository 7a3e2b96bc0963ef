"""The record types, which are also the tables of the dataset: one field is one column.

A field's annotation carries its description, so that the code, the CSV header, ``datapackage.json``
and the documentation can never disagree. This module imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Literal, get_args, get_type_hints

DocumentKind = Literal["plan", "dispatch", "decision", "directive", "report", "news", "other"]
GroupRole = Literal[
    "purpose", "viewpoint", "situation", "target", "task", "assignment", "funding", "annex", "other"
]
TaskOrigin = Literal["item", "paragraph", "table_row", "sentence", "clause"]
TimeSource = Literal["item", "row", "line", "heading", "document", ""]
IndicatorKind = Literal["target", "result", "budget"]
Measure = Literal["level", "increase", "decrease"]
Comparator = Literal["=", ">", ">=", "<", "<=", "~", "range"]
PeriodSource = Literal["sentence", "item", "heading", "document", ""]
UnitRole = Literal["lead", "support"]
Relation = Literal["basis", "implements", "amends", "cites"]
Number = int | float


@dataclass(slots=True)
class Document:
    """A document that was given, also one that failed."""

    document_id: Annotated[str, "First 16 hexadecimal digits of the SHA-256 of the file's bytes"]
    source: Annotated[str, "Path relative to the input root; inside an archive archive.zip!/path"]
    sha256: Annotated[str, "SHA-256 of the file's bytes"] = ""
    media_type: Annotated[str, "Media type that the content was read as"] = ""
    pages: Annotated[int | None, "Number of pages; empty when the format has none"] = None
    ocr_pages: Annotated[int | None, "Number of pages read by OCR"] = None
    kind: Annotated[DocumentKind, "What sort of document it is"] = "other"
    number: Annotated[str, "Number and symbol as printed, spaces removed: 89/KH-UBND"] = ""
    title: Annotated[str, "Title as printed"] = ""
    issuer: Annotated[str, "Issuing organ, short readable form; for news the organ reported on"] = ""
    issuer_unit: Annotated[str, "Canonical name of the issuing organ"] = ""
    province_code: Annotated[str, "Statistics office code of the province as of the date of issue"] = ""
    province: Annotated[str, "Province as of the date of issue"] = ""
    province_code_2025: Annotated[str, "Code of the province after the merger of 1 July 2025"] = ""
    province_2025: Annotated[str, "Province after the merger of 1 July 2025"] = ""
    issued: Annotated[str, "Date of issue, ISO 8601: 2024-12-31, or 2024-12, or 2024"] = ""
    period: Annotated[str, "Years that the document plans for, EDTF: 2023, 2021/2030"] = ""
    period_start: Annotated[str, "First day of the period"] = ""
    period_end: Annotated[str, "Last day of the period"] = ""
    signer: Annotated[str, "Name of the person who signed"] = ""
    group_count: Annotated[int, "Number of rows in groups"] = 0
    task_count: Annotated[int, "Number of rows in tasks"] = 0
    indicator_count: Annotated[int, "Number of rows in indicators"] = 0
    status: Annotated[Literal["ok", "partial", "failed"], "Whether the document could be read"] = "ok"
    duplicate_of: Annotated[str, "document_id of the same text that came in another file"] = ""


@dataclass(slots=True)
class Group:
    """A heading that holds tasks."""

    group_id: Annotated[str, "Key of the group"]
    document_id: Annotated[str, "Document the group stands in"]
    parent_id: Annotated[str, "group_id of the group above; empty at the top"]
    ordinal: Annotated[int, "Position in the document, from 1"]
    level: Annotated[int, "Depth, 1 at the top"]
    marker: Annotated[str, "Number or letter as printed, without trailing point, bracket or colon"]
    path: Annotated[str, "Markers from the top: III / 2 / a"]
    title: Annotated[str, "Text of the heading without its marker"]
    role: Annotated[GroupRole, "What the section under the heading is for"]
    page: Annotated[int | None, "Page, from 1"]
    start: Annotated[int, "Offset of the title in the canonical text"]
    end: Annotated[int, "End of the title in the canonical text, exclusive"]
    reviewed: Annotated[str, "Empty, accepted, corrected or added"] = ""


@dataclass(slots=True)
class Task:
    """An instruction to do something."""

    task_id: Annotated[str, "Key of the task"]
    document_id: Annotated[str, "Document the task stands in"]
    group_id: Annotated[str, "Nearest group above; empty when there is none"]
    group: Annotated[str, "Marker of that group"]
    group_path: Annotated[str, "Path of that group"]
    group_title: Annotated[str, "Title of that group"]
    ordinal: Annotated[int, "Position in the document, from 1"]
    marker: Annotated[str, "Marker of the item as printed, or the number of the table row"]
    text: Annotated[str, "The instruction as printed"]
    action: Annotated[str, "Leading verb phrase: Xây dựng, Triển khai"]
    lead: Annotated[tuple[str, ...], "Units responsible, as printed"]
    support: Annotated[tuple[str, ...], "Units to coordinate with, as printed"]
    product: Annotated[str, "Product, when a column or a line names it"]
    time_text: Annotated[str, "Time expression as printed"]
    start_date: Annotated[str, "First day, ISO 8601; a day in each year is XXXX-12-15"]
    due_date: Annotated[str, "Last day, ISO 8601; a day in each year is XXXX-12-15"]
    recurrence: Annotated[str, "ISO 8601 duration (P1Y, P6M, P3M, P1M, P1W, P1D) or continuous"]
    time_source: Annotated[TimeSource, "Where the time was printed"]
    confidence: Annotated[float, "How sure the reading is, 0 to 1"]
    origin: Annotated[TaskOrigin, "What the task was printed as"]
    page: Annotated[int | None, "Page, from 1"]
    bbox: Annotated[str, "x0,y0,x1,y1 in PDF points, origin top left; empty without pages"]
    start: Annotated[int, "Offset of the text in the canonical text"]
    end: Annotated[int, "End of the text in the canonical text, exclusive"]
    reviewed: Annotated[str, "Empty, accepted, corrected or added"] = ""


@dataclass(slots=True)
class TaskUnit:
    """A unit with a role in a task."""

    task_id: Annotated[str, "Task the unit takes part in"]
    document_id: Annotated[str, "Document the task stands in"]
    ordinal: Annotated[int, "Position among the task's units, from 1"]
    role: Annotated[UnitRole, "lead (chủ trì) or support (phối hợp)"]
    unit_text: Annotated[str, "The unit as printed"]
    unit: Annotated[str, "Canonical name; empty when the vocabulary lacks it"]
    unit_id: Annotated[str, "Stable key of the unit"]
    unit_type: Annotated[str, "Sort of unit"]
    province_code: Annotated[str, "Province of the unit, as of the date of issue"]
    start: Annotated[int, "Offset of the unit's name in the canonical text"]
    end: Annotated[int, "End of the unit's name in the canonical text, exclusive"]


@dataclass(slots=True)
class Indicator:
    """A number that measures something: target, result or budget."""

    indicator_id: Annotated[str, "Key of the indicator"]
    document_id: Annotated[str, "Document the indicator stands in"]
    group_id: Annotated[str, "Nearest group above; empty when there is none"]
    task_id: Annotated[str, "Task the indicator stands inside; empty when there is none"]
    kind: Annotated[IndicatorKind, "To be reached, reached already, or money"]
    name: Annotated[str, "What is measured, as printed"]
    indicator_code: Annotated[str, "Code in the vocabulary; x:... when coined from the name"]
    indicator: Annotated[str, "Canonical name; the normalized name when coined"]
    measure: Annotated[Measure, "The value itself, or by how much it rises or falls"]
    comparator: Annotated[Comparator, "How the value bounds what is measured"]
    value: Annotated[Number, "The number, Vietnamese format and money multipliers resolved"]
    value_high: Annotated[Number | None, "Upper end of a range"]
    unit: Annotated[str, "Unit as printed, lower case"]
    unit_code: Annotated[str, "Unit in UCUM; counted things in braces; currency as ISO 4217"]
    value_base: Annotated[Number | None, "Value in the base unit of the vocabulary"]
    value_high_base: Annotated[Number | None, "Upper end in the base unit"]
    period: Annotated[str, "Year or interval the value is meant for, EDTF"]
    period_start: Annotated[str, "First day of the period"]
    period_end: Annotated[str, "Last day of the period"]
    period_source: Annotated[PeriodSource, "Where the period was printed"]
    lead: Annotated[tuple[str, ...], "Units responsible, as printed"]
    quote: Annotated[str, "The words the indicator was read from"]
    confidence: Annotated[float, "How sure the reading is, 0 to 1"]
    page: Annotated[int | None, "Page, from 1"]
    bbox: Annotated[str, "x0,y0,x1,y1 in PDF points, origin top left; empty without pages"]
    start: Annotated[int, "Offset of the quote in the canonical text"]
    end: Annotated[int, "End of the quote in the canonical text, exclusive"]
    reviewed: Annotated[str, "Empty, accepted, corrected or added"] = ""


@dataclass(slots=True)
class Reference:
    """Another document that this one names."""

    document_id: Annotated[str, "Document that names the other"]
    number: Annotated[str, "Number and symbol of the other document, spaces removed"]
    kind: Annotated[str, "Kind of the other document as printed, lower case: quyết định"]
    issued: Annotated[str, "Date of the other document, ISO 8601"]
    issuer: Annotated[str, "Organ that issued the other document, as printed"]
    relation: Annotated[Relation, "How this document stands to the other"]
    quote: Annotated[str, "The words that name it"]
    start: Annotated[int, "Offset of the quote in the canonical text"]
    end: Annotated[int, "End of the quote in the canonical text, exclusive"]


@dataclass(slots=True)
class Problem:
    """Something that went wrong, and where."""

    document_id: Annotated[str, "Document it happened to"]
    source: Annotated[str, "Path of the document"]
    stage: Annotated[str, "Stage of the pipeline: read, clean, outline, find, judge, interpret, write"]
    severity: Annotated[Literal["warning", "error"], "Whether rows were lost"]
    code: Annotated[str, "Fixed word for the sort of problem"]
    message: Annotated[str, "What happened and what the user can do"]
    page: Annotated[int | None, "Page, from 1"] = None


@dataclass(slots=True)
class Extraction:
    """All records of one document, with the canonical text that their offsets point into."""

    document: Document
    text: str
    groups: list[Group]
    tasks: list[Task]
    task_units: list[TaskUnit]
    indicators: list[Indicator]
    references: list[Reference]
    problems: list[Problem]


TABLES: dict[str, type] = {
    "documents": Document,
    "groups": Group,
    "tasks": Task,
    "task_units": TaskUnit,
    "indicators": Indicator,
    "references": Reference,
    "problems": Problem,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, what it holds and the type of its cells."""

    name: str
    description: str
    kind: Literal["string", "integer", "number", "list"]
    choices: tuple[str, ...]
    optional: bool


def columns(table: str) -> tuple[Column, ...]:
    """Give the columns of a table, in order.

    >>> [column.name for column in columns("task_units")][:3]
    ['task_id', 'document_id', 'ordinal']
    >>> columns("documents")[6].choices[:2]
    ('plan', 'dispatch')
    """
    record = TABLES[table]
    hints = get_type_hints(record, include_extras=True)
    return tuple(_column(field.name, *get_args(hints[field.name])) for field in fields(record))


def _column(name: str, annotation: object, description: str) -> Column:
    members = get_args(annotation)
    choices = tuple(m for m in members if isinstance(m, str)) if _is_literal(annotation) else ()
    optional = type(None) in members or "" in choices
    types = set(members) - {type(None)} or {annotation}
    kind: Literal["string", "integer", "number", "list"] = "string"
    if annotation == tuple[str, ...]:
        kind = "list"
    elif float in types or annotation is float:
        kind = "number"
    elif types == {int}:
        kind = "integer"
    return Column(name, description, kind, tuple(c for c in choices if c), optional)


def _is_literal(annotation: object) -> bool:
    return getattr(annotation, "__origin__", None) is Literal
