"""Fine-tuning: the importance of every criterion, and values of the visitor's own.

Both are answers (``importance.<criterion>``, ``value.<framework>.<criterion>``) and live where all
answers live; here is only what the panel shows, and what the visitor does with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.domain.answers import answer_subject, with_answer
from framework_picker.domain.errors import OverrideError, UnknownAnswerError
from framework_picker.domain.explain import own_value_sentence
from framework_picker.domain.importance import IMPORTANCE, importance_id
from framework_picker.domain.model import Catalog
from framework_picker.domain.overrides import (
    VALUE,
    overridden,
    overridden_cell,
    override_answer,
    override_id,
    overrides,
)
from framework_picker.domain.tuning import doubt_toggled, importances, past_question
from framework_picker.domain.verdict import verdict
from framework_picker.domain.workings import worth_words
from framework_picker.state.answers import LONGEST_ID, AnswersState
from framework_picker.state.ranking import evaluation_of

FRAMEWORK_FIELD = "framework"
CRITERION_FIELD = "criterion"
VALUE_FIELD = "value"
REASON_FIELD = "reason"

LONGEST_FIELD = 400
"""Characters of one field of the form that are read at all."""


@dataclass(frozen=True, slots=True)
class ImportanceView:
    """How much a criterion matters, as its slider shows it; ``position`` counts the levels."""

    position: int
    words: str
    source: str
    is_direct: bool
    is_unsure: bool


@dataclass(frozen=True, slots=True)
class OwnValueView:
    """One value of the visitor's own; ``id`` is the answer's name."""

    id: str
    slug: str
    criterion: str
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class CellView:
    """The value that the form is about: ours, the ends of its scale, and the visitor's so far."""

    slug: str = ""
    criterion: str = ""
    ours: str = ""
    level_0: str = ""
    level_100: str = ""
    value: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a select."""

    id: str
    name: str


class FineTuningState(rx.State):
    """The panel "Fine-tune"."""

    cell: str = rx.SessionStorage("", name="own_value")
    """Which value the form is about, as the name of its answer; kept by the browser."""

    problem: str = ""
    asked_for: int = 0
    is_moving: bool = False

    # What the visitor does: importance

    @rx.event
    async def move_importance(self, criterion: str, saved: str, position: float) -> None:
        """A slider is on its way."""
        if await self._set_importance(criterion, saved, position):
            self.is_moving = True

    @rx.event
    async def settle_importance(self, criterion: str, saved: str, position: float) -> None:
        """A slider has come to rest."""
        await self._set_importance(criterion, saved, position)
        self.is_moving = False

    @rx.event
    async def toggle_not_sure(self, criterion: str, saved: str) -> None:
        """The visitor is not sure how much a criterion matters, or is sure after all."""
        answers = await self._restored(saved)
        catalog = get_catalog()
        if _is_id(criterion) and criterion in catalog.criteria:
            value = doubt_toggled(catalog, dict(answers.answers), criterion)
            answers._answer(importance_id(criterion), value)

    @rx.event
    async def take_back(self, answer_id: str, saved: str) -> None:
        """The visitor takes back one importance, or one value of their own."""
        answers = await self._restored(saved)
        if _is_id(answer_id) and answer_id.startswith((IMPORTANCE, VALUE)):
            answers._answer(answer_id, "")
            self.problem = ""

    @rx.event
    async def take_back_importances(self, saved: str) -> None:
        """All importances come from the questions again."""
        answers = await self._restored(saved)
        answers._take_back_all(IMPORTANCE, "Every importance comes from your answers again.")

    @rx.event
    async def take_back_values(self, saved: str) -> None:
        """All values are ours again."""
        answers = await self._restored(saved)
        answers._take_back_all(VALUE, "Every value is ours again.")
        self.problem = ""

    # What the visitor does: values of their own

    @rx.event
    async def choose_framework(self, saved: str, slug: str) -> None:
        """The visitor picked the framework whose value they replace."""
        await self._show_cell(saved, slug, None)

    @rx.event
    async def choose_criterion(self, saved: str, criterion: str) -> None:
        """The visitor picked the criterion whose value they replace."""
        await self._show_cell(saved, None, criterion)

    @rx.event
    async def begin_value(self, slug: str, criterion: str, saved: str) -> None:
        """The visitor starts to fill in the form: from now on it stays with that value."""
        if not self.cell:
            await self._show_cell(saved, slug, criterion)

    @rx.event
    async def use_another_value(self, slug: str, criterion: str, saved: str) -> None:
        """The visitor wants to replace the value they are looking at: the form comes up."""
        if await self._show_cell(saved, slug, criterion):
            self.asked_for += 1

    @rx.event
    async def replace_value(self, saved: str, form: dict[str, str]) -> None:
        """The visitor puts a value of their own in place of ours."""
        answers = await self._restored(saved)
        fields = _fields(form)
        if fields is None:
            return
        slug, criterion, value, reason = fields
        name = override_id(slug, criterion)
        try:
            text = override_answer(value, reason)
            with_answer(get_catalog(), answers.answers, name, text)
        except (OverrideError, UnknownAnswerError) as error:
            self.problem = str(error)
            return
        self.problem = ""
        self.cell = name
        answers._answer(name, text)

    async def _set_importance(self, criterion: object, saved: str, position: object) -> bool:
        """Whether the visitor may move that slider there, and then it is moved."""
        answers = await self._restored(saved)
        catalog = get_catalog()
        levels = list(catalog.levels)
        place = _whole_number(position)
        if not _is_id(criterion) or criterion not in catalog.criteria:
            return False
        if place is None or not 0 <= place < len(levels):
            return False
        answers._answer(importance_id(criterion), levels[place])
        return True

    async def _show_cell(self, saved: str, slug: object, criterion: object) -> bool:
        """Whether that value can be replaced, and then the form is about it. None keeps it."""
        answers = await self._restored(saved)
        now_slug, now_criterion = _cell(get_catalog(), self.cell, dict(answers.answers))
        slug = now_slug if slug is None else slug
        criterion = now_criterion if criterion is None else criterion
        if not _is_id(slug) or not _is_id(criterion):
            return False
        name = override_id(slug, criterion)
        if overridden_cell(get_catalog(), name) is None:
            return False
        self.cell = name
        self.problem = ""
        return True

    async def _restored(self, saved: str) -> AnswersState:
        answers = await self.get_state(AnswersState)
        answers._restore(saved)
        return answers

    # What the panel shows; nothing of it on other pages

    @rx.var
    async def importances(self) -> dict[str, ImportanceView]:
        """The importance of every criterion, by id."""
        if not self._is_shown():
            return {}
        return importance_views(get_catalog(), await self._answers())

    @rx.var
    async def has_importances(self) -> bool:
        """Whether an importance is set here."""
        return self._is_shown() and any(
            name.startswith(IMPORTANCE) for name in await self._answers()
        )

    @rx.var
    async def own_values(self) -> list[OwnValueView]:
        """The visitor's own values."""
        return own_value_views(get_catalog(), await self._answers()) if self._is_shown() else []

    @rx.var
    async def form(self) -> CellView:
        """The value that the form is about."""
        if not self._is_shown():
            return CellView()
        return cell_view(get_catalog(), await self._answers(), self.cell)

    @rx.var
    async def tuned(self) -> str:
        """How much is set here, in a few words; empty when nothing is."""
        return tuned_words(await self._answers()) if self._is_shown() else ""

    @rx.var
    async def past_question(self) -> str:
        """What the question on the screen no longer says; empty when nothing."""
        state = await self.get_state(AnswersState)
        question = get_catalog().questions.get(state.view)
        if question is None or self._is_shown():
            return ""
        return past_question(get_catalog(), dict(state.answers), question.id)

    def _is_shown(self) -> bool:
        return self.router.url.path.rstrip("/") == routes.RESULT

    async def _answers(self) -> dict[str, str]:
        state = await self.get_state(AnswersState)
        return dict(state.answers)


