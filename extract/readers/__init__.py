"""The formats that can be read: which reader a file goes to, by its first bytes and then by its suffix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath

from extract.spans import ReadProblem, Source


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its reader as ``module:function``, its suffixes and the bytes that its files begin with."""

    reader: str
    suffixes: tuple[str, ...]
    signatures: tuple[bytes, ...] = ()


FORMATS = (Format("extract.readers.text:read_text", (".txt", ".text", ".md", ".markdown")),)
"""A new format is a module of this package and a line here."""
TEXT = FORMATS[0]


def suffixes() -> frozenset[str]:
    """Give the suffixes that are read, lower case with their dot.

    >>> sorted(suffixes() & {".txt", ".md", ".exe"})
    ['.md', '.txt']
    """
    return frozenset(suffix for one in FORMATS for suffix in one.suffixes)


def read_source(name: str, content: bytes) -> Source:
    r"""Read a file with the reader of its format.

    ``name`` is the path of the file (``/`` between folders), ``content`` its bytes. The first bytes
    decide before the suffix does; a file of unknown suffix is read when it is clearly text. Raises
    nothing for bad content: a file that no reader takes has the problem ``unsupported_format``.

    >>> read_source("plan.txt", "Kế hoạch".encode()).blocks[0].text
    'Kế hoạch'
    >>> read_source("plan.xyz", b"\x00\x01\x02").problems[0].code
    'unsupported_format'
    """
    found = _find_format(name, content)
    if found is None:
        return Source("application/octet-stream", (), problems=(_unsupported(name),))
    return _load_reader(found.reader)(name, content)


def _find_format(name: str, content: bytes) -> Format | None:
    for one in FORMATS:
        if one.signatures and content.startswith(one.signatures):
            return one
    suffix = PurePosixPath(name).suffix.lower()
    for one in FORMATS:
        if suffix in one.suffixes:
            return one
    is_plain_text = import_module("extract.readers.text").is_plain_text
    return TEXT if is_plain_text(content) else None


def _load_reader(reader: str) -> Callable[[str, bytes], Source]:
    module, _, function = reader.partition(":")
    loaded: Callable[[str, bytes], Source] = getattr(import_module(module), function)
    return loaded


def _unsupported(name: str) -> ReadProblem:
    known = ", ".join(sorted(suffixes()))
    sort = f"A {suffix} file" if (suffix := PurePosixPath(name).suffix) else "A file without a suffix"
    message = f"{sort} cannot be read. Convert it to one of: {known}."
    return ReadProblem("unsupported_format", message, "error")
