"""Moving between two frameworks: both directions say the same, and unknown is never none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.model import Capability, CapabilityLevel
from framework_picker.domain.moving import (
    Move,
    Outcome,
    move,
    outcome,
    packages_to_add,
    packages_to_give_up,
    points,
    summary,
    unchanged,
)

CATALOG = get_catalog()
PAIRS = list(permutations(sorted(CATALOG.alternatives), 2))
SOME_PAIRS = PAIRS[::7]
MIRROR: dict[Outcome, Outcome] = {
    "replaced": "replaced",
    "own": "own",
    "stays": "stays",
    "new": "lost",
    "lost": "new",
    "neither": "neither",
    "unknown": "unknown",
}


def moving(before: str, after: str) -> Move:
    return move(CATALOG, before, after)


def labels(moved: Move, wanted: Outcome) -> set[str]:
    return {step.key for step in moved.having(wanted)}


def does(level: CapabilityLevel, package: str = "", source: str = "a") -> Capability:
    return Capability(level, date(2026, 1, 1), (source,), "B", package=package)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, None, "unknown"),
        (None, does("none"), "unknown"),
        (does("none"), None, "unknown"),
        (does("built-in"), None, "unknown"),
        (does("none"), does("none"), "neither"),
        (does("none"), does("third-party", "celery"), "new"),
        (does("built-in"), does("none"), "lost"),
        (does("built-in", source="a"), does("built-in", source="b"), "own"),
        (does("built-in"), does("third-party", "wtforms"), "replaced"),
        (does("third-party", "Flask-SQLAlchemy"), does("third-party", "sqlmodel"), "replaced"),
        (does("third-party", "celery"), does("official-extension", "Celery"), "stays"),
        (does("third-party", "a.b_c"), does("third-party", "A-B-C"), "stays"),
        (does("built-in"), does("built-in"), "stays"),
    ],
)
def test_what_becomes_of_a_job(
    before: Capability | None, after: Capability | None, expected: Outcome
) -> None:
    assert outcome(before, after) == expected
    assert outcome(after, before) == MIRROR[expected]


@pytest.mark.parametrize(("before", "after"), SOME_PAIRS)
def test_the_way_back_is_the_mirror_of_the_way_there(before: str, after: str) -> None:
    there, back = moving(before, after), moving(after, before)

    assert [step.key for step in there.steps] == [step.key for step in back.steps]
    for step, other in zip(there.steps, back.steps, strict=True):
        assert (step.before, step.after) == (other.after, other.before)
        assert other.outcome == MIRROR[step.outcome]
    assert packages_to_add(there) == packages_to_give_up(back)
    assert unchanged(there) == unchanged(back)


@pytest.mark.parametrize(("before", "after"), SOME_PAIRS)
def test_the_summary_adds_up_to_all_jobs(before: str, after: str) -> None:
    moved = moving(before, after)
    counts = [int(word) for word in summary(moved).split() if word.isdigit()]

    assert counts[0] == len(CATALOG.capability_kinds) == sum(counts[1:])


@pytest.mark.parametrize(("before", "after"), SOME_PAIRS)
def test_an_unverified_job_is_named_as_such_and_nowhere_else(before: str, after: str) -> None:
    moved = moving(before, after)
    said = {point.term: point.words for point in points(moved)}
    unknown = [step.label for step in moved.having("unknown")]

    assert said.get("Not verified", "") == ", ".join(unknown)
    for label in unknown:
        assert label not in said["No counterpart"].split(", ")
        assert label not in said.get("New", "").split(", ")


@pytest.mark.parametrize("slug", sorted(CATALOG.alternatives))
def test_moving_to_itself_changes_nothing(slug: str) -> None:
    moved = moving(slug, slug)

    assert {step.outcome for step in moved.steps} <= {"stays", "neither", "unknown"}
    assert packages_to_add(moved) == packages_to_give_up(moved) == ()


def test_no_package_is_both_added_and_given_up() -> None:
    for before, after in PAIRS:
        moved = moving(before, after)
        assert not set(packages_to_add(moved)) & set(packages_to_give_up(moved))


def test_from_flask_to_django_the_framework_itself_takes_over() -> None:
    moved = moving("flask", "django")

    assert {"orm", "migrations", "auth", "admin", "forms_validation"} <= labels(moved, "replaced")
    assert labels(moved, "own") >= {"templates", "test_client"}
    assert labels(moved, "new") == {"cli_generator"}
    assert labels(moved, "lost") == set()
    assert "Flask-Migrate" in packages_to_give_up(moved)
    assert "channels" in packages_to_add(moved)


def test_from_django_to_flask_packages_come_and_the_generator_is_missed() -> None:
    moved = moving("django", "flask")
    said = {point.term: point.words for point in points(moved)}

    assert said["No counterpart"] == "Project generator"
    assert "Flask-SQLAlchemy (last release 2023)" in said["To add"]
    assert said["Runs differently"].startswith("Server protocol: WSGI and ASGI → WSGI")


def test_an_addon_keeps_what_it_has_from_its_base() -> None:
    moved = moving("django", "django-ninja")

    assert {"orm", "admin", "migrations"} <= labels(moved, "stays")
    assert "django-ninja" not in packages_to_give_up(moved)  # it is what one moves to


def test_another_language_is_said_first() -> None:
    said = {point.term: point.words for point in points(moving("django", "laravel"))}

    assert said["Runs differently"].startswith("Language: Python → PHP")


def test_a_whole_answer_against_a_part_of_it_is_named() -> None:
    said = {point.term: point.words for point in points(moving("django", "flask"))}

    assert said["Only in part"] == "Sessions"


def test_a_framework_of_which_nothing_is_verified_gets_no_claim() -> None:
    blank = replace(CATALOG.alternatives["flask"], capabilities={}, facts={})
    catalog = replace(CATALOG, alternatives={**CATALOG.alternatives, "flask": blank})
    moved = move(catalog, "flask", "django")
    said = {point.term: point.words for point in points(moved)}

    assert {step.outcome for step in moved.steps} == {"unknown"}
    assert said["No counterpart"] == "none among the verified jobs"
    assert all(trait.is_same is None for trait in moved.traits)
    assert unchanged(moved) == "Language (Python)"
