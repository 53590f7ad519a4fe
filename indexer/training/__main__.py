"""Learn to read speakers: python -m indexer.training LABELLED NAMES UNLABELLED... --out model.npz.

The same bytes come of the same folders, on one set of versions.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from indexer.analysis.segmenter import SegmenterChoice
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

__all__ = ["train"]


def main() -> None:
    """Read the command line, and train."""
    parser = argparse.ArgumentParser(prog="python -m indexer.training", description=__doc__)
    parser.add_argument("labelled", type=Path, metavar="LABELLED", help="pages, and labels.jsonl")
    parser.add_argument("names", type=Path, metavar="NAMES", help="sentences with people marked, .jsonl")
    parser.add_argument("unlabelled", type=Path, nargs="+", metavar="UNLABELLED", help="articles, .jsonl")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the weights go")
    arguments = parser.parse_args()
    if not (arguments.labelled / "labels.jsonl").is_file():
        parser.error(f"{arguments.labelled} has no labels.jsonl: name the folder that holds it and its pages")
    train(arguments.labelled, arguments.names, arguments.unlabelled, arguments.out)


def train(labelled: Path, names: Path, unlabelled: Sequence[Path], out: Path) -> None:
    """Write to `out` the weights that are learned from three kinds of texts."""
    segmenter = SegmenterChoice().open()
    known = LabelledText(labelled)
    sentences = read_name_sentences(names, known)
    files = [read_articles(file) for file in unlabelled]
    pages = [*read_labelled_pages(labelled), *read_labelled_articles(chain(*files))]
    base = learn_base(sentences, draw_articles(files, known), segmenter)
    table, transitions = learn_names(sentences, base, pages)
    speaking, going_on = learn_speakers(pages, chain(*files), Tagger(table, transitions), segmenter)
    save_model(out, table, transitions, {"speaking": speaking, "going_on": going_on})


if __name__ == "__main__":
    main()
