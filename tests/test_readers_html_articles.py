"""What of a page is the article: pages in the form of news sites, portals, blogs and saved documents."""

from __future__ import annotations

import pytest

from extract.readers.html import read_html
from extract.spans import Source

TITLE = "Bình Định giao nhiệm vụ trồng rừng ven biển năm 2025"
SUMMARY = "Ủy ban nhân dân tỉnh vừa giao các đơn vị trồng rừng phòng hộ ven biển ngay từ quý I/2025."
PARAGRAPHS = (
    "Năm 2024, toàn tỉnh trồng mới 310 ha rừng phi lao ven biển, tỷ lệ cây sống đạt 88% sau sáu tháng.",
    "Năm 2025, tỉnh phấn đấu trồng thêm 420 ha, trong đó các xã bãi ngang trồng 260 ha rừng chắn cát.",
    "Chủ tịch UBND tỉnh yêu cầu các đơn vị thực hiện:",
)
ITEMS = (
    "Chi cục Kiểm lâm rà soát quỹ đất trồng rừng, hoàn thành trước ngày 28/02/2025.",
    "Sở Tài chính bố trí 12 tỷ đồng cho cây giống.",
)
NOISE = {
    "menu": "Chuyên mục kinh tế",
    "crumb": "Tin trong tỉnh",
    "related": "Huyện Tuy Phước tập huấn 90 cán bộ thú y cơ sở",
    "comment": "Đề nghị xã trồng thêm 5.000 cây bàng dọc đường bờ kè cho bà con.",
    "footer": "Giấy phép thiết lập trang số 00/GP-TTĐT",
    "aside": "Thông báo lịch cắt điện tuần tới tại thành phố",
}
MENU = "".join(f"<li><a href='/{n}'>{NOISE['menu']} {n}</a></li>" for n in range(6))
RELATED = "".join(f"<li><a href='/r{n}'>{NOISE['related']} {n}</a></li>" for n in range(4))
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "<ol>" + "".join(f"<li>{i}</li>" for i in ITEMS) + "</ol>"
LINES = "<br><br>".join((*PARAGRAPHS, *(f"{n}. {item}" for n, item in enumerate(ITEMS, 1))))

SITES = {
    "newspaper": f"""<header><nav><ul>{MENU}</ul></nav></header><main><article><h1>{TITLE}</h1>
<time datetime="2025-01-07T08:00">Thứ ba, 07/01/2025</time><p class="description">{SUMMARY}</p>
<div class="fck_detail">{BODY}</div></article><section class="box-tin-lien-quan"><ul>{RELATED}</ul></section>
<section id="comments"><p>{NOISE["comment"]}</p></section></main><aside>{NOISE["aside"]}</aside>
<footer>{NOISE["footer"]}</footer>""",
    "portal of divisions": f"""<div id="top-menu"><ul>{MENU}</ul></div><div id="main">
<div class="breadcrumb"><a href="/">Trang chủ</a> / <a href="/t">{NOISE["crumb"]}</a></div>
<div class="news-detail"><div class="news-title">{TITLE}</div><div class="date">07/01/2025</div>
<div class="news-intro"><b>{SUMMARY}</b></div><div class="news-content">{BODY}</div></div>
<div class="other-news"><b>Các tin khác</b><ul>{RELATED}</ul></div></div>
<div id="right-sidebar">{NOISE["aside"]}</div><div id="footer">{NOISE["footer"]}</div>""",
    "one form of ASP.NET in tables": f"""<form id="aspnetForm" action="x"><table width="100%">
<tr><td colspan="2"><ul class="menu">{MENU}</ul></td></tr><tr><td><table><tr><td class="leftmenu">
<a href="/a">{NOISE["aside"]}</a></td><td><table><tr><td><h1>{TITLE}</h1></td></tr>
<tr><td><b>{SUMMARY}</b></td></tr>
<tr><td>{BODY}</td></tr><tr><td class="tinkhac"><ul>{RELATED}</ul></td></tr>
</table></td></tr></table></td></tr>
<tr><td colspan="2" class="footer">{NOISE["footer"]}</td></tr></table></form>""",
    "no paragraphs, only breaks": f"""<div class="nav"><ul>{MENU}</ul></div><div class="post"><h1>{TITLE}</h1>
<div>{SUMMARY}<br><br>{LINES}</div></div><div class="related"><ul>{RELATED}</ul></div>
<div class="footer">{NOISE["footer"]}</div>""",
    "blog": f"""<div class="header-outer"><ul>{MENU}</ul></div><div class="post hentry">
<h3 class="post-title entry-title">{TITLE}</h3>
<div class="post-body entry-content">
<div dir="ltr" style="text-align: left;" trbidi="on"><b>{SUMMARY}</b><br />
<a name="more"></a>{BODY}</div></div>
<div class="post-footer">
{NOISE["footer"]}</div></div><div id="comments"><ol><li>{NOISE["comment"]}</li></ol></div>""",
    "links without any class": f"""<div><ul>{MENU}</ul></div><div><h1>{TITLE}</h1><div>{SUMMARY}</div>{BODY}
<p><b>Xem thêm:</b></p><ul>{RELATED}</ul></div>""",
}


