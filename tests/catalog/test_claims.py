"""The ledger and the published rows at the door: each fault is named by file and field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from framework_picker.catalog.loader import check_folder, load_data
from framework_picker.catalog.version import data_version
from tests.catalog.folders import DATA, data_copy, lines_of, load, small_documents

CLAIMS = "claims/claims.yaml"
SOURCES = "claims/sources.yaml"
SUBJECTS = "claims/subjects.yaml"
EXAMPLES = "claims/examples.yaml"
READING = "published/reading.yaml"
TABLE = "published/published.csv"


def claim(documents: dict[str, Any], name: str = "C069") -> dict[str, Any]:
    """One claim of the documents."""
    found: dict[str, Any] = next(c for c in documents[CLAIMS]["claims"] if c["id"] == name)
    return found


CLAIM_FAULTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"id": "69"}, "claims[69].id: expected the number of a claim like C069, got "),
    (
        {"frameworks": ["zope"]},
        'claims[C069].frameworks: expected the slug of a framework, got "zope"',
    ),
    ({"frameworks": []}, "claims[C069].frameworks: expected at least 1 entry, got a list of 0"),
    ({"topic": "weather"}, "claims[C069].topic: expected one of the topics at the top of the file"),
    ({"verdict": "maybe"}, "claims[C069].verdict: expected confirmed, outdated, contradicted,"),
    ({"impact": "huge"}, "claims[C069].impact: expected high, medium or low"),
    ({"source": "blog"}, "claims[C069].source: expected the id of an article in sources.yaml"),
    ({"also_in": ["blog"]}, "claims[C069].also_in: expected the id of an article in sources.yaml"),
    (
        {"also_in": ["001_597d124d9f775a91.txt"]},
        "claims[C069].also_in: expected each other article once",
    ),
    ({"as_of": "2025-04"}, "claims[C069].as_of: expected the date of the article, 2026-04, got"),
    ({"as_of": "2026-13"}, "claims[C069].as_of: expected a date like 2026, 2026-04 or 2026-04-15"),
    ({"as_of": "2026-Q1"}, "claims[C069].as_of: expected a date like 2026, 2026-04 or 2026-04-15"),
    ({"evidence": []}, "claims[C069].evidence: expected at least 1 entry"),
    ({"evidence": [" "]}, "claims[C069].evidence[1]: expected a text that is not empty"),
    ({"note": ""}, "claims[C069].note: expected a text that is not empty"),
    ({"corrected_value": None}, "claims[C069].corrected_value: expected what the evidence says"),
    ({"source_line": 0}, "claims[C069].source_line: expected"),
    ({"value": True}, "claims[C069].value: expected a number or a text, got true"),
    ({"related": ["C999"]}, 'claims[C069].related: expected the id of a claim, got "C999"'),
    ({"related": ["C069"]}, "claims[C069].related: expected an id of its own among the claim and"),
    ({"mood": "good"}, "claims[C069].mood: expected one of id, slug,"),
)


@pytest.mark.parametrize(("entries", "line"), CLAIM_FAULTS, ids=[line for _, line in CLAIM_FAULTS])
def test_a_fault_of_a_claim_is_named(entries: dict[str, Any], line: str) -> None:
    documents = small_documents()
    claim(documents).update(entries)

    lines = lines_of(documents)

    assert any(found.startswith(f"data/{CLAIMS}: {line}") for found in lines), lines


def test_a_relation_in_one_direction_is_reported_at_the_other_end() -> None:
    documents = small_documents()
    claim(documents, "C217")["related"].remove("C069")

    (line,) = lines_of(documents)

    assert line.startswith(
        "data/claims/claims.yaml: claims[C217].related: expected C069, which names it as related"
    )


def test_numbers_and_readable_keys_are_unique() -> None:
    documents = small_documents()
    entry = dict(claim(documents))
    documents[CLAIMS]["claims"].append(entry | {"id": "C998", "related": []})

    assert any("an id of its own among the claims" in line for line in lines_of(documents))


def test_a_missing_entry_is_named() -> None:
    documents = small_documents()
    del claim(documents)["verdict"]

    assert "data/claims/claims.yaml: claims[C069].verdict: expected an entry, got none" in lines_of(
        documents
    )


def put(path: str, *names: str | int, value: Any) -> Any:
    """A change of one entry of a document."""

    def change(documents: dict[str, Any]) -> None:
        entry = documents[path]
        for name in names[:-1]:
            entry = entry[name]
        entry[names[-1]] = value

    return change


OTHER_FAULTS = (
    (
        put(CLAIMS, "checked_on", value="2027-01-01"),
        "claims/claims.yaml: checked_on: expected a date up to 2026-11-20",
    ),
    (
        put(SOURCES, "sources", 0, "date", value="2027-01"),
        "claims/sources.yaml: sources[000_a447d88013a9804a.txt].date: expected a date up to",
    ),
    (
        put(SOURCES, "sources", 0, "vendor", value="yes"),
        "claims/sources.yaml: sources[000_a447d88013a9804a.txt].vendor: expected true or false",
    ),
    (
        put(SUBJECTS, "subjects", 0, "questions", 0, "says", 0, "claim", value="C999"),
        "claims/subjects.yaml: subjects[stars].questions[1].says: expected the id of a claim",
    ),
    (
        put(SUBJECTS, "subjects", 0, "questions", 0, "settled", value={"value": "many"}),
        "claims/subjects.yaml: subjects[stars].questions[1].settled: expected framework and fact,",
    ),
    (
        put(SUBJECTS, "subjects", 0, "questions", 0, "settled", "framework", value="zope"),
        "claims/subjects.yaml: subjects[stars].questions[1].settled.framework: expected the slug",
    ),
    (
        put(SUBJECTS, "subjects", 0, "questions", 0, "settled", "fact", value="moons"),
        "claims/subjects.yaml: subjects[stars].questions[1].settled.fact: expected a fact listed",
    ),
    (
        put(
            SUBJECTS,
            "subjects",
            0,
            "questions",
            0,
            "says",
            value=[{"claim": "C064", "value": "1"}, {"claim": "C065", "value": "2"}],
        ),
        "claims/subjects.yaml: subjects[stars].questions[1].says: expected claims of at least two",
    ),
    (
        put(SUBJECTS, "subjects", 3, "questions", value=[]),
        "claims/subjects.yaml: subjects[salaries].questions: expected at least 1 entry",
    ),
    (
        put(EXAMPLES, "examples", 0, "claim", value="C999"),
        "claims/examples.yaml: examples[C999].claim: expected the id of a claim",
    ),
    (
        put("use_cases.yaml", "use_cases", 0, "claims", value=["C999"]),
        "use_cases.yaml: use_cases[cms].claims: expected the id of a claim in claims/claims.yaml",
    ),
    (
        put(TABLE, 0, "value", value="fast"),
        'published/published.csv: row 2, value: expected a number from 0 upwards, got "fast"',
    ),
    (
        put(TABLE, 0, "value", value="-1"),
        "published/published.csv: row 2, value: expected a number from 0 upwards",
    ),
    (
        put(TABLE, 0, "date", value="2027-01-01"),
        "published/published.csv: row 2, date: expected a date up to 2026-11-20",
    ),
    (
        put(TABLE, 0, "date", value="last year"),
        "published/published.csv: row 2, date: expected a date like 2026-11-20",
    ),
    (
        put(TABLE, 0, "note", value="grade=E; x"),
        "published/published.csv: row 2, note: expected grade= and one of A, B, C or D",
    ),
    (
        put(TABLE, 0, "source", value=""),
        "published/published.csv: row 2, source: expected a text, got nothing",
    ),
    (
        put(READING, "workloads", 0, "tests", value=[{"test": "nothing"}]),
        'published/reading.yaml: workloads: expected "json" in exactly one of them, got none',
    ),
    (
        put(READING, "workloads", 1, "tests", 0, "test", value="json"),
        'published/reading.yaml: workloads: expected "json" in exactly one of them, got json or',
    ),
    (
        put(READING, "sources", value={"another": "Another"}),
        'published/reading.yaml: sources: expected a name for "MDA2AV/HttpArena", got none',
    ),
    (
        put(READING, "not_counted", 0, "source", value="nobody"),
        "published/reading.yaml: not_counted[nobody].source: expected a source of published.csv",
    ),
)


@pytest.mark.parametrize(("change", "line"), OTHER_FAULTS, ids=[line for _, line in OTHER_FAULTS])
def test_a_fault_around_the_claims_is_named(change: Any, line: str) -> None:
    documents = small_documents()
    if "json" in line:  # the few rows of the small table may lack that test
        documents[TABLE][0].update(test="json", metric="rps")
    change(documents)

    lines = lines_of(documents)

    assert any(found.startswith(f"data/{line}") for found in lines), lines


def test_a_disagreement_must_stand_in_a_subject() -> None:
    documents = small_documents()
    documents[SUBJECTS]["subjects"] = [
        one for one in documents[SUBJECTS]["subjects"] if one["id"] != "pinterest"
    ]

    lines = lines_of(documents)

    assert len(lines) == 3  # C037, C120, C215
    assert all("its sources disagree, got nowhere" in line for line in lines)


def test_all_faults_are_in_one_report() -> None:
    documents = small_documents()
    claim(documents)["topic"] = "weather"
    documents[SOURCES]["sources"][1]["date"] = "2027-01"
    documents[TABLE][3]["value"] = "fast"
    documents["frameworks/flask.yaml"]["role"] = "toy"

    files = {line.partition(":")[0] for line in lines_of(documents)}

    assert files >= {
        "data/claims/claims.yaml",
        "data/claims/sources.yaml",
        "data/published/published.csv",
        "data/frameworks/flask.yaml",
    }


def test_without_the_two_folders_the_ledger_is_empty() -> None:
    documents = {
        path: content
        for path, content in small_documents().items()
        if not path.startswith(("claims/", "published/"))
    }
    loaded = load(documents)

    assert (dict(loaded.ledger.claims), loaded.published.rows) == ({}, ())


def test_a_file_that_is_missing_or_would_go_unread_is_reported(tmp_path: Path) -> None:
    folder = data_copy(tmp_path)
    (folder / "claims" / "sources.yaml").rename(folder / "claims" / "articles.yaml")
    (folder / "claims" / "README.md").write_text("Notes are welcome.", encoding="utf-8")

    lines = [str(problem) for problem in check_folder(folder).problems]

    assert "data/claims/sources.yaml: expected a file, got none" in lines
    assert any(
        line.startswith("data/claims/articles.yaml: expected claims.yaml,") for line in lines
    )
    assert not any("README" in line for line in lines)


def test_claims_and_published_rows_are_part_of_the_data_version() -> None:
    documents = small_documents()
    before = data_version(documents)
    claim(documents)["note"] += " Indeed."
    changed = data_version(documents)
    documents[TABLE][0]["value"] = "1"

    assert len({before, changed, data_version(documents)}) == 3


@pytest.mark.slow
def test_the_claims_are_those_of_the_folder_in_the_order_of_their_numbers() -> None:
    ledger = load_data(DATA).ledger

    assert list(ledger.claims) == [f"C{number:03d}" for number in range(1, 260)]
    assert [source.slug for source in ledger.sources.values() if source.is_vendor] == ["reflex"]
