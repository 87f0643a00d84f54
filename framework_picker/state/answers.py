"""What the visitor told us, and which question is on the screen.

Every handler takes ``saved``, the copy of the answers that the browser keeps: a session on the
server may be gone at any time, the copy is not (``state/browser_copy.py``). Handlers are public:
anybody can call them with anything, so each checks what it is given; what is not ours changes
nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.domain.answers import (
    DONT_KNOW,
    MUST,
    UNSURE_SUFFIX,
    answer_label,
    answer_subject,
    open_questions,
    parse_answers,
    picked_option,
    with_answer,
)
from framework_picker.domain.errors import UnknownAnswerError
from framework_picker.domain.meter import progress_words
from framework_picker.domain.model import Catalog, Question
from framework_picker.domain.relaxing import change_sentence, relaxed, relaxing_changes
from framework_picker.state.browser_copy import (
    LONGEST_TRAIL,
    BrowserCopy,
    Moment,
    read_copy,
    write_copy,
)
from framework_picker.state.outlook import glance_of
from framework_picker.state.question_order import NEXT as NEXT
from framework_picker.state.question_order import REVIEW as REVIEW
from framework_picker.state.question_order import (
    asked,
    first_question,
    is_last,
    next_view,
    views,
)

LINK_PAGES = (routes.PICK, routes.RESULT)
"""The pages whose address restores answers."""

OWN = "own"
"""How the browser marks an address that this tab wrote (``components/browser.py``)."""

LONGEST_QUERY = 8_000
"""Characters. All that can be set, with its reasons, takes less; servers accept as much."""

LONGEST_ID = 128
MOST_PARAMETERS = 120


@dataclass(frozen=True, slots=True)
class OptionView:
    """One answer as it stands on the screen. ``key`` is the number key that picks it."""

    id: str
    label: str
    meaning: str
    key: str
    is_picked: bool
    is_apart: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """The question on the screen.

    ``previous`` is the view shown before, or empty; ``next`` is a view to go to. ``is_settled``:
    no open answer can change the first place, so there is no need to go on.
    """

    id: str
    kicker: str
    text: str
    why: str
    options: list[OptionView]
    picked: str
    is_not_sure: bool
    not_sure_effect: str
    previous: str
    next: str
    is_last: bool
    is_settled: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One line of "check your answers"."""

    id: str
    number: int
    short: str
    answer: str
    is_answered: bool


@dataclass(frozen=True, slots=True)
class OwnAnswerView:
    """One importance or value that the visitor set directly, past the questions."""

    id: str
    subject: str
    answer: str


@dataclass(frozen=True, slots=True)
class SwitchView:
    """A setting: its question, what "on" does, and whether it is on."""

    id: str
    question: str
    meaning: str
    is_on: bool