def page(body: str, head: str = "") -> Source:
    title = f"<title>{TITLE} - Báo minh họa</title>"
    return read_html(
        "a.html", f"<!doctype html><html><head>{title}{head}</head><body>{body}</body></html>".encode()
    )


def texts(source: Source) -> list[str]:
    return [block.raw for block in source.blocks]


@pytest.mark.parametrize("site", SITES)
def test_the_article_is_read_whole(site: str) -> None:
    found = texts(page(SITES[site]))
    assert found[0] == TITLE
    wanted = [TITLE, SUMMARY, *PARAGRAPHS, *(f"{n}. {item}" for n, item in enumerate(ITEMS, 1))]
    assert [text for text in found if text in wanted] == wanted


@pytest.mark.parametrize("site", SITES)
def test_what_stands_around_the_article_is_left_out(site: str) -> None:
    assert sum(noise in SITES[site] for noise in NOISE.values()) >= 2
    found = "\n".join(texts(page(SITES[site])))
    assert [name for name, noise in NOISE.items() if noise in found] == []


def test_the_page_says_title_day_and_publisher() -> None:
    head = (
        "<meta property='og:site_name' content='Cổng minh họa'>"
        "<meta property='article:published_time' content='2031-05-07T23:59:00+07:00'>"
    )
    source = page(SITES["newspaper"], head)
    assert (source.title, source.published, source.publisher) == (TITLE, "2031-05-07", "Cổng minh họa")


def test_days_are_read_day_first_and_in_json() -> None:
    json = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-01-07"}</script>'
    assert page(SITES["blog"], json).published == "2025-01-07"


def test_the_title_comes_first_where_the_text_lacks_it() -> None:
    source = page(f"<div>{BODY}</div>")
    assert (source.blocks[0].text, source.blocks[0].bold) == (TITLE, True)
    assert texts(source)[1:4] == list(PARAGRAPHS)


@pytest.mark.parametrize("title", ["Untitled Document", "New Page 1", "Microsoft Word - KH 12.doc", ""])
def test_a_title_that_says_nothing_is_not_added(title: str) -> None:
    source = read_html(
        "a.html", f"<html><head><title>{title}</title></head><body>{BODY}</body></html>".encode()
    )
    assert texts(source)[0] == PARAGRAPHS[0]


@pytest.mark.parametrize("generator", ["Microsoft Word 15", "LibreOffice 7.4", "Word.Document"])
def test_a_document_saved_as_a_page_is_read_whole(generator: str) -> None:
    head = f"<meta name=Generator content='{generator}'>"
    links = "<p><a href='http://example.invalid'>Quyết định 12/QĐ-UBND</a></p>"
    found = texts(page(f"<div class=WordSection1><p>Lời đầu</p>{BODY}{links}<p>Nơi nhận</p></div>", head))
    assert found[0] == "Lời đầu"
    assert found[-2:] == ["Quyết định 12/QĐ-UBND", "Nơi nhận"]


def test_a_fragment_is_read_whole() -> None:
    source = read_html("a.html", f"<p><strong>{SUMMARY}</strong></p>\r\n\r\n{BODY}".encode())
    assert texts(source)[:2] == [SUMMARY, PARAGRAPHS[0]]
    assert len(source.blocks) == 6


def test_a_class_that_sounds_like_a_menu_does_not_hide_the_article() -> None:
    body = f"<div><ul>{MENU}</ul></div><div class='content-share comment-box'><h1>{TITLE}</h1>{BODY}</div>"
    assert PARAGRAPHS[1] in texts(page(body))