def importance_views(catalog: Catalog, answers: Mapping[str, str]) -> dict[str, ImportanceView]:
    """The importance of every criterion as its slider shows it, by id."""
    positions = {level: place for place, level in enumerate(catalog.levels)}
    return {
        criterion: ImportanceView(
            position=positions[found.level.id],
            words=found.words,
            source=found.source,
            is_direct=found.is_direct,
            is_unsure=found.is_unsure,
        )
        for criterion, found in importances(catalog, answers).items()
    }


def own_value_views(catalog: Catalog, answers: Mapping[str, str]) -> list[OwnValueView]:
    """The visitor's own values, each with ours and the reason."""
    cells = overridden(get_value_table(), answers).cells
    return [
        OwnValueView(
            id=override_id(own.slug, own.criterion),
            slug=own.slug,
            criterion=own.criterion,
            subject=answer_subject(catalog, override_id(own.slug, own.criterion)),
            words=own_value_sentence(cells[own.slug][own.criterion]),
        )
        for own in overrides(answers)
    ]


def cell_view(catalog: Catalog, answers: Mapping[str, str], cell: object) -> CellView:
    """The value that the form is about; the first criterion of the first place by itself."""
    slug, criterion = _cell(catalog, cell, answers)
    ours = get_value_table().cells[slug][criterion]
    own = {(entry.slug, entry.criterion): entry for entry in overrides(answers)}
    found = own.get((slug, criterion))
    judged = catalog.criteria[criterion]
    return CellView(
        slug=slug,
        criterion=criterion,
        ours=(
            f"{worth_words(ours.value)} (evidence grade {ours.grade})"
            if ours.is_known
            else "not verified, counted as 50"
        ),
        level_0=judged.level_0,
        level_100=judged.level_100,
        value=worth_words(found.value) if found else "",
        reason=found.reason if found else "",
    )


