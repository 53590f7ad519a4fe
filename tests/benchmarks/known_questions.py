"""Measure questions whose words are known of a paragraph, not in it.

`python -m tests.benchmarks.known_questions SEEDS` builds an index, and draws questions from its paragraphs,
the same ones each time:

    speaker   who speaks, where the text does not name them, and two words that at most three paragraphs have
    headline  a word of the headline that the text lacks, and one of the text that at most 20 paragraphs have
    session   the session, and such a word
    role      the role of who speaks, and such a word

Of the last three only those are asked for which no fourth paragraph has both words in what is known of it or
in its text. Right is the paragraph that the question was drawn from, and any of the same text.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from indexer import build_index
from indexer.models import Paragraph
from indexer.text.folding import find_units, fold
from query import Index, open_index
from tests.benchmarks.ranking import LIMIT

MOST = 500  # questions of a kind
RARE, SCARCE = 3, 20  # paragraphs that have a word
AS_WELL = 3  # paragraphs that answer a question equally

Question = tuple[str, Paragraph]


class Drawing:
    """The paragraphs of an index that say something, with what their words are worth."""

    def __init__(self, index: Index, draw: random.Random) -> None:
        """Cut every paragraph into its words."""
        self.paragraphs = [each for each in index.paragraphs() if each.kind in ("body", "caption")]
        self.cut = index.segmenter.question_words
        self.draw = draw
        self.words = {each.id: {*self.cut(fold(each.text))} for each in self.paragraphs}
        self.holding: defaultdict[str, set[str]] = defaultdict(set)
        for id_, words in self.words.items():
            for word in words:
                self.holding[word].add(id_)
        self.known = {each.id: fold("\n".join(values(each))) for each in self.paragraphs}

    def scarce(self, paragraph: Paragraph, most: int) -> list[str]:
        """List the words of a paragraph that at most so many paragraphs have, in the order of the text."""
        own = dict.fromkeys(self.cut(fold(paragraph.text)))
        return [word for word in own if len(word) > 1 and len(self.holding[word]) <= most]

    def answer(self, known: str, word: str) -> int:
        """Count the paragraphs that have a word, and the other in their text or in what is known of them."""
        return sum(known in self.known[id_] or known in self.words[id_] for id_ in self.holding[word])

    def speakers(self) -> Iterator[Question]:
        """Yield questions of a speaker and two rare words."""
        for each in self.paragraphs:
            rare = self.scarce(each, RARE)
            for who in each.speakers[:1]:
                if len(rare) > 1 and not find_units(fold(who.name), fold(each.text)):
                    yield " ".join((who.name, *self.draw.sample(rare, 2))), each

    def pairs(self, known: Callable[[Paragraph], Sequence[str]]) -> Iterator[Question]:
        """Yield questions of something known and a scarce word."""
        for each in self.paragraphs:
            scarce = self.scarce(each, SCARCE)
            outside = [text for text in known(each) if not find_units(fold(text), fold(each.text))]
            if scarce and outside:
                text, word = self.draw.choice(outside), self.draw.choice(scarce)
                if self.answer(fold(text), word) <= AS_WELL:
                    yield f"{text} {word}", each

    def headline_words(self, paragraph: Paragraph) -> list[str]:
        """List the words of a headline."""
        return [word for word in self.cut(fold(paragraph.title or "")) if len(word) > 1]


def values(paragraph: Paragraph) -> Iterator[str]:
    """Yield what is known of a paragraph besides its text."""
    yield from filter(None, (paragraph.title, paragraph.section, paragraph.lead))
    yield from (session.name for session in paragraph.sessions)
    for who in paragraph.speakers:
        yield from filter(None, (who.name, who.role, who.organisation, who.position))


def measure(index: Index, name: str, questions: Sequence[Question]) -> None:
    """Ask the questions, and print how often the paragraph came first, and among the first three."""
    ranks: Counter[int] = Counter()
    for question, paragraph in questions:
        results = index.search(question, limit=LIMIT)
        found = (hit.rank for hit in (*results.hits, *results.near) if hit.text == paragraph.text)
        ranks[next(found, 0)] += 1
    asked = max(1, len(questions))
    three = sum(ranks[rank] for rank in (1, 2, 3))
    print(
        f"{name:9} {len(questions):4} questions: first {ranks[1] / asked:.3f}, in three {three / asked:.3f}"
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("seeds", type=Path)
    seeds = parser.parse_args().seeds
    with tempfile.TemporaryDirectory() as scratch:
        build_index(seeds, Path(scratch) / "index")
        with open_index(Path(scratch) / "index") as index:
            drawing = Drawing(index, random.Random(14))
            kinds: dict[str, list[Question]] = {
                "speaker": [*drawing.speakers()],
                "headline": [*drawing.pairs(drawing.headline_words)],
                "session": [*drawing.pairs(lambda each: [session.name for session in each.sessions])],
                "role": [*drawing.pairs(lambda each: [who.role for who in each.speakers if who.role])],
            }
            for name, questions in kinds.items():
                measure(index, name, drawing.draw.sample(questions, min(MOST, len(questions))))


if __name__ == "__main__":
    main()
