"""What goes to a worker and what comes back: a question to the page, its answer, and how both are framed."""

from __future__ import annotations

import struct
from typing import IO, TypeVar

import msgspec
from msgspec import Struct

__all__ = ["HTML", "Ask", "Reply", "receive", "send"]

HTML = "text/html"

_LENGTH = struct.Struct("<Q")
_Record = TypeVar("_Record", bound=Struct)


class Ask(Struct, frozen=True):
    """A request: which view, of what name (an id, a speaker, a format), with which parameters of its address.

    `language` is zh or en, `origin` the address of the server, as http://127.0.0.1:8420.
    """

    view: str
    name: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    language: str = "zh"
    origin: str = ""


class Reply(Struct, frozen=True):
    """A response: its status, its type, its bytes, and where the reader is sent on to."""

    body: bytes = b""
    media_type: str = HTML
    status: int = 200
    location: str = ""


def send(stream: IO[bytes], record: Struct) -> None:
    """Write a record, behind its length. Raise `OSError` when nobody reads it."""
    data = msgspec.msgpack.encode(record)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes], kind: type[_Record]) -> _Record:
    """Read a record. Raise `EOFError` when the other side has ended."""
    head = stream.read(_LENGTH.size)
    data = stream.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
    if not data:
        raise EOFError("the other side has ended")
    return msgspec.msgpack.decode(data, type=kind)
