"""Each fault is found, named by file and field, and found together with all others."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from framework_picker.catalog.problems import Problem, in_order
from tests.catalog.folders import lines_of, load, problems_of, small_documents

Documents = dict[str, Any]
Change = Callable[[Documents], object]

FLASK = "frameworks/flask.yaml"
NINJA = "frameworks/django-ninja.yaml"


def put(path: str, *names: str | int, value: object) -> Change:
    """A change that sets one entry; a name that is no position finds the entry of that id."""

    def change(documents: Documents) -> None:
        entry = documents[path]
        for name in names[:-1]:
            entry = step(entry, name)
        last = names[-1]
        if isinstance(entry, list) and isinstance(last, str):
            entry[position(entry, last)] = value
        else:
            entry[last] = value

    return change


def drop(path: str, *names: str | int) -> Change:
    """A change that removes one entry."""

    def change(documents: Documents) -> None:
        entry = documents[path]
        for name in names[:-1]:
            entry = step(entry, name)
        last = names[-1]
        by_id = isinstance(entry, list) and isinstance(last, str)
        del entry[position(entry, str(last)) if by_id else last]

    return change


def add(path: str, *names: str | int, value: object) -> Change:
    """A change that puts one more entry at the end of a list."""

    def change(documents: Documents) -> None:
        entry = documents[path]
        for name in names:
            entry = step(entry, name)
        entry.append(value)

    return change


def step(entry: Any, name: str | int) -> Any:
    """The entry inside, by name, position or id."""
    if isinstance(entry, list) and isinstance(name, str):
        return entry[position(entry, name)]
    return entry[name]


def position(entries: list[Any], name: str) -> int:
    """Where the entry with this id stands."""
    return next(n for n, e in enumerate(entries) if name in (e.get("id"), e.get("use_case")))


def part(criterion: str, number: int, **entries: object) -> Change:
    """A change that replaces entries of one part of a criterion; None removes an entry."""

    def change(documents: Documents) -> None:
        shape = step(documents["criteria.yaml"]["criteria"], criterion)["parts"][number]
        for name, value in entries.items():
            shape.pop(name, None)
            if value is not None:
                shape[name] = value

    return change


def row(table: str, **cells: str) -> Change:
    """A change that adds a copy of the table's first row with other cells."""

    def change(documents: Documents) -> None:
        rows = documents[f"community/{table}.csv"]
        rows.append({**rows[0], **cells})

    return change


def second_flask(documents: Documents) -> None:
    documents["frameworks/flask-again.yaml"] = documents[FLASK]


def test_the_real_data_has_no_problem() -> None:
    assert lines_of(small_documents()) == []


