"""Every named regular expression of the package: its examples match, its counter-examples do not, none hangs.

A module may state examples beside its patterns, as ``EXAMPLES`` and ``COUNTER_EXAMPLES``: mappings from the
name of a pattern to strings. Run as a script this file times every pattern on hostile text.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import extract

HOSTILE_CHARACTERS = 20_000
# A pattern in linear time needs milliseconds for this text; one in quadratic time 0.5 s or more.
LIMIT_SECONDS = 0.4
HANGING_SECONDS = 120
HOSTILE_PIECES = (
    *" .,-/|(:aI1#",
    *(
        "a ",
        "1.",
        "1,",
        "1.000",
        "1/",
        "1-",
        "1 - ",
        "A/",
        "A-",
        "- ",
        ". ",
        "..",
        "| ",
        "| 1 ",
        "( ",
        "()",
        "1) ",
    ),
    *(
        "năm ",
        "năm 2025 ",
        "ngày ",
        "đến ",
        "từ ",
        "quý ",
        "trên ",
        "tỷ ",
        "đồng ",
        "Sở ",
        "Ủy ban ",
        "và ",
        "Số: ",
    ),
    *(
        "phối hợp ",
        "1/1/",
        "01/KH-",
        "Điều ",
        "I. ",
        "V",
        "ph\u00fa",
        "giai đoạn 2021-",
        "%",
        "\u0301",
        "*",
        "_",
        "<a",
    ),
)
ANCHORED_METHODS = {"match", "fullmatch"}


def module_names() -> list[str]:
    found = pkgutil.walk_packages(extract.__path__, "extract.")
    return sorted(module.name for module in found if not module.name.endswith("__main__"))


def patterns_of(module: object) -> dict[str, re.Pattern[str]]:
    named = vars(module).items()
    return {
        name: value
        for name, value in named
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
    }


@pytest.mark.parametrize("name", module_names())
def test_examples_match_and_counter_examples_do_not(name: str) -> None:
    module = importlib.import_module(name)
    examples = getattr(module, "EXAMPLES", {})
    counter_examples = getattr(module, "COUNTER_EXAMPLES", {})
    assert examples.keys() == counter_examples.keys(), (
        "a pattern with examples needs counter-examples, and the reverse"
    )
    for pattern_name, texts in examples.items():
        pattern = getattr(module, pattern_name)
        assert [text for text in texts if not pattern.search(text)] == [], (
            f"{pattern_name} misses its examples"
        )
        wrong = [text for text in counter_examples[pattern_name] if pattern.search(text)]
        assert wrong == [], f"{pattern_name} matches its counter-examples"


def test_no_pattern_is_slow_on_hostile_text() -> None:
    run = subprocess.run(
        [sys.executable, "-X", "utf8", __file__],
        capture_output=True,
        text=True,
        timeout=HANGING_SECONDS,
        check=False,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stdout + run.stderr


def is_only_anchored(name: str, source: str) -> bool:
    """Whether the module only asks for a match at one place: then a scan from every place would be unfair."""
    methods = set(re.findall(rf"\b{name}\.([a-z]+)\(", source))
    return bool(methods) and methods <= ANCHORED_METHODS


def time_pattern(pattern: re.Pattern[str], text: str, anchored: bool) -> float:
    start = time.process_time()
    if anchored:
        pattern.match(text)
        pattern.fullmatch(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - start


def find_slow_patterns() -> list[str]:
    slow = []
    texts = {piece: piece * (HOSTILE_CHARACTERS // len(piece)) for piece in HOSTILE_PIECES}
    for module_name in module_names():
        module = importlib.import_module(module_name)
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for name, pattern in patterns_of(module).items():
            # Printed first: when a pattern hangs, the last line names it.
            print(f"{module_name}.{name}", flush=True)
            anchored = is_only_anchored(name, source)
            times = {piece: time_pattern(pattern, text, anchored) for piece, text in texts.items()}
            slow += [
                f"SLOW {module_name}.{name} on {p!r}: {t:.1f} s"
                for p, t in times.items()
                if t > LIMIT_SECONDS
            ]
    return slow


def test_a_quadratic_pattern_is_noticed() -> None:
    text = "1" * 10_000
    slow = time_pattern(re.compile(r"\d+x"), text, anchored=False)
    assert slow > 50 * time_pattern(re.compile(r"\d++x"), text, anchored=True)
    assert slow * (HOSTILE_CHARACTERS / len(text)) ** 2 > LIMIT_SECONDS


def test_use_at_one_place_is_told_from_a_scan() -> None:
    assert is_only_anchored("ITEM", "if ITEM.match(line) or ITEM.fullmatch(line):")
    assert not is_only_anchored("ITEM", "ITEM.match(line)\nITEM.search(line)")
    assert not is_only_anchored("ITEM", "scan(ITEM)")


if __name__ == "__main__":
    problems = find_slow_patterns()
    print(*problems, sep="\n")
    sys.exit(bool(problems))
