"""The page, the API, the command line and the exports give the same numbers for the same answers.

200 random sets of answers. The page is its states without a browser: what they hold is what is
drawn. Everything else is compared with what the API answers, to the last digit.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from framework_picker import routes
from framework_picker.api.application import api_application
from framework_picker.catalog.current import get_catalog
from framework_picker.catalog.loader import load_data
from framework_picker.commands import evaluate
from framework_picker.commands.evaluate import evaluation_text
from framework_picker.domain.engine import Engine, engine
from framework_picker.domain.explain import whole
from framework_picker.domain.model import Catalog
from framework_picker.domain.rounding import rounded_parts
from framework_picker.domain.values import ValueTable
from framework_picker.domain.workings import worth_words
from framework_picker.exports.files import FILES
from framework_picker.exports.head import Head
from framework_picker.settings import get_settings, settings_from
from framework_picker.state.certainty import all_changes, ask_rows, changes_view
from framework_picker.state.outlook import document_of, outlook_of
from framework_picker.state.ranking import (
    excluded_groups,
    race_view,
    ranking_rows,
    relaxation_rows,
    share_figure,
)
from framework_picker.state.result import contribution_rows, verdict_view
from tests.random_answers import random_answers

pytestmark = pytest.mark.slow

SETS = 200
AT_ONCE = 20
HEAD = Head("https://picker.example/result/", date(2026, 11, 20))

Document = Mapping[str, Any]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A program that asks the API."""
    settings = settings_from({"FRAMEWORK_PICKER_EVALUATION_LIMIT": "off"})
    app = Starlette(routes=[Mount(routes.API, api_application(settings))])
    with TestClient(app) as client:
        yield client


_loaded = cache(load_data)
_engines: dict[int, Engine] = {}


def _engine_of(catalog: Catalog, table: ValueTable) -> Engine:
    if id(table) not in _engines:
        _engines[id(table)] = engine(catalog, table)
    return _engines[id(table)]


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command reads the data once for all sets, instead of once each."""
    monkeypatch.setattr(evaluate, "load_data", _loaded)
    monkeypatch.setattr(evaluate, "engine", _engine_of)


@pytest.mark.parametrize("first", range(0, SETS, AT_ONCE))
def test_two_hundred_sets_of_answers_give_the_same_numbers_everywhere(
    client: TestClient, read_once: None, tmp_path: Path, first: int
) -> None:
    for seed in range(first, first + AT_ONCE):
        answers = random_answers(seed)
        answer = client.post(f"{routes.API}/v1/evaluations", json={"answers": answers})
        assert answer.status_code == 200, (seed, answer.text)
        document = answer.json()

        assert document == document_of(answers), seed
        page_shows(answers, document)
        command_prints(answers, answer.text, tmp_path)
        exports_say(answers, document)


def page_shows(answers: dict[str, str], document: Document) -> None:
    """The rows of the page hold the document's numbers, rounded for people."""
    catalog = get_catalog()
    rows = ranking_rows(catalog, answers, {})
    assert [row.slug for row in rows] == [entry["slug"] for entry in document["ranking"]]
    groups = {criterion.id: criterion.group for criterion in catalog.criteria.values()}
    for row, entry in zip(rows, document["ranking"], strict=True):
        assert row.name == entry["name"]
        assert row.rank == str(entry["rank"])
        assert row.score == whole(entry["score"])
        points = dict.fromkeys(catalog.groups, 0.0)
        for part in entry["contributions"]:
            points[groups[part["criterion"]]] += part["points"]
        assert (row.parts, row.total) == rounded_parts(list(points.values()), decimals=1)
        chances = entry["acceptability"]
        if chances is None:
            assert (row.low, row.high, row.first) == ("", "", "")
        else:
            assert (row.low, row.high) == (
                f"{chances['score_low']:.1f}",
                f"{chances['score_high']:.1f}",
            )
            assert row.first == share_figure(chances["first"])
    winner_shows(answers, document)
    certainty_shows(answers, document)


