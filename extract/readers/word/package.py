"""The ZIP package of a Word document: its parts and the relations between them, opened without trust.

The rules are those of ECMA-376 part 2 (Open Packaging Conventions). Parts are read into memory within
bounds and never written anywhere; their XML is parsed without entities, DTDs and network.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from extract.readers.word.names import RELATION, STRICT_HOST, STRICT_NAMESPACES, Element
from extract.spans import ReadProblem

MAX_MEMBERS = 10_000
MAX_PART_BYTES = 64 * 1024 * 1024
"""The text of a document of 1,000 pages with all its markup has about 30 MB."""
MAX_PACKAGE_BYTES = 256 * 1024 * 1024
"""So much of all parts together is held in memory."""
MAX_MARKUP_SIGNS = 3_000_000
"""Angle brackets and equal signs of a part: the elements and attributes behind them cost memory and time
whatever they hold. A document of 1,000 pages has about two million."""
READ_BYTES = 1 << 20
ENCRYPTED_MEMBER = 0x1
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What the Open Packaging Conventions allow; others unpack without a bound on memory."""
MAIN_PART = "word/document.xml"


class PackageError(Exception):
    """A package that gives no document; ``problem`` tells the user why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.problem = ReadProblem(code, message, "error")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the path of another part, or an address outside of the package."""

    sort: str
    target: str
    external: bool


class Package:
    """The parts of a package by their paths, without regard to case as the conventions have it.

    Raises PackageError (``corrupt_file``, ``encrypted_file``, ``too_large``) for content that is no
    package, here or when a part is read.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            members = self._archive.infolist()
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise PackageError(
                "corrupt_file",
                f"The file is no whole Word document ({error}). Fetch it again, or repair it in Word.",
            ) from error
        if len(members) > MAX_MEMBERS:
            raise PackageError(
                "too_large",
                f"The file holds {len(members):,} parts, more than any document. Save it anew in Word.",
            )
        self._members = {_fold_path(member.filename): member for member in members}
        self._relations: dict[str, dict[str, Relation]] = {}
        self._read_bytes = 0
        self.damaged: list[str] = []
        """Parts that could be read in part only."""

    def __contains__(self, path: str) -> bool:
        return _fold_path(path) in self._members

    @cached_property
    def main(self) -> str:
        """The path of the part that holds the text."""
        for relation in self.relations("").values():
            if relation.sort == "officeDocument" and relation.target in self:
                return relation.target
        if MAIN_PART in self:
            return MAIN_PART
        raise PackageError(
            "corrupt_file", "The file holds no Word document. Check its format, or save it anew in Word."
        )

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a part, None where there is none; what is damaged is read as far as it goes."""
        member = self._members.get(_fold_path(path))
        if member is None or member.is_dir():
            return None
        if member.flag_bits & ENCRYPTED_MEMBER:
            raise PackageError("encrypted_file", "The file is locked with a password. Save it without one.")
        if member.compress_type not in METHODS:
            raise PackageError(
                "corrupt_file", "The file is packed in a way Word does not use. Save it anew in Word."
            )
        if max(member.file_size, 0) > MAX_PART_BYTES:
            raise _too_large(path)
        return self._read_bounded(path, member)

    def _read_bounded(self, path: str, member: zipfile.ZipInfo) -> bytes:
        parts: list[bytes] = []
        length = 0
        try:
            with self._archive.open(member) as stream:
                while piece := stream.read(READ_BYTES):
                    parts.append(piece)
                    length += len(piece)
                    self._read_bytes += len(piece)
                    if length > MAX_PART_BYTES or self._read_bytes > MAX_PACKAGE_BYTES:
                        raise _too_large(path)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ):
            # zipfile raises all of these for damaged members; what came before the damage is text.
            self.damaged.append(path)
        return b"".join(parts)

    def tree(self, path: str) -> Element | None:
        """Parse the XML of a part; None where there is none or nothing of it can be read."""
        content = self.read(path)
        if not content or not content.strip():
            return None
        if content.count(b"<") + content.count(b"=") > MAX_MARKUP_SIGNS:
            raise _too_large(path)
        plain = content.replace(b"\0", b"") if b"\0" in content[:4] else content
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            raise _has_entities()
        if STRICT_HOST in content:
            for strict, transitional in STRICT_NAMESPACES:
                content = content.replace(strict, transitional)
        root = _parse(content, recover=False)
        if root is None:
            root = _parse(content, recover=True)
            self.damaged.append(path)
        return root

    def relations(self, path: str) -> Mapping[str, Relation]:
        """Give what a part refers to, by the keys it uses; ``""`` stands for the package itself."""
        if path in self._relations:
            return self._relations[path]
        folder, name = posixpath.split(path)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for element in root.iterfind(f"{RELATION}Relationship") if root is not None else ():
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                # Paths that leave the package name no part, and so are found nowhere.
                target = target[1:] if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(target)
            sort = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(sort, target, external)
        self._relations[path] = found
        return found


def _fold_path(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").lower()


def _too_large(path: str) -> PackageError:
    return PackageError(
        "too_large", f"{path} in the file is larger than a document of 1,000 pages. Split the document."
    )


def _has_entities() -> PackageError:
    return PackageError(
        "corrupt_file",
        "The file defines XML entities, which Word never does. Do not open it; ask for another copy.",
    )


def _parse(content: bytes, *, recover: bool) -> Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        raise _has_entities()
    return root
