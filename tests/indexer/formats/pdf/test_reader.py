"""PDF files as people have them, made for these tests: the paragraphs that are read of them."""

from __future__ import annotations

from itertools import chain

import pytest

pytest.importorskip("playa")

from indexer.errors import SeedError
from indexer.formats.pdf import read_pdf
from indexer.formats.text_block import ARTICLE, INNER, TextBlock
from tests.indexer.formats.pdf.make_pdf import CODECS, MadePage, Text, column, make_pdf, stream

FIRST = "\u3000\u3000会议认为，发展低空经济要以安全为先，各地应当依照规划有序推进"
SECOND = "基础设施建设，完善标准，培养人才，让新的产业真正惠及千家万户。"
WIDTH = 26
LINES = [FIRST[:WIDTH], (FIRST + SECOND)[WIDTH : 2 * WIDTH], (FIRST + SECOND)[2 * WIDTH :]]
PARAGRAPH = FIRST.strip() + SECOND


def blocks_of(*pages: MadePage) -> list[TextBlock]:
    return read_pdf(make_pdf(pages)).blocks


def texts_of(*pages: MadePage) -> list[str]:
    return [block.text for block in blocks_of(*pages)]


def test_lines_are_joined_into_paragraphs_without_blanks() -> None:
    page = MadePage([*column(LINES, 90, 700), *column(LINES, 90, 652)])
    assert texts_of(page) == [PARAGRAPH, PARAGRAPH]


def test_a_block_says_its_page_and_its_lines() -> None:
    pages = [MadePage(column([*LINES, *LINES], 90, 700)), MadePage(column(LINES, 90, 700))]
    places = [(block.page, block.first, block.last) for block in blocks_of(*pages)]
    assert places == [(1, 1, 3), (1, 4, 6), (2, 7, 9)]


def test_a_paragraph_goes_on_behind_the_footer_on_the_next_page() -> None:
    head, lines = Text("某省第十四届人民代表大会文件", 200, 800, 9), [*LINES, *LINES]
    first, second = lines[:4], lines[4:]
    pages = [
        MadePage([head, *column(first, 90, 700), Text("— 1 —", 280, 40, 9)]),
        MadePage([head, *column(second, 90, 700), Text("— 2 —", 280, 40, 9)]),
    ]
    blocks = blocks_of(*pages)
    assert [block.text for block in blocks if block.kind is None] == [PARAGRAPH, PARAGRAPH]
    assert [block.page for block in blocks if block.kind is None] == [1, 1]
    furniture = [(block.text, block.page) for block in blocks if block.kind == "furniture"]
    assert furniture == [(head.text, 1), ("— 1 —", 1), (head.text, 2), ("— 2 —", 2)]


def test_a_number_that_is_no_page_number_is_kept_in_the_text() -> None:
    pages = [MadePage([*column(LINES, 90, 700), Text(number, 280, 40, 9)]) for number in ("512", "87", "409")]
    assert not [block for block in blocks_of(*pages) if block.kind]


def test_columns_are_read_in_the_order_in_which_they_were_written() -> None:
    left, right = column([*LINES, *LINES[:2]], 60, 700), column([LINES[2], *LINES], 400, 700)
    assert texts_of(MadePage([*left, *right], size=(842, 842))) == [PARAGRAPH] * 3


def test_columns_that_were_written_line_by_line_are_read_one_after_the_other() -> None:
    left, right = column([*LINES, *LINES], 60, 700), column([*LINES, *LINES], 440, 700)
    page = MadePage([*chain(*zip(left, right, strict=True))], size=(842, 842))
    assert texts_of(page) == [PARAGRAPH] * 4


def test_the_rows_of_a_table_are_cells() -> None:
    rows = [("项目", "预算", "决算"), ("教育", "1,200", "1,180"), ("交通", "830", "845")]
    table = [
        Text(cell, 90 + 120 * at, 600 - 20 * number)
        for number, row in enumerate(rows)
        for at, cell in enumerate(row)
    ]
    blocks = blocks_of(MadePage([*column(LINES, 90, 700), *table]))
    assert [block.text for block in blocks if block.is_cell] == [*chain(*rows)]


