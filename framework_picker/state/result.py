"""What the result page shows: the verdict, its reasons, the first steps with the winner.

Nothing here is assigned except the rival that the visitor picked. All of it stays empty while
another page is on the screen: a click there must not carry the receipts of this one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from math import ceil

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.domain.answers import answer_label, answer_subject, picked_option
from framework_picker.domain.evaluation import Evaluation, Ranked
from framework_picker.domain.explain import (
    dominated_sentence,
    listing,
    non_separating_sentence,
    own_value_sentence,
    whole,
)
from framework_picker.domain.headline import Badge, headline, off_by_sentence
from framework_picker.domain.importance import tuned
from framework_picker.domain.model import Alternative, Catalog, Fact
from framework_picker.domain.outlook_rows import Outlook
from framework_picker.domain.overrides import overridden, overrides
from framework_picker.domain.receipts import sentence
from framework_picker.domain.rounding import rounded_parts
from framework_picker.domain.sampling import SAMPLES, SAMPLES_WHILE_MOVING
from framework_picker.domain.scoring import HeadToHead, head_to_head
from framework_picker.domain.sources import SourceLine, source_lines
from framework_picker.domain.staleness import stale_words
from framework_picker.domain.values import CriterionValue
from framework_picker.domain.verdict import Verdict, verdict
from framework_picker.domain.waterfall import Step, adding_up, waterfall
from framework_picker.domain.workings import PartWorking, sum_of_parts, workings, worth_words
from framework_picker.state.answers import AnswersState
from framework_picker.state.certainty import (
    AskRow,
    ChangesView,
    OtherVoices,
    ShakyRow,
    VersionsView,
    ask_rows,
    changed,
    changes_view,
    elsewhere_sentences,
    other_voices,
    shaky_rows,
    versions_view,
)
from framework_picker.state.fine_tuning import FineTuningState
from framework_picker.state.outlook import evaluation_of, outlook_of

LONGEST_SLUG = 64
NOT_SURE = "Not sure"


@dataclass(frozen=True, slots=True)
class VerdictView:
    """The answer in one sentence: ``names`` stands out, ``says`` follows, ``dek`` below.

    Where two are best, each in one sense, the sentence goes on with ``also`` and ``also_says``.
    ``badges`` say what is certain.
    """

    kind: str
    names: str
    says: str
    also: str
    also_says: str
    dek: list[str]
    badges: tuple[Badge, ...]
    shown: str
    shown_href: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answered question: what is said about it, and what separates it from the next one."""

    id: str
    words: str
    separator: str


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Questions with the same answer ("A lot: ..."), or one question with an answer of its own.

    ``is_own``: not answers to questions, but what was set past them.
    """

    label: str
    is_open: bool
    lines: list[AnswerLine]
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """What one criterion adds to the winner's score.

    ``track`` is the most it could add and ``filled`` what it adds of that, as widths. ``group``
    is the position of its group of criteria. ``own`` says which value of ours the visitor
    replaced, and why; empty for a value of ours. What stands behind the value is a ``Working``:
    it travels when its row is opened.
    """

    slug: str
    criterion: str
    name: str
    group: int
    weight: str
    weight_reason: str
    value: str
    is_known: bool
    doubt: str
    points: str
    track: str
    filled: str
    own: str


@dataclass(frozen=True, slots=True)
class Working:
    """What stands behind a value: its parts, and in ``sum`` how they make it."""

    sum: str
    parts: list[PartWorking]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One bar of the waterfall: where it begins and how wide it is, in percent of the track.

    ``link`` is where the thin line to the next bar stands, or empty for the last one.
    """

    label: str
    kind: str
    left: str
    width: str
    figure: str
    figure_left: str
    link: str


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One line of the waterfall's table: both values, and the points between them."""

    criterion: str
    name: str
    weight: str
    first: str
    second: str
    points: str


@dataclass(frozen=True, slots=True)
class RivalOption:
    """A framework that the winner can be held against."""

    slug: str
    words: str


