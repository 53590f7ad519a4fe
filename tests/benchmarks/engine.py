"""Run one engine in a process of its own: build or answer, and print time, size and memory as JSON.

python -m tests.benchmarks.engine build|ask NAME FOLDER SEEDS SHAPES
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.peers import LIMIT, PEERS
from tests.benchmarks.shapes import Shape, load, records_in

OURS = "lianghui"
ONE, ALL = "one word", "three words, all"  # asked strictly: an empty answer is one


def main() -> None:
    """Build or ask, and print the figures."""
    task, name, folder, seeds, shapes = sys.argv[1:]
    if task == "build":
        builds = build_ours if name == OURS else partial(build_peer, name)
        figures: dict[str, Any] = builds(Path(seeds), Path(folder))
    else:
        asks = ask_ours if name == OURS else partial(ask_peer, name)
        figures = asks(Path(folder), load(Path(shapes)))
    print(json.dumps(figures | {"memory": memory(), "own": own_memory()}))


def build_ours(seeds: Path, folder: Path) -> dict[str, float]:
    """Build from the seeds; reading and segmentation are in it."""
    from indexer import build_index  # noqa: PLC0415 - not in the memory of a peer

    started = time.perf_counter()
    build_index(seeds, folder)
    return {"build": time.perf_counter() - started, "size": size_of(folder)}


def build_peer(name: str, seeds: Path, folder: Path) -> dict[str, float]:
    """Cut the records of the seeds, and build a peer from them."""
    import rjieba  # noqa: PLC0415 - not in the memory of ours

    engine = next(peer for peer in PEERS if peer.name == name)(folder)
    records = records_in(seeds)
    started = time.perf_counter()
    cut = [
        [word for word in rjieba.cut_for_search(record["text"]) if word.isalnum()]
        for record in (records if engine.segmented else [])
    ]
    segmented = time.perf_counter()
    engine.build(records, cut)
    figures = {"build": time.perf_counter() - segmented, "size": size_of(folder)}
    return figures | ({"segmentation": segmented - started} if engine.segmented else {})


def ask_ours(folder: Path, shapes: list[Shape]) -> dict[str, Any]:
    """Answer by the library: matchers for the shapes, and whole searches with snippets and facets."""
    from query import open_index  # noqa: PLC0415 - not in the memory of a peer
    from query.matching.collector import collect  # noqa: PLC0415
    from query.matching.filters import compile_filters  # noqa: PLC0415
    from query.matching.matchers import AndMatcher, Matcher, OrMatcher, TextMatcher  # noqa: PLC0415

    with open_index(folder) as index:
        order = index.searcher.table("source").ranks

        def answer(shape: Shape) -> int:
            texts = [shape.text] if shape.kind == "phrase" else shape.words
            matchers: tuple[Matcher, ...] = tuple(
                TextMatcher(text, tuple(index.segmenter.search_words(text))) for text in texts
            )
            matcher = OrMatcher(matchers) if shape.kind == "any" else AndMatcher(matchers)
            allowed = compile_filters(index.searcher, {"date": shape.month}) if shape.month else None
            return len(collect(index.searcher, matcher, allowed).rank(0, LIMIT, order))

        def search(asked: Shape) -> int:
            return len(index.search(asked.text, limit=LIMIT, strict=asked.name in (ONE, ALL)))

        return {"shapes": timed(answer, shapes), "search": timed(search, list(searches(shapes)))}


def searches(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """Make the queries for whole searches: operators of the language, and one for each rung."""
    from query.language.parser import quote  # noqa: PLC0415 - not in the memory of a peer

    for shape in shapes:
        words = shape.words
        text = "".join(words)
        match shape.kind:
            case "one":
                asked = {ONE: quote(text), "nothing on any rung": f"qx{text.encode().hex()}"}
            case "all":
                asked = {
                    ALL: " ".join(map(quote, words)),
                    "NEAR": f"{words[0]} NEAR/10 {words[1]}",
                    "any word": text,
                }
            case "phrase":
                asked = {
                    "? inside a phrase": text[:2] + "?" + text[3:],
                    "* between two words": f"{words[0]}*{words[2]}",
                    "all words": "".join(reversed(words)),
                }
            case "any" if len(words) > 3:
                asked = {"a question of eight words": text}
            case _:
                asked = {}
        for name, query in asked.items():
            yield replace(shape, name=name, text=query)


def ask_peer(name: str, folder: Path, shapes: list[Shape]) -> dict[str, Any]:
    """Answer by a peer."""
    engine = next(peer for peer in PEERS if peer.name == name)(folder)
    engine.open()
    return {"shapes": timed(engine.answer, shapes)}


def timed(answer: Callable[[Shape], int | None], shapes: list[Shape]) -> dict[str, tuple[float, float]]:
    """Measure the median and the 95th percentile of each kind in ms, after one round to warm up."""
    times: defaultdict[str, list[float]] = defaultdict(list)
    for warm in (False, True):
        for shape in shapes:
            started = time.perf_counter()
            if answer(shape) is not None and warm:
                times[shape.name].append(1000 * (time.perf_counter() - started))
    return {
        name: (statistics.median(each), statistics.quantiles(each, n=20)[-1]) for name, each in times.items()
    }


def memory() -> int:
    """Measure the peak memory of this process, or of one that it started, in bytes.

    Linux counts from the start of the program; elsewhere what the parent held may be in it.
    """
    own = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return max(process_status("VmHWM") or own, 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def own_memory() -> int | None:
    """Measure the memory of this process that no file backs, in bytes; None where there is no /proc."""
    return process_status("RssAnon")


def process_status(name: str) -> int | None:
    """Read a size of this process in bytes from /proc."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    return next(
        1024 * int(line.split()[1]) for line in status.read_text().split("\n") if line.startswith(f"{name}:")
    )


def size_of(folder: Path) -> int:
    """Add up the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
