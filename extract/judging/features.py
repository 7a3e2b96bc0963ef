"""What a trained model is told of an item: its words, marker, headings and neighbours, as short strings.

Every feature is a string ``name=value``, so that a card or a debugger can print what weighed how much. The
strings are hashed into a fixed number of buckets (the hashing trick, Weinberger et al. 2009,
https://arxiv.org/abs/0902.2206): no vocabulary of words has to be kept, and no text is in the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

from extract.folding import fold_tones
from extract.knowledge.actions import leading_action
from extract.mentions.found import Mentions
from extract.mentions.responsible import find_lead
from extract.structure.markers import is_capitals
from extract.structure.outline import Node, Outline

BUCKETS = 1 << 15
"""More gave no better judgement (`models/README.md`), and twice the size."""
TOKEN = re.compile(r"\w++|[%:;.?!,()–-]")
MAX_CHARACTERS = 400
"""What stands further behind tells no more of what an item is for."""
MAX_WORDS, MAX_PAIRED_WORDS = 40, 24
TITLE_CHARACTERS, TITLE_WORDS = 200, 20
UPPER_TITLE_CHARACTERS, UPPER_TITLE_WORDS = 120, 12
NEIGHBOUR_CHARACTERS = 60
POSITIONS = 5
"""Parts of the document that are told apart."""
SENTENCE_ENDS = ".;:,"


def describe_item(outline: Outline, mentions: Mentions, kind: str, index: int) -> list[str]:
    """Describe a node of an outline for the model.

    Takes the outline, what was found in its text, the document's kind and the node's index; gives features,
    in no order, each once.
    """
    node = outline.nodes[index]
    body = outline.body(node)
    features = {"any", f"kind={kind}", f"zone={node.zone}", f"style={_style(node)}"}
    features |= _shape(outline, node, body)
    features |= _words("w", body, MAX_CHARACTERS, MAX_WORDS)
    features |= _openings("first", body, (1, 2, 3))
    words = TOKEN.findall(fold_tones(body[:MAX_CHARACTERS]))
    features |= {f"pair={a} {b}" for a, b in pairwise(words[: MAX_PAIRED_WORDS + 1])}
    features |= _titles(outline, node)
    for name, step in (("before", -1), ("after", 1)):
        features |= _neighbour(outline, name, index + step)
    features |= _findings(outline, mentions, node, body)
    return sorted(features)


def hash_features(features: Iterable[str]) -> list[int]:
    """Give the bucket of each feature.

    >>> hash_features(["style=bullet"]) == [crc32(b"style=bullet") % BUCKETS]
    True
    """
    return [crc32(feature.encode()) % BUCKETS for feature in features]


def _shape(outline: Outline, node: Node, body: str) -> set[str]:
    lines = [read_attribute(outline, outline.nodes[child]) for child in node.children]
    children = [outline.nodes[child].marker for child, line in zip(node.children, lines, strict=True) if not line]
    marked = min(2, sum(marker is not None for marker in children))
    plain = min(2, sum(marker is None for marker in children))
    features = {
        f"length={min(9, len(body).bit_length())}",
        f"end={_end(body)}",
        f"children={marked}/{plain}",
        f"position={POSITIONS * node.start // max(1, len(outline.text))}",
    }
    if node.paragraph.bold:
        features.add("bold")
    if is_capitals(body):
        features.add("capitals")
    return features


def _titles(outline: Outline, node: Node) -> set[str]:
    if node.parent < 0:
        return {"root"}
    above = outline.nodes[node.parent]
    title = outline.body(above)
    features = _words("title", title, TITLE_CHARACTERS, TITLE_WORDS)
    features |= _openings("title_first", title, (2,))
    features |= {f"title_style={_style(above)}", f"title_end={_end(title)}"}
    for upper in outline.path(node.index)[:-2]:
        features |= _words("upper", outline.body(upper), UPPER_TITLE_CHARACTERS, UPPER_TITLE_WORDS)
    return features


def _neighbour(outline: Outline, name: str, index: int) -> set[str]:
    if not 0 <= index < len(outline.nodes):
        return {f"{name}=none"}
    node = outline.nodes[index]
    body = outline.body(node)[:NEIGHBOUR_CHARACTERS]
    return {f"{name}_style={_style(node)}"} | _openings(f"{name}_first", body, (1, 2))


def _findings(outline: Outline, mentions: Mentions, node: Node, body: str) -> set[str]:
    organs = mentions.organs_in(node.start, node.end)
    lead = bool(organs) and bool(find_lead(outline.text, node.start, node.end, organs))
    return {
        f"action={int(bool(leading_action(body)))}",
        f"lead={int(lead)}",
        f"quantities={min(2, len(mentions.quantities_in(node.start, node.end)))}",
    }


def _words(name: str, text: str, characters: int, count: int) -> set[str]:
    return {f"{name}={word}" for word in TOKEN.findall(fold_tones(text[:characters]))[:count]}


def _openings(name: str, text: str, lengths: tuple[int, ...]) -> set[str]:
    words = TOKEN.findall(fold_tones(text[:NEIGHBOUR_CHARACTERS]))
    return {f"{name}{length}={' '.join(words[:length])}" for length in lengths}


def _style(node: Node) -> str:
    return node.marker.style if node.marker else "none"


def _end(body: str) -> str:
    last = body.rstrip()[-1:]
    return last if last and last in SENTENCE_ENDS else "other"