@dataclass(frozen=True, slots=True)
class Duel:
    """Why the winner and not the rival. ``off_by``: how wrong the answers would have to be."""

    winner: str = ""
    first: str = ""
    second: str = ""
    rival: str = ""
    heading: str = ""
    summary: str = ""
    off_by: str = ""
    gap: str = ""
    steps: list[StepRow] = field(default_factory=list)
    differences: list[DifferenceRow] = field(default_factory=list)
    rivals: list[RivalOption] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StartFact:
    """A command, an address or a limit with its date and sources; empty where not known.

    ``stale`` is its age where that is past the threshold.
    """

    text: str = ""
    href: str = ""
    as_of: str = ""
    note: str = ""
    sources: tuple[SourceLine, ...] = ()
    stale: str = ""


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """How to start with the winner, as far as the catalog knows."""

    name: str = ""
    href: str = ""
    install: StartFact = field(default_factory=StartFact)
    code: StartFact = field(default_factory=StartFact)
    run: StartFact = field(default_factory=StartFact)
    documentation: StartFact = field(default_factory=StartFact)
    limits: list[StartFact] = field(default_factory=list)


class ResultState(rx.State):
    """What the result page shows."""

    rival: str = ""
    _tried: dict[str, str] = {}
    _opened: list[str] = []

    @rx.event
    async def choose_rival(self, saved: str, slug: str) -> None:
        """The visitor wants to see why the winner stands ahead of another framework.

        The browser's copy comes along: without it a session that was lost would show no result.
        """
        answers = await self.get_state(AnswersState)
        answers._restore(saved)
        if (
            isinstance(slug, str)
            and len(slug) <= LONGEST_SLUG
            and slug in get_value_table().values.index
        ):
            self.rival = slug

    @rx.event
    async def toggle_contribution(self, criterion: str, saved: str, is_open: bool) -> None:
        """The visitor opened a row of the contributions, or closed it."""
        answers = await self.get_state(AnswersState)
        answers._restore(saved)
        if isinstance(criterion, str) and criterion in get_catalog().criteria:
            others = [key for key in self._opened if key != criterion]
            self._opened = [*others, criterion] if is_open is True else others

    @rx.event
    async def try_change(self, change: str, saved: str) -> None:
        """The visitor wants to see what one of the changes offered would come to."""
        answers = await self.get_state(AnswersState)
        answers._restore(saved)
        before = dict(answers.answers)
        found = changed(get_catalog(), before, outlook_of(before), change)
        if found is not None:
            after, notice = found
            answers._change(after, at=answers.at, keep_for_undo=True)
            answers.notices = [notice]
            self._tried = after

    @rx.var
    async def verdict(self) -> VerdictView:
        """The answer in one sentence, and what to know before believing it."""
        answers = await self._answers_shown()
        return verdict_view(get_catalog(), answers, samples=await self._samples())

    @rx.var
    async def answered(self) -> list[AnswerGroup]:
        """The answers, questions of equal importance together."""
        return answer_groups(get_catalog(), await self._answers_shown())

    @rx.var
    async def contributions(self) -> list[ContributionRow]:
        """What each criterion adds to the winner's score, the largest first."""
        return contribution_rows(get_catalog(), await self._answers_shown())

    @rx.var
    async def workings(self) -> dict[str, Working]:
        """What stands behind the values whose rows are open, by criterion."""
        if not self._opened:
            return {}
        return winner_workings(get_catalog(), await self._answers_shown(), self._opened)

    @rx.var
    async def without_weight(self) -> str:
        """Which criteria the answers give no weight, in a sentence, or nothing."""
        return without_weight(get_catalog(), await self._answers_shown())

    @rx.var
    async def total(self) -> str:
        """The winner's score to one decimal: the sum of the contributions shown."""
        evaluation = evaluation_of(await self._answers_shown())
        shown = verdict(get_catalog(), evaluation).shown
        return f"{_score(evaluation, shown):.1f}" if shown else ""

    @rx.var
    async def duel(self) -> Duel:
        """The way from the rival's score to the winner's."""
        answers = await self._answers_shown()
        return duel_view(get_catalog(), answers, self.rival, samples=await self._samples())

    @rx.var
    async def versions(self) -> VersionsView:
        """100 plausible versions of the visitor, and who is first for how many of them."""
        look = await self._outlook_shown()
        return versions_view(get_catalog(), look) if look else VersionsView()

    @rx.var
    async def changes(self) -> ChangesView:
        """What would change the winner."""
        look = await self._outlook_shown()
        answers = await self._answers_shown()
        return changes_view(get_catalog(), answers, look) if look else ChangesView()

    @rx.var
    async def tried(self) -> str:
        """What the change that was tried last came to, as long as it can be undone."""
        state = await self.get_state(AnswersState)
        is_standing = state.can_undo and dict(state.answers) == dict(self._tried)
        return state.notices[0] if is_standing and state.notices else ""

    @rx.var
    async def worth_asking(self) -> list[AskRow]:
        """The open questions, the most telling on top."""
        look = await self._outlook_shown()
        return ask_rows(get_catalog(), look) if look else []

    @rx.var
    async def elsewhere(self) -> list[str]:
        """Who should choose one of the runner-ups."""
        answers = await self._answers_shown()
        if not has_result(get_catalog(), answers):
            return []
        return elsewhere_sentences(answers, samples=await self._samples())

    @rx.var
    async def shaky(self) -> list[ShakyRow]:
        """The values worth checking first."""
        look = await self._outlook_shown()
        return shaky_rows(get_catalog(), look) if look else []

    @rx.var
    async def voices(self) -> OtherVoices:
        """What other methods say."""
        look = await self._outlook_shown()
        return other_voices(look) if look else OtherVoices()

    @rx.var
    async def notes(self) -> list[str]:
        """What does not separate the frameworks, and who can never lead alone."""
        return note_lines(get_catalog(), await self._answers_shown())

    @rx.var
    async def first_steps(self) -> FirstSteps:
        """How to start with the winner."""
        return first_steps(get_catalog(), await self._answers_shown())

    async def _answers_shown(self) -> dict[str, str]:
        """The answers while this page is on the screen; none on every other page."""
        if self.router.url.path.rstrip("/") != routes.RESULT:
            return {}
        state = await self.get_state(AnswersState)
        return dict(state.answers)

    async def _outlook_shown(self) -> Outlook | None:
        """The outlook of the answers shown; none before the first answer."""
        answers = await self._answers_shown()
        if not has_result(get_catalog(), answers):
            return None
        return outlook_of(answers, samples=await self._samples())

    async def _samples(self) -> int:
        state = await self.get_state(FineTuningState)
        return SAMPLES_WHILE_MOVING if state.is_moving else SAMPLES


