"""Which characters are Chinese, which are read as others, and how the text of two lines is joined."""

from __future__ import annotations

import re
import unicodedata

from indexer.text.radicals import RADICALS

__all__ = ["count_unreadable", "ends_sentence", "is_chinese", "join_lines", "mend", "without_letter_gaps"]

# Ideographs, kana, and full-width punctuation: where two of these meet, no blank stands.
_CHINESE_RANGES = (
    r"\u2e80-\u2fff\u3001-\u30ff\u3105-\u312f\u31a0-\u31bf\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\ufe30-\ufe4f"
    r"\uff00-\uff65\U00020000-\U000323af“”‘’…—·●■□◆○"
)
_CHINESE = re.compile(f"[{_CHINESE_RANGES}]")
_LETTER_GAPS = re.compile(rf"(?<![^ ])(?:[{_CHINESE_RANGES}] ){{2,}}[{_CHINESE_RANGES}](?![^ ])")
_COMPATIBILITY = (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
_BLANKS = (9, 10, 11, 12, 13, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000)
_MENDED: dict[int, str | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0))),  # controls are no text
    **dict.fromkeys(_BLANKS, " "),
    **RADICALS,
    **{code: unicodedata.normalize("NFC", chr(code)) for code in _COMPATIBILITY},
}
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")
_SENTENCE_END = re.compile(r"[。！？!?：:；;…．.][”’」』）)】》〕\]\"']*$")
_HYPHENATED = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_HYPHENS = "-\u2010\u2011–—/"


def is_chinese(char: str) -> bool:
    """Check whether a character is written without blanks around it."""
    return char > "\u00b0" and _CHINESE.match(char) is not None


def mend(text: str) -> str:
    """Write the ideographs for radicals and compatibility ideographs, and one kind of blank for all."""
    return text.translate(_MENDED)


def count_unreadable(text: str) -> int:
    """Count characters of which nobody knows what they are: private ones, and U+FFFD."""
    return 0 if text.isascii() else len(_UNREADABLE.findall(text))


def without_letter_gaps(text: str) -> str:
    """Drop the blanks of a text that has one behind each Chinese character, as it is set wide."""
    if " " not in text or text.isascii():
        return text
    return _LETTER_GAPS.sub(lambda match: match[0].replace(" ", ""), text)


def ends_sentence(text: str) -> bool:
    """Check whether a text ends as a sentence or a lead-in does."""
    return _SENTENCE_END.search(text) is not None


def join_lines(first: str, second: str) -> str:
    """Join the texts of two lines of one paragraph.

    A word that is parted at the line's end by a hyphen is one word again.
    """
    if not first or not second:
        return first + second
    if _HYPHENATED.search(first[-2:]) and second[0].islower():
        return first[:-1] + second
    glued = (is_chinese(first[-1]) and is_chinese(second[0])) or first[-1] in _HYPHENS
    return first + second if glued or _is_mixed(first[-1], second[0]) else f"{first} {second}"


def _is_mixed(before: str, after: str) -> bool:
    """Check whether Chinese meets what is not, which is printed without a blank as often as with one."""
    return is_chinese(before) != is_chinese(after)
