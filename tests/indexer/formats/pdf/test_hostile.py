"""PDF files that are damaged, encrypted, endless, or made to break who reads them."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest

pytest.importorskip("playa")

from indexer.errors import SeedError
from indexer.formats.pdf import read_pdf
from tests.conftest import Counts, load
from tests.indexer.formats.pdf.make_pdf import CODECS, MadePage, Text, column, make_pdf, stream

MUTANTS = 500
LINES = [
    "会议认为，发展低空经济要以安全为先，各地应当",
    "依照规划有序推进基础设施建设，完善标准，培养",
    "人才，让新的产业真正惠及千家万户。",
]
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"


def sample() -> bytes:
    """Make a file with all that the generator knows: two pages, columns, a form, all fonts."""
    form = stream(Text("表决结果", 90, 500).operators(), entries=FORM)
    fonts = [Text("主席", 90, 400 - 20 * at, cmap=cmap) for at, cmap in enumerate(CODECS)]
    first = MadePage(
        [Text("会议纪要", 200, 780, 22), *column(LINES, 90, 700)], b"/F1 Do ", b"/XObject<</F1 3 0 R>>"
    )
    second = MadePage([*column(LINES, 60, 700), *column(LINES, 320, 700), *fonts])
    return make_pdf([first, second], objects=[form])


def test_a_file_that_is_no_pdf_is_named() -> None:
    with pytest.raises(SeedError, match="it is no PDF"):
        read_pdf("议程".encode())


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\ntrailer<</Root 9 0 R>>\n%%EOF"]
)
def test_a_file_without_pages_is_named(data: bytes) -> None:
    with pytest.raises(SeedError, match="damaged, or no PDF"):
        read_pdf(data)


def test_a_file_without_its_end_is_read_and_named() -> None:
    data = sample()
    read = read_pdf(data[: data.index(b"xref\n")])
    assert "".join(LINES) in [block.text for block in read.blocks]
    assert any("its end is missing" in fault for fault in read.faults)


def test_a_page_whose_stream_is_damaged_is_named() -> None:
    data = bytearray(sample())
    at = data.rindex(b"stream\nx")  # the head of zlib's format, of the last page
    data[at + 20 : at + 40] = b"\0" * 20
    read = read_pdf(bytes(data))
    assert any(fault.startswith("page 2 is damaged") for fault in read.faults)
    assert "会议纪要" in [block.text for block in read.blocks]


def test_an_encrypted_file_is_named_with_a_remedy() -> None:
    entries = b"/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<%s>/U<%s>>>/ID[<00><00>]" % (
        b"00" * 32,
        b"11" * 32,
    )
    with pytest.raises(SeedError, match=r"password.*qpdf --decrypt"):
        read_pdf(make_pdf([MadePage(column(LINES, 90, 700))], trailer=entries))


def test_a_form_that_draws_itself_is_named_and_read_once() -> None:
    resources = b"/Resources<</XObject<</F1 3 0 R>>>>"
    form = stream(b"/F1 Do ", entries=FORM + resources)
    page = MadePage(column(LINES, 90, 700), b"/F1 Do ", b"/XObject<</F1 3 0 R>>")
    read = read_pdf(make_pdf([page], objects=[form]))
    assert [block.text for block in read.blocks] == ["".join(LINES)]
    assert [fault.partition(",")[0] for fault in read.faults] == ["page 1 draws a form inside itself"]


def test_forms_that_multiply_are_refused() -> None:
    """Each of twenty forms draws the next one ten times: 10 to the power of 20 drawings."""
    forms = [
        stream(b"/F Do " * 10, entries=FORM + b"/Resources<</XObject<</F %d 0 R>>>>" % (number + 1))
        for number in range(3, 23)
    ]
    forms.append(stream(b"", entries=FORM))
    page = MadePage(column(LINES, 90, 700), b"/F Do ", b"/XObject<</F 3 0 R>>")
    with pytest.raises(SeedError, match=r"more than .* forms; print it to a new PDF"):
        read_pdf(make_pdf([page], objects=forms))


def test_a_stream_that_unpacks_to_a_huge_one_is_refused() -> None:
    bomb = zlib.compress(bytes(70 << 20), 9)
    twice = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream"
    packed = zlib.compress(bomb, 9)
    page = MadePage(column(LINES, 90, 700))
    for made in (
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(bomb), bomb),
        twice % (len(packed), packed),
    ):
        with pytest.raises(SeedError, match="unpacks to a huge one"):
            read_pdf(make_pdf([page], objects=[made]))


def test_a_font_that_asks_for_all_the_memory_is_not_read() -> None:
    data = make_pdf([MadePage([*column(LINES, 90, 700), Text("某某", 90, 400, cmap="GBK-EUC-H")])])
    widths = b"/W[1 [500] 2 95 500 814 939 500]"
    at = data.index(b"/Ordering(GB1)")
    at = data.index(widths, at)
    data = data[:at] + b"/W[1 2000000000 500]".ljust(len(widths)) + data[at + len(widths) :]
    read = read_pdf(data)
    assert "".join(LINES) in [block.text for block in read.blocks]
    assert any("could not be read" in fault for fault in read.faults)


def test_pages_that_contain_themselves_end() -> None:
    data = make_pdf([MadePage(column(LINES, 90, 700))])
    start, end = data.index(b"/Kids["), data.index(b"]/Count")
    kid = data[start + 6 : end]
    looped = data[:start] + b"/Kids[%s 2 0 R" % kid + data[end:]
    assert [block.text for block in read_pdf(looped).blocks] == ["".join(LINES)]


def test_an_object_that_refers_to_itself_is_named() -> None:
    data = make_pdf([MadePage(column(LINES, 90, 700))], objects=[b"4 0 R", b"3 0 R"])
    with pytest.raises(SeedError, match="damaged"):
        read_pdf(data.replace(b"/Kids[", b"/Kids[3 0 R "))


def test_the_same_file_gives_the_same_blocks() -> None:
    assert read_pdf(sample()) == read_pdf(sample())


def flip(data: bytes, draw: random.Random) -> bytes:
    mutant = bytearray(data)
    for _ in range(draw.randint(1, 20)):
        mutant[draw.randrange(len(mutant))] = draw.randrange(256)
    return bytes(mutant)


def cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))]


def double(data: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(data))
    end = start + draw.randint(1, 500)
    return data[:end] + data[start:]


def swap_numbers(data: bytes, draw: random.Random) -> bytes:
    """Write other digits for some, as which sizes, lengths and references are written."""
    places = [at for at, byte in enumerate(data) if byte in b"0123456789"]
    mutant = bytearray(data)
    for at in draw.sample(places, 10):
        mutant[at] = draw.choice(b"0123456789")
    return bytes(mutant)


@pytest.mark.parametrize("mutate", [flip, cut, double, swap_numbers])
def test_mutated_files_give_blocks_or_a_reason(
    mutate: Callable[[bytes, random.Random], bytes], draw: random.Random, counts: Counts
) -> None:
    data = sample()
    for _ in range(load(MUTANTS)):
        counts["PDF files mutated"] += 1
        with suppress(SeedError):
            assert read_pdf(mutate(data, draw)).blocks


def test_characters_that_are_no_text_are_passed_over() -> None:
    page = MadePage([Text("\x01\x02", 90, 600, cmap="Identity-H"), *column(LINES, 90, 700)])
    assert [block.text for block in read_pdf(make_pdf([page])).blocks] == ["".join(LINES)]