def has_result(catalog: Catalog, answers: Mapping[str, str]) -> bool:
    """Whether anything is answered that this page can judge."""
    return _verdict(catalog, answers).kind != "unanswered"


def verdict_view(
    catalog: Catalog, answers: Mapping[str, str], *, samples: int = SAMPLES
) -> VerdictView:
    """The verdict, ready to be shown."""
    found = _verdict(catalog, answers)
    is_answered = found.kind != "unanswered"
    look = outlook_of(answers, samples=samples) if is_answered else None
    said = headline(catalog, evaluation_of(answers), look)
    return VerdictView(
        kind=found.kind,
        names=said.names,
        says=said.says,
        also=said.also,
        also_says=said.also_says,
        dek=list(said.dek),
        badges=said.badges,
        shown=catalog.alternatives[found.shown].name if found.shown else "",
        shown_href=routes.framework(found.shown) if found.shown else "",
    )


def answer_groups(catalog: Catalog, answers: Mapping[str, str]) -> list[AnswerGroup]:
    """What was answered: choices first, then wishes from the strongest down, then what is open."""
    evaluation = evaluation_of(answers)
    if _verdict(catalog, answers).kind == "unanswered":
        return []
    wishes: dict[str, list[tuple[str, str]]] = {}
    choices: list[tuple[str, list[tuple[str, str]]]] = []
    own: list[tuple[str, str]] = []
    for question_id, value in evaluation.answers.items():
        question = catalog.questions.get(question_id)
        if question is None:
            subject = answer_subject(catalog, question_id)
            own.append((question_id, f"{subject}: {answer_label(catalog, question_id, value)}"))
            continue
        if question.kind != "importance":
            words = answer_label(catalog, question_id, value)
            choices.append((question.short, [(question_id, words)]))
            continue
        option = picked_option(question, value)
        label = option.label if option else NOT_SURE
        doubt = " (not sure)" if option and option.id != value else ""
        wishes.setdefault(label, []).append((question_id, question.short + doubt))
    points = {level.label: level.points for level in catalog.levels.values()}
    strongest = max(points.values())
    ranked = sorted(
        wishes.items(),
        # A must-have comes before every wish, "not sure" after all of them.
        key=lambda item: -points.get(item[0], -1 if item[0] == NOT_SURE else strongest + 1),
    )
    groups = [*choices, *ranked]
    still_open = [(key, catalog.questions[key].short) for key in evaluation.open_questions]
    return [
        *(AnswerGroup(label, False, _answer_lines(entries)) for label, entries in groups),
        *([AnswerGroup("Set directly", False, _answer_lines(own), is_own=True)] if own else []),
        *([AnswerGroup("Not answered", True, _answer_lines(still_open))] if still_open else []),
    ]


