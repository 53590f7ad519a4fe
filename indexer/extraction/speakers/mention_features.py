"""What is seen at a mention: names of features, to which the weights belong."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from indexer.extraction.patterns import POSITION
from indexer.extraction.speakers.context import Context
from indexer.extraction.speakers.cues import (
    BRACKET,
    PLAIN_SAYING,
    PREPOSITIONS,
    TITLES,
    Cue,
    cues_in,
    empty_quotations,
)
from indexer.extraction.speakers.mentions import Mention
from indexer.extraction.speakers.people import PagePeople
from indexer.extraction.speakers.speech_state import SpeechState

__all__ = ["after_titles", "mention_features", "opens_turn", "quotation_before"]

_STOP = re.compile(r"[。!?;\n]")
_REACH = 70  # characters behind a mention that are looked at
_TURN = re.compile(r"\s*(?:议员|委员|代表|女士|先生|同志|同学|主席|局长)?\s*(?:\([^()]{1,16}\))?\s*:")
_TITLE_ALONE = re.compile(rf"\s*(?:[^,。:;!?“”()\s]{{0,10}}(?:{POSITION}|委员|议员|代表))?\s*")
_ENDS = re.compile(r"[,\s]*$|[,。]")
_COLON = re.compile(r"[^,。;“]{0,12}:")
_ABOUT = re.compile(r"(?:代表|委员)?(?:围绕|针对|就|结合)[^。!?;]{1,60}?(?:提出|建议|发言)")
_LEFT = 40  # characters before a mention that are looked at
_CLAUSE = re.compile(r"[,。;:!?“”\n]")
_MARKS = re.compile(r"[。;!?\n]")
_POST = re.compile(
    r"(?:[长员席任记授士师人家表理事官裁导督民工手者问]|同志|同学|先生|女士|校友|总统|首相|领袖|党魁|发言人)\s*$"
)
_PARTY = re.compile(
    r"(?:党|联|盟|会|连|派|思路|力量|阵线|民进|民革|民建|九三学社|委员会|局|部|厅|委|院|公司|集团|大学|台|社|处)\s*$"
)
_SURE = (13, 80, 200, 400, 700)  # margins of the tagger
_LIMITS = (0, 2, 5, 10, 20)
_OFFICES = ("发言人", "方面", "代表", "负责人")


def mention_features(
    context: Context, index: int, people: PagePeople, state: SpeechState, *, quiet: bool
) -> list[str] | None:
    """List the features of one mention; None where no sign of speech is near, unless `quiet` ones count."""
    mention = context.mentions[index]
    form = "full" if mention.form in ("split", "office") else mention.form
    right = _right(context, index, form, quiet=quiet)
    if right is None:
        return None
    found = [f"form={form}", f"{form}&{context.facts[0]}", *context.facts, *right]
    found += _left(context, mention)
    found += _called(context, index, right)
    found += _person(context, index, people, state)
    return found


def _called(context: Context, index: int, right: Sequence[str]) -> list[str]:
    """Tell whether an office or a party stands before a mention, together with what stands behind."""
    before = context.text[max(0, context.mentions[index].start - 6) : context.mentions[index].start]
    kind = "office" if _POST.search(before) else "party" if _PARTY.search(before) else "none"
    kind += "titled" if "titled" in right else ""
    signs = [sign for sign in right if sign.startswith(("far0", "vc0", "colon", "afterquote="))]
    return [f"called={kind}", *(f"called={kind}&{sign}" for sign in signs)]


def after_titles(text: str, end: int) -> tuple[int, bool, bool]:
    """Return where the title behind a name ends, and whether there is a bracket, and a title."""
    bracket = BRACKET.match(text, end) if text[end : end + 1] == "(" else None
    end = bracket.end() if bracket else end
    title = TITLES.match(text, end)
    return (title.end() if title else end), bracket is not None, title is not None


def _right(context: Context, index: int, form: str, *, quiet: bool) -> list[str] | None:
    """Tell what stands behind a mention: the verb, how far away, and what follows it."""
    text, last = context.text, context.last[index]
    at, bracket, title = after_titles(text, context.mentions[last].end)
    raw = text[at : at + _REACH]
    stop = _STOP.search(raw)
    head = raw[: stop.start()] if stop else raw
    rest = empty_quotations(head)
    cues = _cues_behind(context, at, head, rest)
    quotes = quotation_before(text, context.mentions[index].start)
    colon = _COLON.match(raw)
    quote = raw.find("“")
    if not (quiet or cues or quotes or colon or 0 <= quote < 12):
        return None
    found = [f"r1={raw[:1]}", f"r2={raw[:2]}", f"r3={raw[:3]}", f"{form}&r1={raw[:1]}", f"cues={len(cues)}"]
    found += ["joined"] * (last > index) + ["bracket"] * bracket
    found += ["titled", f"titled&r2={raw[:2]}"] if title else []
    found += ["ends"] if _ENDS.match(raw) else []
    found += ["afterquote", f"afterquote&r2={raw[:2]}", f"afterquote={quotes}"] if quotes else []
    found += ["about"] if _ABOUT.match(text, context.mentions[last].end) else []
    blocked = next((m.start for m in context.mentions[last + 1 : last + 9] if m.form == "full"), 10**9) - at
    found += _verbs(rest, cues, blocked, form) if cues else ["nocue", *["afterquote&nocue"] * bool(quotes)]
    found += ["colon", f"colon&{'quote' if '“' in raw[:16] else 'plain'}"] if colon else []
    if quote >= 0:
        before = raw[quote - 1 : quote]
        found.append(f"quote{'near' if quote < 12 else 'far'}&{before if before in ',:' else 'h'}")
    return found + [f"b={rest[k : k + 2]}" for k in range(min(len(rest) - 1, 8))]


def _cues_behind(context: Context, at: int, head: str, rest: str) -> list[Cue]:
    """Return the first three words of saying behind a place, counted from it, quotations left out."""
    if rest is not head:
        return cues_in(rest)[:3]
    first = bisect_left(context.cues, (at,))
    found = context.cues[first : first + 3]
    return [Cue(cue.start - at, cue.end - at, cue.word) for cue in found if cue.end - at <= len(head)]


def _verbs(rest: str, cues: list[Cue], blocked: int, form: str) -> list[str]:
    """Tell which words of saying come, how far away, and whether somebody else stands before them."""
    found = []
    for rank, (start, end, verb) in enumerate(cues[:2]):
        far = sum(start > limit for limit in _LIMITS)
        follow = rest[end : end + 1]
        commas = min(2, rest.count(",", 0, start))
        key = f"{rank}{'' if start < blocked else 'x'}"
        found += [
            f"v{key}={verb}",
            f"far{key}={far}",
            f"f{key}={follow if follow in ',:“”了的过着' else 'h'}",
            f"vf{key}={verb}{follow if follow in ',:“的了' else ''}",
            f"farf{key}={far}{follow if follow in ',:“”了的过着' else 'h'}",
            f"vc{key}={verb in PLAIN_SAYING}",
            f"vc{key}={verb in PLAIN_SAYING}&{far}",
            f"c{key}={commas}",
            f"far&c{key}={far}{commas}",
        ]
        if rank == 0:
            found += [f"{form}&far{key[1:]}={far}", f"v&far{key[1:]}={verb}{far}", f"{form}&v={verb}"]
            found += (
                [f"gap={rest[:start]}"]
                if start <= 4
                else [f"g={rest[k : k + 2]}" for k in range(min(start, 14))]
            )
            found.append(f"pre={rest[max(0, start - 1) : start]}")
    return found


def quotation_before(text: str, start: int) -> str:
    """Tell whether a quotation quotation_before before a mention with nothing but a title between."""
    close = text.rfind("”", max(0, start - _LEFT), start)
    if close < 0:
        return ""
    between = text[close + 1 : start]
    if _MARKS.search(between) or between.count(",") > 1:
        return ""
    whole = text[close - 1 : close] in tuple("。!?…,")
    return ("full" if whole else "part") + ("t" if len(between.strip(", ")) > 3 else "")


def _left(context: Context, mention: Mention) -> list[str]:
    """Tell what stands before a mention: marks, prepositions, words of saying, the beginning."""
    text, start = context.text, mention.start
    before = text[max(0, start - _LEFT) : start]
    clause = _CLAUSE.split(before)[-1]
    mark = before[len(before) - len(clause) - 1] if len(clause) < len(before) else "^"
    found = [
        f"l1={before[-1:] or '^'}",
        f"l2={before[-2:] or '^'}",
        f"l3={before[-3:] or '^'}",
        f"mark={mark}",
        f"clause={min(6, len(clause) // 3)}",
        f"clause0={clause[:1]}",
        f"{mention.form}&mark={mark}&{min(2, len(clause))}",
    ]
    if before[-1:] in PREPOSITIONS:
        found.append("preposition")
    elif clause[:1] in PREPOSITIONS:
        found.append("clausepreposition")
    found += _said_before(context, start, len(clause), len(_MARKS.split(before)[-1]))
    quotation = context.quotation(start)
    if quotation:
        found.append("inquote")
        found += ["inlaterquote"] if text[: quotation[0]].strip() else []
    return found + _opening(text, mention)


def _said_before(context: Context, start: int, clause: int, sentence: int) -> list[str]:
    """Tell whether words of saying stand before a mention in its clause, or earlier in its sentence."""
    first = bisect_left(context.cues, (start - clause,))
    found = []
    if first < len(context.cues) and context.cues[first].end <= start:
        found += ["saidbefore", f"saidbefore={context.cues[first].word}"]
    if sentence == clause:
        found.append("sentencefirst")
    elif first and context.cues[first - 1].start >= start - sentence:
        found.append("saidinsentence")
    return found


def _opening(text: str, mention: Mention) -> list[str]:
    """Tell whether a mention opens the paragraph, alone or with its titles, before a colon."""
    before = text[: mention.start].lstrip() if mention.start < 2 * _LEFT else "x" * _LEFT
    if not before:
        kind = "quote" if "“" in text[mention.end : mention.end + 14] else "plain"
        return ["opens", "turn", f"turn&{kind}"] if opens_turn(text, mention) else ["opens"]
    titled = len(before) < _LEFT and not _CLAUSE.search(before) and _TURN.match(text, mention.end)
    return ["titledturn"] if titled else []


def opens_turn(text: str, mention: Mention) -> bool:
    """Tell whether a mention opens a paragraph, with nothing but titles before a colon."""
    opens = mention.start < _LEFT and _TITLE_ALONE.fullmatch(text, 0, mention.start) is not None
    return opens and _TURN.match(text, mention.end) is not None


def _person(context: Context, index: int, people: PagePeople, state: SpeechState) -> list[str]:
    """Tell what is known of who is meant."""
    mention = context.mentions[index]
    person = people.by_name.get(mention.name)
    found = [f"nth={min(3, context.named[index])}", f"many={min(6, context.named[-1])}"]
    if person:
        sure = bisect_right(_SURE, person.best)
        found += [f"count={min(4, person.count)}", f"sure={sure}", f"sure&count={sure}{min(2, person.count)}"]
        found += ["foreign"] if len(mention.name) > 4 or "·" in mention.name else []
    if mention.form == "org":
        found += [
            f"org={mention.name[-2:]}",
            f"org={mention.name[-1:]}",
            f"orglong={min(4, len(mention.name) // 3)}",
        ]
        found += ["orgoffice"] if context.text.startswith(_OFFICES, mention.end) else []
    if state.speaker and state.speaker == mention.name:
        found += [f"again={min(2, state.gap)}", f"{mention.form}&again"]
    elif mention.name in state.all:
        found.append("againall")
    if context.transcript > 0.3:
        colon = ":" if context.text[mention.end : mention.end + 1] == ":" else ""
        found += ["transcript", f"transcript&{mention.form}&{colon}"]
    return found
