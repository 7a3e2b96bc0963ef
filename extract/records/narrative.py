"""News without numbering: which sentences say what will be done."""

from __future__ import annotations

import re

from extract.knowledge.actions import leading_action
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