def _answer_lines(entries: list[tuple[str, str]]) -> list[AnswerLine]:
    return [
        AnswerLine(key, words, ", " if place + 1 < len(entries) else "")
        for place, (key, words) in enumerate(entries)
    ]


def contribution_rows(catalog: Catalog, answers: Mapping[str, str]) -> list[ContributionRow]:
    """Weight, value, points and working of each criterion; the points shown sum to the total."""
    evaluation = evaluation_of(answers)
    slug = _verdict(catalog, answers).shown
    if not slug:
        return []
    weight = {str(c): float(w) for c, w in evaluation.weights.items()}
    points = dict(_ranked(evaluation, slug).contributions)
    counted = [criterion for criterion in points if weight[criterion] > 0]
    order = sorted(counted, key=lambda key: (-points[key], -weight[key], key))
    figures, _ = rounded_parts([points[criterion] for criterion in order], decimals=1)
    heaviest = max(weight.values())
    groups = list(catalog.groups)
    cells = overridden(get_value_table(), evaluation.answers).cells[slug]
    direct = tuned(catalog, evaluation.answers)
    rows = []
    for criterion, figure in zip(order, figures, strict=True):
        cell = cells[criterion]
        rows.append(
            ContributionRow(
                slug=slug,
                criterion=criterion,
                name=catalog.criteria[criterion].name,
                group=groups.index(catalog.criteria[criterion].group),
                weight=_percent(weight[criterion]),
                weight_reason=_weight_reason(evaluation, criterion, criterion in direct),
                value=worth_words(cell.value),
                is_known=cell.is_known,
                doubt=_doubt(cell),
                points=figure,
                track=f"{100 * weight[criterion] / heaviest:.2f}%",
                filled=f"{cell.value:.2f}%",
                own=own_value_sentence(cell),
            )
        )
    return rows


def winner_workings(
    catalog: Catalog, answers: Mapping[str, str], criteria: Collection[str]
) -> dict[str, Working]:
    """What stands behind the winner's values on these criteria; nothing without a winner."""
    slug = _verdict(catalog, answers).shown if criteria else ""
    if not slug:
        return {}
    cells = overridden(get_value_table(), evaluation_of(answers).answers).cells[slug]
    return {
        # It is about our value, also where the visitor has another one.
        key: Working(sum_of_parts(cell.replaces or cell), list(workings(cell, slug)))
        for key, cell in cells.items()
        if key in criteria
    }


def without_weight(catalog: Catalog, answers: Mapping[str, str]) -> str:
    """The criteria that add nothing because no answer gives them weight, in a sentence."""
    evaluation = evaluation_of(answers)
    names = [
        criterion.name
        for criterion in catalog.criteria.values()
        if evaluation.weights.get(criterion.id) == 0
    ]
    if not names or not _verdict(catalog, answers).shown:
        return ""
    return f"Not counted, because your answers give it no weight: {listing(names, shown=20)}."


