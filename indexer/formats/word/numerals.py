"""How an automatic number is written: 3, III, c, 三, 丙."""

from __future__ import annotations

__all__ = ["write_number"]

_DIGITS = "〇一二三四五六七八九"
_DIGITAL = ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_COUNTED = {
    "chineseCounting": "〇一二三四五六七八九十百千",
    "chineseCountingThousand": "零一二三四五六七八九十百千",
    "taiwaneseCounting": "〇一二三四五六七八九十百千",
    "taiwaneseCountingThousand": "零一二三四五六七八九十百千",
    "japaneseCounting": "〇一二三四五六七八九十百千",
    "chineseLegalSimplified": "零壹贰叁肆伍陆柒捌玖拾佰仟",
    "ideographLegalTraditional": "零壹貳參肆伍陸柒捌玖拾佰仟",
}
_SEQUENCES = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}


def write_number(value: int, form: str) -> str:
    """Write a number from 0 to 9,999 as the `w:numFmt` of a list says; as 3 where it is another."""
    if form in _COUNTED:
        return _count(value, _COUNTED[form])
    if form in _SEQUENCES and 0 < value <= len(_SEQUENCES[form]):
        return _SEQUENCES[form][value - 1]
    if form.endswith(("Roman", "Letter")):
        letters = _roman(value) if form.endswith("Roman") else _letters(value)
        return letters.upper() if form.startswith("upper") else letters
    digits = f"{value:02}" if form == "decimalZero" else str(value)
    return "".join(_DIGITS[int(digit)] for digit in digits) if form in _DIGITAL else digits


def _count(value: int, signs: str) -> str:
    """Count with tens, hundreds and thousands: 十二, 一百零三. Ten to nineteen begin with 十."""
    written = ""
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            written += signs[digit] + (signs[9 + power] if power else "")
        elif written and not written.endswith(signs[0]) and value % 10**power:
            written += signs[0]
    return written.removeprefix(signs[1]) if 10 <= value < 20 else written or signs[0]


def _roman(value: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        written += letters * (value // worth)
        value %= worth
    return written


def _letters(value: int) -> str:
    """Write z after y, and aa, bb, … after it."""
    return chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1)
