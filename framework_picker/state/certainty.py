"""How sure the result is and what would change it, as rows for the result page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.domain.answers import answer_label, answer_subject, with_answer
from framework_picker.domain.elsewhere import elsewhere
from framework_picker.domain.explain import listing
from framework_picker.domain.model import Catalog
from framework_picker.domain.outlook_rows import Flip, Outlook, StableInterval, Standing
from framework_picker.domain.outlook_words import agreement_sentence, shaky_sentence
from framework_picker.domain.robustness import percent_words
from framework_picker.domain.sampling import SAMPLES
from framework_picker.state.outlook import evaluation_of, get_engine

DOTS = 100
LEADERS = 4
OTHERS = LEADERS
"""The colour of all who are not among the leaders; the leaders have 0, 1, 2, 3."""

MOST_IN_TABLE = 8
PLACES_SHOWN = 5
SMALLEST_CHANGES = 3
FEWEST_RANGES = 5
"""Where fewer questions can change the first place, some that cannot are drawn, too."""

MOST_SHAKY = 6
# The darkest cell of the heat strip: its figure must still be readable on it. Below, the shade
# falls more slowly than the share, or small shares would all look alike.
DARKEST_PERCENT = 60
SHADE_POWER = 0.6


@dataclass(frozen=True, slots=True)
class DotGroup:
    """A framework and how many of the dots are its own; ``colour`` is 4 for all others."""

    name: str
    count: str
    colour: int


@dataclass(frozen=True, slots=True)
class ShareCell:
    """How often somebody stands on one place, in words, and how dark that is drawn."""

    text: str
    shade: str


@dataclass(frozen=True, slots=True)
class PlacesRow:
    """How often a framework stands on each place."""

    name: str
    cells: list[ShareCell]


@dataclass(frozen=True, slots=True)
class VersionsView:
    """100 plausible versions of the visitor. ``dots`` holds the colour of each."""

    dots: list[int] = field(default_factory=list)
    groups: list[DotGroup] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    rows: list[PlacesRow] = field(default_factory=list)
    label: str = ""


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One question: from where to where its importance may move while the leader stays first.

    ``left`` and ``width`` draw the range, ``dot`` the answer that stands; ``is_open``: there is
    none. ``ends`` says in a few words who takes over where, ``below`` and ``above`` one end each.
    """

    question: str
    name: str
    now: str
    is_open: bool
    dot: str
    left: str
    width: str
    ends: str
    below: str
    above: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of one or two answers after which somebody else leads; ``key`` applies it."""

    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What would change the winner.

    ``unmoved`` names further questions of which no level, alone, changes anything. ``firm``
    says what it takes where no change of two answers suffices.
    """

    leader: str = ""
    intervals: list[IntervalRow] = field(default_factory=list)
    unmoved: str = ""
    smallest: list[ChangeRow] = field(default_factory=list)
    more: list[ChangeRow] = field(default_factory=list)
    firm: str = ""


@dataclass(frozen=True, slots=True)
class AskRow:
    """An open question: what it tells about the first place, and what that is worth.

    ``width`` is what it tells beside the most telling one.
    """

    question: str
    name: str
    width: str
    bits: str
    points: str


@dataclass(frozen=True, slots=True)
class ShakyRow:
    """A value to check, in a sentence, and where its facts stand."""

    sentence: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class OtherVoices:
    """What other methods say: how many agree, and one sentence each."""

    agreement: str = ""
    sentences: list[str] = field(default_factory=list)


def versions_view(catalog: Catalog, look: Outlook) -> VersionsView:
    """100 dots for the leaders, and how often each framework stands on each place."""
    standings = list(look.standings.values())
    if len(standings) < 2:
        return VersionsView()
    groups = dot_groups(catalog, look)
    places = min(PLACES_SHOWN, len(standings))
    rest = len(standings) - places
    return VersionsView(
        dots=[group.colour for group, count in groups for _ in range(count)],
        groups=[group for group, _ in groups],
        places=[
            *(str(place) for place in range(1, places + 1)),
            *([f"{places + 1}+" if rest > 1 else str(places + 1)] if rest else []),
        ],
        rows=[
            PlacesRow(
                catalog.alternatives[standing.slug].name,
                [_share_cell(share) for share in _by_place(standing, places)],
            )
            for standing in standings[:MOST_IN_TABLE]
        ],
        label=", ".join(f"{group.count} {group.name}" for group, _ in groups),
    )


