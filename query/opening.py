"""An index that is open: what it is opened from, and how it is asked until it is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self, TypeVar

from msgspec import Struct

from indexer.errors import GenerationGoneError, IndexClosedError
from indexer.reader import Generation, open_generation, report_damage
from indexer.staleness import Staleness
from indexer.store.address import ClusterAddress, IndexPlace
from indexer.store.generations import state_of_current
from query.answers import Answers
from query.counts import Counts
from query.language.segmenter import QuerySegmenter
from query.matching.finder import Finder
from query.matching.searcher import Searcher
from query.rewriting.pinyin import PinyinNames
from query.suggestions import Suggester

__all__ = ["OpenIndex", "Opening", "open_at"]

_Answer = TypeVar("_Answer")


class Opening(Struct, frozen=True):
    """An opened generation, and who finds its paragraphs.

    `is_current` tells whether it is still the one that answers, and `close` lets go of what holds it open.
    """

    generation: Generation
    finder: Finder
    is_current: Callable[[], bool]
    close: Callable[[], None]

    @classmethod
    def of_folder(cls, generation: Generation, state: tuple[int, int] | None = None) -> Self:
        """Search a generation by its arrays; `state` is that of `state_of_current` before it was opened.

        Raise `IndexDamagedError` when a file is not as it was written.
        """
        index = generation.folder.parent
        with report_damage(index):
            searcher = Searcher(generation.segments, generation.values)
        return cls(generation, searcher, lambda: state_of_current(index) == state, generation.close)


def open_at(place: IndexPlace) -> Opening:
    """Open the current generation of the index at a place; raise what `open_index` raises."""
    if isinstance(place, ClusterAddress):
        from query.cluster.opening import open_in_cluster  # noqa: PLC0415 - a folder needs nothing of it

        return Opening(*open_in_cluster(place))
    state = state_of_current(place)  # before it is opened: what is built meanwhile is noticed
    return Opening.of_folder(open_generation(place), state)


class OpenIndex:
    """One generation of an index, which answers also while the next one is built.

    `finder` finds its paragraphs, `segmenter` cuts queries into words, and `staleness` compares the
    index with its seeds. A method that reads the files raises `IndexClosedError` after `close`, and
    `IndexDamagedError` when a file is not as it was written.
    """

    def __init__(self, opening: Opening) -> None:
        """Answer from what was opened."""
        self._open(opening)
        self._closed = False

    def _open(self, opening: Opening) -> None:
        generation, finder = opening.generation, opening.finder
        self.path = generation.index
        self.generation = generation
        self.finder = finder
        self.staleness = Staleness(generation.index, generation.manifest)
        self.segmenter = QuerySegmenter(generation.dictionary, generation.learned)
        pinyin = PinyinNames(finder, generation.sounds)
        self._answers = Answers(finder, self.segmenter, pinyin, self.staleness)
        self._counts = Counts(finder)
        self._suggester = Suggester(finder, generation.sounds)
        self._is_current, self._close = opening.is_current, opening.close

    @property
    def searcher(self) -> Searcher:
        """The finder of an index in a folder, with its segments."""
        assert isinstance(self.finder, Searcher)
        return self.finder

    def __enter__(self) -> Self:
        """Return the index itself; raise `IndexClosedError` when it was closed."""
        self._refuse_closed()
        return self

    def __exit__(self, *_: object) -> None:
        """Close the index."""
        self.close()

    def __len__(self) -> int:
        """Return the number of paragraphs, headings and bylines included."""
        return len(self.finder)

    def __repr__(self) -> str:
        """Name the folder, and count what is in it."""
        return f"<Index of {len(self)} paragraphs at {self.path}>"

    def close(self) -> None:
        """Close the files of the index; what reads them from then on raises `IndexClosedError`."""
        self._closed = True
        self._close()

    def is_current(self) -> bool:
        """Tell whether `open_index` would open the same: not once the index was built anew, or is gone."""
        return self._is_current()

    def _ask(self, answer: Callable[[], _Answer]) -> _Answer:
        """Return what `answer` returns once the finder knows all that it asks for.

        Where a build removed the generation that is open, ask the next one.
        """
        with self._guard():
            try:
                return self.finder.ask(answer)
            except GenerationGoneError:
                self._open(open_at(self.path))  # other threads may still read what was open
                return self.finder.ask(answer)

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """Refuse a closed index, and turn damage found in the block into `IndexDamagedError`."""
        self._refuse_closed()
        with report_damage(self.path):
            yield

    def _refuse_closed(self) -> None:
        if self._closed:
            raise IndexClosedError(f"the index at {self.path} was closed; open it again with open_index")
