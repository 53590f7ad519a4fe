"""The user's own topics: `topics.toml` beside the seeds, each label with the words that mean it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.errors import SeedError
from indexer.folding import find, fold
from indexer.models import SPEAKING_KINDS, Paragraph, Topic
from indexer.seeds import read_list

__all__ = ["NO_VOCABULARY", "VOCABULARY", "Vocabulary", "read_vocabulary"]

VOCABULARY = "topics.toml"

_FORM = '"交通" = ["地铁", "公交"]'


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Labels, each with its folded words, and a digest of the file they come from."""

    words: dict[str, tuple[str, ...]]
    digest: str

    def applied(self, paragraph: Paragraph) -> Paragraph:
        """Return a paragraph with the labels that its text asks for, before its keywords."""
        if not self.words or paragraph.kind not in SPEAKING_KINDS:
            return paragraph
        folded = fold(paragraph.text)
        labels = [
            Topic(label, "vocabulary")
            for label, words in self.words.items()
            if any(find(word, folded) for word in words)
        ]
        trusted = [topic for topic in paragraph.topics if topic.from_ != "keyword"]
        keywords = [topic for topic in paragraph.topics if topic.from_ == "keyword"]
        return replace(paragraph, topics=(*trusted, *labels, *keywords))

    def fingerprint(self) -> dict[str, str]:
        """Return what an index has to know of it to tell when it is stale."""
        return {VOCABULARY: self.digest} if self.digest else {}


NO_VOCABULARY = Vocabulary({}, "")


def read_vocabulary(seeds: Path) -> Vocabulary:
    """Return the vocabulary beside the seeds, an empty one where there is none.

    Raise `SeedError` with the place and a remedy when the file is not of the form.
    """
    path = seeds / VOCABULARY
    data = read_list(seeds, VOCABULARY)
    if data is None:
        return NO_VOCABULARY
    import tomllib  # noqa: PLC0415 - few have such a file

    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SeedError(f"{path} is no TOML: {error}; write lines such as {_FORM}") from error
    for label, words in table.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and fold(word) for word in words):
            raise SeedError(f"{path}: {label} is no list of words; write a line such as {_FORM}")
    words_of = {label: tuple(map(fold, words)) for label, words in table.items()}
    return Vocabulary(words_of, hashlib.sha256(data).hexdigest())
