"""The frame of a PDF page: from the coordinates of its content to points from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.spans import Box

Turn = Literal[0, 90, 180, 270]


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible box of a page in its own coordinates (y upwards), and how far it is turned when shown.

    ``turn`` is in degrees clockwise, as in ``/Rotate`` (ISO 32000-1, 7.7.3.3).
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: Turn = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (width, height) if self.turn in (0, 180) else (height, width)

    def show(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Give a box of the content as shown: left, top, right, bottom from the top left corner.

        >>> Frame(0, 0, 595, 842).show(72, 742, 172, 756)
        (72, 86, 172, 100)
        >>> Frame(0, 0, 595, 842, 90).show(72, 742, 172, 756)
        (742, 72, 756, 172)
        """
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left