def test_a_table_does_not_break_a_sentence() -> None:
    table = [Text(cell, 90 + 120 * at, 600) for at, cell in enumerate(("教育", "1,200", "1,180"))]
    page = MadePage([*column(LINES[:2], 90, 700), *table, *column(LINES[2:], 90, 560)])
    assert [block.text for block in blocks_of(page) if not block.is_cell] == [PARAGRAPH]


def test_headlines_are_found_by_size_and_weight() -> None:
    page = MadePage(
        [
            Text("关于发展低空经济的", 150, 780, 22),
            Text("若干意见", 220, 750, 22),
            Text("总体要求", 90, 720, bold=True),
            *column(LINES, 90, 700),
            Text("重点任务", 90, 630, 14),
            *column(LINES, 90, 600),
        ]
    )
    levels = [(block.text, block.level) for block in blocks_of(page) if block.text != PARAGRAPH]
    assert levels == [("关于发展低空经济的若干意见", ARTICLE), ("总体要求", INNER), ("重点任务", INNER)]


def test_an_article_of_a_newspaper_page_stands_below_its_own_headline() -> None:
    def story(x: float, y: float) -> list[Text]:
        lines = [PARAGRAPH[at : at + 12] for at in range(0, len(PARAGRAPH), 12)]
        return column([f"\u3000\u3000{lines[0][:10]}", *lines[1:]], x, y)

    body = [*story(60, 900), *story(60, 780), *story(200, 900), *story(400, 900), *story(560, 900)]
    heads = [Text("低空经济起飞", 60, 960, 26), Text("养老服务再升级", 400, 960, 26)]
    blocks = blocks_of(MadePage([*heads, *body], size=(760, 1_100)))
    assert [block.text for block in blocks if block.level == ARTICLE] == [head.text for head in heads]
    assert [block.level for block in blocks] == [ARTICLE, 0, 0, 0, ARTICLE, 0, 0]


def test_justified_text_has_no_blanks_and_wide_gaps_have_one() -> None:
    spread = [Text(char, 90 + 14 * at, 700) for at, char in enumerate("会议认为发展低空经济")]
    apart = [Text("主席", 90, 660), Text("张某某", 125, 660)]
    assert texts_of(MadePage([*spread, *apart])) == ["会议认为发展低空经济", "主席 张某某"]


def test_latin_words_keep_their_blanks_and_lose_the_hyphen_of_a_line() -> None:
    lines = ["The council met on the low-altitude econ-", "omy and heard the report of the committee."]
    page = MadePage(column(lines, 90, 700))
    assert texts_of(page) == [
        "The council met on the low-altitude economy and heard the report of the committee."
    ]


def test_numbers_whose_digits_are_drawn_far_apart_are_numbers() -> None:
    digits = [Text(char, 90 + 10.5 * at, 700) for at, char in enumerate("2001年2月")]
    assert texts_of(MadePage(digits)) == ["2001年2月"]


def test_look_alike_characters_are_mended() -> None:
    page = MadePage([Text("⼯\u4f5c\u5831\u544a：⻛\u529b\uf98e\u5ea6\uf90a", 90, 700, cmap="Identity-H")])
    assert texts_of(page) == ["工作報告：风力年度金"]


def test_items_of_a_list_are_paragraphs_of_their_own() -> None:
    items = [("(一)", LINES[0].strip()), ("(二)", LINES[1])]
    drawn = []
    for row, (mark, text) in enumerate(items):
        y = 700 - 32 * row
        drawn += [Text(mark, 60, y), Text(text, 110, y), Text(LINES[2], 110, y - 16)]
    assert texts_of(MadePage(drawn)) == [f"{mark} {text}{LINES[2]}" for mark, text in items]


def test_the_lines_of_a_table_of_contents_stand_alone() -> None:
    lines = [
        f"第{number}章{'.' * 40}{page}" for number, page in zip("一二三四五", (1, 5, 9, 14, 20), strict=True)
    ]
    assert texts_of(MadePage(column(lines, 90, 700))) == lines