def dot_groups(catalog: Catalog, look: Outlook) -> list[tuple[DotGroup, int]]:
    """Who has how many of 100 dots: at most four by name, most often first, then all others.

    Each named count is its share rounded, as the same share is said elsewhere; what is missing or
    too much goes to the others. Where those cannot take it, it goes to the one that rounding
    wronged most, to the leader last.
    """
    standings = list(look.standings.values())
    named = [standing for standing in standings[:LEADERS] if standing.first_share >= 0.01]
    shares = [standing.first_share for standing in named]
    names = [catalog.alternatives[standing.slug].name for standing in named]
    counts = [round(share * DOTS) for share in shares]
    unnamed = standings[len(named) :]
    rest = 1.0 - sum(shares)
    if unnamed and rest > 1e-9:
        shares.append(rest)
        counts.append(max(0, DOTS - sum(counts)))
        only = catalog.alternatives[unnamed[0].slug].name if len(unnamed) == 1 else ""
        names.append(only or ("other" if counts[-1] == 1 else "others"))
    followers = [place for place, entry in enumerate(named) if entry.slug != look.leader] or [0]
    while missing := DOTS - sum(counts):
        step = 1 if missing > 0 else -1
        wronged = max(followers, key=lambda place: step * (shares[place] * DOTS - counts[place]))
        counts[wronged] += step
    return [
        (
            DotGroup(name, _count_words(share, count), place if place < len(named) else OTHERS),
            count,
        )
        for place, (name, share, count) in enumerate(zip(names, shares, counts, strict=True))
        if share > 0
    ]


def _count_words(share: float, count: int) -> str:
    """A count of dots in words; never none or all of them where samples run out."""
    if count == 0:
        return "fewer than 1"
    return "more than 99" if share > 0.99 else str(count)


def _by_place(standing: Standing, places: int) -> list[float]:
    shares = standing.rank_shares
    rest = [sum(shares[places:])] if len(shares) > places else []
    return [*shares[:places], *rest]


def _share_cell(share: float) -> ShareCell:
    text = "–" if share == 0 else percent_words(share)
    return ShareCell(text, f"{DARKEST_PERCENT * share**SHADE_POWER:.0f}%")


def changes_view(catalog: Catalog, answers: Mapping[str, str], look: Outlook) -> ChangesView:
    """How far each importance may move, and the smallest changes of answers."""
    if not look.leader:
        return ChangesView()
    has_rivals = len(look.standings) > 1
    shown: list[StableInterval] = []
    still: list[StableInterval] = []
    for entry in look.intervals if has_rivals else ():
        moves = entry.distance is not None or len(shown) < FEWEST_RANGES
        (shown if moves else still).append(entry)
    subjects = [answer_subject(catalog, entry.question) for entry in still]
    unmoved = ""
    if subjects:
        unmoved = f"No level of these alone changes it: {listing(subjects, len(subjects))}."
    listed = [ChangeRow(change_key(flip), flip.sentence) for flip in all_changes(look)]
    return ChangesView(
        leader=catalog.alternatives[look.leader].name,
        intervals=[_interval_row(catalog, answers, entry) for entry in shown],
        unmoved=unmoved,
        smallest=listed[:SMALLEST_CHANGES],
        more=listed[SMALLEST_CHANGES:],
        firm=look.no_flip_sentence,
    )


def all_changes(look: Outlook) -> list[Flip]:
    """Every change that is offered: the smallest on top, then must-haves not among them."""
    offered = {change_key(flip): flip for flip in (*look.flips, *look.must_have_flips)}
    return list(offered.values())


def change_key(flip: Flip) -> str:
    """What a button sends to apply a change: its answers as a query."""
    return routes.answer_query(flip.answers)