def tuned_words(answers: Mapping[str, str]) -> str:
    """How many importances and values are the visitor's own; empty when none is."""
    counts = [
        (sum(name.startswith(IMPORTANCE) for name in answers), "importance", "importances"),
        (sum(name.startswith(VALUE) for name in answers), "value", "values"),
    ]
    found = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return f"{' and '.join(found)} set here" if found else ""


def criteria_by_group(catalog: Catalog) -> list[Choice]:
    """The criteria, those of one group together."""
    return [
        Choice(criterion.id, criterion.name)
        for group in catalog.groups
        for criterion in catalog.criteria.values()
        if criterion.group == group
    ]


def frameworks_by_name(catalog: Catalog) -> list[Choice]:
    """The frameworks that have values, by name."""
    slugs = get_value_table().cells
    found = [Choice(slug, catalog.alternatives[slug].name) for slug in slugs]
    return sorted(found, key=lambda choice: choice.name.casefold())


def _cell(catalog: Catalog, cell: object, answers: Mapping[str, str]) -> tuple[str, str]:
    """Framework and criterion the form is about, whatever the browser kept of it."""
    found = overridden_cell(catalog, cell) if _is_id(cell) else None
    if found is not None:
        return found
    shown = verdict(catalog, evaluation_of(answers)).shown
    slug = shown or frameworks_by_name(catalog)[0].id
    return slug, criteria_by_group(catalog)[0].id


def _fields(form: object) -> tuple[str, str, str, str] | None:
    """Framework, criterion, value and reason of a form; None when it is not ours."""
    if not isinstance(form, Mapping):
        return None
    names = (FRAMEWORK_FIELD, CRITERION_FIELD, VALUE_FIELD, REASON_FIELD)
    slug, criterion, value, reason = (form.get(name, "") for name in names)
    # A browser may send a number for a field of numbers.
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100:
        value = str(value)
    texts = (slug, criterion, value, reason)
    if not all(isinstance(text, str) and len(text) <= LONGEST_FIELD for text in texts):
        return None
    return slug, criterion, value, reason


def _whole_number(found: object) -> int | None:
    """A small whole number, as a number or as text; None for everything else."""
    if isinstance(found, str) and len(found) <= 2 and found.isascii() and found.isdigit():
        return int(found)
    if isinstance(found, int | float) and not isinstance(found, bool) and found in range(100):
        return int(found)
    return None


def _is_id(found: object) -> TypeGuard[str]:
    return isinstance(found, str) and 0 < len(found) <= LONGEST_ID
