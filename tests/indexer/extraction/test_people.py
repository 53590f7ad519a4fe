"""People that a page has introduced, found again by name or by surname and office. They are made up."""

from __future__ import annotations

import pytest

from indexer.extraction.people import People
from indexer.models import Speaker

WANG = Speaker("王大明", position="校长")


def people(*speakers: Speaker) -> People:
    known = People()
    for speaker in speakers:
        known.add(speaker)
    return known


def test_a_person_is_resolved_by_name_and_by_surname_and_office() -> None:
    known = people(WANG)
    assert known.resolve("王大明") == "王大明"
    assert known.resolve("王校长") == "王大明"
    assert known.resolve("李校长") is None


def test_a_form_of_address_that_two_people_share_is_resolved_to_neither() -> None:
    assert people(WANG, Speaker("王小明", position="校长")).resolve("王校长") is None


def test_a_new_office_replaces_the_old_form_of_address() -> None:
    known = people(WANG, Speaker("王大明", position="厅长"))
    assert known.resolve("王厅长") == "王大明"
    assert known.resolve("王校长") is None


def test_names_are_found_in_a_text_with_their_offsets() -> None:
    known = people(WANG, Speaker("李大山"))
    assert list(known.find_names("昨天李大山和王大明")) == [(2, 5, "李大山"), (6, 9, "王大明")]


def test_nobody_is_known_who_was_not_introduced() -> None:
    assert not People()
    assert "王大明" not in People()
    with pytest.raises(KeyError):
        People()["王大明"]