FRAMEWORK_FAULTS: list[tuple[Change, str]] = [
    (
        put(FLASK, "facts", "python_requires", "value", value="three"),
        'data/frameworks/flask.yaml: facts.python_requires: expected a version range, got "three"',
    ),
    (
        put(FLASK, "facts", "install_size_mb", "value", value="2.2 MB"),
        "data/frameworks/flask.yaml: facts.install_size_mb: expected a number, 0 or more, "
        'got "2.2 MB"',
    ),
    (
        put(FLASK, "facts", "install_size_mb", "value", value=float("nan")),
        "data/frameworks/flask.yaml: facts.install_size_mb.value: expected a finite number below "
        "10^15, got nan",
    ),
    (
        put(FLASK, "facts", "install_size_mb", "value", value=float("inf")),
        "data/frameworks/flask.yaml: facts.install_size_mb.value: expected a finite number below "
        "10^15, got inf",
    ),
    (
        put(FLASK, "facts", "install_size_mb", "value", value=-1),
        "data/frameworks/flask.yaml: facts.install_size_mb: expected a number, 0 or more, got -1",
    ),
    (
        put(FLASK, "facts", "install_size_mb", "value", value=None),
        "data/frameworks/flask.yaml: facts.install_size_mb.value: expected a value (leave "
        "the whole "
        "entry out when it is not verified), got nothing",
    ),
    (
        put(FLASK, "facts", "install_size_mb", "unit", value="kB"),
        'data/frameworks/flask.yaml: facts.install_size_mb.unit: expected MB, got "kB"',
    ),
    (
        put(FLASK, "facts", "releases_12m", "value", value=1.5),
        "data/frameworks/flask.yaml: facts.releases_12m: expected a whole number, 0 or more, "
        "got 1.5",
    ),
    (
        put(FLASK, "facts", "releases_12m", "value", value=True),
        "data/frameworks/flask.yaml: facts.releases_12m: expected a whole number, 0 or more, "
        "got true",
    ),
    (
        put(FLASK, "facts", "python_only_ui", "value", value="sometimes"),
        'data/frameworks/flask.yaml: facts.python_only_ui: expected yes or no, got "sometimes"',
    ),
    (
        put(FLASK, "facts", "async_support", "value", value="nativ"),
        "data/frameworks/flask.yaml: facts.async_support: expected native, partial or none, "
        'got "nativ"',
    ),
    (
        put(FLASK, "facts", "latest_release", "value", value=3.1),
        "data/frameworks/flask.yaml: facts.latest_release: expected a text (in quotes if it is a "
        "number), got 3.1",
    ),
    (
        put(FLASK, "facts", "latest_release_date", "value", value="2026-02-30"),
        "data/frameworks/flask.yaml: facts.latest_release_date: expected a date like 2026-11-20, "
        'got "2026-02-30"',
    ),
    (
        put(FLASK, "facts", "latest_release_date", "value", value="2026-11-21"),
        "data/frameworks/flask.yaml: facts.latest_release_date: expected a date up to 2026-11-20 "
        "(as_of in catalog.yaml), got 2026-11-21",
    ),
    (
        put(FLASK, "facts", "protocol", "as_of", value="2027-01-01"),
        "data/frameworks/flask.yaml: facts.protocol.as_of: expected a date up to "
        "2026-11-20 (as_of in "
        "catalog.yaml), got 2027-01-01",
    ),
    (
        put(FLASK, "limits", 1, "as_of", value="2027-01-01"),
        "data/frameworks/flask.yaml: limits[2].as_of: expected a date up to 2026-11-20 (as_of in "
        "catalog.yaml), got 2027-01-01",
    ),
    (
        put(FLASK, "capabilities", "orm", "package_released", value="2027-01-01"),
        "data/frameworks/flask.yaml: capabilities.orm.package_released: expected a date up to "
        "2026-11-20 (as_of in catalog.yaml), got 2027-01-01",
    ),
    (
        put(FLASK, "as_of", value="2027-01-01"),
        "data/frameworks/flask.yaml: as_of: expected a date up to 2026-11-20 (as_of in "
        "catalog.yaml), got 2027-01-01",
    ),
    (
        put(FLASK, "as_of", value="20 November"),
        'data/frameworks/flask.yaml: as_of: expected a date like 2026-11-20, got "20 November"',
    ),
    (
        put(FLASK, "facts", "protocol", "source", value=[]),
        "data/frameworks/flask.yaml: facts.protocol.source: expected at least 1 entry, "
        "got a list of 0",
    ),
    (
        drop(FLASK, "facts", "protocol", "source"),
        "data/frameworks/flask.yaml: facts.protocol.source: expected an entry, got none",
    ),
    (
        put(FLASK, "facts", "protocol", "source", value="the manual"),
        'data/frameworks/flask.yaml: facts.protocol.source: expected a list, got "the manual"',
    ),
    (
        put(FLASK, "facts", "protocol", "source", value=["   "]),
        "data/frameworks/flask.yaml: facts.protocol.source[1]: expected a text that is not empty, "
        'got "   "',
    ),
    (
        drop(FLASK, "facts", "protocol", "as_of"),
        "data/frameworks/flask.yaml: facts.protocol.as_of: expected an entry, got none",
    ),
    (
        put(FLASK, "facts", "protocol", "grade", value="E"),
        'data/frameworks/flask.yaml: facts.protocol.grade: expected A, B, C or D, got "E"',
    ),
    (
        put(FLASK, "facts", "protocol", "remark", value="x"),
        "data/frameworks/flask.yaml: facts.protocol.remark: expected one of value, as_of, source, "
        'unit, note, grade or checked_against, got "remark"',
    ),
    (
        put(FLASK, "facts", "protocol", value="WSGI"),
        'data/frameworks/flask.yaml: facts.protocol: expected names with entries, got "WSGI"',
    ),
    (
        put(FLASK, "facts", "coolness", value={}),
        "data/frameworks/flask.yaml: facts.coolness: expected a fact listed in facts.yaml, "
        'got "coolness"',
    ),
    (
        put(
            FLASK,
            "facts",
            "stars",
            value={"value": 1, "as_of": "2026-11-20", "source": ["editorial: me"]},
        ),
        "data/frameworks/flask.yaml: facts.stars: expected no entry, since it is computed, got one",
    ),
    (
        put(FLASK, "capabilities", "coffee", value={}),
        "data/frameworks/flask.yaml: capabilities.coffee: expected a capability listed in "
        'facts.yaml, got "coffee"',
    ),
    (
        put(FLASK, "capabilities", "orm", "value", value="maybe"),
        "data/frameworks/flask.yaml: capabilities.orm.value: expected built-in, "
        'official-extension, third-party or none, got "maybe"',
    ),
    (
        drop(FLASK, "capabilities", "orm", "package"),
        "data/frameworks/flask.yaml: capabilities.orm.package: expected the third-party package, "
        "got none",
    ),
    (
        put(FLASK, "capabilities", "state_management", "partial", value=True),
        "data/frameworks/flask.yaml: capabilities.state_management.partial: expected no entry "
        "beside none, got true",
    ),
    (
        put(FLASK, "schema_version", value=2),
        "data/frameworks/flask.yaml: schema_version: expected 1, got 2",
    ),
    (
        put(FLASK, "role", value="champion"),
        "data/frameworks/flask.yaml: role: expected candidate, addon or alternative, "
        'got "champion"',
    ),
    (
        put(FLASK, "slug", value="flasque"),
        'data/frameworks/flask.yaml: slug: expected flask, as the file, got "flasque"',
    ),
    (
        second_flask,
        'data/frameworks/flask.yaml: slug: expected a slug of its own, got "flask" as in '
        "data/frameworks/flask-again.yaml",
    ),
    (
        put(FLASK, "name", value="django"),
        'data/frameworks/flask.yaml: name: expected a name of its own, got "django" as in '
        "data/frameworks/django.yaml",
    ),
    (
        put(FLASK, "facts", value=[]),
        "data/frameworks/flask.yaml: facts: expected names with entries, got a list of 0",
    ),
    (
        drop(FLASK, "name"),
        "data/frameworks/flask.yaml: name: expected an entry, got none",
    ),
    (
        put(FLASK, "extends", value="django"),
        "data/frameworks/flask.yaml: extends: expected no entry, unless role is addon, "
        'got "django"',
    ),
    (
        put(NINJA, "extends", value="djungo"),
        "data/frameworks/django-ninja.yaml: extends: expected the slug of a framework that is no "
        'add-on itself, got "djungo"',
    ),
    (
        put(NINJA, "extends", value="django-rest-framework"),
        "data/frameworks/django-ninja.yaml: extends: expected the slug of a framework that is no "
        'add-on itself, got "django-rest-framework"',
    ),
    (
        drop(NINJA, "extends"),
        "data/frameworks/django-ninja.yaml: extends: expected the slug of the framework it needs, "
        "got none",
    ),
    (
        put("frameworks/django.yaml", "facts", "support_end", "value", 0, "security", value="soon"),
        "data/frameworks/django.yaml: facts.support_end: expected dates like 2027-04-30, 2027-04, "
        "2027-Q2 or ongoing in window 1, got a list of 5",
    ),
    (
        put("frameworks/django.yaml", "facts", "support_end", "value", 3, "planned", value="yes"),
        "data/frameworks/django.yaml: facts.support_end: expected true or false for planned in "
        "window 4, got a list of 5",
    ),
]

