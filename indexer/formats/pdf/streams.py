"""Decode streams within bounds: a kilobyte may be made to unpack to a gigabyte."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from typing import Any

from playa.ascii85 import ascii85decode, asciihexdecode
from playa.lzw import LZWDecoder
from playa.pdftypes import int_value
from playa.runlength import rldecode
from playa.utils import apply_png_predictor

from indexer.formats.pdf.allowance import MAX_STREAM, Allowance
from indexer.formats.pdf.stream_types import ContentStream

__all__ = ["decode_stream", "has_circle", "refers_to_itself", "refuse_bombs"]

Decoder = Callable[[bytes], tuple[bytes, bool]]

_STREAM = re.compile(rb"stream\r?\n")
_BARE_REFERENCE = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,10}\s+obj\s*(\d{1,10})\s+\d{1,10}\s+R")
_HEAD = 2_000  # bytes before a stream in which its dictionary stands
_CHUNK = 1_024  # bytes of what is unpacked bit by bit because it is damaged


def decode_stream(stream: ContentStream, allowance: Allowance) -> tuple[bytes, bool]:
    """Decode a content stream; tell whether it is whole."""
    data = stream.rawdata
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    whole = True
    for name, parameters in stream.get_filters():
        decode = _DECODERS.get(name.name)
        if decode is None:
            return b"", False
        try:
            data, intact = decode(data)
            data = _undo_predictor(data, parameters)
        except (ValueError, KeyError, TypeError, IndexError, RuntimeError):
            return b"", False
        whole &= intact
        allowance.take_bytes(len(data))
    return data, whole


def refuse_bombs(data: bytes, allowance: Allowance) -> None:
    """Unpack every stream of a file within bounds, before a library unpacks them without.

    Images are passed over, because nothing unpacks them. Raise `SeedError` for a stream that is too large.
    """
    for match in _STREAM.finditer(data):
        start = match.end()
        head = data[max(0, match.start() - _HEAD) : match.start()].rpartition(b" obj")[2]
        if head.endswith(b"end") or b"FlateDecode" not in head or _is_image(head):
            continue
        end = data.find(b"endstream", start)
        body = memoryview(data)[start : end if end >= 0 else len(data)]
        try:
            unpacked = zlib.decompressobj().decompress(body, MAX_STREAM + 1)
        except zlib.error:
            continue
        allowance.take_bytes(len(unpacked))
        if head.count(b"FlateDecode") > 1:
            allowance.take_bytes(len(_inflate(unpacked)[0]))


def refers_to_itself(data: bytes) -> bool:
    """Check whether an object is a reference that leads back to it, which a library would follow for ever."""
    return has_circle({int(number): int(other) for number, other in _BARE_REFERENCE.findall(data)})


def has_circle(references: Mapping[int, int]) -> bool:
    """Check whether following references, from the number of an object to another, comes back to one."""
    ending: set[int] = set()
    for start in [*references]:
        seen, number = {start}, references[start]
        while number in references and number not in seen and number not in ending:
            seen.add(number)
            number = references[number]
        if number in seen:
            return True
        ending |= seen
    return False


def _is_image(head: bytes) -> bool:
    return b"/Image" in head and not any(word in head for word in (b"/ObjStm", b"/XRef"))


def _inflate(data: bytes) -> tuple[bytes, bool]:
    try:
        unpacker = zlib.decompressobj()
        unpacked = unpacker.decompress(data, MAX_STREAM + 1)
    except zlib.error:
        return _inflate_damaged(data), False
    return unpacked, unpacker.eof or _lacks_checksum(unpacker)


def _lacks_checksum(unpacker: zlib._Decompress) -> bool:
    """Check whether only the checksum is missing behind what was unpacked; some writers leave it out."""
    try:
        unpacker.decompress(bytes(4), 1)
    except zlib.error:  # it asked for the checksum, and this is not it
        return True
    return unpacker.eof


def _inflate_damaged(data: bytes) -> bytes:
    """Unpack up to the byte that is wrong."""
    unpacker = zlib.decompressobj()
    parts, size = [], 0
    for at in range(0, len(data), _CHUNK):
        chunk = data[at : at + _CHUNK]
        before = unpacker.copy()
        try:
            parts.append(unpacker.decompress(chunk, MAX_STREAM + 1 - size))
        except zlib.error:
            parts += _until_wrong(before, chunk)
            break
        size += len(parts[-1])
        if size > MAX_STREAM:
            break
    return b"".join(parts)


def _until_wrong(unpacker: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    with suppress(zlib.error):
        for at in range(len(chunk)):
            yield unpacker.decompress(chunk[at : at + 1])


def _unpack_lzw(data: bytes) -> tuple[bytes, bool]:
    parts, size = [], 0
    for part in LZWDecoder(BytesIO(data)).run():
        parts.append(part)
        size += len(part)
        if size > MAX_STREAM:
            break
    return b"".join(parts), True


def _undo_predictor(data: bytes, parameters: Mapping[str, Any]) -> bytes:
    predictor = parameters.get("Predictor", 1)
    if not isinstance(predictor, int) or predictor < 10:
        return data
    colors, columns, bits = (
        int_value(parameters.get(name, default)) for name, default in _PREDICTOR_DEFAULTS
    )
    return apply_png_predictor(predictor, colors, columns, bits, data)


def _whole(decode: Callable[[bytes], bytes]) -> Decoder:
    """Make a decoder of one that cannot tell whether its data are whole; none makes much of little."""
    return lambda data: (decode(data), True)


_PREDICTOR_DEFAULTS = (("Colors", 1), ("Columns", 1), ("BitsPerComponent", 8))
_DECODERS: dict[str, Decoder] = {
    **dict.fromkeys(("FlateDecode", "Fl"), _inflate),
    **dict.fromkeys(("LZWDecode", "LZW"), _unpack_lzw),
    **dict.fromkeys(("ASCII85Decode", "A85"), _whole(ascii85decode)),
    **dict.fromkeys(("ASCIIHexDecode", "AHx"), _whole(asciihexdecode)),
    **dict.fromkeys(("RunLengthDecode", "RL"), _whole(rldecode)),
}
