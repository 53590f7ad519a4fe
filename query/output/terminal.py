"""Text on a terminal: East Asian widths, lines that do not begin with a comma, a pager."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Self

import click

from indexer.text.width import width_of
from query.output.sanitize import safe

__all__ = ["Screen", "display", "echo", "say"]

_WIDEST = 100  # columns of text that still read well

_LIT, _UNLIT = "\x01", "\x02"  # stand around matches until colour or brackets take their place
_COLOUR, _PLAIN = "\x1b[1;33m", "\x1b[0m"
# What a line may not be broken inside of: a Latin word or a number with its signs, and any character
# with the opening marks before it and the closing marks behind it (the rule called 避头尾).
_CHUNK = re.compile(
    r"(?s)[\x01（“‘「『《〈【(\[]*(?:[A-Za-z0-9][A-Za-z0-9.%+'’/_\-]*|.)[\x02，。、；：？！…·”’）」』》〉】)\],.;:?!]*"
)


def echo(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        click.echo(line, color=True)


def display(lines: Iterable[str], *, pager: bool = True) -> None:
    """Print lines; on a terminal that they do not fit on, through the user's pager, unless not wanted."""
    name = _pager() if pager else None
    if name is None:
        echo(lines)
        return
    size, coming, held = shutil.get_terminal_size((80, 24)), iter(lines), []
    free = size.lines - 1  # the last one is the shell's
    for line in coming:
        held.append(line)
        free -= _rows(line, size.columns)
        if free < 0:
            _page(chain(held, coming), name)
            return
    echo(held)


def _pager() -> str | None:
    """Return the name of the user's pager; None where there is none, or nobody to turn its pages."""
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:  # a quotation that is never closed
        return None
    if not (command and shutil.which(command[0]) and sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    return Path(command[0]).stem


def _rows(line: str, columns: int) -> int:
    """Return how many rows of a terminal a line takes, also one that runs over its edge."""
    return sum(max(1, -(-width_of(click.unstyle(part)) // columns)) for part in line.split("\n"))


def _page(lines: Iterable[str], pager: str) -> None:
    """Hand lines to the pager, which takes colours and Chinese for what they are."""
    os.environ.setdefault("LESS", "-R")
    if sys.stdout.encoding.lower() == "utf-8":
        os.environ.setdefault("LESSCHARSET", "utf-8")
    joined = (line if not number else f"\n{line}" for number, line in enumerate(lines))
    # Of less, click knows whether it takes colours; any other pager of today does.
    click.echo_via_pager(joined, color=None if pager == "less" else True)


def say(message: str) -> None:
    """Print a message beside the output: to stderr, under the name of the program."""
    for number, line in enumerate(message.split("\n")):
        click.echo(safe(line if number else f"lianghui: {line}"), err=True)


@dataclass(frozen=True, slots=True)
class Screen:
    """Where text goes: `width` columns, with `colour` or without."""

    width: int
    colour: bool

    @classmethod
    def here(cls) -> Self:
        """Return the screen that stdout is: never wider than reads well, coloured only on a terminal."""
        columns = shutil.get_terminal_size((80, 24)).columns
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        return cls(min(columns, _WIDEST), colour=colour)

    def bold(self, text: str) -> str:
        """Return `text` for names and ranks."""
        return click.style(text, bold=True) if self.colour else text

    def dim(self, text: str) -> str:
        """Return `text` for what stands around."""
        return click.style(text, dim=True) if self.colour else text

    def lit(self, text: str) -> str:
        """Return `text` for a match: in colour or in brackets."""
        return f"{_COLOUR}{text}{_PLAIN}" if self.colour else f"[{text}]"

    def headline(self, lead: str, name: str, right: str) -> list[str]:
        """Set `name` behind `lead`, and `right` at the right edge or, where it does not fit, below."""
        indent = width_of(lead)
        lines = _wrapped(safe(name), self.width - indent)
        shown = [" " * indent + self.bold(line) for line in lines]
        shown[0] = lead + self.bold(lines[0])
        room = self.width - indent - width_of(lines[-1]) - width_of(right)
        if right and len(lines) == 1 and room > 1:
            shown[0] += " " * room + self.dim(right)
        elif right:
            shown.append(" " * indent + self.dim(right))
        return shown

    def paragraph(self, text: str, lit: Sequence[tuple[int, int]], indent: int) -> list[str]:
        """Wrap `text` into lines behind an indent, with the spans `lit` in colour or in brackets."""
        marked = self._marked(text, lit)
        lines = _wrapped(marked, self.width - indent)
        return [" " * indent + line for line in self._coloured(lines)]

    def field(self, label: str, value: str, indent: int) -> list[str]:
        """Wrap a value behind its label, both calm."""
        inner = indent + width_of(label) + 2
        lines = _wrapped(safe(value), self.width - inner)
        heads = [" " * indent + label + "  ", *[" " * inner] * (len(lines) - 1)]
        return [self.dim(head + line) for head, line in zip(heads, lines, strict=True)]

    def _marked(self, text: str, lit: Sequence[tuple[int, int]]) -> str:
        parts, at = [], 0
        for start, end in lit:
            parts += [safe(text[at:start]), _LIT, safe(text[start:end]), _UNLIT]
            at = end
        marked = "".join((*parts, safe(text[at:]))).replace(_UNLIT + _LIT, "")  # two words side by side
        return marked if self.colour else marked.replace(_LIT, "[").replace(_UNLIT, "]")

    def _coloured(self, lines: list[str]) -> list[str]:
        """Turn the marks into colour, taken up again where a match runs into the next line."""
        coloured, inside = [], False
        for line in lines:
            marked = (_LIT if inside else "") + line
            inside = marked.rfind(_LIT) > marked.rfind(_UNLIT)
            marked += _UNLIT if inside else ""
            coloured.append(marked.replace(_LIT, _COLOUR).replace(_UNLIT, _PLAIN))
        return coloured


def _chunks(text: str, width: int) -> Iterator[str]:
    """Yield what a line is not broken inside of; a chunk wider than a line is broken all the same."""
    for chunk in _CHUNK.findall(text):
        if width_of(chunk) <= width:
            yield chunk
        else:
            yield from chunk


def _wrapped(text: str, width: int) -> list[str]:
    lines, line, used = [], "", 0
    for chunk in _chunks(text, width):
        if line and used + width_of(chunk) > width:
            lines.append(line.rstrip())
            line, used = "", 0
        part = chunk if line else chunk.lstrip()
        line += part
        used += width_of(part)
    return [*lines, line.rstrip()]
