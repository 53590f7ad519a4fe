"""Say what could not be read of a PDF, with the pages and a remedy."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct, field

__all__ = ["Findings"]


class Findings(Struct):
    """What was found wrong with a file, by page."""

    without_text: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    looping: list[int] = field(default_factory=list)
    unreadable: dict[int, int] = field(default_factory=dict)
    missing: int = 0
    is_cut: bool = False

    def faults(self) -> list[str]:
        """Write a sentence for each kind of fault."""
        found = []
        if self.without_text:
            has = "has" if len(self.without_text) == 1 else "have"
            found.append(
                f"{_pages(self.without_text)} {has} no text layer; "
                "make a copy with one (ocrmypdf --skip-text -l chi_sim+chi_tra IN OUT)"
            )
        if self.damaged:
            is_ = "is" if len(self.damaged) == 1 else "are"
            found.append(
                f"{_pages(self.damaged)} {is_} damaged, and may be read in part only; get a whole copy"
            )
        if self.looping:
            draws = "draws" if len(self.looping) == 1 else "draw"
            found.append(
                f"{_pages(self.looping)} {draws} a form inside itself, read once; print it to a new PDF"
            )
        if self.unreadable:
            count, first = sum(self.unreadable.values()), min(self.unreadable)
            characters = "1 character" if count == 1 else f"{count:,} characters"
            found.append(
                f"{characters} could not be read, first on page {first}: a font does not say what they are; "
                "get a copy with other fonts, or read it anew (ocrmypdf --force-ocr)"
            )
        if self.missing:
            of_them = "1 page of it was" if self.missing == 1 else f"{self.missing:,} pages of it were"
            found.append(f"{of_them} not found; get a whole copy")
        if self.is_cut:
            found.append("its end is missing, and what was read may not be all; get a whole copy")
        return found


def _pages(numbers: Iterable[int]) -> str:
    """Write pages as people do: pages 1–3, 5 and 9."""
    groups = (
        [number for _, number in group]
        for _, group in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
    )
    parts = [str(group[0]) if len(group) == 1 else f"{group[0]}–{group[-1]}" for group in groups]
    name = "page" if len(parts) == 1 and parts[0].isdigit() else "pages"
    return f"{name} {', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else f"{name} {parts[0]}"
