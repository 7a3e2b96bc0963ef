"""The stages in order: read, clean, outline, find, judge, interpret, link, tabulate."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from extract.judging.deciding import decide
from extract.judging.model import JudgementModel, load_model
from extract.judging.roles import assign_roles
from extract.judging.rules import Judged, judge_nodes
from extract.mentions.citations import find_citations
from extract.mentions.found import Mentions, find_mentions
from extract.readers import read_source
from extract.records.assemble import build_groups, build_indicator_rows, build_task_rows
from extract.records.confidence import rate_rows
from extract.records.documents import DocumentReading, read_closing, read_document
from extract.records.drafts import Reading, TaskDraft
from extract.records.indicator_tables import build_table_indicators
from extract.records.indicators import Setting, build_indicators
from extract.records.narrative import build_announced_tasks, build_narrative_tasks
from extract.records.positions import put_on_pages
from extract.records.references import build_references
from extract.records.task_tables import build_table_tasks
from extract.records.tasks import build_tasks
from extract.schema import Document, DocumentKind, Extraction, GroupRole, Problem
from extract.spans import DEFAULT_OPTIONS, Block, CleanText, ReadOptions, Source
from extract.structure.clean import clean
from extract.structure.flat_tables import mark_flat_tables
from extract.structure.outline import Outline, build_outline

Packaged = Literal["packaged"]
DEFAULT_ROLES: dict[DocumentKind, GroupRole] = {
    "plan": "task", "dispatch": "task", "directive": "task", "news": "task", "report": "situation",
    "decision": "task", "other": "task",
}  # fmt: skip
"""What stands under no heading is for, by kind of document."""
MAX_CHARACTERS = 2_000_000
"""About 1,000 pages: longer files are archives glued together, and would keep a run waiting for minutes."""


def extract_source(source_name: str, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Extraction:
    """Extract all records of one file.

    ``source_name`` is the path that the dataset names the file by, ``content`` its bytes, ``options`` what
    was asked of the readers. Bad content does not raise: the document comes back with status ``failed``
    and its problems.
    """
    digest = hashlib.sha256(content).hexdigest()
    document = Document(digest[:16], source_name, digest)
    source = read_source(source_name, content, options)
    return extract_read(document, source)


def extract_read(
    document: Document, source: Source, model: JudgementModel | Packaged | None = "packaged"
) -> Extraction:
    """Extract all records of a source that has been read; ``document`` carries its key and name.

    ``model`` judges what the rules are not certain of: the one that the package carries, another, or none.
    """
    document.media_type, document.title, document.issued = source.media_type, source.title, source.published
    document.pages, document.ocr_pages = source.pages, source.ocr_pages
    problems = [
        Problem(document.document_id, document.source, "read", p.severity, p.code, p.message, p.page)
        for p in source.problems
    ]
    failed = any(problem.severity == "error" for problem in problems)
    document.status = "failed" if failed else "partial" if problems else "ok"
    source, cut = bound_source(source)
    if cut is not None:
        problems.append(Problem(document.document_id, document.source, "clean", "warning", *cut))
        document.status = "partial"
    canonical = clean(source)
    if not canonical.text:
        if not problems:
            problems.append(_no_text(document))
        document.status = "failed"
        return Extraction(document, "", [], [], [], [], [], problems)
    return _interpret(document, canonical, problems, load_model() if model == "packaged" else model)


def bound_source(source: Source) -> tuple[Source, tuple[str, str] | None]:
    """Leave out what goes beyond the longest text that is interpreted; also say so, as code and message.

    >>> bound_source(Source("text/plain", (Block("lines", "Kế hoạch"),)))[1] is None
    True
    """
    blocks, left = [], MAX_CHARACTERS
    for block in source.blocks:
        size = len(block.text) + sum(len(cell) for row in block.rows for cell in row)
        if size > left:
            blocks.append(_bound_block(block, left))
            message = (
                f"The document is longer than {MAX_CHARACTERS:,} characters; what follows them was left out. "
                "Split the file into its documents."
            )
            return replace(source, blocks=tuple(blocks)), ("text_cut", message)
        blocks.append(block)
        left -= size
    return source, None


def _bound_block(block: Block, left: int) -> Block:
    """Keep the words, or the rows, of a block that fit into so many characters."""
    end = block.text.rfind(" ", 0, left) + 1 or left
    sizes = accumulate(sum(map(len, row)) for row in block.rows)
    rows = bisect_right(list(sizes), left)
    return replace(block, text=block.text[:end], rows=block.rows[:rows])


def _no_text(document: Document) -> Problem:
    message = "The file holds no text. Check that it is the file you meant, or that it was saved in full."
    return Problem(document.document_id, document.source, "clean", "error", "no_text", message)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of a document before its records are interpreted: all but what the model thinks of it."""

    canonical: CleanText
    whole: DocumentReading
    outline: Outline
    mentions: Mentions
    roles: list[GroupRole]
    judged: list[Judged]
    """What the rules say of every node."""


