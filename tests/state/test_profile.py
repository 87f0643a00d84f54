"""The profiles: every framework has one, and what it says follows from the catalog."""

from __future__ import annotations

import pytest

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_ledger, get_value_table
from framework_picker.domain.claims import ClaimFilter, Ledger, found_claims
from framework_picker.domain.community import advisories, survey_shares
from framework_picker.domain.receipt_lookup import receipt_of
from framework_picker.state.profile import Profile, figures, lead, profile

CATALOG = get_catalog()
SLUGS = sorted(CATALOG.alternatives)


def profile_of(slug: str) -> Profile:
    return profile(CATALOG, get_value_table(), slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_number_stands_without_source_and_date(slug: str) -> None:
    shown = profile_of(slug)

    lines = [line for group in shown.facts for line in group.lines]
    assert lines
    for line in lines:
        assert line.receipt.sources, line.label
        assert line.receipt.as_of, line.label
    for score in shown.scores:
        if score.is_known:
            assert any(part.sources for part in score.parts), score.name


@pytest.mark.parametrize("slug", SLUGS)
def test_every_fact_and_capability_is_shown_or_named_as_not_verified(slug: str) -> None:
    shown, alternative = profile_of(slug), CATALOG.alternatives[slug]
    labels = {line.label for group in shown.facts for line in group.lines}
    missing = " ".join(group.unverified for group in shown.facts)

    for capability_kind in CATALOG.capability_kinds.values():
        if capability_kind.key in alternative.capabilities:
            assert capability_kind.label in labels
        else:
            assert capability_kind.label in missing


@pytest.mark.parametrize("slug", SLUGS)
def test_scores_are_those_of_the_ranking_highest_first_and_unknown_last(slug: str) -> None:
    shown, table = profile_of(slug), get_value_table()
    if slug not in table.cells:
        assert shown.scores == []
        return
    known = [score for score in shown.scores if score.is_known]
    values = [float(score.width.removesuffix("%")) for score in known]

    assert values == sorted(values, reverse=True)
    assert [score.is_known for score in shown.scores] == sorted(
        (score.is_known for score in shown.scores), reverse=True
    )
    by_name = {CATALOG.criteria[key].name: cell for key, cell in table.cells[slug].items()}
    for score in known:
        assert score.value == str(round(by_name[score.name].value))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_lead_is_a_sentence_and_the_comparisons_lead_somewhere(slug: str) -> None:
    shown = profile_of(slug)

    assert shown.lead[0].isupper() or shown.lead.startswith("pure")
    assert shown.lead.endswith(".")
    assert shown.compare
    assert all(link.href.startswith(routes.link(routes.COMPARE)) for link in shown.compare)


def test_the_lead_says_what_it_is_who_keeps_it_and_how_new_it_is() -> None:
    django = CATALOG.alternatives["django"]
    release = django.facts["latest_release"].value
    day = django.facts["latest_release_date"].value

    assert lead(django) == (
        "Full-stack framework in Python, first released in 2005, kept by a foundation. "
        f"Newest release {release} of {day}."
    )


def test_an_addon_sends_readers_to_its_base_for_what_is_counted() -> None:
    shown = profile_of("django-ninja")

    assert shown.base.href == routes.framework("django")
    assert shown.community.months == []
    assert figures(CATALOG, "django-ninja").stars is None


def test_missing_counts_are_unknown_and_never_zero() -> None:
    solara, falcon = profile_of("solara"), profile_of("falcon")

    assert solara.community.stars_headline == "No dated star count found"
    assert solara.community.shares_headline == (
        "No survey lists it, so its share is unknown, not zero"
    )
    assert falcon.advisories.headline == (
        "No published advisory is listed for it, which proves nothing about its safety"
    )


def test_starlette_says_whose_downloads_it_shows() -> None:
    note = profile_of("starlette").community.downloads_note

    assert note.startswith("FastAPI installs Starlette")
    assert "one signal" in note


def test_only_breaks_inside_the_series_are_explained() -> None:
    assert len(profile_of("flask").community.breaks) == 4
    assert [words[:2] for words in profile_of("reflex").community.breaks] == ["4."]


def test_the_months_hold_every_reading_newest_first() -> None:
    months = profile_of("django").community.months

    names = [line.month for line in months]
    assert names == sorted(names, reverse=True)
    assert len(names) == len(set(names))
    assert all(line.stars or line.downloads or line.rank for line in months)


def test_the_support_line_is_drawn_to_scale() -> None:
    timeline = profile_of("django").support

    for line in timeline.lines:
        left, fixes = float(line.left[:-1]), float(line.fixes_width[:-1])
        security_left, security = float(line.security_left[:-1]), float(line.security_width[:-1])
        assert 0 <= left <= left + fixes <= security_left + 0.01
        assert security_left + security <= 100.01
    assert timeline.headline == "Security fixes until 2028-04-30, for series 5.2 LTS"
    assert {line.state for line in timeline.lines} == {
        "over",
        "security fixes",
        "all fixes",
        "planned",
    }


def test_a_project_without_dates_is_not_called_unsupported() -> None:
    assert profile_of("flask").support.headline == (
        "No support dates are published; the project promises no longer support for any release"
    )
    assert profile_of("dash").support.headline == "No published support dates found"


def test_first_steps_stand_apart_from_the_facts() -> None:
    shown = profile_of("flask")
    labels = {line.label for group in shown.facts for line in group.lines}

    assert "from flask import Flask" in shown.code.text
    assert "The smallest app" not in labels


def test_limits_and_users_keep_their_sources() -> None:
    shown = profile_of("django")

    assert len(shown.limits) == len(CATALOG.alternatives["django"].limits)
    assert all(receipt.sources for receipt in (*shown.limits, *shown.users))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_ledger_speaks_with_all_its_claims_about_the_framework(slug: str) -> None:
    shown = profile(CATALOG, get_value_table(), slug, get_ledger()).said
    claims = found_claims(get_ledger(), ClaimFilter(framework=slug))

    assert sum(part.count for part in shown.parts) == len(claims)
    assert [claim.id for claim in shown.claims] == [claim.id for claim in claims[:8]]
    for claim in shown.claims:
        assert claim.href == routes.claim(claim.id)
        assert claim.words
    if claims:
        assert shown.all_href == f"/evidence/?framework={slug}"
        assert sum(float(part.width[:-1]) for part in shown.parts) == pytest.approx(100, abs=0.1)
    else:
        assert shown.headline.startswith("None of the five articles checked here claims anything")


def test_without_a_ledger_nothing_is_said_about_articles() -> None:
    shown = profile(CATALOG, get_value_table(), "django", Ledger()).said

    assert shown.headline == "No article has been checked yet"
    assert (shown.claims, shown.parts) == ([], [])


def test_the_links_of_verdicts_show_as_many_claims_as_they_say() -> None:
    for part in profile(CATALOG, get_value_table(), "flask", get_ledger()).said.parts:
        wanted = ClaimFilter(framework="flask", verdict=part.verdict)
        assert len(found_claims(get_ledger(), wanted)) == part.count
        assert part.href == f"/evidence/?framework=flask&verdict={part.verdict}"


@pytest.mark.parametrize("slug", SLUGS)
def test_every_share_of_every_year_has_a_receipt_and_is_there_once(slug: str) -> None:
    table = profile_of(slug).community.share_years
    shares = survey_shares(CATALOG.alternatives[slug])
    ids = [share.of for row in table.rows for share in row.shares if share.of]

    assert len(ids) == len(set(ids)) <= len(shares)
    for row in table.rows:
        assert len(row.shares) == len(table.years)
        for year, share in zip(table.years, row.shares, strict=True):
            if not share.of:
                assert share.words in ("not listed", "–")
                continue
            found = receipt_of(CATALOG, get_value_table(), get_ledger(), share.of)
            assert found is not None
            assert found.is_whole
            assert found.subject.startswith(f"{row.survey} {year},")
            assert found.reading.startswith(share.words)


def test_an_edition_that_names_others_only_is_not_listed_and_never_zero() -> None:
    table = profile_of("fastapi").community.share_years
    row = next(row for row in table.rows if row.survey == "Stack Overflow Developer Survey")
    by_year = dict(zip(table.years, row.shares, strict=True))

    assert by_year["2019"].words == "not listed"  # data/community/README.md: not asked before 2021
    assert by_year["2025"].words.endswith("%")


def test_a_framework_that_no_survey_lists_names_the_surveys_that_were_read() -> None:
    community = profile_of("litestar").community

    assert community.share_years.rows == []
    assert community.shares_headline.startswith("No survey lists it")
    assert "Python Developers Survey 2017 to 2024" in community.surveys_read


@pytest.mark.parametrize("slug", SLUGS)
def test_every_advisory_is_in_one_of_the_two_tables(slug: str) -> None:
    alternative, view = CATALOG.alternatives[slug], profile_of(slug).advisories
    if alternative.extends:
        return

    ids = [line.id for line in (*view.newest, *view.older)]
    assert ids == [item.id for item in advisories(alternative)]
    assert len(view.newest) <= 8


def test_the_process_is_said_where_it_was_read_and_unknown_elsewhere() -> None:
    django, flask, gradio = (profile_of(slug).security for slug in ("django", "flask", "gradio"))

    assert django.is_process_known
    assert "e-mail" in django.process
    assert django.fixed == "Every record names a fixed version"
    assert (flask.process, flask.is_process_known) == ("not verified", False)
    assert gradio.fixed == "14 of 51 records name no fixed version"
    assert profile_of("falcon").security.fixed == ""
