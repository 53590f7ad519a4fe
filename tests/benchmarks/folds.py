"""Judge what is learned of speakers on pages it was not learned from: python -m tests.benchmarks.folds.

Takes the folders that `python -m indexer.training` takes. The labelled pages are dealt into five folds;
each fold is read by weights that were learned from the other four. `--groups FILE` lists groups, a line
each: a group, a blank, and the name of a page, or of a file of articles as it was given. The pages of
one group (a newspaper, a site) are in one fold, and nothing that was judged in its articles is learned
from where they are. Without it, each page is a group.

The thresholds and the features are not learned, and whoever chose them may have seen all pages: only
pages that were set aside (`--without FILE`) tell of others.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from indexer.analysis.segmenter import SegmenterChoice
from indexer.extraction.speakers import reader
from indexer.extraction.speakers.model_file import save_model
from indexer.extraction.speakers.tagger import Tagger
from indexer.training.corpora import (
    LabelledText,
    draw_articles,
    read_articles,
    read_labelled_pages,
    read_name_sentences,
)
from indexer.training.learn_names import learn_base, learn_names
from indexer.training.learn_speakers import learn_speakers
from tests.benchmarks.attribution import Score, add_page, print_table, read_labels

_FOLDS = 5


def main() -> None:
    """Learn and judge five times, and print a line for each part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path, metavar="LABELLED")
    parser.add_argument("names", type=Path, metavar="NAMES")
    parser.add_argument("unlabelled", type=Path, nargs="+", metavar="UNLABELLED")
    parser.add_argument("--groups", type=Path, metavar="FILE", help="what may not be on both sides")
    parser.add_argument("--without", type=Path, metavar="FILE", help="lists pages that are set aside")
    arguments = parser.parse_args()
    files = [label.file for label in read_labels(arguments.labelled, without=arguments.without)]
    groups = read_groups(arguments.groups)
    set_aside = arguments.without.read_text("utf-8").split() if arguments.without else []
    learner = Learner(arguments.labelled, arguments.names, arguments.unlabelled)
    scores: dict[str, Score] = {}
    for fold in deal(files, groups):
        for part, score in learner.judge(fold, groups, set_aside).items():
            scores.setdefault(part, Score()).add(score)
    print_table(scores)


def read_groups(file: Path | None) -> dict[str, str]:
    """Read the group of each page and file of articles."""
    lines = file.read_text("utf-8").splitlines() if file else []
    return {name: group for group, name in (line.split(maxsplit=1) for line in lines)}


def deal(files: Iterable[str], groups: Mapping[str, str]) -> list[list[str]]:
    """Deal pages into folds, the largest groups first, each to the fold that has fewest."""
    members: dict[str, list[str]] = {}
    for file in files:
        members.setdefault(groups.get(file, file), []).append(file)
    folds: list[list[str]] = [[] for _ in range(_FOLDS)]
    for group in sorted(members, key=lambda group: (-len(members[group]), group)):
        min(folds, key=len).extend(members[group])
    return folds


class Learner:
    """Learns from all but one fold. What no labelled page has a part in is learned once."""

    def __init__(self, labelled: Path, names: Path, unlabelled: Sequence[Path]) -> None:
        """Read the texts, and mark the articles."""
        self._labelled = labelled
        self._segmenter = SegmenterChoice().open()
        known = LabelledText(labelled)
        self._sentences = read_name_sentences(names, known)
        self._articles = {str(file): read_articles(file) for file in unlabelled}
        drawn = draw_articles(self._articles.values(), known)
        self._base = learn_base(self._sentences, drawn, self._segmenter)

    def judge(
        self, fold: Sequence[str], groups: Mapping[str, str], set_aside: Collection[str]
    ) -> dict[str, Score]:
        """Learn without a fold, and read it in a process of its own, which loads the weights."""
        with tempfile.TemporaryDirectory() as folder:
            weights = Path(folder) / "model.npz"
            self._learn(weights, {groups.get(file, file) for file in fold}, groups, {*fold, *set_aside})
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                return pool.submit(read_fold, weights, self._labelled, [*fold]).result()

    def _learn(
        self, weights: Path, judged: Collection[str], groups: Mapping[str, str], left_out: Collection[str]
    ) -> None:
        pages = read_labelled_pages(self._labelled, left_out)
        table, transitions = learn_names(self._sentences, self._base, pages)
        files = self._articles.items()
        articles = chain.from_iterable(each for name, each in files if groups.get(name) not in judged)
        tagger = Tagger(table, transitions)
        speaking, going_on = learn_speakers(pages, articles, tagger, self._segmenter)
        save_model(weights, table, transitions, {"speaking": speaking, "going_on": going_on})


def read_fold(weights: Path, labelled: Path, fold: Collection[str]) -> dict[str, Score]:
    """Score the pages of a fold, read by other weights than those of the project."""
    reader.WEIGHTS_FILE = weights  # type: ignore[attr-defined]  # read when the first page is
    segmenter = SegmenterChoice().open()
    scores: dict[str, Score] = {}
    for label in read_labels(labelled):
        if label.file in fold:
            add_page(labelled, label, segmenter, scores)
    return scores


if __name__ == "__main__":
    main()
