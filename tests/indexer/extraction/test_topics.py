"""What a paragraph is about, and from where that is known."""

from __future__ import annotations

import pytest

from indexer.extraction.topics import proposals, topics
from indexer.models import Topic
from tests.conftest import SEGMENTER


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("王某提出了“关于加快发展低空经济的若干办法”的建议。", "关于加快发展低空经济的若干办法"),
        ("提出“统筹安排好培训与就业”的提案。", "统筹安排好培训与就业"),
        ("带来联名提案《关于增强西瓜文化底蕴的建议》，", "关于增强西瓜文化底蕴"),
        ("本院委員趙某等31人擬具「財政收支劃分法修正草案」", "財政收支劃分法修正草案"),
        ("某委提出关于进一步加强物业管理工作的建议。", "关于进一步加强物业管理工作"),
    ],
)
def test_the_formal_title_of_a_proposal_is_a_topic(text: str, label: str) -> None:
    assert proposals(text) == [Topic(label, "proposal")]


@pytest.mark.parametrize("text", ["“专精特新”企业", "代表建议，加快发展。", "学习《关于某事的规定》"])
def test_other_quotations_are_no_proposals(text: str) -> None:
    assert proposals(text) == []


def test_topics_come_in_the_order_of_trust() -> None:
    found = topics(
        "提出“关于加快发展低空经济”的建议。经济建设方面提案二十件，涉及低空经济、人工智能。",
        SEGMENTER,
        title="产业的新动能",
        section="产业新赛道",
    )
    assert [topic.from_ for topic in dict.fromkeys(found)][:4] == [
        "proposal",
        "section",
        "title",
        "category",
    ]


def test_the_name_of_the_session_is_left_out_of_a_title() -> None:
    found = topics(
        "会议通过了决议。", SEGMENTER, title="政协第九届某某市委员会第二次会议 政治决议", section=None
    )
    assert Topic("政治决议", "title") in found


def test_nouns_that_stand_together_again_and_again_are_one_keyword() -> None:
    found = topics("发展低空经济，规划低空经济，培养低空经济人才。", SEGMENTER, title=None, section=None)
    assert Topic("低空经济", "keyword") in found


def test_a_coined_word_in_quotation_marks_is_a_keyword() -> None:
    found = topics("培育“专精特新”企业。", SEGMENTER, title=None, section=None)
    assert Topic("专精特新", "keyword") in found


def test_people_and_their_posts_are_no_keywords() -> None:
    found = topics(
        "文化馆馆长赵文化谈文化馆。", SEGMENTER, title=None, section=None, people=["赵文化", "文化馆"]
    )
    assert not [topic for topic in found if "文化馆" in topic.label]


def test_a_traditional_keyword_is_shown_as_printed() -> None:
    found = topics("農業、農業與觀光，也是農業。", SEGMENTER, title=None, section=None)
    assert Topic("農業", "keyword") in found
