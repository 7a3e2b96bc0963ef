"""The name of what a quantity measures: the words around it without time, comparator and value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.folding import fold_tones
from extract.knowledge.phrases import any_phrase, read_phrases
from extract.knowledge.units import unit_source
from extract.records.name_clauses import cut_behind, cut_lead, cut_to_metric
from extract.records.segments import TURN, Segment, is_metric, metric_pattern
from extract.spans import Period, Quantity

OPENING = re.compile(
    r"(?:[\s\-+*•,;:(–]"
    rf"|(?:chỉ tiêu \d{{1,2}}|{any_phrase('indicator_cues', 'before_name')})\b){{1,12}}",
    re.IGNORECASE,
)
"""Words before the name that do not belong to it."""
CHANGE_OPENING = re.compile(
    r"(?:tăng|giảm)\s++(?=(?:tỷ|tỉ|số|mức|tổng|thời gian|chênh|diện|tốc)\b)", re.IGNORECASE
)
"""A change before the name; it goes into the measure."""
CLOSING = re.compile(
    r"(?:[\s,:;.(=≥≤<>~–-]"
    rf"|(?<!trưởng )(?<!hoàn )(?<!trở )\b{any_phrase('indicator_cues', 'after_name')}"
    r"(?=[\s,:;.(]|\Z)){1,8}\Z",
    re.IGNORECASE,
)
"""Words between the name and its value."""
SUFFIX_END = re.compile(
    r"[;.(]"
    r"|,\s(?=(?:trong đó|phấn đấu|góp phần|nhằm|đồng thời|gắn với|đảm bảo|bảo đảm|đáp ứng)\b)"
    r"|\s(?:vào|đến|từ|trước|trong)\s(?:cuối\s|hết\s)?năm\s\d"
    r"|\svới\s(?=tổng\b)"
    r"|/\.|\)"
)
"""Where a name behind its value ends: at a stop, an aim or a time."""
QUALIFIER = re.compile(rf"{any_phrase('indicator_cues', 'qualifier')}\b", re.IGNORECASE)
"""What tells parts of one measure apart: ``dưới 5 tuổi``, ``nữ``, ``khu vực nông thôn``."""
SHARED_HEAD = re.compile(r"(?P<head>[^:;.]{6,160}):\s")
"""``Tỷ lệ hộ nghèo: nông thôn còn 3%, thành thị còn 1%``: the words that several names share."""
SHARED_HEAD_CHARACTERS = 200
CLAUSE_START = re.compile(r"[,;:]\s|\s(?=mục tiêu\s|với\stổng|với\stỷ)")
"""Where, before a value, the clause with its name may begin."""
MAX_PREFIX_CHARACTERS = 220
MAX_VERB_SYLLABLES = 2
MAX_PART_CHARACTERS = 80
COMPARED = re.compile(r"(?:so với|so cùng kỳ|cùng kỳ|trong số đó)\b")
"""Words behind a value that compare it and name nothing."""
AGAINST_PLAN = re.compile(
    r"(?:so với )?(?P<plan>(?:kế hoạch|dự toán|chỉ tiêu)\b(?: (?:năm|giao|được giao|đề ra))*)"
)
"""``đạt 80% kế hoạch``: a share of what the value before it was to be."""
LABEL = re.compile(r"[^:]{0,120}:\s++")
"""A label before what is counted: ``Y tế: 12 trạm``."""
PART_OPENING = re.compile(r"(?:trong đó|gồm|bao gồm|tỷ lệ)\b[:\s]*+", re.IGNORECASE)
"""Words before the name of a part."""
REACHES_AT_END = re.compile(
    r"(?:chiếm|đạt|là|còn|ở mức)\s*+(?:(?:trên|dưới|ít nhất|tối thiểu|khoảng)\s*+)?\Z"
)
"""Before a value that says how far the name in front of it gets."""
VALUE_NEXT = re.compile(rf"(?:[:=(]|\b{any_phrase('indicator_cues', 'after_name')})\s*+\Z", re.IGNORECASE)
"""Before a count whose name stands in front of it, not behind its unit."""
BARE_UNITS = frozenset(read_phrases("indicator_cues", "bare_unit"))
"""Units that say nothing of what is counted: ``bị thương 79 người``."""
SHARE_AT_END = re.compile(r"chiếm\s*+\Z")
"""``chiếm 30% tổng số``: what follows the value belongs to its name."""
OWN_BRACKET = re.compile(r"[^\W\d_]\s?\(\s?\Z")
"""Before a value that stands in brackets right behind what it is the value of."""
WITH_SUM = re.compile(
    r"\bvới\s(?:tổng|diện tích|quy mô|công suất|chiều dài|kinh phí|vốn)(?:\s\w{1,12}){0,5}\s?(?:[:(]\s?)?\Z"
)
"""``12 khu với tổng diện tích 300 ha``: the measure is one of what was counted before."""
LISTED = re.compile(r"\s(?:(?:khá |rất )?(?:cao|thấp|lớn|tốt) )?(?:như|gồm|là|tại|ở)\b|:")
"""Between a measure and those it is listed for: ``tỷ lệ lấp đầy cao như``."""
OWN_PART = "riêng "
GROUP_BEHIND = "đối với "
"""``167cm đối với nam, đạt 156cm đối với nữ``: whom a second value of one measure is for."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the form it was printed in: metric (name before value), share or count (after it)."""

    text: str
    form: str


