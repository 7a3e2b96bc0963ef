"""Items in parcels for a process: small enough to share the work out, large enough to hand over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extract.archive.documents import is_converted
from extract.archive.items import InputFile, Item, ZipMember, count_held_bytes
from extract.schema import Extraction

CHUNK_ITEMS = 8
"""Few enough that a crash costs little, enough that handing them over costs nothing."""
CHUNK_BYTES = 1 << 20
"""A scan takes a minute: it travels alone, or the last process works on while the others rest."""
CONVERTED_ITEMS = 16
"""The program that converts old Word files takes two seconds to start and a third of one a file."""
LOOK_AHEAD = 128
"""So many items may pass while files to be converted together are gathered."""
GATHERED_BYTES = 32 << 20


@dataclass(slots=True)
class Chunk:
    """Items that one process reads one after the other, and their positions in the run."""

    positions: list[int] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    size: int = 0
    held: int = 0

    def add(self, position: int, item: Item) -> None:
        """Add an item."""
        self.positions.append(position)
        self.items.append(item)
        self.size += _count_bytes(item)
        self.held += count_held_bytes(item)


def plan_chunks(items: Iterable[Item]) -> Iterator[Chunk]:
    """Give the chunks of a run; files that need converting are gathered, others keep their order.

    >>> from pathlib import Path
    >>> names = ["a.doc", "b.txt", "c.doc"]
    >>> [chunk.positions for chunk in plan_chunks(InputFile(name, Path(name)) for name in names)]
    [[1], [0, 2]]
    """
    plain, converted = Chunk(), Chunk()
    for position, item in enumerate(items):
        if is_converted(item):
            converted.add(position, item)
        else:
            plain.add(position, item)
        if len(plain.items) == CHUNK_ITEMS or plain.size >= CHUNK_BYTES:
            yield plain
            plain = Chunk()
        if converted.items and _is_gathered(converted, position):
            yield converted
            converted = Chunk()
    yield from (chunk for chunk in (plain, converted) if chunk.items)


def _is_gathered(chunk: Chunk, position: int) -> bool:
    return (
        len(chunk.items) == CONVERTED_ITEMS
        or position - chunk.positions[0] >= LOOK_AHEAD
        or chunk.size >= GATHERED_BYTES
    )


def _count_bytes(item: Item) -> int:
    """Give the size of an item as far as it is easily known."""
    if isinstance(item, InputFile):
        try:
            return item.path.stat().st_size
        except OSError:
            return 0
    return item.size if isinstance(item, ZipMember) else count_held_bytes(item)


def put_in_order(results: Iterable[tuple[int, Extraction]]) -> Iterator[Extraction]:
    """Give results that come with their positions in the order of these, each as soon as it is its turn.

    >>> list(put_in_order([(1, "b"), (0, "a"), (2, "c")]))
    ['a', 'b', 'c']
    """
    waiting: dict[int, Extraction] = {}
    turn = 0
    for position, result in results:
        waiting[position] = result
        while turn in waiting:
            yield waiting.pop(turn)
            turn += 1
