"""Articles: whether they report the work of an administration, whose work, and when they were published."""

from __future__ import annotations

import re
from datetime import date

from extract.folding import fold_tones
from extract.knowledge.actions import leading_action
from extract.knowledge.phrases import any_phrase
from extract.knowledge.places import find_place, province_of_place
from extract.knowledge.provinces import Province, find_province
from extract.mentions.organs import find_organs
from extract.records.issuers import CENTRAL_TYPES, Issuer, short_issuer
from extract.spans import CleanText, Organ

HEAD_CHARACTERS = 3000
OPENING_CHARACTERS = 1500
MIN_ORGANS = 2
"""A text that names so many organs of administration at its head is no mere web page."""
WORK_NEWS = re.compile(rf"\b{any_phrase('news_words', 'work', folded=True)}\b")
"""Words of a headline whose article reports plans or results of administration, in folded text."""
ADMINISTRATION = re.compile(
    rf"\b{any_phrase('news_words', 'administration', folded=True)}\b"
    r"|\bngành (?:[^\W\d_]+\s){1,5}?(?:tỉnh|thành phố|huyện)\b"
)
"""Organs of administration, in folded text."""
CONSULTATION = re.compile(rf"\?|\b{any_phrase('news_words', 'advice', folded=True)}\b")
"""Headlines of legal advice, in folded text: they quote rules, they hand out no work."""
RULES_QUOTED = re.compile(r"\b(?:khoản \d|điều \d{1,3}|điểm [a-zđ] khoản)\b")
"""Provisions of a law, in folded text; an article full of them gives legal advice."""
MAX_RULES_QUOTED = 3
DEPARTMENT = re.compile(
    r"[Nn]gành [A-ZĐÀ-Ỹ][^\s,.;]*(?:,? (?:và )?[A-Za-zđĐÀ-ỹ]+){0,8}?(?= [A-ZĐÀ-Ỹ]| tỉnh| thành phố|$)"
)
"""``Ngành Y tế``: the department that a headline speaks of."""
SECTOR = re.compile(
    rf"\b[Nn]gành (?P<field>[a-zà-ỹđ]+(?:,? [a-zà-ỹđ]+){{0,5}}?)(?=\s{any_phrase('news_words', 'acts')}\b)"
)
"""``ngành y tế sẽ``: an article may name no organ but the sector that acts."""
HEADLINE_PARAGRAPHS = 12
SITE_LINE_CHARACTERS = 25
"""A shorter line at the head of a page is the name of the site."""
MAX_HEADLINE = 300
NOT_HEADLINE = re.compile(rf"\d{{1,2}}:\d\d|{any_phrase('news_words', 'not_headline')}")
"""What a page prints beside a headline: times, counters, menus."""
ACTS = re.compile(rf"(?:\s\([^()]{{1,60}}+\))?\s(?:{any_phrase('news_words', 'acts')}\b|\Z)")
"""What stands behind a unit that does something, also behind its remark in brackets."""
VERB_CHARACTERS = 60
MAX_PLACE_WORDS = 3
PLACED_TYPES = frozenset({"health_centre", "district_committee", "department_division", "police_military"})
"""Units that are called by their district: ``TTYT Mê Linh``."""


def is_advice(headline: str) -> bool:
    """Tell the headline of legal advice.

    >>> is_advice("Mức phạt khi xả rác là bao nhiêu?"), is_advice("Ra quân làm sạch bờ biển")
    (True, False)
    """
    return CONSULTATION.search(fold_tones(headline)) is not None


def is_about_work(headline: str, opening: str) -> bool:
    """Tell an article on what an administration does from advice, history or sport.

    ``opening`` is the beginning of the text, folded by ``fold_tones``.
    """
    if not may_hand_out_work(headline, opening):
        return False
    named = ADMINISTRATION.search(opening) or (
        DEPARTMENT.search(headline) and find_province(headline) is not None
    )
    return WORK_NEWS.search(fold_tones(headline)) is not None and bool(named)


def may_hand_out_work(headline: str, opening: str) -> bool:
    """Tell an article that may hand out work in its sentences from legal advice and rules quoted."""
    return not is_advice(headline) and len(RULES_QUOTED.findall(opening)) <= MAX_RULES_QUOTED


