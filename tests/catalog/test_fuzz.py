"""Whatever stands in the files, the door gives a catalog or a report with file and field."""

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framework_picker.catalog.documents import csv_rows, yaml_content
from framework_picker.catalog.loader import loaded_from
from framework_picker.catalog.problems import CatalogError, Report
from tests.catalog.folders import DATA, small_documents
from tests.catalog.test_checks import http_run, ui_run

pytestmark = pytest.mark.slow

NodePath = tuple[str | int, ...]

slow_start = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.large_base_example, HealthCheck.too_slow],
)

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "none",
            "yes",
            "no",
            "django",
            "flask",
            "admin",
            "dont-know",
            "2026-11-20",
            "2027-01-01",
            "0001-01-01",
            "9999-12-31",
            "candidate",
            "addon",
            "built-in",
            "third-party",
            "log",
            "stars",
            float("nan"),
            float("inf"),
            -1,
            0,
            10**400,
        ]
    ),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@cache
def node_paths() -> dict[str, list[NodePath]]:
    """Where every value of every document stands."""
    return {path: list(_inside(content, ())) for path, content in small_documents().items()}


def _inside(content: Any, place: NodePath) -> Any:
    steps: list[str | int] = []
    if isinstance(content, dict):
        steps = list(content)
    elif isinstance(content, list):
        steps = list(range(len(content)))
    for step in steps:
        yield (*place, step)
        yield from _inside(content[step], (*place, step))


def assert_a_catalog_or_a_report(documents: dict[str, Any], report: Report) -> None:
    """Nothing else may come out of the door."""
    try:
        loaded = loaded_from(documents, "data", report)
    except CatalogError as error:
        problems = error.problems
    else:
        assert loaded.table.values.notna().all(axis=None)
        return
    assert problems
    for problem in problems:
        assert problem.file.startswith("data")
        assert problem.expected
        assert problem.found
        assert "\n" not in str(problem)
        # "judging" stands for a meaning that no check saw and the domain stumbled over.
        assert problem.field != "judging", str(problem)


@given(st.data())
@slow_start
def test_one_node_replaced_deleted_doubled_or_renamed(data: st.DataObject) -> None:
    documents = small_documents()
    for _ in range(data.draw(st.integers(1, 2), label="mutations")):
        path = data.draw(st.sampled_from(sorted(documents)), label="document")
        nodes = node_paths()[path]
        node = data.draw(st.sampled_from(nodes), label="node")
        how = data.draw(st.sampled_from(["replace", "delete", "double", "rename"]), label="how")
        try:
            entry = documents[path]
            for step in node[:-1]:
                entry = entry[step]
            last: Any = node[-1]
            old = entry[last]
        except (KeyError, IndexError, TypeError):
            continue  # The first mutation took this place away.
        if path.endswith(".csv"):
            # A cell of a table is always a text.
            if isinstance(old, str):
                entry[last] = str(data.draw(scalars, label="cell"))
            elif how == "delete":
                del entry[last]
            else:
                entry.append(dict(old))
        elif how == "replace":
            entry[last] = data.draw(values, label="value")
        elif how == "delete":
            del entry[last]
        elif isinstance(entry, list):
            entry.append(old)
        else:
            entry[data.draw(st.text(max_size=6), label="name")] = entry.pop(last)

    assert_a_catalog_or_a_report(documents, Report())


@given(st.data())
@slow_start
def test_one_file_with_its_text_damaged(data: st.DataObject) -> None:
    documents = small_documents()
    path = data.draw(st.sampled_from(sorted(documents)), label="file")
    text = (DATA / path).read_text(encoding="utf-8")[:20_000]
    start = data.draw(st.integers(0, len(text)), label="start")
    length = data.draw(st.integers(0, 40), label="length")
    instead = data.draw(st.text(alphabet="ab1 \n:-[]{}'\"#&*!|>%@,\t\x00é", max_size=8))
    report = Report()
    read = csv_rows if path.endswith(".csv") else yaml_content
    documents[path] = read(text[:start] + instead + text[start + length :], f"data/{path}", report)

    assert_a_catalog_or_a_report(documents, report)


@given(st.sampled_from(sorted(p for p in small_documents() if p.endswith(".yaml"))), values)
@slow_start
def test_a_whole_file_replaced(path: str, content: Any) -> None:
    documents = small_documents()
    documents[path] = content

    assert_a_catalog_or_a_report(documents, Report())


@given(st.data())
@slow_start
def test_a_benchmark_run_with_nodes_changed(data: st.DataObject) -> None:
    documents = small_documents()
    name = data.draw(st.sampled_from(["first", "second"]), label="run")
    run = http_run() if name == "first" else ui_run()
    documents[f"benchmarks/{name}.json"] = run
    for _ in range(data.draw(st.integers(1, 3), label="mutations")):
        *way, last = data.draw(st.sampled_from(list(_inside(run, ()))), label="node")
        entry: Any = run
        for step in way:
            entry = entry[step]
        how = data.draw(st.sampled_from(["replace", "delete", "double"]), label="how")
        if how == "replace":
            entry[last] = data.draw(values, label="value")
        elif how == "delete":
            del entry[last]
        elif isinstance(entry, list):
            entry.append(entry[last])

    assert_a_catalog_or_a_report(documents, Report())
