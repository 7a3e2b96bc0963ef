"""News without numbering: which sentences say what will be done."""

from __future__ import annotations

import re

from extract.knowledge.actions import leading_action, lower_action_pattern
from extract.knowledge.phrases import any_phrase
from extract.mentions.responsible import find_lead, find_lead_in, find_support
from extract.records.drafts import Reading, TaskDraft
from extract.records.times import TaskTime, find_task_time
from extract.spans import Organ
from extract.structure.outline import Node
from extract.structure.sentences import split_clauses, split_sentences

CLAUSES_AFTER = re.compile(
    r"(?:cụ thể|sau|trọng tâm|sau đây|nội dung|nhiệm vụ)\s?(?:như sau|là)?\s?:\s*+(?=[^\W\d_A-ZĐ])"
)
"""``..., cụ thể: triển khai ...; tiếp tục ...``."""
AHEAD = re.compile(rf"\b{any_phrase('news_words', 'ahead')}\b", re.IGNORECASE)
"""Words with which a report turns from what was done to what will be done."""
BEHIND = re.compile(rf"\b(?:{any_phrase('news_words', 'behind')}|qua \d)\b", re.IGNORECASE)
"""Words of a sentence that tells what was done."""
TOPIC = re.compile(r"(?:Đối với|Về|Trong)\s[^.;:]{3,200}:\s*+(?=[^\W\d_])")
"""A topic before the instruction: ``Đối với cấp xã: rà soát ...``."""
CONNECTIVE = re.compile(rf"{any_phrase('news_words', 'connective')},?\s++")
"""Words that tie a sentence to the one before."""
TURNS = re.compile(rf"\b{any_phrase('news_words', 'turn')}\s")
"""Words behind a unit that say it will act."""
LEAD_IN = re.compile(
    rf"(?:{any_phrase('news_words', 'lead_in')}\b[^.;:]{{2,140}}?,\s++){{1,3}}+", re.IGNORECASE
)
"""Time and purpose before the subject: ``Để ..., trong năm 2026, ngành y tế sẽ ...``."""
ACTOR = re.compile(
    rf"{any_phrase('news_words', 'actor')}(?:\s[^\s,.;:()]{{1,20}}){{0,6}}?\s"
    rf"(?=(?:cũng\s|còn\s)?{any_phrase('news_words', 'duty')}\s)",
    re.IGNORECASE,
)
"""A subject of administration that is no name, before the word that says it has to act."""
DUTY = re.compile(
    rf"(?:cũng\s|còn\s)?{any_phrase('news_words', 'duty')}\s(?!(?:được|bị|do|là|có|trở thành|không còn)\b)"
)
"""``sẽ triển khai``, ``phải thực hiện``, ``cần tập trung``; not ``sẽ được``."""
EVERY = re.compile(rf"{any_phrase('news_words', 'every')}\s(?=[^\W\d_])", re.IGNORECASE)
"""All units of a kind: ``Mỗi bệnh viện cử ...``, ``Tất cả các cơ sở phải ...``."""
CHARGES = re.compile(rf"\s{any_phrase('news_words', 'charge')}\s(?=[^\W\d_])")
"""Behind a unit: it has others do something."""
OPENS = re.compile(
    rf"\b{any_phrase('news_words', 'measures')}\s{any_phrase('news_words', 'main')}\b"
    r"[^.;]{0,60}?\s(?:gồm|là)\b",
    re.IGNORECASE,
)
"""``Các hoạt động chính gồm ...``: what is to be done follows."""
NOW_OR_PAST = re.compile(rf"\b{any_phrase('news_words', 'not_ahead')}\b", re.IGNORECASE)
"""Words of a sentence on how things are or were."""
NAMED_UNITS_CHARACTERS = 200
CLAUSE_END = re.compile(r"[\s;.…/,]*\Z")
"""Signs at the end of a clause that do not belong to the task."""
MIN_PARAGRAPH_CHARACTERS = 60
MIN_CLAUSE_CHARACTERS = 12
MIN_SEMICOLONS = 2
"""A list of clauses has at least so many."""
OPENING_CHARACTERS = 120
VERB_CHARACTERS = 90
SUBJECT_CHARACTERS = 160
CONFIDENCE = 0.65
ANNOUNCED_CONFIDENCE = 0.5
"""Nothing but the sentence itself says that it is a task."""
FUTURE = ("sẽ ", "cũng sẽ ", "còn sẽ ")


def build_narrative_tasks(reading: Reading) -> list[TaskDraft]:
    """Read the tasks of a news item whose paragraphs have no markers."""
    tasks: list[TaskDraft] = []
    ahead = False
    for node in reading.outline.nodes:
        if node.marker is not None or node.end - node.start < MIN_PARAGRAPH_CHARACTERS:
            continue
        clauses = _read_clauses(reading, node)
        if clauses:
            tasks += clauses
            ahead = True
            continue
        sentences = split_sentences(reading.text, node.start, node.end)
        if not sentences:
            continue
        opening = reading.text[sentences[0][0] : sentences[0][1]]
        if AHEAD.search(opening):
            ahead = True
        elif BEHIND.search(opening):
            ahead = False
        if ahead:
            tasks += _read_sentences(reading, node, sentences)
    return tasks


