"""What readers of archives give: the members one after the other, not yet looked into."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from extract.archive.containers.limits import Budget, Limits
from extract.archive.items import Item
from extract.spans import ReadProblem


@dataclass(slots=True)
class Container:
    """An archive that is being read.

    ``stream`` stands at its start; it can be sought in for the kinds that have a directory at their end.
    ``path`` is where it lies on disk, None inside another archive. ``notes`` takes what its reader has to
    say of the archive as a whole, ``expected`` how many members there will be where that is known.
    """

    source: str
    kind: str
    stream: IO[bytes] | io.BufferedReader
    path: Path | None
    budget: Budget
    depth: int = 1
    expected: int = 0
    notes: list[ReadProblem] = field(default_factory=list)

    @property
    def limits(self) -> Limits:
        """The bounds that hold for it."""
        return self.budget.limits


@dataclass(slots=True)
class Member:
    """A file in an archive.

    ``name`` is as the archive has it, decoded; ``size`` is what it says to unpack to (0 where it does not).
    ``open`` gives its bytes, until the next member is asked for. ``refer`` makes an item that is read
    later, where the archive allows that; ``independent`` members may be damaged without harm to those
    behind. ``record`` is the line of a crawl; ``problem`` says why the member cannot be read at all.
    """

    name: str
    size: int = 0
    open: Callable[[], io.BufferedReader] | None = None
    refer: Callable[[str], Item] | None = None
    independent: bool = False
    record: bytes | None = None
    address: str = ""
    media_type: str = ""
    problem: ReadProblem | None = None


MemberReader = Callable[[Container], Iterator[Member]]
