"""Articles on something else than plans: sentences that hand out work are tasks, the others are none."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_source
from extract.schema import Task

HEADLINE = "Bến Tre sẵn sàng cho ngày hội đua ghe ngo trên sông Hàm Luông"
STORY = (
    "Ngày hội đua ghe ngo lần thứ năm diễn ra tại bờ sông Hàm Luông với 18 đội ghe. Sở Văn hóa, Thể thao và "
    "Du lịch Bến Tre đã họp bàn với các đơn vị về công tác chuẩn bị."
)
WILL = "Từ ngày 10/11, ngành du lịch sẽ bố trí tàu đưa khách đi xem ngày hội dọc hai bờ sông, kể cả buổi tối."


def tasks_of(*paragraphs: str, headline: str = HEADLINE) -> list[Task]:
    """Give the tasks of a page with a story and more paragraphs."""
    story = "".join(f"<p>{paragraph}</p>" for paragraph in (STORY, *paragraphs))
    page = f"<html><head><title>{headline}</title></head><body><h1>{headline}</h1>{story}</body></html>"
    return extract_source("page.html", page.encode()).tasks


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        (WILL, ("ngành du lịch",)),
        (
            "Để bảo đảm an toàn, trong tháng 11, Công an tỉnh sẽ tổ chức trực chốt tại hai đầu khu vực đua.",
            ("Công an tỉnh",),
        ),
        (
            "Sở Xây dựng yêu cầu Cảng vụ Bến Tre kiểm tra phao tiêu, biển báo dọc đường đua trước ngày hội.",
            ("Cảng vụ Bến Tre",),
        ),
    ],
)
def test_a_unit_that_will_act_or_charges_another_has_a_task(sentence: str, lead: tuple[str, ...]) -> None:
    (task,) = tasks_of(sentence)
    assert (task.text, task.lead, task.origin) == (sentence, lead, "sentence")


@pytest.mark.parametrize(
    "sentence",
    [
        "Bố trí thêm sáu điểm gửi xe có người trông giữ quanh bờ kè.",
        "Sở Y tế Bến Tre cử hai tổ cấp cứu thường trực tại bến xuất phát và bến đích.",
        "Mỗi đội ghe chuẩn bị đủ áo phao và người cứu hộ trên bờ trong suốt thời gian thi đấu.",
        "Tất cả các tàu chở khách phải đăng ký hành trình với cảng vụ trước khi rời bến.",
        "Công tác tuyên truyền cần tập trung vào quy tắc an toàn khi đi thuyền, ghe.",
        "Mặt khác là tăng cường kiểm tra giá phòng trọ, bãi xe trong những ngày hội.",
    ],
)
def test_what_goes_on_behind_is_a_task_too(sentence: str) -> None:
    assert [task.text for task in tasks_of(f"{WILL} {sentence}")] == [WILL, sentence]
    assert tasks_of(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Ban tổ chức đã mời 18 đội ghe của bảy xã, phường ven sông về dự ngày hội năm nay.",
        "Lãnh đạo tỉnh biểu dương, đánh giá cao sự chuẩn bị của các địa phương ven sông.",
        "Ngành du lịch luôn bảo đảm tốt việc đón khách trong những ngày lễ hội của tỉnh.",
        "Ngày hội sẽ diễn ra trong ba ngày với nhiều trò chơi dân gian trên sông và trên bờ.",
        "Ghe ngo là loại thuyền dài từ 22 đến 24 mét, làm bằng gỗ sao, có 50 đến 60 tay chèo.",
        "Sở Văn hóa, Thể thao và Du lịch đang rà soát danh sách các đội ghe dự thi năm nay.",
        "Giải thưởng sẽ do Sở Văn hóa, Thể thao và Du lịch trao ngay sau vòng đua cuối cùng.",
    ],
)
def test_what_was_is_or_is_praised_is_none(sentence: str) -> None:
    assert tasks_of(sentence) == []


def test_work_ends_where_the_article_looks_back() -> None:
    back = "Năm ngoái, ngày hội đã thu hút hơn 40.000 lượt khách về xem trong hai ngày đua."
    later = "Nâng cấp thêm hai bến tàu khách và lắp đèn chiếu sáng dọc bờ kè phía hạ lưu sông."
    assert [task.text for task in tasks_of(WILL, back, later)] == [WILL]


def test_main_activities_open_a_list_of_sentences() -> None:
    opening = "Các hoạt động chính của ngày hội gồm phần lễ ở đình làng và phần hội trên sông Hàm Luông."
    work = "Triển khai đợt vớt rác, lục bình trên đoạn sông 4 km qua khu vực đua trước ngày khai hội."
    assert [task.text for task in tasks_of(opening, work)] == [work]


def test_legal_advice_hands_out_no_work() -> None:
    assert tasks_of(WILL, headline="Mức phạt khi tàu chở khách quá số người là bao nhiêu?") == []
