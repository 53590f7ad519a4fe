"""The numbers that Word puts before the paragraphs of a list, which its file does not spell out."""

from __future__ import annotations

import re

from msgspec import Struct

from indexer.formats.word.markup import Element, attribute, child, children
from indexer.formats.word.numerals import write_number

__all__ = ["Numbering"]

_LEVELS = 9
_MAX_NUMBER = 9_999
_PLACE = re.compile(r"%([1-9])")
_NO_GAP_AFTER = tuple("、．：）】〕」，。")  # what a number ends with that needs no blank before the text


class _Level(Struct, frozen=True):
    """A level of a list: the form of its number, the text around it, where and after what it starts."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    has_gap: bool = True
    is_legal: bool = False


class _List(Struct, frozen=True):
    """A list by its id: the counts it shares with others, its levels, and the numbers it starts anew at."""

    shared: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a document; it counts the paragraphs on that are asked for in order."""

    def __init__(self, root: Element | None) -> None:
        """Take them from the part `numbering`, None where there is none."""
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            abstract = _read_abstract(root)
            for each in children(root, "w:num"):
                self._lists[attribute(each, "numId") or ""] = _read_list(each, abstract)

    def next_label(self, list_id: str | None, level: int) -> str:
        """Count a paragraph of a list, and return its number with what stands around it, as shown.

        A bullet is no number: it, and a list that is not known, give the empty string.
        """
        found = self._lists.get(list_id or "")
        if found is None or not 0 <= level < _LEVELS:
            return ""
        counts = self._count(list_id or "", found, level)
        here = found.levels.get(level, _Level())
        if here.form in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = found.levels.get(at, _Level())
            return write_number(counts.get(at, of.start), "decimal" if here.is_legal else of.form)

        label = _PLACE.sub(number, here.text)
        return label + " " if here.has_gap and label and not label.endswith(_NO_GAP_AFTER) else label

    def _count(self, list_id: str, found: _List, level: int) -> dict[int, int]:
        counts = self._counts.setdefault(found.shared, {})
        start = found.levels.get(level, _Level()).start
        if level in found.starts and (list_id, level) not in self._begun:
            counts[level] = found.starts[level]
        else:
            counts[level] = min(counts[level] + 1, _MAX_NUMBER) if level in counts else start
        self._begun.add((list_id, level))
        for deeper in [each for each in counts if each > level]:
            restart = found.levels.get(deeper, _Level()).restart
            if restart is None or level < restart:  # restart counts from 1, 0 means never
                del counts[deeper]
        return counts


def _read_abstract(root: Element) -> dict[str, Element]:
    """Return what lists are made of by id; one that is a list style stands for the style's own."""
    all_of_them = [*children(root, "w:abstractNum")]
    styles = {attribute(child(each, "w:styleLink"), "val"): each for each in all_of_them}
    return {
        attribute(each, "abstractNumId") or "": styles.get(
            attribute(child(each, "w:numStyleLink"), "val") or "", each
        )
        for each in all_of_them
    }


def _read_list(num: Element, abstract: dict[str, Element]) -> _List:
    shared = attribute(child(num, "w:abstractNumId"), "val") or ""
    levels = _read_levels(abstract.get(shared))
    starts = {}
    for override in children(num, "w:lvlOverride"):
        level = _number(attribute(override, "ilvl"), 0)
        levels |= _read_levels(override)
        start = attribute(child(override, "w:startOverride"), "val")
        if start is not None:
            starts[level] = _number(start, 1)
    return _List(shared, levels, starts)


def _read_levels(parent: Element | None) -> dict[int, _Level]:
    if parent is None:
        return {}
    return {_number(attribute(each, "ilvl"), 0): _read_level(each) for each in children(parent, "w:lvl")}


def _read_level(level: Element) -> _Level:
    restart = attribute(child(level, "w:lvlRestart"), "val")
    return _Level(
        form=attribute(child(level, "w:numFmt"), "val") or "decimal",
        text=attribute(child(level, "w:lvlText"), "val") or "",
        start=_number(attribute(child(level, "w:start"), "val"), 1),
        restart=_number(restart, 0) if restart is not None else None,
        has_gap=attribute(child(level, "w:suff"), "val") != "nothing",
        is_legal=child(level, "w:isLgl") is not None,
    )


def _number(text: str | None, otherwise: int) -> int:
    return min(int(text), _MAX_NUMBER) if text and text.isdecimal() and len(text) < 6 else otherwise
