"""Rules and model together: the rules decide where they are certain, the trained model where they are not."""

from __future__ import annotations

from dataclasses import replace

from extract.judging.features import Describer
from extract.judging.model import INSTRUCTIONS, JudgementModel
from extract.judging.roles import WORKING, read_role
from extract.judging.rules import Judged, Judgement, instructs
from extract.mentions.found import Mentions
from extract.schema import GroupRole
from extract.structure.outline import Node, Outline

HALF = 0.5
DROP_BELOW, ADD_ABOVE = 0.2, 0.8
DROP_CERTAIN_BELOW = 0.02
"""Chances at which a judgement of the rules is turned round; between them the rules keep it.

A task with a clear sign is only dropped where the model is as good as sure that it is none.
Measured on documents that neither the rules nor the model had seen (`models/README.md`).
"""
TASKS: frozenset[Judgement] = frozenset({"task", "both"})
OPEN: frozenset[Judgement] = frozenset({"nothing", "continuation"})
"""What the rules may have said for want of a sign."""


def decide(
    outline: Outline,
    roles: list[GroupRole],
    mentions: Mentions,
    judged: list[Judged],
    kind: str,
    model: JudgementModel,
) -> list[Judged]:
    """Give the judgements of all nodes, in order, those of the rules turned round where the model is sure.

    ``judged`` is what the rules say, ``kind`` the document's kind. Tasks, and nodes of which the rules are
    not certain, carry the model's chance that they instruct.
    """
    describer = Describer(outline, mentions, kind)
    decided = []
    for node, said in zip(outline.nodes, judged, strict=True):
        certain = not model.alone and is_certain(outline, roles, mentions, node, said)
        if not certain or said.what in TASKS:
            chances = model.chances(describer.describe(node.index))
            chance = sum(chances[name] for name in INSTRUCTIONS)
            said = replace(said, what=_weigh(said.what, chance, certain, model.alone), chance=chance)
        decided.append(said)
    return decided


def is_certain(
    outline: Outline, roles: list[GroupRole], mentions: Mentions, node: Node, said: Judged
) -> bool:
    """Tell whether a rule had a clear sign: a verb or a unit that is charged, or a section's title."""
    if said.what in TASKS:
        return instructs(outline, mentions, node)
    if said.what not in OPEN:
        return True
    if node.parent < 0 and node.marker is None:
        return True
    return roles[node.index] not in WORKING and _is_titled(outline, node)


def _weigh(what: Judgement, chance: float, certain: bool, alone: bool) -> Judgement:
    """Hold what the rules say against the chance that the node instructs."""
    low, high = (HALF, HALF) if alone else (DROP_CERTAIN_BELOW if certain else DROP_BELOW, ADD_ABOVE)
    if what in TASKS and chance < low:
        # What instructs nobody still heads its items.
        return "group" if what == "both" else "nothing"
    if what in OPEN and chance > high:
        return "task"
    return what


def _is_titled(outline: Outline, node: Node) -> bool:
    """Tell a node that stands in a section whose title says what it is for."""
    return any(read_role(outline.body(above)) for above in outline.path(node.index)[:-1])
