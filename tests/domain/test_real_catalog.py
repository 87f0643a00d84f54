"""The judging over the real data: whatever is answered, the result holds together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import numpy as np
import pytest

from framework_picker.catalog.loader import LoadedData, load_data
from framework_picker.domain.answers import answer_values, parse_answers
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.explain import (
    answer_sentence,
    contribution_lines,
    coverage_sentence,
    dominated_sentence,
    duel,
    excluded_sentence,
    non_separating_sentence,
    relaxation_sentence,
    unverified_sentence,
)
from framework_picker.domain.judging import evaluate
from framework_picker.domain.model import Catalog
from framework_picker.domain.must_haves import required, support


@pytest.fixture(scope="module")
def data() -> LoadedData:
    return load_data(Path(__file__).parents[2] / "data")


@pytest.fixture(scope="module")
def evaluations(data: LoadedData) -> list[Evaluation]:
    return [evaluate(data.catalog, data.table, answers) for answers in random_answers(data.catalog)]


def random_answers(catalog: Catalog) -> list[dict[str, str]]:
    """Every single answer on its own, and two hundred sets thrown together."""
    random = Random("real catalog")
    answers: list[dict[str, str]] = [{}]
    for question in catalog.questions.values():
        answers += [{question.id: value} for value in answer_values(catalog, question)]
    for _ in range(200):
        share = random.random()
        answers.append(
            {
                question.id: random.choice(answer_values(catalog, question))
                for question in catalog.questions.values()
                if random.random() < share
            }
        )
    return answers


def test_every_preset_and_use_case_is_answered_in_canonical_form(data: LoadedData) -> None:
    entries = {one.id: one.answers for one in data.catalog.presets.values()}
    entries |= {one.id: one.answers for one in data.catalog.use_cases.values()}

    assert len(data.catalog.presets) >= 8
    for name, answers in entries.items():
        assert parse_answers(data.catalog, answers) == (dict(answers), ()), name


def test_values_lie_on_the_scale_and_doubt_is_never_negative(data: LoadedData) -> None:
    values, half_widths = data.table.values.to_numpy(), data.table.half_widths.to_numpy()
    known = data.table.is_known.to_numpy()

    assert np.isfinite(values).all()
    assert ((values >= 0) & (values <= 100)).all()
    assert (half_widths[known] > 0).all()
    assert (half_widths[known] < 50).all()
    assert (values[~known] == 50).all()
    assert (half_widths[~known] == 50).all()


def test_every_known_value_traces_to_sources_and_dates(data: LoadedData) -> None:
    for slug, cells in data.table.cells.items():
        for criterion, cell in cells.items():
            for part in cell.parts:
                if part.value is not None:
                    assert part.evidence is not None
                    assert part.evidence.source, (slug, criterion, part.part.id)
                    assert part.evidence.as_of <= data.catalog.as_of
                else:
                    assert part.evidence is None


@pytest.mark.slow
def test_whatever_is_answered_the_numbers_add_up(evaluations: list[Evaluation]) -> None:
    for evaluation in evaluations:
        assert evaluation.weights.sum() == pytest.approx(1, abs=1e-12)
        for ranked in evaluation.ranking:
            assert sum(ranked.contributions.values()) == pytest.approx(ranked.score, abs=1e-9)
            assert 0 <= ranked.score <= 100
            assert 0 <= ranked.coverage <= 1
            assert ranked.gap >= 0


def test_everybody_who_takes_part_is_ranked_or_excluded_with_a_reason(
    data: LoadedData, evaluations: list[Evaluation]
) -> None:
    candidates = {s for s, one in data.catalog.alternatives.items() if one.role == "candidate"}

    for evaluation in evaluations:
        ranked = {one.slug for one in evaluation.ranking}
        excluded = {one.slug for one in evaluation.excluded}
        assert not ranked & excluded
        assert candidates <= ranked | excluded
        assert all(one.reasons for one in evaluation.excluded)
        assert excluded == set(evaluation.violations)


def test_whatever_is_answered_there_are_sentences_for_it(
    data: LoadedData, evaluations: list[Evaluation]
) -> None:
    catalog = data.catalog
    for evaluation in evaluations:
        sentences = [answer_sentence(catalog, evaluation)]
        sentences += [excluded_sentence(catalog, one) for one in evaluation.excluded]
        sentences += [relaxation_sentence(catalog, one) for one in evaluation.relaxations]
        sentences += [coverage_sentence(catalog, one) for one in evaluation.ranking]
        optional = [non_separating_sentence(catalog, evaluation)]
        for one in evaluation.ranking:
            optional += [unverified_sentence(catalog, one), dominated_sentence(catalog, one)]
        sentences += [sentence for sentence in optional if sentence]
        if len(evaluation.ranking) > 1:
            first, second = evaluation.ranking[0].slug, evaluation.ranking[1].slug
            sentences.append(duel(catalog, evaluation, first, second).summary)
            lines = contribution_lines(catalog, data.table, evaluation, first)
            sentences += [line.sentence for line in lines]
        for sentence in sentences:
            assert sentence[0].isupper() or sentence[0].isdigit() or sentence.startswith("aiohttp")
            assert sentence.endswith(".")
            assert "  " not in sentence
            assert "nan" not in sentence.split()


def test_giving_up_a_relaxation_brings_back_whom_it_promises(
    data: LoadedData, evaluations: list[Evaluation]
) -> None:
    checked = 0
    for evaluation in evaluations:
        for relaxation in evaluation.relaxations:
            rest = set(required(data.catalog, evaluation.answers)) - set(relaxation.must_haves)
            strict = evaluation.answers.get("strict") == "yes"
            back = {
                slug
                for slug in evaluation.violations
                if all(meets(data.catalog, slug, m, strict) for m in rest)
            }
            assert back == set(relaxation.returning)
            assert back
            checked += 1
    assert checked > 0


def meets(catalog: Catalog, slug: str, must_have: str, strict: bool) -> bool:
    found = support(catalog.alternatives[slug], catalog.must_haves[must_have].rule)
    return found is True or (found is None and not strict)


def test_every_must_have_can_be_met_and_can_fail(data: LoadedData) -> None:
    for must_have in data.catalog.must_haves.values():
        found = [
            support(one, must_have.rule)
            for one in data.catalog.alternatives.values()
            if one.role == "candidate"
        ]
        assert True in found, must_have.id
        assert False in found or None in found, must_have.id


def test_every_criterion_can_get_weight_and_every_question_matters(data: LoadedData) -> None:
    fed = {c for question in data.catalog.questions.values() for c in question.feeds}

    assert fed == set(data.catalog.criteria)
    effects: Mapping[str, bool] = {
        question.id: any(o.points or o.requires or o.includes for o in question.options)
        for question in data.catalog.questions.values()
        if question.kind != "switch"
    }
    assert all(effects.values()), effects
