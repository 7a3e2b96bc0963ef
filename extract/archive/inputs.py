"""Which files a run reads, what each is called in the dataset, and in what order; then their documents."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from operator import attrgetter
from pathlib import Path

from extract.archive.containers.expand import expand_file
from extract.archive.containers.limits import DEFAULT_LIMITS, Limits
from extract.archive.items import InputFile, Item
from extract.archive.naming import is_left_behind, name_apart
from extract.dataset.output import is_dataset
from extract.errors import UsageError


def find_inputs(inputs: Sequence[Path], exclude: Path | None = None) -> list[InputFile]:
    """Find the files of all inputs.

    Takes files and folders (searched with all their folders) and a folder to leave out, that of the
    output; gives each file once, in the order of ``source``: the path below the folder, or the name of a
    file given itself. When inputs share a name, ``source`` begins with the name of the input's folder
    there. Raises UsageError when an input does not exist or is the output folder.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for name in ("b.txt", ".hidden.txt", "a.txt"):
    ...         (Path(folder) / name).touch()
    ...     [file.source for file in find_inputs([Path(folder)])]
    ['a.txt', 'b.txt']
    """
    excluded = exclude.resolve() if exclude else None
    found = []
    for path in inputs:
        if not path.exists():
            raise UsageError(f"{path} does not exist.")
        if path.resolve() == excluded:
            raise UsageError(f"{path} is both input and output; give another folder with --out.")
        files = _find_below(path, excluded) if path.is_dir() else [InputFile(path.name, path)]
        found.append(sorted(files, key=attrgetter("source")))
    return sorted(_keep_apart(inputs, found), key=attrgetter("source"))


def _find_below(root: Path, excluded: Path | None) -> Iterator[InputFile]:
    """Give the files below a folder; a folder that cannot be searched counts as a file not to be read."""
    resolved = root.resolve()
    closed: list[OSError] = []
    for name, folders, files in os.walk(root, onerror=closed.append):
        folder = Path(name)
        folders[:] = [child for child in folders if not _is_left_out(folder / child, excluded)]
        for file in files:
            path = folder / file
            if not _is_hidden(path) and _is_inside(path, resolved):
                yield InputFile(path.relative_to(root).as_posix(), path)
    for error in closed:
        path = Path(error.filename)
        yield InputFile(path.relative_to(root).as_posix(), path)


def _is_left_out(folder: Path, excluded: Path | None) -> bool:
    """Say whether a folder is hidden, the output, or a dataset of before, whose texts are no documents."""
    return _is_hidden(folder) or folder.resolve() == excluded or is_dataset(folder)


def _is_hidden(path: Path) -> bool:
    """Say whether a name is hidden on any system, or one that programs leave for themselves."""
    if is_left_behind(path.name):
        return True
    try:
        attributes = getattr(path.lstat(), "st_file_attributes", 0)  # Windows only
    except OSError:
        return False
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)


def _is_inside(path: Path, root: Path) -> bool:
    """Say whether a path is a regular file that lies below a folder, links followed."""
    try:
        return path.is_file() and (not path.is_symlink() or path.resolve().is_relative_to(root))
    except OSError:
        return False


def _keep_apart(inputs: Sequence[Path], found: Sequence[Sequence[InputFile]]) -> Iterator[InputFile]:
    """Give every file once, with the folder's name before ``source`` in inputs that share a name."""
    distinct = list(_drop_repeated(found))
    times = Counter(file.source for files in distinct for file in files)
    taken: set[str] = set()
    last: dict[str, int] = {}
    for path, files in zip(inputs, distinct, strict=True):
        prefix = ""
        if any(times[file.source] > 1 for file in files):
            resolved = path.resolve()
            prefix = (resolved if path.is_dir() else resolved.parent).name + "/"
        for file in files:
            yield InputFile(name_apart(prefix + file.source, taken, last), file.path)


def _drop_repeated(found: Sequence[Sequence[InputFile]]) -> Iterator[list[InputFile]]:
    """Leave out files that came before, be it by another link or another input."""
    seen: set[Path] = set()
    for files in found:
        distinct = {file.path.resolve(): file for file in reversed(files)}
        yield [file for real, file in reversed(distinct.items()) if real not in seen]
        seen.update(distinct)


class ItemStream:
    """The documents of files, one after the other, those of an archive in its place.

    ``expected`` is how many documents there will be as far as is known: an archive that has to be read for it
    counts what was found so far.
    """

    def __init__(self, files: Sequence[InputFile], limits: Limits = DEFAULT_LIMITS) -> None:
        self.expected = len(files)
        self._files = files
        self._limits = limits
        self._listed = 0

    def __iter__(self) -> Generator[Item, None, None]:
        done = 0
        for left, file in zip(reversed(range(len(self._files))), self._files, strict=True):
            self._listed = found = 0
            for item in expand_file(file, self._limits, self._tell):
                found += 1
                self.expected = done + max(found, self._listed) + left
                yield item
            done += found
            self.expected = done + left

    def _tell(self, listed: int) -> None:
        self._listed = listed
