"""What the page says, in Chinese and in English."""

from __future__ import annotations

from typing import Any

from query.language.fields import LABELS
from query.language.labels import HOW_LABELS, KIND_LABELS

__all__ = ["TEXT_KEYS", "Texts", "preferred_language"]

_TEXTS: dict[str, tuple[str, str]] = {
    "site": ("两会全文检索", "Sessions in full text"),
    "motto": ("谁，在何时何地，就何事，说了什么", "Who said what about this, where, and when"),
    "skip": ("跳到正文", "Skip to the content"),
    "query": ("检索", "Search"),
    "go": ("检索", "Search"),
    "placeholder": (
        "词、“短语”、姓名、拼音，或 发言人：张…",
        'words, "a phrase", a name, its pinyin, or speaker:…',
    ),
    "advanced": ("高级检索", "Advanced"),
    "speakers": ("发言人", "Speakers"),
    "topics": ("话题", "Topics"),
    "sessions": ("会议", "Sessions"),
    "status": ("索引状态", "Status"),
    "language": ("English", "中文"),
    "other": ("en", "zh"),
    "pages": ("网站", "Site"),
    # An answer
    "total": ("共 {n:,} 段", "{n:,} paragraphs"),
    "total_collapsed": ("共 {n:,} 段，相同文字合并为 {m:,} 条", "{n:,} paragraphs, {m:,} different texts"),
    "nothing": ("没有找到", "Nothing found"),
    "answer": ("检索结果", "Results"),
    "near": ("以下相近", "Close to it"),
    "near_note": (
        "不完全符合所查，按相近程度排列，不计入上面的数目。",
        "Not quite as asked, the closest first, and not counted above.",
    ),
    "narrow": ("缩小范围", "Narrow down"),
    "filters": ("条件", "Filters"),
    "remove": ("去掉条件 {label}：{value}", "Remove the filter {label}: {value}"),
    "sort": ("排序", "Order"),
    "sort_score": ("相关", "best"),
    "sort_date": ("最新", "newest"),
    "sort_oldest": ("最早", "oldest"),
    "sort_source": ("原文顺序", "as in the seeds"),
    "collapse": ("合并相同文字", "Equal texts once"),
    "uncollapse": ("不合并相同文字", "All equal texts"),
    "strict": ("只要完全一致", "Only as asked"),
    "unstrict": ("也要相近的", "Also what is close"),
    "formats": ("同一列表", "The same list"),
    "feed": ("订阅 Atom", "Atom feed"),
    "all_of": ("全部 {n:,} 个", "all {n:,}"),
    "count": ("{n:,} 段", "{n:,} paragraphs"),
    "previous": ("上一页", "Previous"),
    "next": ("下一页", "Next"),
    "page_of": ("第 {page:,} 页，共 {pages:,} 页", "Page {page:,} of {pages:,}"),
    "turning": ("翻页", "Pages"),
    "repeats": ("相同文字共 {n:,} 段", "{n:,} paragraphs of the same text"),
    "nobody": ("无发言人", "nobody speaks"),
    "untitled": ("无题", "untitled"),
    "matched": ("符合", "Found in"),
    "place": ("出处", "Place"),
    "evidence": ("依据", "Evidence"),
    "evidence_above": ("依据见另一段", "evidence in another paragraph"),
    "undated": ("无日期", "no date"),
    # The ladder
    "in-context": (
        "没有段落与所查完全一致；以下各段的正文，或其发言人、标题、会议等，含有每个词：{words}",
        "No paragraph is as asked; these have each word in the text or in what is known of them: {words}",
    ),
    "all-words": (
        "没有段落与所查完全一致；以下各段的正文，或其发言人、标题、会议等，分别含有每个词：{words}",
        "No paragraph is as asked; these have each word, apart, in the text or what is known of it: {words}",
    ),
    "spelled-out": (
        "没有段落含有这个简称；以下各段写出了它的全文：{words}",
        "No paragraph holds the abbreviation; these have it written out: {words}",
    ),
    "most-words": (
        "没有段落与所查完全一致；以下各段含有其中大部分词：{words}",
        "No paragraph is as asked; these hold most of its words: {words}",
    ),
    "any-word": (
        "没有段落与所查完全一致；以下各段含有其中一些词：{words}",
        "No paragraph is as asked; these hold some of its words: {words}",
    ),
    "sounds-like": (
        "没有段落与所查完全一致；以下各段含有读音相同的名字：{words}",
        "No paragraph is as asked; these hold names of the same sound: {words}",
    ),
    "filtered_out": (
        "有 {n:,} 段与所查一致，但不符合条件。",
        "{n:,} paragraphs are as asked, but do not pass the filters.",
    ),
    "missing": ("索引中没有：{words}", "Nowhere in the index: {words}"),
    "perhaps": ("是否要查：", "Perhaps you mean: "),
    "meant": ("另查：{text} → {meant}", "Searched, too: {text} → {meant}"),
    "mended": (
        "引号不成对，按此检索：{query}",
        "A quotation mark has no partner; the query is read as: {query}",
    ),
    "unmet": ("没有段落的{label}是“{text}”", "No paragraph has the {label} “{text}”"),
    "unmet_days": ("；日期从 {first} 到 {last}", "; the days are from {first} to {last}"),
    "unmet_values": ("；有：{values}", "; there are: {values}"),
    "unmet_elsewhere": ("；可以按此查找：{fields}", "; to be found as: {fields}"),
    "apart": ("各词都有，但不在同一段：{counts}", "Each occurs, but not together: {counts}"),
    "word_count": ("{text}（{n:,} 段）", "{text} ({n:,})"),
    "long_query": (
        "检索式较长，下列数目不带链接。",
        "The query is long, so that the counts are no links.",
    ),
    "try_fewer": (
        "可以减少词语，去掉条件，或查找其中一个词。",
        "Ask for fewer words, remove a filter, or search for one of the words.",
    ),
    # Timeline and grid
    "timeline": ("时间线", "Timeline"),
    "by_month": ("按月", "by month"),
    "by_year": ("按年", "by year"),
    "absolute": ("段数", "paragraphs"),
    "relative": ("占比", "share"),
    "relative_note": ("每一条是占当期全部段落的比例", "each bar is the share of all paragraphs of its time"),
    "bar": ("{period}：{n} 段，占当期 {share}", "{period}: {n} paragraphs, {share} of all"),
    "only_year": ("另有 {n:,} 段只知年份", "{n:,} more of which only the year is known"),
    "without_date": ("{n:,} 段无日期", "{n:,} without a date"),
    "all_days": ("全部时间", "all days"),
    "grid": ("谁谈什么", "Who speaks about what"),
    "grid_note": ("发言人与话题同在一段的段数", "paragraphs that a speaker and a topic share"),
    # Pages of a thing
    "speaker_page": ("发言人", "Speaker"),
    "topic_page": ("话题", "Topic"),
    "session_page": ("会议", "Session"),
    "together": ("同段发言", "In the same paragraphs"),
    "same_sessions": ("同会议发言", "In the same sessions"),
    "paragraph": ("段落", "Paragraph"),
    "cite": ("引用", "Citation"),
    "in_page": ("原文上下文", "On the page it comes from"),
    "earlier": ("更前", "Before this"),
    "later": ("更后", "After this"),
    "whole": ("全段", "the whole paragraph"),
    "type": ("文体", "Type"),
    "line": ("行", "line"),
    # Lists
    "list_of": ("共 {n:,} 个", "{n:,} in all"),
    "name_contains": ("名称含有", "Name contains"),
    "filter_list": ("筛选", "Filter"),
    "in_query": ("限于检索：{query}", "Within the search: {query}"),
    "by_count": ("按段数", "by count"),
    "by_value": ("按名称", "by name"),
    # Advanced
    "words_all": ("含有全部词", "All of these words"),
    "words_phrase": ("含有这个短语", "This phrase"),
    "words_any": ("含有任一词", "Any of these words"),
    "words_none": ("不含这些词", "None of these words"),
    "date_from": ("日期从", "From"),
    "date_to": ("到", "To"),
    "date_hint": ("如 2025-02-26、2025年2月、去年", "as 2025-02-26, 2025-02, 2024"),
    "write": ("写成检索式", "Write the query"),
    "advanced_note": (
        "此表只是代写检索式；写成的检索式在检索框中，可以再改。",
        "This form only writes a query; it then stands in the search box, to be changed.",
    ),
    "syntax": ("检索式", "The query language"),
    # Status
    "fresh": ("最新", "fresh"),
    "stale": ("语料在建索引之后有变化", "The seeds changed since the index was built"),
    "to_update": ("更新索引", "to read them"),
    "seeds": ("语料", "Seeds"),
    "files": ("{n:,} 个文件", "{n:,} files"),
    "paragraphs": ("段落", "Paragraphs"),
    "built": ("建于", "Built"),
    "took": ("{when}，用时 {seconds:.1f} 秒", "{when}, in {seconds:.1f} s"),
    "size": ("大小", "Size"),
    "written_by": ("格式", "Written by"),
    "state": ("状态", "State"),
    "faults": ("未能读取", "What could not be read"),
    "others": ("未读的文件", "Files that are not read"),
    "more": ("另有 {n:,} 个", "and {n:,} more"),
    "kept_open": (
        "索引无法重新打开，所答仍是先前的索引",
        "The index cannot be opened anew; the former one answers",
    ),
    # Errors
    "e400": ("这个检索读不懂", "This cannot be understood"),
    "e404": ("没有这一页", "There is no such page"),
    "e500": ("程序出错了", "The program is at fault"),
    "e503": ("现在不能回答", "This cannot be answered now"),
    "at_character": ("第 {n} 个字处", "at character {n}"),
    "no_page": ("没有 {path} 这一页。", "There is no page {path}."),
    "no_paragraph": ("没有编号为 {name} 的段落。", "No paragraph has the id {name}."),
    "no_value": ("没有{label}“{name}”。", "There is no {label} “{name}”."),
    "no_more": ("结果没有这么多页。", "The answer has fewer pages."),
    "our_fault": (
        "错误已写到运行程序的终端。",
        "What went wrong is written to the terminal that the program runs in.",
    ),
    "too_long": (
        "这个检索用时超过 {n:g} 秒，已停止；请用更少的词、通配符，或加条件。",
        "This took longer than {n:g} seconds and was stopped; use fewer words or wildcards, or add a filter.",
    ),
    "busy": (
        "正在回答的检索太多，请稍后再试。",
        "Too many searches are being answered; try again a little later.",
    ),
    "back": ("回到首页", "To the first page"),
    "sentence": (
        "收录 {n:,} 段文字，出自 {files:,} 个文件。",
        "{n:,} paragraphs from {files:,} files.",
    ),
}

