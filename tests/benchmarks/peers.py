"""Peers, which people would use instead: each builds from the same paragraphs and answers.

Words are cut for them by rjieba, as tantivy's and SQLite's users do; only stock Whoosh brings jieba's
own analyzer. Each keeps the id, the date and the text, as ours does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from tests.benchmarks.shapes import Shape

__all__ = ["LIMIT", "PEERS", "Peer"]

Words = Sequence[str]
LIMIT = 10


class Peer:
    """An engine; `answer` returns the number of hits of the best ten, or None where it cannot be asked."""

    name: ClassVar[str]
    segmented: ClassVar[bool] = True

    def __init__(self, folder: Path) -> None:
        """Make the folder that the index is written to."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def build(self, records: Sequence[dict[str, str]], cut: Sequence[Words]) -> None:
        """Index the records, cut already."""
        raise NotImplementedError

    def open(self) -> None:
        """Open what was built."""
        raise NotImplementedError

    def answer(self, shape: Shape) -> int | None:
        """Answer a question."""
        raise NotImplementedError


class Tantivy(Peer):
    """The engine of Quickwit, in Rust."""

    name = "tantivy"

    def build(self, records: Sequence[dict[str, str]], cut: Sequence[Words]) -> None:
        """Index on two threads, with positions."""
        import tantivy  # noqa: PLC0415 - an extra

        fields = tantivy.SchemaBuilder()
        for field in ("id", "month", "text"):
            fields.add_text_field(field, stored=True, tokenizer_name="raw", index_option="basic")
        fields.add_text_field("words", tokenizer_name="whitespace", index_option="position")
        writer = tantivy.Index(fields.build(), path=str(self.folder)).writer(200_000_000, 2)
        for record, words in zip(records, cut, strict=True):
            stored = {key: record[key] for key in ("id", "month", "text")}
            writer.add_document(tantivy.Document(**stored, words=" ".join(words)))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """Open a searcher."""
        import tantivy  # noqa: PLC0415 - an extra

        self._index = tantivy.Index.open(str(self.folder))
        self._searcher = self._index.searcher()

    def answer(self, shape: Shape) -> int:
        """Ask by its query language."""
        if shape.kind == "phrase":
            query = self._index.parse_query(f'"{" ".join(shape.words)}"', ["words"])
        else:
            join = " AND " if shape.kind in ("all", "filtered") else " OR "
            text = join.join(f'"{word}"' for word in shape.words)
            text += f' AND month:"{shape.month}"' if shape.kind == "filtered" else ""
            query = self._index.parse_query(text, ["words"])
        return len(self._searcher.search(query, LIMIT).hits)


class SQLite(Peer):
    """Full-text search in SQLite, FTS5."""

    name = "SQLite FTS5"

    def build(self, records: Sequence[dict[str, str]], cut: Sequence[Words]) -> None:
        """Index words separated by blanks; the records lie in a table beside them."""
        base = sqlite3.connect(self.folder / "fts.db")
        base.execute("CREATE VIRTUAL TABLE fts USING fts5(words, content='', tokenize='unicode61')")
        base.execute("CREATE TABLE records (rowid INTEGER PRIMARY KEY, id, month, text)")
        base.executemany(
            "INSERT INTO fts (rowid, words) VALUES (?, ?)",
            ((number, " ".join(words)) for number, words in enumerate(cut)),
        )
        base.executemany(
            "INSERT INTO records VALUES (?, ?, ?, ?)",
            ((number, each["id"], each["month"], each["text"]) for number, each in enumerate(records)),
        )
        base.execute("INSERT INTO fts (fts) VALUES ('optimize')")
        base.commit()
        base.close()

    def open(self) -> None:
        """Connect."""
        self._base = sqlite3.connect(self.folder / "fts.db")

    def answer(self, shape: Shape) -> int:
        """Ask with MATCH, best first."""
        quoted = [f'"{word}"' for word in shape.words]
        match = f'"{" ".join(shape.words)}"' if shape.kind == "phrase" else None
        match = match or (" " if shape.kind in ("all", "filtered") else " OR ").join(quoted)
        query = "SELECT rowid FROM fts WHERE fts MATCH ?"
        values = [match]
        if shape.kind == "filtered":
            query = (
                "SELECT fts.rowid FROM fts JOIN records ON records.rowid = fts.rowid"
                " WHERE fts MATCH ? AND month = ?"
            )
            values.append(shape.month)
        return len(self._base.execute(f"{query} ORDER BY rank LIMIT {LIMIT}", values).fetchall())


class BM25S(Peer):
    """Scores of all terms in all texts, worked out before; it knows neither AND nor phrases."""

    name = "bm25s"

    def build(self, records: Sequence[dict[str, str]], cut: Sequence[Words]) -> None:
        """Index and save; the records lie beside the scores."""
        import bm25s  # noqa: PLC0415 - an extra

        retriever = bm25s.BM25(corpus=[dict(record) for record in records])
        retriever.index([list(words) for words in cut], show_progress=False)
        retriever.save(str(self.folder), corpus=retriever.corpus)

    def open(self) -> None:
        """Load into memory, as its users do."""
        import bm25s  # noqa: PLC0415 - an extra

        self._retriever = bm25s.BM25.load(str(self.folder))
        self._retriever.activate_numba_scorer()

    def answer(self, shape: Shape) -> int | None:
        """Ask for the best of any word."""
        if shape.kind not in ("one", "any"):
            return None
        documents, _ = self._retriever.retrieve([list(shape.words)], k=LIMIT, show_progress=False)
        return len(documents[0])


class StockWhoosh(Peer):
    """Whoosh with the analyzer that comes with jieba."""

    name = "stock Whoosh"
    segmented = False

    def build(self, records: Sequence[dict[str, str]], cut: Sequence[Words]) -> None:  # noqa: ARG002
        """Index as the manual says."""
        from jieba.analyse import ChineseAnalyzer  # noqa: PLC0415 - slow
        from whoosh.fields import ID, TEXT, Schema  # noqa: PLC0415
        from whoosh.index import create_in  # noqa: PLC0415

        schema = Schema(
            id=ID(stored=True), month=ID(stored=True), text=TEXT(stored=True, analyzer=ChineseAnalyzer())
        )
        writer = create_in(self.folder, schema).writer(limitmb=256)
        for record in records:
            writer.add_document(**{key: record[key] for key in ("id", "month", "text")})
        writer.commit()

    def open(self) -> None:
        """Open a searcher."""
        from whoosh.index import open_dir  # noqa: PLC0415

        self._searcher = open_dir(self.folder).searcher()

    def answer(self, shape: Shape) -> int:
        """Ask with query objects: its parser is not what is measured."""
        from whoosh.query import And, Or, Phrase, Query, Term  # noqa: PLC0415

        terms: list[Any] = [Term("text", word) for word in shape.words]
        query: Query = Phrase("text", list(shape.words))
        if shape.kind != "phrase":
            query = (And if shape.kind in ("all", "filtered") else Or)(terms)
        allowed = Term("month", shape.month) if shape.kind == "filtered" else None
        return len(self._searcher.search(query, limit=LIMIT, filter=allowed).top_n)


PEERS: tuple[type[Peer], ...] = (Tantivy, SQLite, BM25S, StockWhoosh)
