"""Names from other languages, written by sound: 格奥尔基耶娃."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.patterns import POSITION

__all__ = ["OF_OTHER_COUNTRIES", "SOUNDS", "names_by_sound"]

# Characters that names from other languages are written with (the tables of sounds of Xinhua).
SOUNDS = (
    "阿埃艾爱安昂奥巴贝本比彼宾波伯博布查达戴丹道德登邓迪蒂杜多厄恩尔法菲费芬弗福戈格根古哈海汉赫亨霍胡惠基吉加贾杰捷京卡凯坎康考柯科克肯库拉莱兰朗劳勒雷李里利林龙卢鲁路伦罗洛马麦迈曼梅"
    "门蒙米莫姆穆纳奈南内尼诺努帕潘佩皮普齐奇乔切琴丘萨塞桑沙山舍申施什史舒斯苏索塔泰坦汤特廷图托瓦万旺威韦维魏温沃乌伍西希夏辛休许雅亚扬叶耶伊因尤约泽扎詹珍朱佐兹莎娜娅丽琳莉妮娃木赞茨"
    "霞蕾夫默顿森逊瑟斐翁诗珊玛盖葛哥豪怀黎列隆仑孟密摩涅宁纽欧培彭蓬浦茹若赛圣松陶腾提锡欣雄延英哲芝宗祖肖柳罕甘冈贡"
)
OF_OTHER_COUNTRIES = re.compile("总统|总理|首相|外长|国王|大臣|议长|国务卿")
"""Offices that are mostly those of other countries."""

_RUN = re.compile(f"[{SOUNDS}]{{2,9}}")
_OFFICE_BEFORE = re.compile(
    rf"(?:{POSITION}|秘书|党首|领导人|高级代表|众议员|参议员|主教|王储|国王|大臣|议长)$"
)
_OFFICE_LENGTH = 6  # characters before a name in which its office ends
_SHORTEST = 3  # characters of a name behind an office of any country


def names_by_sound(texts: Iterable[str], segmenter: Segmenter) -> Iterator[str]:
    """Yield the names that stand behind an office and are written by sound, as often as they do."""
    for text in texts:
        for run in _RUN.finditer(text):
            start, end = run.span()
            before = text[max(0, start - _OFFICE_LENGTH) : start]
            if _OFFICE_BEFORE.search(before):
                while end - start > 1 and segmenter.is_word(text[end - 1 : end + 1]):
                    end -= 1  # it begins the next word: 普京希望
                abroad = OF_OTHER_COUNTRIES.search(before) is not None
                name = text[start:end]
                if len(name) > 1 and (abroad or (len(name) >= _SHORTEST and not segmenter.is_word(name))):
                    yield name
