"""An index that is stale says so, and why, with the command that brings it up to date."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from wcwidth import wcswidth

from indexer.store.generations import current_generation
from tests.conftest import Command, MakeSeeds, rewrite

TALK = "某处的标题\n\n王小明委员建议，加快发展低空经济。\n"


def test_status_says_fresh_or_stale_and_why(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    fresh = lianghui("status")
    assert (fresh.code, fresh.err) == (0, "")
    assert "状态  最新 fresh" in fresh.out
    assert "正文 1，标题 1" in fresh.out
    assert "种子  seeds（1 个文件）" in fresh.out
    make_seeds({"b.txt": TALK})
    stale = lianghui("status")
    assert stale.code == 1
    assert "stale: 1 added (b.txt)" in stale.out


def test_status_says_by_its_exit_code_that_lines_could_not_be_read(
    lianghui: Command, make_seeds: MakeSeeds
) -> None:
    make_seeds({"a.jsonl": '{"text": "低空"}\n{}\n'})
    assert lianghui("index").code == 2
    run = lianghui("status")
    assert run.code == 2
    assert "最新 fresh" in run.out
    assert run.err.startswith('lianghui: a.jsonl, line 2: the record has no "text"')


def test_status_shows_the_manifest_and_every_reason_why_it_is_stale(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds({"a.txt": TALK, "words.txt": "低空经济\n"})
    lianghui("index")
    out = " ".join(lianghui("status").out.split())
    for part in ("jieba 0.", "opencc", "schema", "words.txt ", "numpy 2.", "lianghui index 7", "词典"):
        assert part in out
    make_seeds({"b.txt": TALK, "words.txt": "低空\n"})
    manifest = current_generation(tmp_path / "index") / "manifest.json"
    rewrite(manifest, lambda record: record["analysis"].update(jieba="0.1"))
    stale = lianghui("status")
    assert stale.code == 1
    for part in ("stale: 1 added (b.txt)", "jieba was 0.1 and is ", "words.txt was "):
        assert part in " ".join(stale.out.split())
    shutil.rmtree(seeds)
    stale = lianghui("status")
    assert stale.code == 1
    assert "there is no folder seeds; 1 removed (a.txt)" in " ".join(stale.out.split())


@pytest.mark.parametrize("columns", [40, 80])
def test_status_fits_the_terminal(
    lianghui: Command, page_index: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run = lianghui("status", "--index", page_index)
    assert max(wcswidth(line) for line in run.out.splitlines()) <= columns


def test_search_on_changed_seeds_answers_from_the_index_and_says_so(
    lianghui: Command, make_seeds: MakeSeeds
) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    make_seeds({"a.txt": "全变了。", "b.txt": TALK})
    run = lianghui("search", "低空经济")
    assert run.code == 0
    assert "the seeds changed since the index was built: 1 added, 1 changed (b.txt, a.txt)" in run.err
    assert "a.txt:3" in run.out


def test_the_remedy_names_the_seeds_and_the_index(lianghui: Command, make_seeds: MakeSeeds) -> None:
    seeds = make_seeds({"a.txt": TALK})
    seeds.rename(seeds.with_name("my seeds"))
    lianghui("index", "my seeds", "--index", "ix")
    (seeds.with_name("my seeds") / "b.txt").write_text(TALK, "utf-8")
    remedy = "lianghui index 'my seeds' --index ix"
    assert remedy in lianghui("search", "低空", "--index", "ix").err
    assert remedy in lianghui("verify", "--index", "ix").err
