"""Number, place and date, issuer, kind, title and signer: what stands in fixed places of a document.

The places are those of Decree 30/2020/NĐ-CP, annex I.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from extract.folding import fold_tones
from extract.knowledge.phrases import any_phrase
from extract.knowledge.tables import read_table, split_aliases
from extract.schema import DocumentKind
from extract.spans import CleanText

HEAD_CHARACTERS = 6000
MAX_HEAD_PARAGRAPHS = 60
TITLED_KINDS = frozenset({"plan", "decision", "directive", "report"})
"""Kinds that a title in capitals tells without a letterhead."""
MAX_BARE_TITLE_INDEX = 2
"""Such a title is among the first paragraphs."""
MAX_PARAGRAPH_CHARACTERS = 1200
"""So much of a paragraph is looked at."""
MAX_TITLE_PARAGRAPHS = 10
MAX_TITLE_CHARACTERS = 900
MAX_TITLE_LINE_CHARACTERS = 500
MAX_SECOND_LINE_CHARACTERS = 200
MIN_CAPITAL_SHARE = 0.6
MIN_ORGAN_LINE_CHARACTERS, MAX_ORGAN_LINE_CHARACTERS = 4, 159
MIN_NOISE_BLANKS = 2
MAX_SUBJECT_START = 60
"""A subject in a longer line before ``V/v`` is that of another document."""
SUBJECT_LINE_CHARACTERS = 500
MAX_SUBJECT_PARAGRAPH = 600
MAX_CLOSING_PARAGRAPHS = 60
PERSON_CHARACTERS = 60
MOTTO_CHARACTERS = 30

LETTERHEAD = re.compile(r"c[oộ]ng h(?:oà|òa|oa) x[aã] h[oộ]i|đảng c[oộ]ng s[aả]n vi[eệ]t nam", re.IGNORECASE)
"""The motto of the State or the Party's name, also as typed without marks."""
NUMBER_LINE = re.compile(
    r"(?:(?:Số|SỐ)(?:\s(?:hiệu|ký hiệu))?\s?[:.]?|S[óôòồổ]\s?:)\s*+(?P<rest>.{0,60})", re.DOTALL
)
"""The line that holds the number, and what stands in it; ``Só:`` is how scans are often read."""
CODE_WORD = r"[A-ZĐƯ][A-Za-zĐđƯưÂâÊêÔô0-9&.]*+"
NUMBER = re.compile(
    rf"(?P<number>\d{{1,6}}\s?[-–]\s?{CODE_WORD}\s?/\s?{CODE_WORD}(?:\s?[-–]\s?{CODE_WORD})?"
    r"|\d{1,6}[a-zA-Z]?\s?[/-]\s?(?:\d{4}\s?/\s?)?"
    rf"{CODE_WORD}(?:\s?[-–]\s?{CODE_WORD}){{0,4}})"
)
"""``411/KH-UBND``, ``12/2024/QĐ-UBND``; documents of the Party have ``57-NQ/TW``."""
BLANK_NUMBER = re.compile(r"[\s.…_]*+/\s?(?P<code>[A-ZĐ][\w&.-]*+)?")
"""``.../KH-UBND``: a draft without its number still says what it is."""
CODE_OF_KIND = re.compile(r"\d(?:/(?:\d{4}/)?|[-–])(?P<code>[A-ZĐƯ][A-Za-zĐđƯư]*+)")
"""The letters for the kind in a number: ``KH`` in ``411/KH-UBND``, ``NQ`` in ``57-NQ/TW``."""
DASH = re.compile(r"[-–]")
PLACE_DATE = re.compile(
    r"(?P<place>[^\d,;:.]{2,40}?)\s?[,.]?\s?"
    r"ngày\s*(?:(?P<day>\d{0,2})[.…\s]*|\S{1,5}\s?)tháng\s*"
    r"(?:(?P<month>\d{0,2})[.…\s]*|\S{1,5}\s?)năm\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
"""``Hà Nội, ngày 05 tháng 3 năm 2024``; day and month may be blank, or in a hand that OCR cannot read."""
OTHER_NUMBER = ("số", "SỐ", "này")
"""Behind the word for a kind these name another document: ``KẾ HOẠCH SỐ 12``."""
SUBJECT = re.compile(r"(?:V/v|Về việc|V/V|v/v)\s*:?\s*+(?P<subject>\S.{5,400})", re.DOTALL)
"""The subject of a dispatch, which stands for a title."""
BODY_START = re.compile(
    r"Căn cứ|Thực hiện|Theo|Trên cơ sở|Kính gửi|Triển khai|Để|Nhằm|Hưởng ứng|Tiếp tục|Phát huy|Xét|Tại|Trong"
    r"|Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Sở"
    r"|Sau \d|Năm \d|Ngày|Số\b"
    r"|[IVX]{1,4}\.|I\b|Phần|Điều|\d\."
)
"""Words that begin the text behind a title."""
BASES = re.compile(r"Căn cứ|Xét |Theo |Thực hiện |Trên cơ sở |Tại |Ngày ")
"""How the bases of a document begin; a date in them is that of another document."""
AUTHORITY = re.compile(rf"{any_phrase('offices', 'authority')}")
"""Who decides, in capitals, as decisions, resolutions and decrees name them above their bases."""
WORD_BEFORE_NAME = re.compile(r"(?:^|\s)(?:của|do|và|thuộc|tại|cho|với|là|,|-|–)\Z")
"""A line that ends so goes on with a name below."""
NUMBERED = re.compile(r"[IVX]{1,4}\.|\d\.")
"""The number of a section at the start of a line."""
PERSON = re.compile(
    r"(?:(?:ThS|TS|BS|PGS|GS|CKI|CKII|BSCKI|BSCKII|DS|Ths|Bs)\.?\s?){0,3}"
    r"(?P<name>[A-ZĐÀ-Ỹ][a-zđà-ỹ]{0,6}(?:\s[A-ZĐÀ-Ỹ][a-zđà-ỹ]{0,6}){1,4})\s*\Z"
)
"""A name at the end of a line, with academic degrees before it."""
OFFICE = re.compile(rf"\b(?:{any_phrase('offices', 'closing')}|TM\.|KT\.|TL\.)")
"""The office above the signer's name, or on whose behalf it is signed."""
COLUMN_END = re.compile(r"\||[-_—]{4,}")
COLUMN_SIGNS = " -_—'"
RULE_LINE = re.compile(r"[-=_─—\s]*\Z")
"""A line drawn of signs."""


@dataclass(slots=True)
class Letterhead:
    """What was printed in the fixed places; empty where nothing was, offsets of the title."""

    official: bool = False
    number: str = ""
    code: str = ""
    """The letters of the number: ``SYT-KHTC``, ``KH-UBND``."""
    number_line: bool = False
    place: str = ""
    issued: str = ""
    kind: DocumentKind | None = None
    genre: str = ""
    """The title's word for what the document is, folded: ``kế hoạch``, ``thông báo``."""
    organ_lines: tuple[str, ...] = ()
    title: str = ""
    title_index: int = -1
    subject: bool = False


def read_letterhead(clean: CleanText) -> Letterhead:
    """Read the head of a document; ``official`` is false when it has no letterhead at all."""
    head = Letterhead()
    texts = _head_texts(clean)
    organs: list[str] = []
    for index, words in enumerate(texts):
        if _is_state_motto(words):
            head.official = True
        elif not head.number_line and (numbered := NUMBER_LINE.match(words)):
            _read_number(head, numbered["rest"])
            dated = PLACE_DATE.search(words)
            if dated and not head.issued:
                _read_date(head, dated)
        elif not head.issued and (dated := PLACE_DATE.match(words)) and not BASES.match(words):
            _read_date(head, dated)
        elif _is_organ_line(words) and not head.title and not head.issued:
            organs.append(words)
        _read_subject(head, words, index)
        if not head.title:
            _read_titled_kind(head, texts, index)
            if head.title_index == index and organs and organs[-1] is words:
                organs.pop()
        if head.title and head.issued and index > head.title_index:
            break
    head.organ_lines = tuple(organs)
    numbered_head = head.number_line and bool(head.issued or head.organ_lines or (head.number and head.title))
    head.official = head.official or numbered_head
    # Copies often begin with the title: the letterhead was on the page before, or fell away.
    head.official = head.official or (head.kind in TITLED_KINDS and head.title_index <= MAX_BARE_TITLE_INDEX)
    if head.kind is None and head.official:
        head.kind = _kind_of_number(head)
    return head


def read_signer(clean: CleanText, first: int) -> str:
    """Give the name under the office in the closing, from paragraph ``first`` on."""
    office = False
    for paragraph in clean.paragraphs[first : first + MAX_CLOSING_PARAGRAPHS]:
        words = clean.text[paragraph.start : paragraph.end]
        office = office or bool(OFFICE.search(words))
        person = PERSON.search(words[-PERSON_CHARACTERS:])
        if office and person and not words.startswith("-"):
            return " ".join(person["name"].split())
    return ""


def _is_state_motto(words: str) -> bool:
    motto = words.lstrip("*|#_-—. ")[:MOTTO_CHARACTERS]
    return bool(LETTERHEAD.match(motto)) and motto[:8].isupper()


def _head_texts(clean: CleanText) -> list[str]:
    texts: list[str] = []
    for paragraph in clean.paragraphs[:MAX_HEAD_PARAGRAPHS]:
        if paragraph.start > HEAD_CHARACTERS:
            break
        words = clean.text[paragraph.start : min(paragraph.end, paragraph.start + MAX_PARAGRAPH_CHARACTERS)]
        # Both columns of a letterhead may stand in one line: ``CHÍNH PHỦ------- | CỘNG HÒA XÃ HỘI ...``.
        columns = [column.strip(COLUMN_SIGNS) for column in COLUMN_END.split(words)]
        texts += columns if len(columns) > 1 and LETTERHEAD.search(words) else [words]
    return texts


def _read_number(head: Letterhead, rest: str) -> None:
    """Read what follows ``Số:``; a line without a number counts where a blank is left for it."""
    match = NUMBER.match(rest)
    blank = BLANK_NUMBER.match(rest)
    if match:
        head.number = "".join(match["number"].split()).rstrip(".-")
        head.code = head.number.rpartition("/")[2]
    elif blank and blank["code"]:
        head.code = blank["code"]
        head.kind = _kinds_by_code().get(DASH.split(blank["code"])[0].upper(), head.kind)
    head.number_line = bool(match or blank or not rest.strip())


def _read_date(head: Letterhead, match: re.Match[str]) -> None:
    head.issued = _iso(match["year"], match["month"], match["day"])
    head.place = match["place"].strip(" ,*")


def _iso(year: str, month: str | None, day: str | None) -> str:
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _is_organ_line(words: str) -> bool:
    fits = MIN_ORGAN_LINE_CHARACTERS <= len(words) <= MAX_ORGAN_LINE_CHARACTERS
    if not fits or not words.isupper() or RULE_LINE.match(words):
        return False
    # What OCR makes of a stamp or a hand has several words and none with a Vietnamese mark.
    return not words.isascii() or words.count(" ") < MIN_NOISE_BLANKS


def _read_subject(head: Letterhead, words: str, index: int) -> None:
    subject = SUBJECT.search(words[:SUBJECT_LINE_CHARACTERS])
    if subject and not head.subject and (not head.title or head.kind is None):
        head.subject = True
        if not head.title and subject.start() < MAX_SUBJECT_START and len(words) < MAX_SUBJECT_PARAGRAPH:
            head.title = "V/v " + " ".join(subject["subject"].split()).rstrip(" .")
            head.title_index = index
            head.kind = head.kind or "dispatch"


def _read_titled_kind(head: Letterhead, texts: list[str], index: int) -> None:
    words = texts[index].strip()
    if not words[:3].isupper() or len(words) > MAX_TITLE_CHARACTERS:
        return
    folded = fold_tones(words)
    for phrase, kind in _kinds_by_title():
        if not folded.startswith(phrase):
            continue
        first = words[: len(phrase)]
        if not first.isupper() or (len(words) > len(phrase) + 2 and not _follows_kind(words, phrase)):
            continue
        head.kind, head.genre = kind, phrase
        head.title = _title_from(texts, index)
        head.title_index = index
        return


def _follows_kind(words: str, phrase: str) -> bool:
    rest = words[len(phrase) :].strip()
    return not rest.startswith(OTHER_NUMBER)


def _title_from(texts: list[str], index: int) -> str:
    parts = [" ".join(texts[index].split())]
    for number, words in enumerate(texts[index + 1 : index + MAX_TITLE_PARAGRAPHS], index + 1):
        line = " ".join(words.split())
        upper = sum(c.isupper() for c in line) > MIN_CAPITAL_SHARE * max(sum(c.isalpha() for c in line), 1)
        if RULE_LINE.match(line) or line.startswith("("):
            continue
        if not upper and (BODY_START.match(line) or len(parts) > 1 or len(line) > MAX_TITLE_LINE_CHARACTERS):
            break
        if upper and (LETTERHEAD.search(line) or NUMBERED.match(line)):
            break
        following = texts[number + 1] if number + 1 < len(texts) else ""
        if upper and len(parts) > 1 and _decides(parts[-1], line, following):
            break
        parts.append(line)
        if not upper:
            if _goes_on(following):
                parts.append(" ".join(following.split()))
            break
    return " ".join(parts)[:MAX_TITLE_CHARACTERS]


def _decides(above: str, line: str, following: str) -> bool:
    """Tell the one who decides, above the bases or at the head of a telegram, from the title."""
    if line.endswith("điện:"):
        return True
    whole = WORD_BEFORE_NAME.search(fold_tones(above)) is None
    return whole and AUTHORITY.match(line) is not None and BASES.match(following) is not None


def _goes_on(line: str) -> bool:
    """Tell the second line of a title in small letters: it begins within a sentence."""
    return line[:1].islower() and len(line) <= MAX_SECOND_LINE_CHARACTERS


def _kind_of_number(head: Letterhead) -> DocumentKind | None:
    match = CODE_OF_KIND.search(head.number)
    if match is None:
        return "dispatch" if head.subject else None
    return _kinds_by_code().get(match["code"].upper(), "dispatch")


def kind_of_title(words: str) -> DocumentKind | None:
    """Give the kind that a word for a document stands for; None when it is no such word.

    >>> kind_of_title("Kế hoạch"), kind_of_title("công văn"), kind_of_title("Sổ tay")
    ('plan', 'dispatch', None)
    """
    folded = fold_tones(words)
    return "dispatch" if folded == "công văn" else dict(_kinds_by_title()).get(folded)


@cache
def _kinds_by_title() -> tuple[tuple[str, DocumentKind], ...]:
    """Every word for a kind, folded, the longer before the shorter that it begins with."""
    rows = read_table("document_kinds", key=("phrase",), required=("kind",))
    kinds = [(fold_tones(row["phrase"]), cast(DocumentKind, row["kind"])) for row in rows]
    return tuple(sorted(kinds, key=lambda item: -len(item[0])))


@cache
def _kinds_by_code() -> dict[str, DocumentKind]:
    """What the letters in a number stand for: ``KH`` a plan (Decree 30/2020/NĐ-CP, annex III)."""
    rows = read_table("document_kinds", key=("phrase",), required=("kind",))
    return {code: cast(DocumentKind, row["kind"]) for row in rows for code in split_aliases(row["codes"])}
