"""Sentences for people: nothing is computed without one.

Every function returns finished text in plain words, or a small frozen object with such texts.
Points are whole; a difference that rounds to nothing reads "less than 1 point".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from framework_picker.domain.answers import answer_label
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.evaluation import Evaluation, Excluded, Ranked, Relaxation
from framework_picker.domain.model import Catalog, Criterion
from framework_picker.domain.overrides import overridden, overrides
from framework_picker.domain.scoring import head_to_head
from framework_picker.domain.values import CriterionValue, ValueTable
from framework_picker.domain.workings import worth_words

SHOWN_DIFFERENCES = 3

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One criterion of a head to head; ``points`` is positive for the first of the two."""

    criterion: str
    name: str
    points: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Duel:
    """Why one framework stands ahead of another, in words.

    ``in_favor`` and ``against`` hold the largest differences; ``rest`` is the sum of those that
    are not shown, so that everything adds up to ``gap``.
    """

    summary: str
    gap: float
    in_favor: tuple[Difference, ...]
    against: tuple[Difference, ...]
    rest: float
    rest_sentence: str


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """What one criterion adds to a score, in words."""

    criterion: str
    name: str
    points: float
    sentence: str


def answer_sentence(catalog: Catalog, evaluation: Evaluation) -> str:
    """The result in one or two sentences."""
    if evaluation.status == "no-survivor":
        return _nobody_left(catalog, evaluation)
    count = len(evaluation.ranking)
    if evaluation.status == "no-preference" and count > 1:
        return (
            "You answered that nothing matters, so nothing speaks for one framework over another: "
            f"all {number(count)} share first place."
        )
    best = evaluation.ranking[0]
    is_first_visit = not has_answers(catalog, evaluation)
    opening = (
        "Before your first answer, with every question at a middle weight, "
        if is_first_visit
        else ""
    )
    if evaluation.status == "tie":
        names = [_name(catalog, slug) for slug in evaluation.joint_winners]
        return (
            f"{opening}{listing(names)} share first place with {points_of_hundred(best.score)}: "
            "they are equal."
        )
    winner = _name(catalog, best.slug)
    if count == 1:
        if evaluation.excluded:
            return f"{winner} is the only framework that meets all your must-haves."
        return f"{winner} is the only framework to choose from."
    level = [
        _name(catalog, ranked.slug)
        for ranked in evaluation.ranking[1:]
        if ranked.is_level_with_first
    ]
    if level:
        return (
            f"{opening}{winner} comes first with {points_of_hundred(best.score)}, but "
            f"{listing(level)} {_verb(level, 'is', 'are')} practically level: "
            "less than 1 point behind."
        )
    second = evaluation.ranking[1]
    gap = max(1, round(best.score) - round(second.score))  # as the list shows the two
    verb = "comes first with" if is_first_visit else "fits your answers best:"
    return (
        f"{opening}{winner} {verb} {points_of_hundred(best.score)}, "
        f"{points_text(gap)} ahead of {_name(catalog, second.slug)}."
    )


def reason_sentence(
    catalog: Catalog, *, must_have: str, question: str, answer: str, is_unknown: bool
) -> str:
    """Why a framework is out: what it lacks, and the answer that asked for it."""
    needed = catalog.must_haves[must_have]
    asked = (
        f"you answered “{answer_label(catalog, question, answer)}” "
        f"to “{catalog.questions[question].short}”"
    )
    if is_unknown:
        return (
            f"“{_capital(needed.text)}” is not verified; {asked}, "
            "and you rule out what is not verified."
        )
    return f"{_capital(needed.failure)}; {asked}."


def excluded_sentence(catalog: Catalog, excluded: Excluded) -> str:
    """Why a framework is out, with every reason."""
    reasons = " ".join(reason.sentence for reason in excluded.reasons)
    return f"{_name(catalog, excluded.slug)} is out. {reasons}"


def relaxation_sentence(catalog: Catalog, relaxation: Relaxation) -> str:
    """What to give up, and who comes back."""
    texts = [f"“{catalog.must_haves[m].text}”" for m in relaxation.must_haves]
    noun = "must-have" if len(texts) == 1 else "must-haves"
    names = [_name(catalog, slug) for slug in relaxation.returning]
    return (
        f"Without the {noun} {listing(texts, shown=len(texts))} "
        f"{listing(names, shown=2)} {_verb(names, 'comes', 'come')} back."
    )


def unverified_sentence(catalog: Catalog, ranked: Ranked) -> str:
    """Which must-haves nobody has verified for a framework; empty when there are none."""
    if not ranked.unverified:
        return ""
    texts = [f"“{catalog.must_haves[m].text}”" for m in ranked.unverified]
    noun = "this must-have" if len(texts) == 1 else "these must-haves"
    return (
        f"Check {noun} for {_name(catalog, ranked.slug)} yourself, nobody has verified it yet: "
        f"{listing(texts, shown=len(texts))}."
    )