def test_names_that_are_set_far_apart_are_no_paragraph() -> None:
    names = [f"{name}某某委员，某某市某某区某某街道办事处主任" for name in "张李王赵孙"]
    pages = [MadePage(column(LINES * 3, 90, 780)), MadePage(column(names, 90, 780, step=30))]
    assert texts_of(*pages)[3:] == names


def test_text_that_is_drawn_twice_is_read_once() -> None:
    page = MadePage([Text("会议通过了决议", 90, 700), Text("会议通过了决议", 90.3, 700)])
    assert texts_of(page) == ["会议通过了决议"]


@pytest.mark.parametrize("cmap", CODECS)
def test_fonts_without_a_unicode_map_are_read_by_their_encoding(cmap: str) -> None:
    text = "主席報告議事錄" if CODECS[cmap][1] == "CNS1" else "主持人代表发言"
    assert texts_of(MadePage([Text(text, 100, 700, 20, cmap)])) == [text]


def test_columns_of_vertical_text_are_read_from_right_to_left() -> None:
    lines = ["会议认为发展低空经济要以安全", "为先各地应当依照规划推进。"]
    texts = [Text(line, 500 - 16 * at, 700, 10.5, "GBK-EUC-V") for at, line in enumerate(lines)]
    assert texts_of(MadePage(texts)) == ["".join(lines)]


def test_vertical_text_of_single_characters_is_read_downwards() -> None:
    lines = ["会议认为发展低空经济要以安全", "为先各地应当依照规划推进。"]
    texts = [
        Text(char, 500 - 16 * at, 700 - 10.5 * row)
        for at, line in enumerate(lines)
        for row, char in enumerate(line)
    ]
    assert texts_of(MadePage(texts)) == ["".join(lines)]


def test_private_characters_are_counted_and_named() -> None:
    read = read_pdf(
        make_pdf(
            [
                MadePage(column(LINES, 90, 700)),
                MadePage([Text("某\ue000某\ue001", 90, 700, cmap="Identity-H")]),
            ]
        )
    )
    (fault,) = read.faults
    assert fault.startswith("2 characters could not be read, first on page 2")
    assert "\ue000" in read.blocks[-1].text


def test_a_form_is_read_where_it_is_drawn() -> None:
    drawn = Text("表决结果", 90, 600).operators()
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<<>>>>"
    pages = [MadePage([Text("会议", 90, 700)], b"/F1 Do ", b"/XObject<</F1 3 0 R>>")]
    data = make_pdf(pages, objects=[stream(drawn, entries=entries[: entries.index(b"/Resources")])])
    assert {block.text for block in read_pdf(data).blocks} == {"会议", "表决结果"}


def test_pages_without_text_are_named() -> None:
    image = b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    scan = MadePage((), b"q 595 0 0 842 0 0 cm /I1 Do Q ", b"/XObject<</I1 3 0 R>>")
    pages = [MadePage(column(LINES, 90, 700)), scan, scan, MadePage(), scan]
    read = read_pdf(make_pdf(pages, objects=[stream(b"\0", entries=image)]))
    assert [block.text for block in read.blocks] == [PARAGRAPH]
    (fault,) = read.faults
    assert fault.startswith("pages 2–3 and 5 have no text layer; ")
    assert "ocrmypdf" in fault


def test_a_file_of_pictures_is_refused_with_a_remedy() -> None:
    image = b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    scan = MadePage((), b"/I1 Do ", b"/XObject<</I1 3 0 R>>")
    with pytest.raises(SeedError, match=r"no text, only pictures.*ocrmypdf"):
        read_pdf(make_pdf([scan], objects=[stream(b"\0", entries=image)]))


def test_how_far_a_file_is_read_is_told_page_by_page() -> None:
    shares: list[float] = []
    read_pdf(make_pdf([MadePage([Text("会议听取了报告。", 60, 700)])] * 4), shares.append)
    assert shares == [0.25, 0.5, 0.75, 1.0]
