"""The labels that Chinese readers are shown for kinds of paragraphs and ways of knowing who speaks."""

from __future__ import annotations

from indexer.models import How, Kind
from indexer.text.folding import fold

__all__ = ["HOW_LABELS", "KIND_LABELS", "value_of_label"]

KIND_LABELS: dict[Kind, str] = {
    "body": "正文",
    "fragment": "残段",
    "caption": "图片说明",
    "formula": "通过说明",
    "headline": "标题",
    "subheadline": "副题",
    "section": "小标题",
    "label": "栏目",
    "byline": "署名",
    "credit": "摄影署名",
    "head": "文首",
    "attendance": "出席名单",
    "dateline": "刊载日期",
    "aside": "栏外",
    "furniture": "页眉页脚",
}
"""What readers are shown as the kind of a paragraph."""

HOW_LABELS: dict[How, str] = {
    "explicit": "点名",
    "quoted": "引述",
    "pronoun": "代词",
    "inherited": "承前段",
    "delivered": "全文",
    "organisation": "机构",
    "collective": "集体",
    "given": "录入",
}
"""What readers are shown as the way of knowing who speaks."""

_VALUES = {
    field: {fold(label): str(value) for value, label in labels.items()}
    for field, labels in (("kind", KIND_LABELS), ("how", HOW_LABELS))
}


def value_of_label(field: str, text: str) -> str:
    """Return the value of a field that is shown as a text; the text itself where none is."""
    return _VALUES.get(field, {}).get(fold(text), text)
