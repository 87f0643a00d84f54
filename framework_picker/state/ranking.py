"""What follows from the answers, ready to be shown. Nothing here is ever assigned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.domain.evaluation import Evaluation, Ranked
from framework_picker.domain.explain import (
    answer_sentence,
    coverage_sentence,
    has_answers,
    listing,
    own_values_mark,
    relaxation_sentence,
    unverified_sentence,
    whole,
)
from framework_picker.domain.leagues import league_note, made_for_other_jobs, waived_leagues
from framework_picker.domain.meter import race_sentence
from framework_picker.domain.model import Alternative, Catalog
from framework_picker.domain.outlook_rows import Band, Glance
from framework_picker.domain.outlook_words import advice_sentence, sureness_sentence
from framework_picker.domain.relaxing import change_sentence, relaxing_changes
from framework_picker.domain.rounding import rounded_parts
from framework_picker.state.answers import AnswersState
from framework_picker.state.outlook import evaluation_of as evaluation_of
from framework_picker.state.outlook import glance_of

UP = "↑"
DOWN = "↓"


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One framework of the ranking.

    ``parts`` are the points by criterion group; they sum to ``total``. The band from ``low`` to
    ``high`` holds 90 of 100 sampled scores; in ``first`` of 100 samples the framework comes first.
    All three are empty where nothing can be sampled. ``best_for`` tells
    apart two that are each best in one sense. ``made_for`` is set for a framework of another
    league. ``marks`` says what to know before trusting the row, ``own`` which
    values the visitor replaced. ``note`` stands below the row.
    """

    slug: str
    name: str
    kind: str
    rank: str
    score: str
    parts: list[str]
    total: str
    low: str
    high: str
    first: str
    best_for: str
    moved: str
    moved_words: str
    is_up: bool
    made_for: str
    marks: list[str]
    own: str
    note: str


@dataclass(frozen=True, slots=True)
class NameLink:
    """A framework's name, its profile, and the comma that follows it in a sentence."""

    name: str
    href: str
    separator: str


@dataclass(frozen=True, slots=True)
class ExcludedGroup:
    """Frameworks that are out for the same reasons. ``must_haves`` are ids with commas."""

    must_haves: str
    names: list[NameLink]
    reasons: list[str]
    action: str
    effect: str


@dataclass(frozen=True, slots=True)
class RelaxationRow:
    """A smallest set of must-haves to give up."""

    must_haves: str
    sentence: str
    effect: str


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """A framework outside Python, listed but never ranked."""

    name: str
    href: str
    what: str
    brings: str


@dataclass(frozen=True, slots=True)
class RaceView:
    """Who can no longer catch the leader. ``pips``: one per rival, true for who is out of it.

    ``advice`` is what to know about going on; ``is_evidence_proof``: it is the stronger proof.
    """

    sentence: str
    pips: list[bool]
    is_settled: bool
    is_evidence_proof: bool
    advice: str


class RankingState(rx.State):
    """What follows from the answers."""

    @rx.var
    async def rows(self) -> list[RankingRow]:
        """One row per framework that is still in, best first."""
        state = await self.get_state(AnswersState)
        return ranking_rows(get_catalog(), dict(state.answers), dict(state._previous_answers))

    @rx.var
    async def excluded(self) -> list[ExcludedGroup]:
        """Who is out, grouped by reason."""
        return excluded_groups(get_catalog(), await self._answers())

    @rx.var
    async def relaxations(self) -> list[RelaxationRow]:
        """What to give up when nobody is left."""
        return relaxation_rows(get_catalog(), await self._answers())

    @rx.var
    async def outside(self) -> list[OutsideRow]:
        """Frameworks of other languages, when the visitor wants to see them."""
        return outside_rows(get_catalog(), await self._answers())

    @rx.var
    async def sentence(self) -> str:
        """The result in one or two sentences."""
        return answer_sentence(get_catalog(), evaluation_of(await self._answers()))

    @rx.var
    async def leader(self) -> str:
        """Who is first, in a few words."""
        return leader_words(get_catalog(), await self._answers())

    @rx.var
    async def race(self) -> RaceView:
        """Who can no longer catch the leader."""
        return race_view(get_catalog(), await self._answers())

    @rx.var
    async def league_note(self) -> str:
        """Why frameworks made for different jobs stand in one list, or nothing."""
        return league_note(get_catalog(), await self._answers())

    @rx.var
    async def is_first_visit(self) -> bool:
        """Whether no question has been answered."""
        return not has_answers(get_catalog(), evaluation_of(await self._answers()))

    @rx.var
    async def announcement(self) -> str:
        """What a screen reader is told after a change; nothing before the first change."""
        state = await self.get_state(AnswersState)
        if state.answers == state._previous_answers:
            return ""
        return announcement(get_catalog(), dict(state.answers))

    async def _answers(self) -> dict[str, str]:
        state = await self.get_state(AnswersState)
        return dict(state.answers)


