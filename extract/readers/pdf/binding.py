"""Functions of pdfium bound to plain numbers, and called for many characters of a page at once."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

Bound = Callable[..., Any]


def bind(function: Any, result: Any, *arguments: Any) -> Bound:
    """Bind a function of ``pypdfium2.raw`` anew, with handles as addresses and room for results likewise.

    ``result`` and ``arguments`` are types of ctypes. Handles wrapped as pointer objects, as the library
    gives them, cost more time than the call itself, and so does letting other threads run during it.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    bound: Bound = ctypes.PYFUNCTYPE(result, *arguments)(address or 0)
    return bound


def address_of(handle: Any) -> int:
    """Give the address that a handle of the library points to."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def ask_each(function: Bound, address: int, indices: Sequence[int]) -> list[Any]:
    """Give what a function answers for each index of what stands at an address."""
    return list(map(function, repeat(address), indices))


def fill_each(function: Bound, address: int, indices: Sequence[int], sizes: Sequence[int]) -> Any:
    """Give what a function writes for each index of what stands at an address, one behind the other.

    ``sizes`` are the bytes of each of the results that it writes for an index. The answer is a buffer.
    """
    stride = sum(sizes)
    room = ctypes.create_string_buffer(stride * len(indices))
    rooms, begin = list[range](), ctypes.addressof(room)
    for size in sizes:
        rooms.append(range(begin, begin + stride * len(indices), stride))
        begin += size
    deque(map(function, repeat(address), indices, *rooms), maxlen=0)
    return room
