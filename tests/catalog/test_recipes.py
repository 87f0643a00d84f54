"""docs/data.md is followed to the letter: each recipe changes a copy of the data, which loads."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from framework_picker.catalog.advice import advice
from framework_picker.catalog.loader import LoadedData, load_data
from framework_picker.domain.weights import swing_points
from tests.catalog.folders import DATA, data_copy

pytestmark = pytest.mark.slow

PAGE = DATA.parent / "docs" / "data.md"

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_STEP = re.compile(
    r"(?P<where>New file|[Aa]t the end of|[Bb]elow the line `(?P<line>\w+:)` of) "
    r"`data/(?P<path>[\w./-]+)`:\n\n```(?:yaml|json)\n(?P<text>.*?)```",
    re.DOTALL,
)


@dataclass(frozen=True)
class Step:
    """One change that a recipe asks for."""

    where: str
    line: str | None
    path: str
    text: str


@cache
def recipes() -> dict[str, list[Step]]:
    """The steps below each heading of the page."""
    pieces = _HEADING.split(PAGE.read_text(encoding="utf-8"))
    found = {
        heading: [
            Step(match["where"].lower(), match["line"], match["path"], match["text"])
            for match in _STEP.finditer(text)
        ]
        for heading, text in zip(pieces[1::2], pieces[2::2], strict=True)
    }
    return {heading: steps for heading, steps in found.items() if steps}


def follow(heading: str, tmp_path: Path) -> LoadedData:
    """The data after the recipe, in a copy."""
    folder = data_copy(tmp_path)
    for step in recipes()[heading]:
        file = folder / step.path
        if step.where == "new file":
            assert not file.exists()
            file.parent.mkdir(exist_ok=True)
            file.write_text(step.text, encoding="utf-8")
            continue
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        place = len(lines) if step.line is None else lines.index(f"{step.line}\n") + 1
        file.write_text("".join([*lines[:place], step.text, *lines[place:]]), encoding="utf-8")
    return load_data(folder)


@cache
def before() -> LoadedData:
    """The data without the recipe."""
    return load_data(DATA)


def test_the_page_shows_every_kind_of_change() -> None:
    assert set(recipes()) >= {
        "Add a framework",
        "Add a fact",
        "Add a fact that is computed",
        "Add a capability",
        "Add a criterion",
        "Add a question",
        "Add a must-have",
        "Add a preset",
        "Add a benchmark run",
    }


def test_every_example_on_the_page_is_a_step_of_a_recipe() -> None:
    examples = re.findall(r"```(?:yaml|json)\n", PAGE.read_text(encoding="utf-8"))

    assert len(examples) == sum(len(steps) for steps in recipes().values())


@pytest.mark.parametrize("heading", recipes())
def test_each_recipe_gives_good_data_of_another_version(heading: str, tmp_path: Path) -> None:
    after = follow(heading, tmp_path)

    assert after.catalog.data_version != before().catalog.data_version


def test_a_new_framework_is_valued_and_changes_no_other(tmp_path: Path) -> None:
    after = follow("Add a framework", tmp_path)

    example = after.catalog.alternatives["example"]
    assert example.facts["days_since_release"].value == 50
    assert example.facts["install_size_mb"].grade == "A"
    assert example.capabilities["sessions"].is_partial
    assert after.table.values.drop("example").equals(before().table.values)


def test_a_new_fact_is_known_where_it_was_written(tmp_path: Path) -> None:
    catalog = follow("Add a fact", tmp_path).catalog

    assert catalog.fact_kinds["docs_languages"].label == "Languages of the manual"
    assert catalog.alternatives["flask"].facts["docs_languages"].value == 1
    assert "docs_languages" not in catalog.alternatives["django"].facts


def test_a_new_computed_fact_has_the_source_of_its_row(tmp_path: Path) -> None:
    forks = (
        follow("Add a fact that is computed", tmp_path)
        .catalog.alternatives["django"]
        .facts["forks"]
    )

    newest = [
        r for r in before().catalog.alternatives["django"].series["stars"] if r.metric == "forks"
    ]
    assert forks.value == newest[-1].value
    assert forks.source == (newest[-1].source,)


def test_a_new_capability_is_known_where_it_was_written(tmp_path: Path) -> None:
    catalog = follow("Add a capability", tmp_path).catalog

    assert catalog.alternatives["flask"].capabilities["task_scheduler"].level == "none"
    assert "task_scheduler" not in catalog.alternatives["django"].capabilities


def test_a_new_criterion_has_values_and_a_question_that_weighs_it(tmp_path: Path) -> None:
    after = follow("Add a criterion", tmp_path)

    # Bottle's small app imports in 67.8 ms, below the upper end of 100 ms.
    assert after.table.values.loc["bottle", "startup"] == 100
    assert not after.table.is_known.loc["streamlit", "startup"]
    assert swing_points(after.catalog, {"startup": "decisive"})["startup"] == 8


def test_a_criterion_that_no_question_feeds_is_warned_about(tmp_path: Path) -> None:
    folder = data_copy(tmp_path)
    criterion = recipes()["Add a criterion"][0]
    file = folder / criterion.path
    file.write_text(file.read_text(encoding="utf-8") + criterion.text, encoding="utf-8")
    loaded = load_data(folder)

    assert "No question feeds “Start-up time”, so it never has weight." in advice(
        loaded.catalog, loaded.table
    )


def test_a_new_question_gives_points_and_is_open_in_presets(tmp_path: Path) -> None:
    after = follow("Add a question", tmp_path)

    asked = swing_points(after.catalog, {"team": "many"}) - swing_points(
        after.catalog, {"team": "one"}
    )
    assert asked["hiring"] == 4
    assert asked["learning"] == -4
    warnings = advice(after.catalog, after.table)
    assert "The preset “Online shop” leaves open: team." in warnings


def test_a_new_must_have_can_be_required(tmp_path: Path) -> None:
    must_have = follow("Add a must-have", tmp_path).catalog.must_haves["no-javascript-tools"]

    assert [rule.fact or rule.capability for rule in must_have.rule.any_of] == [
        "js_for_interactive_ui",
        "state_management",
    ]


def test_a_new_preset_holds_its_answers(tmp_path: Path) -> None:
    preset = follow("Add a preset", tmp_path).catalog.presets["chat"]

    assert preset.answers["async"] == "decisive"


def test_a_new_run_makes_throughput_known_without_a_change_of_code(tmp_path: Path) -> None:
    after = follow("Add a benchmark run", tmp_path)

    fact = after.catalog.alternatives["starlette"].facts["json_throughput_ratio"]
    assert fact.value == 0.75
    assert fact.source == ("measured:2026-11-20-try-it",)
    assert after.table.is_known.loc["starlette", "throughput"]
    before_facts = before().catalog.alternatives["starlette"].facts
    assert before_facts.get("json_throughput_ratio") != fact
