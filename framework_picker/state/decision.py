"""A saved decision on its own page: as it was, and what today's data makes of it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.catalog.kept import is_kept
from framework_picker.domain.answers import parse_answers
from framework_picker.domain.decisions import (
    Decision,
    DecisionInputError,
    DeletedDecision,
    decision_id,
    note_text,
    shown_title,
    title_text,
)
from framework_picker.domain.differences import Change, Differences, Place, Reading, differences
from framework_picker.domain.model import Catalog
from framework_picker.domain.sources import SourceLine, source_lines
from framework_picker.persistence.current import get_database
from framework_picker.persistence.errors import (
    StorageError,
    UnknownDecisionError,
    WrongKeyError,
)
from framework_picker.persistence.repository import delete_decision, edit_decision, find_decision
from framework_picker.persistence.threads import aside
from framework_picker.state.frozen import (
    AnswerPair,
    OutRow,
    answer_pairs,
    entries,
    frozen_rows,
    out_rows,
    profile_href,
)
from framework_picker.state.outlook import document_of
from framework_picker.state.own_decisions import (
    OwnDecision,
    OwnDecisionsState,
    own_decisions,
)
from framework_picker.state.ranking import DOWN, UP, RankingRow
from framework_picker.state.saving import NOTE_FIELD, TITLE_FIELD

LONGEST_ASKED = 40
SHOWN_CHANGES = 8
"""So many changes are open at once; the others are folded away."""
NOT_YOURS = "Only the browser that saved it can change it."

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A framework's place and points then and today."""

    name: str
    href: str
    rank_then: str
    points_then: str
    rank_now: str
    points_now: str
    moved: str
    moved_words: str
    is_up: bool
    is_first: bool


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What was read then and today, with date and sources."""

    label: str
    then: str
    now: str
    sources_then: tuple[SourceLine, ...]
    sources_now: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that changed, and what it does alone."""

    sentence: str
    points: str
    effect: str
    is_telling: bool
    readings: list[ReadingRow]


@dataclass(frozen=True, slots=True)
class TodayView:
    """What today's data makes of the decision. ``unchanged`` says why there is nothing to show."""

    holds: bool = True
    sentence: str = ""
    because: str = ""
    data: str = ""
    method: str = ""
    unchanged: str = ""
    steady: str = ""
    places: list[PlaceRow] = field(default_factory=list)
    changes: list[ChangeRow] = field(default_factory=list)
    more_changes: list[ChangeRow] = field(default_factory=list)
    unweighted: str = ""
    notices: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as it was saved. ``kind``: found, unknown, deleted, or why it cannot be shown.

    ``release`` is set when the data it rests on is not here any more.
    """

    kind: str = ""
    id: str = ""
    heading: str = ""
    title: str = ""
    note: str = ""
    saved: str = ""
    data: str = ""
    release: str = ""
    problem: str = ""
    sentence: str = ""
    details: list[str] = field(default_factory=list)
    again: str = ""
    rows: list[RankingRow] = field(default_factory=list)
    answers: list[AnswerPair] = field(default_factory=list)
    out: list[OutRow] = field(default_factory=list)
    today: TodayView = field(default_factory=TodayView)


class DecisionState(rx.State):
    """The decision whose page is open."""

    asked: str = ""
    shown: DecisionView = DecisionView()
    problem: str = ""
    field: str = ""
    done: str = ""

    @rx.event(background=True)
    async def open_decision(self) -> None:
        """A decision's page was opened; the address names it."""
        async with self:
            asked = self.router.url.path.rstrip("/").rpartition("/")[2][:LONGEST_ASKED]
            if asked != self.asked:
                self.asked, self.shown = asked, DecisionView()
                self.problem = self.field = self.done = ""
        shown = await aside(decision_view, asked)
        async with self:
            if self.asked == asked:
                self.shown = shown

    @rx.event(background=True)
    async def edit(self, kept: str, form: dict) -> None:
        """The one who saved it gives it another title or note."""
        if not isinstance(form, dict) or not {TITLE_FIELD, NOTE_FIELD} <= form.keys():
            return
        async with self:
            self.problem = self.field = self.done = ""
            own = await self.get_state(OwnDecisionsState)
            mine = _own_one(own._own(kept), self.shown.id)
            if mine is None:
                self.problem = NOT_YOURS
                return
            try:
                title, note = title_text(form[TITLE_FIELD]), note_text(form[NOTE_FIELD])
            except DecisionInputError as error:
                self.problem, self.field = str(error), error.field
                return
        problem = await aside(try_to_edit, mine, title, note)
        shown = await aside(decision_view, mine.id) if not problem else None
        async with self:
            if shown is None:
                self.problem = problem
                return
            self.done = "Saved."
            if self.shown.id == mine.id:
                self.shown = shown
            own = await self.get_state(OwnDecisionsState)
            own._put(
                replace(one, title=title) if one.id == mine.id else one for one in own._own(kept)
            )

    @rx.event(background=True)
    async def delete(self, kept: str) -> None:
        """The one who saved it deletes it."""
        async with self:
            self.problem = self.field = self.done = ""
            own = await self.get_state(OwnDecisionsState)
            mine = _own_one(own._own(kept), self.shown.id)
            if mine is None:
                self.problem = NOT_YOURS
                return
        problem = await aside(try_to_delete, mine)
        shown = await aside(decision_view, mine.id) if not problem else None
        async with self:
            if shown is None:
                self.problem = problem
                return
            if self.shown.id == mine.id:
                self.shown = shown
            own = await self.get_state(OwnDecisionsState)
            own._put(one for one in own._own(kept) if one.id != mine.id)

    @rx.var
    async def title(self) -> str:
        """What the browser calls the page."""
        if self.shown.kind == "found":
            return f"{self.shown.heading} · Framework Picker"
        return "Decision · Framework Picker"

    @rx.var
    async def is_own(self) -> bool:
        """Whether this browser saved the decision on the screen."""
        own = await self.get_state(OwnDecisionsState)
        return _own_one(own_decisions(own.kept), self.shown.id) is not None


