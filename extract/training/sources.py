"""Documents to learn from: gold files beside their documents, and documents without right answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from extract.archive.documents import UnreadError, read_content, read_item
from extract.archive.inputs import ItemStream, find_inputs
from extract.errors import GoldError
from extract.evaluation.gold import read_gold
from extract.pipeline import Analysis, analyse, bound_source
from extract.schema import Document
from extract.spans import Source
from extract.structure.clean import clean


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that has been read: its name as in a dataset, content hash and blocks."""

    name: str
    digest: str
    source: Source

    def document(self) -> Document:
        """Give a new row for the document."""
        row = Document(self.digest[:16], self.name, self.digest, self.source.media_type)
        row.title, row.issued = self.source.title, self.source.published
        return row

    def analyse(self) -> Analysis | None:
        """Judge its sections and items by the rules; None when nothing of administration is in it."""
        return analyse(self.document(), clean(bound_source(self.source)[0]))


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A gold file and its document."""

    path: Path
    gold: dict[str, Any]
    file: ReadFile


def read_gold_documents(gold_files: Sequence[Path], folders: Sequence[Path]) -> list[GoldDocument]:
    """Read gold files and their documents.

    Takes the gold files and the folders (or archives) that hold their documents, in any depth; a document
    is found by the name that the gold gives it, or by its file name. Raises GoldError for a gold file that
    cannot be read, or whose document is not there, cannot be read or is one of several of its name.
    """
    golds = [(path, read_gold(path)) for path in gold_files]
    found: dict[str, dict[str, ReadFile]] = {_file_name(gold["source"]): {} for _, gold in golds}
    for file in read_files(folders, found):
        found[_file_name(file.name)].setdefault(file.digest, file)
    return [GoldDocument(path, gold, _choose(path, gold["source"], found)) for path, gold in golds]


def list_others(documents: Sequence[GoldDocument], number: int) -> list[int]:
    """Give the numbers of the documents other than the one with that number.

    A file of which there are two gold files, of different pages, is one document.
    """
    digest = documents[number].file.digest
    return [other for other, document in enumerate(documents) if document.file.digest != digest]


def read_files(inputs: Sequence[Path], wanted: Collection[str] | None = None) -> Iterator[ReadFile]:
    """Read the documents of files, folders and archives, in the order of their names.

    ``wanted`` leaves out all but those file names. What cannot be read is left out. Raises UsageError for
    inputs that do not exist.

    >>> list(read_files([]))
    []
    """
    for item in ItemStream(find_inputs(inputs)):
        if wanted is not None and _file_name(item.source) not in wanted:
            continue
        try:
            content = read_content(item)
            source = read_item(item, content)
        except UnreadError:
            continue
        if source.blocks:
            yield ReadFile(item.source, sha256(content).hexdigest(), source)


def _choose(path: Path, name: str, found: dict[str, dict[str, ReadFile]]) -> ReadFile:
    files = list(found[_file_name(name)].values())
    named = [file for file in files if file.name == name] or files
    if len(named) == 1:
        return named[0]
    if named:
        raise GoldError(f"The document {name} of {path} is in several places, with different content.")
    raise GoldError(f"The document {name} of {path} is in none of the places given, or cannot be read.")


def _file_name(source: str) -> str:
    return PurePosixPath(source).name