def analyse(document: Document, canonical: CleanText) -> Analysis | None:
    """Find what stands in a text and judge its sections and items by the rules.

    Fills what the text says of itself into ``document``. Gives None for a text that names no
    administration's work: it is not interpreted further.
    """
    mark_flat_tables(canonical)
    outline = build_outline(canonical)
    whole = read_document(canonical, document)
    read_closing(outline, canonical, document)
    if document.kind == "other" and not whole.administrative:
        return None
    mentions = find_mentions(canonical.text, whole.day)
    roles = assign_roles(outline, _default_role(whole), document.kind in ("plan", "decision"))
    judged = judge_nodes(outline, roles, mentions)
    return Analysis(canonical, whole, outline, mentions, roles, judged)


def _interpret(
    document: Document, canonical: CleanText, problems: list[Problem], model: JudgementModel | None
) -> Extraction:
    analysis = analyse(document, canonical)
    if analysis is None:
        return _with_references(document, canonical, problems)
    outline, mentions, roles, whole = analysis.outline, analysis.mentions, analysis.roles, analysis.whole
    judged = analysis.judged
    if model is not None:
        judged = decide(outline, roles, mentions, judged, document.kind, model)
    reading = Reading(outline, mentions, roles, judged)
    drafts = _task_drafts(reading, whole)
    setting = Setting(
        period=whole.title_period,
        report=document.kind == "report" or not whole.administrative,
        issued=document.issued,
        article=document.kind in ("news", "directive", "dispatch", "other"),
    )
    measured = build_indicators(reading, setting) + build_table_indicators(reading, setting)
    measured.sort(key=lambda draft: (draft.start, draft.end))
    groups, by_heading = build_groups(canonical.text, document.document_id, drafts)
    tasks, units, keys = build_task_rows(canonical.text, document.document_id, drafts, by_heading)
    indicators = build_indicator_rows(
        canonical.text, document.document_id, measured, drafts, by_heading, keys
    )
    if model is not None:
        rate_rows(document, groups, tasks, indicators, model.calibration)
    put_on_pages(canonical, groups, tasks, indicators)
    references = build_references(canonical.text, mentions.citations, document.document_id, document.number)
    document.group_count, document.task_count = len(groups), len(tasks)
    document.indicator_count = len(indicators)
    return Extraction(document, canonical.text, groups, tasks, units, indicators, references, problems)


def _with_references(document: Document, canonical: CleanText, problems: list[Problem]) -> Extraction:
    """Give the documents that an ordinary article names; it tells nothing of plans or their results."""
    references = build_references(
        canonical.text, find_citations(canonical.text), document.document_id, document.number
    )
    return Extraction(document, canonical.text, [], [], [], [], references, problems)


def _default_role(whole: DocumentReading) -> GroupRole:
    if not whole.administrative or not whole.instructs:
        return "other"
    return DEFAULT_ROLES[whole.document.kind]


def _task_drafts(reading: Reading, whole: DocumentReading) -> list[TaskDraft]:
    """Tasks of items, of tables, and of an article's sentences where it has no items."""
    in_tables = build_table_tasks(reading)
    if not whole.administrative:
        return build_announced_tasks(reading) if whole.announces else []
    drafts = build_tasks(reading) + in_tables
    if not drafts and whole.document.kind == "news":
        drafts = build_narrative_tasks(reading)
    if whole.document.kind == "news":
        # A headline tells what the article is about; it hands out nothing.
        drafts = [d for d in drafts if reading.text[d.start : d.end].strip() != whole.document.title]
    return sorted(drafts, key=lambda draft: (draft.start, draft.end))