class AnswersState(rx.State):
    """What the visitor told us."""

    saved: str = rx.LocalStorage("", name="answers")
    own_address: str = rx.SessionStorage("", name="own_address")

    answers: dict[str, str] = {}
    at: str = ""
    notices: list[str] = []
    can_undo: bool = False
    is_open: bool = False
    connection: str = ""
    is_fixed_order: bool = False

    _previous_answers: dict[str, str] = {}
    _before: Moment | None = None
    _trail: list[str] = []
    _goes_on: bool = False

    # Where the answers come from

    @rx.event
    def open_page(self) -> None:
        """A page was opened: the browser's copy comes back, then the link, which wins.

        Also runs whenever the connection comes back, so it must not change what is there. An
        address that this tab wrote itself is no link: answers may have changed on another page
        since, and going back must not undo them.
        """
        self._restore(self.saved)
        self.is_open = True
        self.connection = self.router.session.session_id
        url = self.router.url
        if _is_link_page(url.path) and url.query and self._is_link(url.query):
            self._follow_link(url.query)

    def _is_link(self, query: str) -> bool:
        """Whether the address is a link that somebody followed, not one that this tab wrote.

        The browser says ``own?...`` or ``foreign`` (``assets/page.js``). It says nothing when
        Reflex brings back an expired session by itself, in the middle of an event: then the event
        carried the newer answers, and the address counts only where there are none.
        """
        said: object = self.own_address
        if said in ("", f"{OWN}?{query}") or not isinstance(said, str):
            return not self.saved and not self.answers
        return True

    def _follow_link(self, query: str) -> None:
        self._clear_notices()
        linked, dropped = _answers_in(get_catalog(), query)
        if not linked or linked == self.answers:
            self.notices = list(dropped)
            return
        replaced = bool(self.answers)
        self._change(linked, at=REVIEW, keep_for_undo=replaced)
        self.notices = [
            *(["The answers come from the link. They replaced those you had."] if replaced else []),
            *dropped,
        ]

    def _restore(self, saved: object) -> None:
        """Fill a session that knows nothing from the browser's copy."""
        if self.answers or self.at or self.is_fixed_order:
            return
        catalog = get_catalog()
        copy = read_copy(catalog, saved)
        if copy == BrowserCopy():
            return
        self.answers = copy.now.answers
        self._previous_answers = copy.now.answers
        self.at = copy.now.at if copy.now.at in views(catalog) else ""
        self._before = copy.before
        self._trail = [view for view in copy.trail if view in views(catalog)]
        self.is_fixed_order = copy.is_fixed_order

    # What the visitor does

    @rx.event
    def choose_option(self, question_id: str, saved: str, option_id: str) -> None:
        """The visitor picked an option."""
        self._restore(saved)
        if _is_id(question_id) and _is_id(option_id):
            self._answer(question_id, option_id)

    @rx.event
    def toggle_not_sure(self, question_id: str, saved: str) -> None:
        """The visitor is not sure about a question, or is sure after all."""
        self._restore(saved)
        question = asked(get_catalog()).get(question_id) if _is_id(question_id) else None
        if question is not None:
            value = _with_doubt_toggled(get_catalog(), question, self.answers.get(question.id, ""))
            self._answer(question.id, value)

    @rx.event
    def skip_question(self, question_id: str, saved: str) -> None:
        """The visitor leaves a question open and goes on."""
        self._restore(saved)
        if _is_id(question_id) and question_id in asked(get_catalog()):
            self._answer(question_id, "")
            self._show(self._after(question_id))

    @rx.event
    def show_view(self, view: str, saved: str) -> None:
        """The visitor goes on, to a question, or to the list of all answers."""
        self._restore(saved)
        if _is_id(view) and view in views(get_catalog()) | {NEXT}:
            self._clear_notices()
            self._show(self._after(self._at()) if view == NEXT else view)

    @rx.event
    def go_back(self, saved: str) -> None:
        """The visitor goes back to the view shown before."""
        self._restore(saved)
        if self._trail:
            *trail, self.at = self._trail
            self._trail = trail
            self._clear_notices()
            self._save()

    @rx.event
    def answer_rest(self, saved: str) -> None:
        """The visitor goes on although nothing open can change the first place."""
        self._restore(saved)
        self._goes_on = True
        self._show(self._after(self._at()))

    @rx.event
    def keep_fixed_order(self, saved: str, is_fixed: bool) -> None:
        """The visitor wants the questions in their fixed order, or no longer."""
        self._restore(saved)
        if isinstance(is_fixed, bool) and is_fixed != self.is_fixed_order:
            self.is_fixed_order = is_fixed
            self._save()

    @rx.event
    def flip_switch(self, question_id: str, saved: str, is_on: bool) -> None:
        """The visitor turned one of the settings on or off."""
        self._restore(saved)
        catalog = get_catalog()
        question = catalog.questions.get(question_id) if _is_id(question_id) else None
        if question is not None and question.kind == "switch" and isinstance(is_on, bool):
            self._answer(question.id, question.options[1 if is_on else 0].id)

    @rx.event
    def use_preset(self, preset_id: str, saved: str) -> None:
        """The visitor starts from the answers of a well-known job."""
        self._restore(saved)
        catalog = get_catalog()
        preset = catalog.presets.get(preset_id) if _is_id(preset_id) else None
        if preset is None:
            return
        answers, _ = parse_answers(catalog, preset.answers)
        had_answers = bool(self.answers)
        self._change(answers, at=REVIEW, keep_for_undo=had_answers)
        self.notices = [f"Answers for “{preset.name}” are set. Change whatever does not fit."]

    @rx.event
    def relax(self, must_haves: str, saved: str) -> None:
        """The visitor gives up must-haves (ids, separated by commas)."""
        self._restore(saved)
        catalog = get_catalog()
        if not isinstance(must_haves, str) or len(must_haves) > LONGEST_ID * len(
            catalog.must_haves
        ):
            return
        wanted = must_haves.split(",")
        if not all(must_have in catalog.must_haves for must_have in wanted):
            return
        changes = relaxing_changes(catalog, self.answers, wanted)
        if changes:
            sentences = [f"{change_sentence(catalog, change)}." for change in changes]
            self._change(relaxed(catalog, self.answers, wanted), at=self.at, keep_for_undo=True)
            self.notices = sentences

    @rx.event
    def reset_answers(self, saved: str) -> None:
        """The visitor starts again."""
        self._restore(saved)
        if self.answers:
            self._change({}, at=first_question(get_catalog()), keep_for_undo=True)
            self.notices = ["All answers are cleared."]
        else:
            self._show(first_question(get_catalog()))

    @rx.event
    def undo(self, saved: str) -> None:
        """The visitor takes back the last change that replaced several answers."""
        self._restore(saved)
        if self._before is not None:
            before = self._before
            self._change(before.answers, at=before.at, keep_for_undo=False)
            self.notices = ["Your answers are as they were."]

    @rx.event
    def dismiss_notices(self, saved: str) -> None:
        """The visitor has read the notice."""
        self._restore(saved)
        self._clear_notices()

    # What changes

    def _answer(self, question_id: str, value: str) -> None:
        try:
            answers = with_answer(get_catalog(), self.answers, question_id, value)
        except UnknownAnswerError as error:
            self.notices = [str(error)]
            return
        if answers != self.answers:
            self._change(answers, at=self.at, keep_for_undo=False)

    def _change(self, answers: Mapping[str, str], *, at: str, keep_for_undo: bool) -> None:
        self._before = Moment(dict(self.answers), self.at) if keep_for_undo else None
        self.can_undo = keep_for_undo
        self.notices = []
        self._previous_answers = dict(self.answers)
        self.answers = dict(answers)
        if at != self.at:
            # Another set of answers: there is nothing to go back to.
            self.at = at
            self._trail = []
            self._goes_on = False
        self._save()

    def _take_back_all(self, kind: str, notice: str) -> None:
        """Take back every answer whose name begins like this; it can be undone."""
        kept = {name: value for name, value in self.answers.items() if not name.startswith(kind)}
        if len(kept) < len(self.answers):
            self._change(kept, at=self.at, keep_for_undo=True)
            self.notices = [notice]

    def _show(self, view: str) -> None:
        before = self._at()
        if view != before:
            self._trail = [*self._trail, before][-LONGEST_TRAIL:]
            self.at = view
            self._save()

    def _at(self) -> str:
        """The view on the screen."""
        catalog = get_catalog()
        return self.at if self.at in views(catalog) else first_question(catalog)

    def _after(self, view: str) -> str:
        """The view that comes next."""
        return next_view(
            get_catalog(),
            self.answers,
            at=view,
            trail=self._trail,
            is_fixed_order=self.is_fixed_order,
        )

    def _clear_notices(self) -> None:
        if self.notices or self.can_undo or self._before:
            self.notices = []
            self.can_undo = False
            self._before = None
            self._save()

    def _save(self) -> None:
        self.saved = write_copy(
            BrowserCopy(
                Moment(self.answers, self.at),
                self._before,
                tuple(self._trail),
                self.is_fixed_order,
            )
        )

    # What the page shows

    @rx.var
    def query(self) -> str:
        """The query that restores the answers."""
        return routes.answer_query(dict(self.answers))

    @rx.var
    def question(self) -> QuestionView:
        """The question on the screen; the first one while the list of answers is shown."""
        catalog = get_catalog()
        at = self.at if self.at in asked(catalog) else first_question(catalog)
        return _question_view(
            catalog,
            at,
            dict(self.answers),
            previous=self._trail[-1] if self._trail else "",
            is_fixed_order=self.is_fixed_order,
            goes_on=self._goes_on,
        )

    @rx.var
    def view(self) -> str:
        """What is on the screen: the id of a question, or the list of all answers."""
        return self.at if self.at in views(get_catalog()) else first_question(get_catalog())

    @rx.var
    def is_review(self) -> bool:
        """Whether the list of all answers is on the screen."""
        return self.at == REVIEW

    @rx.var
    def review(self) -> list[AnswerView]:
        """All questions with their answers; empty while a question is on the screen."""
        if self.at != REVIEW:
            return []
        catalog = get_catalog()
        return [
            AnswerView(
                id=question.id,
                number=number,
                short=question.short,
                answer=answer_label(catalog, question.id, self.answers.get(question.id, "")),
                is_answered=question.id in self.answers,
            )
            for number, question in enumerate(asked(catalog).values(), start=1)
        ]

    @rx.var
    def own_answers(self) -> list[OwnAnswerView]:
        """What was set past the questions; empty while a question is on the screen."""
        if self.at != REVIEW:
            return []
        catalog = get_catalog()
        return [
            OwnAnswerView(
                id=name,
                subject=answer_subject(catalog, name),
                answer=answer_label(catalog, name, value),
            )
            for name, value in self.answers.items()
            if name not in catalog.questions
        ]

    @rx.var
    def switches(self) -> list[SwitchView]:
        """The settings."""
        catalog = get_catalog()
        return [
            SwitchView(
                id=question.id,
                question=question.short,
                meaning=f"{question.options[1].label}: {question.options[1].meaning}",
                is_on=question.id in self.answers,
            )
            for question in catalog.questions.values()
            if question.kind == "switch"
        ]

    @rx.var
    def answered(self) -> str:
        """How far the visitor is: ``4 of 16 answered``."""
        catalog = get_catalog()
        total = len(asked(catalog))
        still_open = len(open_questions(catalog, dict(self.answers)))
        return f"{total - still_open} of {total} answered"

    @rx.var
    def first_open(self) -> str:
        """Where to go on answering: the open question on the screen, or the next; or nothing."""
        still_open = open_questions(get_catalog(), dict(self.answers))
        if not still_open:
            return ""
        at = self.at or first_question(get_catalog())
        return at if at in still_open else NEXT