def is_of_administration(opening: str) -> bool:
    """Tell whether the opening, folded, names several organs of administration."""
    return len(ADMINISTRATION.findall(opening)) >= MIN_ORGANS


def read_headline(clean: CleanText) -> str:
    """Give the first line of the text that may be a headline, empty where none is."""
    for paragraph in clean.paragraphs[:HEADLINE_PARAGRAPHS]:
        words = " ".join(clean.text[paragraph.start : paragraph.end].split())
        if SITE_LINE_CHARACTERS <= len(words) <= MAX_HEADLINE and not NOT_HEADLINE.search(words):
            return words
    return ""


def find_reported_issuer(clean: CleanText, headline: str, day: date | str | None) -> Issuer:
    """Find the organ whose work an article reports: named in the headline, else the first that acts.

    A central organ has no province. ``day`` is that of publication, or the year the article is about.
    """
    head = clean.text[:HEAD_CHARACTERS]
    province = find_province(headline, day) or find_place(headline, day)
    department = DEPARTMENT.search(headline)
    if department and province and province.name in headline:
        name = f"{department.group().split(' ' + province.name)[0]} {province.name}".strip()
        return Issuer(name, "", province)
    organ, text = _choose_organ(headline, head, local=province is not None)
    if organ is None:
        province = province or find_province(head, day) or find_place(head, day)
        sector = None if province is None or is_advice(headline) else SECTOR.search(head)
        return Issuer(f"Ngành {sector['field']} {province.name}" if sector and province else "", "", province)
    if organ.unit_type in CENTRAL_TYPES:
        return Issuer(organ.unit or _printed(organ, text), organ.unit)
    own = _province_of(organ, text, day)
    province = own or province or find_province(head, day) or find_place(head, day)
    return Issuer(_name(organ, text, province), organ.unit, province)


def _choose_organ(headline: str, head: str, *, local: bool) -> tuple[Organ | None, str]:
    """Choose the organ and give the text it stands in; advice names organs that have done nothing.

    Where the headline is ``local`` no central organ is meant that the text refers to.
    """
    if is_advice(headline):
        return None, head
    in_headline = [o for o in find_organs(headline) if o.unit_type != "collective"]
    if in_headline:
        return in_headline[0], headline
    organs = [o for o in find_organs(head) if o.unit_type != "collective"]
    of_place = [o for o in organs if o.unit_type not in CENTRAL_TYPES]
    acting = (o for o in (of_place if local else organs) if _acts(head, o))
    return next(acting, of_place[0] if of_place else None), head


def _acts(text: str, organ: Organ) -> bool:
    behind = text[organ.end : organ.end + VERB_CHARACTERS]
    match = ACTS.match(behind)
    if match:
        return True
    return behind.startswith(" ") and leading_action(behind.strip()) is not None


def _province_of(organ: Organ, text: str, day: date | str | None) -> Province | None:
    printed = _printed(organ, text)
    found = find_province(printed, day) or find_place(printed, day)
    if found is None and organ.unit_type in PLACED_TYPES:
        words = printed.split()
        names = (" ".join(words[-count:]) for count in range(MAX_PLACE_WORDS, 1, -1))
        found = next((one for name in names if (one := province_of_place(name, day))), None)
    return found


def _name(organ: Organ, text: str, province: Province | None) -> str:
    """Name a unit as printed where it is that of a smaller place, else by the vocabulary."""
    printed = _printed(organ, text)
    if organ.unit and not (organ.unit_type in PLACED_TYPES and _is_placed(printed, organ, province)):
        return short_issuer(organ.unit, province)
    named = province is not None and not _is_placed(printed, organ, province)
    return short_issuer(printed, province if named else None)


def _is_placed(printed: str, organ: Organ, province: Province | None) -> bool:
    """Tell a name that ends with a place of its own, other than the province."""
    last = fold_tones(printed.split()[-1])
    known = fold_tones(f"{organ.unit} {province.full_name if province else ''}").split()
    return last not in known and find_province(printed) is None and printed[-len(last) :].istitle()


def _printed(organ: Organ, text: str) -> str:
    return " ".join(text[organ.start : organ.end].split())
