"""Provinces by name, by code and by day."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from extract.knowledge.provinces import find_province, province_by_code, province_by_name

REUSED_CODES = [
    ("15", "Yên Bái", "Lào Cai"),
    ("24", "Bắc Giang", "Bắc Ninh"),
    ("44", "Quảng Bình", "Quảng Trị"),
    ("52", "Bình Định", "Gia Lai"),
    ("80", "Long An", "Tây Ninh"),
    ("82", "Tiền Giang", "Đồng Tháp"),
    ("91", "Kiên Giang", "An Giang"),
]


@pytest.mark.parametrize(("code", "before", "after"), REUSED_CODES)
def test_a_reused_code_means_another_province_since_the_merger(code: str, before: str, after: str) -> None:
    old, new = province_by_code(code, "2025-06-30"), province_by_code(code, date(2025, 7, 1))
    assert old
    assert new
    assert (old.name, old.name_2025, old.code_2025) == (before, after, code)
    assert (new.name, new.name_2025, new.code_2025) == (after, after, code)


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("UBND TỈNH NGHỆ AN", "2024", "40"),
        ("UBND thành phố Cần Thơ", "2022-04-18", "92"),
        ("Sở Y tế Đồng Nai", "2024-12", "75"),
        ("Ngành Y tế Yên Bái", "2024-01", "15"),
        ("Ngành Y tế Yên Bái", "2025-08", "15"),
        ("Sở Y tế TP.HCM", "2022-12-30", "79"),
        ("THÀNH PHỐ HỒ CHÍ MINH", "2026", "79"),
        ("tỉnh Lào Cai", "2025-06-30", "10"),
        ("tỉnh Lào Cai", "2025-07-01", "15"),
        ("tỉnh Hoà Bình", "2024", "17"),
        ("tỉnh Hòa Bình", "2026", "25"),
        ("tỉnh Thừa Thiên Huế", "2023", "46"),
        ("thành phố Huế", "2023", "46"),
        ("thành phố Huế", "2025-03", "46"),
        ("tỉnh Đăk Lăk", "2024", "66"),
        ("tỉnh Bà Rịa – Vũng Tàu", "2024", "77"),
        ("UBND tỉnh An Giang", "2024", "89"),
        ("UBND tỉnh An Giang", "2026", "91"),
        ("Đoàn Hà Nội thăm tỉnh Sơn La", "2024", "14"),
        ("Báo Cần Thơ", "2026", "92"),
    ],
)
def test_province_in_a_text(text: str, day: str, code: str) -> None:
    province = find_province(text, day)
    assert province
    assert province.code == code


@pytest.mark.parametrize(
    "text",
    [
        "vì hòa bình, ổn định",
        "khu vực Thái Bình Dương",
        "Đoàn Thanh niên Cộng sản Hồ Chí Minh",
        "chiến thắng Điện Biên Phủ",
        "xã Hòa Bình",
        "đường Hà Nội",
        "phú yên bình dị, long an lạc",
        "",
    ],
)
def test_no_province(text: str) -> None:
    assert find_province(text, "2024") is None


def test_every_province_is_found_by_its_name_in_every_case() -> None:
    codes = [f"{code:02}" for code in range(1, 97)]
    for day in ("2024", "2026"):
        provinces = [province for code in codes if (province := province_by_code(code, day))]
        assert len(provinces) == {"2024": 63, "2026": 34}[day]
        for province in provinces:
            for text in (province.full_name, province.full_name.upper()):
                found = find_province(text, day)
                assert found
                assert found.code == province.code
            by_name = province_by_name(province.name, day)
            assert by_name
            assert by_name.code == province.code


def test_the_table_agrees_with_the_official_lists(shared: Path) -> None:
    path = shared / "data/codes/provinces_63_to_34.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 63
    for row in rows:
        province = province_by_code(row["old_code"], "2025-06-30")
        assert province
        assert province.code_2025 == row["new_code"]
        new = province_by_code(row["new_code"], "2025-07-01")
        assert new
        assert new.full_name.casefold() == row["new_name"].casefold()


def test_unknown_code() -> None:
    assert province_by_code("03", "2024") is None
    assert province_by_code("10", "2026") is None
