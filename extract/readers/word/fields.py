"""Fields: their results are text, their codes are not, and some results belong to the printed page only."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.readers.word.names import WORD, Element

HIDDEN_RESULTS = frozenset(
    {"TOC", "INDEX", "TOA", "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "RD", "TC", "XE", "PRIVATE"}
)
"""Tables of contents and page numbers: what they show stands elsewhere, or on no page of ours."""
MAX_CODE_CHARACTERS = 200
FIELD_CHARACTER = f"{WORD}fldChar"


@dataclass(slots=True)
class _Open:
    """A field that has begun: its code so far, and whether its result has."""

    code: str = ""
    in_result: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place of a story; they may reach over paragraphs.

    A field that never ends (in a damaged file) is none: its begin is passed over, so that nothing of the
    text behind it is lost.
    """

    _whole: set[Element] = field(default_factory=set)
    _open: list[_Open] = field(default_factory=list)

    def enter_story(self, root: Element) -> None:
        """Prepare for a part: find which of its fields are whole."""
        self._open.clear()
        begun: list[Element] = []
        for element in root.iter(FIELD_CHARACTER):
            sort = element.get(f"{WORD}fldCharType")
            if sort == "begin":
                begun.append(element)
            elif sort == "end" and begun:
                self._whole.add(begun.pop())
                self._whole.add(element)

    def turn(self, element: Element) -> None:
        """Take a ``w:fldChar``: a field begins, comes to its result, or ends."""
        sort = element.get(f"{WORD}fldCharType")
        if sort == "begin" and element in self._whole:
            self._open.append(_Open())
        elif sort == "separate" and self._open:
            self._open[-1].in_result = True
        elif sort == "end" and element in self._whole and self._open:
            self._open.pop()

    def add_code(self, text: str) -> None:
        """Take a piece of a field's code (``w:instrText``)."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].code = (self._open[-1].code + text)[:MAX_CODE_CHARACTERS]

    @property
    def shown(self) -> bool:
        """Whether text at this place is printed as part of the document."""
        return all(one.in_result and not hides_result(one.code) for one in self._open)


def hides_result(code: str) -> bool:
    r"""Say whether what a field of this code shows is left out.

    >>> hides_result(' TOC \\o "1-3"'), hides_result(" REF _Ref12 "), hides_result("")
    (True, False, False)
    """
    words = code.split(None, 1)
    return bool(words) and words[0].upper() in HIDDEN_RESULTS