def decision_view(asked: str) -> DecisionView:
    """The decision of this name, ready to be shown. Blocks; never raises."""
    known = decision_id(asked)
    if not known:
        return DecisionView(kind="unknown")
    try:
        with get_database().reading() as session:
            found = find_decision(session=session, decision_id=known)
    except StorageError as error:
        logger.warning("A decision could not be read. %s (%s)", error, error.detail)
        return DecisionView(kind="unavailable", problem=str(error))
    if found is None:
        return DecisionView(kind="unknown")
    if isinstance(found, DeletedDecision):
        return DecisionView(kind="deleted", saved=found.deleted_at[:10])
    return _found_view(found)


def try_to_edit(mine: OwnDecision, title: str, note: str) -> str:
    """Nothing, or why title and note could not be changed. Blocks."""
    try:
        with get_database().writing() as session:
            edit_decision(
                session=session,
                decision_id=mine.id,
                edit_key=mine.edit_key,
                title=title,
                note=note,
            )
    except StorageError as error:
        logger.warning("A decision was not changed. %s (%s)", error, error.detail)
        return f"Not changed. {error} What you wrote is still in the form."
    except WrongKeyError:
        return NOT_YOURS
    except UnknownDecisionError:
        return "It has been deleted in the meantime."
    return ""


def try_to_delete(mine: OwnDecision) -> str:
    """Nothing, or why the decision could not be deleted. Blocks."""
    try:
        with get_database().writing() as session:
            delete_decision(session=session, decision_id=mine.id, edit_key=mine.edit_key)
    except StorageError as error:
        logger.warning("A decision was not deleted. %s (%s)", error, error.detail)
        return f"Not deleted. {error} Try again later."
    except WrongKeyError:
        return NOT_YOURS
    except UnknownDecisionError:
        return ""  # deleted before, in another tab: that is what was wanted
    return ""


def today_of(decision: Decision) -> Differences:
    """What today's data makes of the answers of a decision."""
    answers, notices = parse_answers(get_catalog(), decision.answers)
    now = document_of(answers)
    return differences(decision.document, {**now, "notices": list(notices)})


def _own_one(own: list[OwnDecision], wanted: str) -> OwnDecision | None:
    return next((one for one in own if one.id == wanted and wanted), None)


def _found_view(decision: Decision) -> DecisionView:
    document, catalog = decision.document, get_catalog()
    answers, _ = parse_answers(catalog, decision.answers)
    return DecisionView(
        kind="found",
        id=decision.id,
        heading=shown_title(decision.title, document),
        title=decision.title,
        note=decision.note,
        saved=_moment_words(decision),
        data=f"Data as of {document['data_as_of']}, version {decision.data_version}, "
        f"method {decision.method_version}.",
        release=""
        if is_kept(decision.data_version)
        else "The data of that day is not kept on this server, so the numbers cannot be worked "
        "out again here. What was saved is complete and shown as it was.",
        sentence=str(document.get("sentence", "")),
        details=[str(line) for line in entries(document, "details")],
        again=routes.with_answers(routes.RESULT, answers),
        rows=frozen_rows(document, catalog),
        answers=answer_pairs(document),
        out=out_rows(document),
        today=today_view(today_of(decision), catalog),
    )


