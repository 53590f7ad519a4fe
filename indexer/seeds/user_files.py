"""The user's files beside the seeds: `words.txt`, `topics.toml` and `synonyms.txt`, each read whole.

A file that is not there is as good as an empty one. The digests tell when an index is stale.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from indexer.errors import SeedError
from indexer.models import SPEAKING_KINDS, Paragraph, Topic
from indexer.seeds.folder import SYNONYMS_FILE, TOPICS_FILE, WORDS_FILE, read_user_file
from indexer.text.folding import find_units, fold, holds_word

__all__ = [
    "NO_USER_TOPICS",
    "Synonyms",
    "UserTopics",
    "UserWords",
    "read_synonyms",
    "read_user_topics",
    "read_user_words",
]

_LONGEST_WORD = 40  # characters
_TOPICS_EXAMPLE = '"交通" = ["地铁", "公交"]'
_SYNONYMS_EXAMPLE = "科创 = 科技创新"
_EQUALS = re.compile(r"[=＝]")
_REMARK = re.compile(r"(?:^|\s)#.*")  # C# is no remark


class UserWords(Struct, frozen=True):
    """The words of `words.txt` as they are written, and the SHA-256 of the file, empty without one."""

    words: tuple[str, ...]
    digest: str

    def fingerprint(self) -> dict[str, str]:
        """Map the file's name to its digest, for the fingerprint of an index; empty without a file."""
        return {WORDS_FILE: self.digest} if self.digest else {}


def read_user_words(seeds: Path) -> UserWords:
    """Read `words.txt`: one word a line, of words that fold alike the first.

    Raise `SeedError` with file, line and a remedy where a line cannot be a word.
    """
    lines = _read_lines(seeds, WORDS_FILE)
    for number, word in lines.entries:
        if fault := _word_fault(word):
            raise SeedError(f"{seeds / WORDS_FILE}, line {number}: {fault}")
    words: dict[str, str] = {}
    for _, word in lines.entries:
        words.setdefault(fold(word), word)
    return UserWords(tuple(words.values()), lines.digest)


def _word_fault(word: str) -> str:
    """Say why a line cannot be a word and what to do; the empty string if it can."""
    if len(word.split()) > 1:
        return f"{word[:_LONGEST_WORD]!r} has a blank inside; write one word a line"
    if not holds_word(fold(word)):
        return (
            f"{word[:_LONGEST_WORD]!r} has no letter, digit or character; remove it, or put # before a remark"
        )
    if len(word) > _LONGEST_WORD:
        return f"a word has at most {_LONGEST_WORD} characters; shorten {word[:_LONGEST_WORD]!r}…"
    return ""


class UserTopics(Struct, frozen=True):
    """The topics of `topics.toml` with their folded words, and the SHA-256 of the file, empty without one."""

    words: dict[str, tuple[str, ...]]
    digest: str

    def label(self, paragraph: Paragraph) -> Paragraph:
        """Add each topic of which a word occurs in a paragraph that says something, before its keywords."""
        if not self.words or paragraph.kind not in SPEAKING_KINDS:
            return paragraph
        folded = fold(paragraph.text)
        labels = [
            Topic(label, "vocabulary")
            for label, words in self.words.items()
            if any(find_units(word, folded) for word in words)
        ]
        trusted = [topic for topic in paragraph.topics if topic.from_ != "keyword"]
        keywords = [topic for topic in paragraph.topics if topic.from_ == "keyword"]
        return replace(paragraph, topics=(*trusted, *labels, *keywords))

    def fingerprint(self) -> dict[str, str]:
        """Map the file's name to its digest, for the fingerprint of an index; empty without a file."""
        return {TOPICS_FILE: self.digest} if self.digest else {}


NO_USER_TOPICS = UserTopics({}, "")


def read_user_topics(seeds: Path) -> UserTopics:
    """Read `topics.toml`: a label and its words a line, as in `"交通" = ["地铁", "公交"]`.

    Raise `SeedError` with the place and a remedy where it is not of that form.
    """
    path = seeds / TOPICS_FILE
    data = read_user_file(seeds, TOPICS_FILE)
    if data is None:
        return NO_USER_TOPICS
    import tomllib  # noqa: PLC0415 - few have such a file

    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SeedError(f"{path} is no TOML: {error}; write lines such as {_TOPICS_EXAMPLE}") from error
    for label, words in table.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and fold(word) for word in words):
            raise SeedError(f"{path}: {label} is no list of words; write a line such as {_TOPICS_EXAMPLE}")
    words_of = {label: tuple(map(fold, words)) for label, words in table.items()}
    return UserTopics(words_of, _digest(data))


class Synonyms(Struct, frozen=True):
    """The groups of `synonyms.txt`: each text of a group, folded, to the whole group as it is written."""

    groups: dict[str, tuple[str, ...]]

    def of(self, folded: str) -> tuple[str, ...]:
        """List the synonyms of a folded text, none for a text that is in no group."""
        return tuple(text for text in self.groups.get(folded, ()) if fold(text) != folded)


def read_synonyms(seeds: Path) -> Synonyms:
    """Read `synonyms.txt`: one group of two or more texts a line, as in `科创 = 科技创新`.

    A text that stands in several groups has the synonyms of all of them.

    Raise `SeedError` with file, line and a remedy where a line is not of that form.
    """
    path = seeds / SYNONYMS_FILE
    groups: dict[str, tuple[str, ...]] = {}
    for number, line in _read_lines(seeds, SYNONYMS_FILE).entries:
        texts = tuple(part.strip() for part in _EQUALS.split(line))
        if len(texts) < 2 or not all(holds_word(fold(text)) for text in texts):
            raise SeedError(
                f"{path}, line {number}: {line!r} is no group; write a line such as {_SYNONYMS_EXAMPLE}"
            )
        for text in texts:
            groups[fold(text)] = tuple(dict.fromkeys((*groups.get(fold(text), ()), *texts)))
    return Synonyms(groups)


class _Lines(Struct, frozen=True):
    """The lines of a file that are neither blank nor remarks, numbered from 1, and its digest."""

    entries: tuple[tuple[int, str], ...] = ()
    digest: str = ""


def _read_lines(seeds: Path, name: str) -> _Lines:
    """Read a file of lines in UTF-8; raise `SeedError` with the line and a remedy where it is not."""
    data = read_user_file(seeds, name)
    if data is None:
        return _Lines()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SeedError(f"{seeds / name}, line {line}: it is not UTF-8; save the file as UTF-8") from error
    lines = ((number, _REMARK.sub("", line).strip()) for number, line in enumerate(text.split("\n"), start=1))
    return _Lines(tuple((number, line) for number, line in lines if line), _digest(data))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