def ranking_rows(
    catalog: Catalog, answers: Mapping[str, str], previous: Mapping[str, str]
) -> list[RankingRow]:
    """Display-ready rows, best first; moves are counted from the previous answers."""
    evaluation = evaluation_of(answers)
    look = glance_of(answers)
    moves = rank_moves(evaluation_of(previous), evaluation)
    last_level = _last_level_with_first(evaluation)
    waived = waived_leagues(catalog, answers)
    rows = []
    for place, ranked in enumerate(evaluation.ranking):
        alternative = catalog.alternatives[ranked.slug]
        parts, total = rounded_parts(_points_by_group(catalog, ranked), decimals=1)
        moved, moved_words = _move(moves.get(ranked.slug, 0))
        low, high, first = _band(look.standings.get(ranked.slug))
        rows.append(
            RankingRow(
                slug=ranked.slug,
                name=alternative.name,
                kind=kind(alternative),
                rank=str(ranked.rank),
                score=whole(ranked.score),
                parts=parts,
                total=total,
                low=low,
                high=high,
                first=first,
                best_for=_best_for(look, ranked.slug),
                moved=moved,
                moved_words=moved_words,
                is_up=not moved.startswith(DOWN),
                made_for=_sentence(made_for_other_jobs(alternative, waived)),
                marks=_marks(catalog, ranked),
                own=own_values_mark(catalog, get_value_table(), answers, ranked.slug),
                note=_level_note(catalog, evaluation) if place == last_level else "",
            )
        )
    return rows


def leader_words(catalog: Catalog, answers: Mapping[str, str]) -> str:
    """Who is first and with how many points: ``1 FastAPI, 70 · 2 Litestar, 69``."""
    evaluation = evaluation_of(answers)
    if evaluation.status == "no-survivor":
        return "Nobody is left"
    if evaluation.status == "no-preference":
        return "All are equal: nothing matters yet"
    return " · ".join(
        f"{ranked.rank} {catalog.alternatives[ranked.slug].name}, {whole(ranked.score)}"
        for ranked in evaluation.ranking[:2]
    )


def race_view(catalog: Catalog, answers: Mapping[str, str]) -> RaceView:
    """Who can no longer catch the leader, and what to know about going on."""
    look = glance_of(answers)
    sentence = race_sentence(catalog, evaluation_of(answers), look)
    beaten, rivals = len(look.proof.beaten), len(look.proof.rivals) if sentence else 0
    return RaceView(
        sentence=sentence,
        pips=[place < beaten for place in range(rivals)],
        is_settled=look.proof.is_settled,
        is_evidence_proof=look.proof.is_evidence_proven,
        advice=advice_sentence(look),
    )


def announcement(catalog: Catalog, answers: Mapping[str, str]) -> str:
    """The result in a sentence or two, how sure it is where two lead, and whether it is final."""
    evaluation, look = evaluation_of(answers), glance_of(answers)
    sentences = [answer_sentence(catalog, evaluation)]
    if look.is_split:
        sentences.append(sureness_sentence(catalog, evaluation, look))
    if look.proof.is_settled:
        sentences.append(race_sentence(catalog, evaluation, look))
    return " ".join(sentences).rstrip()


def excluded_groups(catalog: Catalog, answers: Mapping[str, str]) -> list[ExcludedGroup]:
    """Who is out, grouped by the same reasons, largest group first."""
    members: dict[tuple[str, ...], list[str]] = {}
    reasons: dict[tuple[str, ...], list[str]] = {}
    for excluded in evaluation_of(answers).excluded:
        key = tuple(dict.fromkeys(reason.must_have for reason in excluded.reasons))
        sentences = list(dict.fromkeys(reason.sentence for reason in excluded.reasons))
        known = (*key, *sentences)
        members.setdefault(known, []).append(excluded.slug)
        reasons.setdefault(known, sentences)
    groups = []
    for known, slugs in sorted(members.items(), key=lambda item: (-len(item[1]), item[0])):
        sentences = reasons[known]
        must_haves = known[: len(known) - len(sentences)]
        groups.append(
            ExcludedGroup(
                must_haves=",".join(must_haves),
                names=_name_links(catalog, slugs),
                reasons=sentences,
                action=_relaxing_action(catalog, must_haves),
                effect=_relaxing_effect(catalog, answers, must_haves),
            )
        )
    return groups


def relaxation_rows(catalog: Catalog, answers: Mapping[str, str]) -> list[RelaxationRow]:
    """The smallest sets of must-haves to give up, and who comes back."""
    return [
        RelaxationRow(
            must_haves=",".join(relaxation.must_haves),
            sentence=relaxation_sentence(catalog, relaxation),
            effect=_relaxing_effect(catalog, answers, relaxation.must_haves),
        )
        for relaxation in evaluation_of(answers).relaxations
    ]


def outside_rows(catalog: Catalog, answers: Mapping[str, str]) -> list[OutsideRow]:
    """Frameworks of other languages with what is known about them."""
    rows = []
    for slug in evaluation_of(answers).unranked:
        alternative = catalog.alternatives[slug]
        built_in = [
            catalog.capability_kinds[key].label
            for key, capability in alternative.capabilities.items()
            if capability.level == "built-in"
        ]
        rows.append(
            OutsideRow(
                name=alternative.name,
                href=routes.framework(slug),
                what=f"{alternative.language}, {kind(alternative)}",
                brings=f"Built in: {listing(built_in, shown=6)}." if built_in else "",
            )
        )
    return rows


