"""Text beside the body: footnotes and endnotes behind it, a letterhead that was put into the page header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.readers.word.body import Story
from extract.readers.word.names import REFERENCE, WORD, Element
from extract.readers.word.package import Package
from extract.spans import Block

NOTE_SORTS = ("footnote", "endnote")
HEAD_BLOCKS = 30
LETTERHEAD_LINE = re.compile(
    r"C[OỘ]NG\sH[OÒ][AÀ]\sX[AÃ]\sH[OỘ]I|ĐẢNG\sC[OỘ]NG\sS[AẢ]N\sVI[EỆ]T|\AS[ốỐ]\s?:.*/", re.DOTALL
)
"""What stands once at the head of a document: the motto, the Party's name, the number."""


def read_notes(package: Package, body: Element, story: Story) -> list[Block]:
    """Read the notes that a body refers to in the order of their marks, with their numbers: ``[1] ...``."""
    blocks: list[Block] = []
    number = 0
    for sort in NOTE_SORTS:
        path = _related(package, f"{sort}s")
        root = package.tree(path) if path else None
        if root is None:
            continue
        notes = {
            note.get(f"{WORD}id"): note for note in root.iterfind(WORD + sort) if not note.get(f"{WORD}type")
        }
        for mark in body.iter(f"{WORD}{sort}Reference"):
            if next(mark.iterancestors(f"{WORD}del", f"{WORD}moveFrom"), None) is not None:
                continue
            note = notes.pop(mark.get(f"{WORD}id"), None)
            read = story.read(note) if note is not None else []
            if read:
                number += 1
                blocks += _numbered(read, number)
    return blocks


def read_head(package: Package, body: Element, story: Story, blocks: Sequence[Block]) -> list[Block]:
    """Read a letterhead that stands in the header of the first page and not in the body; else nothing.

    Running headers (titles, page numbers, names of files) are no text of the document.
    """
    if any(LETTERHEAD_LINE.search(block.text) for block in blocks[:HEAD_BLOCKS]):
        return []
    section = next(body.iter(f"{WORD}sectPr"), None)
    if section is None:
        return []
    keys = {
        element.get(f"{WORD}type", "default"): element.get(f"{REFERENCE}id", "")
        for element in section.iterfind(f"{WORD}headerReference")
    }
    first = section.find(f"{WORD}titlePg") is not None and "first" in keys
    relation = package.relations(package.main).get(keys.get("first" if first else "default", ""))
    root = package.tree(relation.target) if relation is not None and not relation.external else None
    read = story.read(root) if root is not None else []
    return read if any(LETTERHEAD_LINE.search(block.text) for block in read) else []


def _related(package: Package, sort: str) -> str:
    relations = package.relations(package.main).values()
    return next(
        (relation.target for relation in relations if relation.sort == sort and not relation.external), ""
    )


def _numbered(blocks: list[Block], number: int) -> list[Block]:
    first = blocks[0]
    if first.kind == "table":
        return [Block("paragraph", f"[{number}]"), *blocks]
    return [replace(first, text=f"[{number}] {first.text}", bold=False), *blocks[1:]]
