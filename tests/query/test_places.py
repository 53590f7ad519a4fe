"""A paragraph is found by its place: an id, the beginning of one, or FILE:LINE."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import LianghuiError, build_index
from query import Index, open_index
from tests.conftest import Command, MakeSeeds

SEED = "000_53d84523222cba33.txt"


PLACES = (
    *("041303d71152", "0413", "041303D7", f"{SEED}:91", f"{SEED}:92", f"{SEED}:91–93", f"{SEED}：91"),
    *(f"./{SEED}:91", f"seeds/{SEED}:91", f"{SEED} 第 91–93 行"),
)


@pytest.mark.parametrize("place", PLACES)
def test_a_paragraph_is_found_by_its_place(page: Index, place: str) -> None:
    assert page.locate(place)[0].id == "041303d71152"


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("0413031", "no id begins with 0413031; give one"),
        ("nobody", "nobody is no id and no seed"),
        (f"{SEED}:90", f"line 90 of {SEED} holds no text; the nearest that does: 89 and 91"),
        (f"{SEED}:99999", "holds no text; the nearest that does: "),
        (f"{SEED}:93-91", "ends before it begins"),
        (f"{SEED}:9000-9001", f"lines 9000–9001 of {SEED} hold no text"),
        ("other.txt:1", "other.txt is no id and no seed"),
        ("\udcff", "is no id and no seed"),
    ],
)
def test_a_place_where_nothing_is_says_what_is_near(page: Index, place: str, reason: str) -> None:
    with pytest.raises(LianghuiError, match=reason):
        page.locate(place)


def test_lines_and_files_are_places_of_all_their_paragraphs(
    page: Index, lianghui: Command, page_index: Path
) -> None:
    assert [each.lines[0] for each in page.locate(f"{SEED}:88-93")] == [89, 91]
    assert page.locate(SEED) == [*page.paragraphs()]
    run = lianghui("show", f"{SEED}:88-93", "--index", page_index)
    assert (run.code, run.out.count("出处"), run.out.count("▶")) == (0, 2, 0)


def test_a_file_in_any_folder_is_found_by_its_name(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    text = '{"id": "ab12cd%d", "text": "低空经济。"}'
    build_index(make_seeds({"a.jsonl": "\n" + text % 1, "b.jsonl": text % 2}), tmp_path / "one")
    with open_index(tmp_path / "one") as index:
        assert index.locate("a.jsonl:2")[0].id == "ab12cd1"
        with pytest.raises(LianghuiError, match="2 ids begin with ab12: ab12cd1, ab12cd2; give more of it"):
            index.locate("ab12")
        with pytest.raises(LianghuiError, match=r"line 1 of a\.jsonl holds no text"):
            index.locate("a.jsonl:1")
    (tmp_path / "seeds" / "x").mkdir()
    for folder in ("x", "y"):
        (tmp_path / "seeds" / folder).mkdir(exist_ok=True)
        (tmp_path / "seeds" / folder / "c.jsonl").write_text(f'{{"text": "{folder}低空"}}')
    build_index(tmp_path / "seeds", tmp_path / "two")
    with open_index(tmp_path / "two") as index:
        assert index.locate("y/c.jsonl:1")[0].text == "y低空"
        with pytest.raises(LianghuiError, match="2 seeds are called c"):
            index.locate("c.jsonl:1")


def test_the_article_around_a_paragraph_is_shown_whole(lianghui: Command, page_index: Path) -> None:
    run = lianghui("show", f"{SEED}:91", "--article", "--index", page_index)
    assert run.code == 0
    heads = [line for line in run.out.splitlines() if line.startswith("▶")]
    assert len(heads) == 1
    with open_index(page_index) as index:
        article = index.article("041303d71152")
        assert {each.title for each in article} == {"加快发展低空经济 塑造发展新优势"}
        assert article == [each for each in index.paragraphs() if each.title == article[0].title]
        assert index.article("nobody") == []


def test_a_record_without_a_headline_stands_alone(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    build_index(make_seeds({"a.jsonl": '{"text": "低空"}\n{"text": "经济"}'}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert [each.text for each in index.article(index.locate("a.jsonl:2")[0].id)] == ["经济"]
