"""A result as files over http: the numbers of the page, tags, names, hostile queries."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from framework_picker import routes
from framework_picker.api.evaluations import evaluated
from framework_picker.api.result_files import LONGEST_QUERY, result_file_routes
from framework_picker.components import export_list
from framework_picker.exports.files import FILES, PICTURES

CLIENT = TestClient(Starlette(routes=result_file_routes()))
ANSWERS = {"use": "api", "async": "decisive"}
QUERY = routes.answer_query(ANSWERS)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_every_file_comes_with_its_type_and_a_name_to_save_it_under(name: str) -> None:
    answer = CLIENT.get(routes.result_file(name, QUERY))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FILES[name].media_type
    assert len(answer.content) > 200
    disposition = answer.headers.get("content-disposition", "")
    assert disposition.endswith(f'-{name}"') == FILES[name].is_download
    again = CLIENT.get(
        routes.result_file(name, QUERY), headers={"if-none-match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_json_and_csv_have_the_numbers_of_the_evaluation() -> None:
    expected = evaluated(ANSWERS)
    complete = json.loads(CLIENT.get(routes.result_file("decision.json", QUERY)).content)
    assert complete["evaluation"] == json.loads(json.dumps(expected))
    text = CLIENT.get(routes.result_file("table.csv", QUERY)).text
    rows = list(csv.DictReader(io.StringIO(text)))
    ranking: Any = expected["ranking"]
    assert [float(row["score"]) for row in rows if row["score"]] == [
        row["score"] for row in ranking
    ]


def test_the_address_inside_restores_the_answers() -> None:
    complete = json.loads(CLIENT.get(routes.result_file("decision.json", QUERY)).content)
    assert complete["address"].endswith(routes.with_answers(routes.RESULT, ANSWERS))


def test_behind_a_proxy_the_address_inside_is_the_one_people_know() -> None:
    known = {"x-forwarded-proto": "https", "x-forwarded-host": "picker.example"}
    found = CLIENT.get(routes.result_file("decision.json", QUERY), headers=known)
    page = routes.with_answers(routes.RESULT, ANSWERS)
    assert json.loads(found.content)["address"] == f"https://picker.example{page}"


@pytest.mark.parametrize(
    "query",
    [
        "x" * (LONGEST_QUERY + 1),
        "&".join(f"q{number}=1" for number in range(500)),
    ],
)
def test_a_query_beyond_reason_is_refused(query: str) -> None:
    answer = CLIENT.get(f"{routes.result_file('table.md')}?{query}")
    assert answer.status_code == 400
    assert answer.text.endswith(".\n")


@pytest.mark.parametrize("query", ["", "use=nonsense", "%00=%ff", "use=api&use=site", "a=b&&&="])
def test_what_the_query_does_not_mean_is_left_out(query: str) -> None:
    answer = CLIENT.get(f"{routes.result_file('table.md')}?{query}")
    assert answer.status_code == 200


def test_a_file_of_another_name_is_not_there() -> None:
    assert CLIENT.get(f"{routes.RESULT}/secret.md").status_code == 404


def test_the_page_lists_every_file_that_can_be_downloaded() -> None:
    listed = [name for name, _, _ in export_list.TEXTS]
    listed += [f"{name}.{end}" for name, _ in export_list.PICTURES for end in ("svg", "png")]
    assert listed == [file.name for file in FILES.values() if file.is_download]
    assert dict(export_list.PICTURES) == PICTURES
