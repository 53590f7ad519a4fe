"""What the paragraphs before have told of a speech that may go on."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from indexer.extraction.speakers.context import Context

__all__ = ["LONG_AGO", "SpeechState", "floor_state", "named_state", "spoken_state"]

LONG_AGO = 3
"""Paragraphs after which nobody is thought of who was named in them."""
_FLOOR_LOST = 6  # paragraphs without a speaker after which a speech is over


class SpeechState(Struct, frozen=True):
    """What the paragraphs before have told: who spoke last, how long ago and in which form, and who else.

    `origin` is the number of the paragraph that names the speaker.
    """

    speaker: str | None = None
    gap: int = 0
    form: str = ""
    open_quote: bool = False
    text: str = ""
    all: tuple[str, ...] = ()
    run: int = 0
    origin: int = 0


def spoken_state(
    before: SpeechState, number: int, context: Context, speaker: str, form: str, everybody: tuple[str, ...]
) -> SpeechState:
    """Return the state behind the paragraph `number`, in which everybody spoke, and `speaker` last."""
    same = speaker == before.speaker
    inherited = form == "inherited"
    return SpeechState(
        speaker,
        form="colonlong" if inherited and before.form.startswith("colon") else form,
        open_quote=_leaves_open(context.text),
        text=context.text,
        all=everybody,
        run=before.run + 1 if same else 1,
        origin=before.origin if inherited and same else number,
    )


def floor_state(floor: SpeechState, context: Context, *, keeps: bool) -> SpeechState:
    """Return the state of who spoke last behind a paragraph in which nobody speaks.

    In a transcript the floor is kept, elsewhere it is lost some time.
    """
    if not floor.speaker or (floor.gap >= _FLOOR_LOST and not keeps):
        return SpeechState()
    text = context.text
    return replace(floor, gap=floor.gap + 1, open_quote=_leaves_open(text), text=text, all=())


def named_state(state: SpeechState, number: int, context: Context) -> SpeechState:
    """Return the state behind the paragraph `number`, in which nobody speaks: of who is named last."""
    text, opened = context.text, _leaves_open(context.text)
    for each in reversed(context.mentions):
        if each.name and each.form != "org":
            return SpeechState(each.name, 0, "named", opened, text, origin=number)
    if state.speaker and state.gap < LONG_AGO - 1:
        return SpeechState(state.speaker, state.gap + 1, state.form, opened, text, origin=state.origin)
    return SpeechState()


def _leaves_open(text: str) -> bool:
    """Tell whether a quotation is still open at the end of a text."""
    return text.rfind("“") > text.rfind("”")
