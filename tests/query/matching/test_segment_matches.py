"""What matchers found: any part of it has the scores that it has in the whole."""

from __future__ import annotations

import pytest

from query import Index
from query.language.parser import parse
from query.matching.compiler import Compiler
from query.matching.matchers import TextMatcher


@pytest.mark.parametrize(
    "query",
    [
        "低空经济",  # several pairs
        "委",  # a single unit: all its postings match
        "专*新",
        "张艳丽",  # boosted
        "低空 人才",
        "低空 OR 人才 OR 张艳丽",
        "低空 NEAR/20 人才",
        "-低空",
        "speaker:张艳丽",
    ],
)
def test_some_of_the_paragraphs_found_score_as_they_do_among_all(page: Index, query: str) -> None:
    (scorer,) = page.searcher.scorers()
    matches = Compiler(query, page.searcher, page.segmenter).compile(parse(query)).match(scorer)
    scores = matches.scores(matches.docs)
    assert len(scores) == len(matches.docs) > 0
    assert matches.scores(matches.docs[1::2]).tolist() == scores[1::2].tolist()


def test_paragraphs_of_a_speaker_score_a_hundred_more(page: Index) -> None:
    (scorer,) = page.searcher.scorers()
    plain = TextMatcher("张艳丽").match(scorer)
    boosted = Compiler("张艳丽", page.searcher).compile(parse("张艳丽")).match(scorer)
    assert boosted.docs.tolist() == plain.docs.tolist()
    gains = boosted.scores(boosted.docs) - plain.scores(plain.docs)
    said = [any(who.name == "张艳丽" for who in scorer.segment.paragraph(doc).speakers) for doc in plain.docs]
    assert gains.tolist() == pytest.approx([100.0 if each else 0.0 for each in said])
    assert any(said)


def test_parts_of_an_or_add_up_where_both_match(page: Index) -> None:
    (scorer,) = page.searcher.scorers()
    one, other = (TextMatcher(text).match(scorer) for text in ("低空", "经济"))
    either = Compiler("", page.searcher).compile(parse("低空 OR 经济")).match(scorer)
    scores = dict(zip(either.docs.tolist(), either.scores(either.docs).tolist(), strict=True))
    for doc in set(one.docs.tolist()) & set(other.docs.tolist()):
        both = [float(part.scores(part.docs[part.docs == doc])[0]) for part in (one, other)]
        assert scores[doc] == pytest.approx(sum(both))
