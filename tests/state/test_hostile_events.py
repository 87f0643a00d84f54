"""Every public handler of every state, called with what it does not expect.

Anybody can call any of them with anything; Reflex does not check annotations. No call may raise,
and none may change the answers.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
import reflex as rx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import framework_picker.state
from framework_picker.state.answers import AnswersState
from framework_picker.state.fine_tuning import FineTuningState
from tests.state.conftest import OpenPage

HOSTILE: tuple[object, ...] = (
    None,
    True,
    False,
    0,
    -1,
    10**30,
    1.5,
    float("nan"),
    float("inf"),
    "",
    " ",
    "none",
    "__class__",
    "answers",
    "review",
    "x" * 100_000,
    "\x00\ud800",
    "<script>alert(1)</script>",
    "{}",
    '{"answers": {"use": ["api"]}}',
    "has-admin," * 50,
    [],
    ["use"],
    [["use", "api"]],
    {},
    {"use": "api"},
    {"answers": {"use": "api"}},
    b"use",
    "value.django.learning",
    "value.django.beauty",
    "importance.admin-pages",
    {"framework": "django", "criterion": "learning", "value": "101", "reason": ""},
    {"framework": "django", "criterion": "learning", "value": "80", "reason": "a\nb"},
    {"framework": "django", "criterion": "learning", "value": 10**30, "reason": None},
    {"framework": ["django"], "criterion": {}, "value": "80", "reason": ""},
    {"framework": "wordpress", "criterion": "learning", "value": "80", "reason": "x" * 141},
)

# Set by Reflex on every state. It calls `set_<name>`, and we define no such method.
FRAMEWORK_HANDLERS = {"setvar"}

# Takes nothing but the browser's copy and clears the answers, whatever the copy holds.
CLEARS_ANSWERS = "reset_answers"


def states() -> Iterator[type[rx.State]]:
    """Every state class of the app."""
    for module in pkgutil.iter_modules(framework_picker.state.__path__):
        importlib.import_module(f"framework_picker.state.{module.name}")
    yield from (
        state for state in rx.State.__subclasses__() if "framework_picker" in state.__module__
    )


def handlers() -> list[tuple[type[rx.State], str, int]]:
    """State, name and number of arguments of every handler."""
    return [
        (state, name, len(inspect.signature(handler.fn).parameters) - 1)
        for state in states()
        for name, handler in sorted(state.event_handlers.items())
        if name not in FRAMEWORK_HANDLERS
    ]


HANDLERS = handlers()
WITH_ARGUMENTS = [entry for entry in HANDLERS if entry[2] > 0 and entry[1] != CLEARS_ANSWERS]
NAMES = [f"{state.__name__}.{name}" for state, name, _ in WITH_ARGUMENTS]


async def call(state_class: type[rx.State], name: str, arguments: list[object]) -> None:
    """Call a handler in a session with answers, and see that they stay."""
    root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
    answers = await root.get_state(AnswersState)
    answers.choose_option("use", "", "api")
    answers.choose_option("admin", "", "lot")
    before = dict(answers.answers)
    state = await root.get_state(state_class)
    result = state_class.event_handlers[name].fn(state, *arguments)
    if inspect.isawaitable(result):
        result = await result
    elif inspect.isasyncgen(result):
        async for _ in result:
            pass
    elif inspect.isgenerator(result):
        list(result)
    assert answers.answers == before
    assert all(isinstance(notice, str) and len(notice) < 300 for notice in answers.notices)


def test_the_handlers_are_found() -> None:
    assert {name for state, name, _ in HANDLERS if state is AnswersState} >= {
        "open_page",
        "choose_option",
        "relax",
        "undo",
    }
    assert {name for state, name, _ in HANDLERS if state is FineTuningState} >= {
        "move_importance",
        "replace_value",
        "take_back",
    }


def test_no_state_lets_its_vars_be_set_by_name() -> None:
    for state in states():
        assert not [name for name in state.event_handlers if name.startswith("set_")]


@pytest.mark.parametrize(("state_class", "name", "count"), WITH_ARGUMENTS, ids=NAMES)
async def test_hostile_arguments_change_nothing(
    state_class: type[rx.State], name: str, count: int
) -> None:
    for value in HOSTILE:
        await call(state_class, name, [value] * count)


@pytest.mark.slow
@pytest.mark.parametrize(("state_class", "name", "count"), WITH_ARGUMENTS, ids=NAMES)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
async def test_mixed_hostile_arguments_change_nothing(
    state_class: type[rx.State], name: str, count: int, data: st.DataObject
) -> None:
    await call(state_class, name, [data.draw(st.sampled_from(HOSTILE)) for _ in range(count)])


@pytest.mark.parametrize("saved", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_lost_session_takes_nothing_from_a_hostile_copy(
    answers: AnswersState, saved: object
) -> None:
    answers.event_handlers["dismiss_notices"].fn(answers, saved)
    answers.event_handlers["undo"].fn(answers, saved)
    answers.event_handlers[CLEARS_ANSWERS].fn(answers, saved)

    assert answers.answers == {}


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_hostile_browser_storage_changes_nothing(
    answers: AnswersState, open_page: OpenPage, value: object, capsys: pytest.CaptureFixture[str]
) -> None:
    # Reflex stores whatever the browser sends for these two; it only prints a warning.
    answers.saved = value  # type: ignore[assignment]
    open_page(answers, "/", says=value)  # type: ignore[arg-type]
    open_page(answers, "/?", says=value)  # type: ignore[arg-type]
    capsys.readouterr()

    assert answers.answers == {}