FACT_FAULTS: list[tuple[Change, str]] = [
    (
        put("facts.yaml", "facts", "licence", "group", value="Sundry"),
        'data/facts.yaml: facts.licence.group: expected one of the groups above, got "Sundry"',
    ),
    (
        put("facts.yaml", "capabilities", "orm", "group", value="Sundry"),
        'data/facts.yaml: capabilities.orm.group: expected one of the groups above, got "Sundry"',
    ),
    (
        drop("facts.yaml", "facts", "licence", "type"),
        "data/facts.yaml: facts.licence: expected a type, or derive for a computed fact, "
        "got neither",
    ),
    (
        put("facts.yaml", "facts", "stars", "type", value="number"),
        "data/facts.yaml: facts.stars: expected a type or derive, got both",
    ),
    (
        put("facts.yaml", "facts", "stars", "derive", "kind", value="guess"),
        "data/facts.yaml: facts.stars.derive.kind: expected newest, total, count, days_since, "
        'months_left, covered, benchmark or idle_memory, got "guess"',
    ),
    (
        put("facts.yaml", "facts", "stars", "derive", "table", value="moons"),
        "data/facts.yaml: facts.stars.derive.table: expected advisories, downloads, jobs, stars, "
        'support_windows or surveys, got "moons"',
    ),
    (
        put("facts.yaml", "facts", "stars", "derive", "metric", value="suns"),
        "data/facts.yaml: facts.stars.derive.metric: expected forks, open_issues, "
        'open_issues_and_prs or stars, got "suns"',
    ),
    (
        put("facts.yaml", "facts", "stars", "derive", "column", value="worth"),
        "data/facts.yaml: facts.stars.derive.column: expected a column of "
        "data/community/stars.csv, "
        'got "worth"',
    ),
    (
        put("facts.yaml", "facts", "survey_share_web", "derive", "where", "edition", value="1999"),
        "data/facts.yaml: facts.survey_share_web.derive.where: expected at least one row of "
        "data/community/surveys.csv like this, got none",
    ),
    (
        put(
            "facts.yaml",
            "facts",
            "downloads_per_day",
            "derive",
            "shares_signal_with",
            value={"starlette": "fastapy"},
        ),
        "data/facts.yaml: facts.downloads_per_day.derive.shares_signal_with: expected slugs of "
        'frameworks, got "fastapy"',
    ),
    (
        put("facts.yaml", "facts", "days_since_release", "derive", "fact", value="licence"),
        "data/facts.yaml: facts.days_since_release.derive.fact: expected a fact of type date, "
        'got "licence"',
    ),
    (
        put("facts.yaml", "facts", "days_since_release", "derive", "fact", value="birthday"),
        "data/facts.yaml: facts.days_since_release.derive.fact: expected a fact of type date, "
        'got "birthday"',
    ),
    (
        add("facts.yaml", "facts", "companion_coverage", "derive", "capabilities", value="tea"),
        "data/facts.yaml: facts.companion_coverage.derive.capabilities: expected capabilities "
        'listed below, got "tea"',
    ),
]

EVIDENCE_FAULTS: list[tuple[Change, str]] = [
    (
        drop("evidence.yaml", "grades", "D"),
        "data/evidence.yaml: grades.D: expected an entry, got none",
    ),
    (
        put("evidence.yaml", "grades", "A", "half_width", value=30),
        "data/evidence.yaml: grades.B.half_width: expected at least that of A (30), got 7",
    ),
    (
        put("evidence.yaml", "grades", "A", "half_width", value=101),
        "data/evidence.yaml: grades.A.half_width: expected less than or equal to 100, got 101",
    ),
    (
        drop("evidence.yaml", "capability_value", "third-party-stale"),
        "data/evidence.yaml: capability_value.third-party-stale: expected an entry, got none",
    ),
    (
        put("evidence.yaml", "capability_value", "none", "value", value=float("nan")),
        "data/evidence.yaml: capability_value.none.value: expected a finite number, got nan",
    ),
    (
        drop("evidence.yaml", "grade_of_source", 3),
        "data/evidence.yaml: grade_of_source[3].prefix: expected an empty prefix at the end, for "
        'all other citations, got "editorial"',
    ),
    (
        put("evidence.yaml", "grade_of_source", 0, "prefix", value=""),
        "data/evidence.yaml: grade_of_source[2].prefix: expected a prefix that no earlier one "
        'covers, got "absence-search:" after ""',
    ),
]

