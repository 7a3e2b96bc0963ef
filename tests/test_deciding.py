"""Rules and model together: what the rules are sure of stays, the model decides the rest."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hand_models import make_model, make_model_with_chance, outline_of, read_paragraphs

from extract.judging.deciding import ADD_ABOVE, DROP_BELOW, DROP_CERTAIN_BELOW, HALF, decide, is_certain
from extract.judging.model import INSTRUCTIONS, JudgementModel
from extract.judging.roles import assign_roles
from extract.judging.rules import Judged, judge_nodes
from extract.pipeline import extract_read
from extract.schema import Document, Extraction, GroupRole

COURSE = "- Lớp cờ buổi tối tại nhà văn hóa công nhân mỗi tuần hai buổi."
ITEMS = (
    "I. MỤC ĐÍCH",
    "- Lan tỏa phong trào chơi cờ trong công nhân khu công nghiệp.",
    "II. NHIỆM VỤ",
    "1. Dạy cờ",
    COURSE,
    "- Tổ chức giải cờ vua của khu công nghiệp.",
    "Giải mở cho cả người thuê trọ quanh khu.",
    "- Sở Văn hóa và Thể thao cử huấn luyện viên cờ.",
    "2. Mua bàn cờ",
    "a) Hai mươi bộ bàn cờ gỗ cho nhà văn hóa.",
    "Đơn vị chủ trì: Liên đoàn Lao động tỉnh.",
    "Trên đây là Kế hoạch dạy cờ cho công nhân.",
)
TITLE, AIM, WORK, LESSONS, COURSE_AT, CONTEST, GOING_ON, CHARGED, BOARDS, TWENTY, LINE, CLOSING = range(12)
UNCERTAIN = {COURSE_AT, GOING_ON}
"""Items without a verb or a unit that is charged, and a paragraph behind an item."""
TASKS = {COURSE_AT, CONTEST, CHARGED, TWENTY}
NARROW = 0.01
"""Far enough beside a bound for weights of half precision."""


@dataclass
class Both:
    """What the rules say of items, and what rules and model say together."""

    rules: list[Judged]
    both: list[Judged]
    certain: set[int]

    @property
    def changed(self) -> dict[int, tuple[str, str]]:
        """What was turned round, by index: before and after."""
        pairs = zip(self.rules, self.both, strict=True)
        return {i: (old.what, new.what) for i, (old, new) in enumerate(pairs) if old.what != new.what}


def judge(model: JudgementModel, *paragraphs: str, default: GroupRole = "task") -> Both:
    """Judge paragraphs by the rules alone, and by rules and model."""
    outline, mentions = outline_of(*(paragraphs or ITEMS))
    roles = assign_roles(outline, default)
    rules = judge_nodes(outline, roles, mentions)
    before = list(rules)
    both = decide(outline, roles, mentions, rules, "plan", model)
    assert rules == before, "the judgements of the rules are those of others too"
    certain = {
        node.index for node in outline.nodes if is_certain(outline, roles, mentions, node, rules[node.index])
    }
    return Both(rules, both, certain)


def alone(model: JudgementModel) -> JudgementModel:
    """Give the model that asks no rules."""
    return JudgementModel(model.weights, model.calibration, alone=True)


def test_the_rules_are_certain_where_they_have_a_clear_sign() -> None:
    found = judge(make_model_with_chance(0.5))
    assert set(range(len(ITEMS))) - found.certain == UNCERTAIN
    assert {i for i, one in enumerate(found.rules) if one.what == "task"} == TASKS


@pytest.mark.parametrize("chance", [0.03, 0.1, 0.5, 0.9, 0.99])
def test_what_the_rules_are_certain_of_stays(chance: float) -> None:
    assert set(judge(make_model_with_chance(chance)).changed) <= UNCERTAIN


def test_a_task_with_a_clear_sign_goes_where_the_model_is_as_good_as_sure() -> None:
    gone = judge(make_model_with_chance(DROP_CERTAIN_BELOW / 2)).changed
    assert gone == dict.fromkeys(sorted(TASKS), ("task", "nothing"))


@pytest.mark.parametrize(
    ("chance", "changed"),
    [
        (DROP_BELOW - NARROW, {COURSE_AT: ("task", "nothing")}),
        (DROP_BELOW + NARROW, {}),
        (HALF, {}),
        (ADD_ABOVE - NARROW, {}),
        (ADD_ABOVE + NARROW, {GOING_ON: ("continuation", "task")}),
    ],
)
def test_what_the_rules_are_not_certain_of_is_turned_round_by_a_model_that_is_sure(
    chance: float, changed: dict[int, tuple[str, str]]
) -> None:
    assert judge(make_model_with_chance(chance)).changed == changed


def test_nothing_for_want_of_a_sign_becomes_a_task() -> None:
    words = ("I. NHIỆM VỤ", "- Mở lớp.")
    assert judge(make_model_with_chance(0.5), *words).rules[1].what == "nothing"
    assert judge(make_model_with_chance(0.9), *words).changed == {1: ("nothing", "task")}


def test_both_classes_of_instructions_count() -> None:
    low = {name: {"all": -4.0} for name in ("other", "heading", "target", "situation", "purpose", "closing")}
    low |= {name: {"all": -4.0} for name in ("funding", "viewpoint")}
    model = make_model(low | {name: {"all": 0.0} for name in INSTRUCTIONS})
    assert judge(model).both[COURSE_AT].chance == pytest.approx(0.87, abs=0.01)


def test_the_words_of_the_item_decide() -> None:
    model = make_model({"other": {"w=lớp": 9.0}, "task": {"w=lớp": -9.0, "w=gỗ": 9.0}})
    found = judge(model)
    assert found.changed == {COURSE_AT: ("task", "nothing")}
    chances = [found.both[index].chance for index in (COURSE_AT, CONTEST, TWENTY)]
    assert chances == sorted(chances, key=lambda chance: chance or 0)


def test_tasks_and_what_is_uncertain_carry_the_chance_that_they_instruct() -> None:
    found = judge(make_model_with_chance(0.6))
    chances = {i: one.chance for i, one in enumerate(found.both) if one.chance is not None}
    assert set(chances) == TASKS | UNCERTAIN
    assert list(chances.values()) == pytest.approx([0.6] * len(chances), abs=0.001)
    assert all(one.chance is None for one in found.rules)


def test_a_chance_changes_nothing_else_of_a_judgement() -> None:
    found = judge(make_model_with_chance(0.6))
    for old, new in zip(found.rules, found.both, strict=True):
        assert (new.what, new.attribute, new.start) == (old.what, old.attribute, old.start)


def test_what_no_longer_instructs_still_heads_its_items() -> None:
    words = ("I. NHIỆM VỤ", "1. Rà soát đội trống. Tổ chức lớp dạy trống cho các xã ven biển.", COURSE)
    model = make_model_with_chance(DROP_CERTAIN_BELOW / 2)
    assert judge(model, *words).changed == {1: ("both", "group"), 2: ("task", "nothing")}


def test_the_title_of_a_section_is_a_clear_sign() -> None:
    items = ("- Lan tỏa phong trào chơi cờ trong công nhân.",)
    titled, bare = ("I. MỤC ĐÍCH", *items), ("I. CHUYỆN BÀN CỜ", *items)
    sure = make_model_with_chance(0.95)
    assert judge(sure, *titled, default="other").changed == {}
    assert judge(sure, *bare, default="other").changed == {1: ("nothing", "task")}


def test_a_paragraph_under_no_heading_is_left_to_the_rules() -> None:
    assert judge(make_model_with_chance(0.95), "Bàn cờ vua có sáu mươi tư ô.").changed == {}


def test_a_model_alone_decides_all_but_what_is_no_question_of_instructing() -> None:
    sure = judge(alone(make_model_with_chance(0.55))).changed
    assert sure == {AIM: ("nothing", "task"), GOING_ON: ("continuation", "task")}
    unsure = judge(alone(make_model_with_chance(0.45))).changed
    assert unsure == dict.fromkeys(sorted(TASKS), ("task", "nothing"))


def extract(model: JudgementModel | None) -> Extraction:
    """Extract the items as a plan."""
    words = ("UBND HUYỆN CÙ LAO", "KẾ HOẠCH", "Dạy cờ cho công nhân năm 2026", *ITEMS)
    return extract_read(Document("0" * 16, "a.txt", "0" * 64), read_paragraphs(*words), model)


def test_the_records_are_those_of_the_decision() -> None:
    rules = [task.text for task in extract(None).tasks]
    assert COURSE[2:] in rules
    kept = [task.text for task in extract(make_model_with_chance(DROP_BELOW - NARROW)).tasks]
    assert kept == [text for text in rules if text != COURSE[2:]]


def test_the_confidence_of_a_task_is_its_chance_until_it_is_calibrated() -> None:
    found = extract(make_model_with_chance(0.75))
    assert {task.confidence for task in found.tasks} == {0.75}
    assert {task.confidence for task in extract(None).tasks} == {0.9}
