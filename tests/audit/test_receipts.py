"""0 values without source and date: on every page, and in what programs get.

The pages as people see them are walked in ``tests/e2e/test_receipts.py``; here is what they are
made of. Each walk is also shown to find something, in a copy with a source taken out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from framework_picker import routes
from framework_picker.catalog.current import (
    get_catalog,
    get_ledger,
    get_published,
    get_samples,
    get_value_table,
)
from framework_picker.catalog.frozen import FrozenMapping
from framework_picker.domain.community import (
    advisories,
    advisories_by_year,
    download_history,
    download_ranks,
    newest_shares,
    star_history,
    survey_shares,
)
from framework_picker.domain.model import Catalog
from framework_picker.pages import framework, method
from framework_picker.state.compare import Shown, comparison_view, open_cell
from framework_picker.state.outlook import evaluation_of
from framework_picker.state.profile import profile
from framework_picker.state.ranking import excluded_groups, ranking_rows
from framework_picker.state.receipts import NOTHING, shown_receipt
from framework_picker.state.result import contribution_rows, first_steps, winner_workings
from framework_picker.state.signs import rows_of, signs_view
from tests.audit.documents import DOCUMENTS
from tests.audit.walk import (
    bare_in_catalog,
    bare_in_document,
    bare_in_view,
    fault_of,
    receipt_ids,
)

pytestmark = pytest.mark.slow

SLUGS = tuple(get_catalog().alternatives)


def answer_sets() -> list[dict[str, str]]:
    """No answers, and those of every preset and every use case."""
    catalog = get_catalog()
    presets = [dict(one.answers) for one in catalog.presets.values()]
    return [{}, *presets, *(dict(one.answers) for one in catalog.use_cases.values())]


def without_a_source(catalog: Catalog, slug: str, key: str) -> Catalog:
    """A copy of the catalog in which one fact has lost its sources."""
    alternative = catalog.alternatives[slug]
    facts = {**alternative.facts, key: replace(alternative.facts[key], source=())}
    changed = replace(alternative, facts=FrozenMapping(facts))
    return replace(catalog, alternatives=FrozenMapping({**catalog.alternatives, slug: changed}))


# The data themselves


def test_every_fact_row_and_claim_has_a_source_and_a_date() -> None:
    assert bare_in_catalog(get_catalog(), get_ledger(), get_published()) == []


def test_a_source_taken_out_is_found() -> None:
    catalog = without_a_source(get_catalog(), "flask", "stars")

    assert bare_in_catalog(catalog, get_ledger(), get_published()) == ["flask.facts.stars"]
    found = list(bare_in_view(profile(catalog, get_value_table(), "flask", get_ledger())))
    assert len(found) == 1
    assert "GitHub stars, Flask" in found[0]


# The pages


@pytest.mark.parametrize("slug", SLUGS)
def test_every_receipt_of_a_profile_is_whole(slug: str) -> None:
    view = profile(get_catalog(), get_value_table(), slug, get_ledger())

    assert list(bare_in_view(view)) == []
    ids = receipt_ids(framework.framework_page(slug))
    assert [fault for one in sorted(ids) if (fault := fault_of(one, {}))] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_everything_that_is_known_about_a_framework_has_a_receipt(slug: str) -> None:
    catalog = get_catalog()
    one = catalog.alternatives[slug]
    ids = [
        *(f"fact:{key}:{slug}" for key in catalog.fact_kinds),
        *(f"capability:{key}:{slug}" for key in catalog.capability_kinds),
        *(f"criterion:{key}:{slug}" for key in catalog.criteria),
        *(f"user:{place}:{slug}" for place in range(len(one.production_users))),
        *(f"limit:{place}:{slug}" for place in range(len(one.limits))),
        *(f"reading:stars:{point.on}:{slug}" for point in star_history(one)),
        *(f"reading:downloads:{point.on}:{slug}" for point in download_history(one)),
        *(f"survey:{n}:{slug}" for n, _ in enumerate(newest_shares(survey_shares(one)))),
        *(f"share:{n}:{slug}" for n, _ in enumerate(survey_shares(one))),
        *(f"advisory:{item.id}:{slug}" for item in advisories(one)),
        *(
            f"advisories:{year}:{slug}"
            for year, _ in advisories_by_year(advisories(one), catalog.as_of)
        ),
        *(
            f"window:{line.series}:{slug}"
            for line in profile(catalog, get_value_table(), slug).support.lines
        ),
        # Ranking a month takes a look at everybody: the newest ones stand for all.
        *(
            f"reading:place:{point.on}:{slug}"
            for point in download_ranks(catalog).get(slug, ())[-2:]
        ),
    ]

    assert [fault for one in ids if (fault := fault_of(one, {}))] == []


def test_every_value_of_the_method_page_opens() -> None:
    ids = receipt_ids(method.method_page())

    assert len(ids) > len(get_value_table().cells) * len(get_catalog().criteria)
    assert [fault for one in sorted(ids) if (fault := fault_of(one, {}))] == []


@pytest.mark.parametrize("start", range(0, len(SLUGS), 6))
def test_every_cell_of_a_comparison_opens(start: int) -> None:
    slugs = SLUGS[start : start + 6]
    view = comparison_view(Shown(slugs if len(slugs) > 1 else SLUGS[-2:]))

    for group in view.groups:
        for row in group.rows:
            for column in view.columns:
                opened = open_cell(f"{row.id}:{column.slug}")
                assert opened.row == row.id
                if opened.ends:
                    assert list(bare_in_view(opened.parts)) == []
                else:
                    assert list(bare_in_view(opened.receipt)) == []


@pytest.mark.parametrize("answers", answer_sets(), ids=str)
def test_every_score_opens_down_to_its_facts(answers: dict[str, str]) -> None:
    catalog = get_catalog()
    for row in ranking_rows(catalog, answers, {}):
        shown = shown_receipt(f"score:{row.slug}", answers)
        # What the page shows is what the receipt says, and its lines add up to it.
        assert shown.receipt.reading.startswith(f"{row.total} of 100 points, rank {row.rank} ")
        assert sum(round(10 * float(line.reading)) for line in shown.lines) == round(
            10 * float(row.total)
        )
        assert fault_of(f"score:{row.slug}", answers) == ""
    for group in excluded_groups(catalog, answers):
        assert fault_of(f"must:{group.must_haves}", answers) == ""


@pytest.mark.parametrize("answers", answer_sets(), ids=str)
def test_what_the_result_says_about_its_winner_is_backed(answers: dict[str, str]) -> None:
    catalog = get_catalog()
    opened = {row.criterion for row in contribution_rows(catalog, answers)}

    assert list(bare_in_view(winner_workings(catalog, answers, opened))) == []
    steps = first_steps(catalog, answers)
    for step in (steps.install, steps.code, steps.run, steps.documentation, *steps.limits):
        assert not step.text or (step.as_of and step.sources)


@pytest.mark.parametrize(("one", "other"), [("flask", "django"), ("starlette", "falcon")])
def test_every_figure_behind_a_sign_has_a_source_and_a_date(one: str, other: str) -> None:
    lines = [line for group in signs_view(one, other).groups for line in group.lines]

    assert lines
    for line in lines:
        for row in rows_of(line.key):
            assert row.sources
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", row.on)


def test_every_sample_of_our_own_runs_names_run_date_and_machine() -> None:
    assert all(one.run and one.as_of and one.machine for one in get_samples())


# What programs get


def test_every_entry_of_the_data_feed_has_a_date() -> None:
    from datetime import UTC, datetime, time

    from framework_picker.api.atom import ATOM
    from framework_picker.api.feed import atom
    from framework_picker.catalog.changes import read_change_log
    from framework_picker.settings import get_settings

    entries = read_change_log(get_settings().data_folder)
    started = datetime.combine(get_catalog().as_of, time(), UTC)
    document = atom(entries, address="https://a/", site="https://a/", without_entries=started)
    found = ElementTree.fromstring(document).findall(f"{{{ATOM}}}entry")
    for entry in found:
        assert entry.findtext(f"{{{ATOM}}}updated")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_value_of_a_document_stands_without_source_and_date(name: str) -> None:
    assert list(bare_in_document(DOCUMENTS[name]())) == []


def test_a_document_with_a_bare_value_is_found() -> None:
    document = DOCUMENTS["api: flask"]()
    document["facts"][0]["source"] = []
    del document["facts"][1]["as_of"]
    document["values"][0]["parts"][0]["value"] = 12

    assert len(list(bare_in_document(document))) >= 2
    assert list(bare_in_document({"stars": {"value": 1, "as_of": "2026-01-01"}})) == [
        "document.stars.value"
    ]


# Ids from outside


@pytest.mark.parametrize(
    "receipt_id",
    [
        "",
        "fact",
        "fact:stars",
        "fact:stars:",
        "fact:stars:nobody",
        "fact:no_such_fact:flask",
        "user:999:django",
        "user:-1:django",
        "user:²:django",
        "survey:x:django",
        "reading:stars:not-a-day:django",
        "reading:forks:2026-08-01:django",
        "window::express",
        "advisories:year:django",
        "score:laravel",
        "score:",
        "must:",
        "must:no-such",
        "job:no-such:flask",
        "criterion:no-such:flask",
        "criterion:hiring:nobody",
        "fact:" + "x" * 500 + ":flask",
        None,
        7,
        ["fact:stars:flask"],
        {"id": "fact:stars:flask"},
        "__class__:stars:flask",
        "fact:stars:flask\x00",
    ],
)
def test_an_id_that_is_none_opens_nothing(receipt_id: object) -> None:
    assert shown_receipt(receipt_id, {}) is NOTHING


def test_a_score_of_somebody_who_is_ruled_out_opens_nothing() -> None:
    answers = {"use": "api"}
    out = evaluation_of(answers).excluded[0].slug

    assert shown_receipt(f"score:{out}", answers) is NOTHING
    assert (
        routes.method_section("must-haves")
        in shown_receipt(
            f"must:{excluded_groups(get_catalog(), answers)[0].must_haves}", answers
        ).origin_href
    )