CRITERION_FAULTS: list[tuple[Change, str]] = [
    (
        part("admin", 0, share=90),
        "data/criteria.yaml: criteria[admin].parts: expected shares that sum to 100, got 90",
    ),
    (
        part("admin", 0, capability="butler"),
        "data/criteria.yaml: criteria[admin].parts[admin].capability: expected a capability listed "
        'in facts.yaml, got "butler"',
    ),
    (
        part("admin", 0, capability=None),
        "data/criteria.yaml: criteria[admin].parts[admin]: expected a fact or a capability, "
        "got neither",
    ),
    (
        part("footprint", 0, fact="weight"),
        "data/criteria.yaml: criteria[footprint].parts[size].fact: expected a fact listed in "
        'facts.yaml, got "weight"',
    ),
    (
        part("footprint", 0, points=[[10, 100], [50, 20], [250, 40]]),
        "data/criteria.yaml: criteria[footprint].parts[size].points: expected values that only "
        "rise or only fall, got (10, 100), (50, 20), (250, 40)",
    ),
    (
        part("footprint", 0, points=[[10, 100], [10, 0]]),
        "data/criteria.yaml: criteria[footprint].parts[size].points: expected x to increase "
        "strictly, got (10, 100), (10, 0)",
    ),
    (
        part("footprint", 0, points=[[10, 101], [250, 0]]),
        "data/criteria.yaml: criteria[footprint].parts[size].points: expected values in 0..100, "
        "got 0 to 101",
    ),
    (
        part("footprint", 0, points=[[10, 100]]),
        "data/criteria.yaml: criteria[footprint].parts[size].points: expected at least two "
        "breakpoints, got 1",
    ),
    (
        part("footprint", 0, points=[[10, float("nan")], [250, 0]]),
        "data/criteria.yaml: criteria[footprint].parts[size].points[1][2]: expected a finite "
        "number, got nan",
    ),
    (
        part("footprint", 0, points=[[10, 100], [float("inf"), 0]]),
        "data/criteria.yaml: criteria[footprint].parts[size].points[2][1]: expected a finite "
        "number, got inf",
    ),
    (
        part("footprint", 0, points=[[0, 100], [250, 0]]),
        "data/criteria.yaml: criteria[footprint].parts[size].points: expected positive x on a log "
        "scale, got 0",
    ),
    (
        part("footprint", 0, points=[[10, 100, 1], [250, 0, 2]]),
        "data/criteria.yaml: criteria[footprint].parts[size].points[1]: expected at most 2 "
        "entries, got a list of 3",
    ),
    (
        part("footprint", 0, scale="cubic"),
        "data/criteria.yaml: criteria[footprint].parts[size].scale: expected linear or log, "
        'got "cubic"',
    ),
    (
        part("footprint", 0, points=None, scale=None),
        "data/criteria.yaml: criteria[footprint].parts[size]: expected points or levels for a "
        "fact, got neither",
    ),
    (
        part("footprint", 0, points=None, scale=None, levels={"small": 100}),
        "data/criteria.yaml: criteria[footprint].parts[size]: expected points, since the fact is a "
        "number, got levels",
    ),
    (
        part("async", 0, levels={"native": 100, "none": 0}),
        "data/criteria.yaml: criteria[async].parts[handlers].levels.partial: expected a value, "
        "got none",
    ),
    (
        part("async", 0, levels={"native": 100, "partial": 35, "none": 0, "nativ": 1}),
        "data/criteria.yaml: criteria[async].parts[handlers].levels.nativ: expected "
        "native, partial "
        'or none, got "nativ"',
    ),
    (
        part("async", 0, levels={"native": 130, "partial": 35, "none": 0}),
        "data/criteria.yaml: criteria[async].parts[handlers].levels: expected a value in 0..100, "
        "got 130.0 at level native",
    ),
    (
        part("async", 0, levels=None, points=[[0, 0], [1, 100]]),
        "data/criteria.yaml: criteria[async].parts[handlers]: expected levels, since the fact is a "
        "word, got points",
    ),
    (
        part("async", 0, fact="support_end"),
        "data/criteria.yaml: criteria[async].parts[handlers].fact: expected a number, a text or "
        "yes/no, got a support windows",
    ),
    (
        put(FLASK, "facts", "protocol", "value", value="carrier pigeon"),
        "data/criteria.yaml: criteria[deployment].parts[interface].levels: expected a level for "
        '"carrier pigeon" in data/frameworks/flask.yaml, got none',
    ),
    (
        put("criteria.yaml", "criteria", "admin", "group", value="misc"),
        "data/criteria.yaml: criteria[admin].group: expected built-in, interface, people, speed or "
        'upkeep, got "misc"',
    ),
    (
        put("criteria.yaml", "criteria", "admin", "id", value="api"),
        "data/criteria.yaml: criteria[6]: expected an id of its own among the criteria, "
        'got "api" again',
    ),
    (
        put("criteria.yaml", "criteria", "features", "parts", 1, "id", value="templates"),
        "data/criteria.yaml: criteria[features].parts[2]: expected an id of its own among "
        "the parts "
        'of this criterion, got "templates" again',
    ),
    (
        add("criteria.yaml", "groups", value={"id": "sixth", "name": "Sixth"}),
        "data/criteria.yaml: groups: expected at most 5 entries, got a list of 6",
    ),
    (
        put("criteria.yaml", "criteria", "admin", "best_grade", value="Z"),
        'data/criteria.yaml: criteria[admin].best_grade: expected A, B, C or D, got "Z"',
    ),
]