def coverage_sentence(catalog: Catalog, ranked: Ranked) -> str:
    """How much of what matters has facts behind it."""
    name, share = _name(catalog, ranked.slug), percent_text(ranked.coverage)
    if ranked.has_thin_evidence:
        return (
            f"Thin evidence: only {share} of what matters to you has facts for {name}; "
            "the rest counts as 50 of 100."
        )
    if ranked.coverage > 1 - 1e-9:
        return f"Everything that matters to you has facts for {name}."
    return f"{share} of what matters to you has facts for {name}; the rest counts as 50 of 100."


def dominated_sentence(catalog: Catalog, ranked: Ranked) -> str:
    """Who beats a framework everywhere; empty when nobody does."""
    if not ranked.dominated_by:
        return ""
    names = [_name(catalog, slug) for slug in ranked.dominated_by]
    return (
        f"{_name(catalog, ranked.slug)} can never lead alone: {listing(names)} "
        f"{_verb(names, 'is', 'are')} at least as good on everything we judge by."
    )


def non_separating_sentence(catalog: Catalog, evaluation: Evaluation) -> str:
    """Which criteria do not separate the remaining frameworks; empty when all do."""
    names = [catalog.criteria[criterion].name for criterion in evaluation.non_separating]
    if not names:
        return ""
    verb = _verb(names, "does", "do")
    return (
        f"{listing(names, shown=len(names))} {verb} not separate the remaining frameworks: "
        "all have the same value there."
    )


def duel(catalog: Catalog, evaluation: Evaluation, first: str, second: str) -> Duel:
    """Why ``first`` scores as it does against ``second``: the three largest for and against.

    Raises:
        ScoringInputError: one of the two is not ranked.
    """
    result = head_to_head(evaluation.contributions, first, second)
    a, b = _name(catalog, first), _name(catalog, second)
    score_of = {ranked.slug: ranked.score for ranked in evaluation.ranking}

    def line(criterion: str, points: float) -> Difference:
        name = catalog.criteria[criterion].name
        values = evaluation.values[criterion]
        ahead, behind = (a, b) if points > 0 else (b, a)
        high, low = sorted((values[first], values[second]), reverse=True)
        return Difference(
            criterion=criterion,
            name=name,
            points=points,
            sentence=(
                f"{name}: {points_text(abs(points))} for {ahead}, with {whole(high)} of 100 "
                f"against {whole(low)} for {behind}."
            ),
        )

    in_favor = tuple(line(*entry) for entry in result.in_favor[:SHOWN_DIFFERENCES])
    against = tuple(line(*entry) for entry in result.against[:SHOWN_DIFFERENCES])
    shown = {difference.criterion for difference in (*in_favor, *against)}
    rest = sum(points for criterion, points in result.differences if criterion not in shown)
    if abs(result.gap) <= 1e-9:
        summary = f"{a} and {b} have the same score."
    else:
        ahead, behind = (first, second) if result.gap > 0 else (second, first)
        summary = (
            f"{_name(catalog, ahead)} is {points_text(abs(result.gap))} ahead of "
            f"{_name(catalog, behind)}: {whole(score_of[ahead])} to {whole(score_of[behind])}."
        )
    if abs(rest) <= 1e-9:
        rest_sentence = ""
    else:
        rest_sentence = f"Everything else: {points_text(abs(rest))} for {a if rest > 0 else b}."
    return Duel(summary, result.gap, in_favor, against, rest, rest_sentence)


def contribution_lines(
    catalog: Catalog, table: ValueTable, evaluation: Evaluation, slug: str
) -> tuple[ContributionLine, ...]:
    """What each criterion adds to a framework's score, the largest first.

    Raises:
        ScoringInputError: the framework is not ranked.
    """
    if slug not in evaluation.contributions.index:
        raise ScoringInputError(f"{slug} is not among the ranked alternatives")
    row = evaluation.contributions.loc[slug].to_dict()
    cells = overridden(table, evaluation.answers).cells[slug]
    weight_of = evaluation.weights.to_dict()
    lines = [
        ContributionLine(
            criterion=criterion,
            name=catalog.criteria[criterion].name,
            points=row[criterion],
            sentence=_contribution(
                catalog.criteria[criterion],
                cells[criterion],
                weight_of[criterion],
                row[criterion],
            ),
        )
        for criterion in evaluation.contributions.columns
    ]
    return tuple(sorted(lines, key=lambda line: (-line.points, line.criterion)))


