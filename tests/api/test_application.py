"""The JSON API without a network: every answer in its shape, every mistake with its place."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.testclient import TestClient

from framework_picker import routes
from framework_picker.api.application import api_mount, endpoints
from framework_picker.api.endpoint import Endpoint
from framework_picker.api.evaluations import EXAMPLE, answers_schema
from framework_picker.api.reading import MOST_BYTES
from framework_picker.api.shapes import (
    Benchmarks,
    Claims,
    Criteria,
    ErrorAnswer,
    Evaluation,
    Framework,
    Frameworks,
    Questions,
)
from framework_picker.catalog.current import get_catalog, get_ledger, get_stock, get_value_table
from framework_picker.catalog.engine import get_engine
from framework_picker.domain.benchmark_charts import measured_chart
from framework_picker.domain.benchmark_choice import settled, usual_wish
from framework_picker.domain.document import canonical_json
from framework_picker.domain.replay import replay
from framework_picker.settings import settings_from

SETTINGS = settings_from({"FRAMEWORK_PICKER_EVALUATION_LIMIT": "off"})
EVALUATIONS = f"{routes.API}/v1/evaluations"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A program that asks the API."""
    app = Starlette(routes=[api_mount(SETTINGS)])
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def in_shape(shape: type[BaseModel], content: object) -> None:
    """Nothing is missing, nothing is left over, nothing is of another type."""
    shape.model_validate(content, strict=True)


def error_of(answer: Any) -> dict[str, str]:
    """The error of an answer that is one, in its shape."""
    content = answer.json()
    in_shape(ErrorAnswer, content)
    assert answer.headers["content-type"] == "application/json"
    error: dict[str, str] = content["error"]
    return error


def evaluate(client: TestClient, answers: object) -> Any:
    return client.post(EVALUATIONS, json={"answers": answers})


READS: dict[str, type[BaseModel]] = {
    "/v1/questions": Questions,
    "/v1/criteria": Criteria,
    "/v1/frameworks": Frameworks,
    "/v1/claims": Claims,
    "/v1/benchmarks?panel=published&limit=1000": Benchmarks,
    "/v1/benchmarks?panel=measured": Benchmarks,
    "/v1/benchmarks?panel=samples": Benchmarks,
}


@pytest.mark.parametrize("address", READS)
def test_what_is_read_is_in_its_shape(client: TestClient, address: str) -> None:
    answer = client.get(f"{routes.API}{address}")

    assert answer.status_code == 200
    in_shape(READS[address], answer.json())
    assert answer.json()["data_version"] == get_catalog().data_version


@pytest.mark.parametrize("slug", get_catalog().alternatives)
def test_every_framework_is_in_its_shape(client: TestClient, slug: str) -> None:
    answer = client.get(f"{routes.API}/v1/frameworks/{slug}")

    assert answer.status_code == 200
    content = answer.json()
    in_shape(Framework, content)
    assert {fact["key"] for fact in content["facts"]} == set(get_catalog().alternatives[slug].facts)
    if content["role"] != "alternative":
        assert len(content["values"]) == len(get_catalog().criteria)


def without_source(found: object, place: str = "") -> Iterator[str]:
    """Every place with a value that names no source or no date."""
    if isinstance(found, dict):
        is_read = {"source", "value"} <= found.keys() and found.get("reading") != "not verified"
        if is_read and not (found["source"] and found["as_of"]):
            yield place
        for name, entry in found.items():
            yield from without_source(entry, f"{place}.{name}")
    elif isinstance(found, list):
        for number, entry in enumerate(found):
            yield from without_source(entry, f"{place}[{number}]")


def values(found: object) -> int:
    """How many values with a source there are."""
    if isinstance(found, dict):
        own = "source" in found and "value" in found
        return own + sum(values(entry) for entry in found.values())
    return sum(values(entry) for entry in found) if isinstance(found, list) else 0