def changed(
    catalog: Catalog, answers: Mapping[str, str], look: Outlook, key: object
) -> tuple[dict[str, str], str] | None:
    """The answers after a change that is offered now, and what came of it; None when it is not."""
    flip = next((flip for flip in all_changes(look) if change_key(flip) == key), None)
    if flip is None:
        return None
    after = dict(answers)
    for question, option in flip.answers.items():
        after = with_answer(catalog, after, question, option)
    before = f" Before, {catalog.alternatives[look.leader].name} did." if look.leader else ""
    return after, f"{flip.sentence}{before}"


def _interval_row(
    catalog: Catalog, answers: Mapping[str, str], interval: StableInterval
) -> IntervalRow:
    last = len(catalog.levels) - 1
    low = interval.low_steps if interval.below else 0.0
    high = last if interval.high_steps is None else min(interval.high_steps, last)
    below = _end(catalog, interval.below, "below", interval.low, is_upper=False)
    above = ""
    if interval.high is not None and interval.high_steps is not None:
        above = _end(catalog, interval.above, "above", interval.high, is_upper=True)
    label = answer_label(catalog, interval.question, answers.get(interval.question, ""))
    return IntervalRow(
        question=interval.question,
        name=answer_subject(catalog, interval.question),
        now=label,
        is_open=interval.question not in answers,
        dot=_percent(interval.steps / last),
        left=_percent(low / last),
        width=_percent((high - low) / last),
        ends="; ".join(end for end in (below, above) if end) or "no level changes it",
        below=below,
        above=above,
    )


def _end(
    catalog: Catalog, slugs: Sequence[str], side: str, points: float, *, is_upper: bool
) -> str:
    """Who takes over beyond which level: ``above “somewhat”: Django``.

    The level named is the last one at which the leader stays first; where the end falls on a
    level, that level itself, since only there somebody draws level.
    """
    if not slugs:
        return ""
    names = listing([catalog.alternatives[slug].name for slug in slugs])
    levels = sorted(catalog.levels.values(), key=lambda level: level.points)
    inside = [
        level
        for level in levels
        if (level.points <= points if is_upper else level.points >= points)
    ]
    if not inside:
        return ""
    level = inside[-1] if is_upper else inside[0]
    return f"{side} “{level.label[:1].lower()}{level.label[1:]}”: {names}"


def ask_rows(catalog: Catalog, look: Outlook) -> list[AskRow]:
    """The open questions, the most telling on top; none where nothing can be told."""
    if not look.is_available:
        return []
    most = max((question.gain_bits for question in look.next_questions), default=0.0)
    return [
        AskRow(
            question=question.question,
            name=catalog.questions[question.question].short,
            width=_percent(question.gain_bits / most if most > 0 else 0.0),
            bits=f"{question.gain_bits:.2f}",
            points=_points(question.worth_points),
        )
        for question in look.next_questions
    ]


def elsewhere_sentences(answers: Mapping[str, str], *, samples: int = SAMPLES) -> list[str]:
    """Who should choose one of the runner-ups, one sentence each."""
    return list(_elsewhere(tuple(sorted(answers.items())), samples))


# Half as long as an outlook to compute, and read on this page only; an entry is a kilobyte.
@lru_cache(maxsize=256)
def _elsewhere(answers: tuple[tuple[str, str], ...], samples: int) -> tuple[str, ...]:
    found = elsewhere(get_catalog(), get_engine(), evaluation_of(dict(answers)), samples=samples)
    return tuple(entry.sentence for entry in found)


def shaky_rows(catalog: Catalog, look: Outlook) -> list[ShakyRow]:
    """The values worth checking first."""
    return [
        ShakyRow(
            sentence=shaky_sentence(catalog, look, shaky),
            words=f"{catalog.alternatives[shaky.slug].name}’s facts",
            href=f"{routes.framework(shaky.slug)}#scores",
        )
        for shaky in look.shaky[:MOST_SHAKY]
    ]


def other_voices(look: Outlook) -> OtherVoices:
    """What other methods say."""
    return OtherVoices(agreement_sentence(look), [check.sentence for check in look.cross_checks])


def _points(points: float) -> str:
    return "<0.1" if 0 < points < 0.05 else f"{points:.1f}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
