"""Functions of pdfium bound without the costs of its pointer types, and called for many things at once.

A call takes half a microsecond when ctypes has to convert addresses, which is more than what pdfium does
meanwhile; with arguments that were made before it takes half of that. As pdfium itself, nothing here may be
used in two threads at once.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from functools import cache
from itertools import repeat
from typing import Any

Bound = Callable[..., Any]
CALLS_AT_ONCE = 1024
"""More than the words of most pages; a page is read in several turns otherwise."""

argument = ctypes.c_void_p.from_param
"""Makes an argument of an address (None for a null pointer), which may be used for many calls."""


def bind(function: Any, result: Any) -> Bound:
    """Bind a function of ``pypdfium2.raw`` anew, for numbers and for addresses made by `argument`.

    ``result`` is a type of ctypes. Other threads do not run during a call.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    bound: Bound = ctypes.PYFUNCTYPE(result)(address or 0)
    return bound


def address_of(handle: Any) -> int:
    """Give the address that a handle of the library points to."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def ask_each(function: Bound, address: int, indices: Sequence[int]) -> list[Any]:
    """Give what a function answers for each index of what stands at an address."""
    return list(map(function, repeat(argument(address)), indices))


def fill_each(function: Bound, address: int, indices: Sequence[int], sizes: tuple[int, ...]) -> bytes:
    """Give what a function writes for each index of what stands at an address, one behind the other.

    ``sizes`` are the bytes of each of the results that it writes for an index.
    """
    room, pointers = _make_room(sizes)
    handle, stride, written = argument(address), sum(sizes), list[bytes]()
    for start in range(0, len(indices), CALLS_AT_ONCE):
        asked = indices[start : start + CALLS_AT_ONCE]
        ctypes.memset(room, 0, len(room))
        deque(map(function, repeat(handle), asked, *pointers), maxlen=0)
        written.append(room.raw[: stride * len(asked)])
    return b"".join(written)


@cache
def _make_room(sizes: tuple[int, ...]) -> tuple[ctypes.Array[ctypes.c_char], list[list[Any]]]:
    """Make room for the results of ``CALLS_AT_ONCE`` calls, and the arguments that point into it."""
    stride = sum(sizes)
    room = ctypes.create_string_buffer(stride * CALLS_AT_ONCE)
    begin, pointers = ctypes.addressof(room), list[list[Any]]()
    for size in sizes:
        pointers.append([argument(begin + stride * call) for call in range(CALLS_AT_ONCE)])
        begin += size
    return room, pointers
