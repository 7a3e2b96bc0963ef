"""Who is charged in a stretch of a document, worked out once for all who ask."""

from __future__ import annotations

from extract.mentions.found import Mentions
from extract.mentions.responsible import find_lead
from extract.spans import Organ
from extract.structure.outline import Outline


def find_node_lead(outline: Outline, mentions: Mentions, start: int, end: int) -> list[Organ]:
    """Give the units that ``start``..``end`` of the text charges, as :func:`find_lead` does.

    Rules and model ask this of the same items; what was found is kept with the mentions of the document.
    """
    if (start, end) not in mentions.charged:
        organs = mentions.organs_in(start, end)
        mentions.charged[start, end] = find_lead(outline.text, start, end, organs)
    return mentions.charged[start, end]
