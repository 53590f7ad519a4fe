"""Laws that hold on any text: LIANGHUI_CORPORA names a folder of seeds to hold them against."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.models import Paragraph
from indexer.pages.seed import read_seed
from indexer.seeds.folder import find_files
from tests.conftest import SEEDS, SEGMENTER

FOLDERS = [SEEDS, *map(Path, filter(None, [os.environ.get("LIANGHUI_CORPORA")]))]
PRONOUNS = ("他", "她")


def paragraphs(folder: Path) -> Iterator[Paragraph]:
    for source, path in find_files(folder).seeds.items():
        yield from (item for item in read_seed(path, source, SEGMENTER) if isinstance(item, Paragraph))


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_speaker_has_evidence_that_names_them(folder: Path) -> None:
    ids = set()
    for paragraph in paragraphs(folder):
        ids.add(paragraph.id)
        for speaker in paragraph.speakers:
            if speaker.how == "inherited":
                assert speaker.evidence in ids
                continue
            assert isinstance(speaker.evidence, tuple)
            shown = paragraph.text[slice(*speaker.evidence)]
            justified = [speaker.name, *PRONOUNS, *filter(None, (speaker.role, speaker.position))]
            assert any(word in shown for word in justified), (speaker, shown)


@pytest.mark.parametrize("folder", FOLDERS)
def test_nobody_speaks_and_is_mentioned_in_one_paragraph(folder: Path) -> None:
    for paragraph in paragraphs(folder):
        assert not {speaker.name for speaker in paragraph.speakers} & set(paragraph.mentions)
