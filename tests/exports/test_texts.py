"""The text exports, parsed again and compared with the document they were made from."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.catalog.engine import get_engine
from framework_picker.domain.explain import whole
from framework_picker.domain.replay import replay
from framework_picker.exports.complete import decision_json
from framework_picker.exports.head import Head
from framework_picker.exports.markdown import escaped, markdown_table
from framework_picker.exports.record import KIND, decision_record, support_ends
from framework_picker.exports.spreadsheet import csv_table

HEAD = Head(
    address="https://picker.example/d/abc/",
    made_on=date(2026, 11, 20),
    title="Shop | of *Ann*",
    note="line one\n- not a list\n<script>alert(1)</script>",
    decision_id="abc",
)

ANSWERS = {
    "a few answers": {"use": "api", "async": "decisive"},
    "a must-have": {"use": "site", "admin": "must"},
    "none": {},
    "nobody left": {"use": "api", "ui": "must", "admin": "must", "async": "must"},
    "an own value": {"use": "api", "value.flask.learning": "12~we know it"},
}


@pytest.fixture(params=ANSWERS, ids=str)
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    return _document(ANSWERS[request.param])


def _document(answers: dict[str, str]) -> dict[str, Any]:
    return dict(replay(get_catalog(), get_value_table(), get_engine(), answers))


def _cells(line: str) -> list[str]:
    cells = re.split(r"(?<!\\)\|", line.strip())[1:-1]
    return [re.sub(r"\\(.)", r"\1", cell.strip()) for cell in cells]


def _tables(text: str) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(_cells(line))
        elif rows:
            yield [rows[0], *rows[2:]]
            rows = []


def _shown_ranking(document: dict[str, Any]) -> list[list[str]]:
    return [[str(row["rank"]), row["name"], whole(row["score"])] for row in document["ranking"]]


def test_the_markdown_table_has_the_ranks_and_scores_of_the_document(
    document: dict[str, Any],
) -> None:
    tables = list(_tables(markdown_table(document, HEAD)))
    ranked = next((table[1:] for table in tables if table[0][0] == "Rank"), [])
    assert [row[:3] for row in ranked] == _shown_ranking(document)
    excluded = next((table[1:] for table in tables if table[0][0] == "Excluded"), [])
    assert [row[0] for row in excluded] == [row["name"] for row in document["excluded"]]


def test_every_line_of_the_csv_adds_up_to_its_score(document: dict[str, Any]) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_table(document, HEAD))))
    assert len(rows) == len(document["ranking"]) + len(document["excluded"])
    for row, ranked in zip(rows, document["ranking"], strict=False):
        points = [float(cell) for name, cell in row.items() if name.startswith("points:")]
        assert row["slug"] == ranked["slug"]
        assert float(row["score"]) == ranked["score"]
        # One rounding to ten digits per criterion.
        assert sum(points) == pytest.approx(ranked["score"], abs=1e-8)
        assert row["data_version"] == document["data_version"]


def test_the_json_holds_the_document_unchanged(document: dict[str, Any]) -> None:
    read = json.loads(decision_json(document, HEAD))
    assert read["kind"] == KIND
    assert read["evaluation"] == json.loads(json.dumps(document))
    assert (read["title"], read["note"]) == (HEAD.title, HEAD.note)


def test_the_block_of_the_record_replays_to_the_same_numbers(document: dict[str, Any]) -> None:
    record = decision_record(document, HEAD)
    blocks = re.findall(r"^```json\n(.*?)^```$", record, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1
    block = json.loads(blocks[0])
    again = _document(block["answers"])
    assert block["winner"] == again["winner"]
    assert block["ranking"] == [
        {name: row[name] for name in ("slug", "rank", "score", "coverage")}
        for row in again["ranking"]
    ]


def test_the_record_has_the_headings_of_madr_in_their_order() -> None:
    record = decision_record(_document({"use": "api"}), HEAD)
    headings = re.findall(r"^## (.*)$", record, re.MULTILINE)
    # https://adr.github.io/madr/: the template's sections; Sources and the appendix come after.
    assert headings == [
        "Context and Problem Statement",
        "Decision Drivers",
        "Considered Options",
        "Decision Outcome",
        "Pros and Cons of the Options",
        "When to revisit",
        "More Information",
        "Sources",
        "Appendix: the decision to compute again",
    ]


def test_every_number_of_a_source_in_the_record_stands_in_the_list(
    document: dict[str, Any],
) -> None:
    record = decision_record(document, HEAD)
    listed = {int(number) for number in re.findall(r"^(\d+)\. ", record, re.MULTILINE)}
    cited: set[int] = set()
    for numbers in re.findall(r"; sources? ([\d, -]+)\.$", record, re.MULTILINE):
        for run in numbers.split(", "):
            low, _, high = run.partition("-")
            cited |= set(range(int(low), int(high or low) + 1))
    assert cited == listed


def test_drivers_are_the_weights_and_must_haves() -> None:
    document = _document({"use": "site", "admin": "must"})
    record = decision_record(document, HEAD)
    assert "* Must-have: Admin pages" in record
    for weight in document["weights"]:
        if weight["weight"] >= 0.005:
            assert f"* {weight['name']}: {100 * weight['weight']:.0f} % of the score" in record


def test_nobody_left_says_who_would_come_back() -> None:
    document = _document(ANSWERS["nobody left"])
    assert not document["ranking"]
    record = decision_record(document, HEAD)
    assert "No option is left." in record
    for relaxation in document["relaxations"]:
        assert escaped(relaxation["sentence"]) in record


def test_support_that_ends_is_a_date_to_revisit() -> None:
    document = _document({"use": "site", "admin": "decisive", "accounts": "decisive"})
    assert document["winner"] == "django"
    days = [day.isoformat() for day, _, _ in support_ends(document)]
    # data/frameworks/django.yaml: 5.2 LTS until 2028-04, 6.0 until 2027-04, 6.1 until 2027-12.
    assert days == ["2027-04-30", "2027-12-31", "2028-04-30"]
    assert "* 2027-12-31: security fixes for Django 6.1 end." in decision_record(document, HEAD)


@given(st.text(max_size=200))
def test_a_title_and_a_note_are_text_and_never_markup(text: str) -> None:
    document = _TINY
    for out in (
        markdown_table(document, Head("https://x.example/", date(2026, 1, 1), text, text)),
        decision_record(document, Head("https://x.example/", date(2026, 1, 1), text, text)),
    ):
        outside = out.split("```")[0].replace("<https://x.example/>", "")
        assert not re.search(r"(?<!\\)<", outside)
        headings = [line for line in outside.splitlines() if line.startswith("#")]
        assert len([line for line in headings if not line.startswith(("##", "###"))]) <= 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_spreadsheet_runs_no_title(start: str) -> None:
    head = Head("https://x.example/", date(2026, 1, 1), f"{start}HYPERLINK(1)")
    rows = list(csv.DictReader(io.StringIO(csv_table(_document({}), head))))
    assert rows[0]["title"] == f"'{start}HYPERLINK(1)"


@given(st.text(max_size=300))
def test_the_file_name_is_plain_whatever_the_title(title: str) -> None:
    stem = Head("https://x.example/", date(2026, 1, 1), title).file_stem
    assert re.fullmatch(r"[a-z0-9-]{1,80}", stem)


_TINY: dict[str, Any] = {
    "schema_version": 1,
    "method_version": "1.0",
    "data_version": "0",
    "data_as_of": "2026-01-01",
    "sentence": "Nobody.",
    "details": [],
    "answers": {},
    "answers_in_words": [],
    "weights": [],
    "ranking": [],
    "excluded": [],
    "relaxations": [],
    "flips": [],
    "must_have_flips": [],
    "no_flip_sentence": "",
    "worth_checking": [],
    "other_methods": [],
    "ties": [],
    "winner": None,
    "robustness": {"samples": 0},
}
