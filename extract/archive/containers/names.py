"""Names of the members of archives: as the dataset calls them, whatever the archive says."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from extract.archive.naming import is_left_behind, name_apart

MAX_NAME_CHARACTERS = 1_000
"""Longer than any path a system takes (Windows 260, Linux 4,096 bytes); a ZIP archive may hold 65,535."""
UNNAMED = "_"

# Controls, halves of surrogate pairs, and what turns the direction of writing, as tricks on suffixes do.
UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
DRIVES = re.compile(r"^(?:[A-Za-z]:)++")
CP437_WORDS = re.compile(
    rb"(?:[\x00-\x7f]|(?<=[A-Za-z])[\x80-\x9a\x9f-\xa5]|[\x80-\x9a\x9f-\xa5](?=[A-Za-z]))*+"
)
"""Names whose high bytes are letters in code page 437 (Unicode's CP437.TXT) and stand beside letters: most
are signs in 1258, where a dash stands between blanks or figures."""


def mend_name(name: str) -> str:
    r"""Make a path of a member's name that stays below the archive: ``/`` between folders, no tricks.

    Backslashes are slashes, drive letters, empty parts, ``.`` and ``..`` go, control characters become
    ``_``, letters and marks are composed, and a name too long is cut before its suffix.

    >>> mend_name("..\\C:\\kh\\./Kế hoạch.docx"), mend_name("/etc/passwd"), mend_name("..")
    ('kh/Kế hoạch.docx', 'etc/passwd', '_')
    """
    # Long before the cut, so that composing marks takes no time over what falls away.
    if len(name) > 4 * MAX_NAME_CHARACTERS:
        name = name[: 2 * MAX_NAME_CHARACTERS] + name[-2 * MAX_NAME_CHARACTERS :]
    name = unicodedata.normalize("NFC", UNPRINTABLE.sub("_", name).replace("\\", "/"))
    parts = [DRIVES.sub("", part) for part in name.split("/")]
    mended = "/".join(part for part in parts if part not in ("", ".", "..")) or UNNAMED
    if len(mended) > MAX_NAME_CHARACTERS:
        suffix = PurePosixPath(mended).suffix[:20]
        mended = mended[: MAX_NAME_CHARACTERS - len(suffix) - 1] + "…" + suffix
    return mended


def is_junk(name: str) -> bool:
    """Say whether a mended name is that of a file which folders are searched without, as no document.

    >>> is_junk("__MACOSX/._kh.docx"), is_junk("2024/.git/kh.txt"), is_junk("2024/kh.txt")
    (True, True, False)
    """
    return any(is_left_behind(part) for part in name.split("/"))


def decode_name(raw: bytes) -> str:
    r"""Decode a name whose encoding nothing tells: UTF-8, else code page 1258 or 437, what gives letters.

    Programs of before 2007 and Windows' own wrote names in the code page of the system; PKWARE's
    specification (APPNOTE 6.3.10, appendix D) knows 437 only.

    >>> decode_name("Kế hoạch.doc".encode())
    'Kế hoạch.doc'
    >>> decode_name(b"K\xea\xec hoa\xf2ch.doc"), decode_name(b"caf\x82.doc")
    ('Kế hoạch.doc', 'café.doc')
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if CP437_WORDS.fullmatch(raw):
        return raw.decode("cp437")
    try:
        return unicodedata.normalize("NFC", raw.decode("cp1258"))
    except UnicodeDecodeError:
        return raw.decode("cp437")


class Names:
    """The names given in one archive, each once.

    >>> names = Names()
    >>> names.take("a.txt"), names.take("a.txt")
    ('a.txt', 'a.txt~2')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Give a mended name, numbered from ``~2`` when it was given before."""
        return name_apart(name, self._taken, self._last)
