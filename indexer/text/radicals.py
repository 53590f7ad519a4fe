"""Radicals that stand where an ideograph is meant, as many PDF files have them: ⼯ for 工, ⻛ for 风.

The 214 Kangxi radicals are what NFKC makes of them. NFKC leaves the CJK Radicals Supplement alone but for
two; for it stands here what EquivalentUnifiedIdeograph.txt of Unicode 18.0 says
(https://www.unicode.org/Public/UCD/latest/ucd/EquivalentUnifiedIdeograph.txt), less twelve whose ideograph
looks different: no font draws both with one glyph, so where they stand, they are meant.
"""

from __future__ import annotations

import unicodedata

__all__ = ["RADICALS", "mend_radicals"]

_KANGXI = range(0x2F00, 0x2FD6)
_SUPPLEMENT = """
⺁厂 ⺂乛 ⺃乚 ⺅亻 ⺆冂 ⺇𠘨 ⺉刂 ⺊卜 ⺋㔾 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 ⺔彑 ⺕𫜹 ⺖忄
⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺨犭 ⺩王 ⺪𤴔 ⺬示
⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺵𦉫 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 ⺽𦥑 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤
⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 ⻊𧾷 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕𨸏
⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 ⻡𩠐 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤
⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟
"""

RADICALS: dict[int, str] = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI},
    **{ord(pair[0]): pair[1] for pair in _SUPPLEMENT.split()},
}
"""The ideograph of each radical, for `str.translate`."""


def mend_radicals(text: str) -> str:
    """Write the ideographs for the radicals in `text`, one for one."""
    return text.translate(RADICALS)
