"""The data version: same content, same version; any other fact, another version."""

import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from framework_picker.catalog.loader import load_catalog
from framework_picker.catalog.version import SHOWN_DIGITS, data_version
from tests.catalog.folders import data_copy, small_documents


def reordered(content: Any, order: random.Random) -> Any:
    """The same content with the names of every entry in another order."""
    if isinstance(content, dict):
        names = list(content)
        order.shuffle(names)
        return {name: reordered(content[name], order) for name in names}
    if isinstance(content, list):
        return [reordered(item, order) for item in content]
    return content


def test_the_version_is_short_and_hexadecimal() -> None:
    version = data_version(small_documents())

    assert len(version) == SHOWN_DIGITS
    assert int(version, 16) >= 0


@pytest.mark.parametrize("seed", range(5))
def test_order_of_files_names_and_rows_is_irrelevant(seed: int) -> None:
    order = random.Random(seed)
    documents = small_documents()
    shuffled = reordered(documents, order)
    for path, rows in shuffled.items():
        if path.endswith(".csv"):
            order.shuffle(rows)

    assert data_version(shuffled) == data_version(documents)


@pytest.mark.slow
def test_comments_and_formatting_are_irrelevant(tmp_path: Path) -> None:
    folder = data_copy(tmp_path)
    before = load_catalog(folder)
    flask = folder / "frameworks" / "flask.yaml"
    text = flask.read_text(encoding="utf-8")
    flask.write_text(
        "# said again, in another style\n" + text.replace("'2026-11-20'", "2026-11-20")
    )
    evidence = folder / "evidence.yaml"
    evidence.write_text(
        yaml.safe_dump(yaml.safe_load(evidence.read_text(encoding="utf-8")), width=40)
    )

    after = load_catalog(folder)

    assert after.data_version == before.data_version
    assert after == before


def test_the_same_number_in_another_style_is_the_same_version() -> None:
    documents = small_documents()
    other = small_documents()
    assert documents["frameworks/django.yaml"]["facts"]["install_size_mb"]["value"] == 24.0
    other["frameworks/django.yaml"]["facts"]["install_size_mb"]["value"] = 24

    assert data_version(other) == data_version(documents)


@pytest.mark.parametrize(
    ("path", "names", "value"),
    [
        ("frameworks/flask.yaml", ("facts", "install_size_mb", "value"), 2.3),
        ("frameworks/flask.yaml", ("facts", "install_size_mb", "note"), "another note"),
        ("frameworks/flask.yaml", ("facts", "install_size_mb", "as_of"), "2026-11-19"),
        ("frameworks/flask.yaml", ("facts", "install_size_mb", "source"), ["measured:again"]),
        ("evidence.yaml", ("stale_companion_days",), 731),
        ("catalog.yaml", ("as_of",), "2026-11-21"),
    ],
)
def test_anything_said_otherwise_is_another_version(
    path: str, names: tuple[str, ...], value: object
) -> None:
    documents = small_documents()
    entry = documents[path]
    for name in names[:-1]:
        entry = entry[name]
    entry[names[-1]] = value

    assert data_version(documents) != data_version(small_documents())


def test_the_order_of_questions_is_content() -> None:
    documents = small_documents()
    documents["questions.yaml"]["questions"].reverse()

    assert data_version(documents) != data_version(small_documents())


def test_a_moved_row_is_another_version() -> None:
    documents = small_documents()
    documents["community/stars.csv"][0]["framework"] = "flask"
    documents["community/stars.csv"][0]["value"] = "1"

    assert data_version(documents) != data_version(small_documents())
