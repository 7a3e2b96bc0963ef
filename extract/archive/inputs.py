"""Which files a run reads, what each is called in the dataset, and in what order."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from extract.dataset.output import is_dataset
from extract.errors import UsageError

# Office programs leave these beside a document that is open.
LOCK_PREFIX = "~$"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: its name in the dataset (``source``, a posix path) and where it is."""

    source: str
    path: Path


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
    """Say whether a name is hidden on any system, or the lock file of an office program."""
    if path.name.startswith((".", LOCK_PREFIX)):
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
    for path, files in zip(inputs, distinct, strict=True):
        prefix = ""
        if any(times[file.source] > 1 for file in files):
            resolved = path.resolve()
            prefix = (resolved if path.is_dir() else resolved.parent).name + "/"
        for file in files:
            yield InputFile(_name_apart(prefix + file.source, taken), file.path)


def _drop_repeated(found: Sequence[Sequence[InputFile]]) -> Iterator[list[InputFile]]:
    """Leave out files that came before, be it by another link or another input."""
    seen: set[Path] = set()
    for files in found:
        distinct = {file.path.resolve(): file for file in reversed(files)}
        yield [file for real, file in reversed(distinct.items()) if real not in seen]
        seen.update(distinct)


def _name_apart(source: str, taken: set[str]) -> str:
    """Give a source that is not taken, numbered from ``~2`` when it is, and take it."""
    name, number = source, 1
    while name in taken:
        number += 1
        name = f"{source}~{number}"
    taken.add(name)
    return name
