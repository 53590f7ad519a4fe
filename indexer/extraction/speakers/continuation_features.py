"""What is seen of a paragraph that may carry on a speech: names of features."""

from __future__ import annotations

import re

from indexer.extraction.speakers.context import Context
from indexer.extraction.speakers.cues import cues_in, empty_quotations
from indexer.extraction.speakers.speech_state import SpeechState

__all__ = ["continuation_features"]

_COLON_HEAD = re.compile(r"\s*([^:,。“”]{1,40}):")
_FIRST_PERSON = re.compile(r"我们|我国|我|本席|咱")
_ORDER = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|其[一二三四五次]|首先|其次|再次|最后|第[一二三四五六七八九十]|此外|另外|同时|[(]?[一二三四五六七八九十\d]+[、.)])"
)
_MUST = re.compile(r"要|希望|必须|应|建议")
_MUSTS = re.compile(r"(?:^|[,。;])要")
_BEGINNING = 60  # characters in which words of saying are looked for


def continuation_features(
    context: Context, state: SpeechState, speaking: int, *, headed: bool, ahead: str, lined: bool
) -> list[str]:
    """Return the features of a paragraph in which whoever spoke last may still speak.

    `speaking` counts those found in it, `headed` tells of a heading before it, `ahead` whom the next
    paragraphs name first (same, other, none), `lined` that the page has a sentence a line.
    """
    text = context.text.strip()
    full = {mention.name for mention in context.mentions if mention.form != "pronoun"}
    named = min(1, len(full))
    found = _before(state, text) + _around(state, named, headed=headed, ahead=ahead, lined=lined)
    found += [
        f"t1={text[:1]}",
        f"t2={text[:2]}",
        f"long={min(4, len(text) // 40)}",
        f"named={min(3, len(full))}",
        f"self={state.speaker in full}",
        f"how&named={state.form}{named}",
        context.facts[0],
        f"quotedstart={text[:1] == '“'}&{context.facts[2]}",
        f"pronouns={min(2, sum(mention.form == 'pronoun' for mention in context.mentions))}",
        f"explicit={min(2, speaking)}",
        f"explicit&named={min(1, speaking)}{text[:1] == '“'}",
        f"?={text.endswith('?')}",
    ]
    return found + _manner(context, state, text, ahead)


def _before(state: SpeechState, text: str) -> list[str]:
    """Tell how the speech went so far."""
    before = state.text.strip()
    found = [
        f"gap={state.gap}",
        f"how={state.form}",
        f"end={before[-1:]}",
        f"end2={before[-2:]}",
        f"speakers={min(3, len(state.all))}",
        f"run={min(4, state.run)}",
    ]
    found += ["openquote"] if state.open_quote else []
    return found + (["shortlines"] if len(before) < 60 and len(text) < 120 else [])


def _around(state: SpeechState, named: int, *, headed: bool, ahead: str, lined: bool) -> list[str]:
    """Tell what stands before and behind."""
    found = [f"ahead={ahead}", f"ahead&named={ahead}{named}", f"lined={lined}"]
    if lined:
        found += [
            f"lined&ahead={ahead}",
            f"lined&named={named}",
            f"lined&how={state.form}",
            f"lined&gap={state.gap}",
        ]
    return found + (["headed", f"headed&{state.form}"] if headed else [])


def _manner(context: Context, state: SpeechState, text: str, ahead: str) -> list[str]:
    """Tell whether the text sounds like speech: first person, counting, demands, turns."""
    empty = empty_quotations(text)
    first = len(_FIRST_PERSON.findall(empty))
    found = [
        f"first={min(3, first)}",
        f"first&ahead={min(1, first)}{ahead}",
        f"first&run={min(1, first)}{min(3, state.run)}",
        f"musts={min(3, len(_MUSTS.findall(text)))}",
    ]
    found += ["order", f"order&{state.form}"] if _ORDER.match(text) else []
    found += ["must"] if _MUST.match(text) else []
    head = _COLON_HEAD.match(text)
    found += ["colonhead", f"colonhead&{context.transcript > 0.3}", f"colon={head[1][-2:]}"] if head else []
    if context.transcript > 0.15:
        found += ["transcript", f"transcript&{state.form}", f"transcript&gap={state.gap}"]
    found += [f"cue={cue.word}" for cue in cues_in(empty[:_BEGINNING])[:2]] or ["nocue"]
    return found + [
        f"b={gram}" for gram in sorted({text[k : k + 2] for k in range(min(12, max(0, len(text) - 1)))})
    ]
