"""The user's own words: `words.txt` beside the seeds, one a line, each cut as a whole."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.errors import SeedError
from indexer.models import SPEAKING_KINDS, Paragraph, Topic
from indexer.seeds.folder import SYNONYMS_FILE, WORDS_FILE, read_user_file
from indexer.text.folding import find_units, fold, holds_word

__all__ = [
    "NO_USER_TOPICS",
    "TOPICS_FILE",
    "Lines",
    "Synonyms",
    "UserTopics",
    "UserWords",
    "read_lines",
    "read_synonyms",
    "read_user_topics",
    "read_user_words",
]

_LONGEST = 40  # characters


@dataclass(frozen=True, slots=True)
class UserWords:
    """Words as they are written, and a digest of the file they come from."""

    words: tuple[str, ...]
    digest: str

    def fingerprint(self) -> dict[str, str]:
        """Return what an index has to know of it to tell when it is stale."""
        return {WORDS_FILE: self.digest} if self.digest else {}


def read_user_words(seeds: Path) -> UserWords:
    """Return the words beside the seeds, none where there is no such file.

    Raise `SeedError` with file, line and a remedy where something cannot be a word.
    """
    path = seeds / WORDS_FILE
    lines = read_lines(seeds, WORDS_FILE)
    for number, word in lines.entries:
        if reason := _refusal(word):
            raise SeedError(f"{path}, line {number}: {reason}")
    words: dict[str, str] = {}
    for _, word in lines.entries:
        words.setdefault(fold(word), word)
    return UserWords(tuple(words.values()), lines.digest)


def _refusal(word: str) -> str:
    """Return why something cannot be a word and what to do, or nothing."""
    if len(word.split()) > 1:
        return f"{word[:_LONGEST]!r} has a blank inside; write one word a line"
    if not holds_word(fold(word)):
        return f"{word[:_LONGEST]!r} has no letter, digit or character; remove it, or put # before a remark"
    if len(word) > _LONGEST:
        return f"a word has at most {_LONGEST} characters; shorten {word[:_LONGEST]!r}…"
    return ""


_REMARK = re.compile(r"(?:^|\s)#.*")  # C# is no remark


@dataclass(frozen=True, slots=True)
class Lines:
    """The entries of a list with the numbers of their lines, counted from 1, and a digest of the file."""

    entries: tuple[tuple[int, str], ...] = ()
    digest: str = ""


def read_lines(seeds: Path, name: str) -> Lines:
    """Return the entries of a list beside the seeds, none where there is no such file.

    Raise `SeedError` with the place and a remedy when it cannot be read.
    """
    data = read_user_file(seeds, name)
    if data is None:
        return Lines()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SeedError(f"{seeds / name}, line {line}: it is not UTF-8; save the file as UTF-8") from error
    said = ((number, _REMARK.sub("", line).strip()) for number, line in enumerate(text.split("\n"), start=1))
    entries = tuple((number, entry) for number, entry in said if entry)
    return Lines(entries, hashlib.sha256(data).hexdigest())


TOPICS_FILE = "topics.toml"


_TOPIC_FORM = '"交通" = ["地铁", "公交"]'


@dataclass(frozen=True, slots=True)
class UserTopics:
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
            if any(find_units(word, folded) for word in words)
        ]
        trusted = [topic for topic in paragraph.topics if topic.from_ != "keyword"]
        keywords = [topic for topic in paragraph.topics if topic.from_ == "keyword"]
        return replace(paragraph, topics=(*trusted, *labels, *keywords))

    def fingerprint(self) -> dict[str, str]:
        """Return what an index has to know of it to tell when it is stale."""
        return {TOPICS_FILE: self.digest} if self.digest else {}


NO_USER_TOPICS = UserTopics({}, "")


def read_user_topics(seeds: Path) -> UserTopics:
    """Return the vocabulary beside the seeds, an empty one where there is none.

    Raise `SeedError` with the place and a remedy when the file is not of the form.
    """
    path = seeds / TOPICS_FILE
    data = read_user_file(seeds, TOPICS_FILE)
    if data is None:
        return NO_USER_TOPICS
    import tomllib  # noqa: PLC0415 - few have such a file

    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SeedError(f"{path} is no TOML: {error}; write lines such as {_TOPIC_FORM}") from error
    for label, words in table.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and fold(word) for word in words):
            raise SeedError(f"{path}: {label} is no list of words; write a line such as {_TOPIC_FORM}")
    words_of = {label: tuple(map(fold, words)) for label, words in table.items()}
    return UserTopics(words_of, hashlib.sha256(data).hexdigest())


_SYNONYM_FORM = "科创 = 科技创新"


_EQUALS = re.compile(r"[=＝]")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of texts that mean the same: of each member, folded, the whole group as it is written."""

    groups: dict[str, tuple[str, ...]]

    def of(self, folded: str) -> tuple[str, ...]:
        """Return what else a folded text is called, nothing for one that is in no group."""
        return tuple(text for text in self.groups.get(folded, ()) if fold(text) != folded)


def read_synonyms(seeds: Path) -> Synonyms:
    """Return the synonyms beside the seeds, none where there is no such file.

    Raise `SeedError` with the place and a remedy when a line is not of the form.
    """
    path = seeds / SYNONYMS_FILE
    groups: dict[str, tuple[str, ...]] = {}
    for number, line in read_lines(seeds, SYNONYMS_FILE).entries:
        texts = tuple(part.strip() for part in _EQUALS.split(line))
        if len(texts) < 2 or not all(holds_word(fold(text)) for text in texts):
            raise SeedError(
                f"{path}, line {number}: {line!r} is no group; write a line such as {_SYNONYM_FORM}"
            )
        for text in texts:
            groups[fold(text)] = tuple(dict.fromkeys((*groups.get(fold(text), ()), *texts)))
    return Synonyms(groups)