TEXT_KEYS = (*_TEXTS,)
"""The names of all texts."""

_ENGLISH_LABELS = {
    "speaker": "Speaker",
    "role": "Role",
    "how": "How it is known",
    "org": "Organisation",
    "topic": "Topic",
    "session": "Session",
    "mentioned_session": "Mentioned session",
    "mentioned_date": "Mentioned day",
    "title": "Headline",
    "section": "Section",
    "date": "Date",
    "type": "Type",
    "mentions": "Mentioned",
    "reporter": "Reporter",
    "chair": "Chair",
    "attendee": "Attendee",
    "source": "Source",
    "kind": "Kind",
    "month": "Month",
    "year": "Year",
    "lead": "Led in by",
}
_FIELDS = {"type": "document_type", "org": "organisation"}  # filters that are called otherwise in the index
_CHINESE_LABELS = {"how": "得知方式", "kind": "段落种类", "month": "月份"}


class Texts:
    """The texts of one language: `say` fills one in, the others name what stands in the index."""

    def __init__(self, language: str) -> None:
        """Choose zh or en."""
        self.language = language
        self._at = 0 if language == "zh" else 1

    def __call__(self, key: str, **values: Any) -> str:
        """Return the text of a key, with its values filled in."""
        text = _TEXTS[key][self._at]
        return text.format(**values) if values else text

    def label(self, name: str) -> str:
        """Name a filter, or a field of the index."""
        if self.language == "zh":
            return _CHINESE_LABELS.get(name) or LABELS.get(_FIELDS.get(name, name), name)
        shown = {field: each for each, field in _FIELDS.items()}.get(name, name)
        return _ENGLISH_LABELS.get(shown, shown)

    def value(self, name: str, value: str) -> str:
        """Show a value of a field: kinds and ways of knowing have labels in Chinese."""
        return self.how(value) if name == "how" else self.kind(value) if name == "kind" else value

    def how(self, value: str) -> str:
        """Show a way of knowing who speaks."""
        return dict[str, str](HOW_LABELS).get(value, value) if self.language == "zh" else value  # type: ignore[arg-type]

    def kind(self, value: str) -> str:
        """Show the kind of a paragraph."""
        return dict[str, str](KIND_LABELS).get(value, value) if self.language == "zh" else value  # type: ignore[arg-type]


def preferred_language(accepted: str) -> str:
    """Choose zh or en by an `Accept-Language`: English where it is wanted more than Chinese."""
    weights = {"zh": 0.0, "en": 0.0}
    for part in accepted.split(",")[:20]:
        tag, _, quality = part.strip().partition(";q=")
        language = tag.strip().lower().partition("-")[0]
        if language in weights:
            weights[language] = max(weights[language], _weight(quality))
    return "en" if weights["en"] > weights["zh"] else "zh"


def _weight(quality: str) -> float:
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0