def build_name(
    text: str, segment: Segment, clause: tuple[int, int], periods: list[Period], before: Name | None
) -> Name:
    """Build the name of a quantity from its segment.

    ``periods`` are the time expressions of the clause, which are no part of names; ``before`` is the name of
    the quantity before in the clause, whose words this one may share.

    >>> from extract.mentions.quantities import find_quantities
    >>> words = "phấn đấu tỷ lệ hộ nghèo còn dưới 3%"
    >>> segment = Segment(find_quantities(words)[0], 0, len(words), joined=False, bracketed=False)
    >>> build_name(words, segment, (0, len(words)), [], None).text
    'tỷ lệ hộ nghèo'
    """
    quantity = segment.quantity
    left = _without_periods(text, segment.start, quantity.start, periods)
    right = _suffix(text, quantity.end, segment.end, periods)
    prefix = _prefix(left, right)
    if segment.bracketed and before is not None:
        return _part_name(prefix, right, before)
    if segment.joined and before is not None and before.form != "metric":
        return Name(_squeeze(f"{_shared_prefix(before)} {_counted(text, quantity, right)}"), before.form)
    printed = bool(text[quantity.number_end : quantity.end].strip())
    counts_anew = quantity.kind == "count" and printed and not COMPARED.match(right)
    if not prefix and before is not None and (not right or COMPARED.match(right)):
        return Name(_squeeze(_counted(text, quantity, right)), "share ") if counts_anew else before
    if OWN_BRACKET.search(left) and before is not None and prefix and not is_metric(prefix):
        return _listed_name(prefix, before)
    against = AGAINST_PLAN.match(right) if quantity.kind == "percent" else None
    if against and before is not None and (not prefix or prefix.lower() == "bằng"):
        return Name(f"{before.text} - so với {against['plan']}", "metric")
    if not prefix and before is not None and right.startswith(GROUP_BEHIND):
        return Name(f"{before.text.partition(f' {GROUP_BEHIND}')[0]} {right}", "metric")
    if before is not None and prefix.lower().startswith(OWN_PART):
        return Name(f"{before.text} - {prefix[len(OWN_PART) :]}", "metric")
    if _is_metric_form(left, prefix, right, quantity.kind, quantity.unit):
        return _metric_name(text, prefix, right, left, clause, before, quantity.start)
    counted = _counted(text, segment.quantity, right)
    label = LABEL.match(prefix)
    if label and not is_metric(prefix):
        prefix = prefix[label.end() :]
    return Name(_squeeze(f"{prefix} {counted}"), f"share {prefix}")


def _listed_name(prefix: str, before: Name) -> Name:
    """Name a value in brackets behind its owner after the measure that the list shares."""
    example = LISTED.search(before.text)
    shared = before.text[: example.start()] if example else before.text.partition(" - ")[0]
    metrics = list(metric_pattern().finditer(fold_tones(shared)))
    if example and metrics:
        shared = shared[metrics[-1].start() :]
    return Name(f"{shared} - {prefix}", before.form)


def _shared_prefix(name: Name) -> str:
    return name.form.partition(" ")[2]


def _part_name(prefix: str, right: str, whole: Name) -> Name:
    """A part of a total holds the whole's name: ``Lắp đặt mới trạm - VNPT``."""
    opening = PART_OPENING.match(prefix)
    part = prefix[opening.end() if opening else 0 :].strip(" :,")
    if part and not is_metric(part):
        return Name(f"{whole.text} - {part}" if len(part) < MAX_PART_CHARACTERS else part, whole.form)
    if part:
        return Name(part, "metric")
    return Name(_squeeze(f"{whole.text} {right}"), whole.form)


