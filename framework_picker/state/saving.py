"""Saving the result on the screen as a decision."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import reflex as rx

from framework_picker import routes
from framework_picker.domain.decisions import DecisionInputError, note_text, title_text
from framework_picker.persistence.errors import StorageError
from framework_picker.persistence.pace import seconds_to_wait
from framework_picker.persistence.threads import aside
from framework_picker.state.answers import AnswersState
from framework_picker.state.keeping import keep
from framework_picker.state.own_decisions import MOST_DECISIONS, OwnDecision, OwnDecisionsState

TITLE_FIELD = "title"
NOTE_FIELD = "note"
STILL_HERE = "Title and note are still in the form; nothing else was lost."

logger = logging.getLogger(__name__)


class SavingState(rx.State):
    """What became of saving. ``problem`` says why it failed, ``field`` at which field."""

    is_saving: bool = False
    problem: str = ""
    field: str = ""

    _saved_id: str = ""
    _saved_answers: dict[str, str] = {}

    @rx.event(background=True)
    async def save(self, saved: str, kept: str, form: dict) -> None:
        """The visitor wants to keep the result; the form holds a title and a note."""
        if not isinstance(form, dict) or not {TITLE_FIELD, NOTE_FIELD} <= form.keys():
            return
        async with self:
            if self.is_saving:
                return
            state = await self.get_state(AnswersState)
            state._restore(saved)
            answers = dict(state.answers)
            own = await self.get_state(OwnDecisionsState)
            is_full = len(own._own(kept)) >= MOST_DECISIONS
            self.problem, self.field = "", ""
            try:
                title, note = title_text(form[TITLE_FIELD]), note_text(form[NOTE_FIELD])
            except DecisionInputError as error:
                self.problem, self.field = str(error), error.field
                return
            if not answers or is_full:
                self.problem = (
                    f"This browser keeps the keys of {MOST_DECISIONS} decisions at most: delete "
                    "one of them first."
                    if is_full
                    else "There is nothing to save yet: answer a question first."
                )
                return
            if wait := seconds_to_wait(str(self.router.session.client_ip)):
                self.problem = f"Not saved: many were saved from here. Try again in {wait} s."
                return
            self.is_saving = True
        try:
            found = await aside(keep, answers, title, note)
        except StorageError as error:
            logger.warning("A decision was not saved. %s (%s)", error, error.detail)
            async with self:
                self.problem = f"Not saved. {error} {STILL_HERE}"
            return
        finally:
            async with self:
                self.is_saving = False
        async with self:
            self._saved_id, self._saved_answers = found.id, answers
            own = await self.get_state(OwnDecisionsState)
            moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            own._put([OwnDecision(found.id, found.edit_key, title, moment), *own._own(kept)])

    @rx.var
    async def saved_href(self) -> str:
        """The address of the decision just saved, until the answers change."""
        state = await self.get_state(AnswersState)
        is_shown = self._saved_id and dict(state.answers) == dict(self._saved_answers)
        return routes.decision(self._saved_id) if is_shown else ""