def kind(alternative: Alternative) -> str:
    """What kind of framework it is, in a word or two."""
    fact = alternative.facts.get("kind")
    return str(fact.value).split(" (")[0] if fact is not None else "not verified"


def _band(band: Band | None) -> tuple[str, str, str]:
    """The ends of the band in points, and in how many of 100 samples it is first."""
    if band is None:
        return "", "", ""
    return f"{band.low:.1f}", f"{band.high:.1f}", share_figure(band.first_share)


def share_figure(share: float) -> str:
    """A sampled share for a column of figures; ``<1`` and ``>99`` where samples run out."""
    if share < 0.01:
        return "<1"
    return ">99" if share > 0.99 else f"{round(share * 100)}"


def _best_for(look: Glance, slug: str) -> str:
    """In which sense a framework is best, where two are."""
    if not look.is_split or slug not in (look.leader, look.split_with):
        return ""
    if slug == look.leader:
        return "best for your answers as given"
    return "best across what you might mean"


def _points_by_group(catalog: Catalog, ranked: Ranked) -> list[float]:
    return [
        sum(
            points
            for criterion, points in ranked.contributions.items()
            if catalog.criteria[criterion].group == group
        )
        for group in catalog.groups
    ]


def rank_moves(before: Evaluation, now: Evaluation) -> dict[str, int | None]:
    """How many places each framework went up since the answers before; None when it is new.

    Counted among the frameworks that were and are in the ranking: nobody moves because somebody
    else was ruled out. When most of the list is new, nobody counts as new.
    """
    old = {ranked.slug for ranked in before.ranking}
    common = {ranked.slug for ranked in now.ranking} & old
    place_before = _places(before, common)
    moves: dict[str, int | None] = {
        slug: place_before[slug] - place for slug, place in _places(now, common).items()
    }
    if len(common) * 2 > len(now.ranking):
        moves |= {ranked.slug: None for ranked in now.ranking if ranked.slug not in old}
    return moves


def _places(evaluation: Evaluation, slugs: set[str]) -> dict[str, int]:
    """Ranks among these frameworks alone; equals share a place."""
    ranks = [ranked.rank for ranked in evaluation.ranking if ranked.slug in slugs]
    return {
        ranked.slug: 1 + sum(rank < ranked.rank for rank in ranks)
        for ranked in evaluation.ranking
        if ranked.slug in slugs
    }


def _move(steps: int | None) -> tuple[str, str]:
    """A move as a mark and in words."""
    if steps is None:
        return "new", "new in the ranking"
    if steps == 0:
        return "", ""
    places = "place" if abs(steps) == 1 else "places"
    if steps > 0:
        return f"{UP}{steps}", f"up {steps} {places}"
    return f"{DOWN}{-steps}", f"down {-steps} {places}"


def _marks(catalog: Catalog, ranked: Ranked) -> list[str]:
    return [
        mark
        for mark in (
            unverified_sentence(catalog, ranked),
            coverage_sentence(catalog, ranked) if ranked.has_thin_evidence else "",
        )
        if mark
    ]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _last_level_with_first(evaluation: Evaluation) -> int:
    """The place of the last row that is practically level with the first; -1 without company."""
    if evaluation.status not in ("clear", "tie"):
        return -1
    level = [place for place, ranked in enumerate(evaluation.ranking) if ranked.is_level_with_first]
    return level[-1] if len(level) > 1 else -1


def _level_note(catalog: Catalog, evaluation: Evaluation) -> str:
    names = [
        catalog.alternatives[ranked.slug].name
        for ranked in evaluation.ranking
        if ranked.is_level_with_first
    ]
    if len(evaluation.joint_winners) == len(names):
        return f"{listing(names)} are equal"
    return f"{listing(names)} are practically level: less than 1 point apart"


def _name_links(catalog: Catalog, slugs: list[str]) -> list[NameLink]:
    ordered = sorted(slugs, key=lambda slug: catalog.alternatives[slug].name.casefold())
    return [
        NameLink(
            name=catalog.alternatives[slug].name,
            href=routes.framework(slug),
            separator=", " if place + 1 < len(ordered) else "",
        )
        for place, slug in enumerate(ordered)
    ]


def _relaxing_action(catalog: Catalog, must_haves: tuple[str, ...]) -> str:
    if all(catalog.must_haves[must_have].waived_by for must_have in must_haves):
        return "show anyway"
    return "relax" if len(must_haves) == 1 else "relax all of these"


def _relaxing_effect(
    catalog: Catalog, answers: Mapping[str, str], must_haves: tuple[str, ...]
) -> str:
    changes = relaxing_changes(catalog, answers, must_haves)
    return "; ".join(change_sentence(catalog, change) for change in changes)
