"""What a trained model is told of an item: its words, marker, headings and neighbours, as short strings.

Every feature is a string ``name=value``, so that a card or a debugger can print what weighed how much. The
strings are hashed into a fixed number of buckets (the hashing trick, Weinberger et al. 2009,
https://arxiv.org/abs/0902.2206): no vocabulary of words has to be kept, and no text is in the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from extract.folding import fold_tones
from extract.judging.attributes import read_attribute
from extract.judging.charges import find_node_lead
from extract.knowledge.actions import leading_action
from extract.mentions.found import Mentions
from extract.structure.markers import is_capitals
from extract.structure.outline import Node, Outline

FEATURES_VERSION = 2
"""To be raised when these features or those of confidence change: a model made for others judges wildly."""
BUCKETS = 1 << 15
"""More gave no better judgement (`models/README.md`), and twice the size."""
TOKEN = re.compile(r"\w++|[%:;.?!,()–-]")
MAX_CHARACTERS = 250
"""What stands further behind tells no more of what an item is for."""
MAX_WORDS, MAX_PAIRED_WORDS = 30, 16
TITLE_CHARACTERS, TITLE_WORDS = 200, 20
UPPER_TITLE_CHARACTERS, UPPER_TITLE_WORDS = 120, 12
OPENING_CHARACTERS = 60
POSITIONS = 5
"""Parts of the document that are told apart."""
MOST_COUNTED = 2
"""More children or quantities are not told apart."""
LONGEST = 9
"""Bits of the number of characters (256 and more) beyond which texts are equally long."""
SENTENCE_ENDS = ".;:,"


class _Opening(NamedTuple):
    """What others are told of a node: the style of its marker and its first words."""

    style: str
    words: list[str]


class Describer:
    """Describes the nodes of one document; what headings and neighbours give is worked out once."""

    def __init__(self, outline: Outline, mentions: Mentions, kind: str) -> None:
        self._outline, self._mentions, self._kind = outline, mentions, kind
        self._openings: dict[int, _Opening] = {}
        self._titles: dict[int, frozenset[str]] = {}
        self._title_buckets: dict[int, frozenset[int]] = {}

    def describe(self, index: int) -> set[str]:
        r"""Give the features of the node with that index.

        >>> from extract.mentions.found import find_mentions
        >>> from extract.spans import CleanText, Paragraph
        >>> from extract.structure.outline import build_outline
        >>> text = "I. NHIỆM VỤ\n- Trồng rừng."
        >>> outline = build_outline(CleanText(text, [Paragraph(0, 11), Paragraph(12, 25)]))
        >>> features = Describer(outline, find_mentions(text), "plan").describe(1)
        >>> sorted(one for one in features if one.startswith(("w=", "title=")))
        ['title=nhiệm', 'title=vụ', 'w=.', 'w=rừng', 'w=trồng']
        """
        return self._describe_own(index) | self._describe_titles(self._outline.nodes[index].parent)

    def find_buckets(self, index: int) -> frozenset[int]:
        """Give the buckets of the node's features; those of a heading are hashed once for all under it."""
        parent = self._outline.nodes[index].parent
        if parent not in self._title_buckets:
            self._title_buckets[parent] = frozenset(hash_features(self._describe_titles(parent)))
        return self._title_buckets[parent].union(hash_features(self._describe_own(index)))

    def _describe_own(self, index: int) -> set[str]:
        outline = self._outline
        node = outline.nodes[index]
        body = outline.body(node)
        opening = self._opening(index)
        words = TOKEN.findall(fold_tones(body[:MAX_CHARACTERS]))[:MAX_WORDS]
        features = {"any", f"kind={self._kind}", f"zone={node.zone}", f"style={opening.style}"}
        features.update([f"w={word}" for word in words])
        features.update([f"pair={a} {b}" for a, b in pairwise(words[: MAX_PAIRED_WORDS + 1])])
        features.update([f"first{length}={' '.join(opening.words[:length])}" for length in (1, 2, 3)])
        features |= self._describe_shape(node, body)
        features |= self._describe_neighbour("before", index - 1)
        features |= self._describe_neighbour("after", index + 1)
        return features | self._describe_findings(node, body)

    def _describe_shape(self, node: Node, body: str) -> set[str]:
        below = [self._outline.nodes[child] for child in node.children]
        charges = {line.role for child in below if (line := read_attribute(self._outline, child))}
        children = [child.marker for child in below if read_attribute(self._outline, child) is None]
        marked = min(MOST_COUNTED, sum(marker is not None for marker in children))
        plain = min(MOST_COUNTED, sum(marker is None for marker in children))
        features = {
            f"length={min(LONGEST, len(body).bit_length())}",
            f"end={_end(body)}",
            f"children={marked}/{plain}",
            *(f"line={role}" for role in charges),
            f"position={POSITIONS * node.start // max(1, len(self._outline.text))}",
        }
        if node.paragraph.bold:
            features.add("bold")
        if is_capitals(body):
            features.add("capitals")
        return features

    def _describe_titles(self, parent: int) -> frozenset[str]:
        """Describe the heading with that index as the title of what stands under it."""
        if parent < 0:
            return frozenset({"root"})
        if parent not in self._titles:
            outline = self._outline
            opening, title = self._opening(parent), outline.body(outline.nodes[parent])
            features = _describe_words("title", title, TITLE_CHARACTERS, TITLE_WORDS)
            features |= {
                f"title_first2={' '.join(opening.words[:2])}",
                f"title_style={opening.style}",
                f"title_end={_end(title)}",
            }
            for upper in outline.path(parent)[:-1]:
                body = outline.body(upper)
                features |= _describe_words("upper", body, UPPER_TITLE_CHARACTERS, UPPER_TITLE_WORDS)
            self._titles[parent] = frozenset(features)
        return self._titles[parent]

    def _describe_neighbour(self, name: str, index: int) -> set[str]:
        if not 0 <= index < len(self._outline.nodes):
            return {f"{name}=none"}
        style, words = self._opening(index)
        first = words[0] if words else ""
        return {f"{name}_style={style}", f"{name}_first1={first}", f"{name}_first2={' '.join(words[:2])}"}

    def _describe_findings(self, node: Node, body: str) -> set[str]:
        lead = find_node_lead(self._outline, self._mentions, node.start, node.end)
        quantities = len(self._mentions.quantities_in(node.start, node.end))
        return {
            f"action={int(bool(leading_action(body)))}",
            f"lead={int(bool(lead))}",
            f"quantities={min(MOST_COUNTED, quantities)}",
        }

    def _opening(self, index: int) -> _Opening:
        if index not in self._openings:
            node = self._outline.nodes[index]
            words = TOKEN.findall(fold_tones(self._outline.body(node)[:OPENING_CHARACTERS]))
            self._openings[index] = _Opening(node.marker.style if node.marker else "none", words[:3])
        return self._openings[index]


def hash_features(features: Iterable[str]) -> list[int]:
    """Give the bucket of each feature.

    >>> hash_features(["style=bullet"]) == [crc32(b"style=bullet") % BUCKETS]
    True
    """
    return [code % BUCKETS for code in map(crc32, map(str.encode, features))]


def _describe_words(name: str, text: str, characters: int, count: int) -> set[str]:
    return {f"{name}={word}" for word in TOKEN.findall(fold_tones(text[:characters]))[:count]}


def _end(body: str) -> str:
    last = body.rstrip()[-1:]
    return last if last and last in SENTENCE_ENDS else "other"
