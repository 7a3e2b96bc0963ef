"""The name of what a quantity measures: the words around it without time, comparator and value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.folding import fold_tones
from extract.records.segments import COPULA, TURN, Segment, is_metric, metric_pattern
from extract.spans import Period

OPENING = re.compile(
    r"(?:\s|[-+*•,;:(–]|(?:trong đó|phấn đấu|mục tiêu(?: là| cụ thể)?|chỉ tiêu(?: \d{1,2})?|duy trì(?: vững chắc)?|đưa|bảo đảm|đảm bảo|và|"
    r"khống chế|hạn chế|ước cả năm|ước|đồng thời|từng bước|tiếp tục|nâng cao|nâng|cụ thể|ngay|đạt được|đạt|có|theo đó|"
    r"hoàn thành chỉ tiêu|toàn tỉnh|toàn thành phố|trên địa bàn tỉnh|thực hiện mục tiêu|số còn lại|hàng năm|hằng năm|mỗi năm|bình quân|"
    r"đến|vào|năm|trong|giai đoạn|khoảng|là|còn|tăng cường|xuống|lên|thứ)\b){1,12}",
    re.IGNORECASE,
)
"""Words before the name that do not belong to it."""
CHANGE_OPENING = re.compile(
    r"(?:tăng|giảm)\s++(?=(?:tỷ|tỉ|số|mức|tổng|thời gian|chênh|diện|tốc)\b)", re.IGNORECASE
)
CLOSING = re.compile(
    r"(?:\s|[,:;.(=≥≤<>~–-]|\b(?:ước đạt|ước thực hiện|đạt|là|còn|chiếm|ở mức|xuống|lên|thành|có|gồm|tăng|giảm|thêm|tối thiểu|tối đa|ít nhất|"
    r"không quá|trên|dưới|từ|khoảng|hơn|gần|đến|tới|vượt|đạt mức|được|thấp|cao|không|vào|bằng|mới|ngay|duy trì ở mức|duy trì)(?=[\s,:;.(]|\Z)){1,8}\Z",
    re.IGNORECASE,
)
SUFFIX_END = re.compile(
    r"[;.(]|,\s(?=(?:trong đó|phấn đấu|góp phần|nhằm|đồng thời|gắn với|đảm bảo|bảo đảm|đáp ứng)\b)|\s(?:vào|đến|từ|trước|trong)\s(?:cuối\s|hết\s)?năm\s\d|/\.|\)"
)
QUALIFIER = re.compile(
    r"(?:dưới|trên|từ|nam|nữ|đối với|khu vực|nông thôn|thành thị|đô thị|cấp|loại|hạng|tuyến|trẻ)\b",
    re.IGNORECASE,
)
SHARED_HEAD = re.compile(r"(?P<head>[^:;.]{6,160}):\s")
CLAUSE_START = re.compile(r"[,;:]\s|\s(?=mục tiêu\s|với\stổng|với\stỷ)")
MAX_PREFIX_CHARACTERS = 220
MAX_VERB_SYLLABLES = 2
COMPARED = re.compile(r"(?:so với|so cùng kỳ|cùng kỳ|trong số đó)\b")
LABEL = re.compile(r"[^:]{0,120}:\s++")


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the form it was printed in: metric (name before value), share or count (after it)."""

    text: str
    form: str


def build_name(
    text: str, segment: Segment, clause: tuple[int, int], periods: list[Period], before: Name | None
) -> Name:
    """Build the name of a quantity from its segment; ``before`` is the name of the one before in the clause."""
    quantity = segment.quantity
    left = _without_periods(text, segment.start, quantity.start, periods)
    right = _suffix(text, quantity.end, segment.end, periods)
    prefix = _prefix(left, right)
    if segment.bracketed and before is not None:
        return _part_name(prefix, right, before)
    if segment.joined and before is not None and before.form != "metric":
        return Name(_squeeze(f"{_shared_prefix(before)} {_counted(text, quantity, right)}"), before.form)
    if not prefix and before is not None and (not right or COMPARED.match(right)):
        return before
    if before is not None and prefix.lower().startswith("riêng "):
        return Name(f"{before.text} - {prefix[6:]}", "metric")
    if _is_metric_form(left, prefix, right, quantity.kind):
        return _metric_name(text, prefix, right, left, clause, before, quantity.start)
    counted = _counted(text, segment.quantity, right)
    label = LABEL.match(prefix)
    if label and not is_metric(prefix):
        prefix = prefix[label.end() :]
    return Name(_squeeze(f"{prefix} {counted}"), f"share {prefix}")


def _shared_prefix(name: Name) -> str:
    return name.form.partition(" ")[2]


def _part_name(prefix: str, right: str, whole: Name) -> Name:
    """A part of a total holds the whole's name: ``Lắp đặt mới trạm - VNPT``."""
    part = re.sub(r"^(?:trong đó|gồm|bao gồm|tỷ lệ)\b[:\s]*", "", prefix, flags=re.IGNORECASE).strip(" :,")
    if part and not is_metric(part):
        return Name(f"{whole.text} - {part}" if len(part) < 80 else part, whole.form)
    if part:
        return Name(part, "metric")
    return Name(_squeeze(f"{whole.text} {right}"), whole.form)


def _is_metric_form(left: str, prefix: str, right: str, kind: str) -> bool:
    if not prefix:
        return False
    if metric_pattern().match(fold_tones(prefix)):
        return True
    copula = COPULA.search(left.rstrip() + " ")
    if not right:
        return True
    if kind == "count":
        return False
    return bool(copula) and bool(
        re.search(r"(?:chiếm|đạt|là|còn|ở mức)\s*(?:trên|dưới|ít nhất|tối thiểu|khoảng)?\s*\Z", left)
    )


def _metric_name(
    text: str,
    prefix: str,
    right: str,
    left: str,
    clause: tuple[int, int],
    before: Name | None,
    value_start: int,
) -> Name:
    if before is not None and QUALIFIER.match(prefix) and not is_metric(prefix):
        head = SHARED_HEAD.search(text, max(0, clause[0] - 200), value_start)
        base = _prefix(head["head"], "") if head else before.text
        return Name(_squeeze(f"{base} {prefix}"), "metric")
    name = prefix.replace(": ", " ") if is_metric(prefix) else prefix
    if re.search(r"chiếm\s*\Z", left):
        name = f"{name} chiếm {right}"
    elif right.startswith(("đối với", "ở ", "của ")):
        name = f"{name} {right}"
    return Name(_squeeze(name), "metric")


def _counted(text: str, quantity: object, right: str) -> str:
    unit = getattr(quantity, "unit", "")
    kind = getattr(quantity, "kind", "")
    if kind in ("count", "fraction") and unit and "/" not in unit:
        printed = text[getattr(quantity, "number_end", 0) : getattr(quantity, "end", 0)].strip()
        return f"{printed} {right}"
    return right


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
    words = " ".join(_without_periods(text, start, last, periods).split())
    return words.strip(" ,;:.-–").removesuffix(" và").removesuffix(" hoặc").strip(" ,")


def _squeeze(words: str) -> str:
    return " ".join(words.split()).strip(" ,;:.-–(")
