"""Citations to references: how this document stands to each document it names."""

from __future__ import annotations

import re

from extract.schema import Reference, Relation
from extract.spans import Citation

BASIS = re.compile(r"\s*(?:Căn cứ|Theo đề nghị|Xét)\b")
"""How a line begins that names what the document rests on."""
IMPLEMENTS = re.compile(
    r"\b(?:thực hiện|triển khai|thi hành|cụ thể hóa|cụ thể hoá)\b[^.;]{0,160}\Z", re.IGNORECASE
)
"""Before a document that this one carries out."""
AMENDS = re.compile(r"\b(?:sửa đổi|bổ sung|thay thế|bãi bỏ|điều chỉnh)\b[^.;]{0,60}\Z", re.IGNORECASE)
"""Before a document that this one changes or replaces."""
LINE_CHARACTERS = 400


def build_references(
    text: str, citations: list[Citation], document_id: str, own_number: str
) -> list[Reference]:
    """Turn the citations of a document into rows; its own number and repeated mentions are left out.

    The first mention decides the relation: ``Căn cứ ...`` basis, ``Thực hiện ...`` implements,
    ``sửa đổi ...`` amends, else cites.
    """
    references: list[Reference] = []
    # A title in capitals hides how a number is written: 27/CT-TTG.
    written = {c.number.casefold(): c.number for c in reversed(citations) if not c.number.isupper()}
    seen: set[tuple[str, str]] = set()
    for citation in citations:
        key = (citation.number.casefold(), citation.issued)
        if citation.number.casefold() == own_number.casefold() or key in seen or (key[0], "") in seen:
            continue
        seen.add(key)
        seen.add((key[0], ""))
        number = written.get(key[0], citation.number)
        references.append(_reference(text, citation, number, document_id))
    return references


def _reference(text: str, citation: Citation, number: str, document_id: str) -> Reference:
    return Reference(
        document_id=document_id,
        number=number,
        kind=citation.kind,
        issued=citation.issued,
        issuer=" ".join(citation.issuer.split()),
        relation=_relation(text, citation),
        quote=" ".join(text[citation.start : citation.end].split()),
        start=citation.start,
        end=citation.end,
    )


def _relation(text: str, citation: Citation) -> Relation:
    line = max(text.rfind("\n", 0, citation.start) + 1, citation.start - LINE_CHARACTERS)
    before = text[line : citation.start]
    if AMENDS.search(before):
        return "amends"
    if BASIS.match(before):
        return "basis"
    return "implements" if IMPLEMENTS.search(before) else "cites"
