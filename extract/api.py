"""One document without files around it: what a notebook or another program calls."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from extract.pipeline import extract_read, extract_source
from extract.readers.text import read_text
from extract.schema import Document, Extraction


def extract_document(source: Path | bytes | str, name: str = "") -> Extraction:
    """Extract all records of one document.

    ``source`` is the file (a ``Path``), its content (``bytes``) or the text itself (``str``, never the
    name of a file). ``name`` is what the records call the document, by default the name of the file; for
    ``bytes`` its suffix tells the format where the first bytes do not. The same content gives the same
    ``document_id`` as in a dataset. Raises OSError when the file cannot be opened. Bad content does not
    raise: the document comes back with status ``failed``, and ``problems`` says why.

    >>> extraction = extract_document('''ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
    ... Số: 99/KH-UBND
    ...
    ... KẾ HOẠCH
    ... Trồng cây xanh năm 2026
    ...
    ... I. NHIỆM VỤ
    ... 1. Sở Tài chính bố trí kinh phí trước ngày 30/6/2026.
    ... ''')
    >>> [(task.lead, task.due_date) for task in extraction.tasks]
    [(('Sở Tài chính',), '2026-06-30')]
    >>> task = extraction.tasks[0]
    >>> extraction.text[task.start : task.end]
    'Sở Tài chính bố trí kinh phí trước ngày 30/6/2026.'
    """
    if isinstance(source, Path):
        return extract_source(name or source.name, source.read_bytes())
    if isinstance(source, bytes):
        return extract_source(name, source)
    # A lone surrogate, as in names that no encoding fits, is for the reader to report.
    content = source.encode("utf-8", "surrogatepass")
    digest = sha256(content).hexdigest()
    return extract_read(Document(digest[:16], name, digest), read_text(name, content))