def _is_metric_form(left: str, prefix: str, right: str, kind: str, unit: str) -> bool:
    if not prefix:
        return False
    if metric_pattern().match(fold_tones(prefix)):
        return True
    if not right:
        return kind != "count" or unit in BARE_UNITS or VALUE_NEXT.search(left) is not None
    return kind != "count" and REACHES_AT_END.search(left) is not None


def _metric_name(
    text: str,
    prefix: str,
    right: str,
    left: str,
    clause: tuple[int, int],
    before: Name | None,
    value_start: int,
) -> Name:
    qualifier = QUALIFIER.match(prefix)
    if qualifier and is_metric(prefix[qualifier.end() :].lstrip()):
        prefix = prefix[qualifier.end() :].lstrip()
    elif before is not None and qualifier and not is_metric(prefix):
        first = max(0, clause[0] - SHARED_HEAD_CHARACTERS)
        head = SHARED_HEAD.search(text, max(first, text.rfind("\n", first, value_start) + 1), value_start)
        base = _prefix(head["head"], "") if head else before.text
        return Name(_squeeze(f"{base} {prefix}"), "metric")
    name = prefix.replace(": ", " ") if is_metric(prefix) else prefix
    if before is not None and before.form != "metric" and WITH_SUM.search(left) and is_metric(prefix):
        return Name(_squeeze(f"{name} {before.text}"), "metric")
    if SHARE_AT_END.search(left):
        name = f"{name} chiếm {right}"
    elif right.startswith(("đối với", "ở ", "của ")):
        name = f"{name} {right}"
    return Name(_squeeze(name), "metric")


def _counted(text: str, quantity: Quantity, right: str) -> str:
    """Put what is counted before the words behind it: ``12`` + ``trạm y tế`` + ``xã``."""
    if quantity.kind in ("count", "fraction") and quantity.unit and "/" not in quantity.unit:
        unit = text[quantity.number_end : quantity.end].strip()
        multiplier = _multiplier_pattern().match(fold_tones(unit))
        return f"{unit[multiplier.end() :] if multiplier else unit} {right}"
    return right


@cache
def _multiplier_pattern() -> re.Pattern[str]:
    """``triệu`` in ``triệu lượt`` is part of the unit, but of no name."""
    return re.compile(rf"(?:{unit_source('multiplier')}\s++)++")


def _without_periods(text: str, start: int, end: int, periods: list[Period]) -> str:
    """Blank out the time expressions of a stretch."""
    parts, position = [], start
    for period in periods:
        if start <= period.start and period.end <= end and period.start >= position:
            parts.append(text[position : period.start])
            position = period.end
    parts.append(text[position:end])
    return " ".join(parts)


def _prefix(left: str, right: str) -> str:
    words = _last_clause(" ".join(left.split()), bool(right))
    words = cut_to_metric(words)
    if right:
        words = cut_lead(words)
    closing = CLOSING.search(words)
    if closing:
        words = words[: closing.start()]
    opening = OPENING.match(words)
    if opening:
        words = words[opening.end() :]
    change = CHANGE_OPENING.match(words)
    if change:
        words = words[change.end() :]
    return words.strip(" ,;:.-–+")


def _last_clause(words: str, named_behind: bool) -> str:
    """Cut what stands before the clause that the value belongs to.

    A bare verb in front of the value opens a clause only where the name follows the value:
    ``xử lý 100% cơ sở``, but ``Tỷ lệ rác được thu gom, xử lý đạt 94%``.
    """
    for match in reversed(list(CLAUSE_START.finditer(words))):
        rest = words[match.end() :]
        bare = OPENING.sub("", rest, count=1)
        if not CLOSING.sub("", bare).strip() or metric_pattern().match(fold_tones(bare)):
            return rest
        if TURN.match(rest) and (named_behind or len(CLOSING.sub("", rest).split()) > MAX_VERB_SYLLABLES):
            return rest
    start = CLAUSE_START.search(words) if len(words) > MAX_PREFIX_CHARACTERS else None
    return words[start.end() :] if start else words


def _suffix(text: str, start: int, end: int, periods: list[Period]) -> str:
    stop = SUFFIX_END.search(text, start, end)
    last = stop.start() if stop else end
    words = cut_behind(" ".join(_without_periods(text, start, last, periods).split()))
    return words.strip(" ,;:.-–").removesuffix(" và").removesuffix(" hoặc").strip(" ,")


def _squeeze(words: str) -> str:
    return " ".join(words.split()).strip(" ,;:.-–(")
