"""Read the paragraphs of a page in order, and decide by learned weights who speaks in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.extraction.patterns import CARRIES_ON, ITEM_OR_DECISION, POSITION, STAGE_DIRECTION
from indexer.extraction.speakers.attribution import SURE, Attribution, best_attributions
from indexer.extraction.speakers.context import Context, context_of
from indexer.extraction.speakers.continuation_features import continuation_features
from indexer.extraction.speakers.deliveries import deliveries
from indexer.extraction.speakers.mention_features import mention_features, opens_turn
from indexer.extraction.speakers.mentions import Mention, mentions_in
from indexer.extraction.speakers.model import Model
from indexer.extraction.speakers.page_text import TRANSCRIPT, PageParagraph, PageText
from indexer.extraction.speakers.participation import Participation
from indexer.extraction.speakers.speech_state import (
    LONG_AGO,
    SpeechState,
    floor_state,
    named_state,
    spoken_state,
)
from indexer.extraction.speakers.sure_patterns import (
    bodies_in,
    is_said_by_meeting,
    meetings_in,
    offices_in,
    sure_positions,
)
from indexer.models import SPEAKING_KINDS

__all__ = ["Listener"]

_Scored = tuple[Mention, float]

_COUNTED = 0.9  # the score of a paragraph that counts on (其次, 二是)
_QUOTED = 0.8  # from which score on somebody is quoted by who delivers a report
_LIKELY = 0.35  # from which score on a pronoun stands for somebody
_TOGETHER = 5  # names that may speak together; of a longer list nobody does unless most seem to
_TURN = re.compile(r"\s*[^:,。“”\s]{1,14}:")
_NAMES_BACK = 20  # names of earlier paragraphs that are kept in mind
_AHEAD = 4  # paragraphs that are looked into
_SPOKEN_TO = re.compile(
    rf"(?:[向跟]|(?<![针面相反应])对(?![此于比方手外内]))(?:[^,。;:!?“”、的]{{0,8}}(?:{POSITION}|同志|委员|代表))?$"
)
_SILENT_REACH = 30  # characters before a name that may show that its bearer does not speak
_SILENT = re.compile(rf"(?:(?:记者|通讯员)\s*|(?:^|[,。;:!?“”])[对向][^,。;:!?“”]*{POSITION})$")


class Listener:
    """Reads the paragraphs of one page in order.

    To learn from, the `quiet` mentions count, too: those with no sign of speech near. What learns overrides
    `speaking`, `going_on` and `passed_on`, which tell it where on the page it is.
    """

    quiet = False

    def __init__(self, page: PageText, model: Model, participation: Participation) -> None:
        """Begin a page on which nobody has spoken."""
        self._page = page
        self._participation = participation
        self._model = model
        self._state = self._floor = SpeechState()
        self._before: list[str] = []
        self._headed = False
        self._article = -1
        self._delivered = deliveries(page)

    def listen(self) -> list[list[Attribution]]:
        """List who speaks in each paragraph of the page."""
        return [self._listen(number, paragraph) for number, paragraph in enumerate(self._page.paragraphs)]

    def speaking(self, number: int, mention: Mention, features: list[str] | None) -> float:  # noqa: ARG002
        """Score a mention in the paragraph `number`; 0 where no sign of speech is near."""
        return self._model.speaking.score(features) if features else 0.0

    def going_on(self, number: int, who: str, features: list[str]) -> float:  # noqa: ARG002
        """Score whether who spoke last goes on in the paragraph `number`."""
        return self._model.going_on.score(features)

    def passed_on(
        self,
        number: int,  # noqa: ARG002
        context: Context,
        found: Sequence[Attribution],
    ) -> tuple[str | None, str, tuple[str, ...]]:
        """Return who spoke last in a paragraph (or None), in which form, and everybody who spoke in it."""
        if not found:
            return None, "", ()
        last = max(found, key=lambda each: each.start)
        form = (
            "inherited"
            if last.how == "inherited"
            else "colon"
            if last.opens_turn(context.text)
            else "explicit"
        )
        return last.name, form, tuple(each.name for each in found[:_NAMES_BACK])

    def _listen(self, number: int, paragraph: PageParagraph) -> list[Attribution]:
        if paragraph.article != self._article:
            self._state = self._floor = SpeechState()
            self._article = paragraph.article
        if paragraph.kind not in SPEAKING_KINDS and not self._is_turn(paragraph):
            self._headed = True
            return []
        context = context_of(paragraph.normalised, paragraph.kind, self._page.transcript)
        meetings = meetings_in(context.text)
        found = self._said(number, paragraph, context, meetings)
        if paragraph.article in self._delivered:
            return self._deliver(number, context.text, found) + meetings
        heard = self._on_the_floor(context, found) if self._page.transcript > TRANSCRIPT else None
        if heard is not None:
            found = heard
        elif not meetings:
            found += self._carried(number, context, found)
        self._remember(context)
        if meetings and not found:
            self._state = self._floor = SpeechState()
        else:
            self._state, self._floor = self._next(number, context, found)
        self._headed = False
        return found + meetings

    def _is_turn(self, paragraph: PageParagraph) -> bool:
        """Tell whether a heading of a transcript says whose turn it is."""
        may_be = self._page.transcript > TRANSCRIPT and paragraph.kind == "section"
        return may_be and _TURN.match(paragraph.normalised) is not None

    def _on_the_floor(self, context: Context, found: list[Attribution]) -> list[Attribution] | None:
        """Return who takes the floor of a transcript or still has it, None where nobody does.

        Nobody else speaks, whoever is named.
        """
        text = context.text
        turns = [each for each in found if each.opens_turn(text)]
        unknown = _TURN.match(text)
        if not (turns or unknown or self._in_turns(self._floor)):
            return None
        if ITEM_OR_DECISION.match(text):  # what follows is printed, and whoever had the floor has lost it
            self._state = self._floor = SpeechState()
            return found
        if turns or STAGE_DIRECTION.match(text):
            return turns[:1]
        if unknown:
            return [each for each in found if 0 <= each.start < unknown.end()]
        floor = self._floor
        return [Attribution(floor.speaker or "", "inherited", SURE, floor.origin)]

    def _remember(self, context: Context) -> None:
        """Keep in mind whom the paragraph names."""
        people = (each.name for each in context.mentions[-_NAMES_BACK:] if each.form != "org")
        self._before = [*self._before[-_NAMES_BACK:], *filter(None, people)]

    def _said(
        self, number: int, paragraph: PageParagraph, context: Context, meetings: Sequence[Attribution]
    ) -> list[Attribution]:
        """List the people and bodies that the paragraph itself shows to speak."""
        text, positions = context.text, paragraph.name_positions
        sure = sure_positions(text) if positions or "本院" in text else b""
        if not (self.quiet or context.cues or context.quoted or ":" in text or any(sure)):
            context.place([Mention(each.start, each.end, each.name, "full") for each in positions])
            return []
        chair = self._participation.chair_at(number)
        context.place(mentions_in(paragraph, self._page.people, self._before, chair, context.cues))
        scores = self._joint_scores(number, context, sure)
        heard = [each for each in scores if not is_said_by_meeting(meetings, each[0], text)]
        found = best_attributions(context, heard, self._model.thresholds)
        return [*bodies_in(text), *offices_in(text, found), *found]

    def _deliver(self, number: int, text: str, found: list[Attribution]) -> list[Attribution]:
        """Return who is surely quoted in a delivered document, else who delivers it, below the head."""
        who, head = self._delivered[self._article]
        if number <= head:
            return found
        others = (each for each in found if each.score >= _QUOTED and each.name != who)
        quoted = [each for each in others if each.how == "quoted" or "“" in text[each.end : each.end + 2]]
        return quoted or [Attribution(who, "delivered", SURE, head)]

    def _joint_scores(self, number: int, context: Context, sure: Sequence[int]) -> list[_Scored]:
        """Score the mentions of a paragraph; those joined with others share one score."""
        chains: list[list[_Scored]] = []
        for mention, score in self._scores(number, context, sure):
            if chains and context.joins(chains[-1][-1][0], mention):
                chains[-1].append((mention, score))
            else:
                chains.append([(mention, score)])
        return [scored for chain in chains for scored in _with_joint_score(chain)]

    def _scores(self, number: int, context: Context, sure: Sequence[int]) -> list[_Scored]:
        """Score each mention of a paragraph, and resolve its pronouns."""
        scored: list[_Scored] = []
        antecedent = self._state.speaker or next(iter(self._before[-1:]), "")
        spoke, best = "", -1.0
        for index, mention in enumerate(context.mentions):
            person = _resolved(mention, spoke or antecedent)
            context.mentions[index] = person
            if not person.name or self._is_silent(context.text, person):
                continue
            features = mention_features(context, index, self._page.people, self._state, quiet=self.quiet)
            score = self.speaking(number, person, features)
            if (person.form in ("full", "split") and sure and sure[person.start]) or self._has_turn(
                context.text, person
            ):
                score = SURE
            scored.append((person, score))
            if person.form != "org" and score >= _LIKELY:
                spoke = person.name
            if person.form not in ("org", "pronoun") and score > best:
                antecedent, best = person.name, score
        return scored

    def _carried(self, number: int, context: Context, found: Sequence[Attribution]) -> list[Attribution]:
        """Return whoever spoke last, or was named last, where the speech goes on."""
        if ITEM_OR_DECISION.match(context.text):
            return []
        carried: list[Attribution] = []
        for state in self._unfinished():
            if any(each.name == state.speaker for each in found):
                continue
            score = self._carries(number, context, state, len(found))
            if score >= max((self._model.thresholds.go_on, *(each.score for each in carried))):
                carried = [Attribution(state.speaker or "", "inherited", score, state.origin)]
        return carried

    def _unfinished(self) -> Iterator[SpeechState]:
        """Yield the speeches that may go on: of who was named last, and of who spoke last."""
        if self._state.speaker and self._state.gap < LONG_AGO:
            yield self._state
        if self._floor.speaker and self._floor.speaker != self._state.speaker:
            yield self._floor

    def _carries(self, number: int, context: Context, state: SpeechState, speaking: int) -> float:
        """Score whether a speech goes on in a paragraph in which `speaking` others speak."""
        ahead = self._ahead(number, state.speaker)
        features = continuation_features(
            context, state, speaking, headed=self._headed, ahead=ahead, lined=self._page.lined
        )
        score = self.going_on(number, state.speaker or "", features)
        directly = state.gap == 0 and state.form != "named" and not self._headed and not speaking
        return max(score, _COUNTED) if directly and CARRIES_ON.match(context.text) else score

    def _ahead(self, number: int, speaker: str | None) -> str:
        """Tell whom the next paragraphs name first: the one who spoke last, another, or nobody."""
        for paragraph in self._page.paragraphs[number + 1 : number + 1 + _AHEAD]:
            speaks = paragraph.kind in SPEAKING_KINDS
            if speaks and paragraph.name_positions:
                return "same" if paragraph.name_positions[0].name == speaker else "other"
            if not speaks and paragraph.kind != "section":
                break
        return "none"

    def _next(
        self, number: int, context: Context, found: Sequence[Attribution]
    ) -> tuple[SpeechState, SpeechState]:
        """Return what the next paragraph has to know: who was named or spoke last, and who spoke last."""
        last, form, everybody = self.passed_on(number, context, found)
        if last:
            before = self._state if last == self._state.speaker else self._floor
            spoken = spoken_state(before, number, context, last, form, everybody)
            return spoken, spoken
        keeps = self._in_turns(self._floor)
        return named_state(self._state, number, context), floor_state(self._floor, context, keeps=keeps)

    def _in_turns(self, state: SpeechState) -> bool:
        """Tell whether somebody has the floor of a transcript, until the next turn."""
        return self._page.transcript > TRANSCRIPT and state.form.startswith("colon")

    def _has_turn(self, text: str, mention: Mention) -> bool:
        """Tell whether a paragraph opens with somebody's turn: 刘委员某某:, and 主席: in a transcript."""
        if mention.form not in ("full", "split", "office") or not opens_turn(text, mention):
            return False
        return mention.form == "split" or self._page.transcript > TRANSCRIPT

    def _is_silent(self, text: str, mention: Mention) -> bool:
        """Tell whether somebody is named as a reporter, or as one spoken to: 对某某院长提出."""
        before = text[max(0, mention.start - _SILENT_REACH) : mention.start]
        if _SILENT.search(before) or _SPOKEN_TO.search(before):
            return True
        return mention.form == "full" and mention.name in self._page.reporters


def _resolved(mention: Mention, antecedent: str) -> Mention:
    """Give a pronoun the name that it stands for."""
    if mention.form != "pronoun":
        return mention
    return Mention(mention.start, mention.end, antecedent, "pronoun")


def _with_joint_score(chain: list[_Scored]) -> list[_Scored]:
    """Give those who are named together the score of the best; in a long list, the mean."""
    scores = [score for _, score in chain]
    joint = max(scores) if len(chain) <= _TOGETHER else sum(scores) / len(chain)
    return [(mention, joint) for mention, _ in chain]
