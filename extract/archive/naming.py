"""Names that must stay apart, and names of files that are nobody's documents."""

from __future__ import annotations

LOCK_PREFIX = "~$"
"""Office programs leave such files beside a document that is open."""
SYSTEM_NAMES = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
"""What systems leave in folders for themselves, in lower case."""


def is_left_behind(name: str) -> bool:
    """Say whether the name of a file or folder is hidden, that of a lock file, or one of the system's own.

    >>> [is_left_behind(name) for name in (".git", "~$kh.docx", "Thumbs.db", "kh.docx")]
    [True, True, True, False]
    """
    return name.startswith((".", LOCK_PREFIX)) or name.casefold() in SYSTEM_NAMES


def name_apart(name: str, taken: set[str], last: dict[str, int]) -> str:
    """Give a name that is not taken, numbered from ``~2`` when it is, and take it.

    ``last`` remembers the last number of a name, so that a thousand equal names cost a thousand steps.

    >>> taken, last = {"a"}, {}
    >>> name_apart("a", taken, last), name_apart("a", taken, last), name_apart("b", taken, last)
    ('a~2', 'a~3', 'b')
    """
    free, number = name, last.get(name, 1)
    while free in taken:
        number += 1
        free = f"{name}~{number}"
    last[name] = number
    taken.add(free)
    return free
