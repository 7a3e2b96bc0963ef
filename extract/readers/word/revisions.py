"""What of a document's markup is shown: tracked changes as accepted, one of several alternatives."""

from __future__ import annotations

from collections.abc import Iterator

from extract.readers.word.names import COMPATIBILITY, WORD, Element

REMOVED = frozenset(
    WORD + name for name in ("del", "moveFrom", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr")
)
"""What somebody took out (shown until accepted), and properties, which are read where they are asked for."""
WRAPPERS = frozenset(
    WORD + name
    for name in (
        "ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "dir", "bdo",
    )
)  # fmt: skip
"""Elements that only say something of what they hold."""
CONTROL = f"{WORD}sdt"
ALTERNATIVES, CHOICE, FALLBACK = (COMPATIBILITY + name for name in ("AlternateContent", "Choice", "Fallback"))
CONTENTS_GALLERY = "table of contents"


def shown_children(parent: Element) -> Iterator[Element]:
    """Give the children of an element that are shown, with those of mere wrappers in their place.

    Insertions count, deletions do not; of alternatives the first one that holds anything is taken. Simple
    fields (``w:fldSimple``) are given as they are, since what they show depends on their code.
    """
    stack = [iter(parent)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in REMOVED or not isinstance(child.tag, str):
            continue
        elif child.tag in WRAPPERS:
            stack.append(iter(child))
        elif child.tag == CONTROL:
            if not _holds_contents(child):
                stack.append(iter(child))
        elif child.tag == ALTERNATIVES:
            stack.append(iter(_alternative(child)))
        else:
            yield child


def is_removed(properties: Element | None) -> bool:
    """Say whether the row, cell or paragraph mark of these properties was taken out in a tracked change."""
    if properties is None:
        return False
    return any(
        properties.find(WORD + name) is not None
        for name in ("del", "cellDel", "moveFrom", "rPr/" + WORD + "del")
    )


def _alternative(element: Element) -> list[Element]:
    for option in element:
        if option.tag in (CHOICE, FALLBACK) and len(option):
            return list(option)
    return []


def _holds_contents(control: Element) -> bool:
    """A table of contents that Word keeps up by itself, with its page numbers."""
    gallery = control.find(f"{WORD}sdtPr/{WORD}docPartObj/{WORD}docPartGallery")
    return gallery is not None and gallery.get(f"{WORD}val", "").lower() == CONTENTS_GALLERY
