"""Dates of other projects' test suites: dateparser's Vietnamese cases and NeMo's written and spoken dates.

What a case should give is worked out from its other side, never from our own reading: from the spoken words
for NeMo, from the English translation or the ISO date for dateparser.
"""

from __future__ import annotations

import csv
import datetime
import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import dateparser
import pytest

from extract.mentions.periods import find_periods

REFERENCE = datetime.date(1940, 6, 1)
WANTED_SHARE = 0.90
YEARS_READ = range(1900, 2101)
DIGITS = {
    "không": 0,
    "linh": 0,
    "lẻ": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
}
DIGITS |= {"sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
NUMBER_WORDS = {*DIGITS, "mười", "mươi", "trăm", "nghìn", "ngàn"}
# Cases that are read otherwise here, and why that is meant.
DIFFERENCES = {
    "Tháng Mười Hai 29, 2013, 14:14": "English order, month before day: no Vietnamese document writes it",
    "học kỳ này sẽ kết thúc vào tháng năm ngày 1 tháng 6 là tổng kết": "tháng năm in words is left alone: in "
    "a blank form (ngày tháng năm) it is the word year",
    "ngày 4 tháng này": "relative to the day of reading, not to the calendar",
}


@dataclass(frozen=True)
class Wanted:
    """A text of a peer and the EDTF values it should give."""

    origin: str
    text: str
    values: tuple[str, ...]

    @property
    def is_read(self) -> bool:
        """Whether all its years are in the range that is read at all."""
        return all(int(value[:4]) in YEARS_READ for value in self.values if not value.startswith("X"))


def parse_spoken_number(words: list[str]) -> int:
    for word, factor in (("nghìn", 1000), ("ngàn", 1000), ("trăm", 100)):
        if word in words:
            index = words.index(word)
            return parse_spoken_number(words[:index]) * factor + parse_spoken_number(words[index + 1 :])
    figures = ""
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if word in DIGITS:
            figures += str(DIGITS[word])
        else:  # mười opens a ten, mươi closes one
            figures += ("1" if word == "mười" else "") + ("" if following in DIGITS else "0")
    return int(figures or "0")


def read_spoken_dates(spoken: str) -> tuple[str, ...]:
    """Read the dates of a spoken sentence as EDTF, missing years filled from the reference."""
    parts: list[tuple[str, list[str]]] = []
    for word in spoken.split():
        kind, words = parts[-1] if parts else ("", [])
        is_year = word == "năm" and (kind in ("", "other") or (kind == "month" and bool(words)))
        if word in ("ngày", "mùng", "mồng"):
            parts.append(("day", []))
        elif word == "tháng":
            parts.append(("month", []))
        elif is_year:
            parts.append(("year", []))
        elif word in NUMBER_WORDS:
            if not parts:
                parts.append(("day", []))
            parts[-1][1].append(word)
        else:
            parts.append((word if word in ("hàng", "nay", "này") else "other", []))
    return build_values(parts)


def build_values(parts: list[tuple[str, list[str]]]) -> tuple[str, ...]:
    dates: list[dict[str, str]] = [{}]
    for before, (kind, words) in zip([("", [""]), *parts], parts, strict=False):
        if kind in ("day", "month") and (kind in dates[-1] or "month" in dates[-1]):
            dates.append({})
        if kind == "hàng":
            dates[-1]["year"] = "XXXX"
        elif kind == "này" and before == ("month", []):
            dates[-1]["month"] = f"{REFERENCE.month:02d}"
        elif words and kind in ("day", "month", "year"):
            width = 4 if kind == "year" else 2
            dates[-1].setdefault(kind, f"{parse_spoken_number(words):0{width}d}")
    filled = [{"year": f"{REFERENCE.year}"} | date for date in dates if date]
    return tuple("-".join(date[part] for part in ("year", "month", "day") if part in date) for date in filled)


def read_nemo(shared: Path) -> list[Wanted]:
    wanted = []
    for folder, written_first in (
        ("data_text_normalization", True),
        ("data_inverse_text_normalization", False),
    ):
        path = shared / "peers/nemo_vi" / folder / "test_cases_date.txt"
        for line in path.read_text(encoding="utf-8").splitlines():
            left, right = line.split("~")
            written, spoken = (left, right) if written_first else (right, left)
            if re.search(r"\d", written):
                wanted.append(Wanted(f"nemo {folder}", written, read_spoken_dates(spoken)))
    return wanted


def read_dateparser(shared: Path) -> list[Wanted]:
    """The cases that are absolute dates: neither relative, nor weekdays, nor switched off there."""
    wanted = []
    with (shared / "peers/dateparser/vi_cases.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            source, text, expected = row["source_test"], row["text"], row["expected"]
            if source == "test_search":
                values = tuple(map(cut_to_what_is_printed, expected.split("; ")))
            elif source == "test_date_parser":
                values = (expected[:10],)
            elif source == "test_languages.translation":
                values = (parse_english(expected),)
            else:
                continue
            wanted.append(Wanted(f"dateparser {source}", text, values))
    return wanted


def cut_to_what_is_printed(expected: str) -> str:
    words, day = expected.split("=>")
    return day[: 10 if "ngày" in words or "/" in words else 7 if "tháng" in words else 4]


def parse_english(text: str) -> str:
    parsed = dateparser.parse(text, languages=["en"], settings={"DATE_ORDER": "DMY"})
    assert parsed is not None
    return parsed.date().isoformat()


def find_values(text: str) -> tuple[str, ...]:
    return tuple(period.value for period in find_periods(text, REFERENCE))


def test_the_dates_of_the_peers(shared: Path) -> None:
    cases = read_nemo(shared) + read_dateparser(shared)
    read = [case for case in cases if case.is_read]
    different = [case for case in read if find_values(case.text) != case.values]
    for case in different:
        print(f"{case.origin}: {case.text!r} gives {find_values(case.text)}, there {case.values}:")
        print("   ", DIFFERENCES.get(case.text))
    older = [case for case in cases if not case.is_read]
    print(f"{len(read) - len(different)} of {len(read)} as there; left alone, as from before 1900:")
    print(*sorted({case.text for case in older}), sep="; ")
    assert len(read) >= 60, "cases are missing"
    assert {case.text for case in different} == DIFFERENCES.keys()
    assert len(read) - len(different) >= WANTED_SHARE * len(read)
    assert [case.text for case in older if find_values(case.text)] == []


@pytest.mark.parametrize(
    ("spoken", "values"),
    [
        ("ngày hai mươi tư tháng bẩy năm hai không mười ba", ("2013-07-24",)),
        ("năm một tám năm hai", ("1852",)),
        ("tháng năm năm một nghìn không trăm linh ba", ("1003-05",)),
        ("ngày mùng năm tháng tám", ("1940-08-05",)),
        ("tháng tư ngày mười tháng năm là", ("1940-04", "1940-05-10")),
        ("ngày mười bốn tháng tư hàng năm", ("XXXX-04-14",)),
    ],
)
def test_the_spoken_side_is_understood(spoken: str, values: tuple[str, ...]) -> None:
    assert read_spoken_dates(spoken) == values


@pytest.mark.parametrize(
    "shape", ["{0.day}/{0.month}/{0.year}", "ngày {0.day} tháng {0.month} năm {0.year}", "{0:%d-%m-%Y}"]
)
def test_whole_dates_are_read_as_dateparser_reads_them(shape: str) -> None:
    """dateparser is right for whole day-month-year strings, and only for those."""
    for offset in range(0, 20_000, 617):
        text = shape.format(datetime.date(1990, 1, 1) + datetime.timedelta(days=offset))
        oracle = dateparser.parse(
            text, languages=["vi"], settings={"STRICT_PARSING": True, "DATE_ORDER": "DMY"}
        )
        assert oracle is not None, text
        assert find_values(text) == (oracle.date().isoformat(),)
