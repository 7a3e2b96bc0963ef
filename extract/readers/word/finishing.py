"""The last touch to the blocks of a Word document: words in encodings older than Unicode."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.readers.legacy import turn_legacy_words
from extract.readers.word.inline import CAPITALS_FONT_END, CAPITALS_FONT_START
from extract.spans import Block, ReadProblem

CAPITALS = re.compile(f"{CAPITALS_FONT_START}([^{CAPITALS_FONT_END}]*+){CAPITALS_FONT_END}?")
SEAM = CAPITALS_FONT_END + CAPITALS_FONT_START
"""Between two runs of one font: the word goes on."""
NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def turn_legacy_blocks(blocks: Sequence[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """Turn the words of TCVN3 and VNI letters in blocks; give the blocks and the names of the encodings met.

    All text of a document is looked at together, since a few words prove little. Text that was set in a
    TCVN3 font of capitals becomes capitals where the document has words of TCVN3, and only there.

    >>> turn_legacy_blocks([Block("paragraph", "Triển khai kÕ ho¹ch n¨m 2031")])[0][0].text
    'Triển khai kế hoạch năm 2031'
    """
    strings = [text for block in blocks for text in _texts(block)]
    printed = "\n".join(strings)
    whole = NOT_TEXT.sub("", printed).replace(SEAM, "")
    turned, encodings = turn_legacy_words(CAPITALS.sub(r"\1", whole))
    if "tcvn3" in encodings and CAPITALS_FONT_START in whole:
        # The marks part no word: they stand where a font begins or ends.
        turned, _ = turn_legacy_words(whole)
        turned = CAPITALS.sub(lambda match: match[1].upper(), turned)
    if turned == printed:
        return list(blocks), encodings
    lines = iter(turned.split("\n"))
    finished = []
    for block in blocks:
        texts = ["\n".join(next(lines) for _ in range(text.count("\n") + 1)) for text in _texts(block)]
        finished.append(_with_texts(block, texts))
    return finished, encodings


def tell_legacy(encodings: Sequence[str]) -> list[ReadProblem]:
    """Give the warning that words of legacy encodings were converted, none where there were none."""
    if not encodings:
        return []
    names = ", ".join(f"{name} letters in Unicode text" for name in encodings)
    message = f"The text is in a legacy encoding ({names}) and was converted. Check its first lines."
    return [ReadProblem("legacy_encoding", message)]


def _texts(block: Block) -> list[str]:
    return [cell for row in block.rows for cell in row] if block.kind == "table" else [block.text]


def _with_texts(block: Block, texts: list[str]) -> Block:
    if block.kind != "table":
        return replace(block, text=texts[0])
    cells = iter(texts)
    return replace(block, rows=tuple(tuple(next(cells) for _ in row) for row in block.rows))
