"""Reads web pages: the article of a page of a site, or a document that was saved as a page."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from lxml.html import HtmlElement

from extract.readers.legacy import turn_legacy_words
from extract.readers.text import EMPTY_FILE, read_text
from extract.readers.web.article import has_letterhead, select_article
from extract.readers.web.attributes import find_box, tell_attributes
from extract.readers.web.description import (
    Description,
    is_telling,
    read_description,
    read_posted_note,
)
from extract.readers.web.flow import Piece, read_pieces
from extract.readers.web.parsing import (
    MAX_CONTENT_BYTES,
    MAX_ELEMENTS,
    MAX_MARKUP_BYTES,
    Markup,
    count_elements,
    drop_embedded_data,
    has_tags,
    parse_markup,
)
from extract.readers.web.pruning import prune
from extract.spans import DEFAULT_OPTIONS, Block, ReadOptions, ReadProblem, Source

MEDIA_TYPE = "text/html"


def read_html(name: str, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    """Read a web page into paragraphs and tables in reading order.

    ``content`` is the whole file, ``name`` its path; ``options`` changes nothing here. Of a page of a site
    only the article is read, with its headline; a document that was saved as a page is read as a whole.
    Nothing that the page refers to is fetched. Raises nothing: what went wrong stands in ``problems``, as
    an error ``empty_file``, ``no_text`` or ``too_large``, or as a warning ``legacy_encoding``,
    ``undecodable_bytes`` or ``deep_nesting``. A file without any tag is read as plain text.

    >>> read_html("a.html", "<p>T<b>ổ</b>ng<ol><li>Rà soát<li>Báo cáo</ol>".encode()).blocks[1].text
    '1. Rà soát'
    """
    if len(content) > MAX_CONTENT_BYTES:
        return _fail(_too_large(len(content), MAX_CONTENT_BYTES))
    content = drop_embedded_data(content)
    if len(content) > MAX_MARKUP_BYTES:
        return _fail(_too_large(len(content), MAX_MARKUP_BYTES))
    if (elements := count_elements(content)) > MAX_ELEMENTS:
        return _fail(_too_large(elements, MAX_ELEMENTS, "elements"))
    if not content.strip():
        return _fail(EMPTY_FILE)
    if not has_tags(content):
        return read_text(name, content)
    markup = parse_markup(content)
    if markup.tree is None:
        return _fail(NO_TEXT)
    source = _read_tree(markup, markup.tree)
    return source if source.published else replace(source, published=read_posted_note(content))


NO_TEXT = ReadProblem(
    "no_text", "The page holds no text. Save it from the browser after it has loaded, or as PDF.", "error"
)
"""Pages that scripts fill in the browser are empty in the file."""


def _fail(problem: ReadProblem) -> Source:
    return Source(MEDIA_TYPE, (), problems=(problem,))


def _too_large(size: int, limit: int, unit: str = "bytes") -> ReadProblem:
    message = f"The page has {size:,} {unit}, more than the limit of {limit:,}. Split it into its documents."
    return ReadProblem("too_large", message, "error")


def _read_tree(markup: Markup, tree: HtmlElement) -> Source:
    description = read_description(tree)
    body = tree if tree.tag == "body" else tree.find(".//body")
    body = tree if body is None else body
    prune(body)
    pieces = read_pieces(body)
    box = find_box(pieces)
    boxed = set(map(id, box.pieces))
    article = select_article(body, [p for p in pieces if id(p) not in boxed], description.title)
    article = tell_attributes(box, article) + article if article else box.pieces
    blocks = _build_blocks(article, description)
    blocks, legacy = _turn_legacy(blocks)
    problems = _tell_problems(markup, legacy)
    if not blocks:
        problems.append(NO_TEXT)
    return Source(
        MEDIA_TYPE,
        tuple(blocks),
        problems=tuple(problems),
        title=description.title,
        published=description.published,
        publisher=description.publisher,
    )


def _build_blocks(pieces: list[Piece], description: Description) -> list[Block]:
    """Give the blocks, the title before them where the text lacks it and has no letterhead of its own."""
    blocks = [_build_block(piece) for piece in pieces]
    if blocks and not description.office and not has_letterhead(pieces) and is_telling(description.title):
        wanted = _letters(description.title)
        if not any(wanted in _letters(block.raw) for block in blocks):
            blocks.insert(0, Block("paragraph", description.title, bold=True))
    return blocks


def _build_block(piece: Piece) -> Block:
    if piece.rows:
        rows = tuple(tuple(unicodedata.normalize("NFC", cell) for cell in row) for row in piece.rows)
        return Block("table", rows=rows, merged=piece.merged)
    if piece.verbatim:
        return Block("lines", unicodedata.normalize("NFC", piece.text))
    return Block("paragraph", unicodedata.normalize("NFC", piece.text), bold=piece.bold)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _turn_legacy(blocks: list[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """Turn legacy letters with the whole text at hand; cells and paragraphs stand one a line meanwhile."""
    joined = "\0".join("\1".join(_cells(block)) if block.rows else block.text for block in blocks)
    turned, legacy = turn_legacy_words(joined)
    if not legacy:
        return blocks, ()
    result = []
    for block, text in zip(blocks, turned.split("\0"), strict=True):
        if not block.rows:
            result.append(replace(block, text=text))
            continue
        cells = iter(text.split("\1"))
        result.append(replace(block, rows=tuple(tuple(next(cells) for _ in row) for row in block.rows)))
    return result, legacy


def _cells(block: Block) -> list[str]:
    return [cell for row in block.rows for cell in row]


def _tell_problems(markup: Markup, legacy: tuple[str, ...]) -> list[ReadProblem]:
    problems = []
    names = [] if markup.encoding.startswith("utf-") else [markup.encoding]
    names += [f"{name} letters in Unicode text" for name in legacy]
    if names and (legacy or markup.encoding != "cp1252"):
        message = f"The page is in a legacy encoding ({', '.join(names)}) and was converted."
        problems.append(ReadProblem("legacy_encoding", f"{message} Check its first lines."))
    if markup.undecodable:
        message = f"{markup.undecodable} places could not be decoded and are marked with U+FFFD."
        problems.append(ReadProblem("undecodable_bytes", f"{message} Save the page as UTF-8."))
    if markup.flattened:
        message = "Elements are nested too deeply; the inner ones were read as plain paragraphs."
        problems.append(ReadProblem("deep_nesting", f"{message} Check tables and lists."))
    return problems
