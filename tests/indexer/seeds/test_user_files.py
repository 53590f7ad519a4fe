"""The user's files beside the seeds: what is read, and what is refused with its place and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import SeedError, build_index
from indexer.models import Paragraph, Topic
from indexer.seeds.user_files import NO_USER_TOPICS, read_synonyms, read_user_topics, read_user_words
from tests.conftest import MakeSeeds

TEXT = "王小明委员建议，发展低空经济，培养专精特新企业。\n"


def test_words_are_read_without_remarks_blank_lines_and_repetitions(make_seeds: MakeSeeds) -> None:
    seeds = make_seeds({"words.txt": "\ufeff# 企业\n专精特新\n\n  C#  # 语言\r\nＡＩ大模型\nAI大模型\n"})
    assert read_user_words(seeds).words == ("专精特新", "C#", "ＡＩ大模型")


@pytest.mark.parametrize(
    ("content", "line", "remedy"),
    [
        ("低空\n低空 经济\n", 2, "write one word a line"),
        ("——\n", 1, "remove it"),
        ("好" * 41, 1, "shorten"),
        (b"\xe5\xa5\xbd\n\xff\n", 2, "save the file as UTF-8"),
    ],
)
def test_a_line_that_cannot_be_a_word_is_named(
    make_seeds: MakeSeeds, tmp_path: Path, content: str | bytes, line: int, remedy: str
) -> None:
    seeds = make_seeds({"a.txt": TEXT, "words.txt": content})
    with pytest.raises(SeedError, match=rf"words\.txt, line {line}: .*{remedy}"):
        build_index(seeds, tmp_path / "index")


def test_a_paragraph_is_labelled_with_the_users_topics_before_its_keywords(make_seeds: MakeSeeds) -> None:
    topics = read_user_topics(make_seeds({"topics.toml": '"产业" = ["低空經濟"]\n"交通" = ["地铁"]\n'}))
    given, keyword = Topic("标题", "title"), Topic("企业", "keyword")
    paragraph = Paragraph("a", "a.txt", (1, 1), TEXT, topics=(given, keyword))
    assert topics.label(paragraph).topics == (given, Topic("产业", "vocabulary"), keyword)


@pytest.mark.parametrize("content", ["交通", '"交通" = "地铁"', '"交通" = ["地铁", 3]', b"\xff"])
def test_topics_that_are_no_lists_of_words_are_refused(make_seeds: MakeSeeds, content: str | bytes) -> None:
    with pytest.raises(SeedError, match=r"topics\.toml.*write (a line|lines) such as"):
        read_user_topics(make_seeds({"topics.toml": content}))


def test_synonyms_are_the_other_texts_of_all_groups_of_a_text(make_seeds: MakeSeeds) -> None:
    synonyms = read_synonyms(make_seeds({"synonyms.txt": "科创 = 科技創新  # 简称\n科创＝创科\n"}))
    assert synonyms.of("科创") == ("科技創新", "创科")
    assert synonyms.of("科技创新") == ("科创",)
    assert synonyms.of("教育") == ()


@pytest.mark.parametrize("line", ["科创", "科创 = ", "科创 = ——"])
def test_a_line_that_is_no_group_of_synonyms_is_named(make_seeds: MakeSeeds, line: str) -> None:
    with pytest.raises(SeedError, match=r"synonyms\.txt, line 2: .* is no group; write a line such as"):
        read_synonyms(make_seeds({"synonyms.txt": f"# 简称\n{line}\n"}))


def test_files_that_are_absent_are_as_good_as_empty(make_seeds: MakeSeeds) -> None:
    seeds = make_seeds({"a.txt": TEXT})
    assert read_user_words(seeds).words == ()
    assert read_user_topics(seeds) is NO_USER_TOPICS
    assert read_synonyms(seeds).groups == {}
    assert read_user_words(seeds).fingerprint() == read_user_topics(seeds).fingerprint() == {}
