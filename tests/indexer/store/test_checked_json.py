"""Records with their own checksum."""

from __future__ import annotations

import hashlib

import pytest

from indexer.errors import DamageError
from indexer.store.checked_json import dump_checked, load_checked

RECORD = {"名": "低空\n经济", "numbers": [1, 2.5, None], "nested": {"sha256": "x"}}


def test_a_record_is_read_as_it_was_written() -> None:
    assert load_checked(dump_checked(RECORD), "x.json") == RECORD


def test_every_flipped_bit_is_noticed() -> None:
    data = dump_checked(RECORD)
    for at in range(len(data)):
        for bit in range(8):
            damaged = data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
            with pytest.raises(DamageError, match=r"x\.json is not as it was written"):
                load_checked(damaged, "x.json")


@pytest.mark.parametrize("data", [b"", b"{}", b"\x80\x04.", dump_checked(RECORD)[:-1]])
def test_what_is_no_such_record_is_refused(data: bytes) -> None:
    with pytest.raises(DamageError, match=r"x\.json is not as it was written"):
        load_checked(data, "x.json")


@pytest.mark.parametrize("rest", [b"", b"nonsense", b' "a": ' + b"[" * 100_000])
def test_what_is_no_json_is_refused_though_its_checksum_is_right(rest: bytes) -> None:
    first = f'{{"sha256": "{hashlib.sha256(rest).hexdigest()}",\n'.encode()
    with pytest.raises(DamageError, match=r"x\.json is not of the form"):
        load_checked(first + rest, "x.json")
