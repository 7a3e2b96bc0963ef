"""Every counted or trained table that ships has a card, and the card is that of the table."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
CARDS = (PROJECT / "models/README.md").read_text(encoding="utf-8")
FILE = re.compile(r"^\| file \| `(?P<path>[^`]+)`", re.MULTILINE)
CHECKSUM = re.compile(r"^\| SHA-256 \| `(?P<digest>[0-9a-f]{64})` \|", re.MULTILINE)


def test_cards_tell_the_checksums_of_their_files() -> None:
    paths, digests = FILE.findall(CARDS), CHECKSUM.findall(CARDS)
    assert len(paths) == len(digests) >= 1
    for path, digest in zip(paths, digests, strict=True):
        content = (PROJECT / path).read_bytes().replace(b"\r\n", b"\n")
        assert sha256(content).hexdigest() == digest, path


def test_every_counted_table_has_a_card() -> None:
    tables = [path.relative_to(PROJECT).as_posix() for path in (PROJECT / "extract").rglob("*.tsv")]
    assert [table for table in tables if table not in FILE.findall(CARDS)] == []
