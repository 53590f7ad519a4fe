"""What an answer says of itself in plain words: how a query was read, its rung, and why it is empty."""

from __future__ import annotations

from msgspec import Struct

from query import Results
from query.output.sanitize import safe
from query.page.asked import Asked
from query.page.marks import brief
from query.page.texts import Texts

__all__ = ["Notes", "notes_on"]

_SHOWN = 8  # of whatever is listed in a sentence


class Notes(Struct, frozen=True):
    """Sentences about an answer, and the queries that may have been meant, each with its address."""

    sentences: tuple[str, ...]
    suggestions: tuple[tuple[str, str], ...]


def notes_on(results: Results, asked: Asked, say: Texts) -> Notes:
    """Explain an answer from the answer alone: nothing is searched again."""
    said = [say("mended", query=safe(results.mended))] if results.mended else []
    said += [
        say("meant", text=safe(text), meant=_listed(meant, say))
        for text, meant in list(results.meant.items())[:_SHOWN]
    ]
    if results.total and results.rung != "exact":
        if results.unfiltered and not results.missing:
            said.append(say("filtered_out", n=results.unfiltered))
        said.append(say(results.rung, words=_listed(results.words, say)))
    if results.missing:
        said.append(say("missing", words=_listed(results.missing, say)))
    if asked.is_long and results.total:
        said.append(say("long_query"))
    if not results.total:
        said += _why_nothing(results, say)
    meant = [name for name in results.suggestions if name not in results.words][:_SHOWN]
    return Notes(
        tuple(said), tuple((safe(name), Asked(query=name, language=asked.language).url()) for name in meant)
    )


def _why_nothing(results: Results, say: Texts) -> list[str]:
    said = []
    for unmet in results.unmet:
        sentence = say("unmet", label=say.label(unmet.name), text=brief(unmet.text.removeprefix("=")))
        if unmet.name == "date" and unmet.values:
            sentence += say("unmet_days", first=unmet.values[0], last=unmet.values[1])
        elif unmet.elsewhere:
            sentence += say("unmet_elsewhere", fields=_listed([*map(say.label, unmet.elsewhere)], say))
        elif unmet.values:
            sentence += say(
                "unmet_values", values=_listed([say.value(unmet.name, each) for each in unmet.values], say)
            )
        said.append(sentence)
    if results.unfiltered:
        said.append(say("filtered_out", n=results.unfiltered))
    elif results.counts:
        counted = [say("word_count", text=brief(text), n=count) for text, count in results.counts[:_SHOWN]]
        said.append(say("apart", counts=_listed(counted, say)))
    return [*said, say("try_fewer")]


def _listed(items: tuple[str, ...] | list[str], say: Texts) -> str:
    joint = "、" if say.language == "zh" else ", "
    return joint.join(brief(each) for each in items[:_SHOWN]) + ("…" if len(items) > _SHOWN else "")
