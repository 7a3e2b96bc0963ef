"""Provinces by their districts, until June 2025, and by their communes since then."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extract.knowledge.places import find_place, province_of_place
from extract.knowledge.tables import read_table


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("TRUNG TÂM Y TẾ HUYỆN MÊ LINH", "2018", "01"),
        ("UBND huyện Kim Sơn họp về đê biển Bình Minh", "2021-05", "37"),
        ("Công an TP. Vinh", "2023", "40"),
        ("Phòng Giáo dục và Đào tạo TX Sơn Tây", "2022", "01"),
        ("UBND Quận 5", "2020", "79"),
        ("ỦY BAN NHÂN DÂN XÃ ĐẠI THỊNH", "2026-01-10", ""),
        ("ỦY BAN NHÂN DÂN PHƯỜNG GIẢNG VÕ", "2026-01-10", "01"),
        ("Đặc khu Phú Quốc", "2025-08", "91"),
        ("huyện Trấn Yên", "2024", "15"),
        ("huyện Trấn Yên", "2026", "15"),
        ("huyện Hoài Nhơn", "2026", "52"),
        ("Hội nghị của huyện Châu Thành và huyện Tháp Mười", "2024", "87"),
    ],
)
def test_places_with_their_level(text: str, day: str, code: str) -> None:
    province = find_place(text, day)
    assert (province.code if province else "") == code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("UBND huyện Châu Thành", "2024"),
        ("phường Giảng Võ", "2024-12-31"),
        ("Mê Linh được mùa hoa", "2018"),
        ("xã viên hợp tác xã Mỹ Tho", "2026"),
        ("chương trình phối hợp giữa các huyện", "2024"),
        ("", None),
    ],
)
def test_what_names_no_single_province(text: str, day: str | None) -> None:
    assert find_place(text, day) is None


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("Mê Linh", "2018", "01"),
        ("MÊ  LINH", "2018", "01"),
        ("huyện Mê Linh", "2018", "01"),
        ("Kim Sơn", "2021", "37"),
        ("Tân Phú", "2018", ""),
        ("Giảng Võ", "2018", ""),
        ("Giảng Võ", "2026", "01"),
        ("Ngày", "2026", ""),
    ],
)
def test_places_without_their_level(name: str, day: str, code: str) -> None:
    province = province_of_place(name, day)
    assert (province.code if province else "") == code


def test_every_province_has_districts_and_communes() -> None:
    rows = read_table("places")
    assert sum(row["level"] == "district" for row in rows) == 63
    assert sum(row["level"] == "commune" for row in rows) == 34
    names = [name for row in rows for name in row["names"].split("|")]
    assert len(names) > 3_900


def test_the_codes_are_those_of_the_official_lists(shared: Path) -> None:
    path = shared / "data/codes/provinces_63_to_34.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        official = list(csv.DictReader(lines))
    rows = read_table("places")
    assert {row["province_code"] for row in rows if row["level"] == "district"} == {
        row["old_code"] for row in official
    }
    assert {row["province_code"] for row in rows if row["level"] == "commune"} == {
        row["new_code"] for row in official
    }
