"""The outlook in words: true, short, and never silent where there is something to say."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from random import Random

import pytest

from framework_picker.catalog.loader import LoadedData, load_data
from framework_picker.domain.answers import answer_values
from framework_picker.domain.cross_checks import CrossCheck
from framework_picker.domain.engine import Engine, engine
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.judging import evaluate
from framework_picker.domain.outlook import Outlook, outlook
from framework_picker.domain.outlook_rows import NextQuestion
from framework_picker.domain.outlook_words import (
    advice_sentence,
    agreement_sentence,
    cross_check_sentence,
    error_factor_sentence,
    factor_text,
    flip_sentence,
    interval_sentence,
    next_question_sentence,
    no_flip_sentence,
    of_hundred,
    proof_meter,
    proof_sentence,
    shaky_sentence,
    sureness_sentence,
)

SOME = {"use": "site", "admin": "lot-unsure", "async": "little", "people": "dont-know"}


@pytest.fixture(scope="module")
def data() -> LoadedData:
    return load_data(Path(__file__).parents[2] / "data")


@pytest.fixture(scope="module")
def made(data: LoadedData) -> Engine:
    return engine(data.catalog, data.table)


@pytest.fixture(scope="module")
def looked(data: LoadedData, made: Engine) -> list[tuple[Evaluation, Outlook]]:
    random = Random("words")
    answers: list[dict[str, str]] = [{}, SOME]
    for _ in range(60):
        share = random.random()
        answers.append(
            {
                question.id: random.choice(answer_values(data.catalog, question))
                for question in data.catalog.questions.values()
                if random.random() < share
            }
        )
    evaluations = [evaluate(data.catalog, data.table, given) for given in answers]
    return [(one, outlook(data.catalog, data.table, made, one, samples=500)) for one in evaluations]


@pytest.mark.slow
def test_every_outlook_can_be_said(
    data: LoadedData, looked: list[tuple[Evaluation, Outlook]]
) -> None:
    catalog = data.catalog
    for evaluation, look in looked:
        said = [
            sureness_sentence(catalog, evaluation, look),
            error_factor_sentence(catalog, look),
            agreement_sentence(look),
            advice_sentence(look),
            look.no_flip_sentence,
            look.proof.sentence,
            *(flip.sentence for flip in (*look.flips, *look.must_have_flips)),
            *(check.sentence for check in look.cross_checks),
            *(shaky_sentence(catalog, look, shaky) for shaky in look.shaky),
            *(interval_sentence(catalog, i) for i in (*look.intervals, *look.criterion_intervals)),
            *(next_question_sentence(catalog, question) for question in look.next_questions),
        ]
        for sentence in said:
            assert sentence == "" or sentence.endswith("."), sentence
            assert not re.search(r"nan|inf\b|None|  |\.\.|-unsure|dont-know", sentence), sentence
        assert bool(said[0]) == look.is_available
        assert bool(said[1]) == (bool(look.leader) and len(look.standings) > 1)


def test_how_sure(data: LoadedData, looked: list[tuple[Evaluation, Outlook]]) -> None:
    catalog = data.catalog
    before = sureness_sentence(catalog, *looked[0])
    assert before.startswith("Before your first answer: ")
    for evaluation, look in looked[1:]:
        sentence = sureness_sentence(catalog, evaluation, look)
        if look.leader:
            assert catalog.alternatives[look.leader].name in sentence
        if look.leader and len(look.standings) > 1:
            assert of_hundred(look.standings[look.leader].first_share) in sentence
        if look.is_split:
            assert catalog.alternatives[look.split_with].name in sentence


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "fewer than 1 of 100"),
        (0.004, "fewer than 1 of 100"),
        (0.62, "62 of 100"),
        (0.996, "more than 99 of 100"),
        (1.0, "more than 99 of 100"),
    ],
)
def test_shares_of_samples_are_never_certain(share: float, words: str) -> None:
    assert of_hundred(share) == words


@pytest.mark.parametrize(
    ("factor", "words"), [(1.0, "1.00"), (1.058, "1.05"), (1.69, "1.6"), (12.0, "12.0")]
)
def test_a_factor_is_never_rounded_up(factor: float, words: str) -> None:
    assert factor_text(factor) == words


def test_flips_in_words(data: LoadedData) -> None:
    catalog = data.catalog
    assert flip_sentence(catalog, {"admin": "little"}, {"admin": "lot"}, ["django"]) == (
        "Admin pages: from “a little” to “a lot”: Django leads."
    )
    two = {"admin": "must", "use": "api"}
    assert flip_sentence(catalog, {"use": "site"}, two, ["django", "flask"]) == (
        "Admin pages: from “not answered” to a must-have; Kind of project: from "
        "“A site with pages and accounts” to “A JSON API”: Django and Flask share first place."
    )
    direct = flip_sentence(catalog, {}, {"importance.admin": "none"}, ["flask"])
    assert direct == (
        "Importance of Admin pages: from “not answered” to “doesn't matter”: Flask leads."
    )


def test_no_flip_in_words(data: LoadedData) -> None:
    assert no_flip_sentence(data.catalog, "django", "flask", 2.66) == (
        "No two answers change the winner. Every importance would have to be wrong at once, by a "
        "factor of 2.6, before Flask draws level with Django."
    )
    assert no_flip_sentence(data.catalog, "django", "", None) == (
        "No two answers change the winner. However much each answer matters, nobody draws level "
        "with Django."
    )


def test_the_proof_in_words(data: LoadedData) -> None:
    def said(
        *, settled: bool, beaten: int, can_change: int, open_count: int, leader: str = "django"
    ) -> str:
        return proof_sentence(
            data.catalog,
            leader=leader,
            is_settled=settled,
            rivals=["x"] * 19,
            beaten=["x"] * beaten,
            can_change=["q"] * can_change,
            open_count=open_count,
        )

    assert said(settled=True, beaten=19, can_change=0, open_count=4) == (
        "Nothing you have not answered can change the first place."
    )
    assert (
        said(settled=True, beaten=19, can_change=0, open_count=0) == "Every question is answered."
    )
    assert said(settled=False, beaten=14, can_change=2, open_count=5) == (
        "14 of 19 rivals cannot catch Django, whatever you answer; "
        "two of five open questions may still change the first place."
    )
    assert said(settled=False, beaten=0, can_change=3, open_count=3) == (
        "Django leads so far; all three open questions may still change the first place."
    )
    assert said(settled=False, beaten=1, can_change=1, open_count=1).endswith(
        "the open question may still change the first place."
    )
    assert said(settled=False, beaten=0, can_change=0, open_count=3, leader="").startswith(
        "Several"
    )


def test_the_meter(data: LoadedData, looked: list[tuple[Evaluation, Outlook]]) -> None:
    for _, look in looked:
        meter = proof_meter(look)
        if look.leader and look.proof.rivals:
            beaten, rivals = len(look.proof.beaten), len(look.proof.rivals)
            assert meter == f"Cannot be caught by {beaten} of {rivals} rivals"
        else:
            assert meter == ""


def test_advice(looked: list[tuple[Evaluation, Outlook]]) -> None:
    _, look = looked[1]
    plain = dataclasses.replace(
        look.proof, is_evidence_proven=False, is_probably_settled=False, is_settled=False
    )
    probable = dataclasses.replace(plain, is_probably_settled=True)
    certain = dataclasses.replace(plain, is_settled=True, is_evidence_proven=True)
    assert advice_sentence(dataclasses.replace(look, proof=plain)) == ""
    assert "probably not" in advice_sentence(dataclasses.replace(look, proof=probable))
    assert "No reading" in advice_sentence(dataclasses.replace(look, proof=certain))


def test_why_other_methods_disagree(data: LoadedData) -> None:
    slugs, criteria = ["django", "flask"], ["admin", "api"]

    def said(check: CrossCheck) -> str:
        return cross_check_sentence(data.catalog, check, slugs, criteria, "django")

    assert said(CrossCheck("TOPSIS", (0,), agrees=True)) == "TOPSIS agrees: Django comes first."
    vikor = CrossCheck("VIKOR", (1,), False, "one bad spot", about=0, criterion=1)
    assert said(vikor) == (
        "VIKOR puts Flask first: it looks at the worst single point, and Django has a weak spot in "
        "“API tooling”."
    )
    many = CrossCheck("PROMETHEE II", (1,), False, "many small wins", 1, 0, wins=5, losses=2)
    assert "Flask is ahead on five criteria, behind on two" in said(many)
    few = dataclasses.replace(many, wins=2, losses=5)
    assert "the lead of Django in “Admin pages” counts for less" in said(few)
    uneven = CrossCheck("TOPSIS", (1,), False, "extreme profile", about=1, criterion=0)
    assert "Flask has the most uneven profile" in said(uneven)


def test_what_a_question_may_bring(data: LoadedData) -> None:
    question = NextQuestion("admin", 0.254, 2.4, can_change_first=True)
    assert next_question_sentence(data.catalog, question) == (
        "“Admin pages” tells 0.25 bits about the first place; choosing after its answer is "
        "expected to be worth about 2 points."
    )
    nothing = NextQuestion("admin", 0.0, 0.0, can_change_first=False)
    assert next_question_sentence(data.catalog, nothing) == (
        "“Admin pages” is not expected to change anything."
    )
