"""Functions of pdfium bound to plain numbers: those that are called for every word or object of a page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any


def bind(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Bind a function of ``pypdfium2.raw`` anew, with handles as addresses and room for results likewise.

    ``result`` and ``arguments`` are types of ctypes. Handles wrapped as pointer objects, as the library
    gives them, cost more time than the call itself.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    bound: Callable[..., Any] = ctypes.CFUNCTYPE(result, *arguments)(address or 0)
    return bound


def address_of(handle: Any) -> int:
    """Give the address that a handle of the library points to."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