def duel_view(
    catalog: Catalog, answers: Mapping[str, str], rival: str, *, samples: int = SAMPLES
) -> Duel:
    """The waterfall from the rival to the winner; empty when there is nobody to compare.

    Without a rival, or with one that is out or the winner itself, it is the one that the smallest
    common error in all importances puts level: often not the runner-up.
    """
    evaluation = evaluation_of(answers)
    found = _verdict(catalog, answers)
    others = [ranked for ranked in evaluation.ranking if ranked.slug != found.shown]
    if not found.shown or not others:
        return Duel()
    nearest = outlook_of(answers, samples=samples).nearest_rival or found.against
    against = rival if rival in {ranked.slug for ranked in others} else nearest
    result = head_to_head(evaluation.contributions, found.shown, against)
    names = {slug: catalog.alternatives[slug].name for slug in (found.shown, against)}
    scores = {slug: _score(evaluation, slug) for slug in names}
    steps = waterfall(
        result,
        scores=scores,
        names=names,
        criterion_names=_marked_names(catalog, evaluation, tuple(names)),
    )
    first, second = names[found.shown], names[against]
    return Duel(
        winner=found.shown,
        first=first,
        second=second,
        rival=against,
        heading=_duel_heading(first, second, result),
        summary=_duel_summary(first, second, result, scores),
        off_by=off_by_sentence(catalog, result, is_nearest=against == nearest),
        gap=_signed(round(scores[found.shown], 1) - round(scores[against], 1)),
        steps=_step_rows(steps),
        differences=_difference_rows(catalog, evaluation, result, scores),
        rivals=[
            RivalOption(
                ranked.slug,
                f"{ranked.rank}. {catalog.alternatives[ranked.slug].name}, {whole(ranked.score)}",
            )
            for ranked in others
        ],
    )


def note_lines(catalog: Catalog, answers: Mapping[str, str]) -> list[str]:
    """Sentences about what does not separate, and about who can never lead alone."""
    evaluation = evaluation_of(answers)
    if not _verdict(catalog, answers).shown:
        return []
    return [
        sentence
        for sentence in (
            non_separating_sentence(catalog, evaluation),
            *(dominated_sentence(catalog, ranked) for ranked in evaluation.ranking),
        )
        if sentence
    ]


def first_steps(catalog: Catalog, answers: Mapping[str, str]) -> FirstSteps:
    """What the catalog knows about starting with the winner; nothing where several share first."""
    found = _verdict(catalog, answers)
    slug = found.shown
    if not slug or found.kind == "tie":
        return FirstSteps()
    alternative = catalog.alternatives[slug]
    return FirstSteps(
        name=alternative.name,
        href=routes.framework(slug),
        install=_start_fact(alternative.facts.get("install_command")),
        code=_start_fact(alternative.facts.get("hello_world_code")),
        run=_start_fact(alternative.facts.get("run_command")),
        documentation=_documentation(alternative),
        limits=[_start_fact(limit) for limit in alternative.limits],
    )


def _verdict(catalog: Catalog, answers: Mapping[str, str]) -> Verdict:
    return verdict(catalog, evaluation_of(answers))


def _ranked(evaluation: Evaluation, slug: str) -> Ranked:
    return next(ranked for ranked in evaluation.ranking if ranked.slug == slug)


def _score(evaluation: Evaluation, slug: str) -> float:
    return _ranked(evaluation, slug).score


def _doubt(cell: CriterionValue) -> str:
    """How far to trust a value, in a sentence."""
    if cell.replaces is not None:
        return "It counts as certain; no evidence of ours stands behind it."
    if not cell.is_known:
        return "Not verified: the value may be anything from 0 to 100."
    return (
        f"Evidence grade {cell.grade}: the value may be off by {whole(cell.half_width)} either way."
    )


def _weight_reason(evaluation: Evaluation, criterion: str, is_direct: bool) -> str:
    own = float(evaluation.swing_points[criterion])
    total = float(evaluation.swing_points.sum())
    share = _percent(float(evaluation.weights[criterion]))
    origin = ", set by you directly" if is_direct else ""
    return f"Weight: {own:.3g} of {total:.3g} swing points = {share}{origin}."


