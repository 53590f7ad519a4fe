"""Printing to a terminal: width, colour, line breaks for Chinese, the pager, messages to stderr."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Self

import click
from msgspec import Struct

from indexer.text.width import width_of
from query.output.sanitize import safe

__all__ = ["Screen", "display", "echo", "say"]

_MAX_WIDTH = 100  # columns of text that are still easy to read

_START, _END = "\x01", "\x02"  # of a highlight, until colour or brackets take their place
_COLOUR, _PLAIN = "\x1b[1;33m", "\x1b[0m"
# A line is never broken inside a chunk: a Latin word or a number with its signs, or any character
# with the opening marks before it and the closing marks behind it (the rule called 避头尾).
_CHUNK = re.compile(
    r"(?s)[\x01（“‘「『《〈【(\[]*(?:[A-Za-z0-9][A-Za-z0-9.%+'’/_\-]*|.)[\x02，。、；：？！…·”’）」』》〉】)\],.;:?!]*"
)


def echo(lines: Iterable[str]) -> None:
    """Print lines to stdout."""
    for line in lines:
        click.echo(line, color=True)


def display(lines: Iterable[str], *, pager: bool = True) -> None:
    """Print lines to stdout; with `pager`, through the user's pager when they do not fit on the terminal."""
    name = _pager() if pager else None
    if name is None:
        echo(lines)
        return
    size, rest, read = shutil.get_terminal_size((80, 24)), iter(lines), []
    free = size.lines - 1  # the last row is for the prompt
    for line in rest:
        read.append(line)
        free -= _count_rows(line, size.columns)
        if free < 0:
            _page(chain(read, rest), name)
            return
    echo(read)


def _pager() -> str | None:
    """Return the name of the user's pager; None without one, or where no terminal is attached."""
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:  # a quotation that is never closed
        return None
    if not (command and shutil.which(command[0]) and sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    return Path(command[0]).stem


def _count_rows(line: str, columns: int) -> int:
    """Count the rows of a terminal that a line takes, wrapped at its edge."""
    return sum(max(1, -(-width_of(click.unstyle(part)) // columns)) for part in line.split("\n"))


def _page(lines: Iterable[str], pager: str) -> None:
    """Write lines to the pager, with settings for less that show colours and Chinese."""
    os.environ.setdefault("LESS", "-R")
    if sys.stdout.encoding.lower() == "utf-8":
        os.environ.setdefault("LESSCHARSET", "utf-8")
    joined = (line if not number else f"\n{line}" for number, line in enumerate(lines))
    # click finds out whether less shows colours; other pagers do.
    click.echo_via_pager(joined, color=None if pager == "less" else True)


def say(message: str) -> None:
    """Print a message to stderr, after the name of the program."""
    for number, line in enumerate(message.split("\n")):
        click.echo(safe(line if number else f"lianghui: {line}"), err=True)


class Screen(Struct, frozen=True):
    """The screen that text is laid out for: `width` columns, with `colour` or without."""

    width: int
    colour: bool

    @classmethod
    def here(cls) -> Self:
        """Describe the screen behind stdout: at most `_MAX_WIDTH` columns, colour only on a terminal."""
        columns = shutil.get_terminal_size((80, 24)).columns
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        return cls(min(columns, _MAX_WIDTH), colour=colour)

    def bold(self, text: str) -> str:
        """Style `text` as a name or a rank."""
        return click.style(text, bold=True) if self.colour else text

    def dim(self, text: str) -> str:
        """Style `text` as less important."""
        return click.style(text, dim=True) if self.colour else text

    def highlight(self, text: str) -> str:
        """Style `text` as a match: in colour or in brackets."""
        return f"{_COLOUR}{text}{_PLAIN}" if self.colour else f"[{text}]"

    def headline(self, lead: str, name: str, right: str) -> list[str]:
        """Lay out `name` after `lead`, and `right` at the right edge or, where it does not fit, below."""
        indent = width_of(lead)
        lines = _wrap(safe(name), self.width - indent)
        shown = [" " * indent + self.bold(line) for line in lines]
        shown[0] = lead + self.bold(lines[0])
        room = self.width - indent - width_of(lines[-1]) - width_of(right)
        if right and len(lines) == 1 and room > 1:
            shown[0] += " " * room + self.dim(right)
        elif right:
            shown.append(" " * indent + self.dim(right))
        return shown

    def paragraph(self, text: str, highlights: Sequence[tuple[int, int]], indent: int) -> list[str]:
        """Wrap `text` into indented lines, with its highlights, `(start, end)`, in colour or in brackets."""
        marked = self._mark(text, highlights)
        lines = _wrap(marked, self.width - indent)
        return [" " * indent + line for line in self._colour_marks(lines)]

    def field(self, label: str, value: str, indent: int) -> list[str]:
        """Wrap a value after its label, both dim."""
        inner = indent + width_of(label) + 2
        lines = _wrap(safe(value), self.width - inner)
        heads = [" " * indent + label + "  ", *[" " * inner] * (len(lines) - 1)]
        return [self.dim(head + line) for head, line in zip(heads, lines, strict=True)]

    def _mark(self, text: str, highlights: Sequence[tuple[int, int]]) -> str:
        """Put marks around the highlights of a text: brackets, or what `_colour_marks` turns into colour."""
        parts, at = [], 0
        for start, end in highlights:
            parts += [safe(text[at:start]), _START, safe(text[start:end]), _END]
            at = end
        marked = "".join((*parts, safe(text[at:]))).replace(_END + _START, "")  # two words side by side
        return marked if self.colour else marked.replace(_START, "[").replace(_END, "]")

    def _colour_marks(self, lines: list[str]) -> list[str]:
        """Turn marks into colour, which ends with a line and begins again where a highlight goes on."""
        coloured, inside = [], False
        for line in lines:
            marked = (_START if inside else "") + line
            inside = marked.rfind(_START) > marked.rfind(_END)
            marked += _END if inside else ""
            coloured.append(marked.replace(_START, _COLOUR).replace(_END, _PLAIN))
        return coloured


def _chunks(text: str, width: int) -> Iterator[str]:
    """Split a text where lines may be broken, and a chunk wider than a line into its characters."""
    for chunk in _CHUNK.findall(text):
        if width_of(chunk) <= width:
            yield chunk
        else:
            yield from chunk


def _wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` columns."""
    lines, line, used = [], "", 0
    for chunk in _chunks(text, width):
        if line and used + width_of(chunk) > width:
            lines.append(line.rstrip())
            line, used = "", 0
        part = chunk if line else chunk.lstrip()
        line += part
        used += width_of(part)
    return [*lines, line.rstrip()]
