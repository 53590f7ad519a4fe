"""Judge what is learned of speakers on pages it was not learned from: python -m tests.benchmarks.folds.

Takes the folders that `python -m indexer.training` takes. The labelled pages and articles, without those
set aside, are dealt into five folds; each fold is read by weights that were learned from the other four.
`--groups FILE` lists groups, a line each: a group, a blank, and the name of a page, or of a file of
articles as it was given. The pages of one group (a newspaper, a site) are in one fold, and nothing that was
judged in its articles is learned from where they are. Without it, each page is a group.

The thresholds and the features are not learned, and whoever chose them may have seen all of these: only
those set aside (`python -m tests.benchmarks.attribution --set-aside`) tell of others.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Collection, Mapping, Sequence
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
    read_labelled_articles,
    read_labelled_pages,
    read_name_sentences,
)
from indexer.training.learn_names import learn_base, learn_names
from indexer.training.learn_speakers import learn_speakers
from tests.benchmarks.attribution import Score, add_page, gather, print_table, read_labels

_FOLDS = 5


def main() -> None:
    """Learn and judge five times, and print a line for each part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path, metavar="LABELLED")
    parser.add_argument("names", type=Path, metavar="NAMES")
    parser.add_argument("unlabelled", type=Path, nargs="+", metavar="UNLABELLED")
    parser.add_argument("--groups", type=Path, metavar="FILE", help="what may not be on both sides")
    arguments = parser.parse_args()
    scores: dict[str, Score] = {}
    with tempfile.TemporaryDirectory() as folder:
        gather([arguments.labelled, *arguments.unlabelled], Path(folder))
        learner = Learner(arguments.labelled, arguments.names, arguments.unlabelled, arguments.groups)
        for fold in deal(learner.groups):
            for part, score in learner.judge(fold, Path(folder)).items():
                scores.setdefault(part, Score()).add(score)
    print_table(scores)


def read_groups(file: Path | None) -> dict[str, str]:
    """Read the group of each page and file of articles."""
    lines = file.read_text("utf-8").splitlines() if file else []
    return {name: group for group, name in (line.split(maxsplit=1) for line in lines)}


def deal(groups: Mapping[str, str]) -> list[list[str]]:
    """Deal pages, given with their groups, into folds: the largest groups first, into the smallest fold."""
    members: dict[str, list[str]] = {}
    for file, group in groups.items():
        members.setdefault(group, []).append(file)
    folds: list[list[str]] = [[] for _ in range(_FOLDS)]
    for group in sorted(members, key=lambda group: (-len(members[group]), group)):
        min(folds, key=len).extend(members[group])
    return folds


class Learner:
    """Learns from all but one fold. What no labelled page has a part in is learned once.

    `groups` are those of the labelled pages and articles that are not set aside.
    """

    def __init__(self, labelled: Path, names: Path, unlabelled: Sequence[Path], groups: Path | None) -> None:
        """Read the texts, and mark the articles."""
        self._segmenter = SegmenterChoice().open()
        known, named = LabelledText(labelled), read_groups(groups)
        self._sentences = read_name_sentences(names, known)
        self._articles = {str(file): read_articles(file) for file in unlabelled}
        self._base = learn_base(
            self._sentences, draw_articles(self._articles.values(), known), self._segmenter
        )
        self._group_of_file = {file: named.get(file, file) for file in self._articles}
        self._pages = read_labelled_pages(labelled)
        self.groups = {page.file: named.get(page.file, page.file) for page in self._pages}
        for file, articles in self._articles.items():
            pages = read_labelled_articles(articles)
            self._pages += pages
            self.groups |= {page.file: self._group_of_file[file] for page in pages}

    def judge(self, fold: Sequence[str], folder: Path) -> dict[str, Score]:
        """Learn without a fold, and read it in a process of its own, which loads the weights."""
        with tempfile.TemporaryDirectory() as place:
            weights = Path(place) / "model.npz"
            self._learn(weights, {*fold})
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                return pool.submit(read_fold, weights, folder, [*fold]).result()

    def _learn(self, weights: Path, fold: Collection[str]) -> None:
        judged = {self.groups[file] for file in fold}
        pages = [page for page in self._pages if page.file not in fold]
        table, transitions = learn_names(self._sentences, self._base, pages)
        files = self._articles.items()
        articles = chain.from_iterable(
            each for file, each in files if self._group_of_file[file] not in judged
        )
        tagger = Tagger(table, transitions)
        speaking, going_on = learn_speakers(pages, articles, tagger, self._segmenter)
        save_model(weights, table, transitions, {"speaking": speaking, "going_on": going_on})


def read_fold(weights: Path, folder: Path, fold: Collection[str]) -> dict[str, Score]:
    """Score the pages of a fold, read by other weights than those of the project."""
    reader.WEIGHTS_FILE = weights  # type: ignore[attr-defined]  # read when the first page is
    segmenter = SegmenterChoice().open()
    scores: dict[str, Score] = {}
    for label in read_labels(folder):
        if label.file in fold:
            add_page(folder, label, segmenter, scores)
    return scores


if __name__ == "__main__":
    main()
