"""The result in one sentence with how sure it is, for every kind of outlook."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import pytest

from framework_picker.catalog.loader import LoadedData, load_data
from framework_picker.domain.engine import Engine, engine
from framework_picker.domain.headline import (
    Headline,
    error_factor_against,
    headline,
    off_by_sentence,
    would_lead,
)
from framework_picker.domain.judging import evaluate
from framework_picker.domain.outlook import Outlook, outlook
from framework_picker.domain.scoring import HeadToHead, head_to_head
from framework_picker.domain.verdict import verdict

Answers = Mapping[str, str]

NOT_SETTLED = {"use": "api", "async": "decisive"}
PROVEN = {
    "use": "data-app",
    "admin": "none",
    "accounts": "none",
    "database": "decisive",
    "api": "none",
    "ui": "must",
    "async": "must",
    "security": "lot",
    "upkeep": "lot",
    "shape": "box",
    "tools": "little",
}
ONE_LEFT = {"use": "api", "admin": "must", "accounts": "must"}


@pytest.fixture(scope="module")
def data() -> LoadedData:
    return load_data(Path(__file__).parents[2] / "data")


@pytest.fixture(scope="module")
def made(data: LoadedData) -> Engine:
    return engine(data.catalog, data.table)


def look_at(data: LoadedData, made: Engine, answers: Answers) -> tuple[Headline, Outlook]:
    evaluation = evaluate(data.catalog, data.table, answers)
    look = outlook(data.catalog, data.table, made, evaluation)
    return headline(data.catalog, evaluation, look), look


def preset(data: LoadedData, name: str) -> dict[str, str]:
    return dict(data.catalog.presets[name].answers)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["content-site", "prototype", "live", "api"])
def test_the_sentence_says_how_sure_it_is(data: LoadedData, made: Engine, name: str) -> None:
    found, look = look_at(data, made, preset(data, name))

    endings = {
        "very robust": "fits best, and it is very robust.",
        "robust": "fits best, and it is robust.",
        "leaning": "fits best, but it is only a leaning.",
        "open": "is ahead, but it is still open.",
    }
    assert look.words != ""
    assert found.names == data.catalog.alternatives[look.leader].name
    assert found.says == endings[look.words]
    assert found.dek[0].startswith("First in ")
    assert found.dek[0].endswith(" of 100 plausible readings of your 16 answers.")


def test_with_open_questions_it_leads_so_far(data: LoadedData, made: Engine) -> None:
    found, _ = look_at(data, made, NOT_SETTLED)

    assert found.says.startswith("leads so far, ")
    assert "readings of your two answers" in found.dek[0]
    assert any("14 of 16 questions are open" in sentence for sentence in found.dek)
    assert found.badges == ()


def test_where_two_are_best_in_one_sense_each_both_are_named(
    data: LoadedData, made: Engine
) -> None:
    found, look = look_at(data, made, preset(data, "microservices"))

    assert look.status == "split"
    leader, other = (
        data.catalog.alternatives[slug].name for slug in (look.leader, look.split_with)
    )
    assert found.sentence == (
        f"{leader} is best for your answers as given, {other} across what you might mean."
    )
    assert found.dek[0].startswith(f"{other} is first in ")
    assert leader in found.dek[0]


def test_a_proven_first_place_has_a_badge_and_says_so(data: LoadedData, made: Engine) -> None:
    found, look = look_at(data, made, PROVEN)

    assert look.proof.is_settled
    assert found.says == "fits best, whatever you answer next."
    assert found.badges[0].name == "Settled"


def test_with_all_answered_nothing_is_called_settled(data: LoadedData, made: Engine) -> None:
    found, look = look_at(data, made, preset(data, "api"))

    assert look.proof.is_settled
    assert "Settled" not in {badge.name for badge in found.badges}


@pytest.mark.parametrize("answers", [ONE_LEFT, {"use": "api", "ui": "must"}, {}])
def test_where_nobody_leads_others_the_verdict_stays(
    data: LoadedData, made: Engine, answers: Answers
) -> None:
    evaluation = evaluate(data.catalog, data.table, answers)
    plain = verdict(data.catalog, evaluation)
    found, _ = look_at(data, made, answers)

    assert (found.sentence, found.dek) == (plain.sentence, plain.dek)


def test_the_wish_in_the_dek_is_true(data: LoadedData, made: Engine) -> None:
    said = {}
    for name in data.catalog.presets:
        answers = preset(data, name)
        _, look = look_at(data, made, answers)
        said[name] = would_lead(data.catalog, answers, look)
        wished = next(flip for flip in look.flips if len(flip.answers) == 1)
        (question,) = wished.answers
        after = evaluate(data.catalog, data.table, {**answers, **wished.answers})
        leader = data.catalog.alternatives[after.winner or ""].name
        assert said[name].startswith(
            f"{leader} would lead if “{data.catalog.questions[question].short}” were "
        )

    assert said["api"] == "FastAPI would lead if “Community and hiring” were “a lot”."
    assert said["shop"] == "Litestar would lead if “Async and live connections” were a must-have."


def test_the_error_factor_is_the_root_of_what_speaks_for_by_what_speaks_against() -> None:
    result = HeadToHead("a", "b", 6.0, (("x", 5.0), ("y", 3.0), ("z", -2.0)))

    assert error_factor_against(result) == pytest.approx(math.sqrt(8 / 2))


@pytest.mark.parametrize("gap", [0.0, -3.0])
def test_who_is_not_ahead_has_no_error_factor(gap: float) -> None:
    assert error_factor_against(HeadToHead("a", "b", gap, (("x", gap),))) is None


def test_against_the_nearest_rival_it_is_the_factor_of_the_outlook(
    data: LoadedData, made: Engine
) -> None:
    for name in data.catalog.presets:
        evaluation = evaluate(data.catalog, data.table, preset(data, name))
        look = outlook(data.catalog, data.table, made, evaluation)
        factors = {
            ranked.slug: error_factor_against(
                head_to_head(evaluation.contributions, look.leader, ranked.slug)
            )
            for ranked in evaluation.ranking[1:]
        }
        known = {slug: factor for slug, factor in factors.items() if factor is not None}

        assert look.error_factor is not None
        assert min(known.values()) == pytest.approx(look.error_factor)
        assert known[look.nearest_rival] == pytest.approx(look.error_factor)


def test_the_factor_in_words(data: LoadedData) -> None:
    result = HeadToHead("fastapi", "flask", 3.0, (("api", 5.0), ("async", -2.0)))

    assert off_by_sentence(data.catalog, result) == (
        "For Flask to draw level, every importance would have to be off at once, each by a factor "
        "of 1.5."
    )
    assert off_by_sentence(data.catalog, result, is_nearest=True).endswith(
        " No other rival is closer."
    )
    never = HeadToHead("fastapi", "flask", 5.0, (("api", 5.0),))
    assert "never draws level with FastAPI" in off_by_sentence(data.catalog, never)