@pytest.mark.parametrize("slug", ["django", "reflex", "robyn", "express", "django-ninja"])
def test_no_value_of_a_framework_is_without_source_and_date(client: TestClient, slug: str) -> None:
    content = client.get(f"{routes.API}/v1/frameworks/{slug}").json()

    assert values(content) > 20
    assert list(without_source(content)) == []
    for fact in [*content["facts"], *content["capabilities"]]:
        assert fact["source"], fact["key"]
        assert fact["as_of"], fact["key"]


def test_an_evaluation_is_the_replay_byte_for_byte_and_in_its_shape(client: TestClient) -> None:
    answers = {"use": "api", "async": "decisive", "admin": "must", "value.flask.learning": "80~ok"}

    answer = evaluate(client, answers)

    assert answer.status_code == 200
    in_shape(Evaluation, answer.json())
    found = replay(get_catalog(), get_value_table(), get_engine(), answers)
    assert answer.text == canonical_json(found)
    assert answer.text == evaluate(client, dict(reversed(answers.items()))).text
    assert list(without_source(answer.json())) == []
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"use": "data-app"},
        {"use": "site", "strict": "yes", "async": "must", "admin": "must"},
        dict.fromkeys(("admin", "accounts", "database"), "none"),
        {"scope": "addons"},
        {f"importance.{name}": "none" for name in get_catalog().criteria},
    ],
)
def test_unusual_answers_are_in_the_shape_too(client: TestClient, answers: dict[str, str]) -> None:
    answer = evaluate(client, answers)

    assert answer.status_code == 200, answer.text
    in_shape(Evaluation, answer.json())


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"colour": "red"}, "answers.colour"),
        ({"use": "api", "admin": "yes please"}, "answers.admin"),
        ({"admin": ""}, "answers.admin"),
        ({"value.flask.learning": "101"}, "answers.value.flask.learning"),
        ({"value.nobody.learning": "10"}, "answers.value.nobody.learning"),
        ({"importance.nothing": "lot"}, "answers.importance.nothing"),
        ({"use": 1}, "answers.use"),
        ({"use": None}, "answers.use"),
        ({"use": ["api"]}, "answers.use"),
        ([], "answers"),
        ("use=api", "answers"),
        (None, "answers"),
        (
            {
                f"value.{slug}.{criterion}": "50"
                for slug in ("flask", "django", "dash")
                for criterion in get_catalog().criteria
            },
            "answers",
        ),
    ],
)
def test_an_unknown_answer_is_refused_by_name(
    client: TestClient, answers: object, field: str
) -> None:
    answer = evaluate(client, answers)

    assert answer.status_code == 422
    error = error_of(answer)
    assert error["field"] == field
    assert error["code"] == "not-valid"
    assert "left out" not in error["message"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"answers": {"use": NaN}}', 400),
        (b'{"answers": {"use": Infinity}}', 400),
        (b'{"answers": {}, "answers": {}}', 400),
        (b'{"answers": {"use": "api", "use": "site"}}', 400),
        (b"[" * 60_000, 400),
        (b'{"answers":' * 5_000, 400),
        (b"9" * 10_000, 400),
        (b"[]", 422),
        (b"null", 422),
        (b"{}", 422),
        (b'{"answers": {}, "title": "x"}', 422),
        (b'{"answers": {"\\ud800": "x"}}', 422),
        (b'{"answers": {"use": "\\ud800"}}', 422),
        (b'{"answers": {"\\u0000": "x"}}', 422),
        (b'"' + b"x" * MOST_BYTES + b'"', 413),
    ],
    ids=lambda value: str(value)[:30],
)
def test_hostile_bodies_are_refused(client: TestClient, body: bytes, status: int) -> None:
    answer = client.post(EVALUATIONS, content=body, headers={"content-type": "application/json"})

    assert answer.status_code == status
    assert error_of(answer)["message"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_is_not_said_to_be_json_is_refused(client: TestClient, kind: str) -> None:
    answer = client.post(EVALUATIONS, content=b"{}", headers={"content-type": kind})

    assert answer.status_code == 415
    assert error_of(answer)["field"] == "content-type"


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/v1/questions?x=1", "x"),
        ("/v1/claims?framework=cobol", "framework"),
        ("/v1/claims?verdict=", "verdict"),
        ("/v1/claims?topic=history&topic=history", "topic"),
        (f"/v1/claims?words={'x' * 81}", "words"),
        ("/v1/benchmarks", "panel"),
        ("/v1/benchmarks?panel=both", "panel"),
        ("/v1/benchmarks?panel=published&limit=0", "limit"),
        ("/v1/benchmarks?panel=published&limit=1001", "limit"),
        ("/v1/benchmarks?panel=published&limit=%D9%A3", "limit"),
        ("/v1/benchmarks?panel=published&offset=-1", "offset"),
        ("/v1/benchmarks?panel=published&offset=9999999999999999", "offset"),
    ],
)
def test_parameters_that_are_not_as_documented_are_refused(
    client: TestClient, address: str, field: str
) -> None:
    answer = client.get(f"{routes.API}{address}")

    assert answer.status_code == 422
    assert error_of(answer)["field"] == field