def test_comments_longer_than_the_news_are_left_out() -> None:
    comments = "".join(f"<p>{NOISE['comment']} {n}</p>" for n in range(12))
    body = f"<h1>{TITLE}</h1><div class=detail>{BODY}</div><div id=comments>{comments}</div>"
    assert NOISE["comment"] not in "".join(texts(page(f"<div><ul>{MENU}</ul></div>{body}")))


def test_a_list_of_links_alone_is_kept() -> None:
    assert len(page(f"<ul>{RELATED}</ul>").blocks) >= 4


# Law portals

LETTERHEAD = (
    "<table><tr><td><b>ỦY BAN NHÂN DÂN<br>TỈNH BÌNH ĐỊNH</b></td><td><b>"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></td></tr>"
    "<tr><td>Số: {number}/KH-UBND</td><td><i>Bình Định, ngày 07 tháng 01 năm 2025</i></td></tr></table>"
)
BOXES = {
    "table": "<table border=1><tr><td>Số hiệu:</td><td>{number}/KH-UBND</td><td>Loại văn bản</td>"
    "<td>Kế hoạch</td></tr><tr><td>Nơi ban hành</td><td>Tỉnh Bình Định</td><td>Ngày ban hành</td>"
    "<td>07/01/2025</td></tr></table>",
    "list": "<dl><dt>Số ký hiệu</dt><dd>{number}/KH-UBND</dd><dt>Ngày ban hành</dt><dd>07/01/2025</dd>"
    "<dt>Cơ quan ban hành</dt><dd>Tỉnh Bình Định</dd><dt>Người ký</dt><dd>Nguyễn An</dd></dl>",
    "lines": "<ul><li>Số hiệu: {number}/KH-UBND</li><li>Ngày ban hành: 07/01/2025</li>"
    "<li>Cơ quan ban hành: Tỉnh Bình Định</li><li>Lĩnh vực: Nông nghiệp</li></ul>",
    "rows of two": "<table><tr><td>Số ký hiệu</td><td>{number}/KH-UBND</td></tr><tr><td>Ngày ban hành</td>"
    "<td>07/01/2025</td></tr><tr><td>Cơ quan ban hành</td><td>Tỉnh Bình Định</td></tr></table>",
}
PLAN = f"<p align=center><b>KẾ HOẠCH</b></p><p align=center>{TITLE.upper()}</p>{BODY}"


def portal(box: str, letterhead: str) -> list[str]:
    return texts(
        page(
            f"<div class=menu><ul>{MENU}</ul></div><h1>{TITLE}</h1>"
            "<div class=tabs><a href='#1'>Tóm tắt</a></div>"
            f"<div class=props>{box}</div><div class=toanvan>{letterhead}{PLAN}</div>"
            f"<div class='vanban-lienquan'><ul>{RELATED}</ul></div>"
        )
    )


@pytest.mark.parametrize("box", BOXES)
def test_the_box_is_dropped_where_the_document_says_the_same(box: str) -> None:
    found = portal(BOXES[box].format(number=15), LETTERHEAD.format(number=15))
    assert found[0] == "ỦY BAN NHÂN DÂN"
    assert not any("ban hành" in text for text in found)
    assert f"2. {ITEMS[1]}" in found


@pytest.mark.parametrize("box", BOXES)
def test_the_box_is_kept_as_lines_where_the_number_stands_nowhere_else(box: str) -> None:
    found = portal(BOXES[box].format(number=15), LETTERHEAD.format(number="   "))
    assert [text.split(":")[1].strip() for text in found[:3]] == [
        "15/KH-UBND",
        "07/01/2025",
        "Tỉnh Bình Định",
    ]
    assert "Số: /KH-UBND" in found


def test_a_table_of_documents_is_no_box() -> None:
    rows = "".join(f"<tr><td>{n}/QĐ-UBND<td>0{n}/01/2025<td>UBND tỉnh<td>Giao vốn" for n in (1, 2, 3))
    header = "<tr><th>Số hiệu<th>Ngày ban hành<th>Cơ quan ban hành<th>Trích yếu"
    source = page(f"<table border=1>{header}{rows}</table>")
    assert len(source.blocks[-1].rows) == 4


def test_a_page_with_nothing_but_the_box_keeps_it() -> None:
    found = "\n".join(texts(page(BOXES["table"].format(number=15))))
    assert "15/KH-UBND" in found
    assert "Ngày ban hành" in found
