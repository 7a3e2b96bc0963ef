"""Links the name of an indicator to the vocabulary, or coins a stable code for a name that it lacks.

A false merge is worse than a false split: two names are one indicator only when all their words agree
apart from the fillers of ``indicator_words.csv``, and when the unit fits.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from extract.folding import fold_marks
from extract.knowledge.indicators import IndicatorEntry, index_wordings, read_indicators
from extract.knowledge.wording import begins_with_measure, comparison_key, normalize_name, without_change

COINED = "x:"
MAX_SLUG_CHARACTERS = 60
HASH_CHARACTERS = 8
NAMES_REMEMBERED = 1 << 16
NOT_SLUG = re.compile(r"[^a-z0-9]++")
MONEY = re.compile(r"đồng|\b(?:vnd|vnđ|usd|eur)\b|[$€₫]")
SHARE_UNITS = frozenset({"%", "‰", "phần trăm", "điểm %", "điểm phần trăm", "%/năm", "‰/năm", "[ppth]"})
SHARE, COUNT = "tỷ lệ ", "số "
POINT = "điểm"

Family = Literal["share", "money", "rate", "count"]


@dataclass(frozen=True, slots=True)
class IndicatorLink:
    """What an indicator's name stands for: its code, its name and the unit that its values are compared in.

    ``base_unit_code`` is empty when the code was coined.
    """

    code: str
    name: str
    base_unit_code: str


@lru_cache(maxsize=NAMES_REMEMBERED)
def link_indicator(name: str, unit: str = "") -> IndicatorLink:
    """Find the indicator of the vocabulary that a name stands for, or coin a code from the name.

    Takes the name as printed, without value and comparator, and the unit as printed (empty when unknown).
    The unit decides between share and number: ``100% trạm y tế xã có bác sĩ`` gives the name ``trạm y tế xã
    có bác sĩ``, which with ``%`` stands for the share. A coined code is ``x:`` and the normal form of the
    name in ASCII, cut after 60 characters with a hash of the whole; equal names always get equal codes.

    >>> link_indicator("Phấn đấu tỉ lệ bao phủ BHYT", "%")
    IndicatorLink(code='health_insurance_coverage',
                  name='Tỷ lệ dân số tham gia bảo hiểm y tế', base_unit_code='%')
    >>> link_indicator("xã đạt chuẩn nông thôn mới", "xã").code
    'new_rural_communes_count'
    >>> link_indicator("Số mô hình nuôi ong lấy mật", "mô hình")
    IndicatorLink(code='x:so-mo-hinh-nuoi-ong-lay-mat', name='số mô hình nuôi ong lấy mật', base_unit_code='')
    """
    normal = normalize_name(name)
    family = _unit_family(unit)
    for wording in _wordings(normal, family):
        entry = _index().get(comparison_key(wording))
        if entry is not None and _fits(entry, wording, family, unit):
            return IndicatorLink(entry.code, entry.name, entry.base_unit_code)
    return _coin(normal, family)


def _wordings(normal: str, family: Family | None) -> Iterator[str]:
    """Give the normal forms that a name with such a unit may stand for, the likeliest first."""
    for form in dict.fromkeys((normal, without_change(normal))):
        if family == "share" and form.startswith(COUNT):
            yield SHARE + form.removeprefix(COUNT)
        elif family == "share" and not begins_with_measure(form):
            yield SHARE + form
        elif family == "count" and form.startswith(SHARE):
            yield COUNT + form.removeprefix(SHARE)
        yield form
        if family == "count" and not begins_with_measure(form):
            yield COUNT + form


def _fits(entry: IndicatorEntry, wording: str, family: Family | None, unit: str) -> bool:
    """Say whether a unit may stand for an indicator; a percentage of an amount is its growth."""
    usual = _unit_family(entry.unit)
    if family is None or family == usual:
        return True
    if family == "share":
        return usual != "count" or begins_with_measure(wording)
    if "money" in (family, usual):
        return False
    return entry.unit != "%" or family == "rate" or unit == POINT


def _unit_family(unit: str) -> Family | None:
    unit = unit.strip().lower()
    if not unit:
        return None
    if unit in SHARE_UNITS:
        return "share"
    if MONEY.search(unit):
        return "money"
    return "rate" if "/" in unit else "count"


def _coin(normal: str, family: Family | None) -> IndicatorLink:
    name = without_change(normal)
    if family == "share" and not begins_with_measure(name):
        name = SHARE + name
    return IndicatorLink(COINED + _slug(name), name, "")


def _slug(name: str) -> str:
    slug = NOT_SLUG.sub("-", fold_marks(name)).strip("-")
    if slug and len(slug) <= MAX_SLUG_CHARACTERS:
        return slug
    digest = hashlib.sha256(name.encode()).hexdigest()[:HASH_CHARACTERS]
    return f"{slug[:MAX_SLUG_CHARACTERS].rpartition('-')[0]}-{digest}".lstrip("-")


@cache
def _index() -> dict[str, IndicatorEntry]:
    return index_wordings(read_indicators())
