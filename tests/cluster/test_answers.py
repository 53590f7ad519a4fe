"""The same answers as from a folder: hits, order, scores, facets, places, and what the commands print."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer import LianghuiError
from query import Facet, Index, open_index, verify
from tests.cluster.conftest import Places
from tests.conftest import SEEDS, Command, Counts, MakeSeeds
from tests.contracts.test_hostile import hostile

pytestmark = pytest.mark.cluster

QUERIES = (
    *(
        "低空经济",
        "低空经济 人才",
        "张艳丽",
        "张艳丽 产业联盟",
        "范照森",
        "专精*",
        "张?丽",
        "*经济",
        "？经济",
    ),
    *(
        "低空 NEAR/10 人才",
        "发展 -经济",
        "经济 OR 教育",
        "date:2025-02",
        "speaker:张艳丽 OR 人才",
        "房住不炒",
    ),
    *(
        "加快发展低空经济塑造发展新优势的建议有什么看法",
        "AI*",
        "5%",
        "二十大",
        "zhangyanli",
        "一",
        "“低空经济”",
    ),
    *(
        "市政协十四届四次会议",
        "谁谈到低空经济",
        "-经济",
        "NOT (经济 OR 教育)",
        "topic:低空",
        "绝无此话",
        "低?*经济",
    ),
    *("低空 NEAR/3 低空", "2*", "张?? 发展", "发展 *人才"),
)
OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"sort": "date"},
    {"sort": "source", "limit": 3, "page": 2},
    {"collapse": True},
    {"explain": True, "limit": 3},
    {"limit": None},
    {"strict": True},
    {"speaker": "张艳丽"},
    {"speaker": "zhangyanli", "date": "2025年2月"},
    {"title": "低空经济", "kind": "body"},
    {"date": "2月26日"},
)


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the shipped page into a folder, to compare with."""
    from indexer import build_index  # noqa: PLC0415 - not that of the cluster's fixtures

    path = tmp_path_factory.getbasetemp() / "compared"
    if not path.exists():
        build_index(SEEDS, path)
    return path


def told(index: Index, answer: Callable[[Index], Any]) -> Any:
    """Return an answer, or the error in its place."""
    try:
        return answer(index)
    except Exception as error:  # noqa: BLE001 - both must fail alike
        return type(error), str(error).replace(str(index.path), "X")


def answered(index: Index, query: str, **options: Any) -> Any:
    """Return the answer to a query as JSON has it, or the error in its place."""
    return told(index, lambda index: index.search(query, **options).to_dict())


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_every_query_has_the_answer_of_a_folder(page: Index, folder: Path, options: dict[str, Any]) -> None:
    with open_index(folder) as expected:
        for query in QUERIES:
            found, wanted = (answered(index, query, **options) for index in (page, expected))
            assert found == wanted, query


def test_drawn_queries_have_the_hits_of_a_folder(page: Index, folder: Path, draw: random.Random) -> None:
    with open_index(folder) as expected:
        texts = [paragraph.text for paragraph in expected.paragraphs()]
        for _ in range(200):
            text = draw.choice(texts)
            start = draw.randrange(len(text))
            query = text[start : start + draw.randint(1, 16)]
            found, wanted = (answered(index, query) for index in (page, expected))
            assert found == wanted, query


def test_hostile_queries_have_the_answer_of_a_folder_or_one_sentence(
    page: Index, folder: Path, draw: random.Random, counts: Counts
) -> None:
    with open_index(folder) as expected:
        for _ in range(100):
            query = hostile(draw)
            found, wanted = (answered(index, query) for index in (page, expected))
            if found != wanted:
                kind, message = found
                assert kind is LianghuiError, query
                assert "\n" not in message
                counts["hostile queries that a cluster refuses"] += 1


