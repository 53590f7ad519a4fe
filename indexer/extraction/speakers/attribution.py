"""What is found of a speaker: who, how, how sure, and what in the text shows it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice, takewhile

from msgspec import Struct

from indexer.extraction.speakers.context import Context
from indexer.extraction.speakers.cues import PLAIN_SAYING, SENTENCE_END, Cue
from indexer.extraction.speakers.mention_features import after_titles, opens_turn, quotation_before
from indexer.extraction.speakers.mentions import Mention
from indexer.extraction.speakers.model import Thresholds
from indexer.models import How

__all__ = ["SURE", "Attribution", "best_attributions"]

SURE = 1.0
"""The score of what needs no weights."""
_REACH = 70  # characters from a name to its words of saying
_MARK = re.compile(r"[,。;!?“”\n]")
_COLON = re.compile(r"[^,。;!?“]{0,12}:")


class Attribution(Struct, frozen=True):
    """Somebody who speaks in a paragraph.

    `name` is as folded text has it, `score` a probability. `evidence` is the span from the name to the words
    of saying, or the number of the paragraph that names the speaker.
    """

    name: str
    how: How
    score: float
    evidence: tuple[int, int] | int
    mention: Mention | None = None

    @property
    def start(self) -> int:
        """Where the evidence begins in the paragraph; -1 where it lies in another one."""
        return -1 if isinstance(self.evidence, int) else self.evidence[0]

    @property
    def end(self) -> int:
        """Where the evidence ends in the paragraph; -1 where it lies in another one."""
        return -1 if isinstance(self.evidence, int) else self.evidence[1]

    def opens_turn(self, text: str) -> bool:
        """Tell whether this names whose turn a paragraph opens, before a colon."""
        if self.mention:
            return opens_turn(text, self.mention)
        return self.start >= 0 and not text[: self.start].strip() and text[self.end - 1 : self.end] == ":"


def best_attributions(
    context: Context, scores: Iterable[tuple[Mention, float]], thresholds: Thresholds
) -> list[Attribution]:
    """List everybody whose mention scores high enough, each by the mention that scores best."""
    best: dict[str, tuple[float, Mention]] = {}
    for mention, score in scores:
        if score >= thresholds.of(mention.form) and score > best.get(mention.name, (-1.0, None))[0]:
            best[mention.name] = score, mention
    return [_attribution(context, score, mention) for score, mention in best.values()]


def _attribution(context: Context, score: float, mention: Mention) -> Attribution:
    end, _, _ = after_titles(context.text, mention.end)
    evidence = mention.start, _end_of_saying(context, end)
    return Attribution(mention.name, _how(context.text, mention), score, evidence, mention)


def _how(text: str, mention: Mention) -> How:
    """Tell how it is known that somebody mentioned speaks."""
    if mention.form == "pronoun":
        return "pronoun"
    if mention.form == "org":
        return "organisation"
    return "quoted" if quotation_before(text, mention.start) else "explicit"


def _end_of_saying(context: Context, start: int) -> int:
    """Find where the words of saying behind a name end; `start` where there are none in its sentence."""
    text = context.text
    if text[start : start + 1] == ":":
        return start + 1
    cues = _cues_behind(context, start)
    if not cues or SENTENCE_END.search(text, start, cues[0].start):
        colon = _COLON.match(text, start)
        return colon.end() if colon else start
    clause = takewhile(lambda cue: not _MARK.search(text, start, cue.start), cues)
    return next((cue.end for cue in clause if cue.word in PLAIN_SAYING), cues[0].end)


def _cues_behind(context: Context, start: int) -> list[Cue]:
    """List the words of saying near behind an offset, those inside quotations left out."""
    behind = islice(context.cues, bisect_left(context.cues, (start,)), None)
    near = takewhile(lambda cue: cue.start - start <= _REACH, behind)
    return [cue for cue in near if context.quotation(cue.start) is None]
