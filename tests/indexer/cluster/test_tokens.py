"""Units, pairs and words as tokens, without a cluster."""

from __future__ import annotations

from indexer.cluster.tokens import (
    END,
    FREQUENCY_MARK,
    START,
    counted_tokens,
    match_tokens,
    norm_length,
    token,
    unit_tokens,
)
from indexer.segments.norms import NORM_LENGTHS, encode_norms
from indexer.text.folding import fold, units


def numbers(tokens: str) -> dict[str, tuple[int, int]]:
    """Read counted tokens back: the frequency of each, and the norm."""
    pairs = (each.split(FREQUENCY_MARK) for each in tokens.split(" ") if each)
    return {name: (int(number) >> 8, int(number) & 255) for name, number in pairs}


def test_every_unit_is_one_token_between_the_ends_of_its_paragraph() -> None:
    parts = units(fold("New York 的 AI，5% 是新的。"))
    assert unit_tokens(parts).split(" ") == [START, *parts, END]


def test_units_and_pairs_are_counted_with_the_norm_of_the_whole() -> None:
    parts = units(fold("哈哈哈，人才"))
    tokens, norm = match_tokens(parts)
    counted = numbers(tokens)
    assert {name: count for name, (count, _) in counted.items()} == {
        "哈": 3,
        ",": 1,
        "人": 1,
        "才": 1,
        "哈哈": 2,
        "哈,": 1,
        ",人": 1,
        "人才": 1,
    }
    assert {own for _, own in counted.values()} == {norm}
    assert norm_length(norm) == int(NORM_LENGTHS[encode_norms(NORM_LENGTHS[:1] + 2 * len(parts) - 1)[0]])


def test_a_pair_of_two_runs_and_a_name_with_a_blank_are_one_token() -> None:
    assert " " not in token("new york")
    assert token("new york") != token("newyork")
    assert len(numbers(counted_tokens(["new york", "york"])[0])) == 2


def test_a_run_that_no_index_takes_is_cut_and_told_apart_by_its_digest() -> None:
    one, other = "a" * 40_000 + "b", "a" * 40_000 + "c"
    assert token(one) != token(other)
    assert len(token(one).encode("utf-8")) < 32_766
    assert token(one).startswith("a" * 1_000)


def test_nothing_has_no_tokens() -> None:
    assert counted_tokens([]) == ("", 0)
    assert match_tokens([]) == ("", 0)
