"""Whether a page's text layer says what the page shows, judged by how Vietnamese its words are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.readers.layout.page import Word
from extract.syllables import is_vietnamese_syllable

MIN_JUDGED_WORDS = 20
"""Fewer words, such as a table of figures has, say nothing."""
MAX_JUDGED_WORDS = 150
"""Of a full page every third word or so is looked at, spread evenly."""
MIN_SYLLABLE_SHARE = 0.6
"""Pages of the corpus with a true layer have 0.78 and more, with broken maps 0.15 to 0.29."""
MIN_MARKED_SHARE = 0.3
"""Words with a letter beyond ASCII: 0.59 and more in Vietnamese, 0.00 to 0.19 in layers of foreign OCR."""
MIN_PLAIN_SHARE = 0.6
"""Words of letters alone among all that are no numbers: 0.9 in any language, half of it in shifted codes."""
MAX_UNKNOWN_SHARE = 0.1
"""Of characters that stand for none: private use, replacement."""
FULL_IMAGE_SHARE = 0.6
"""An image that covers so much of a page is the page, scanned."""
MIN_COVERED_HEIGHT = 0.3
"""Of a scan's height must be covered by its text; a layer that knows but a corner leaves the rest unread."""
STRIPPED = ".,;:()[]{}<>\"'“”‘’«»–—-…/*?!•+"
NUMBER = re.compile(r"[\d.,:/%()+\-–x×=<>≤≥]+\Z")
LETTERS = re.compile(r"[^\W\d_]+\Z")
CODE = re.compile(r"[\w.]*[\d/&@_.-][\w./&@-]*\Z")
"""``411/KH-UBND``, ``COVID-19``, an address: words of letters and figures that are meant so."""
UNKNOWN = re.compile("[\ue000-\uf8ff\ufffd]")


@dataclass(frozen=True, slots=True)
class Layer:
    """What is known of a page's text layer: its words, how much of them is not drawn, its largest image.

    ``image_share`` is the part of the page that the image covers; ``page_height`` is in points.
    """

    words: list[Word]
    invisible: float
    image_share: float
    page_height: float


def is_reliable(layer: Layer) -> bool:
    """Say whether the text of a layer can be taken for that of the page.

    A page of English, of figures or of few words is believed. A scan's layer is believed when it is
    Vietnamese with its marks and covers the page.
    """
    texts = [word.text for word in layer.words]
    scan = layer.image_share >= FULL_IMAGE_SHARE
    if scan and _covered(layer) < MIN_COVERED_HEIGHT:
        return False
    if _share_of_unknown(texts) > MAX_UNKNOWN_SHARE:
        return False
    stripped = [text.strip(STRIPPED) for text in texts[:: 1 + len(texts) // MAX_JUDGED_WORDS]]
    worded = [word for word in stripped if word and not NUMBER.match(word)]
    if len(worded) < MIN_JUDGED_WORDS:
        return not (scan and not layer.invisible)
    plain = [word for word in worded if LETTERS.match(word)]
    coded = sum(1 for word in worded if not word.isalpha() and CODE.match(word))
    if len(plain) < MIN_PLAIN_SHARE * (len(worded) - coded) or len(plain) < MIN_JUDGED_WORDS / 2:
        return False
    marked = sum(not word.isascii() for word in plain) / len(plain)
    if marked < MIN_MARKED_SHARE:
        return not scan
    return sum(map(is_vietnamese_syllable, plain)) >= MIN_SYLLABLE_SHARE * len(plain)


def _covered(layer: Layer) -> float:
    if not layer.words:
        return 0.0
    top = min(word.box[1] for word in layer.words)
    bottom = max(word.box[3] for word in layer.words)
    return (bottom - top) / max(layer.page_height, 1.0)


def _share_of_unknown(texts: list[str]) -> float:
    joined = "".join(texts)
    return len(UNKNOWN.findall(joined)) / len(joined) if joined else 0.0