def build_announced_tasks(reading: Reading) -> list[TaskDraft]:
    """Read the tasks of an article whose headline announces none, by the sentences that hand out work.

    A sentence counts where a unit will do something or has others do it, and from there on those that go
    on: instructions, what other units do, what has to be done; up to one on how things are or were.
    """
    tasks: list[TaskDraft] = []
    ahead = False
    for node in reading.outline.nodes:
        if node.marker is not None or node.end - node.start < MIN_PARAGRAPH_CHARACTERS:
            continue
        for start, end in split_sentences(reading.text, node.start, node.end):
            if NOW_OR_PAST.search(reading.text, start, min(end, start + SUBJECT_CHARACTERS)):
                ahead = False
            elif _hands_out(reading, start, end) or (ahead and _goes_on(reading, start, end)):
                ahead = True
                tasks.append(_announced_task(reading, node, start, end))
            elif OPENS.search(reading.text, start, end):
                ahead = True
    return tasks


def _announced_task(reading: Reading, node: Node, start: int, end: int) -> TaskDraft:
    organs = reading.organs(start, end)
    draft = TaskDraft(start, end, "", None, "sentence", node=node.index)
    draft.lead = find_lead(reading.text, _subject(reading, start, end), end, organs)
    draft.support = find_support(reading.text, start, end, organs)
    draft.time = find_task_time(reading.text, start, end, reading.mentions)
    draft.confidence = ANNOUNCED_CONFIDENCE
    return draft


def _subject(reading: Reading, start: int, end: int) -> int:
    """Give where the subject begins, behind connectives and what says when and what for."""
    position = _after_connective(reading.text, start, end)
    match = LEAD_IN.match(reading.text, position, end)
    return match.end() if match else position


def _hands_out(reading: Reading, start: int, end: int) -> bool:
    """Tell a sentence in which a unit will act, or charges another."""
    text, position = reading.text, _subject(reading, start, end)
    actor = ACTOR.match(text, position, end)
    if actor and text.startswith(FUTURE, actor.end()) and DUTY.match(text, actor.end(), end):
        return True
    unit = next((o for o in reading.organs(position, end) if o.start == position), None)
    if unit is None:
        return False
    behind = unit.end + 1
    if text.startswith(FUTURE, behind) and DUTY.match(text, behind, end):
        return True
    charged = CHARGES.match(text, unit.end, end)
    return charged is not None and any(o.start == charged.end() for o in reading.organs(position, end))


def _goes_on(reading: Reading, start: int, end: int) -> bool:
    """Tell a sentence that goes on with what is to be done."""
    text, position = reading.text, _subject(reading, start, end)
    if leading_action(text[position : position + VERB_CHARACTERS]):
        return True
    actor = ACTOR.match(text, position, end)
    if actor and DUTY.match(text, actor.end(), end):
        return True
    organs = reading.organs(position, end)
    every = EVERY.match(text, position, end)
    if not every and not (organs and organs[0].start == position):
        return False
    reach = min(end, position + NAMED_UNITS_CHARACTERS)
    verb = lower_action_pattern().search(text, every.end() if every else organs[0].end, reach)
    duty = DUTY.search(text, position, reach)
    return bool(verb or duty)


def _read_sentences(reading: Reading, node: Node, sentences: list[tuple[int, int]]) -> list[TaskDraft]:
    tasks: list[TaskDraft] = []
    lead: list[Organ] = []
    time = TaskTime()
    for number, (start, end) in enumerate(sentences):
        sentence = reading.text[start:end]
        if BEHIND.search(sentence[:OPENING_CHARACTERS]) or not _instructs(reading, start, end):
            continue
        named = find_lead(
            reading.text, _after_connective(reading.text, start, end), end, reading.organs(start, end)
        )
        own = find_task_time(reading.text, start, end, reading.mentions)
        if number == 0 and named and own.source:
            lead, time = named, own
        draft = TaskDraft(start, end, "", None, "sentence", node=node.index)
        draft.lead = named or lead
        draft.support = find_support(reading.text, start, end, reading.organs(start, end))
        draft.time = own if own.source else time
        draft.confidence = CONFIDENCE
        tasks.append(draft)
    return tasks


def _after_connective(text: str, start: int, end: int) -> int:
    match = CONNECTIVE.match(text, start, end)
    return match.end() if match else start


def _instructs(reading: Reading, start: int, end: int) -> bool:
    text = reading.text
    position = _after_connective(text, start, end)
    topic = TOPIC.match(text, position, end)
    if topic:
        position = topic.end()
    head = text[position : position + VERB_CHARACTERS]
    if leading_action(head):
        return True
    return bool(find_lead(text, position, end, reading.organs(position, end))) and bool(
        TURNS.search(text, position, min(end, position + SUBJECT_CHARACTERS))
    )


def _read_clauses(reading: Reading, node: Node) -> list[TaskDraft]:
    """Each clause after ``cụ thể:`` is a task of the units that the sentence before names."""
    text = reading.text
    match = CLAUSES_AFTER.search(text, node.start, node.end)
    if match is None or not AHEAD.search(text, node.start, match.end()):
        return []
    if text.count(";", match.end(), node.end) < MIN_SEMICOLONS:
        return []
    lead = find_lead_in(text, node.start, match.end(), reading.organs(node.start, match.end()))
    time = find_task_time(text, node.start, match.end(), reading.mentions)
    tasks = []
    for start, end in split_clauses(text, match.end(), node.end):
        stop = CLAUSE_END.search(text, start, end)
        end = stop.start() if stop else end
        if end - start < MIN_CLAUSE_CHARACTERS:
            continue
        draft = TaskDraft(start, end, "", None, "clause", node=node.index)
        draft.lead = find_lead(text, start, end, reading.organs(start, end)) or lead
        draft.support = find_support(text, start, end, reading.organs(start, end))
        own = find_task_time(text, start, end, reading.mentions)
        draft.time = own if own.source else time
        draft.confidence = CONFIDENCE
        tasks.append(draft)
    return tasks
