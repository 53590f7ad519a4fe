"""The parts of a Word file and how they refer to each other (Open Packaging Conventions)."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from urllib.parse import unquote

from msgspec import Struct

from indexer.errors import SeedError
from indexer.formats.word.archive import Archive
from indexer.formats.word.markup import Element, parse_xml

__all__ = ["Package", "Relation"]


class Relation(Struct, frozen=True):
    """A reference of a part to another: its id, its kind (`header`, `footnotes`, …), the other's name."""

    id: str
    kind: str
    target: str


class Package:
    """A file of parts that refer to each other; nothing outside of the file is ever read."""

    def __init__(self, archive: Archive) -> None:
        """Take the parts of a zip."""
        self._archive = archive

    def read(self, part: str) -> bytes:
        """Return the bytes of a part; raise `SeedError` when it is missing or damaged."""
        return self._archive.read(part)

    def xml(self, part: str) -> Element:
        """Parse a part; raise `SeedError` when it is missing or damaged."""
        return parse_xml(self.read(part), part)

    def main_part(self) -> str:
        """Return the name of the document itself; raise `SeedError` when there is none."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument":
                return relation.target
        raise SeedError("it does not say which of its parts is the document; save it again with Word")

    def relations(self, part: str) -> list[Relation]:
        """Return what a part refers to inside the file, "" for the file; raise `SeedError` when damaged."""
        folder, _, name = part.rpartition("/")
        path = join(folder, "_rels", f"{name}.rels")
        if path not in self._archive:
            return []
        return [
            Relation(each.get("Id", ""), _last(each.get("Type", "")), _resolve(each.get("Target", ""), part))
            for each in self.xml(path)
            if each.get("TargetMode") != "External"
        ]


def _last(path: str) -> str:
    """Return the last step of the address of a kind: those of ISO Strict differ in what stands before."""
    return path.rpartition("/")[2]


def _resolve(target: str, part: str) -> str:
    return normpath(join("/", dirname(part), unquote(target))).lstrip("/")
