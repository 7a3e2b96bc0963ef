"""Names in long sentences: lead-ins, aims and lists around them are left out."""

from __future__ import annotations

import pytest

from extract.records.name_clauses import cut_behind, cut_lead, cut_to_metric
from tests.test_indicators import indicators_of


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        (
            "Phòng Kinh tế rà soát quỹ đất, bố trí mặt bằng cho các cơ sở chế biến nông sản, đồng thời "
            "xây dựng 06 chợ nông thôn đạt chuẩn, ưu tiên các xã vùng cao.",
            "xây dựng chợ nông thôn đạt chuẩn",
        ),
        ("Bảo đảm thông tuyến trước mùa mưa, góp phần hoàn thành mục tiêu 420 km đường tỉnh.", "đường tỉnh"),
        ("Khối lượng công việc sẽ lớn khi 14 xã gửi hồ sơ về Sở Nội vụ.", "xã gửi hồ sơ về Sở Nội vụ"),
        (
            "Nhà máy nước sẽ đi vào hoạt động trong quý sau, dự kiến cấp nước cho các xã ven biển với "
            "tỷ lệ thất thoát 12%.",
            "tỷ lệ thất thoát",
        ),
        ("Tổ chức 03 hội chợ thương mại, nhằm quảng bá sản phẩm địa phương.", "Tổ chức hội chợ thương mại"),
        ("Số hộ dùng nước sạch là 2.400 hộ, đạt tỷ lệ 96%.", "Số hộ dùng nước sạch"),
        ("Thời hạn sử dụng đất: 50 năm kể từ ngày bàn giao.", "Thời hạn sử dụng đất"),
    ],
)
def test_a_long_sentence_gives_a_short_name(sentence: str, name: str) -> None:
    found = indicators_of("I. MỤC TIÊU", f"1. {sentence}")
    assert [row.name for row in found][-1] == name


@pytest.mark.parametrize(
    "words",
    [
        "triển khai thí điểm",
        "người bị bạo lực trên cơ sở giới được phát hiện và được tiếp cận ít nhất một dịch vụ hỗ trợ",
    ],
)
def test_short_and_plain_names_stay(words: str) -> None:
    assert cut_behind(words) == words


def test_what_has_an_area_is_not_cut_from_it() -> None:
    words = "xây dựng khu tái định cư Bãi Dài với diện tích"
    assert cut_to_metric(words) == words


def test_a_lead_in_without_verb_stays() -> None:
    words = "Ban, phòng, tổ, nhóm, đội, cụm, khối, khu, ấp, thôn, bản"
    assert cut_lead(words) == words


def test_a_list_of_aims_tells_no_results() -> None:
    rows = indicators_of(
        "I. MỤC TIÊU",
        "Đến hết năm 2029, phấn đấu đạt được những mục tiêu sau:",
        "- 100% trường học có nhà vệ sinh đạt chuẩn;",
        "- 80% thư viện xã mở cửa cuối tuần.",
    )
    assert [row.kind for row in rows] == ["target", "target"]


def test_a_count_behind_a_share_may_stand_for_itself() -> None:
    rows = indicators_of("I. HIỆN TRẠNG", "Tỷ lệ lấp đầy khu chợ đạt 80% với 45 dự án đang hoạt động.")
    assert [row.value for row in rows] == [80, 45]
