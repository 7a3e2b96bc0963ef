"""Attribute lines under an item: ``Đơn vị chủ trì: ...``, ``Thời gian thực hiện: ...``, ``Sản phẩm: ...``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.folding import fold_tones
from extract.knowledge.tables import read_table
from extract.structure.outline import Node, Outline

LABEL = re.compile(r"(?P<label>[^\W\d_][^:.;,\n()]{2,40}?)\s*+(?:\([^()]{0,40}\)\s*+)?:\s*+")
"""A few words and a colon, a remark in brackets between them."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A labelled line: what the label stands for, and where what it says begins and ends."""

    role: str
    start: int
    end: int


@cache
def _labels() -> dict[str, str]:
    return {fold_tones(row["phrase"]): row["role"] for row in read_table("attributes")}


def read_attribute(outline: Outline, node: Node) -> Attribute | None:
    """Read a node as an attribute line; None when its words are no label of ``attributes.csv``.

    The offsets are those of what follows the label in the text of the outline.
    """
    match = LABEL.match(outline.text, node.start, node.end)
    if match is None:
        return None
    role = _labels().get(" ".join(fold_tones(match["label"]).split()))
    return Attribute(role, match.end(), node.end) if role else None
