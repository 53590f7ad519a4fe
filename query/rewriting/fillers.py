"""Fillers: the words of a query that ask, and are not sought: 说了什么, 有什么看法, 哪些代表, 请问."""

from __future__ import annotations

import re

from query.language.syntax_tree import And, Text, Tree, any_of, leaves, map_leaves

__all__ = ["asked_field", "without_fillers"]

_SAID = r"(?:说|讲|谈|表示|提)"
_VIEWS = r"(?:看法|意见|观点|主张|态度|说法)"
_WHO = r"(?:是?谁|何人|什么人|(?:哪些|哪位|哪几位|哪个)(?:人|代表|委员|议员|专家|领导|官员)?)"
_FILLERS = re.compile(
    rf"(?:都|又|还)?{_SAID}(?:过|到)?(?:了|过)?(?:些|哪些|几)?什么|{_SAID}(?:了|过)?哪些话?|(?:都|还)?怎么{_SAID}的?"
    rf"|(?:有|是|持)?(?:什么|哪些|何种?|怎样的){_VIEWS}|(?:怎么|如何|怎样)(?:看待?|评价|回应)"
    rf"|{_WHO}(?:在|都|最早)?(?:{_SAID}(?:[到过了出]|及)*)?|请问|有没有|是不是|是什么|有哪些|怎么样|什么时候"
    r"|[吗呢吧啊呀][?!,.]*$|^关于|的情况$"
)
_ASKS_WHO = re.compile(
    r"(?:谁|何人|什么人)(?:都|曾|在|最早)?(?:说|讲|谈|提|建议|关注|呼吁|支持|反对|主张|认为|回应|发言|质询|表示|批评)"
    r"|(?:哪些|哪位|哪几位|哪个)\S{0,2}?(?:代表|委员|议员)"
)
_DOES = "质询 建议 关注 呼吁 支持 反对 主张 认为 回应 批评 提案 关心"
_TAKES_PART = re.compile(rf"{_WHO}(?:都|在)?(?P<verb>出席|列席|缺席|请假|参加|主持)(?:了|过)?")
_ACTS = re.compile(rf"{_WHO}(?:都|在|曾)?(?P<verb>{'|'.join(_DOES.split())})(?:了|过)")
_CUT = "\n"  # occurs in no text that was typed
_CUT_VERB = rf"{_CUT}\g<verb>{_CUT}"
_PRESIDES = "主持"
_PRESIDING = "主席"  # as minutes say it
_PUNCTUATION = re.compile(r"^[\s?!,.;:]+|[\s?!,.;:]+$")


def asked_field(tree: Tree) -> str | None:
    """Return the field of the people that a query asks for: who speaks, attends or presides; None for none.

    谁谈到 and 哪些代表 ask who speaks; 创办人是谁 does not.
    """
    for leaf in leaves(tree):
        if isinstance(leaf, Text) and not leaf.literal:
            part = _TAKES_PART.search(leaf.folded)
            if part:
                return "chair" if part["verb"] == _PRESIDES else "attendee"
            if _ASKS_WHO.search(leaf.folded):
                return "speaker"
    return None


def without_fillers(tree: Tree) -> Tree:
    """Leave out of a query what only asks; a query of nothing else stays as it is."""
    changed = map_leaves(tree, lambda leaf: _stripped(leaf) if isinstance(leaf, Text) else leaf)
    return changed if leaves(changed) else tree


def _stripped(leaf: Text) -> Tree:
    """Leave the fillers out of a text; what is left on both sides of one are two texts."""
    asked = _TAKES_PART.sub(_CUT_VERB, _ACTS.sub(_CUT_VERB, leaf.folded))
    if leaf.literal or not (_CUT in asked or _FILLERS.search(asked)):
        return leaf
    cut = (part for whole in _FILLERS.split(asked) for part in whole.split(_CUT))
    parts = (_PUNCTUATION.sub("", part) for part in cut)
    texts = tuple(_text(part) for part in parts if part)
    return texts[0] if len(texts) == 1 else And(texts)


def _text(part: str) -> Tree:
    names = (_PRESIDES, _PRESIDING) if part == _PRESIDES else (part,)
    return any_of([Text(name, name) for name in names])
