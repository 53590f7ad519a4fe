"""Measure ours and its peers over the same paragraphs: python -m tests.benchmarks.speed SEEDS.

SEEDS is a folder of .jsonl files with `text` and `date`. Prints Markdown tables: build, size, memory,
warm questions, whole searches, a cold process from the shell, one new page, and, with --growth,
how all that grows. Peers come with `pip install -e '.[bench]'`; one that is not there is left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.engine import OURS
from tests.benchmarks.peers import PEERS
from tests.benchmarks.shapes import draw, records_in, repeat, save

COLD_ROUNDS = 15
WORD = "发展"
ASKED_COLD = {
    "cold, a frequent word": ("search", WORD),
    "cold, a rare word": ("search", "嫦娥五号"),
    "cold, nothing as asked": ("search", "温加宝"),
    "cold, --version": ("--version",),
    "cold, --help": ("--help",),
}
"""What a process of ours is asked from the shell; a peer's only for the first."""
NEEDS = {"tantivy": "tantivy", "bm25s": "bm25s"}
PAGE = "某市两会\n\n某小明委员建议，发展低空经济。\n"
COLD = {
    "tantivy": (
        "import sys, rjieba, tantivy; index = tantivy.Index.open(sys.argv[1]); s = index.searcher();"
        "q = index.parse_query(' '.join(rjieba.cut_for_search(sys.argv[2])), ['words']);"
        "[print(score, s.doc(at)['text'][0]) for score, at in s.search(q, 10).hits]"
    ),
    "SQLite FTS5": (
        "import sys, rjieba, sqlite3; base = sqlite3.connect(sys.argv[1] + '/fts.db');"
        "q = ' '.join(rjieba.cut_for_search(sys.argv[2]));"
        "[print(row) for row in base.execute('SELECT text FROM fts JOIN records ON records.rowid = fts.rowid"
        " WHERE fts MATCH ? ORDER BY rank LIMIT 10', [q])]"
    ),
}
Figures = dict[str, Any]


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("--growth", type=int, nargs="*", default=[], help="numbers of paragraphs")
    parser.add_argument("--alone", action="store_true", help="leave out the peers")
    arguments = parser.parse_args()
    records = records_in(arguments.seeds)
    print(f"{len(records)} paragraphs; {machine()}\n")
    peers = [] if arguments.alone else [peer.name for peer in PEERS if is_there(peer.name)]
    with tempfile.TemporaryDirectory() as folder:
        shapes = Path(folder) / "shapes.json"
        save(draw(records), shapes)
        all_figures = {name: measure(name, Path(folder), arguments.seeds, shapes) for name in (OURS, *peers)}
        all_figures[OURS]["page"] = one_page(Path(folder) / OURS, arguments.seeds, Path(folder))
        all_figures[OURS]["nothing"] = from_nothing(Path(folder))
        show(all_figures)
    if arguments.growth:
        print()
        show({f"{size:,}": grow(size, arguments.seeds) for size in arguments.growth})


def is_there(name: str) -> bool:
    """Tell whether a peer is installed."""
    return name not in NEEDS or importlib.util.find_spec(NEEDS[name]) is not None


def measure(name: str, folder: Path, seeds: Path, shapes: Path) -> Figures:
    """Build with one engine and ask it, each in a process of its own."""
    own = folder / name
    built = engine("build", name, own, seeds, shapes)
    asked = engine("ask", name, own, seeds, shapes)
    return (
        built
        | asked
        | {"memory": built["memory"], "asking": asked["memory"], "own": asked["own"], **cold(name, own)}
    )


