"""The judging does not know who is who: rename and reorder everything, and only the names move.

This app is built with Reflex and ranks Reflex, so the test runs over the real data files: every
framework gets another name, another id and so another place in every list, in the files
themselves, before they are loaded.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from framework_picker.catalog.folder import read_documents
from framework_picker.catalog.loader import LoadedData, loaded_from
from framework_picker.catalog.problems import Report
from framework_picker.domain.answers import answer_values
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.judging import evaluate
from framework_picker.domain.model import Catalog

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DOMAIN = ROOT / "framework_picker" / "domain"
JUDGING = (
    "addons",
    "answers",
    "judging",
    "measures",
    "must_haves",
    "scoring",
    "value_functions",
    "values",
    "weights",
)


def documents() -> dict[str, Any]:
    report = Report()
    found = read_documents(ROOT / "data", report)
    assert report.problems == ()
    return dict(found)


def renamed(original: Mapping[str, Any], new_slug: Mapping[str, str]) -> dict[str, Any]:
    """The documents with every framework renamed, wherever a file names one."""
    changed: dict[str, Any] = {}
    for path, content in original.items():
        content = copy.deepcopy(content)
        folder, _, file = path.partition("/")
        if folder == "frameworks":
            slug = file.removesuffix(".yaml")
            content["slug"] = new_slug[slug]
            content["name"] = f"Framework {new_slug[slug]}"
            if "extends" in content:
                content["extends"] = new_slug[content["extends"]]
            path = f"frameworks/{new_slug[slug]}.yaml"
        elif folder == "community":
            for row in content:
                row["framework"] = new_slug[row["framework"]]
        elif folder == "benchmarks":
            for entry in (*content["entries"], *content.get("left_out", [])):
                entry["framework"] = new_slug.get(entry["framework"], "")
        elif path == "claims/claims.yaml":
            for claim in content["claims"]:
                claim["frameworks"] = [new_slug[slug] for slug in claim["frameworks"]]
        elif path == "claims/subjects.yaml":
            for subject in content["subjects"]:
                for question in subject["questions"]:
                    settled = question.get("settled", {})
                    if "framework" in settled:
                        settled["framework"] = new_slug[settled["framework"]]
        elif path == "published/published.csv":
            for row in content:
                row["framework"] = new_slug.get(row["framework"], row["framework"])
        elif path == "facts.yaml":
            for kind in content["facts"].values():
                shared = kind.get("derive", {}).get("shares_signal_with")
                if shared:
                    kind["derive"]["shares_signal_with"] = {
                        new_slug[a]: new_slug[b] for a, b in shared.items()
                    }
        elif path == "performance.yaml":
            for part in ("story", "articles"):
                named = content[part]["frameworks"]
                content[part]["frameworks"] = [new_slug[slug] for slug in named]
        elif path == "use_cases.yaml":
            for case in content["use_cases"]:
                for recommendation in case["recommendations"]:
                    old = recommendation["framework"]
                    recommendation["framework"] = new_slug.get(old, old)
                case["recommended_by_sources"] = [
                    new_slug.get(slug, slug) for slug in case["recommended_by_sources"]
                ]
                old = case["ledger_recommendation"]
                case["ledger_recommendation"] = new_slug.get(old, old)
        changed[path] = content
    # Another order of files as well.
    return dict(sorted(changed.items(), reverse=True))


@pytest.fixture(scope="module")
def original() -> LoadedData:
    return loaded_from(documents(), "data", Report())


@pytest.fixture(scope="module", params=[1, 2])
def disguise(request: pytest.FixtureRequest, original: LoadedData) -> dict[str, str]:
    slugs = sorted(original.catalog.alternatives)
    numbers = list(range(len(slugs)))
    Random(request.param).shuffle(numbers)
    return {slug: f"x{number:02d}" for slug, number in zip(slugs, numbers, strict=True)}


@pytest.fixture(scope="module")
def disguised(disguise: dict[str, str]) -> LoadedData:
    return loaded_from(renamed(documents(), disguise), "data", Report())


def sets_of_answers(catalog: Catalog) -> list[dict[str, str]]:
    """No answers, those of every use case, and a few hundred thrown together."""
    random = Random("answers")
    answers = [{}, *(dict(case.answers) for case in catalog.use_cases.values())]
    for _ in range(300):
        answers.append(
            {
                question.id: random.choice(answer_values(catalog, question))
                for question in catalog.questions.values()
                if random.random() < 0.8
            }
        )
    return answers


def what_it_says(evaluation: Evaluation, name: Mapping[str, str]) -> dict[str, Any]:
    """Everything in an evaluation that speaks of frameworks, under the given names.

    What is listed by id within a tie is compared without order: ids are what has changed.
    """
    ranked = {
        name[one.slug]: (
            one.rank,
            one.score,
            one.gap,
            dict(one.contributions),
            one.coverage,
            one.has_thin_evidence,
            one.is_level_with_first,
            one.unverified,
            {name[slug] for slug in one.dominated_by},
        )
        for one in evaluation.ranking
    }
    runner_up = evaluation.runner_up
    return {
        "status": evaluation.status,
        "ranked": ranked,
        "winner": evaluation.winner and name[evaluation.winner],
        "joint winners": {name[slug] for slug in evaluation.joint_winners},
        "rank of the runner-up": runner_up and ranked[name[runner_up]][0],
        "excluded": {name[one.slug]: one.reasons for one in evaluation.excluded},
        "relaxations": [
            (one.must_haves, one.questions, {name[slug] for slug in one.returning})
            for one in evaluation.relaxations
        ],
        "violations": {name[slug]: count for slug, count in evaluation.violations.items()},
        "unranked": {name[slug] for slug in evaluation.unranked},
        "does not separate": evaluation.non_separating,
        "weights": evaluation.weights.to_dict(),
        "points": evaluation.swing_points.to_dict(),
        "open": evaluation.open_questions,
        "answers": dict(evaluation.answers),
    }


def test_renaming_and_reordering_all_frameworks_only_moves_the_names(
    original: LoadedData, disguised: LoadedData, disguise: dict[str, str]
) -> None:
    same = {new: new for new in disguise.values()}
    statuses = set()

    for answers in sets_of_answers(original.catalog):
        before = evaluate(original.catalog, original.table, answers)
        after = evaluate(disguised.catalog, disguised.table, answers)
        assert what_it_says(after, same) == what_it_says(before, disguise)
        statuses.add(before.status)

    assert {"clear", "no-survivor"} <= statuses


def test_renaming_moves_the_value_table_and_changes_no_value(
    original: LoadedData, disguised: LoadedData, disguise: dict[str, str]
) -> None:
    for field in ("values", "is_known", "half_widths"):
        moved = getattr(original.table, field).rename(index=disguise).sort_index()
        assert moved.equals(getattr(disguised.table, field))


def test_the_disguise_is_complete(disguised: LoadedData, disguise: dict[str, str]) -> None:
    assert set(disguised.catalog.alternatives) == set(disguise.values())
    assert not set(disguise) & set(disguised.catalog.alternatives)


def test_no_module_of_the_judging_names_a_framework(original: LoadedData) -> None:
    alternatives = original.catalog.alternatives.values()
    names = {word for one in alternatives for word in (one.slug, one.name, one.package) if word}
    for module in JUDGING:
        tree = ast.parse((DOMAIN / f"{module}.py").read_text(encoding="utf-8"))
        texts = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not texts & names, f"{module} decides by name"
