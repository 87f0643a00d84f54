"""Reading files: what cannot be misread is plain content, everything else is a problem."""

import string
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from framework_picker.catalog.documents import csv_rows, json_content, read_text, yaml_content
from framework_picker.catalog.problems import Report


def read_yaml(text: str) -> tuple[object, list[str]]:
    """The content and the problems as lines."""
    report = Report()
    content = yaml_content(text, "f.yaml", report)
    return content, [str(problem) for problem in report.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("off", "off"),
        ("2026-11-20", "2026-11-20"),
        ("2027-04", "2027-04"),
        ("12:30:45", "12:30:45"),
        ("none", "none"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("'3.10'", "3.10"),
        ('"5"', "5"),
        ("true", True),
        ("False", False),
        ("5", 5),
        ("-5", -5),
        ("2.50", 2.5),
        ("1e3", 1000.0),
        ("[1, two, {three: 3}]", [1, "two", {"three": 3}]),
        ("null", None),
        ("~", None),
    ],
)
def test_plain_words_stay_words(text: str, value: object) -> None:
    content, problems = read_yaml(f"entry: {text}")

    assert content == {"entry": value}
    assert type(content["entry"]) is type(value)
    assert problems == []


def test_broken_yaml_is_reported_with_its_line() -> None:
    content, problems = read_yaml("a: 1\nb: [1, 2\nc: 3\n")

    assert content is None
    assert len(problems) == 1
    assert problems[0].startswith("f.yaml: line 3, column ")
    assert "expected valid YAML" in problems[0]


def test_a_repeated_name_is_reported_with_both_places() -> None:
    _, problems = read_yaml("facts:\n  stars: 1\n  forks: 2\n  stars: 3\n")

    assert problems == ["f.yaml: facts.stars: expected each name once, got a second one in line 4"]


def test_repeated_names_deep_inside_lists_are_found() -> None:
    _, problems = read_yaml("- {a: 1}\n- b: [{c: 1, c: 2}]\n")

    assert problems == ["f.yaml: [2].b[1].c: expected each name once, got a second one in line 2"]


def test_an_alias_is_refused_because_it_can_swell() -> None:
    nine_levels = "\n".join(
        ["a: &a [x, x, x, x, x, x, x, x, x]"]
        + [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in pairwise("abcdefghi")]
    )

    _, problems = read_yaml(nine_levels)

    assert "f.yaml: line 2: expected the value itself, got the alias *a" in problems


@pytest.mark.parametrize("text", ["a: !!python/object:os.system {}", "a: !!int 5", "!x a: 1"])
def test_tags_are_refused(text: str) -> None:
    _, problems = read_yaml(text)

    assert any("expected a value without a tag" in problem for problem in problems)


@pytest.mark.parametrize("text", ["", "   \n", "# only a comment\n", "---\n", "~"])
def test_an_empty_file_is_a_problem(text: str) -> None:
    content, problems = read_yaml(text)

    assert content is None
    assert problems == ["f.yaml: expected entries, got nothing"]


def test_two_documents_in_one_file_are_a_problem() -> None:
    content, problems = read_yaml("a: 1\n---\nb: 2\n")

    assert content is None
    assert problems == ["f.yaml: line 2: expected one document, got a second one"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_neither_crashes_nor_passes(opening: str) -> None:
    content, problems = read_yaml(opening * 100_000)

    assert content is None
    assert problems == ["f.yaml: line 1: expected at most 40 levels of nesting, got more"]


def test_a_list_as_a_name_is_a_problem() -> None:
    content, problems = read_yaml("? [1, 2]\n: 3\n")

    assert content is None
    assert problems == ["f.yaml: line 1: expected a name, got a list, entries or an alias"]


def test_a_control_character_is_a_problem() -> None:
    content, problems = read_yaml("a: \x07")

    assert content is None
    assert len(problems) == 1


def test_endless_digits_stay_a_word() -> None:
    content, problems = read_yaml(f"a: {'9' * 100_000}")

    assert content == {"a": "9" * 100_000}
    assert problems == []


@pytest.mark.parametrize("text", [".nan", ".inf", "-.inf", "1e999"])
def test_what_is_not_finite_arrives_as_a_number_for_the_shapes_to_refuse(text: str) -> None:
    content, _ = read_yaml(f"a: {text}")

    assert isinstance(content, dict)
    assert isinstance(content["a"], float)


@given(st.text(alphabet=string.printable + "äß€&*!%@`|>-?:{}[],#'\"\\", max_size=200))
@example("? ")
@example("a: |")
@example("%YAML 9.9\n---\na")
@example("&a *a")
@example("a: &a\nb: *a\n*a : 1")
@example("\t- a")
def test_whatever_the_text_reading_gives_content_or_a_problem(text: str) -> None:
    content, problems = read_yaml(text)

    assert content is not None or problems


def test_a_file_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes("name: Grün".encode("latin-1"))
    report = Report()

    assert read_text(tmp_path / "f.yaml", "f.yaml", report) is None
    assert [str(p) for p in report.problems] == [
        "f.yaml: byte 9: expected UTF-8 text, got a byte that is not"
    ]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(b"#" * 1_000_001)
    report = Report()

    assert read_text(tmp_path / "f.yaml", "f.yaml", report) is None
    assert [str(p) for p in report.problems] == [
        "f.yaml: expected at most 1,000,000 bytes, got 1,000,001"
    ]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    report = Report()

    assert read_text(tmp_path / "f.yaml", "f.yaml", report) is None
    assert [str(p) for p in report.problems] == [
        "f.yaml: expected a readable file, got No such file or directory"
    ]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_bytes(b"\xef\xbb\xbfdate,value\n1,2\n")
    report = Report()
    text = read_text(tmp_path / "f.csv", "f.csv", report)

    assert text is not None
    assert csv_rows(text, "f.csv", report) == [{"date": "1", "value": "2"}]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "f.csv: line 1: expected the names of the columns, got nothing"),
        ("a,b,a\n1,2,3\n", 'f.csv: line 1: expected each column once, got "a, b, a"'),
        ("a,b\n1\n", "f.csv: row 2: expected 2 cells, got 1"),
        ("a,b\n1,2,3\n", "f.csv: row 2: expected 2 cells, got 3"),
        ("a,b\n\n1,2\n", "f.csv: row 2: expected 2 cells, got 0"),
    ],
)
def test_a_broken_table_is_reported_with_its_row(text: str, problem: str) -> None:
    report = Report()
    csv_rows(text, "f.csv", report)

    assert [str(p) for p in report.problems] == [problem]


@given(st.text(alphabet='ab,"\n\r\x00 1', max_size=60))
def test_whatever_the_table_reading_gives_rows_or_a_problem(text: str) -> None:
    report = Report()
    rows = csv_rows(text, "f.csv", report)

    assert rows is not None or report.problems


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("{", "f.json: line 1, column 2: expected valid JSON"),
        ('{"a": NaN}', "f.json: expected valid JSON, got NaN"),
        ('{"a": 1, "a": 2}', "f.json: a: expected each name once"),
        ("[" * 100_000, "f.json: expected valid JSON"),
        (f'{{"a": {"9" * 5000}}}', "f.json: expected valid JSON"),
    ],
)
def test_broken_json_is_a_problem(text: str, start: str) -> None:
    report = Report()
    json_content(text, "f.json", report)

    assert [str(p)[: len(start)] for p in report.problems] == [start]
