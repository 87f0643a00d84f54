"""What the Compare page says about moving between its two frameworks.

The pair is the selection of ``CompareState``; with any other number of frameworks there is nothing
to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import reflex as rx

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.model import Capability, Fact
from framework_picker.domain.moving import (
    Move,
    Outcome,
    Step,
    Trait,
    move,
    pair_description,
    pair_title,
    points,
    summary,
    unchanged,
)
from framework_picker.domain.readings import (
    NOT_VERIFIED,
    capability_level,
    capability_package,
    reading,
)
from framework_picker.domain.staleness import stale_words
from framework_picker.state.compare import CompareState, default_slugs

TITLE = "Compare Python web frameworks side by side · Framework Picker"
DESCRIPTION = (
    "Two to six web frameworks side by side: scores, facts and capabilities, each with source, "
    "date and grade of the evidence. Show only the differences."
)


@dataclass(frozen=True, slots=True)
class Side:
    """What one framework has for a job. ``of`` is the id of its receipt."""

    words: str
    of: str
    detail: str
    stale: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One job or trait: who does it on either side."""

    label: str
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class MoveGroup:
    """Jobs that come out alike."""

    title: str
    explanation: str
    rows: list[MoveRow]


@dataclass(frozen=True, slots=True)
class PointLine:
    """One thing to know about a move."""

    term: str
    words: str


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction of the move, in words."""

    title: str
    summary: str
    points: list[PointLine]


@dataclass(frozen=True, slots=True)
class MovingView:
    """Everything about moving between two frameworks; empty where there are not two."""

    title: str
    unchanged: str
    before: str
    after: str
    directions: list[Direction]
    groups: list[MoveGroup]


NO_MOVE = MovingView("", "", "", "", [], [])


class MovingState(rx.State):
    """What follows from the selection; nothing here is ever assigned."""

    @rx.var
    async def moving(self) -> MovingView:
        """What is said about the pair."""
        pair = await self._selected()
        return moving_view(*pair) if pair else NO_MOVE

    @rx.var
    async def title(self) -> str:
        """What the browser calls the page."""
        pair = await self._selected()
        return pair_title(*_names(pair)) if pair else TITLE

    @rx.var
    async def description(self) -> str:
        """What the page says about itself."""
        pair = await self._selected()
        return pair_description(*_names(pair)) if pair else DESCRIPTION

    async def _selected(self) -> tuple[str, str] | None:
        compare = await self.get_state(CompareState)
        return _pair(list(compare.chosen), is_default=compare.is_default)


@lru_cache(maxsize=256)
def moving_view(before: str, after: str) -> MovingView:
    """What is said about two frameworks. Shared between visitors: read it only."""
    catalog = get_catalog()
    there, back = move(catalog, before, after), move(catalog, after, before)
    return MovingView(
        title=f"Moving between {there.before.name} and {there.after.name}",
        unchanged=unchanged(there),
        before=there.before.name,
        after=there.after.name,
        directions=[_direction(there), _direction(back)],
        groups=_groups(there),
    )


def _pair(chosen: list[str], *, is_default: bool) -> tuple[str, str] | None:
    slugs = list(default_slugs()) if is_default else chosen
    return (slugs[0], slugs[1]) if len(slugs) == 2 and slugs[0] != slugs[1] else None


def _names(pair: tuple[str, str]) -> tuple[str, str]:
    one, other = (get_catalog().alternatives[slug].name for slug in pair)
    return one, other


def _direction(moved: Move) -> Direction:
    return Direction(
        title=f"Moving from {moved.before.name} to {moved.after.name}",
        summary=summary(moved),
        points=[PointLine(point.term, point.words) for point in points(moved)],
    )


def _groups(moved: Move) -> list[MoveGroup]:
    one, other = moved.before.name, moved.after.name
    headings: dict[Outcome, tuple[str, str]] = {
        "replaced": ("Replaced", "Somebody else does the job on the other side."),
        "own": (
            "Built into both",
            "No package on either side; each framework has its own way of writing it.",
        ),
        "stays": ("Stays", "The same package, or the same code, on both sides."),
        "new": (
            f"Only with {other}",
            f"New when you move to {other}, without a counterpart when you move to {one}.",
        ),
        "lost": (
            f"Only with {one}",
            f"New when you move to {one}, without a counterpart when you move to {other}.",
        ),
        "neither": ("With neither", "You need an answer of your own before and after."),
        "unknown": (
            "Not verified",
            "No source was found for one side or both, so nothing is claimed.",
        ),
    }
    groups = [
        MoveGroup(title, explanation, [_job(moved, step) for step in moved.having(outcome)])
        for outcome, (title, explanation) in headings.items()
    ]
    traits = [_run(moved, trait) for trait in moved.traits]
    groups.append(MoveGroup("How it runs", "What decides how you write it.", traits))
    return [group for group in groups if group.rows]


def _job(moved: Move, step: Step) -> MoveRow:
    def side(slug: str, found: Capability | None) -> Side:
        of = f"capability:{step.key}:{slug}"
        if found is None:
            return Side(NOT_VERIFIED, of, "", "", is_known=False)
        level, package = capability_level(found), capability_package(found)
        return Side(
            words=package or level,
            of=of,
            detail=level if package else "",
            stale=stale_words(found.stale_days),
            is_known=True,
        )

    return MoveRow(
        step.label, side(moved.before.slug, step.before), side(moved.after.slug, step.after)
    )


def _run(moved: Move, trait: Trait) -> MoveRow:
    def side(slug: str, found: Fact | None) -> Side:
        of = f"fact:{trait.key}:{slug}"
        if found is None:
            return Side(NOT_VERIFIED, of, "", "", is_known=False)
        return Side(reading(found.value), of, "", stale_words(found.stale_days), is_known=True)

    return MoveRow(
        trait.label, side(moved.before.slug, trait.before), side(moved.after.slug, trait.after)
    )
