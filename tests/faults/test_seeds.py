"""Seeds that nobody would write: each is indexed or named, and what is indexed can be found."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

from indexer import LianghuiError, build_index
from query import open_index, verify
from tests.conftest import SEEDS, Counts, load

RANDOM = 2_000
IN_ONE_BUILD = 100

PAGE = next(SEEDS.glob("*.txt")).read_text("utf-8")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-32", "latin-1")
ODD = (
    *("\0", "\x1b[2J", "\x9b31m", "\x1b]0;x\x07", "\u202e", "\u2066", "\u200b", "\ufeff", "\x85", "\u2028"),
    *("\r", "\n", "\r\n", "\t", "\f", "\x1f", "\ud800", "\udfff", "\ufffe", "\U0010ffff", "\ue000"),
    *(
        "（",
        "“",
        "”",
        "、",
        "：",
        "。",
        "１",
        "十",
        "㎡",
        "e\u0301",
        "張",
        "😀",
        "\u3000",
        "'",
        '"',
        "\\",
        "=1+1",
    ),
    *(
        "王小明代表建议，",
        "本报记者 ",
        "第十四届",
        "2025年2月26日",
        "市政协",
        "——",
        "他说",
        "出席委员：",
        "《关于",
    ),
)
VALUES: tuple[object, ...] = (
    *(
        None,
        True,
        0,
        -1,
        10**30,
        1e308,
        float("nan"),
        float("inf"),
        "",
        " ",
        "甲",
        "\x1b[31m甲",
        "\ud800",
        "=1",
    ),
    *(
        [],
        {},
        ["甲"],
        [1],
        [None],
        [["甲"]],
        {"name": "甲"},
        [{"name": 3}],
        [{"label": "甲"}],
        [{"name": "甲"}],
    ),
    *(
        "2025-02-30",
        "2025-02-26",
        "9999999-1-1",
        "民国999年9月9日",
        [0, 1],
        [{"name": "甲", "evidence": [0, 10**9]}],
    ),
)
KEYS = "text id title section date speakers topics sessions document_type kind 甲".split()

Made = tuple[str, bytes]


def bytes_of(draw: random.Random) -> Made:
    return ".txt", draw.randbytes(int(10 ** draw.uniform(0, 3.5)))


def characters(draw: random.Random) -> Made:
    text = "".join(chr(draw.randrange(0x110000)) for _ in range(int(10 ** draw.uniform(0, 3))))
    return draw.choice((".txt", ".jsonl")), text.encode("utf-8", "surrogatepass")


def odd(draw: random.Random) -> Made:
    text = "".join(draw.choices(ODD, k=draw.randrange(1, 200)))
    return ".txt", text.encode(draw.choice(("utf-8", "utf-16", "gb18030")), "replace")


def repeated(draw: random.Random) -> Made:
    return ".txt", (draw.choice(ODD) * draw.randrange(1, 3_000)).encode("utf-8", "replace")


def mutated(draw: random.Random) -> Made:
    start = draw.randrange(len(PAGE))
    part = [*PAGE[start : start + draw.randrange(1, 1_500)]]
    for _ in range(draw.randrange(20)):
        part[draw.randrange(len(part))] = draw.choice((*ODD, "", draw.choice(PAGE)))
    return ".txt", "".join(part).encode("utf-8", "replace")


def cut_off(draw: random.Random) -> Made:
    start = draw.randrange(len(PAGE))
    data = PAGE[start : start + 500].encode(draw.choice(ENCODINGS), "replace")
    return draw.choice((".txt", ".jsonl")), data[: draw.randrange(len(data))]


def mixed(draw: random.Random) -> Made:
    parts = (PAGE[at : at + 60].encode(draw.choice(ENCODINGS), "replace") for at in range(0, 600, 60))
    return ".txt", b"\n".join(parts)


def records(draw: random.Random) -> Made:
    lines = [record(draw) for _ in range(draw.randrange(1, 20))]
    return ".jsonl", "\n".join(lines).encode("utf-8", "replace")


def record(draw: random.Random) -> str:
    """Make a line that is a record, or nearly."""
    keys = ["text", *draw.choices(KEYS, k=draw.randrange(4))]
    given = {key: draw.choice(VALUES) for key in keys} | ({"text": PAGE[:50]} if draw.random() < 0.7 else {})
    text = json.dumps(given, ensure_ascii=draw.random() < 0.5)
    twice = text[:-1] + ', "text": "乙", "id": 1}'
    deep = '{"text": ' + "[" * draw.choice((9, 5_000)) + "}"
    huge = '{"text": "甲", "id": ' + "9" * draw.choice((20, 5_000)) + "}"
    return draw.choice(
        (text, text, text, twice, deep, huge, text[: draw.randrange(1, len(text))], "", "[]", "3")
    )


def blank(draw: random.Random) -> Made:
    return draw.choice((".txt", ".jsonl")), draw.choice((b"", b"\n", b" ", b"\r", b"\0")) * draw.randrange(
        2_000
    )


MAKERS: tuple[Callable[[random.Random], Made], ...] = (
    *(bytes_of, characters, odd, repeated, mutated, cut_off, mixed, records, records, blank),
)


def put_random(folder: Path, draw: random.Random, count: int) -> list[str]:
    """Write random seeds into a folder, beside one that is sound; return their names."""
    folder.mkdir()
    (folder / "sound.txt").write_text("王小明代表建议，发展经济。\n", "utf-8")
    names = []
    for number in range(count):
        suffix, data = draw.choice(MAKERS)(draw)
        names.append(f"{number:03d}{suffix}")
        (folder / names[-1]).write_bytes(data)
    return names


def test_every_random_seed_is_indexed_or_named_and_what_is_indexed_is_found(
    tmp_path: Path, counts: Counts, draw: random.Random
) -> None:
    for number in range(load(RANDOM // IN_ONE_BUILD)):
        index = tmp_path / f"index {number}"
        names = put_random(tmp_path / str(number), draw, IN_ONE_BUILD)
        report = build_index(tmp_path / str(number), index)
        named = {fault.source for fault in report.faults}
        with open_index(index) as opened:
            for name in names:
                assert opened.generation.manifest.sources[name].kinds or name in named, name
            proof = verify(opened, probes=100, seed=number)
            assert proof.holds, (number, proof)
        counts["random seeds"] += len(names)


def error_of(folder: Path) -> str | None:
    """Build and search; return the error, None where there is none."""
    try:
        build_index(folder, folder / "index")
        with open_index(folder / "index") as index:
            assert index.search("经济").total == 1
    except LianghuiError as error:
        return str(error)
    return None


def test_random_lists_of_the_user_are_read_or_named(
    tmp_path: Path, counts: Counts, draw: random.Random
) -> None:
    for number in range(load(100)):
        folder = tmp_path / str(number)
        put_random(folder, draw, 0)
        name = draw.choice(("words.txt", "synonyms.txt", "topics.toml"))
        (folder / name).write_bytes(draw.choice(MAKERS)(draw)[1])
        error = error_of(folder)
        assert error is None or name in error
        counts["random lists of the user"] += 1


def test_a_list_nested_without_end_is_named(tmp_path: Path) -> None:
    put_random(tmp_path / "seeds", random.Random(0), 0)
    (tmp_path / "seeds" / "topics.toml").write_text("a = " + "[" * 100_000, "utf-8")
    assert "topics.toml" in str(error_of(tmp_path / "seeds"))
