"""Where a name begins and ends in a long sentence: behind lead-ins, before aims and conditions."""

from __future__ import annotations

import re

from extract.folding import fold_tones
from extract.knowledge.actions import lower_action_pattern
from extract.knowledge.phrases import any_phrase
from extract.records.segments import metric_pattern

MAX_LEAD_SYLLABLES = 10
"""So many words before a count are its verb and what goes with it; more hold a lead-in or another clause."""
MAX_BEHIND_SYLLABLES = 18
"""So many words behind a value name what is measured; more hold an aim, a condition or another clause."""
MIN_BEHIND_SYLLABLES = 2
GOAL = " mục tiêu "
"""Behind it a long sentence says what it aims at."""
NEXT_CLAUSE = re.compile(r",\s")
MUST = re.compile(r"[^,;]{2,60}?\s(?:cần|phải|chịu trách nhiệm)\s")
"""A unit and what it must do."""
POINTS_AHEAD = re.compile(rf"(?:\A|\s){any_phrase('indicator_cues', 'points_ahead')}\s*\Z", re.IGNORECASE)
"""Right before a count: what stands in front is another clause, or only says that it is an aim."""
MAX_BARE_SYLLABLES = 20
"""In a sentence so short the words before a bare ``diện tích`` say what has it."""
TURNS = re.compile(rf"[,;:)\]]\s{{1,2}}|\s{any_phrase('indicator_cues', 'name_turn')}\s", re.IGNORECASE)
"""Where, in a long stretch before a value, the clause of its name may begin."""
LEADS_TO_METRIC = re.compile(
    rf"(?:[,;:(]|\b{any_phrase('indicator_cues', 'leads_to_metric')})\s{{1,2}}\Z", re.IGNORECASE
)
"""Before the name of a measure that a long sentence comes to."""
BEFORE_CHARACTERS = 12
ASIDE = re.compile(
    rf",\s{any_phrase('indicator_cues', 'aside')}\s|\s{any_phrase('indicator_cues', 'aside_at_once')}\s"
    r"|[:;]\s"
)
"""Behind a name: an aim, a stress or a list."""
LATE_ASIDE = re.compile(rf"\s{any_phrase('indicator_cues', 'late_aside')}\s", re.IGNORECASE)
"""The same, where the name is long; a short one may say what for."""


def cut_lead(words: str) -> str:
    """Cut a long lead-in before a count: the verb nearest the number begins its name.

    >>> cut_lead("Sở Y tế rà soát, bố trí nhân lực tại các cơ sở khám bệnh, đến nay đã thành lập")
    'thành lập'
    >>> cut_lead("triển khai thí điểm")
    'triển khai thí điểm'
    """
    if POINTS_AHEAD.search(words):
        return ""
    if len(words.split()) <= MAX_LEAD_SYLLABLES:
        return words
    goal = words.rfind(GOAL)
    if goal >= 0 and words[goal + len(GOAL) :].strip():
        words = words[goal + len(GOAL) :]
    for turn in reversed(list(TURNS.finditer(words))):
        rest = words[turn.end() :]
        verb = lower_action_pattern().match(fold_tones(rest))
        if rest.strip() and verb:
            return rest
    return words


def cut_to_metric(words: str) -> str:
    """Cut what leads, in a long sentence, to the name of a measure.

    >>> cut_to_metric("chợ sẽ đi vào hoạt động trong quý sau, dự kiến có các hộ với tỷ lệ thuê sạp cao")
    'tỷ lệ thuê sạp cao'
    """
    folded = fold_tones(words)
    if len(words.split()) <= MAX_LEAD_SYLLABLES or metric_pattern().match(folded):
        return words
    for metric in reversed(list(metric_pattern().finditer(folded))):
        first = metric.start()
        bare = not words[metric.end() :].strip()
        if bare and len(words.split()) <= MAX_BARE_SYLLABLES:
            continue
        if LEADS_TO_METRIC.search(words, max(0, first - BEFORE_CHARACTERS), first):
            return words[first:]
    return words


def cut_behind(words: str) -> str:
    """Cut aims, stresses and lists behind a name; where it is long, also what it is done by.

    >>> cut_behind("trạm bơm tưới tiêu, ưu tiên các xã vùng cao")
    'trạm bơm tưới tiêu'
    """
    for match in ASIDE.finditer(words):
        if len(words[: match.start()].split()) >= MIN_BEHIND_SYLLABLES:
            words = words[: match.start()]
            break
    if len(words.split()) > MAX_BEHIND_SYLLABLES:
        for match in LATE_ASIDE.finditer(words):
            if len(words[: match.start()].split()) > MIN_BEHIND_SYLLABLES:
                return words[: match.start()]
        for comma in NEXT_CLAUSE.finditer(words):
            long_enough = len(words[: comma.start()].split()) > MIN_BEHIND_SYLLABLES
            if long_enough and MUST.match(words, comma.end()):
                return words[: comma.start()]
    return words