QUESTION_FAULTS: list[tuple[Change, str]] = [
    (
        put("questions.yaml", "questions", "admin", "feeds", value=["beauty"]),
        "data/questions.yaml: questions[admin].feeds: expected a criterion listed in "
        "criteria.yaml, "
        'got "beauty"',
    ),
    (
        put(
            "questions.yaml", "questions", "shape", "options", "box", "points", value={"beauty": 1}
        ),
        "data/questions.yaml: questions[shape].options[box].points: expected a criterion listed in "
        'criteria.yaml, got "beauty"',
    ),
    (
        put("questions.yaml", "questions", "shape", "options", "box", "points", value={"api": -1}),
        "data/questions.yaml: questions[shape].options[2].points.api: expected greater than or "
        "equal to 0, got -1",
    ),
    (
        drop("questions.yaml", "questions", "admin", "levels", "lot"),
        "data/questions.yaml: questions[admin].levels.lot: expected a meaning, got none",
    ),
    (
        put("questions.yaml", "questions", "admin", "levels", "lots", value="very"),
        "data/questions.yaml: questions[admin].levels.lots: expected one of none, little, "
        "somewhat, "
        'lot or decisive, got "lots"',
    ),
    (
        put("questions.yaml", "questions", "admin", "must", "requires", value=["has-butler"]),
        "data/questions.yaml: questions[admin].must.requires: expected a must-have listed above, "
        'got "has-butler"',
    ),
    (
        put("questions.yaml", "questions", "admin", "kind", value="quiz"),
        "data/questions.yaml: questions[admin].kind: expected importance, choice or switch, "
        'got "quiz"',
    ),
    (
        put("questions.yaml", "questions", "admin", "id", value="api"),
        "data/questions.yaml: questions[6]: expected an id of its own among the questions and "
        'their aliases, got "api" again',
    ),
    (
        put("questions.yaml", "questions", "admin", "aliases", value=["api"]),
        "data/questions.yaml: questions[api]: expected an id of its own among the questions and "
        'their aliases, got "api" again',
    ),
    (
        put("questions.yaml", "questions", "use", "options", "site", "aliases", value=["api"]),
        "data/questions.yaml: questions[use].options[site]: expected an id of its own among the "
        'options and their aliases, got "api" again',
    ),
    (
        put("questions.yaml", "questions", "shape", "options", "box", "id", value="dont-know"),
        "data/questions.yaml: questions[shape].options[dont-know]: expected another name, "
        'got "dont-know"',
    ),
    (
        put("questions.yaml", "levels", "lot", "cell", value=[3, 5]),
        "data/questions.yaml: levels[decisive].cell: expected a cell from 5 upwards, got 6 to 10",
    ),
    (
        put("questions.yaml", "levels", "decisive", "cell", value=[6, 9]),
        "data/questions.yaml: levels: expected cells that end at 10, got an end at 9",
    ),
    (
        put("questions.yaml", "levels", "lot", "points", value=7),
        "data/questions.yaml: levels[lot].points: expected points inside the cell, 3 to 6, got 7",
    ),
    (
        put("questions.yaml", "must_haves", "native-async", "rule", "fact", value="speed"),
        "data/questions.yaml: must_haves[native-async].rule.fact: expected a fact listed in "
        'facts.yaml, got "speed"',
    ),
    (
        put("questions.yaml", "must_haves", "native-async", "rule", "one_of", value=["nativ"]),
        "data/questions.yaml: must_haves[native-async].rule.one_of: expected native, partial or "
        'none, got "nativ"',
    ),
    (
        put("questions.yaml", "must_haves", "native-async", "rule", value={}),
        "data/questions.yaml: must_haves[native-async].rule: expected one of fact, capability, "
        "all_of or any_of, got none of them",
    ),
    (
        put(
            "questions.yaml", "must_haves", "renders-pages", "rule", "all_of", 0, "fact", value="x"
        ),
        "data/questions.yaml: must_haves[renders-pages].rule.all_of[1].fact: expected a "
        "fact listed "
        'in facts.yaml, got "x"',
    ),
    (
        put("questions.yaml", "must_haves", "renders-pages", "waived_by", "switch", value="use"),
        "data/questions.yaml: must_haves[renders-pages].waived_by.switch: expected the id of a "
        'switch, got "use"',
    ),
    (
        put("questions.yaml", "must_haves", "renders-pages", "waived_by", "option", value="maybe"),
        "data/questions.yaml: must_haves[renders-pages].waived_by.option: expected hide or show, "
        'got "maybe"',
    ),
    (
        put("questions.yaml", "questions", "strict", "options", "yes", "points", value={"api": 1}),
        "data/questions.yaml: questions[strict].options[yes]: expected neither points nor requires "
        "in a switch, got some",
    ),
]

ANSWER_FAULTS: list[tuple[Change, str]] = [
    (
        put("use_cases.yaml", "use_cases", "cms", "answers", "admin", value="totally"),
        "data/use_cases.yaml: use_cases[cms].answers.admin: expected none, little, somewhat, lot, "
        "decisive, must, none-unsure, little-unsure, somewhat-unsure, lot-unsure, "
        "decisive-unsure or "
        'dont-know, got "totally"',
    ),
    (
        put("use_cases.yaml", "use_cases", "cms", "answers", "weather", value="lot"),
        'data/use_cases.yaml: use_cases[cms].answers: expected the id of a question, got "weather"',
    ),
    (
        put("use_cases.yaml", "use_cases", "cms", "ledger_recommendation", value="jango"),
        "data/use_cases.yaml: use_cases[cms].ledger_recommendation: expected the slug of a "
        'framework, got "jango"',
    ),
    (
        put("presets.yaml", "shop", "use_case", value="casino"),
        "data/presets.yaml: presets[shop].use_case: expected one listed in use_cases.yaml, "
        'got "casino"',
    ),
    (
        drop("presets.yaml", "shop", "use_case"),
        "data/presets.yaml: presets[shop]: expected answers or a use_case, got neither",
    ),
    (
        put("presets.yaml", "shop", "id", value="api"),
        "data/presets.yaml: presets[5]: expected an id of its own among the presets, got "
        '"api" again',
    ),
]