def _marked_names(
    catalog: Catalog, evaluation: Evaluation, slugs: tuple[str, ...]
) -> dict[str, str]:
    """The names of the criteria; those with a value of the visitor's own say so."""
    own = {entry.criterion for entry in overrides(evaluation.answers) if entry.slug in slugs}
    return {
        key: f"{criterion.name} (your value)" if key in own else criterion.name
        for key, criterion in catalog.criteria.items()
    }


def _duel_heading(first: str, second: str, result: HeadToHead) -> str:
    if abs(result.gap) < 1e-9:
        return f"Where {first} and {second} differ"
    return f"Why {first} and not {second}"


def _duel_summary(first: str, second: str, result: HeadToHead, scores: Mapping[str, float]) -> str:
    ends = [round(scores[slug], 1) for slug in (result.second, result.first)]
    if abs(result.gap) < 1e-9:
        return f"Both have {ends[0]:.1f} points; their differences cancel out."
    # The difference of the figures shown, so that nobody computes another one.
    gap = abs(ends[1] - ends[0])
    return (
        f"From {second}’s {ends[0]:.1f} points to {first}’s {ends[1]:.1f}, criterion by criterion: "
        f"{gap:.1f} {'ahead' if result.gap > 0 else 'behind'}."
    )


def _step_rows(steps: tuple[Step, ...]) -> list[StepRow]:
    # The scale begins at zero and ends at the next ten above the largest bar.
    widest = max(10.0, 10.0 * ceil(max(step.high for step in steps) / 10 - 1e-9))
    rows = []
    for place, step in enumerate(steps):
        ends_at = step.low if step.kind == "against" else step.high
        is_last = place == len(steps) - 1
        is_end = step.kind in ("start", "end")
        rows.append(
            StepRow(
                label=step.label,
                kind=step.kind,
                left=_share(step.low, widest),
                width=_share(step.high - step.low, widest),
                figure=f"{step.points:.1f}" if is_end else _signed(step.points),
                figure_left=_share(step.high, widest),
                link="" if is_last else _share(ends_at, widest),
            )
        )
    return rows


def _difference_rows(
    catalog: Catalog, evaluation: Evaluation, result: HeadToHead, scores: Mapping[str, float]
) -> list[DifferenceRow]:
    gap = round(scores[result.first], 1) - round(scores[result.second], 1)
    shown = adding_up([points for _, points in result.differences], gap)
    value = evaluation.values.to_dict("index")
    own = {(entry.slug, entry.criterion) for entry in overrides(evaluation.answers)}

    def worth(slug: str, criterion: str) -> str:
        mark = " (yours)" if (slug, criterion) in own else ""
        return worth_words(value[slug][criterion]) + mark

    return [
        DifferenceRow(
            criterion=criterion,
            name=catalog.criteria[criterion].name,
            weight=_percent(float(evaluation.weights[criterion])),
            first=worth(result.first, criterion),
            second=worth(result.second, criterion),
            points=_signed(points),
        )
        for (criterion, _), points in zip(result.differences, shown, strict=True)
    ]


def _start_fact(fact: Fact | None) -> StartFact:
    if fact is None:
        return StartFact()
    return StartFact(
        text=str(fact.value).strip("\n"),
        as_of=fact.as_of.isoformat(),
        note=sentence(fact.note),
        sources=source_lines(fact.source),
        stale=stale_words(fact.stale_days),
    )


def _documentation(alternative: Alternative) -> StartFact:
    """The manual's address, linked only when it is one."""
    found = _start_fact(alternative.facts.get("documentation_url"))
    is_address = found.text.startswith("https://")
    return replace(
        found,
        text=found.text.removeprefix("https://").rstrip("/"),
        href=found.text if is_address else "",
    )


def _signed(points: float) -> str:
    rounded = round(points, 1)
    if rounded == 0:
        return "0.0"
    return f"+{rounded:.1f}" if rounded > 0 else f"−{-rounded:.1f}"


def _share(points: float, widest: float) -> str:
    return f"{100 * points / widest:.2f}%"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
