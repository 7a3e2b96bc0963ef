"""The same texts in every format, made once and kept until a text or the way of making changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rendering.manuscript import read_manuscript
from rendering.office import FILTERS, convert_documents, find_print_font
from rendering.scans import scan_pages
from rendering.word import FONT, Markers, build_word_document

FORMATS = ("docx", "doc", "odt", "rtf", "pdf", "html", "scan")
SOURCES: dict[str, Markers] = {
    "docx-apart": "counted apart",
    "docx-typed": "typed",
    "docx-printed": "counted",
}
"""Word documents that other formats are converted from."""
SOURCE_OF = {"doc": "docx-apart", "rtf": "docx-apart", "html": "docx-typed", "pdf": "docx-printed"}
"""HTML has no numbering like ``a)`` or ``1.1.``, DOC and RTF come out of LibreOffice without overrides, and
pages are printed with a font that is there."""
SUFFIXES = {"scan": "pdf", **dict.fromkeys(SOURCES, "docx")}
RECORD = "made.json"
RENDERING = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its gold; documents made from it carry the stem of the gold's source."""

    path: Path
    gold: Path

    @property
    def stem(self) -> str:
        """The name of all its documents, without suffix."""
        return self.path.stem


def make_documents(texts: Sequence[Text], format_name: str, folder: Path) -> list[Path]:
    """Make the documents of one format in ``folder/<format>`` and give their paths, in the order of texts.

    A document that was made from the same text in the same way is taken as it lies there.
    """
    ours = folder / format_name
    ours.mkdir(parents=True, exist_ok=True)
    suffix = SUFFIXES.get(format_name, format_name)
    paths = [ours / f"{text.stem}.{suffix}" for text in texts]
    record = _read_record(ours)
    keys = {text.stem: _key(text) for text in texts}
    stale = [
        (text, path)
        for text, path in zip(texts, paths, strict=True)
        if record.get(text.stem) != keys[text.stem] or not path.is_file()
    ]
    if stale:
        MAKERS[format_name]([text for text, _ in stale], format_name, folder)
        record |= {text.stem: keys[text.stem] for text, _ in stale}
        (ours / RECORD).write_text(json.dumps(record, indent=1, sort_keys=True), encoding="utf-8")
    return paths


def _read_record(folder: Path) -> dict[str, str]:
    path = folder / RECORD
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _key(text: Text) -> str:
    """Digest of what is to be printed and of the code that prints it."""
    parts = read_manuscript(text.path.name, text.path.read_bytes())
    digest = hashlib.sha256(f"{find_print_font()}{parts!r}".encode())
    for source in sorted(RENDERING.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _write_word(texts: Sequence[Text], format_name: str, folder: Path) -> None:
    for text in texts:
        parts = read_manuscript(text.path.name, text.path.read_bytes())
        target = folder / format_name / f"{text.stem}.docx"
        font = find_print_font() if format_name == "docx-printed" else FONT
        target.write_bytes(build_word_document(parts, SOURCES.get(format_name, "counted"), font))


def _convert(texts: Sequence[Text], format_name: str, folder: Path) -> None:
    sources = make_documents(texts, SOURCE_OF.get(format_name, "docx"), folder)
    convert_documents(sources, format_name, folder / format_name)


def _write_scans(texts: Sequence[Text], format_name: str, folder: Path) -> None:
    for text, source in zip(texts, make_documents(texts, "pdf", folder), strict=True):
        (folder / format_name / f"{text.stem}.pdf").write_bytes(scan_pages(source.read_bytes()))


MAKERS: dict[str, Callable[[Sequence[Text], str, Path], None]] = {
    **dict.fromkeys(FILTERS, _convert),
    **dict.fromkeys(["docx", *SOURCES], _write_word),
    "scan": _write_scans,
}
