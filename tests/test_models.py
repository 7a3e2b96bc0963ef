"""Every model and counted table that ships has a card, the card is that of the file, the wheel holds it."""

from __future__ import annotations

import json
import re
import tomllib
from hashlib import sha256
from pathlib import Path

from extract.judging.model import DESCRIPTION, WEIGHTS

PROJECT = Path(__file__).resolve().parents[1]
CARDS = (PROJECT / "models/README.md").read_text(encoding="utf-8")
FILE = re.compile(r"^\| file \| `(?P<path>[^`]+)`", re.MULTILINE)
CHECKSUM = re.compile(r"^\| SHA-256 \| `(?P<digest>[0-9a-f]{64})` \|", re.MULTILINE)
BINARY = frozenset({".npy"})


def test_cards_tell_the_checksums_of_their_files() -> None:
    paths, digests = FILE.findall(CARDS), CHECKSUM.findall(CARDS)
    assert len(paths) == len(digests) >= 2
    for path, digest in zip(paths, digests, strict=True):
        content = (PROJECT / path).read_bytes()
        if Path(path).suffix not in BINARY:
            content = content.replace(b"\r\n", b"\n")
        assert sha256(content).hexdigest() == digest, path


def test_every_counted_table_and_every_model_has_a_card() -> None:
    files = [*(PROJECT / "extract").rglob("*.tsv"), *(PROJECT / "models").rglob("*.npy")]
    names = [path.relative_to(PROJECT).as_posix() for path in files]
    assert [name for name in names if name not in FILE.findall(CARDS)] == []
    assert f"models/{WEIGHTS}" in names


def test_nothing_lies_among_the_models_that_no_card_names() -> None:
    names = {path.name for path in (PROJECT / "models").iterdir()}
    assert names == {"README.md", WEIGHTS, DESCRIPTION}
    assert f"`models/{DESCRIPTION}`" in CARDS


def test_the_card_of_the_judgement_tells_the_data_of_its_description() -> None:
    content = json.loads((PROJECT / "models" / DESCRIPTION).read_text(encoding="utf-8"))
    assert content["weights_sha256"] in CHECKSUM.findall(CARDS)
    numbers = [value for value in content["data"].values() if isinstance(value, int)]
    assert len(numbers) == 4
    assert [number for number in numbers if f"{number:,}" not in CARDS] == []


def test_the_wheel_holds_the_models() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    targets = settings["tool"]["hatch"]["build"]["targets"]
    assert targets["wheel"]["force-include"] == {"models": "extract/models"}
    assert {"extract", "models"} <= set(targets["sdist"]["include"])


def test_checking_out_changes_no_byte_of_a_model() -> None:
    lines = (PROJECT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert [f"*{suffix} binary" for suffix in sorted(BINARY) if f"*{suffix} binary" not in lines] == []