TABLE_FAULTS: list[tuple[Change, str]] = [
    (
        row("stars", framework="flasque"),
        'framework: expected the slug of a framework, got "flasque"',
    ),
    (row("stars", value="many"), 'value: expected a number, got "many"'),
    (row("stars", value="nan"), 'value: expected a number, got "nan"'),
    (row("stars", value="1e400"), 'value: expected a number, got "1e400"'),
    (row("downloads", value_per_day="lots"), 'value_per_day: expected a number, got "lots"'),
    (row("stars", date="2026-13-01"), 'date: expected a date like 2026-11-20, got "2026-13-01"'),
    (
        row("stars", date="2026-12-01"),
        "date: expected a date up to 2026-11-20 (as_of in catalog.yaml), got 2026-12-01",
    ),
    (row("stars", source=""), "source: expected a text, got nothing"),
    (row("stars", grade="F"), 'grade: expected A, B, C or D, got "F"'),
]

HEAD = {
    "schema_version": 1,
    "as_of": "2026-11-20",
    "started": "2026-11-20T10:00:00+00:00",
    "ended": "2026-11-20T10:20:00+00:00",
    "is_preliminary": False,
    "machine": "two cores",
    "python": "3.13.0",
    "command": "python -m benchmarks run",
    "seed": 7,
    "note": "",
    "versions": {"flask": "3.1.3"},
}
SAMPLE = {
    "framework": "flask",
    "matrix": "same-server",
    "scenario": "json",
    "database": "",
    "mode": "keep-alive",
    "connections": 32,
    "round": 1,
    "valid": True,
    "why_rejected": "",
    "requests_per_second": 1000.0,
    "server_cpu": 1.0,
    "client_cpu": 0.3,
    "foreign_cpu": 0.01,
    "steal": 0.0,
    "errors": 0,
    "flags": [],
    "started": "2026-11-20T10:05:00+00:00",
}
START = {
    "framework": "flask",
    "matrix": "same-server",
    "round": 1,
    "start_ms": 400.0,
    "idle_memory_mb": 40.0,
    "loaded_memory_mb": 50.0,
    "valid": True,
}
LATENCY = {
    "framework": "flask",
    "matrix": "same-server",
    "scenario": "json",
    "database": "",
    "round": 1,
    "rate": 500.0,
    "rate_kind": "common",
    "p50_ms": 1.0,
    "p90_ms": 2.0,
    "p99_ms": 3.0,
    "valid": True,
}
UI_SAMPLE = {
    "framework": "reflex",
    "round": 1,
    "valid": True,
    "why_rejected": "",
    "changes": 100,
    "p50_ms": 20.0,
    "p95_ms": 40.0,
    "first_visit_bytes": 200_000,
    "usable_ms": 400.0,
    "idle_memory_mb": 90.0,
    "memory_per_page_mb": 2.0,
}


def http_run() -> dict[str, Any]:
    """A run of requests without a fault."""
    return copy.deepcopy(
        {
            **HEAD,
            "kind": "http",
            "run": "first",
            "baseline": "bare-asgi",
            "generator": "wrk 4.1.0",
            "sample_seconds": 2.0,
            "warm_up_seconds": 1.0,
            "rounds": 5,
            "harness_commit": "abc1234",
            "lock_sha256": "0" * 64,
            "raw_sha256": "f" * 64,
            "machine_facts": {"cores": "2"},
            "scenarios": [
                {
                    "id": "json",
                    "label": "JSON",
                    "method": "GET",
                    "path": "/json",
                    "connections": 32,
                    "says_not": "Nothing about databases.",
                }
            ],
            "entries": [
                {
                    "id": "bare-asgi",
                    "framework": "",
                    "label": "No framework",
                    "interface": "asgi",
                    "orm": "",
                    "packages": ["uvicorn"],
                    "commands": {"same-server": "granian bare"},
                    "note": "",
                },
                {
                    "id": "flask",
                    "framework": "flask",
                    "label": "Flask",
                    "interface": "wsgi",
                    "orm": "",
                    "packages": ["flask"],
                    "commands": {"same-server": "granian flask"},
                    "note": "",
                },
            ],
            "left_out": [{"entry": "solara", "framework": "solara", "reason": "no wheel"}],
            "samples": [{**SAMPLE, "framework": "bare-asgi"}, SAMPLE],
            "starts": [START],
            "latencies": [LATENCY],
        }
    )


def ui_run() -> dict[str, Any]:
    """A run of user interfaces without a fault."""
    return copy.deepcopy(
        {
            **HEAD,
            "kind": "ui",
            "run": "second",
            "entries": [
                {
                    "id": "reflex",
                    "framework": "reflex",
                    "label": "Reflex",
                    "command": "reflex run",
                    "note": "",
                }
            ],
            "left_out": [],
            "ui_samples": [UI_SAMPLE],
        }
    )