def own_value_sentence(cell: CriterionValue) -> str:
    """The visitor's value, ours that it replaces, and their reason; empty for a value of ours."""
    if cell.replaces is None:
        return ""
    words = f"Your value {worth_words(cell.value)} in place of {_ours(cell.replaces)}"
    if not cell.reason:
        return f"{words}."
    return f"{words}: {cell.reason}" + ("" if cell.reason[-1] in ".!?…" else ".")


def own_values_mark(
    catalog: Catalog, table: ValueTable, answers: Mapping[str, str], slug: str
) -> str:
    """Which values of a framework are the visitor's own; empty when none is."""
    names = [
        f"{catalog.criteria[own.criterion].name} {worth_words(own.value)} "
        f"({_ours(table.cells[slug][own.criterion])})"
        for own in overrides(answers)
        if own.slug == slug
    ]
    if not names:
        return ""
    return f"With {'values' if len(names) > 1 else 'a value'} of your own: {listing(names)}."


def own_values_sentence(catalog: Catalog, answers: Mapping[str, str]) -> str:
    """How many values are the visitor's own, and for what; empty when none is."""
    own = overrides(answers)
    if not own:
        return ""
    names = [
        f"{catalog.criteria[entry.criterion].name} of {_name(catalog, entry.slug)}" for entry in own
    ]
    verb = _verb(names, "value is your own, not ours", "values are your own, not ours")
    return f"{number(len(names)).capitalize()} {verb}: {listing(names)}."


def has_answers(catalog: Catalog, evaluation: Evaluation) -> bool:
    """Whether the visitor has told us anything to judge by; a switch alone is no answer."""
    switches = {question.id for question in catalog.questions.values() if question.kind == "switch"}
    return any(name not in switches for name in evaluation.answers)


def listing(names: Sequence[str], shown: int = 3) -> str:
    """Names as people list them: ``Flask``, ``Flask and Bottle``, ``Flask, Bottle and 3 more``.

    At least two are left over before any is left out.
    """
    if not names:
        return "nobody"
    if len(names) == 1:
        return names[0]
    if len(names) <= shown + 1:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[:shown])} and {len(names) - shown} more"


def number(count: int) -> str:
    """A count in words up to twelve, in digits above."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def whole(points: float) -> str:
    """Points as a whole number."""
    return f"{round(points)}"


def points_text(points: float) -> str:
    """Points with their unit: ``12 points``, ``1 point``, ``less than 1 point``."""
    rounded = round(points)
    if rounded == 0:
        return "less than 1 point"
    return f"{rounded} point" if rounded == 1 else f"{rounded} points"


def points_of_hundred(points: float) -> str:
    """A score with its scale."""
    return f"{round(points)} of 100 points"


def percent_text(share: float) -> str:
    """A share in whole percent; never 0 or 100 when it is neither."""
    if 0 < share < 0.005:
        return "less than 1 %"
    if 0.995 <= share < 1 - 1e-9:
        return "more than 99 %"
    return f"{round(share * 100)} %"


def _contribution(criterion: Criterion, cell: CriterionValue, weight: float, points: float) -> str:
    worth = f"{whole(cell.value)} of 100" if cell.is_known else "not verified, counted as 50 of 100"
    if cell.replaces is not None:
        worth = f"your {worth_words(cell.value)} of 100 in place of {_ours(cell.replaces)}"
    if weight == 0:
        return f"{criterion.name}: {worth}, but it has no weight in your answers."
    return (
        f"{criterion.name}: {worth}, at {percent_text(weight)} of the weight, "
        f"gives {points_text(points)}."
    )


def _ours(cell: CriterionValue) -> str:
    return f"ours {worth_words(cell.value)}" if cell.is_known else "ours, not verified"


def _nobody_left(catalog: Catalog, evaluation: Evaluation) -> str:
    if not evaluation.violations:
        return "There is no framework to choose from."
    fewest = min(evaluation.violations.values())
    nearest = [
        _name(catalog, slug)
        for slug, count in sorted(evaluation.violations.items())
        if count == fewest
    ]
    if fewest == 1 and len(nearest) == 1:
        missing = "it misses one"
    elif len(nearest) == 1:
        missing = f"it misses {number(fewest)}"
    else:
        missing = f"each misses {number(fewest)}"
    return (
        f"No framework meets all your must-haves. {listing(nearest)} "
        f"{_verb(nearest, 'comes', 'come')} closest: {missing}."
    )


def _name(catalog: Catalog, slug: str) -> str:
    return catalog.alternatives[slug].name


def _verb(names: Sequence[str], one: str, many: str) -> str:
    return one if len(names) == 1 else many


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
