"""Every form of citation reads as words; only https is ever a link."""

from __future__ import annotations

import pytest

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.sources import SourceLine, source_line, source_lines

COMMIT = "36e4a824f340fdee7ed50937ba8e7f6bc7d17f81"

LINKS = [
    (
        f"https://github.com/pallets/flask/blob/{COMMIT}/docs/a.rst#L8",
        "pallets/flask, docs/a.rst, line 8 at 36e4a82",
    ),
    (
        f"https://github.com/pallets/flask/blob/{COMMIT}/LICENSE%20B.txt",
        "pallets/flask, LICENSE B.txt at 36e4a82",
    ),
    ("https://docs.djangoproject.com/en/6.1//", "docs.djangoproject.com/en/6.1"),
    ("https://starlette.dev/", "starlette.dev"),
]
WORDS = [
    ("pkg:pypi/slowapi@0.1.10", "package slowapi 0.1.10"),
    ("pkg:pypi/fastapi@0.163.2#METADATA", "package fastapi 0.163.2, its metadata"),
    ("pkg:pypi/flask@3.1.3#docs/design.rst:L133", "package flask 3.1.3, docs/design.rst, line 133"),
    ("index-json:/pypi/flask/json", "record of flask in the Python package index"),
    (
        "index-json:/pypi/prefect/json#info.requires_dist",
        "record of prefect in the Python package index, field info.requires_dist",
    ),
    ("index-files:flask", "list of the files of flask in the Python package index"),
    ("npm-json:/express#license", "record of express in the npm registry, field license"),
    (
        "measured:install",
        "measured for this catalog: a plain install into an empty environment",
    ),
    ("measured:something-new", "measured for this catalog: something-new"),
    (
        "absence-search:pkg:pypi/reflex@0.10.1#reflex+reflex_base:/csrf|xsrf/i = 0 hits in *.py",
        "package reflex 0.10.1: a search of *.py in reflex and reflex_base for /csrf|xsrf/i finds "
        "nothing",
    ),
    ("editorial: two editors", "our judgement: two editors"),
    ("editorial", "our judgement"),
    ("a letter", "a letter"),
]


@pytest.mark.parametrize(("citation", "text"), LINKS)
def test_an_address_is_shortened_and_linked(citation: str, text: str) -> None:
    assert source_line(citation) == SourceLine(text, citation)


@pytest.mark.parametrize(("citation", "text"), WORDS)
def test_what_has_no_address_is_words(citation: str, text: str) -> None:
    assert source_line(citation) == SourceLine(text)


def test_a_file_of_a_community_repository_leads_to_its_state() -> None:
    line = source_line("EvanLi/Github-Ranking:Data/a b.csv@1f3e17015251")

    assert line.text == "EvanLi/Github-Ranking, Data/a b.csv at 1f3e170"
    assert line.href == "https://github.com/EvanLi/Github-Ranking/blob/1f3e17015251/Data/a%20b.csv"


def test_two_files_in_one_citation_become_two_lines_and_repetitions_one() -> None:
    lines = source_lines(["a/b:c.yaml@1234567;d/e:f.yaml@1234567", "a/b:c.yaml@1234567"])

    assert [line.text for line in lines] == ["a/b, c.yaml at 1234567", "d/e, f.yaml at 1234567"]


@pytest.mark.parametrize(
    "citation",
    [
        "javascript:alert(1)",
        "http://example.org",
        "data:text/html,x",
        "//example.org",
        " https://example.org",
    ],
)
def test_nothing_but_https_is_ever_linked(citation: str) -> None:
    assert source_line(citation).href == ""


def test_a_page_without_a_scheme_cannot_become_a_script() -> None:
    assert source_line("page: javascript:alert('1')").href.startswith("https://")


def test_no_citation_of_the_catalog_is_left_as_it_was_written() -> None:
    forms = ("pkg:", "index-json:", "npm-json:", "measured:", "absence-search:", "page:")

    raw = [
        line.text
        for alternative in get_catalog().alternatives.values()
        for citations in (
            *(fact.source for fact in alternative.facts.values()),
            *(capability.source for capability in alternative.capabilities.values()),
        )
        for line in source_lines(citations)
        if line.text.startswith(forms)
    ]

    assert raw == []