def test_runs_without_a_fault_are_read() -> None:
    documents = small_documents()
    documents["benchmarks/first.json"] = http_run()
    documents["benchmarks/second.json"] = ui_run()

    runs = load(documents).runs

    assert [run.name for run in runs] == ["first", "second"]
    assert {sample.framework for sample in runs[0].samples} == {"bare-asgi", "flask"}
    assert runs[1].ui_samples[0].p95_ms == 40
    facts = load(documents).catalog.alternatives["flask"].facts
    assert facts["json_throughput_ratio"].value == 1
    assert facts["idle_memory_mb"].value == 40


def run(**entries: object) -> Change:
    """A change that adds a run of requests with other entries; None takes one out."""

    def change(documents: Documents) -> None:
        whole = http_run()
        for name, value in entries.items():
            whole[name] = value
            if value is None:
                del whole[name]
        documents["benchmarks/first.json"] = whole

    return change


def ui(**entries: object) -> Change:
    """A change that adds a run of user interfaces whose one sample has other entries."""

    def change(documents: Documents) -> None:
        whole = ui_run()
        whole["ui_samples"][0].update(entries)
        documents["benchmarks/second.json"] = whole

    return change


def sample(**entries: object) -> Change:
    """A change that adds a run of requests whose second sample has other entries."""
    return run(samples=[{**SAMPLE, "framework": "bare-asgi"}, {**SAMPLE, **entries}])


def entry(**entries: object) -> Change:
    """A change that adds a run of requests whose second entry has other entries."""
    both = http_run()["entries"]
    return run(entries=[both[0], {**both[1], **entries}])


FIRST = "data/benchmarks/first.json: "
SECOND = "data/benchmarks/second.json: "

RUN_FAULTS: list[tuple[Change, str]] = [
    (
        run(run="second"),
        'data/benchmarks/first.json: run: expected first, as the file, got "second"',
    ),
    (
        run(as_of="2027-01-01"),
        "data/benchmarks/first.json: as_of: expected a date up to 2026-11-20 (as_of in "
        "catalog.yaml), got 2027-01-01",
    ),
    (
        run(baseline="naked"),
        "data/benchmarks/first.json: baseline: expected the name of one of the samples, "
        'got "naked"',
    ),
    (
        sample(framework="flasque"),
        FIRST + 'samples[2].framework: expected the id of an entry, got "flasque"',
    ),
    (
        sample(scenario="jason"),
        FIRST + 'samples[2].scenario: expected json, got "jason"',
    ),
    (
        sample(requests_per_second="fast"),
        FIRST + 'samples[2].requests_per_second: expected a number, got "fast"',
    ),
    (
        sample(requests_per_second=float("inf")),
        FIRST + "samples[2].requests_per_second: expected a finite number, got inf",
    ),
    (
        sample(requests_per_second=float("nan")),
        FIRST + "samples[2].requests_per_second: expected a finite number, got nan",
    ),
    (
        sample(requests_per_second=-5),
        FIRST + "samples[2].requests_per_second: expected greater than or equal to 0, got -5",
    ),
    (
        sample(requests_per_second=1e12),
        FIRST + "samples[2].requests_per_second: expected less than or equal to 100000000, got "
        "1000000000000.0",
    ),
    (
        sample(requests_per_second=0),
        FIRST + "samples[2].requests_per_second: expected more than 0, or valid: false, got 0",
    ),
    (
        sample(valid="yes"),
        FIRST + 'samples[2].valid: expected true or false, got "yes"',
    ),
    (
        sample(round=0),
        FIRST + "samples[2].round: expected greater than or equal to 1, got 0",
    ),
    (
        sample(matrix="my-server"),
        FIRST + 'samples[2].matrix: expected same-server or documented-server, got "my-server"',
    ),
    (
        sample(started="yesterday"),
        FIRST + "samples[2].started: expected a moment like 2026-11-20T10:15:00+00:00, got "
        '"yesterday"',
    ),
    (
        sample(started="2031-01-01T00:00:00+00:00"),
        FIRST + "samples[2].started: expected a moment during the run, got "
        "2031-01-01T00:00:00+00:00",
    ),
    (
        run(samples=[{**SAMPLE, "framework": "bare-asgi"}, SAMPLE, SAMPLE]),
        FIRST + "samples[3]: expected each measurement once, got the same as samples[2]",
    ),
    (
        run(samples=[]),
        FIRST + "samples: expected at least 1 entry, got a list of 0",
    ),
    (
        run(schema_version=2),
        FIRST + "schema_version: expected 1, got 2",
    ),
    (
        run(schema_version=None),
        FIRST + "schema_version: expected an entry, got none",
    ),
    (
        run(kind="tcp"),
        FIRST + 'kind: expected http or ui, got "tcp"',
    ),
    (
        entry(speed="high"),
        FIRST + 'entries[2].speed: expected no such entry, got "speed"',
    ),
    (
        run(ended="2026-11-20T09:00:00+00:00"),
        FIRST + "ended: expected up to 30 days after 2026-11-20T10:00:00+00:00, got "
        "2026-11-20T09:00:00+00:00",
    ),
    (
        run(as_of="2026-11-10"),
        FIRST + "as_of: expected a day of the run, 2026-11-20T10:00:00+00:00 to "
        "2026-11-20T10:20:00+00:00, got 2026-11-10",
    ),
    (
        run(raw_sha256="abc"),
        FIRST + 'raw_sha256: expected 64 digits of a SHA-256, or nothing, got "abc"',
    ),
    (
        run(note="x" * 5000),
        FIRST + f'note: expected at most 4000 characters, got "{"x" * 59}…"',
    ),
    (
        entry(framework="flasque"),
        FIRST + 'entries[flask].framework: expected the slug of a framework, got "flasque"',
    ),
    (
        entry(id="bare-asgi"),
        FIRST + 'entries: expected an id of its own among the entries, got "bare-asgi" again',
    ),
    (
        run(starts=[{**START, "idle_memory_mb": -1}]),
        FIRST + "starts[1].idle_memory_mb: expected greater than or equal to 0, got -1",
    ),
    (
        run(starts=[{**START, "framework": "falcon"}]),
        FIRST + 'starts[1].framework: expected the id of an entry, got "falcon"',
    ),
    (
        run(latencies=[{**LATENCY, "p90_ms": 0.5}]),
        FIRST + "latencies[1]: expected p50_ms up to p90_ms up to p99_ms, got 1, 0.5, 3",
    ),
    (
        ui(p95_ms=1),
        SECOND + "ui_samples[1]: expected p50_ms up to p95_ms, got 20, 1",
    ),
    (
        ui(framework="streamlit"),
        SECOND + 'ui_samples[1].framework: expected the id of an entry, got "streamlit"',
    ),
    (
        ui(first_visit_bytes=2.5),
        SECOND + "ui_samples[1].first_visit_bytes: expected a whole number, got 2.5",
    ),
]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        *FRAMEWORK_FAULTS,
        *FACT_FAULTS,
        *EVIDENCE_FAULTS,
        *CRITERION_FAULTS,
        *QUESTION_FAULTS,
        *ANSWER_FAULTS,
        *RUN_FAULTS,
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_a_fault_is_named_by_file_field_expectation_and_finding(change: Change, line: str) -> None:
    documents = small_documents()
    change(documents)

    assert line in lines_of(documents)


