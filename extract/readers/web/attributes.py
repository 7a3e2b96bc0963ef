"""The box of attributes beside a document on a law portal: number, day and issuer of what stands below."""

from __future__ import annotations

from extract.readers.web.article import Selection
from extract.readers.web.flow import Piece


def read_attributes(selection: Selection) -> list[Piece]:
    """Give the lines of the box that say what the document itself does not."""
    return []