@pytest.mark.parametrize(
    "address",
    ["/v1/nothing", "/v1/frameworks/cobol", "/v1/frameworks/%00", "/v1/%0Ax", "/", "/v2/questions"],
)
def test_what_is_not_there_is_404(client: TestClient, address: str) -> None:
    answer = client.get(f"{routes.API}{address}")

    assert answer.status_code == 404
    assert error_of(answer)["code"] == "not-found"


@pytest.mark.parametrize(
    ("method", "address"),
    [("GET", "/v1/evaluations"), ("POST", "/v1/questions"), ("DELETE", "/openapi.json")],
)
def test_other_methods_are_405_and_say_which_are_possible(
    client: TestClient, method: str, address: str
) -> None:
    answer = client.request(method, f"{routes.API}{address}")

    assert answer.status_code == 405
    assert error_of(answer)["code"] == "method-not-allowed"
    assert answer.headers["allow"]


def test_claims_can_be_narrowed_as_on_the_page(client: TestClient) -> None:
    found = client.get(
        f"{routes.API}/v1/claims?framework=flask&verdict=contradicted&words=asynchronous"
    ).json()

    assert found["total"] == len(found["claims"]) > 0
    for claim in found["claims"]:
        assert "flask" in claim["frameworks"]
        assert claim["verdict"] == "contradicted"
    everything = client.get(f"{routes.API}/v1/claims").json()
    assert everything["total"] == len(get_ledger().claims)


def test_benchmark_rows_come_in_parts_and_never_of_grade_d(client: TestClient) -> None:
    address = f"{routes.API}/v1/benchmarks?panel=published&framework=flask"
    first = client.get(f"{address}&limit=3").json()
    rest = client.get(f"{address}&limit=3&offset=3").json()

    assert first["total"] == rest["total"] > 6
    assert len(first["rows"]) == len(rest["rows"]) == 3
    assert first["rows"] != rest["rows"]
    assert client.get(f"{address}&offset=1000000").json()["rows"] == []
    rows = client.get(f"{address}&limit=1000").json()["rows"]
    assert {row["framework"] for row in rows} == {"flask"}
    assert "D" not in {row["grade"] for row in rows}
    assert all(row["source"] and row["as_of"] for row in rows)


def test_an_answer_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"{routes.API}/v1/criteria")
    tag = first.headers["etag"]

    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = client.get(f"{routes.API}/v1/criteria", headers={"if-none-match": known})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
    assert (
        client.get(f"{routes.API}/v1/criteria", headers={"if-none-match": '"x"'}).status_code == 200
    )


def test_large_answers_are_compressed_for_who_can_read_that(client: TestClient) -> None:
    plain = client.get(
        f"{routes.API}/v1/frameworks/django", headers={"accept-encoding": "identity"}
    )
    with client.stream(
        "GET", f"{routes.API}/v1/frameworks/django", headers={"accept-encoding": "gzip"}
    ) as answer:
        raw = b"".join(answer.iter_raw())

    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 5


