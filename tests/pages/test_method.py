"""The method page holds what the rest of the app points to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
import reflex as rx

from framework_picker import routes
from framework_picker.catalog.advice import overlapping_criteria
from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.domain.judging import evaluate
from framework_picker.pages import method, result


def parts(component: rx.Component) -> Iterator[rx.Component]:
    """The component and everything inside it."""
    yield component
    for child in component.children:
        if isinstance(child, rx.Component):
            yield from parts(child)


@pytest.fixture(scope="module")
def page() -> list[rx.Component]:
    """Everything on the page."""
    return list(parts(method.method_page()))


@pytest.fixture(scope="module")
def words(page: list[rx.Component]) -> str:
    """All words of the page."""
    literals = [str(getattr(part, "contents", "")) for part in page]
    return " ".join(json.loads(literal) for literal in literals if literal.startswith('"'))


def anchors(page: list[rx.Component]) -> set[str]:
    """Every place that can be linked to."""
    return {str(part.id).strip('"') for part in page if part.id is not None}


def test_the_place_that_the_result_links_to_is_there(page: list[rx.Component]) -> None:
    assert routes.NEUTRALITY.partition("#")[2] in anchors(page)


def test_every_criterion_has_its_entry(page: list[rx.Component]) -> None:
    wanted = {f"criterion-{criterion}" for criterion in get_catalog().criteria}

    assert wanted <= anchors(page)


def test_every_link_to_a_place_on_the_page_leads_somewhere(page: list[rx.Component]) -> None:
    targets = [str(getattr(part, "href", "")).strip('"') for part in page]
    places = {target[1:] for target in targets if target.startswith("#")}

    assert {"neutrality", "criteria", "use-cases"} <= places
    assert places <= anchors(page)


def test_there_is_one_heading_of_the_page(page: list[rx.Component]) -> None:
    assert sum(part.tag == "h1" for part in page) == 1


def test_the_worked_example_ends_at_the_score_of_the_evaluation(words: str) -> None:
    catalog = get_catalog()
    preset = next(iter(catalog.presets.values()))
    evaluation = evaluate(catalog, get_value_table(), preset.answers)

    assert preset.name in words
    assert f"{evaluation.ranking[0].score:.1f}" in words


def test_every_number_of_the_capability_table_and_every_grade_is_shown(words: str) -> None:
    evidence = get_catalog().evidence

    for why in (*evidence.why_worth.values(), *evidence.grade_meaning.values()):
        assert why in words


def test_the_warning_of_the_data_check_is_repeated(words: str) -> None:
    for sentence in overlapping_criteria(get_catalog(), get_value_table()):
        assert sentence in words


def test_every_use_case_of_the_articles_is_listed(words: str) -> None:
    for case in get_catalog().use_cases.values():
        assert case.name in words


@pytest.mark.parametrize("module", [method, result])
def test_title_and_description_fit_a_search_result(module: object) -> None:
    title, description = str(module.TITLE), str(module.DESCRIPTION)  # type: ignore[attr-defined]

    assert re.search(r"Framework Picker$", title)
    assert len(title) <= 70
    assert 50 <= len(description) <= 160