def test_paragraphs_places_words_and_values_are_those_of_a_folder(page: Index, folder: Path) -> None:
    with open_index(folder) as expected:
        ids = [paragraph.id for paragraph in expected.paragraphs()]
        source = next(iter(expected.paragraphs())).source
        answers: tuple[Callable[[Index], Any], ...] = (
            lambda index: [*index.paragraphs()],
            lambda index: (len(index), index.paragraph(ids[7]), index.paragraph("nothing")),
            lambda index: (index.around(ids[7], 3), index.article(ids[7])),
            *(
                lambda index, place=place: index.locate(place)
                for place in (
                    ids[7],
                    ids[7][:6],
                    source,
                    f"{source}:91",
                    f"{source}:91-99",
                    f"{source}:9999",
                    "no.txt",
                )
            ),
            lambda index: (
                index.lexicon(),
                index.lexicon("低空经济"),
                index.first("经济"),
                index.first("无"),
            ),
            lambda index: (index.values("speaker"), index.values("speaker", "经济", by="topic")),
            lambda index: (index.ids("经济"), index.ids("发展 -经济")),
        )
        for answer in answers:
            assert told(page, answer) == told(expected, answer)


def test_the_proof_of_recall_holds(page: Index) -> None:
    proof = verify(page, probes=300)
    assert (proof.missed, proof.extra, proof.altered, proof.probes) == (0, 0, (), 300)


def test_more_than_ten_thousand_are_counted_listed_and_exported(
    make_seeds: MakeSeeds, places: Places
) -> None:
    count = 10_050  # a cluster by itself counts to 10,000, and hands out so many hits
    records = (json.dumps({"id": f"r{number}", "text": f"第{number}段谈教育。"}) for number in range(count))
    places.build(make_seeds({"a.jsonl": "\n".join(records)}), "index")
    ids = {f"r{number}" for number in range(count)}
    with places.open("index") as index:
        results = index.search("教育", limit=None)
        assert results.total == len(results) == count
        assert index.values("source") == (Facet("a.jsonl", count),)
        assert index.ids("教育") == ids
        assert [paragraph.id for paragraph in index.paragraphs()] == [f"r{number}" for number in range(count)]


def test_an_answer_costs_two_round_trips(page: Index) -> None:
    asking = page.finder.asking  # type: ignore[attr-defined]
    spent = []
    for query in ("职业技能", "高质量发展 企业", "“人才”", "如何深化职业教育和产业工人的培养"):
        before = asking.round_trips
        page.search(query)
        spent.append(asking.round_trips - before)
    assert max(spent) <= 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "低空经济", "--format", "json"),
        ("search", "专精特新", "--kwic"),
        ("search", "经济", "--ids"),
        ("search", "经济", "--count"),
        ("search", "范照森"),
        ("speakers", "经济", "--by", "topic"),
        ("topics",),
        ("sessions", "--format", "csv"),
        ("years",),
        ("words",),
        ("export",),
        ("verify", "--probes", "50"),
    ],
    ids=" ".join,
)
def test_a_command_prints_what_it_prints_of_a_folder(
    lianghui: Command, page_address: str, folder: Path, arguments: tuple[str, ...]
) -> None:
    found = lianghui(*arguments, "--index", page_address)
    wanted = lianghui(*arguments, "--index", folder)
    assert (found.code, found.out) == (wanted.code, wanted.out)
    assert found.err.replace(page_address, "X") == wanted.err.replace(str(folder), "X")


def test_status_says_what_is_indexed_and_that_it_is_fresh(lianghui: Command, page_address: str) -> None:
    run = lianghui("status", "--index", page_address)
    assert run.code == 0
    assert "1 个文件" in run.out
    assert "fresh" in run.out


def test_what_a_cluster_cannot_do_is_said_in_one_sentence(lianghui: Command, page_address: str) -> None:
    run = lianghui("verify", "--deep", "--index", page_address)
    assert run.code == 2
    assert run.err.startswith("lianghui: --deep checks the files of an index in a folder")
    assert run.err.count("\n") == 1


def test_an_export_is_json_of_every_paragraph(lianghui: Command, page_address: str, page: Index) -> None:
    lines = lianghui("export", "--index", page_address).out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [paragraph.id for paragraph in page.paragraphs()]