def winner_shows(answers: dict[str, str], document: Document) -> None:
    """The result's sentence, and what each criterion adds to the winner's score."""
    catalog = get_catalog()
    said = verdict_view(catalog, answers)
    sentence = " ".join(filter(None, (said.names, said.says, said.also, said.also_says)))
    assert document["sentence"] == sentence
    assert document["details"] == said.dek
    shown = contribution_rows(catalog, answers)
    if not shown:
        return
    entry = next(one for one in document["ranking"] if one["slug"] == shown[0].slug)
    parts = {part["criterion"]: part for part in entry["contributions"]}
    figures, _ = rounded_parts([parts[row.criterion]["points"] for row in shown], decimals=1)
    for row, figure in zip(shown, figures, strict=True):
        part = parts[row.criterion]
        assert row.points == figure
        assert row.weight == f"{100 * part['weight']:.1f} %"
        assert row.value == worth_words(part["value"])
        assert row.is_known == part["is_known"]


def certainty_shows(answers: dict[str, str], document: Document) -> None:
    """What would change it, what to ask next, who is out and why, what is proven."""
    catalog, look = get_catalog(), outlook_of(answers)
    shown = changes_view(catalog, answers, look)
    offered = {
        tuple(sorted(flip["answers"].items())): flip["sentence"]
        for flip in (*document["flips"], *document["must_have_flips"])
    }
    assert list(offered.values()) == [flip.sentence for flip in all_changes(look)]
    if shown.leader:
        listed = [row.sentence for row in (*shown.smallest, *shown.more)]
        assert listed == list(offered.values())
    assert shown.firm == (document["no_flip_sentence"] if shown.leader else "")
    for row, question in zip(ask_rows(catalog, look), document["open_questions"], strict=False):
        assert row.question == question["question"]
        assert row.bits == f"{question['gain_bits']:.2f}"
    assert race_view(catalog, answers).is_settled == document["settled"]
    out = {
        (link.name, sentence)
        for group in excluded_groups(catalog, answers)
        for link in group.names
        for sentence in group.reasons
    }
    assert out == {
        (entry["name"], reason["sentence"])
        for entry in document["excluded"]
        for reason in entry["reasons"]
    }
    assert [row.sentence for row in relaxation_rows(catalog, answers)] == [
        entry["sentence"] for entry in document["relaxations"]
    ]


def command_prints(answers: dict[str, str], api_text: str, tmp_path: Path) -> None:
    """The command's JSON is the API's answer; its table has the same figures."""
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"answers": answers}), encoding="utf-8")
    folder = get_settings().data_folder

    assert json.loads(evaluation_text(str(file), folder, as_json=True)) == json.loads(api_text)
    printed = evaluation_text(str(file), folder, as_json=False)
    for entry in json.loads(api_text)["ranking"]:
        assert f"{entry['rank']:>4}  {entry['name']} " in printed


def exports_say(answers: dict[str, str], document: Document) -> None:
    """The spreadsheet, the complete JSON and the record's block hold the document's numbers."""
    files = {
        name: FILES[name].make(document, HEAD).decode()
        for name in ("table.csv", "decision.json", "record.md", "table.md")
    }
    assert json.loads(files["decision.json"])["evaluation"] == document
    names = {entry["criterion"]: entry["name"] for entry in document["weights"]}
    ranked = [row for row in csv.DictReader(io.StringIO(files["table.csv"])) if row["rank"]]
    assert len(ranked) == len(document["ranking"])
    for row, entry in zip(ranked, document["ranking"], strict=True):
        assert (row["slug"], int(row["rank"])) == (entry["slug"], entry["rank"])
        assert float(row["score"]) == entry["score"]
        for part in entry["contributions"]:
            assert float(row[f"points:{names[part['criterion']]}"]) == part["points"]
    block = json.loads(files["record.md"].rpartition("```json")[2].partition("```")[0])
    assert block["answers"] == document["answers"]
    assert [(one["slug"], one["score"]) for one in block["ranking"]] == [
        (entry["slug"], entry["score"]) for entry in document["ranking"]
    ]
    lines = [line for line in files["table.md"].splitlines() if line.startswith("| ")]
    for entry in document["ranking"]:
        figures = f"| {entry['rank']} | {entry['name']} | {whole(entry['score'])} |"
        assert any(line.startswith(figures) for line in lines), figures
