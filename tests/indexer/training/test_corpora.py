"""What is learned from shares no text with the labelled pages."""

from __future__ import annotations

import json
from pathlib import Path

from indexer.training.corpora import LabelledText, draw_articles, read_articles, read_name_sentences

PAGE = "某县的人大代表昨日来到河边，把今年要种的树一棵一棵地数了一遍，又把去年种的树看了一遍。"
OTHER = "某县的学校今年多收了三十名学生，老师们都说教室不够用，要在河的那一边再盖一座楼。"


def test_sentences_and_articles_of_a_labelled_page_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    known = LabelledText(tmp_path)
    records = [
        {"id": str(number), "text": text, "people": []} for number, text in enumerate((PAGE[5:], OTHER))
    ]
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (tmp_path / "names.jsonl").write_text(lines, "utf-8")
    assert [len(sentence.text) for sentence in read_name_sentences(tmp_path, known)] == [len(OTHER)]
    articles = read_articles(tmp_path / "names.jsonl")
    assert [article.id for article in draw_articles([articles], known)] == ["1"]
