"""Reading a comparison: what is understood, what is refused, and what no input may do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework_picker.catalog.current import get_catalog, get_published
from framework_picker.domain.claim_check import Comparison
from framework_picker.domain.claim_sentence import (
    LONGEST_SENTENCE,
    Reading,
    comparison_words,
    read_sentence,
)
from tests.domain.test_claim_check import comparisons

CATALOG, WORKLOADS = get_catalog(), get_published().workloads


def read(sentence: str) -> Reading:
    """What is understood of a sentence."""
    return read_sentence(CATALOG, WORKLOADS, sentence)


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("FastAPI is faster than Flask", Comparison("fastapi", "faster", "flask")),
        ("Is Flask slower than Django?", Comparison("flask", "slower", "django")),
        (
            "FastAPI is 3x faster than Flask",
            Comparison("fastapi", "faster", "flask", amount=3.0, unit="times"),
        ),
        (
            "FastAPI is three times as fast as Flask",
            Comparison("fastapi", "faster", "flask", amount=3.0, unit="times"),
        ),
        (
            "Starlette is 2.5 × faster than FastAPI",
            Comparison("starlette", "faster", "fastapi", amount=2.5, unit="times"),
        ),
        (
            "Starlette is 2,5 times faster than FastAPI",
            Comparison("starlette", "faster", "fastapi", amount=2.5, unit="times"),
        ),
        (
            "robyn is 1,000 times faster than flask",
            Comparison("robyn", "faster", "flask", amount=1000.0, unit="times"),
        ),
        (
            "Flask is tenfold slower than FastAPI",
            Comparison("flask", "slower", "fastapi", amount=10.0, unit="times"),
        ),
        (
            "Flask is 40 per cent faster than Django with JSON",
            Comparison("flask", "faster", "django", "json", 40.0, "percent"),
        ),
        (
            "FastAPI is at least 2 times faster than Flask",
            Comparison("fastapi", "faster", "flask", "", 2.0, "times", "at least"),
        ),
        (
            "FastAPI is more than 2 times faster than Flask",
            Comparison("fastapi", "faster", "flask", "", 2.0, "times", "at least"),
        ),
        (
            "FastAPI is up to about 9 times faster than Flask",
            Comparison("fastapi", "faster", "flask", "", 9.0, "times", "up to"),
        ),
        (
            "flask is half as fast as fastapi",
            Comparison("flask", "slower", "fastapi", amount=2.0, unit="times"),
        ),
        (
            "Reflex is as fast as Flask",
            Comparison("reflex", "faster", "flask", amount=1.0, unit="times"),
        ),
        (
            "Django has twice as many stars as Flask",
            Comparison("django", "more-stars", "flask", amount=2.0, unit="times"),
        ),
        (
            "Django is 5 years older than Flask",
            Comparison("django", "older", "flask", amount=5.0, unit="years"),
        ),
        (
            "DRF is slower than Django Ninja",
            Comparison("django-rest-framework", "slower", "django-ninja"),
        ),
        ("Rails is older than Django", Comparison("ruby-on-rails", "older", "django")),
        ("Node.js is faster than Django", Comparison("express", "faster", "django")),
        ("fast api is faster than flask", Comparison("fastapi", "faster", "flask")),
        ("Fast-API is faster than flask", Comparison("fastapi", "faster", "flask")),
        (
            "With 20 queries per request Django is faster than Flask",
            Comparison("django", "faster", "flask", "many-queries"),
        ),
        (
            "\x00\x1bFlask\u202e is\tfaster\nthan\x07 Django",
            Comparison("flask", "faster", "django"),
        ),
        ("ｆｌａｓｋ is faster than Django", Comparison("flask", "faster", "django")),
    ],
)
def test_a_sentence_is_read_into_its_parts(sentence: str, parts: Comparison) -> None:
    assert read(sentence).comparison == parts, read(sentence)


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("djnago is faster than flask", "“djnago” is taken for “django”."),
        ("flsk is faster than django", "“flsk” is taken for “flask”."),
        ("Flask is fastr than Django", "“fastr” is taken for “faster”."),
        ("Django is more populer than Flask", "“populer” is taken for “popular”."),
        ("Starlete is faster than Flask", "“starlete” is taken for “starlette”."),
        ("Flask 3.1 is faster than Django 5.2", "Versions are not told apart."),
        ("Flask is faster than Django in production", "Left aside: “production”."),
        ("Flask is half as fast as Django", "Read the other way round: Flask is 2 times slower"),
    ],
)
def test_what_was_taken_for_something_else_or_left_aside_is_said(sentence: str, note: str) -> None:
    found = read(sentence)

    assert found.comparison is not None, found
    assert any(line.startswith(note) for line in found.notes), found.notes


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("", "Write a comparison"),
        ("   \n", "Write a comparison"),
        ("The weather is nice", "names no framework"),
        ("Flask and Django", "names no comparison"),
        ("Flask is faster", "names only Flask"),
        ("Flask is faster than Flask", "names only Flask"),
        ("Flask is faster than Zope", "names only Flask"),
        ("FastAPI is faster than Django and Flask", "One comparison at a time"),
        ("Flask is faster and smaller than Django", "One comparison at a time"),
        ("Which is faster, Flask or Django?", "between the names"),
        ("Compared to Django, Flask is faster", "between the names"),
        ("Flask is not faster than Django", "turn the meaning around"),
        ("Flask isn't faster than Django", "turn the meaning around"),
        ("Flask is never faster than Django", "turn the meaning around"),
        ("Flask is faster than Django unless cached", "turn the meaning around"),
        ("Flask is faster Django", "needs “than”"),
        ("Flask is fast than Django", "needs “as”"),
        ("FastAPI is 40 faster than Flask", "of what?"),
        ("Flask is 1e999 times faster than Django", "of what?"),
        ("FastAPI is 2 times 40 % faster than Flask", "one amount at a time"),
        ("Flask is 99999999999999999999 times faster than Django", "must lie between"),
        ("Flask is 0 times faster than Django", "must lie between"),
        ("Flask is 120 % slower than Django", "less by 100 %"),
        ("Flask is 3 times older than Django", "compared in years"),
        ("Flask is 3 years faster than Django", "Only ages"),
        ("Flask is smaller than Django at JSON", "only matters for speed"),
        ("Flask is faster than Django at JSON and templates", "one workload"),
        (
            "Flask is faster at serving cat pictures to my aunt than Django",
            "Too much of it means nothing",
        ),
    ],
)
def test_what_is_not_understood_says_why(sentence: str, problem: str) -> None:
    found = read(sentence)

    assert found.comparison is None
    assert problem in found.problem


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("Flask is easier than Django", "learning"),
        ("Django is more secure than Flask", "security"),
        ("Flask is cheaper than Django", "cost"),
    ],
)
def test_a_judgement_is_named_as_one(sentence: str, topic: str) -> None:
    found = read(sentence)

    assert (found.comparison, found.topic) == (None, topic)
    assert "judgement that no row measures" in found.problem


HOSTILE = {
    "ten thousand letters": "a" * 10_000,
    "ten thousand names": "flask " * 2_000,
    "a pattern": "(a+)+$" * 1_000,
    "nested brackets": "(" * 5_000 + ")" * 5_000,
    "markup": "<script>alert('x')</script> is faster than <img src=x onerror=alert(1)>",
    "a query": "'; DROP TABLE claims; -- is faster than Django",
    "control characters": "".join(map(chr, range(32))) * 20,
    "signs that swell": "ﷺ" * LONGEST_SENTENCE,
    "marks on letters": "a" + "\u0301" * 290,
    "right to left": "\u202e" * 150 + "flask",
    "half a character": "\ud800flask is faster than django",
    "digits": "9" * LONGEST_SENTENCE + " times faster",
    "digits that are none": "²³¼ times faster than flask",
    "commas": "1,,,2,,3 times faster",
    "dots": "1.2.3.4 times faster than",
    "no number": "NaN times inf % faster",
    "long words": "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz " * 5,
    "almost names": "flasj djangp fastapu pyramit starletti tornadp falcom bottlr " * 4,
    "a format string": "{0.__class__} %s %n is faster than {catalog}",
}


@pytest.mark.parametrize("sentence", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_refused_quickly(sentence: str) -> None:
    before = time.perf_counter()
    found = read(sentence)

    assert time.perf_counter() - before < 2  # thousandths, but machines are busy
    assert found.comparison is None or sentence.startswith("\ud800")
    assert found.problem or found.comparison
    assert all(len(line) < 400 for line in (found.problem, *found.notes))
    assert "<script" not in "".join((found.problem, *found.notes))


@given(st.text(max_size=400))
@settings(max_examples=150)
def test_no_text_breaks_the_reader(sentence: str) -> None:
    found = read(sentence)

    assert (found.comparison is None) == bool(found.problem)


WORDS = st.sampled_from(
    [
        *(
            "flask",
            "django",
            "fastapi",
            "is",
            "are",
            "faster",
            "slower",
            "than",
            "as",
            "3",
            "40",
            "%",
        ),
        *(
            "times",
            "x",
            "twice",
            "half",
            "more",
            "popular",
            "json",
            "up",
            "to",
            "at",
            "least",
            "not",
        ),
        *("years", "older", "and", "5.2", "2,5", "templates"),
    ]
)


@given(st.lists(WORDS, max_size=14).map(" ".join))
@settings(max_examples=200)
def test_no_jumble_of_known_words_breaks_the_reader(sentence: str) -> None:
    found = read(sentence)

    assert (found.comparison is None) == bool(found.problem)
    if found.comparison is not None:
        assert found.comparison.one != found.comparison.other


@given(comparisons())
@settings(max_examples=150)
def test_a_comparison_in_words_is_read_back_into_the_same_parts(comparison: Comparison) -> None:
    sentence = comparison_words(CATALOG, WORKLOADS, comparison)

    assert len(sentence) <= LONGEST_SENTENCE
    assert read(sentence).comparison == comparison, sentence
