"""Documents to learn from: gold files beside their documents, and documents without right answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from extract.archive.documents import UnreadError, read_content
from extract.archive.inputs import ItemStream, find_inputs
from extract.archive.items import ContainerReport
from extract.errors import GoldError
from extract.evaluation.gold import read_gold
from extract.pipeline import Analysis, analyse, bound_source
from extract.readers import read_source
from extract.schema import Document
from extract.spans import Source
from extract.structure.clean import clean


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that has been read: its name, content hash and blocks."""

    name: str
    digest: str
    source: Source

    def document(self) -> Document:
        """Give a new row for the document."""
        row = Document(self.digest[:16], self.name, self.digest)
        row.media_type, row.title, row.issued = (
            self.source.media_type, self.source.title, self.source.published,
        )  # fmt: skip
        return row

    def analyse(self) -> Analysis | None:
        """Judge its sections and items by the rules; None when nothing of administration is in it."""
        canonical = clean(bound_source(self.source)[0])
        return analyse(self.document(), canonical) if canonical.text else None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A gold file and its document."""

    path: Path
    gold: dict[str, Any]
    file: ReadFile


def read_gold_documents(gold_files: Sequence[Path], folders: Sequence[Path]) -> list[GoldDocument]:
    """Read gold files and their documents.

    Takes the gold files and the folders (or archives) that hold their documents, in any depth; a document
    is found by its file name. Raises GoldError for a gold file that cannot be read, or whose document is
    not there.
    """
    golds = {path: read_gold(path) for path in gold_files}
    wanted = {PurePosixPath(gold["source"]).name for gold in golds.values()}
    files = {PurePosixPath(file.name).name: file for file in read_files(folders, wanted)}
    found = []
    for path, gold in golds.items():
        name = PurePosixPath(gold["source"]).name
        if name not in files:
            raise GoldError(f"The document {name} of {path} is in none of the folders given for documents.")
        found.append(GoldDocument(path, gold, files[name]))
    return found


def read_files(inputs: Sequence[Path], wanted: set[str] | None = None) -> Iterator[ReadFile]:
    """Read the documents of files, folders and archives, in the order of their names.

    ``wanted`` leaves out all but those file names. What cannot be read is left out.
    """
    for item in ItemStream(find_inputs(inputs)):
        name = item.source.rpartition("!/")[2]
        if isinstance(item, ContainerReport) or (wanted and PurePosixPath(name).name not in wanted):
            continue
        try:
            content = read_content(item)
        except UnreadError:
            continue
        source = read_source(name, content)
        if source.blocks:
            yield ReadFile(name, sha256(content).hexdigest(), source)