def engine(task: str, name: str, folder: Path, seeds: Path, shapes: Path) -> Figures:
    """Run one task of one engine in a process; return its figures."""
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.engine",
        task,
        name,
        *map(str, (folder, seeds, shapes)),
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def cold(name: str, folder: Path) -> Figures:
    """Measure the median milliseconds of whole processes that ask from the shell, in turns."""
    if name == OURS:
        lianghui = str(Path(sys.executable).with_name("lianghui"))
        index = {"LIANGHUI_INDEX": str(folder)}
        commands = {label: [lianghui, *asked] for label, asked in ASKED_COLD.items()}
    elif name in COLD:
        index = {}
        commands = {next(iter(ASKED_COLD)): [sys.executable, "-c", COLD[name], str(folder), WORD]}
    else:
        return {}
    times: dict[str, list[float]] = {label: [] for label in commands}
    for _ in range(COLD_ROUNDS):
        for label, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, capture_output=True, env=os.environ | index)
            times[label].append(1000 * (time.perf_counter() - started))
    return {label: statistics.median(each) for label, each in times.items()}


def from_nothing(folder: Path) -> float:
    """Measure the seconds of a whole process that builds one page from nothing: the best of three."""
    (folder / "one").mkdir()
    (folder / "one" / "page.txt").write_text(PAGE * 20, "utf-8")
    lianghui = str(Path(sys.executable).with_name("lianghui"))
    times = []
    for number in range(3):
        command = [lianghui, "index", str(folder / "one"), "--index", str(folder / f"index{number}")]
        started = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        times.append(time.perf_counter() - started)
    return min(times)


def one_page(index: Path, seeds: Path, folder: Path) -> float:
    """Measure the seconds that one new page takes, added to the seeds of an index."""
    more = folder / "more"
    shutil.copytree(seeds, more, copy_function=os.link)
    (more / "page.txt").write_text(PAGE, "utf-8")
    command = "import sys; from indexer import build_index; print(build_index(*sys.argv[1:]).seconds)"
    done = subprocess.run([sys.executable, "-c", command, more, index], capture_output=True, check=True)
    return float(done.stdout)


def grow(size: int, seeds: Path) -> Figures:
    """Measure ours on so many paragraphs, the seeds over and over, each time with other ids."""
    with tempfile.TemporaryDirectory() as name:
        folder, larger = Path(name), Path(name) / "seeds"
        repeat(seeds, size, larger)
        shapes = folder / "shapes.json"
        save(draw(records_in(seeds)), shapes)
        return measure(OURS, folder, larger, shapes)


def show(all_figures: dict[str, Figures]) -> None:
    """Print the figures as a table, an engine a column."""
    rows = {name: row(figures) for name, figures in all_figures.items()}
    print(f"| | {' | '.join(rows)} |\n|---|{'---:|' * len(rows)}")
    for label in next(iter(rows.values())):
        cells = [row.get(label, "–") for row in rows.values()]
        if set(cells) != {"–"}:
            print(f"| {label} | {' | '.join(cells)} |")


def row(figures: Figures) -> dict[str, str]:
    """Format the figures of one engine, by their labels."""
    return {
        "segmentation, s": number(figures.get("segmentation")),
        "build, s": number(figures["build"]),
        "size, MB": number(figures["size"] / 1e6),
        "peak memory of a build, MB": number(figures["memory"] / 1e6),
        "peak memory of asking, MB": number(figures["asking"] / 1e6),
        "of this its own, not mapped, MB": number(figures["own"] and figures["own"] / 1e6),
        **{f"{name}, ms": pair(times) for name, times in figures["shapes"].items()},
        **{f"whole search, {name}, ms": pair(times) for name, times in figures.get("search", {}).items()},
        **{f"{label}, ms": number(figures.get(label)) for label in ASKED_COLD},
        "one new page, s": number(figures.get("page")),
        "one page from nothing, whole process, s": number(figures.get("nothing")),
    }


def number(value: float | None) -> str:
    """Format a number with about three digits."""
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def pair(values: tuple[float, float]) -> str:
    """Format the median and the 95th percentile."""
    return f"{number(values[0])} / {number(values[1])}"


def machine() -> str:
    """Describe the machine it is measured on."""
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
