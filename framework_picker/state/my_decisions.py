"""The decisions of this browser: what they came to, and whether they still hold."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Literal

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.domain.answers import parse_answers
from framework_picker.domain.decisions import (
    Decision,
    DeletedDecision,
    decision_id,
    shown_title,
)
from framework_picker.domain.differences import leaders_of, outcome_words
from framework_picker.persistence.current import get_database
from framework_picker.persistence.errors import StorageError
from framework_picker.persistence.repository import find_decision
from framework_picker.persistence.threads import aside
from framework_picker.state.decision import NOT_YOURS, try_to_delete
from framework_picker.state.outlook import evaluation_of
from framework_picker.state.own_decisions import OwnDecision, OwnDecisionsState

logger = logging.getLogger(__name__)

Standing = Literal["holds", "changed", "deleted", "unknown", "unread"]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision of the list. ``says`` is what became of it."""

    id: str
    href: str
    title: str
    date: str
    winner: str
    standing: Standing
    says: str


class MyDecisionsState(rx.State):
    """The list of this browser's decisions."""

    lines: list[DecisionLine] = []
    is_read: bool = False
    problem: str = ""

    @rx.event(background=True)
    async def open_page(self) -> None:
        """The page was opened."""
        async with self:
            own = await self.get_state(OwnDecisionsState)
            mine = own._own()
        await self._show(mine)

    @rx.event(background=True)
    async def delete(self, wanted: str, kept: str) -> None:
        """The visitor deletes one of the decisions, or takes a dead line off the list."""
        async with self:
            self.problem = ""
            own = await self.get_state(OwnDecisionsState)
            mine = own._own(kept)
            chosen = next((one for one in mine if one.id == decision_id(wanted)), None)
            if chosen is None:
                self.problem = NOT_YOURS
                return
        problem = await aside(try_to_delete, chosen)
        rest = [one for one in mine if one.id != chosen.id]
        async with self:
            if problem:
                self.problem = problem
                return
            own = await self.get_state(OwnDecisionsState)
            own._put(rest)
        await self._show(rest)

    async def _show(self, mine: list[OwnDecision]) -> None:
        lines, problem = await aside(decision_lines, mine)
        async with self:
            self.lines, self.is_read = lines, True
            if problem:
                self.problem = problem


def decision_lines(mine: list[OwnDecision]) -> tuple[list[DecisionLine], str]:
    """The lines, newest first, and why some could not be read. Blocks; never raises."""
    problem = ""
    lines = []
    for one in mine:
        found: Decision | DeletedDecision | None = None
        is_read = not problem  # after the first fault the others are not waited for
        try:
            if is_read:
                with get_database().reading() as session:
                    found = find_decision(session=session, decision_id=one.id)
        except StorageError as error:
            logger.warning("Decisions could not be read. %s (%s)", error, error.detail)
            problem = f"{error} What this browser itself knows is shown."
            is_read = False
        lines.append(_line(one, found) if is_read else _plain_line(one, "unread", ""))
    return lines, problem


def _line(own: OwnDecision, found: Decision | DeletedDecision | None) -> DecisionLine:
    if isinstance(found, DeletedDecision):
        return _plain_line(own, "deleted", f"Deleted on {found.deleted_at[:10]}.")
    if found is None:
        return _plain_line(own, "unknown", "This server does not know it.")
    answers, _ = parse_answers(get_catalog(), found.answers)
    today = evaluation_of(answers)
    leaders = [today.winner] if today.winner else list(today.joint_winners)
    names = {slug: one.name for slug, one in get_catalog().alternatives.items()}
    says = outcome_words(found.document, leaders, names)
    before, winner = leaders_of(found.document)
    return DecisionLine(
        id=found.id,
        href=routes.decision(found.id),
        title=shown_title(found.title, found.document),
        date=found.created_at[:10],
        winner=winner,
        standing="holds" if sorted(leaders) == sorted(before) else "changed",
        says=says,
    )


def _plain_line(own: OwnDecision, standing: Standing, says: str) -> DecisionLine:
    return DecisionLine(
        id=own.id,
        href=routes.decision(own.id),
        title=own.title or "A decision without a title",
        date=own.saved_at[:10],
        winner="",
        standing=standing,
        says=says,
    )
