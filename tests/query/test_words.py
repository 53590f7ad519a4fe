"""Words kept whole, listed: the user's and the learned ones, with the reason and the number of paragraphs."""

from __future__ import annotations

from pathlib import Path

from query import Index, Word, open_index


def test_the_users_words_come_first_and_then_the_learned_ones(words_index: Path) -> None:
    with open_index(words_index) as index:
        assert index.lexicon() == (
            Word("低空經濟", "words.txt", 3),
            Word("无人机配送", "words.txt", 0),
            Word("一老一小驛站", "引号", 1),
        )


def test_words_asked_for_are_compared_folded(words_index: Path) -> None:
    with open_index(words_index) as index:
        assert index.lexicon("一老一小驿站", "低空经济", "经济") == (
            Word("低空經濟", "words.txt", 3),
            Word("一老一小驛站", "引号", 1),
        )
        assert index.lexicon("经济") == ()
        assert index.lexicon("") == ()


def test_a_count_of_a_speaker_is_that_of_their_paragraphs(page: Index) -> None:
    speakers = {facet.value: facet.count for facet in page.values("speaker")}
    learned = {word.text: word.count for word in page.lexicon() if word.reason == "发言人"}
    assert learned
    assert learned == {name: speakers[name] for name in learned}
