"""What may be read from community counts, by hand and on the real tables."""

from __future__ import annotations

from datetime import date

import pytest

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.community import (
    DOWNLOAD_BREAKS,
    Break,
    Point,
    RankPoint,
    SupportWindow,
    advisories,
    advisories_by_year,
    current_windows,
    download_history,
    download_ranks,
    newest_shares,
    segments,
    star_history,
    support_windows,
    survey_shares,
)
from framework_picker.domain.model import FactKind, Observation
from tests.domain.catalogs import (
    AS_OF,
    alternative,
    catalog_of,
    fact,
    importance,
    observation,
    score_criterion,
)


def downloads(on: str, per_day: int, *, package: str = "ash") -> Observation:
    return observation(
        on,
        per_day * 30,
        metric="downloads",
        package=package,
        window_days="30",
        value_per_day=str(per_day),
    )


def test_stars_are_those_of_the_repository_without_forks() -> None:
    ash = alternative(
        "ash",
        series={
            "stars": (
                observation("2026-01-01", 10.0),
                observation("2026-01-01", 3.0, metric="forks"),
            )
        },
    )

    assert star_history(ash) == (Point(date(2026, 1, 1), 10.0, "list"),)


def test_downloads_are_those_of_the_own_package_by_day() -> None:
    ash = alternative(
        "ash",
        package="ash",
        series={
            "downloads": (downloads("2026-01-01", 5), downloads("2026-01-01", 9, package="old"))
        },
    )

    assert [point.value for point in download_history(ash)] == [5.0]


def test_no_segment_reaches_across_a_break() -> None:
    points = [Point(date(2020, month, 1), 1.0, "") for month in range(1, 7)]
    breaks = (Break(date(2020, 3, 1), "1", ""), Break(date(2020, 6, 1), "2", ""))

    lengths = [len(segment) for segment in segments(points, breaks)]

    assert lengths == [2, 3, 1]
    assert segments((), breaks) == ()


def test_a_gap_of_several_months_is_not_joined_and_one_missing_month_is() -> None:
    months = [(2024, 1), (2024, 3), (2024, 4), (2024, 8)]
    points = [Point(date(year, month, 1), 1.0, "") for year, month in months]

    assert [len(segment) for segment in segments(points, ())] == [3, 1]


def test_ranks_share_places_and_one_signal_takes_one() -> None:
    kind = FactKind("downloads_per_day", "", "", "", derive={"shares_signal_with": {"elm": "fir"}})
    slugs = {"ash": 70, "oak": 70, "elm": 999, "fir": 50, "yew": 10}
    catalog = catalog_of(
        alternatives=[
            alternative(
                slug,
                package=slug,
                series={"downloads": (downloads("2026-04-03", n, package=slug),)},
            )
            for slug, n in slugs.items()
        ],
        criteria=[score_criterion("c")],
        questions=[importance("c", "c")],
        fact_kinds=[kind],
    )

    ranks = {slug: points[0].rank for slug, points in download_ranks(catalog).items()}

    assert ranks == {"ash": 1, "oak": 1, "fir": 3, "elm": 3, "yew": 4}
    assert download_ranks(catalog)["ash"] == (RankPoint(date(2026, 4, 1), 1, 4),)


def test_an_addon_and_another_language_are_not_ranked() -> None:
    ranks = download_ranks(get_catalog())

    assert not {"django-ninja", "django-rest-framework", "express", "laravel"} & set(ranks)
    assert ranks["starlette"] == ranks["fastapi"]


def test_every_break_lies_inside_the_table_and_months_are_in_order() -> None:
    history = download_history(get_catalog().alternatives["flask"])

    days = [point.on for point in history]
    assert days == sorted(days)
    assert all(days[0] < end.on <= days[-1] for end in DOWNLOAD_BREAKS)
    assert len(segments(history)) == len(DOWNLOAD_BREAKS) + 1


def share(edition: str, percent: float, population: str = "all") -> Observation:
    return observation(
        f"{edition}-07-01",
        percent,
        metric="share_used",
        survey="S",
        edition=edition,
        population=population,
    )


def test_the_newest_edition_stands_for_each_group_of_people() -> None:
    ash = alternative(
        "ash", series={"surveys": (share("2022", 10), share("2024", 12), share("2023", 30, "web"))}
    )

    newest = newest_shares(survey_shares(ash))

    assert [(one.edition, one.population, one.percent) for one in newest] == [
        ("2024", "all", 12),
        ("2023", "web", 30),
    ]


def test_no_row_means_that_no_survey_lists_it() -> None:
    assert survey_shares(get_catalog().alternatives["solara"]) == ()


def advisory(on: str, name: str, year: str) -> Observation:
    return observation(
        on, None, metric="advisory", id=name, cve_year=year, aliases="CVE-1;GHSA-2", summary="S"
    )


def test_advisories_count_by_the_year_of_their_number() -> None:
    ash = alternative(
        "ash",
        series={
            "advisories": (
                advisory("2026-07-02", "old", "2023"),
                advisory("2025-01-02", "new", "2025"),
                advisory("2025-06-02", "plain", ""),
            )
        },
    )

    found = advisories(ash)

    assert [item.id for item in found] == ["plain", "new", "old"]
    assert found[0].aliases == ("CVE-1", "GHSA-2")
    assert advisories_by_year(found, AS_OF) == ((2023, 1), (2024, 0), (2025, 2), (2026, 0))
    assert advisories_by_year((), AS_OF) == ()


def test_the_table_of_support_windows_wins_and_planned_series_join_it() -> None:
    windows = support_windows(get_catalog().alternatives["django"])

    names = [window.series for window in windows]
    assert len(names) == len(set(names))
    planned = [window for window in windows if window.is_planned]
    assert planned
    assert all(window.released and window.released > AS_OF for window in planned)
    released = {window.series: window for window in windows}["5.2 LTS"]
    assert (released.fixes_end, released.security_end) == (date(2025, 12, 3), date(2028, 4, 30))


def test_without_a_table_the_published_dates_are_read() -> None:
    ash = alternative(
        "ash",
        facts={
            "support_end": fact(
                (
                    {"series": "2 LTS", "mainstream": "2026-06", "security": "2027"},
                    {"series": "3 (planned, release 2027-02)", "planned": True},
                )
            )
        },
    )

    assert support_windows(ash) == (
        SupportWindow("3", date(2027, 2, 1), None, None, is_planned=True, is_long_term=False),
        SupportWindow(
            "2 LTS",
            None,
            date(2026, 6, 30),
            date(2027, 12, 31),
            is_planned=False,
            is_long_term=True,
        ),
    )


@pytest.mark.parametrize("slug", ["django", "wordpress", "express", "laravel", "sanic"])
def test_only_windows_that_still_matter_are_shown(slug: str) -> None:
    windows = current_windows(support_windows(get_catalog().alternatives[slug]), AS_OF)

    assert windows
    assert all(
        window.security_end is None or window.security_end >= date(2024, 11, 20)
        for window in windows
    )
