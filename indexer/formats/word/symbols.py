"""Characters that Word names by a font and a place in it (`w:sym`), and not by Unicode."""

from __future__ import annotations

__all__ = ["read_symbol"]

_PRIVATE = range(0xF000, 0xF100)  # where the places of such a font are put in Unicode
_GREEK = dict(
    zip(
        "ABCDEFGHIKLMNOPQRSTUWXYZabcdefghiklmnopqrstuwxyz",
        "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηικλμνοπθρστυωξψζ",
        strict=True,
    )
)
_SIGNS = {
    0xA3: "≤",
    0xA5: "∞",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xD7: "⋅",
    0xE5: "∑",
}
_SYMBOL = {ord(latin): greek for latin, greek in _GREEK.items()} | _SIGNS
_DINGBATS = {
    "wingdings": {0x6C: "●", 0x6E: "■", 0xA8: "□", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
}


def read_symbol(font: str, code: str) -> str:
    """Return the character at a place (hexadecimal) of a font, a blank for a picture without one."""
    try:
        number = int(code, 16)
        char = chr(number)
    except (ValueError, OverflowError):
        return " "
    if number not in _PRIVATE:
        return char if char.isprintable() else " "
    place = number - _PRIVATE.start
    if font.casefold() == "symbol":
        return _SYMBOL.get(place, chr(place) if 0x20 <= place < 0x7F else " ")
    if font.casefold() in _DINGBATS or font.casefold().startswith(("wingdings", "webdings")):
        return _DINGBATS.get(font.casefold(), {}).get(place, " ")
    return chr(place) if chr(place).isprintable() else " "