def _moment_words(decision: Decision) -> str:
    saved = f"{decision.created_at[:10]}, {decision.created_at[11:16]} UTC"
    if decision.changed_at == decision.created_at:
        return saved
    return f"{saved}; title or note changed on {decision.changed_at[:10]}"


def today_view(found: Differences, catalog: Catalog) -> TodayView:
    """The differences, ready to be shown."""
    places = [_place_row(place, found, catalog) for place in found.places]
    has_moved = any(row.moved for row in places)
    changes = [_change_row(change) for change in found.changes]
    unchanged = ""
    if found.is_same_data and found.is_same_method:
        unchanged = "Today’s data is still the data of that day, so nothing can have changed."
    elif not changes and not has_moved:
        unchanged = "The data has changed, but nothing that counts for these answers."
    return TodayView(
        holds=found.holds,
        sentence=found.sentence,
        because=found.because,
        data=f"Data as of {found.as_of_now}, version {found.data_version_now}, "
        f"method {found.method_version_now}.",
        method=""
        if found.is_same_method
        else f"The method has changed since: version {found.method_version_then} then, "
        f"{found.method_version_now} today. Part of what moved is due to that.",
        unchanged=unchanged,
        steady="" if has_moved else "Every framework keeps its place.",
        places=[] if unchanged else places,
        changes=changes[:SHOWN_CHANGES],
        more_changes=changes[SHOWN_CHANGES:],
        unweighted=_unweighted(found.unweighted),
        notices=list(found.notices),
    )


def _unweighted(count: int) -> str:
    if not count:
        return ""
    what = "value has" if count == 1 else "values have"
    return f"{count} more {what} changed on criteria that these answers give no weight."


def _place_row(place: Place, found: Differences, catalog: Catalog) -> PlaceRow:
    moved, words, is_up = _way(place)
    return PlaceRow(
        name=place.name,
        href=profile_href(catalog, place.slug),
        rank_then=_figure(place.rank_then),
        points_then=_points(place.score_then),
        rank_now=_figure(place.rank_now),
        points_now=_points(place.score_now),
        moved=moved,
        moved_words=words,
        is_up=is_up,
        is_first=place.slug in found.first_now,
    )


def _way(place: Place) -> tuple[str, str, bool]:
    if place.rank_then is None:
        return "new", "new in the ranking", True
    if place.rank_now is None:
        return "out", "no longer in the ranking", False
    steps = place.rank_then - place.rank_now
    if not steps:
        return "", "", False
    word = "up" if steps > 0 else "down"
    places = "place" if abs(steps) == 1 else "places"
    return f"{UP if steps > 0 else DOWN}{abs(steps)}", f"{word} {abs(steps)} {places}", steps > 0


def _change_row(change: Change) -> ChangeRow:
    points = change.points or 0.0
    return ChangeRow(
        sentence=change.sentence,
        points=f"{'+' if points > 0 else '−'}{abs(points):.1f}" if abs(points) >= 0.05 else "",
        effect=_effect(change),
        is_telling=bool(change.moves),
        readings=[_reading_row(reading) for reading in change.readings],
    )


def _effect(change: Change) -> str:
    """What the change does to the ranks when it is the only one."""
    own = next((move for move in change.moves if move.slug == change.slug), None)
    if not change.moves:
        return "" if change.kind == "reading" else "Alone it moves no rank."
    words = []
    how = "It moves" if change.kind == "together" else "Alone it moves"
    if own is not None and own.before is not None and own.after is not None:
        words.append(f"{how} {own.name} from place {own.before} to {own.after}.")
    elif own is None:
        moved = ", ".join(
            f"{move.name} {_figure(move.before)} → {_figure(move.after)}"
            for move in change.moves[:4]
        )
        words.append(f"{how} {moved}.")
    elif own.after is not None:
        words.append(f"It comes in at place {own.after}.")
    if change.moves_first:
        words.append("It changes the first place.")
    return " ".join(words)


def _reading_row(reading: Reading) -> ReadingRow:
    return ReadingRow(
        label=reading.label,
        then=_dated(reading.then, reading.as_of_then),
        now=_dated(reading.now, reading.as_of_now),
        sources_then=source_lines(reading.source_then),
        sources_now=source_lines(reading.source_now),
    )


def _dated(text: str, as_of: str) -> str:
    return f"{text} ({as_of})" if text and as_of else text


def _figure(rank: int | None) -> str:
    return "–" if rank is None else str(rank)


def _points(score: float | None) -> str:
    return "–" if score is None else f"{score:.1f}"
