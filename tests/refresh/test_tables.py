"""Rows for the community tables: stars, downloads, support dates, advisories, and their scores."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.refresh import advisories, downloads, stars, support
from framework_picker.refresh.cvss import base_score, severity
from framework_picker.refresh.errors import BadAnswerError
from framework_picker.refresh.progress import Progress
from framework_picker.refresh.releases import history_of_record
from framework_picker.refresh.tables import TableRefresh, newest, one_line, with_rows
from framework_picker.refresh.web import Web
from tests.catalog.folders import DATA
from tests.refresh.world import (
    IMPATIENT,
    Question,
    Reply,
    World,
    as_json,
    page,
    record,
    recorded,
)

pytestmark = pytest.mark.slow

TODAY = date(2026, 12, 1)


@pytest.fixture
def web() -> Iterator[Web]:
    """Somebody who asks and does not wait."""
    with Web(patience=IMPATIENT, sleep=lambda _: None) as asking:
        yield asking


@pytest.fixture
def progress() -> Progress:
    """Progress that nobody sees."""
    return Progress(io.StringIO(), 10)


def rows_of(table: str) -> list[dict[str, str]]:
    """The real table."""
    text = (DATA / "community" / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


# -- texts of tables


def test_rows_go_below_the_others_in_the_order_of_the_columns() -> None:
    text = 'date,framework,note\n2026-01-01,flask,"a, b"\n'
    rows = [{"note": 'say "x", then', "framework": "django", "date": "2026-02-02", "more": "lost"}]

    assert with_rows(text, rows) == f'{text}2026-02-02,django,"say ""x"", then"\n'
    assert with_rows(text.rstrip("\n"), rows) == with_rows(text, rows)
    assert with_rows(text, []) == text


def test_a_table_with_line_ends_of_another_system_keeps_them() -> None:
    assert with_rows("a,b\r\n1,2\r\n", [{"a": "3"}]) == "a,b\r\n1,2\r\n3,\r\n"


@pytest.mark.parametrize("table", ["stars", "downloads", "support_windows", "advisories"])
def test_the_real_tables_keep_every_byte_above_new_rows(table: str) -> None:
    text = (DATA / "community" / f"{table}.csv").read_bytes().decode("utf-8")
    after = with_rows(text, [{"framework": "flask"}])

    assert after.startswith(text)
    assert len(list(csv.reader(io.StringIO(after)))[-1]) == len(text.splitlines()[0].split(","))


def test_the_newest_row_is_the_last_of_the_latest_day() -> None:
    rows = [
        {"date": "2026-02-01", "x": "a", "value": "1"},
        {"date": "2026-03-01", "x": "a", "value": "2"},
        {"date": "2026-03-01", "x": "a", "value": "3"},
        {"date": "2026-04-01", "x": "b", "value": "4"},
    ]

    found = newest(rows, x="a")
    assert found is not None
    assert found["value"] == "3"
    assert newest(rows, x="c") is None


def test_texts_from_outside_become_one_line() -> None:
    assert one_line("a\n  b\x00\u202ec") == "a b c"
    assert len(one_line("x" * 1000)) == 160


# -- stars


def recount(
    web: Web, progress: Progress, world: World, slugs: list[str], **more: Any
) -> TableRefresh:
    """Stars, counted in the made-up world."""
    options: dict[str, Any] = {"token": "", "rows": rows_of("stars"), "today": TODAY} | more
    return stars.recounted(web, progress, address=world.address, slugs=slugs, **options)


def test_stars_and_forks_become_a_row_each(web: Web, world: World, progress: Progress) -> None:
    world.put("/repos/pallets/flask", as_json(recorded("repository.json")))
    result = recount(web, progress, world, ["flask"])

    assert [(row["metric"], row["value"], row["date"]) for row in result.rows] == [
        ("stars", "72345", "2026-12-01"),
        ("forks", "16901", "2026-12-01"),
    ]
    assert result.rows[0]["repository"] == "pallets/flask"
    assert result.rows[0]["source"] == "https://github.com/pallets/flask"
    [change] = result.changes
    assert (change.framework, change.new) == ("flask", "72345")
    assert change.old == newest(rows_of("stars"), framework="flask", metric="stars")["value"]  # type: ignore[index]
    assert result.skips == []


def test_the_same_day_is_counted_once(web: Web, world: World, progress: Progress) -> None:
    world.put("/repos/pallets/flask", as_json(recorded("repository.json")))
    first = recount(web, progress, world, ["flask"])

    again = recount(web, progress, world, ["flask"], rows=[*rows_of("stars"), *first.rows])

    assert again.rows == []
    assert again.changes == []


def test_a_token_is_sent_where_there_is_one(web: Web, world: World, progress: Progress) -> None:
    world.put("/repos/pallets/flask", as_json(recorded("repository.json")))
    recount(web, progress, world, ["flask"])
    recount(web, progress, world, ["flask"], token="secret")

    assert "authorization" not in world.asked[0].headers
    assert world.asked[1].headers["authorization"] == "Bearer secret"
    assert world.asked[0].headers["accept"] == "application/vnd.github+json"


def test_a_framework_that_nobody_counts_is_not_asked_for(
    web: Web, world: World, progress: Progress
) -> None:
    result = recount(web, progress, world, ["solara"])

    assert world.asked == []
    assert result.rows == []
    assert result.skips == []


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        ({"stargazers_count": 12}, "stars went from"),
        ({"stargazers_count": 9_000_000}, "stars went from"),
        ({"stargazers_count": 0}, "no count"),
        ({"stargazers_count": -5}, "no count"),
        ({"stargazers_count": "many"}, "no count"),
        ({"stargazers_count": True}, "no count"),
        ({"stargazers_count": None}, "no count"),
        ({"forks_count": 7.5}, "no count"),
    ],
)
def test_a_count_that_cannot_be_true_is_named_and_adds_nothing(
    spoil: dict[str, object], reason: str, web: Web, world: World, progress: Progress
) -> None:
    world.put("/repos/pallets/flask", as_json(recorded("repository.json") | spoil))
    result = recount(web, progress, world, ["flask"])

    assert result.rows == []
    assert result.changes == []
    assert [skip.what for skip in result.skips] == ["stars of flask"]
    assert reason in result.skips[0].reason


def test_one_repository_that_is_gone_does_not_keep_the_others(
    web: Web, world: World, progress: Progress
) -> None:
    world.put("/repos/pallets/flask", as_json(recorded("repository.json")))
    result = recount(web, progress, world, ["django", "flask"])

    assert {row["framework"] for row in result.rows} == {"flask"}
    assert [skip.what for skip in result.skips] == ["stars of django"]


def test_a_limit_ends_the_count_with_one_line_and_keeps_what_was_read(
    web: Web, world: World, progress: Progress
) -> None:
    used_up = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795161600"}
    found = recorded("repository.json") | {"stargazers_count": 88300, "forks_count": 34000}
    world.put("/repos/django/django", as_json(found, **used_up))
    result = recount(web, progress, world, ["django", "fastapi", "flask"])

    assert {row["framework"] for row in result.rows} == {"django"}
    assert world.paths() == ["/repos/django/django"]
    assert [(skip.what, skip.reason) for skip in result.skips] == [
        (
            "stars for 2 of 3",
            "it has been asked too often and answers again after 2026-11-20 08:00 UTC",
        )
    ]


def test_where_nobody_answers_one_line_is_enough(web: Web, progress: Progress) -> None:
    nowhere = World("http://127.0.0.1:9")
    result = recount(web, progress, nowhere, ["django", "fastapi", "flask"])

    assert [(skip.what, skip.reason) for skip in result.skips] == [
        ("stars", "nobody answers there")
    ]


# -- downloads


def download_list(**counts: int) -> dict[str, object]:
    """The monthly list: what a test names, and packages that nobody knows."""
    named = [{"download_count": count, "project": name} for name, count in counts.items()]
    others = [{"download_count": 5000 - n, "project": f"other-{n}"} for n in range(1200)]
    rows = [*named, *others]
    return {
        "last_update": "2026-12-01 05:49:25",
        "source": "made up",
        "meta": [{"name": "download_count", "type": "UInt64"}],
        "rows": rows,
        "total_rows": len(rows),
    }


def redownload(web: Web, progress: Progress, world: World, content: object) -> TableRefresh:
    """Downloads, counted in the made-up world."""
    world.put("/top-pypi-packages.min.json", as_json(content))
    return downloads.recounted(
        web,
        progress,
        address=world.address,
        rows=rows_of("downloads"),
        package_by_slug={"flask": "flask", "django-ninja": "django-ninja"},
        today=TODAY,
    )


def test_downloads_of_the_month_before_go_on_with_the_series(
    web: Web, world: World, progress: Progress
) -> None:
    result = redownload(web, progress, world, download_list(Flask=300_000_000))

    [row] = result.rows
    before = newest(rows_of("downloads"), framework="flask", metric="downloads")
    assert before is not None
    assert row["date"] == "2026-12-01"
    assert (row["value"], row["window_days"], row["value_per_day"]) == (
        "300000000",
        "30",
        "10000000",
    )
    assert {name: row[name] for name in ("unit", "scope", "package", "metric")} == {
        name: before[name] for name in ("unit", "scope", "package", "metric")
    }
    assert set(row) == set(before)
    [change] = result.changes
    assert (change.old, change.new) == (before["value_per_day"], "10000000")
    assert world.paths() == ["/top-pypi-packages.min.json"]


def test_a_month_that_is_there_is_not_added_again(
    web: Web, world: World, progress: Progress
) -> None:
    newest_month = max(row["date"] for row in rows_of("downloads") if row["metric"] == "downloads")
    content = download_list(flask=300_000_000) | {"last_update": f"{newest_month} 05:00:00"}

    assert redownload(web, progress, world, content).rows == []


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        ({"rows": []}, "has 0 packages only"),
        ({"rows": [{"download_count": 5, "project": "flask"}]}, "has 1 packages only"),
        ({"rows": None}, "rows is no list"),
        ({"rows": [{"download_count": -5, "project": "flask"}]}, "no count"),
        ({"rows": [{"download_count": 5}]}, "no text"),
        ({"last_update": "2026-12-02 01:00:00"}, "yet to come"),
        ({"last_update": "soon"}, "no date"),
        ({"last_update": None}, "no text"),
    ],
)
def test_a_list_that_cannot_be_true_is_named_and_adds_nothing(
    spoil: dict[str, object], reason: str, web: Web, world: World, progress: Progress
) -> None:
    result = redownload(web, progress, world, download_list(flask=300_000_000) | spoil)

    assert result.rows == []
    assert [skip.what for skip in result.skips] == ["downloads of all packages"]
    assert reason in result.skips[0].reason


# -- support dates


def resupport(web: Web, progress: Progress, world: World, **more: Any) -> TableRefresh:
    """Support dates, read in the made-up world."""
    options: dict[str, Any] = {"rows": rows_of("support_windows"), "today": TODAY} | more
    options.setdefault("support_end_by_slug", {})
    return support.reread(
        web, progress, address=world.address, slugs=["django", "flask"], **options
    )


def test_the_products_are_those_of_the_table() -> None:
    rows = rows_of("support_windows")

    assert support.products(rows, ["django", "flask", "wordpress"]) == {
        "django": "django",
        "wordpress": "wordpress",
    }
    moved = [*rows, rows[0] | {"date": "2027-01-01", "source": "https://endoflife.date/django"}]
    assert support.products(moved, ["django"]) == {"django": "django"}


def test_what_is_new_or_another_date_becomes_a_row(
    web: Web, world: World, progress: Progress
) -> None:
    world.put("/products/django/", as_json(recorded("product.json")))
    result = resupport(web, progress, world)

    found = {(row["series"], row["metric"]): row["value"] for row in result.rows}
    assert found == {
        ("6.2", "released"): "2026-11-30",
        ("6.2", "mainstream_support_end"): "2027-12-31",
        ("6.2", "security_support_end"): "2030-04-30",
        ("6.2", "support_length"): "1247",
        ("6.2", "latest_release"): "6.2.0",
        ("6.2", "latest_release_date"): "2026-11-30",
        ("6.2", "long_term_support"): "yes",
        ("6.1", "security_support_end"): "2027-11-30",
        ("6.1", "support_length"): "482",
        ("6.1", "latest_release"): "6.1.4",
        ("6.1", "latest_release_date"): "2026-11-24",
    }  # nothing of 7.0, which is not released; nothing of 6.1 that is as before
    assert {row["source"] for row in result.rows} == {"https://endoflife.date/django"}
    assert {row["date"] for row in result.rows} == {"2026-12-01"}
    [change] = [c for c in result.changes if c.label == "series 6.1, security support end"]
    assert (change.old, change.new) == ("2027-12-31", "2027-11-30")


def test_a_second_reading_adds_nothing(web: Web, world: World, progress: Progress) -> None:
    world.put("/products/django/", as_json(recorded("product.json")))
    rows = rows_of("support_windows")
    first = resupport(web, progress, world)

    assert resupport(web, progress, world, rows=[*rows, *first.rows]).rows == []


def test_where_the_project_says_otherwise_somebody_should_look(
    web: Web, world: World, progress: Progress
) -> None:
    world.put("/products/django/", as_json(recorded("product.json")))
    windows = [{"series": "6.1", "mainstream": "2027-04", "security": "2027-12"}]
    result = resupport(web, progress, world, support_end_by_slug={"django": windows})

    assert result.by_hand == [
        "django: series 6.2 is not in facts.support_end",
        "django: series 6.1 ends on 2027-11-30 at endoflife.date, on 2027-12 in facts.support_end",
    ]


def test_a_series_without_an_end_says_so(web: Web, world: World, progress: Progress) -> None:
    content = recorded("product.json")
    content["result"]["releases"][1] |= {"eolFrom": None, "isLts": False}
    world.put("/products/django/", as_json(content))

    [row] = [
        row
        for row in resupport(web, progress, world).rows
        if (row["series"], row["metric"]) == ("6.2", "security_support_end")
    ]
    assert (row["value"], row["unit"]) == ("none announced", "text")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda c: c["result"].update(releases=[]), "the list of releases is empty"),
        (lambda c: c["result"].update(name="rails"), "about another product"),
        (lambda c: c.update(result=None), "result is not what it should be"),
        (
            lambda c: c["result"]["releases"][1].update(eolFrom="2020-01-01"),
            "ends before it begins",
        ),
        (lambda c: c["result"]["releases"][1].update(eolFrom=True), "eolFrom is no text"),
        (lambda c: c["result"]["releases"][1].update(releaseDate=None), "releaseDate is no text"),
        (lambda c: c["result"]["releases"][1].update(name=6.2), "name is no text"),
        (
            lambda c: c["result"]["releases"][2]["latest"].update(date="2026-12-24"),
            "latest.date is yet to come",
        ),
    ],
)
def test_support_dates_that_cannot_be_true_are_named_and_add_nothing(
    spoil: Callable[[Any], None], reason: str, web: Web, world: World, progress: Progress
) -> None:
    content = recorded("product.json")
    spoil(content)
    world.put("/products/django/", as_json(content))
    result = resupport(web, progress, world)

    assert result.rows == []
    assert [skip.what for skip in result.skips] == ["support dates of django"]
    assert reason in result.skips[0].reason


# -- advisories


def readvise(
    web: Web, progress: Progress, world: World, rows: list[dict[str, str]] | None = None
) -> TableRefresh:
    """Advisories on Flask, read in the made-up world."""
    releases = record("flask", {"3.1.10": "2026-11-23", "3.2.1": "2026-11-24"})
    history = history_of_record(releases, "flask")
    assert history is not None
    return advisories.reread(
        web,
        progress,
        address=world.address,
        rows=rows_of("advisories") if rows is None else rows,
        package_by_slug={"flask": "flask"},
        history_by_package={"flask": history},
        today=TODAY,
    )


def test_a_new_advisory_becomes_a_whole_row(web: Web, world: World, progress: Progress) -> None:
    world.put("/query", as_json(recorded("advisories.json")))
    result = readvise(web, progress, world)

    assert result.rows == [
        {
            "date": "2026-11-25",
            "framework": "flask",
            "metric": "advisory",
            "value": "7.5",
            "unit": "CVSS 3 base score",
            "package": "flask",
            "id": "PYSEC-2026-9001",
            "aliases": "CVE-2026-11111;GHSA-aaaa-bbbb-cccc",
            "cve_year": "2026",
            "summary": "Long headers are read for a long time.",
            "severity": "high",
            "cvss_vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
            "fixed_versions": "3.1.10;3.2.1",
            "first_fix_date": "2026-11-23",
            "first_fix_source": "index-json:/pypi/flask/json",
            "days_publication_to_fix": "-2",
            "date_kind": "publication",
            "source": "https://osv.dev/vulnerability/PYSEC-2026-9001",
            "grade": "B",
        }
    ]
    assert set(result.rows[0]) == set(rows_of("advisories")[0])
    assert json.loads(world.asked[0].body) == {"package": {"name": "flask", "ecosystem": "PyPI"}}


def test_what_the_python_database_does_not_have_is_for_somebody_to_look_at(
    web: Web, world: World, progress: Progress
) -> None:
    world.put("/query", as_json(recorded("advisories.json")))

    assert readvise(web, progress, world).by_hand == [
        "flask: not in the Python advisory database, but in OSV: GHSA-dddd-eeee-ffff"
    ]


def test_an_advisory_that_is_known_under_any_name_is_not_added(
    web: Web, world: World, progress: Progress
) -> None:
    world.put("/query", as_json(recorded("advisories.json")))
    first = readvise(web, progress, world)

    assert readvise(web, progress, world, [*rows_of("advisories"), *first.rows]).rows == []


def test_every_page_of_a_long_answer_is_read(web: Web, world: World, progress: Progress) -> None:
    vulns = recorded("advisories.json")["vulns"]

    def answer(question: Question) -> Reply:
        if json.loads(question.body).get("page_token") == "next":
            return as_json({"vulns": vulns[1:]})
        return as_json({"vulns": vulns[:1], "next_page_token": "next"})

    world.replies["/query"] = answer

    assert [row["id"] for row in readvise(web, progress, world).rows] == ["PYSEC-2026-9001"]
    assert len(world.asked) == 2


def test_an_answer_without_end_is_given_up(web: Web, world: World, progress: Progress) -> None:
    world.put("/query", as_json({"vulns": [], "next_page_token": "next"}))

    assert "no end" in readvise(web, progress, world).skips[0].reason


def test_no_advisory_at_all_is_an_answer_too(web: Web, world: World, progress: Progress) -> None:
    world.put("/query", as_json({}))
    result = readvise(web, progress, world)

    assert result.rows == []
    assert result.skips == []
    assert result.read == 1


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda c: c.update(vulns=None), "vulns is no list"),
        (lambda c: c["vulns"][1].update(published="2027-01-01T00:00:00Z"), "yet to come"),
        (lambda c: c["vulns"][1].update(published=None), "published is no text"),
        (lambda c: c["vulns"][1].update(id="x,y\n=1"), "no proper id"),
        (lambda c: c["vulns"][1].update(affected="all"), "affected is no list"),
        (lambda c: c["vulns"][1].update(affected=[]), "PYSEC-2026-9001 is about another package"),
        (lambda c: c["vulns"][1].update(aliases=[7]), "aliases is no text"),
    ],
)
def test_advisories_that_cannot_be_true_are_named_and_add_nothing(
    spoil: Callable[[Any], None], reason: str, web: Web, world: World, progress: Progress
) -> None:
    content = recorded("advisories.json")
    spoil(content)
    world.put("/query", as_json(content))
    result = readvise(web, progress, world)

    assert result.rows == []
    assert [skip.what for skip in result.skips] == ["advisories of flask"]
    assert reason in result.skips[0].reason


def test_a_summary_is_never_a_formula(web: Web, world: World, progress: Progress) -> None:
    content = recorded("advisories.json")
    content["vulns"][1]["summary"] = '=HYPERLINK("https://x.example.org")'
    world.put("/query", as_json(content))

    assert readvise(web, progress, world).rows[0]["summary"].startswith("HYPERLINK")


def test_a_page_in_place_of_an_answer_costs_one_line_per_question(
    web: Web, world: World, progress: Progress
) -> None:
    world.put("/query", page())

    assert "HTML" in readvise(web, progress, world).skips[0].reason


def test_scores_are_those_that_the_advisories_give_themselves() -> None:
    given_rows = [row for row in rows_of("advisories") if row["cvss_vector"] and row["value"]]

    assert len(given_rows) >= 155
    for row in given_rows:
        assert base_score(row["cvss_vector"]) == float(row["value"]), row["id"]
        assert severity(float(row["value"])) == row["severity"], row["id"]


@pytest.mark.parametrize(
    "vector",
    [
        "",
        "CVSS:2.0/AV:N",
        "CVSS:3.1/AV:N/AC:L",
        "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:Q/C:N/I:N/A:H",
    ],
)
def test_half_a_vector_has_no_score(vector: str) -> None:
    assert base_score(vector) is None


def test_a_vector_without_any_harm_scores_zero() -> None:
    assert base_score("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N") == 0
    assert severity(0) == ""


# -- anything at all


class Echo:
    """A web that answers the same to everything."""

    def __init__(self, content: object) -> None:
        self.content = content

    def json(self, *args: object, **options: object) -> Any:
        from framework_picker.refresh.web import Answer

        return Answer(self.content)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(
    source=st.data(),
    spoiled=anything,
    name=st.sampled_from(["repository.json", "product.json", "advisories.json"]),
)
def test_any_spoiled_answer_is_read_or_refused(
    source: st.DataObject, spoiled: object, name: str
) -> None:
    content: Any = recorded(name)
    place = content
    while True:
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        key: Any = source.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or source.draw(st.booleans()):
            place[key] = spoiled
            break
        place = inner
    web: Any = Echo(content)
    progress = Progress(io.StringIO(), 1)
    world = World("http://127.0.0.1:9")

    with suppress(BadAnswerError):  # and nothing else
        if name == "repository.json":
            result = recount(web, progress, world, ["flask"])
        elif name == "product.json":
            result = resupport(web, progress, world)
        else:
            result = readvise(web, progress, world)
        for row in result.rows:
            assert all(isinstance(cell, str) and "\n" not in cell for cell in row.values())
