"""The folder a dataset is written to: checked, written aside, and put in place as a whole."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from extract.dataset.writers import FORMATS, PACKAGE_FILE, TEXT_FOLDER, list_files
from extract.errors import OutputError

RUN_FILE = "run.json"
STAGING = ".vnplans-partial"
TEXT_FILE = re.compile(r"[0-9a-f]{16}\.txt")


class OutputFolder:
    """A folder that holds either the dataset of before or the new one, never half of one.

    As a context manager it gives the folder to write into, which lies in the output folder under another
    name. ``commit`` moves its files into place, ``run.json`` last, and removes the files of the run
    before. Leaving the block without it leaves everything as it was. Raises OutputError when the folder
    holds something else than a dataset of ours, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._staging = path / STAGING
        self._made = False

    def __enter__(self) -> OutputFolder:
        try:
            check_output(self.path)
            self._made = not self.path.exists()
            self.path.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(self._staging, ignore_errors=True)
            self._staging.mkdir()
        except OSError as error:
            raise OutputError(f"Cannot write to {self.path}: {error.strerror}.") from error
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)
        if self._made and not any(self.path.iterdir()):
            self.path.rmdir()
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise OutputError(f"Cannot write to {self.path}: {error.strerror or error}.") from error

    @property
    def staging(self) -> Path:
        """The folder to write into."""
        return self._staging

    def commit(self) -> None:
        """Move what was written into place and remove what the run before left over."""
        try:
            (self.path / TEXT_FOLDER).mkdir(exist_ok=True)
            new = {path.relative_to(self._staging) for path in self._staging.rglob("*") if path.is_file()}
            for name in sorted(new, key=lambda name: (name.name == RUN_FILE, name)):
                (self._staging / name).replace(self.path / name)
            for name in self._old_names() - new:
                (self.path / name).unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(
                f"Cannot put {error.filename} in place: {error.strerror}. "
                "Close the programs that have the dataset open and run again."
            ) from error

    def _old_names(self) -> set[Path]:
        """Give the names that a run of ours may have written, other files in the folder are not ours."""
        texts = (path for path in (self.path / TEXT_FOLDER).iterdir() if TEXT_FILE.fullmatch(path.name))
        tables = (Path(name) for name in list_files(list(FORMATS)))
        return {path.relative_to(self.path) for path in texts} | set(tables)


def check_output(path: Path) -> None:
    """Raise OutputError unless a dataset can be written to a folder without losing anything of others.

    The folder may be missing, be empty, or hold a dataset that this program wrote (its ``run.json`` says so).

    >>> check_output(Path("nowhere/yet"))
    """
    if not path.exists():
        return
    if not path.is_dir():
        raise OutputError(f"{path} is a file; give a folder for the dataset.")
    if (path / TEXT_FOLDER).is_symlink():
        raise OutputError(f"{path / TEXT_FOLDER} is a link that leads out of the folder; remove it.")
    others = [entry.name for entry in path.iterdir() if entry.name != STAGING]
    if others and not is_dataset(path):
        raise OutputError(
            f"{path} is not empty and holds no dataset of vnplans; give another folder, or empty this one."
        )


def is_dataset(path: Path) -> bool:
    """Say whether a folder holds a dataset that this program wrote.

    >>> is_dataset(Path("nowhere/yet"))
    False
    """
    try:
        run = json.loads((path / RUN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(run, dict) and "vnplans" in run and (path / PACKAGE_FILE).is_file()
