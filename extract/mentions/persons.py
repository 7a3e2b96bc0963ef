"""Who stands for a unit: persons by name, and the offices and workers that schools and teams charge."""

from __future__ import annotations

import re

from extract.knowledge.phrases import any_phrase
from extract.mentions.organ_patterns import UPPER
from extract.spans import Organ

ADDRESS_OF_PERSON = re.compile(r"(?:(?:Các\s)?(?:Đồng chí|đồng chí|Đ/c|đ/c|Ông|Bà|Thầy|Cô)[:.]?\s)?")
"""``Đồng chí`` before a person or an office."""
ADDRESS = (
    r"(?:(?:Đề nghị|Giao|Đối với)\s)?(?:(?:Các\s)?(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Tt]hầy|[Cc]ô):?\s)?"
)
"""``Đồng chí``, ``Ông``: what a person is addressed by is no part of the name."""
GIVEN_NAMES = rf"[{UPPER}][^\W\d_]{{0,8}}"
OF_OFFICE = rf"(?:{any_phrase('unit_words', 'office')}|{any_phrase('unit_words', 'worker')})"
PERSON = re.compile(
    rf"{ADDRESS}(?:(?:Th[Ss]|TS|BS|CN|KS|GS|PGS|DS|YS|CK[12I]+)\.?\s?){{0,3}}"
    rf"(?P<name>{any_phrase('unit_words', 'family_name')}(?:\s{GIVEN_NAMES}){{2,4}})"
    rf"(?=\s*+(?:\Z|[,;:(.–-])|\s(?:{OF_OFFICE}|Phó|chịu trách nhiệm|phụ trách)\b)"
)
"""A name of three words or more, and behind it an office or nothing: ``Đồng chí Lê Thị Hoa, Hiệu trưởng``."""
WORK = re.compile(
    r"[^;]{0,120}?(?::\s\S|\b(?:chịu trách nhiệm|phụ trách|chỉ đạo|theo dõi|chủ trì|tham mưu|điều hành)\b)"
)
"""Behind the name of a person who is given something to do."""
OFFICE = re.compile(
    rf"{ADDRESS}(?:(?:Phó|Các)\s){{0,2}}(?P<name>{any_phrase('unit_words', 'office')})(?=[\s,]|\Z)"
)
"""``Phó Trưởng ban``, ``Tổ trưởng chuyên môn``: who does it by office."""
WORKER = re.compile(
    rf"{ADDRESS}(?P<name>{any_phrase('unit_words', 'worker')})"
    r"(?=\s*+\Z|,\s"
    r"|\s(?:và|các|của|nhà trường|trong|phụ trách|toàn|thuộc|được|bộ môn|chủ nhiệm|lớp|xã|khối)\b)"
)
"""``Giáo viên chủ nhiệm các lớp``: who does it by trade."""


def find_person(text: str, start: int, end: int) -> Organ | None:
    """Give the person whose name a title or label begins with; None when it begins with none.

    >>> title = "Đ/c Trần Thị Mai - Hiệu trưởng"
    >>> person = find_person(title, 0, len(title))
    >>> title[person.start : person.end]
    'Trần Thị Mai'
    >>> find_person("Lào Cai - Yên Bái", 0, 17) is None
    True
    """
    match = PERSON.match(text, start, end)
    return Organ(*match.span("name"), "", "", "", "") if match else None


def find_charged_person(text: str, start: int, end: int) -> Organ | None:
    """Give the person whom a sentence begins with and gives work to.

    >>> words = "Ông Bùi Văn Sáng, Tổ trưởng: trực trạm bơm"
    >>> person = find_charged_person(words, 0, len(words))
    >>> words[person.start : person.end]
    'Bùi Văn Sáng'
    """
    person = find_person(text, start, end)
    return person if person is not None and WORK.match(text, person.end, end) else None


def begins_with_office(title: str) -> bool:
    """Tell whether a title begins with an office or with those of a trade.

    >>> begins_with_office("Phó Trưởng Ban Thường trực"), begins_with_office("Giáo viên giỏi cấp trường")
    (True, False)
    """
    return bool(OFFICE.match(title) or WORKER.match(title))
