"""What is a stream does not depend on what the process did before."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.formats.pdf.stream_types import ContentStream, InlineImage


def test_a_dictionary_is_no_stream_after_it_was_told_to_be_a_mapping() -> None:
    assert isinstance({}, Mapping)
    assert not isinstance({}, ContentStream)
    assert not isinstance({}, InlineImage)


def test_a_stream_is_one_and_no_image() -> None:
    stream = ContentStream({}, b"")
    assert isinstance(stream, ContentStream)
    assert isinstance(stream, Mapping)
    assert not isinstance(stream, InlineImage)
