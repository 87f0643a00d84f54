"""The real data: nothing is lost at the door, and what comes out cannot be changed."""

import copy
import json
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from framework_picker.catalog.advice import overlapping_criteria
from framework_picker.catalog.folder import read_documents
from framework_picker.catalog.loader import check_folder, load_catalog, load_data
from framework_picker.catalog.problems import CatalogError, Report
from framework_picker.domain.model import Capability, Catalog, Fact
from tests.catalog.folders import DATA, data_copy

# Counted on 2026-11-20 in the fact catalogue and the community tables as they were handed over,
# before they were brought in. More may be added; none of these may go missing.
HANDED_OVER = {
    "frameworks": 29,
    "facts": 630,
    "capabilities": 464,
    "production_users": 38,
    "limits": 51,
    "sources": 1437,
    "notes": 600,
    "units": 270,
    "packages": 97,
    "release dates of packages": 87,
    "partial": 87,
    "dates": 1183,
}
ROWS_HANDED_OVER = {
    "advisories": 329,
    "downloads": 2453,
    "jobs": 963,
    "stars": 4582,
    "support_windows": 473,
    "surveys": 254,
}


@cache
def documents() -> dict[str, Any]:
    """What the real files say."""
    return dict(read_documents(DATA, Report()))


@cache
def catalog() -> Catalog:
    """The real catalog."""
    return load_catalog(DATA)


def files() -> list[dict[str, Any]]:
    """What the frameworks' files say."""
    return [content for path, content in documents().items() if path.startswith("frameworks/")]


