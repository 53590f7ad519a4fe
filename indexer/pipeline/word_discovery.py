"""Discover words in the values that paragraphs have: names of people and bodies, and quoted terms.

No text is read again for them. A word that no live paragraph has any more is gone with the next build.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import marisa_trie
import numpy as np

from indexer.analysis.dictionary import FrozenDictionary
from indexer.extraction.word_lists import ORGANISATIONS, any_of
from indexer.segments.schema import COINED, LEARNED_FROM
from indexer.segments.values import read_folded_values
from indexer.store.arrays import ARRAYS_SUFFIX, Array, ArrayFile, ArrayWriter
from indexer.store.tries import write_trie
from indexer.text.han import HAN

__all__ = ["write_learned_words"]

_NAME = rf"{HAN}{{2,4}}|{HAN}{{1,8}}(?:·{HAN}{{1,8}})+"
# How the names of organisations end (general nouns for bodies, 现代汉语词典), and what is not their
# beginning: 针对行政院, 副主委.
_ORGANISATION = (
    rf"(?!针对|虽然|[在对向为而其副])(?:{HAN}{{1,20}}(?:"
    "[委部局厅署院会司校园所社党盟站馆台处组室厂]|政府|政协|人大|中心|公司|集团|大学|中学|小学|银行|企业|基地"
    rf")|(?:{any_of(ORGANISATIONS)}){HAN}{{0,12}}|{HAN}{{1,12}}(?:{any_of(ORGANISATIONS)}))"
)
_FORMS = {
    "organisation": re.compile(_ORGANISATION),
    COINED: re.compile(rf"{HAN}+"),
}
_PERSON = re.compile(f"{_NAME}|{_ORGANISATION}")  # a party speaks, too


def write_learned_words(
    path: Path, dictionary: FrozenDictionary, values: ArrayFile, count: Callable[[str, int], Array]
) -> None:
    """Write the values of live paragraphs that have the form of a word and are not in the dictionary.

    `count` counts the live paragraphs that have each value of a field with so many values.
    The words are written as a trie to `path`, and beside it, in the order of the trie, the arrays
    `field` (u1, an index into `LEARNED_FROM`), `value` (u4, the value's number in `values`) and `count`
    (u4, the paragraphs that have it).
    """
    found: dict[str, tuple[int, int, int]] = {}
    for number, field in enumerate(LEARNED_FROM):
        folded = read_folded_values(values, field)
        counts = count(field, len(folded))
        is_form = _FORMS.get(field, _PERSON).fullmatch
        for value in np.flatnonzero(counts).tolist():
            word = folded[value]
            if is_form(word) and not dictionary.get(word):
                found.setdefault(word, (number, value, int(counts[value])))
    trie = marisa_trie.Trie(found)
    writer = ArrayWriter(path.with_suffix(ARRAYS_SUFFIX))
    write_trie(path, trie.tobytes(), writer)
    _append_origins(writer, [found[word] for word in _in_order(trie, found)])
    writer.close()


def _in_order(trie: marisa_trie.Trie, found: dict[str, tuple[int, int, int]]) -> list[str]:
    """Sort words by their numbers in the trie."""
    return sorted(found, key=trie.__getitem__)


def _append_origins(writer: ArrayWriter, origins: Sequence[tuple[int, int, int]]) -> None:
    table = np.array(origins, "u4").reshape(-1, 3)
    for column, (name, dtype) in enumerate((("field", "u1"), ("value", "u4"), ("count", "u4"))):
        writer.append(name, table[:, column].astype(dtype))
