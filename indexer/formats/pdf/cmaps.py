"""Complete the predefined CMaps of the library: some that extend another hold the extension alone."""

from __future__ import annotations

from functools import cache

from playa.cmapdb import CMap, CMapBase, PyCMap, get_cmap

__all__ = ["complete_cmap"]

Codes = dict[int, "int | Codes"]

_EXTENDED = {"ETenms-B5-H": "ETen-B5-H", "UniJIS-UCS2-HW-H": "UniJIS-UCS2-H"}


def complete_cmap(cmap: CMapBase) -> CMapBase:
    """Add to a predefined CMap the codes of the one that it extends, as vertical ones extend horizontal ones.

    Any other CMap is returned as it is.
    """
    return _complete(cmap.attrs["CMapName"]) if isinstance(cmap, PyCMap) else cmap


@cache
def _complete(name: str) -> CMapBase:
    cmap = get_cmap(name)
    base = f"{name[:-1]}H" if name.endswith("V") else _EXTENDED.get(name)
    if base is None or not isinstance(cmap, CMap):
        return cmap
    try:
        extended = _complete(base)
    except KeyError:  # there is no such CMap
        return cmap
    if isinstance(extended, CMap):
        complete = CMap(**cmap.attrs)
        complete.code2cid = _merge(extended.code2cid, cmap.code2cid)
        return complete
    return cmap


def _merge(base: Codes, extension: Codes) -> Codes:
    merged = dict(base)
    for byte, value in extension.items():
        below = merged.get(byte)
        merged[byte] = _merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