def entries(file: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything in a framework's file that has a date and a source."""
    return [
        *file["facts"].values(),
        *file["capabilities"].values(),
        *file.get("production_users", []),
        *file.get("limits", []),
    ]


def test_the_files_hold_all_that_was_handed_over() -> None:
    every = [entry for file in files() for entry in entries(file)]
    counted = {
        "frameworks": len(files()),
        "facts": sum(len(file["facts"]) for file in files()),
        "capabilities": sum(len(file["capabilities"]) for file in files()),
        "production_users": sum(len(file.get("production_users", [])) for file in files()),
        "limits": sum(len(file.get("limits", [])) for file in files()),
        "sources": sum(len(entry["source"]) for entry in every),
        "notes": sum("note" in entry for entry in every),
        "units": sum("unit" in entry for entry in every),
        "packages": sum("package" in entry for entry in every),
        "release dates of packages": sum("package_released" in entry for entry in every),
        "partial": sum(entry.get("partial", False) for entry in every),
        "dates": sum("as_of" in entry for entry in every),
    }

    assert {name: count >= HANDED_OVER[name] for name, count in counted.items()} == dict.fromkeys(
        HANDED_OVER, True
    )


def test_the_tables_hold_all_rows_that_were_handed_over() -> None:
    rows = {name: len(documents()[f"community/{name}.csv"]) for name in ROWS_HANDED_OVER}

    assert all(rows[name] >= count for name, count in ROWS_HANDED_OVER.items())


def test_the_roles_are_23_candidates_2_addons_and_4_alternatives() -> None:
    roles = [alternative.role for alternative in catalog().alternatives.values()]

    assert {role: roles.count(role) for role in roles} == {
        "candidate": 23,
        "addon": 2,
        "alternative": 4,
    }


def said(entry: dict[str, Any]) -> tuple[object, ...]:
    """An entry of a file as a comparable whole."""
    return (
        json.dumps(entry["value"], sort_keys=True),
        entry["as_of"],
        tuple(entry["source"]),
        entry.get("unit", ""),
        entry.get("note", ""),
        entry.get("partial", False),
        entry.get("package", ""),
        entry.get("package_version", ""),
        entry.get("package_released"),
    )


def kept(entry: Fact | Capability) -> tuple[object, ...]:
    """A fact or a capability of the catalog as the same comparable whole."""
    if isinstance(entry, Fact):
        value = json.dumps(entry.value, sort_keys=True)
        rest: tuple[object, ...] = (entry.unit, entry.note, False, "", "", None)
    else:
        value = json.dumps(entry.level)
        released = entry.package_released
        rest = (
            "",
            entry.note,
            entry.is_partial,
            entry.package,
            entry.package_version,
            released.isoformat() if released else None,
        )
    return (value, entry.as_of.isoformat(), entry.source, *rest)


@pytest.mark.parametrize("file", files(), ids=lambda file: file["slug"])
def test_every_entry_comes_through_with_value_date_source_and_note(file: dict[str, Any]) -> None:
    alternative = catalog().alternatives[file["slug"]]
    base = catalog().alternatives.get(alternative.extends)

    for key, entry in file["facts"].items():
        assert kept(alternative.facts[key]) == said(entry), key
    for key, entry in file["capabilities"].items():
        inherited = base.capabilities.get(key) if base else None
        assert alternative.capabilities[key] == inherited or (
            kept(alternative.capabilities[key]) == said(entry)
        ), key
    users = [kept(user) for user in alternative.production_users]
    limits = [kept(limit) for limit in alternative.limits]
    assert users[: len(file.get("production_users", []))] == [
        said(user) for user in file.get("production_users", [])
    ]
    assert limits[: len(file.get("limits", []))] == [
        said(limit) for limit in file.get("limits", [])
    ]


@pytest.mark.parametrize("table", ROWS_HANDED_OVER)
def test_every_row_of_every_table_comes_through(table: str) -> None:
    rows = documents()[f"community/{table}.csv"]
    written = sorted(
        (row["framework"], row["date"], row["metric"], row["source"], row["unit"], row["grade"])
        for row in rows
    )
    observed = sorted(
        (slug, row.on.isoformat(), row.metric, row.source, row.unit, row.grade)
        for slug, alternative in catalog().alternatives.items()
        if not alternative.extends
        for row in alternative.series.get(table, ())
    )
    of_addons = {slug for slug, other in catalog().alternatives.items() if other.extends}

    assert observed == [row for row in written if row[0] not in of_addons]


def test_rows_stand_oldest_first() -> None:
    for alternative in catalog().alternatives.values():
        for rows in alternative.series.values():
            assert [row.on for row in rows] == sorted(row.on for row in rows)


def test_no_fact_on_file_or_derived_is_without_source_or_date() -> None:
    for alternative in catalog().alternatives.values():
        for key, fact in alternative.facts.items():
            assert fact.source, f"{alternative.slug} {key}"
            assert fact.as_of <= catalog().as_of, f"{alternative.slug} {key}"


def test_a_missing_key_stays_unknown() -> None:
    assert "stars" not in catalog().alternatives["solara"].facts
    assert "orm" not in catalog().alternatives["wordpress"].capabilities
    assert "licence" not in catalog().alternatives["wordpress"].facts


@pytest.mark.parametrize(
    ("slug", "key", "value", "as_of"),
    [
        # stars.csv, newest row of metric stars
        ("django", "stars", 88244, "2026-08-01"),
        ("reflex", "stars", 28265, "2026-03-26"),
        # downloads.csv, newest row of metric downloads, column value_per_day
        ("django", "downloads_per_day", 1567755, "2026-04-01"),
        # not the newest row of the old package starlite (1,361 on 2025-08-01)
        ("litestar", "downloads_per_day", 44012, "2026-04-01"),
        # FastAPI installs Starlette: one signal, FastAPI's reading for both
        ("fastapi", "downloads_per_day", 11862592, "2026-04-01"),
        ("starlette", "downloads_per_day", 11862592, "2026-04-01"),
        # surveys.csv, Python Developers Survey 2024, web development users
        ("django", "survey_share_web", 61, "2024-11-30"),
        # jobs.csv, sum of the rows from 2021-01-01 on
        ("flask", "hiring_mentions", 295, "2024-05-01"),
        # latest_release_date 2026-11-03, counted to 2026-11-20
        ("django", "days_since_release", 17, "2026-11-20"),
        # 5.2 LTS until the end of April 2028 is 527 days; 527 / 30.44 = 17.3
        ("django", "support_months_left", 17.3, "2026-08-21"),
        # lts_policy no, no dates published
        ("flask", "support_months_left", 0, "2026-01-28"),
        # advisories.csv has no row for Flet, and covers projects in Python
        ("flet", "advisory_count", 0, "2026-07-13"),
    ],
)
def test_derived_facts_come_from_the_named_rows(
    slug: str, key: str, value: float, as_of: str
) -> None:
    fact = catalog().alternatives[slug].facts[key]

    assert fact.value == value
    assert fact.as_of == date.fromisoformat(as_of)
    assert fact.source


def test_planned_series_do_not_count_as_support() -> None:
    windows = catalog().alternatives["django"].facts["support_end"].value
    assert isinstance(windows, tuple)
    planned = [
        window["series"]
        for window in windows
        if isinstance(window, Mapping) and window.get("planned")
    ]

    assert planned == ["6.2 LTS (planned, release 2027-04)", "2028 (planned, release 2028-01)"]


def test_advisories_of_frameworks_outside_the_database_are_unknown() -> None:
    for slug in ("express", "laravel", "ruby-on-rails", "wordpress"):
        assert "advisory_count" not in catalog().alternatives[slug].facts


def test_grades_follow_sources_and_age() -> None:
    flask = catalog().alternatives["flask"]

    assert flask.facts["install_size_mb"].grade == "A"  # measured
    assert flask.facts["protocol"].grade == "B"  # documentation
    assert flask.facts["hiring_mentions"].grade == "D"  # newest row older than 730 days


def test_an_old_companion_is_stale_and_a_fresh_one_is_not() -> None:
    flask = catalog().alternatives["flask"].capabilities

    assert flask["auth"].package_released == date(2023, 10, 30)
    assert flask["auth"].is_stale
    assert flask["migrations"].package_released == date(2025, 1, 10)
    assert not flask["migrations"].is_stale


def test_the_catalog_cannot_be_changed() -> None:
    django = catalog().alternatives["django"]
    mappings: list[Any] = [catalog().alternatives, django.facts, django.capabilities, django.series]

    for mapping in mappings:
        with pytest.raises(TypeError):
            mapping["x"] = 1
        with pytest.raises(TypeError):
            mapping.clear()
        with pytest.raises(TypeError):
            mapping |= {}
    with pytest.raises(FrozenInstanceError):
        django.name = "x"  # type: ignore[misc]


def test_the_catalog_can_be_pickled_and_copied() -> None:
    assert pickle.loads(pickle.dumps(catalog())) == catalog()
    assert copy.deepcopy(catalog()) == catalog()


@pytest.mark.slow
def test_two_readings_are_equal() -> None:
    assert load_catalog(DATA) == catalog()


def test_questions_and_levels_keep_the_order_of_the_file() -> None:
    assert list(catalog().questions) == [
        question["id"] for question in documents()["questions.yaml"]["questions"]
    ]
    assert list(catalog().levels) == ["none", "little", "somewhat", "lot", "decisive"]


def test_everything_else_is_sorted() -> None:
    for mapping in (
        catalog().alternatives,
        catalog().criteria,
        catalog().fact_kinds,
        catalog().capability_kinds,
    ):
        assert list(mapping) == sorted(mapping)


def test_an_importance_question_quotes_the_swing_of_what_it_feeds() -> None:
    question = catalog().questions["admin"]
    criterion = catalog().criteria["admin"]

    assert question.swing == f"from “{criterion.level_0}” to “{criterion.level_100}”"
    assert [option.points.get("admin") for option in question.options] == [0, 1, 2, 4, 8, None]
    assert question.options[-1].requires == ("has-admin",)


def test_every_reason_stands_beside_its_number() -> None:
    evidence = catalog().evidence

    assert set(evidence.why_worth) == set(evidence.capability_value)
    assert set(evidence.grade_meaning) == set(evidence.half_width)


def test_the_real_data_is_good() -> None:
    findings = check_folder(DATA)

    assert findings.problems == ()
    assert findings.loaded is not None


def test_criteria_that_repeat_each_other_are_named() -> None:
    loaded = load_data(DATA)
    table = loaded.table
    table.values["api"] = table.values["admin"] * 0.5 + 10

    sentences = overlapping_criteria(loaded.catalog, table)

    assert any(
        sentence.startswith("“Admin pages” and “API tooling” correlate at 1.00")
        for sentence in sentences
    )


def test_a_missing_folder_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        load_catalog(tmp_path / "nowhere")

    assert [str(problem) for problem in caught.value.problems] == [
        "nowhere: expected a folder with the data files, got none"
    ]


def test_an_empty_folder_lists_every_missing_file(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()

    with pytest.raises(CatalogError) as caught:
        load_catalog(tmp_path / "data")

    assert [problem.file for problem in caught.value.problems] == [
        "data/catalog.yaml",
        "data/criteria.yaml",
        "data/evidence.yaml",
        "data/facts.yaml",
        "data/frameworks",
        "data/presets.yaml",
        "data/questions.yaml",
        "data/use_cases.yaml",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["frameworks/flask.yml", "frameworks/flask.txt", "community/moons.xlsx", "facts.yml"]
)
def test_a_file_that_would_go_unread_is_a_problem(tmp_path: Path, name: str) -> None:
    folder = data_copy(tmp_path)
    (folder / name).write_text("x: 1", encoding="utf-8")

    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)

    assert [problem.file for problem in caught.value.problems] == [f"data/{name}"]


@pytest.mark.slow
def test_hidden_files_and_notes_are_no_problem(tmp_path: Path) -> None:
    folder = data_copy(tmp_path)
    (folder / "frameworks" / ".flask.yaml.swp").write_bytes(b"\xff")
    (folder / "frameworks" / "NOTES.md").write_text("notes", encoding="utf-8")

    assert load_catalog(folder).data_version == catalog().data_version


def test_broken_files_of_every_kind_are_in_one_report(tmp_path: Path) -> None:
    folder = data_copy(tmp_path)
    (folder / "frameworks" / "flask.yaml").write_text("slug: [", encoding="utf-8")
    (folder / "frameworks" / "django.yaml").write_bytes(b"name: \xff")
    (folder / "frameworks" / "falcon.yaml").write_bytes(b"#" * 2_000_000)
    (folder / "community" / "jobs.csv").write_text('a,"b', encoding="utf-8")
    (folder / "evidence.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    (folder / "benchmarks").mkdir(exist_ok=True)
    (folder / "benchmarks" / "first.json").write_text("{", encoding="utf-8")

    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)

    assert {problem.file for problem in caught.value.problems} == {
        "data/frameworks/flask.yaml",
        "data/frameworks/django.yaml",
        "data/frameworks/falcon.yaml",
        "data/community/jobs.csv",
        "data/evidence.yaml",
        "data/benchmarks/first.json",
    }


def test_the_report_says_how_many_and_then_each(tmp_path: Path) -> None:
    folder = data_copy(tmp_path)
    flask = folder / "frameworks" / "flask.yaml"
    text = flask.read_text(encoding="utf-8")
    flask.write_text(text.replace("value: '>=3.9'", "value: three"), encoding="utf-8")

    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)

    assert str(caught.value) == (
        "1 problem in the data:\n"
        "  data/frameworks/flask.yaml: facts.python_requires: expected a version range, "
        'got "three"'
    )


@pytest.mark.slow
def test_a_framework_nobody_extends_can_be_taken_out(tmp_path: Path) -> None:
    folder = data_copy(tmp_path)
    (folder / "frameworks" / "bottle.yaml").unlink()
    for table in (folder / "community").glob("*.csv"):
        lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
        table.write_text(
            "".join(line for line in lines if ",bottle," not in line), encoding="utf-8"
        )
    for file in (folder / "benchmarks").glob("*.json"):
        run = json.loads(file.read_text(encoding="utf-8"))
        gone = {entry["id"] for entry in run["entries"] if entry["framework"] == "bottle"}
        run["entries"] = [entry for entry in run["entries"] if entry["id"] not in gone]
        for name in ("samples", "starts", "latencies", "ui_samples"):
            if name in run:
                run[name] = [one for one in run[name] if one["framework"] not in gone]
        file.write_text(json.dumps(run), encoding="utf-8")

    smaller = load_catalog(folder)

    assert set(catalog().alternatives) - set(smaller.alternatives) == {"bottle"}
