"""``check``: a decision against today's data, from each form in which it can be kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from framework_picker import cli
from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.catalog.engine import get_engine
from framework_picker.domain.document import SCHEMA_VERSION, Json
from framework_picker.domain.replay import replay
from framework_picker.exports.complete import decision_json
from framework_picker.exports.head import Head
from framework_picker.exports.record import KIND, decision_record

pytestmark = pytest.mark.slow

ANSWERS = {"use": "api", "admin": "must"}
HEAD = Head(address="https://picker.example/d/x/", made_on=date(2026, 11, 20), title="Shop")


@pytest.fixture
def document() -> dict[str, Json]:
    """A decision of today."""
    return replay(get_catalog(), get_value_table(), get_engine(), ANSWERS)


def lowered(document: dict[str, Any], by: float) -> dict[str, Any]:
    """The same decision, made when the winner's value on its heaviest criterion was another."""
    content: dict[str, Any] = json.loads(json.dumps(document))
    content["data_version"] = "0badda7a"
    content["data_as_of"] = "2026-01-01"
    winner, second = content["ranking"][:2]
    part = max(winner["contributions"], key=lambda one: one["points"])
    part["value"] -= by
    part["points"] = part["weight"] * part["value"]
    part["parts"][0]["reading"] = "less"
    winner["score"] = sum(one["points"] for one in winner["contributions"])
    if winner["score"] < second["score"]:
        winner["rank"], second["rank"] = 2, 1
        content["ranking"][:2] = second, winner
        content["winner"] = second["slug"]
    return content


def check(tmp_path: Path, text: str, *arguments: str, name: str = "decision.json") -> int:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return cli.main(["check", str(file), *arguments])


def as_api(document: dict[str, Json]) -> str:
    return json.dumps(document)


def as_export(document: dict[str, Json]) -> str:
    return decision_json(document, HEAD)


def as_record(document: dict[str, Json]) -> str:
    return decision_record(document, HEAD)


@pytest.mark.parametrize("form", [as_api, as_export, as_record])
def test_a_decision_of_today_still_holds(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    document: dict[str, Json],
    form: Callable[[dict[str, Json]], str],
) -> None:
    assert check(tmp_path, form(document)) == 0

    printed = capsys.readouterr().out
    assert "still holds" in printed
    assert "The data is the same" in printed
    assert "What changed" not in printed


def test_a_value_that_moved_is_named_with_its_sources_while_the_winner_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], document: dict[str, Json]
) -> None:
    assert check(tmp_path, as_export(lowered(document, by=0.4))) == 0

    printed = capsys.readouterr().out
    assert printed.startswith("Shop: The winner still holds")
    assert "Data then: as of 2026-01-01, version 0badda7a; now: " in printed
    assert "What changed" in printed
    assert " rose from " in printed
    assert "less (2026-" in printed


def test_another_first_place_ends_with_1_and_says_which_value_did_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], document: dict[str, Json]
) -> None:
    before = lowered(document, by=80)
    assert before["winner"] != document["winner"]

    assert check(tmp_path, as_export(before), "--json") == 1

    found = json.loads(capsys.readouterr().out)
    assert found["holds"] is False
    assert found["first_then"] == [before["winner"]]
    assert found["first_now"] == [document["winner"]]
    assert found["differences"]["changes"][0]["moves_first"] is True
    assert found["differences"]["changes"][0]["readings"][0]["source_now"]
    assert check(tmp_path, as_export(before)) == 1
    assert "Places that changed:" in capsys.readouterr().out


def test_a_record_without_its_data_is_judged_by_its_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], document: dict[str, Json]
) -> None:
    before = lowered(document, by=80)

    assert check(tmp_path, as_record(before), name="record.md") == 1

    printed = capsys.readouterr().out
    assert "Then " in printed
    assert "The data of version 0badda7a is not here" in printed
    same = lowered(document, by=0.1)
    assert check(tmp_path, as_record(same), "--json", name="record.md") == 0
    assert json.loads(capsys.readouterr().out)["differences"] is None


def test_a_question_that_is_gone_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], document: dict[str, Json]
) -> None:
    answers = document["answers"]
    assert isinstance(answers, dict)
    old = {**document, "answers": {**answers, "colour": "red"}}

    assert check(tmp_path, json.dumps(old)) == 0

    assert "We have no question called “colour”, so it was left out." in capsys.readouterr().out


BLOCK = "# Decision\n\n```json\n{}\n```\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# A record without a block\n",
        BLOCK.format("{}"),
        BLOCK.format(json.dumps({"kind": KIND})),
        BLOCK.format(f'{{"kind": "{KIND}", '),
        "```json\n" * 20_000,
        "{",
        "{}",
        "[]",
        "[" * 100_000,
        '{"evaluation": []}',
        '{"evaluation": {}}',
        '{"a": NaN}',
        '{"schema_version": 99}',
    ],
    ids=lambda text: str(text[:24]),
)
def test_what_holds_no_decision_ends_with_2_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert check(tmp_path, text) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "decision.json: " in printed.err


PLACES: list[tuple[str | int, ...]] = [
    ("answers",),
    ("winner",),
    ("data_version",),
    ("ranking",),
    ("ranking", 0),
    ("ranking", 0, "score"),
    ("ranking", 0, "contributions"),
    ("ranking", 0, "contributions", 0, "value"),
    ("ranking", 0, "contributions", 0, "parts"),
    ("ranking", 0, "contributions", 0, "parts", 0, "source"),
    ("weights", 0, "weight"),
    ("excluded", 0, "reasons"),
    ("ties",),
]


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("wrong", [7, "text", [7], {"a": 1}, None, 1e308, True])
def test_a_decision_with_one_wrong_field_is_refused_or_read_never_a_crash(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    document: dict[str, Json],
    place: tuple[str | int, ...],
    wrong: object,
) -> None:
    content = json.loads(json.dumps(document))
    target: Any = content
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = wrong

    code = check(tmp_path, json.dumps(content))

    assert code in (0, 1, 2)
    printed = capsys.readouterr()
    assert (printed.err.count("\n") == 1) is (code == 2)


def test_words_of_the_file_steer_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], document: dict[str, Json]
) -> None:
    content: dict[str, Any] = json.loads(as_export(lowered(document, by=80)))
    content["title"] = "Shop\x1b[31m\u202e\nnew"
    content["evaluation"]["ranking"][0]["name"] = "\x9b2J\x07Name"

    assert check(tmp_path, json.dumps(content)) == 1

    printed = capsys.readouterr().out
    assert printed.startswith("Shop?[31m??new: ")
    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(printed)


def test_half_a_character_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], document: dict[str, Json]
) -> None:
    text = as_export(document).replace('"Shop"', '"Shop \\ud800"')

    assert check(tmp_path, text) == 2

    assert "half a character" in capsys.readouterr().err


def test_a_decision_of_a_newer_app_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], document: dict[str, Json]
) -> None:
    newer = {**document, "schema_version": SCHEMA_VERSION + 1}

    assert check(tmp_path, json.dumps(newer)) == 2

    assert "newer version of this app" in capsys.readouterr().err
