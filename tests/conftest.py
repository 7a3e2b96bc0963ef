"""What several tests need: where things lie, real documents when at hand, a dataset of the samples."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parents[1]
SHARED = (PROJECT / "../shared").resolve()

# A shared machine is slow at times: a deadline would fail there for nothing. CI draws the same examples.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real documents and their gold; the test skips where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with real documents is not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def samples_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder laid out as the checkout after `make demo`: corpus/ and outputs/demo/."""
    pytest.importorskip("extract.pipeline", reason="extract.pipeline does not exist yet")
    from extract.cli import main

    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(PROJECT / "corpus", folder / "corpus")
    status = main(
        ["extract", str(folder / "corpus/documents"), "--out", str(folder / "outputs/demo"), "--quiet"]
    )
    assert status == 0, "extracting the samples failed"
    return folder
