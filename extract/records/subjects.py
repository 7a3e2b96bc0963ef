"""What an item is about: the name that it opens with, which the numbers of its later sentences leave out."""

from __future__ import annotations

import re

from extract.folding import fold_tones
from extract.knowledge.actions import leading_action
from extract.records.segments import is_metric

OPENING = re.compile(
    r"[\s\-+*•]{0,4}(?P<subject>[^\W\d_](?:[^:;,.()\n]|(?<=\d)\.(?=\d)){2,90}?)"
    r"(?P<end>\s?\((?=[^()]{3,160}\))|\s?:\s|\scó\s(?=\d))"
)
"""``Cầu Ngòi Hóp (tổng mức đầu tư 12 tỷ đồng). Khối lượng ...``, ``Bệnh sởi có 12 ca. Số mắc tăng``."""
TIMED = re.compile(r"\b(?:năm|tháng|quý|ngày|hiện|nay|toàn|cả|tỉnh ta)\b", re.IGNORECASE)
"""Words of an opening that tells when or where, not of what."""
MAX_SUBJECT_SYLLABLES = 14
MAX_NAME_SYLLABLES = 9
"""A longer name says itself what it is about."""
COMPARES = re.compile(r"so (?:với )?cùng kỳ(?: năm \d{4})?,?\s++", re.IGNORECASE)
"""Words before a name that only compare."""


def find_subject(text: str, start: int, end: int) -> tuple[str, int] | None:
    """Find the name that an item, ``start``..``end`` in ``text``, opens with, and where it ends.

    An instruction, a measure and a mere lead-in are no names of things.

    >>> words = "Cầu Ngòi Hóp (dài 40 m): đã giải ngân 3 tỷ đồng. Khối lượng hoàn thành đạt 60%."
    >>> find_subject(words, 0, len(words))
    ('Cầu Ngòi Hóp', 12)
    >>> find_subject("Xây dựng cầu (dài 40 m).", 0, 24) is None
    True
    """
    match = OPENING.match(text, start, end)
    if match is None:
        return None
    subject = match["subject"].strip()
    if (
        TIMED.search(subject)
        or len(subject.split()) > MAX_SUBJECT_SYLLABLES
        or is_metric(subject)
        or leading_action(subject)
    ):
        return None
    if match["end"].strip() == ":" and not subject[0].isupper():
        return None
    return subject, match.start("end")


def name_with_subject(name: str, subject: str) -> str:
    """Put the subject of an item before a name that leaves it out.

    >>> name_with_subject("So với cùng kỳ số mắc", "Bệnh sởi")
    'Bệnh sởi - số mắc'
    >>> name_with_subject("hộ nghèo", "Bệnh sởi")
    'hộ nghèo'
    """
    bare = COMPARES.sub("", name, count=1)
    if fold_tones(subject) in fold_tones(name) or len(bare.split()) > MAX_NAME_SYLLABLES:
        return name
    return f"{subject} - {bare}" if is_metric(bare) or bare != name or is_stage(bare) else name


def is_stage(name: str) -> bool:
    """Tell the name of a stage of money or work, which means nothing without what it is spent on.

    >>> is_stage("ước giải ngân"), is_stage("tử vong"), is_stage("trạm y tế")
    (True, True, False)
    """
    return STAGE.match(fold_tones(name)) is not None


STAGE = re.compile(
    r"(?:ước )?(?:giải ngân|khối lượng|lũy kế|luỹ kế|kế hoạch vốn|vốn|tử vong|mắc|khỏi|thực hiện|hoàn thành"
    r"|thanh toán)\b"
)
"""How such a folded name begins."""