@pytest.mark.parametrize(
    ("change", "ending"),
    TABLE_FAULTS,
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_a_fault_in_a_table_is_named_by_its_row(change: Change, ending: str) -> None:
    documents = small_documents()
    change(documents)
    table = next(p for p in documents if documents[p] != small_documents().get(p))
    number = len(documents[table]) + 1

    assert lines_of(documents) == [f"data/{table}: row {number}, {ending}"]


def table_columns() -> list[tuple[str, str]]:
    """Every column of every table, by its file."""
    return [
        (path, column)
        for path, content in small_documents().items()
        if path.endswith(".csv")
        for column in content[0]
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("path", "column"), table_columns())
def test_a_missing_column_is_one_problem_not_one_per_row(path: str, column: str) -> None:
    documents = small_documents()
    for cells in documents[path]:
        cells.pop(column, None)

    lines = lines_of(documents)
    assert not [line for line in lines if ": row " in line]
    # Facts that are derived from such rows may say once that there are none.
    assert len(lines) <= 4


def test_a_missing_column_is_named() -> None:
    documents = small_documents()
    for cells in documents["community/jobs.csv"]:
        del cells["grade"]

    assert lines_of(documents) == [
        "data/community/jobs.csv: grade: expected a column of this name, got none"
    ]


def test_rows_stand_in_the_order_in_which_people_count() -> None:
    documents = small_documents()
    rows = documents["community/stars.csv"]
    for place in (0, 8, 9, 17):
        rows[place]["grade"] = "F"

    fields = [line.split(": ")[1] for line in lines_of(documents)]
    assert fields == ["row 2, grade", "row 10, grade", "row 11, grade", "row 19, grade"]


@pytest.mark.parametrize(
    "fields",
    [
        ["row 2", "row 10", "row 100"],
        ["", "criteria[2].parts[1]", "criteria[2].parts[10]", "criteria[11]"],
        ["a", "a" + "1" * 5_000, "a" + "2" * 5_000, "b"],
        ["row 9", "row ٣"],
    ],
)
def test_problems_are_sorted_by_the_numbers_in_their_fields(fields: list[str]) -> None:
    problems = [Problem("data/x.yaml", field, "a", "b") for field in reversed(fields)]

    assert [problem.field for problem in in_order([*problems, *problems])] == fields


def test_every_fault_of_every_file_is_in_one_report() -> None:
    documents = small_documents()
    faults = [
        *FRAMEWORK_FAULTS[:3],
        FACT_FAULTS[0],
        EVIDENCE_FAULTS[3],
        CRITERION_FAULTS[4],
        QUESTION_FAULTS[0],
        ANSWER_FAULTS[1],
        TABLE_FAULTS[1],
        RUN_FAULTS[0],
    ]
    # The same field cannot hold two faults; the third replaces the second.
    del faults[1]
    for change, _ in faults:
        change(documents)

    lines = lines_of(documents)

    assert len(lines) == len(faults)
    for (_, expected), _line in zip(faults, lines, strict=True):
        assert any(expected in line for line in lines)


def test_one_misspelt_key_does_not_drag_others_along() -> None:
    documents = small_documents()
    documents["facts.yaml"]["facts"]["install_size_mb"]["label"] = 5

    assert lines_of(documents) == [
        "data/facts.yaml: facts.install_size_mb.label: expected a text (in quotes if it looks like "
        "a number), got 5"
    ]


@pytest.mark.parametrize("path", ["facts.yaml", "criteria.yaml", "questions.yaml", "evidence.yaml"])
def test_an_unreadable_file_does_not_make_every_name_unknown(path: str) -> None:
    documents = small_documents()
    documents[path] = "all wrong"

    lines = lines_of(documents)

    assert lines == [f'data/{path}: expected names with entries, got "all wrong"']


def test_a_missing_fact_is_no_problem_it_is_unknown() -> None:
    documents = small_documents()
    for entry in documents[FLASK]["facts"].copy():
        del documents[FLASK]["facts"][entry]
    documents[FLASK]["capabilities"].clear()

    assert problems_of(documents) == ()
