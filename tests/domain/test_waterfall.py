"""The steps of "why A and not B" lead from one score to the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.domain.scoring import HeadToHead
from framework_picker.domain.waterfall import Step, waterfall

NAMES = {"a": "Ash", "b": "Beech"}


def steps_of(differences: dict[str, float], *, second: float = 50.0) -> tuple[Step, ...]:
    ordered = tuple(sorted(differences.items(), key=lambda entry: (-entry[1], entry[0])))
    gap = sum(differences.values())
    return waterfall(
        HeadToHead("a", "b", gap, ordered),
        scores={"a": second + gap, "b": second},
        names=NAMES,
        criterion_names={key: key.capitalize() for key in differences},
    )


def test_the_largest_three_of_each_side_stand_alone_and_the_rest_is_merged() -> None:
    steps = steps_of(
        {"p": 5, "q": 4, "r": 3, "s": 2, "t": 1, "u": -1, "v": -2, "w": -3, "x": -4, "y": -0.5}
    )

    assert [(step.label, step.kind, step.points) for step in steps] == [
        ("Beech", "start", 50.0),
        ("P", "for", 5.0),
        ("Q", "for", 4.0),
        ("R", "for", 3.0),
        ("two smaller", "for", 3.0),
        ("X", "against", -4.0),
        ("W", "against", -3.0),
        ("V", "against", -2.0),
        ("two smaller", "against", -1.5),
        ("Ash", "end", 54.5),
    ]
    assert steps[4].criteria == ("s", "t")


def test_a_single_small_one_keeps_its_name() -> None:
    steps = steps_of({"p": 5, "q": 4, "r": 3, "s": 2})

    assert [step.label for step in steps] == ["Beech", "P", "Q", "R", "S", "Ash"]


def test_each_step_begins_where_the_last_one_ended() -> None:
    steps = steps_of({"p": 5, "q": -2})

    assert [(step.low, step.high) for step in steps] == [(0, 50), (50, 55), (53, 55), (0, 53)]


def test_equal_alternatives_have_no_steps_between() -> None:
    assert [step.kind for step in steps_of({"p": 0.0, "q": 0.0})] == ["start", "end"]


@given(
    differences=st.lists(
        st.floats(min_value=-5, max_value=5, allow_nan=False), min_size=1, max_size=9
    ),
    second=st.floats(min_value=45, max_value=55),
)
def test_the_figures_shown_lead_from_the_score_shown_to_the_score_shown(
    differences: list[float], second: float
) -> None:
    steps = steps_of({f"c{n}": points for n, points in enumerate(differences)}, second=second)
    start, *between, end = steps

    if between:
        assert start.points + sum(step.points for step in between) == pytest.approx(end.points)
    assert end.high == pytest.approx(second + sum(differences))
    for step in between:
        exact = step.high - step.low if step.kind == "for" else step.low - step.high
        assert abs(step.points - exact) < 0.2 + 1e-9
