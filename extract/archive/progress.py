"""How far a run is: a bar on a terminal, a line now and then elsewhere, or nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from rich.progress import TaskID

SECONDS_BETWEEN_LINES = 5.0


class Progress(Protocol):
    """Who is told about the progress of a run."""

    def start(self, total: int) -> None:
        """Begin a run over a number of documents."""

    def expect(self, total: int) -> None:
        """Hear that there are more documents, or fewer, than were known of."""

    def advance(self, *, failed: bool) -> None:
        """Count one more document."""

    def close(self) -> None:
        """End the run, also when it was broken off."""


class SilentProgress:
    """Shows nothing."""

    def start(self, total: int) -> None:
        """Begin a run over a number of documents."""

    def expect(self, total: int) -> None:
        """Hear that there are more documents, or fewer, than were known of."""

    def advance(self, *, failed: bool) -> None:
        """Count one more document."""

    def close(self) -> None:
        """End the run."""


class LineProgress:
    """Writes a plain line at most every few seconds, for logs and pipes."""

    def __init__(self, stream: TextIO, seconds_between: float = SECONDS_BETWEEN_LINES) -> None:
        self._stream = stream
        self._seconds_between = seconds_between
        self._total = self._done = self._failed = 0
        self._started = self._last = 0.0

    def start(self, total: int) -> None:
        """Begin a run over a number of documents."""
        self._total = total
        self._started = self._last = time.monotonic()

    def expect(self, total: int) -> None:
        """Hear that there are more documents, or fewer, than were known of."""
        self._total = total

    def advance(self, *, failed: bool) -> None:
        """Count one more document and write a line when the last is long enough ago."""
        self._done += 1
        self._failed += failed
        now = time.monotonic()
        if now - self._last >= self._seconds_between:
            self._last = now
            rate = self._done / (now - self._started) if now > self._started else 0.0
            left = format_seconds((self._total - self._done) / rate) if rate else "unknown"
            self._stream.write(
                f"{self._done}/{self._total} documents, {rate:.1f}/s, {left} left, {self._failed} failed\n"
            )
            self._stream.flush()

    def close(self) -> None:
        """End the run."""


class BarProgress:
    """Draws a bar with count, rate, time left and failures on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            TextColumn,
            TimeRemainingColumn,
        )
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(
            TextColumn("Documents"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]} failed"),
            console=Console(file=stream),
        )
        self._failed = self._done = 0
        self._started = 0.0
        self._task: TaskID | None = None

    def start(self, total: int) -> None:
        """Begin a run over a number of documents."""
        self._started = time.monotonic()
        self._task = self._bar.add_task("documents", total=total, rate="", failed=0)
        self._bar.start()

    def expect(self, total: int) -> None:
        """Hear that there are more documents, or fewer, than were known of."""
        if self._task is not None:
            self._bar.update(self._task, total=total)

    def advance(self, *, failed: bool) -> None:
        """Count one more document."""
        self._done += 1
        self._failed += failed
        seconds = time.monotonic() - self._started
        rate = f"{self._done / seconds:.1f}/s" if seconds else ""
        if self._task is not None:
            self._bar.update(self._task, advance=1, rate=rate, failed=self._failed)

    def close(self) -> None:
        """End the run and leave the terminal in order."""
        self._bar.stop()


def choose_progress(stream: TextIO, *, quiet: bool) -> Progress:
    """Choose how to show progress: nothing when quiet, a bar on a terminal, lines elsewhere.

    >>> from io import StringIO
    >>> type(choose_progress(StringIO(), quiet=False)).__name__
    'LineProgress'
    """
    if quiet:
        return SilentProgress()
    return BarProgress(stream) if stream.isatty() else LineProgress(stream)


def format_seconds(seconds: float) -> str:
    """Write a length of time for people.

    >>> format_seconds(75), format_seconds(7300)
    ('1:15', '2:01:40')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
