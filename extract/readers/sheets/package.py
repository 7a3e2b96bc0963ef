"""Members of a ZIP package and their XML as a stream, within bounds and without entities."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Protocol
from xml.parsers import expat

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 128 * 1024 * 1024
"""Of the XML of one sheet; those of real annexes stay below 20 MB."""
MAX_PACKAGE_BYTES = 256 * 1024 * 1024
"""Of all members that are read."""
MAX_TAGS = 12_000_000
"""Tags that are read in all members: some ten seconds of work."""
CHUNK_BYTES = 1 << 16
MAX_KNOWN_NAMES = 10_000
NAMESPACE_END = " "


class PackageError(ValueError):
    """A package cannot be read; the message says why."""


class StreamCut(Exception):  # noqa: N818 - no error: what came before the bound stands
    """A member is longer, or holds more tags, than is read of it."""


class ElementHandler(Protocol):
    """What takes the elements of an XML member; names come without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, data: str) -> None:
        """Take a stretch of the text within it."""


class Package:
    """A ZIP package of XML members, read by name in any case; a bound of bytes and tags over all.

    Raises ``PackageError`` for what is no ZIP file.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
            infos = self._file.infolist()
        except (
            zipfile.BadZipFile,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            struct.error,
        ) as error:
            raise PackageError(str(error)) from error
        if len(infos) > MAX_MEMBERS:
            raise PackageError(f"it holds {len(infos):,} members")
        self._members = {_member_name(info.filename): info for info in infos}
        self._bytes_left = MAX_PACKAGE_BYTES
        self._tags_left = MAX_TAGS

    def __contains__(self, name: str) -> bool:
        return _member_name(name) in self._members

    def names(self) -> list[str]:
        """Give the names of the members, lower case, in the order of the package."""
        return list(self._members)

    def is_encrypted(self, name: str) -> bool:
        """Say whether a member is locked by a password of the ZIP file."""
        return bool(self._members[_member_name(name)].flag_bits & 1)

    def parse(self, name: str, handler: ElementHandler) -> None:
        """Hand the elements of a member to a handler.

        Raises ``PackageError`` for a member that is missing, damaged or declares a document type, and
        ``StreamCut`` at a bound; the handler then has what came before.
        """
        info = self._members.get(_member_name(name))
        if info is None:
            raise PackageError(f"its member {name} is missing")
        parser = self._build_parser(handler)
        left = min(MAX_MEMBER_BYTES, self._bytes_left)
        try:
            with self._file.open(info) as stream:
                while chunk := stream.read(min(CHUNK_BYTES, left)):
                    left -= len(chunk)
                    self._bytes_left -= len(chunk)
                    self._tags_left -= chunk.count(b"<")
                    if self._tags_left < 0:
                        raise StreamCut
                    parser.Parse(chunk, False)
                if not left and stream.read(1):
                    raise StreamCut
            parser.Parse(b"", True)
        except PackageError:
            raise
        except (expat.ExpatError, LookupError, ValueError) as error:
            # The last two are what an unknown encoding comes to.
            raise PackageError(f"the XML of its member {name} is damaged ({error})") from error
        except (
            struct.error,
            zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
        ) as error:  # fmt: skip
            raise PackageError(f"its member {name} is damaged ({error})") from error

    @staticmethod
    def _build_parser(handler: ElementHandler) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=NAMESPACE_END)
        parser.buffer_text = True
        local = _LocalNames()
        parser.StartElementHandler = lambda name, attributes: handler.start(local[name], attributes)
        parser.EndElementHandler = lambda name: handler.end(local[name])
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = _refuse_document_type
        return parser


class _LocalNames(dict[str, str]):
    """Names without their namespace, each cut once."""

    def __missing__(self, name: str) -> str:
        local = name[name.rfind(NAMESPACE_END) + 1 :]
        if len(self) < MAX_KNOWN_NAMES:
            self[name] = local
        return local


def _refuse_document_type(*_: object) -> None:
    # No office program writes one, and only a document type can define entities.
    raise PackageError("it declares a document type")


def _member_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