def test_head_says_what_get_would(client: TestClient) -> None:
    answer = client.head(f"{routes.API}/v1/criteria")

    assert answer.status_code == 200
    assert answer.headers["etag"] == client.get(f"{routes.API}/v1/criteria").headers["etag"]


def test_too_many_requests_are_told_when_to_come_back() -> None:
    settings = settings_from({"FRAMEWORK_PICKER_EVALUATION_LIMIT": "2/minute"})
    app = Starlette(routes=[api_mount(settings)])
    with TestClient(app) as client:
        statuses = [evaluate(client, {"use": "api"}).status_code for _ in range(2)]
        refused = evaluate(client, {"use": "api"})

        assert statuses == [200, 200]
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert error_of(refused)["code"] == "too-many-requests"
        assert client.get(f"{routes.API}/v1/questions").status_code == 200


def test_a_mistake_of_ours_is_answered_in_the_same_shape(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(answers: object) -> bytes:
        raise RuntimeError("secret")

    monkeypatch.setattr("framework_picker.api.evaluations._evaluated", broken)

    answer = evaluate(client, {"use": "api"})

    assert answer.status_code == 500
    assert error_of(answer)["code"] == "internal"
    assert "secret" not in answer.text


def listed() -> tuple[Endpoint, ...]:
    return endpoints(SETTINGS)


@pytest.mark.parametrize("endpoint", listed(), ids=lambda endpoint: endpoint.name)
def test_every_example_is_in_its_shape(endpoint: Endpoint) -> None:
    for answer in (endpoint.answer, *endpoint.others):
        if answer.example is not None and answer.model is not None:
            in_shape(answer.model, answer.example())


def test_the_openapi_document_speaks_of_every_route(client: TestClient) -> None:
    document = client.get(routes.OPENAPI).json()

    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {endpoint.path for endpoint in listed()}
    references = set(_references(document))
    assert references <= {
        f"#/components/schemas/{name}" for name in document["components"]["schemas"]
    }
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert any(status.startswith("2") for status in operation["responses"])


def _references(found: object) -> Iterator[str]:
    if isinstance(found, dict):
        for name, entry in found.items():
            if name == "$ref":
                yield entry
            else:
                yield from _references(entry)
    elif isinstance(found, list):
        for entry in found:
            yield from _references(entry)


def test_the_schema_of_answers_lists_every_question_with_what_it_accepts() -> None:
    catalog = get_catalog()
    schema = answers_schema(catalog)

    for question in catalog.questions.values():
        assert set(schema["properties"][question.id]["enum"]) >= {o.id for o in question.options}
    assert EXAMPLE["answers"].keys() <= schema["properties"].keys()
    assert json.dumps(schema)


def test_the_page_for_people_shows_every_request_and_asks_nobody_else(client: TestClient) -> None:
    answer = client.get(routes.API_DOCS)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    for endpoint in listed():
        assert f"{endpoint.method} {endpoint.path}" in answer.text
    assert "<script" not in answer.text
    assert "src=" not in answer.text
    addresses = [part.partition('"')[0] for part in answer.text.split('href="')[1:]]
    assert len(addresses) > len(listed())
    assert [address for address in addresses if "//" in address] == []


def test_measured_rows_are_the_medians_that_the_page_shows(client: TestClient) -> None:
    stock = get_stock()
    choice = settled(replace(usual_wish(stock), metric="requests"), stock)
    chart = measured_chart(stock, choice)
    assert chart is not None
    address = f"{routes.API}/v1/benchmarks?panel=measured&run={choice.run}&test={choice.test}"

    rows = client.get(f"{address}&metric=requests&limit=1000").json()["rows"]

    found = [
        (
            row["value"],
            row["details"]["place"],
            row["details"]["samples"],
            row["details"]["rejected"],
        )
        for row in rows
        if (row["server"], row["details"]["database"], row["details"]["mode"])
        == (choice.matrix, choice.database, choice.mode)
    ]
    shown = [(row.value, row.place, row.count, row.rejected) for row in chart.rows]
    assert len(shown) > 10
    assert sorted(found) == sorted(shown)