def _is_link_page(path: str) -> bool:
    return path.rstrip("/") in {page.rstrip("/") for page in LINK_PAGES}


def _is_id(found: object) -> bool:
    return isinstance(found, str) and 0 < len(found) <= LONGEST_ID


def _answers_in(catalog: Catalog, query: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The answers in a query, and a sentence per part that was dropped."""
    if len(query) > LONGEST_QUERY:
        return {}, ("The link is longer than any of ours, so it was not read.",)
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return {}, ("The link holds more parts than any of ours, so it was not read.",)
    answers, dropped = parse_answers(catalog, dict(pairs))
    twice = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    if twice:
        dropped = (*dropped, "The link answers a question twice; the last answer counts.")
    return answers, dropped


def _with_doubt_toggled(catalog: Catalog, question: Question, value: str) -> str:
    """The answer after "not sure" was pressed.

    A picked level keeps its points and widens; where no level is picked, "don't know" stands for
    all of them alike.
    """
    if value == DONT_KNOW:
        return ""
    if value.endswith(UNSURE_SUFFIX):
        return value.removesuffix(UNSURE_SUFFIX)
    if question.kind == "importance" and value in catalog.levels:
        return value + UNSURE_SUFFIX
    return DONT_KNOW


def _question_view(
    catalog: Catalog,
    question_id: str,
    answers: dict[str, str],
    *,
    previous: str,
    is_fixed_order: bool,
    goes_on: bool,
) -> QuestionView:
    question = catalog.questions[question_id]
    value = answers.get(question.id, "")
    picked = picked_option(question, value) if value else None
    look = glance_of(answers)
    return QuestionView(
        id=question.id,
        kicker=progress_words(catalog, answers, look),
        text=question.text,
        why=question.why,
        options=[
            OptionView(
                id=option.id,
                label=option.label,
                meaning=option.meaning,
                key=str(number),
                is_picked=picked is not None and picked.id == option.id,
                is_apart=question.kind == "importance" and option.id == MUST,
            )
            for number, option in enumerate(question.options, start=1)
        ],
        picked=picked.id if picked is not None else "",
        is_not_sure=value == DONT_KNOW or value.endswith(UNSURE_SUFFIX),
        not_sure_effect=_not_sure_effect(question, value),
        previous=previous,
        next=NEXT,
        is_last=is_last(catalog, answers, question.id, is_fixed_order=is_fixed_order),
        is_settled=look.proof.is_settled and not goes_on,
    )


def _not_sure_effect(question: Question, value: str) -> str:
    """What "not sure" does to the answer that stands, in one sentence."""
    if value.endswith(UNSURE_SUFFIX):
        return "Not sure: your level counts, and its neighbours count as possible too."
    if value == DONT_KNOW and question.kind == "importance":
        return "Not sure: every level counts as possible, and their mean is used."
    if value == DONT_KNOW:
        return "Not sure: every answer counts as possible, and none rules anything out."
    return ""
