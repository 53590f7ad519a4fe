"""The stream types of playa, each told from all others: to be imported before a file is read.

The compiled classes of playa 1.1 that are a `Mapping` share with it the memory in which `isinstance` keeps
its answers, as mypyc makes them without one of their own. Once anything in the process has asked whether a
dict is a Mapping, every dict counts as a stream: fonts lose their encodings, and what is read of a file
depends on what was read before.
"""

from __future__ import annotations

from abc import ABC
from typing import Any

from playa.pdftypes import ContentStream, InlineImage

__all__ = ["ContentStream", "InlineImage"]


def _own_memory() -> Any:
    class Fresh(ABC):  # noqa: B024 - only to have a memory made
        pass

    return vars(Fresh)["_abc_impl"]


for _stream in (ContentStream, InlineImage):
    if "_abc_impl" not in vars(_stream):
        _stream._abc_impl = _own_memory()  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way
