"""A cache that does not grow without bound."""

from __future__ import annotations

from indexer.store.bounded_cache import BoundedCache


def test_a_value_is_found_after_it_is_added() -> None:
    cache: BoundedCache[str, int] = BoundedCache()
    assert cache.add("a", 1) == 1
    assert (cache["a"], cache.get("b")) == (1, None)


def test_the_last_value_is_always_there_and_never_more_than_4096() -> None:
    cache: BoundedCache[int, int] = BoundedCache()
    for number in range(10_000):
        cache.add(number, number)
        assert cache[number] == number
        assert len(cache) <= 4096
