"""What changed between two evaluations, held against replays of catalogs with one difference."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest

from framework_picker.catalog.folder import read_documents
from framework_picker.catalog.loader import LoadedData
from framework_picker.catalog.problems import Report
from framework_picker.domain.differences import Change, Differences, differences
from framework_picker.domain.document import Json
from framework_picker.domain.engine import engine
from framework_picker.domain.judging import evaluate
from framework_picker.domain.replay import replay
from tests.catalog.folders import DATA, load

pytestmark = pytest.mark.slow

API = {"use": "api", "async": "decisive", "admin": "lot", "learning": "somewhat"}
"""Of an API with admin pages."""


@cache
def _documents() -> dict[str, Any]:
    return dict(read_documents(DATA, Report()))


def changed(**capabilities: str) -> dict[str, Any]:
    """The data with other capabilities: ``litestar__admin="none"``."""
    documents = dict(_documents())
    for name, value in capabilities.items():
        slug, _, capability = name.partition("__")
        path = f"frameworks/{slug.replace('_', '-')}.yaml"
        documents[path] = copy.deepcopy(documents[path])
        documents[path]["capabilities"][capability] = {
            "value": value,
            "as_of": "2026-11-20",
            "source": ["https://example.org/changed"],
        }
    return documents


@cache
def _loaded(changes: tuple[tuple[str, str], ...]) -> LoadedData:
    return load(changed(**dict(changes)))


def loaded(**capabilities: str) -> LoadedData:
    return _loaded(tuple(sorted(capabilities.items())))


def document(answers: dict[str, str] = API, /, **capabilities: str) -> dict[str, Json]:
    """The evaluation document of the data with other capabilities."""
    data = loaded(**capabilities)
    made = engine(data.catalog, data.table, samples=200)
    return replay(data.catalog, data.table, made, answers)


def ranks(answers: dict[str, str] = API, /, **capabilities: str) -> dict[str, int]:
    """Ranks by slug, from the judging itself."""
    data = loaded(**capabilities)
    found = evaluate(data.catalog, data.table, answers)
    return {ranked.slug: ranked.rank for ranked in found.ranking}


def moved(before: dict[str, int], after: dict[str, int]) -> dict[str, tuple[Any, Any]]:
    """Who has another rank."""
    return {
        slug: (before.get(slug), after.get(slug))
        for slug in {*before, *after}
        if before.get(slug) != after.get(slug)
    }


def only(found: Differences, slug: str, criterion: str = "") -> Change:
    """The change of one framework (on one criterion)."""
    matching = [
        change
        for change in found.changes
        if change.slug == slug and criterion in ("", change.criterion)
    ]
    assert len(matching) == 1, [change.sentence for change in found.changes]
    return matching[0]


def test_the_same_data_has_no_differences() -> None:
    found = differences(document(), document())

    assert found.holds
    assert found.outcome == "holds"
    assert found.is_same_data
    assert found.is_same_method
    assert found.changes == ()
    assert found.unweighted == 0
    assert [place.rank_then for place in found.places] == [place.rank_now for place in found.places]


SEVERAL = {
    "fastapi__admin": "built-in",
    "litestar__admin": "none",
    "flask__orm": "built-in",
    "django__orm": "none",
}


@pytest.mark.parametrize("name", sorted(SEVERAL))
def test_one_change_does_what_a_replay_of_the_catalog_with_it_does(name: str) -> None:
    """The attribution against the second opinion: the judging itself, with that one change."""
    found = differences(document(), document(**SEVERAL))
    slug = name.partition("__")[0]

    after = ranks(**{name: SEVERAL[name]})

    assert found.changes
    expected = moved(ranks(), after)
    # A fact may feed several criteria: then one of them does it alone, or all of them together.
    of_this = [
        {move.slug: (move.before, move.after) for move in change.moves}
        for change in found.changes
        if change.slug == slug
    ]
    assert expected in of_this
    together = [change for change in found.changes if change.kind == "together"]
    assert len([change for change in together if change.slug == slug]) <= 1


def test_a_value_change_names_both_readings_their_dates_and_sources() -> None:
    found = differences(document(), document(fastapi__admin="built-in"))

    change = only(found, "fastapi", "admin")
    reading = next(one for one in change.readings if one.now == "built in")
    assert reading.then
    assert reading.as_of_then == reading.as_of_now == "2026-11-20"
    assert reading.source_now == ("https://example.org/changed",)
    assert reading.source_then
    assert reading.source_then != reading.source_now
    assert change.value_now is not None
    assert change.value_then is not None
    assert change.value_now > change.value_then
    assert change.points == pytest.approx(
        _score(document(fastapi__admin="built-in"), "fastapi") - _score(document(), "fastapi")
    )


def _score(found: dict[str, Json], slug: str) -> float:
    ranking: Any = found["ranking"]
    return float(next(entry["score"] for entry in ranking if entry["slug"] == slug))


def test_a_change_that_gives_the_first_place_away_is_named_as_the_cause() -> None:
    answers = {"admin": "decisive", "use": "api"}
    then = document(answers)
    first = str(then["winner"])
    rivals: Any = then["ranking"]
    rival = str(rivals[1]["slug"])
    lost = f"{first.replace('-', '_')}__admin"

    found = differences(then, document(answers, **{lost: "none"}))

    assert not found.holds
    assert found.outcome == "changed"
    assert found.first_then == (first,)
    assert found.first_now != (first,)
    names = {str(entry["slug"]): str(entry["name"]) for entry in rivals}
    assert found.sentence.endswith(f"no longer {names[first]}.")
    assert names[first] in found.because
    assert found.changes[0].moves_first
    assert found.changes[0].slug == first
    assert rival in {place.slug for place in found.places}


def test_what_only_two_changes_do_together_is_said_to_be_done_together() -> None:
    """A small step back of the leader and one ahead of the rival, none of which is enough."""
    then = _hand_made({"a": (60.0, 50.0), "b": (50.0, 55.0)})
    now = _hand_made({"a": (56.0, 50.0), "b": (50.0, 57.0)})

    found = differences(then, now)

    assert found.sentence == "B now leads, no longer A."
    assert not any(change.moves_first for change in found.changes)
    assert found.because.startswith("Several changes did it together; without this one")
    assert "fell from 60 to 56" in found.because


def _hand_made(values: dict[str, tuple[float, float]], **more: Json) -> dict[str, Json]:
    """A document with two criteria of equal weight, so that everything is a mean of two."""
    scores = {slug: (one + other) / 2 for slug, (one, other) in values.items()}
    ordered = sorted(scores, key=lambda slug: -scores[slug])
    leaders = [slug for slug in ordered if scores[slug] == scores[ordered[0]]]
    parts: dict[str, list[Json]] = {
        slug: [
            {
                "criterion": criterion,
                "name": criterion.capitalize(),
                "value": value,
                "parts": [
                    {
                        "id": criterion,
                        "label": criterion,
                        "reading": f"{value:g}",
                        "value": value,
                        "as_of": "2026-01-01",
                        "source": [],
                    }
                ],
            }
            for criterion, value in zip(("speed", "looks"), pair, strict=True)
        ]
        for slug, pair in values.items()
    }
    made: dict[str, Json] = {
        "schema_version": 1,
        "method_version": "1.0",
        "data_version": str(sorted(values.items())),
        "data_as_of": "2026-01-01",
        "winner": leaders[0] if len(leaders) == 1 else None,
        "ties": list(leaders) if len(leaders) > 1 else [],
        "weights": [
            {"criterion": "looks", "name": "Looks", "weight": 0.5},
            {"criterion": "speed", "name": "Speed", "weight": 0.5},
        ],
        "ranking": [
            {
                "slug": slug,
                "name": slug.upper(),
                "rank": 1 + sum(score > scores[slug] for score in scores.values()),
                "score": scores[slug],
                "contributions": parts[slug],
            }
            for slug in ordered
        ],
        "excluded": [],
        "notices": [],
    }
    made.update(more)
    return made


def test_what_two_changes_of_one_framework_do_together_is_a_change_of_its_own() -> None:
    then = _hand_made({"a": (60.0, 50.0), "b": (50.0, 55.0)})
    now = _hand_made({"a": (56.0, 48.0), "b": (50.0, 55.0)})

    found = differences(then, now)

    assert found.changes[0].kind == "together"
    assert found.changes[0].points == -3.0
    assert [change.moves_first for change in found.changes] == [True, False, False]
    assert found.because == "All that has changed about A, taken together."


def test_who_comes_level_and_who_falls_behind_are_told_apart() -> None:
    alone = _hand_made({"a": (60.0, 50.0), "b": (50.0, 50.0)})
    level = _hand_made({"a": (60.0, 50.0), "b": (60.0, 50.0)})

    came, fell = differences(alone, level), differences(level, alone)

    assert (came.outcome, came.sentence) == (
        "joined-first",
        "A no longer leads alone: B came level.",
    )
    assert (fell.outcome, fell.sentence) == (
        "left-first",
        "A now leads alone: B fell behind.",
    )
    assert not came.holds
    assert not fell.holds


def test_another_method_is_named_when_no_single_value_explains_the_change() -> None:
    then = _hand_made({"a": (60.0, 50.0), "b": (50.0, 55.0)})
    now = _hand_made({"a": (56.0, 50.0), "b": (50.0, 57.0)}, method_version="2.0")

    found = differences(then, now)

    assert not found.is_same_method
    assert (found.method_version_then, found.method_version_now) == ("1.0", "2.0")
    assert found.because.startswith("The method has changed")


def test_other_weights_are_one_change() -> None:
    then = _hand_made({"a": (60.0, 40.0), "b": (50.0, 52.0)})
    now = _hand_made(
        {"a": (60.0, 40.0), "b": (50.0, 52.0)},
        winner="a",
        weights=[
            {"criterion": "looks", "name": "Looks", "weight": 0.2},
            {"criterion": "speed", "name": "Speed", "weight": 0.8},
        ],
    )

    found = differences(then, now)

    assert [change.kind for change in found.changes] == ["weights"]
    assert found.changes[0].moves_first
    assert found.because == (
        "The same answers give other weights: Looks from 50 % to 20 % and Speed from 50 % to 80 %."
    )


def test_a_framework_that_goes_out_takes_its_place_with_it() -> None:
    then = _hand_made({"a": (60.0, 50.0), "b": (50.0, 50.0), "c": (40.0, 40.0)})
    reason: dict[str, Json] = {
        "must_have": "m",
        "sentence": "No async handlers.",
        "evidence": [
            {"label": "Async", "reading": "none", "as_of": "2026-02-02", "source": ["https://x.y"]}
        ],
    }
    now = _hand_made(
        {"b": (50.0, 50.0), "c": (40.0, 40.0)},
        excluded=[{"slug": "a", "name": "A", "reasons": [reason]}],
    )

    gone, back = differences(then, now), differences(now, then)

    assert gone.because == "A is out now: No async handlers."
    assert gone.changes[0].readings[0].source_now == ("https://x.y",)
    assert {move.slug: move.after for move in gone.changes[0].moves} == {"a": None, "b": 1, "c": 2}
    assert back.because == "A is in the ranking now; then it was out: No async handlers."
    assert [place.rank_then for place in back.places if place.slug == "a"] == [None]


def test_nobody_first_is_no_winner() -> None:
    nobody = _hand_made({"a": (50.0, 50.0)}, winner=None, ties=[])
    somebody = _hand_made({"a": (50.0, 50.0)})

    assert differences(nobody, nobody).outcome == "nobody"
    assert differences(nobody, nobody).holds
    assert differences(somebody, nobody).sentence == "A no longer leads: nobody is first today."
    assert differences(nobody, somebody).sentence == "A now leads; then nobody did."


def test_a_reading_that_is_worth_the_same_moves_nothing_and_is_listed() -> None:
    then = _hand_made({"a": (60.0, 50.0), "b": (50.0, 50.0)})
    now = copy.deepcopy(then)
    ranking: Any = now["ranking"]
    ranking[0]["contributions"][0]["parts"][0]["reading"] = "60.0 exactly"
    now["data_version"] = "other"

    found = differences(then, now)

    assert found.holds
    assert [(change.kind, change.points, change.moves) for change in found.changes] == [
        ("reading", 0.0, ())
    ]


def test_a_scale_that_changed_is_told_from_a_reading_that_changed() -> None:
    then = _hand_made({"a": (60.0, 50.0), "b": (50.0, 50.0)})
    now = copy.deepcopy(then)
    ranking: Any = now["ranking"]
    ranking[0]["contributions"][0]["value"] = 40.0

    change = differences(then, now).changes[0]

    assert change.kind == "scale"
    assert change.sentence == (
        "A’s value for “Speed” fell from 60 to 40 of 100, because the scale has changed."
    )


def test_what_has_no_weight_is_counted_and_not_listed() -> None:
    answers = {"use": "api", "admin": "none"}
    then = document(answers)
    weights: Any = then["weights"]
    assert next(entry["weight"] for entry in weights if entry["criterion"] == "admin") == 0

    found = differences(then, document(answers, fastapi__admin="built-in"))

    assert not [change for change in found.changes if change.criterion == "admin"]
    assert found.unweighted >= 1
