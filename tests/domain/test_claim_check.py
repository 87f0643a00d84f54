"""The claim checker: tables one can check by hand, laws, and a fixed set of sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework_picker.catalog.current import get_catalog, get_ledger, get_published
from framework_picker.domain.claim_check import (
    RELATIONS,
    Answer,
    Check,
    Comparison,
    Row,
    _bears_out,
    check,
    factor,
    target,
)
from framework_picker.domain.claim_sentence import comparison_problem, read_sentence
from framework_picker.domain.published import Published
from framework_picker.domain.runs import BenchmarkSample
from tests.domain.test_published import ELM, ROW, published

CATALOG, PUBLISHED = get_catalog(), get_published()


def asked(sentence: str) -> Check:
    """The answer to a sentence on what is really published; our own runs come and go."""
    comparison = read_sentence(CATALOG, PUBLISHED.workloads, sentence).comparison
    assert comparison is not None, sentence
    return check(CATALOG, PUBLISHED, (), comparison)


def answer_on(rows: Published, **parts: object) -> Answer:
    """The answer to "Django is faster than Flask" on rows of oak (Django) and elm (Flask)."""
    slugs = {"oak": "django", "elm": "flask"}
    named = replace(
        rows, rows=tuple(replace(row, framework=slugs[row.framework]) for row in rows.rows)
    )
    comparison = replace(Comparison("django", "faster", "flask"), **parts)  # type: ignore[arg-type]
    return check(CATALOG, named, (), comparison).answer


# Expected answers rest on the published rows of 2019 to 2026 and on facts whose signs do not
# change from one refresh to the next.
SENTENCES: tuple[tuple[str, Answer], ...] = (
    ("FastAPI is faster than Django", "supported"),
    ("Django is faster than FastAPI", "contradicted"),
    ("FastAPI is faster than Flask", "only"),
    ("FastAPI is 3x faster than Flask", "only"),
    ("fastapi is 3 times as fast as flask at json", "supported"),
    ("FastAPI is 50 times faster than Flask at JSON", "contradicted"),
    ("FastAPI outperforms Flask at routing", "supported"),
    ("FastAPI is up to 40 times faster than Flask at routing", "only"),
    ("Flask is 40 % faster than Django at JSON", "contradicted"),
    ("flask is 40 percent faster then django at json", "contradicted"),
    ("Flask is faster than Django at JSON", "only"),
    ("Flask is twice as fast as Django", "contradicted"),
    ("Django is faster than Flask at 20 queries", "contradicted"),
    ("Django is as fast as Flask with 20 queries per request", "supported"),
    ("Starlette is faster than FastAPI", "only"),
    ("Starlette is faster than FastAPI at JSON", "supported"),
    ("Starlette is twice as fast as FastAPI at JSON", "only"),
    ("flask is half as fast as fastapi at plain text", "supported"),
    ("Reflex is as fast as Flask", "never"),
    ("Streamlit is faster than Dash", "never"),
    ("Django is faster than Ruby on Rails", "never"),
    ("Django is more popular than Flask", "only"),
    ("Flask is more downloaded than Django", "supported"),
    ("Flask has more stars than Django", "contradicted"),
    ("Django has more stars than Starlette", "supported"),
    ("Bottle is more popular than Django", "contradicted"),
    ("Flask is smaller than Django", "supported"),
    ("Flask is 10 times smaller than Django", "supported"),
    ("Django is smaller than Flask", "contradicted"),
    ("Django uses more memory than Flask", "supported"),
    ("Django uses 3 times more memory than Flask", "contradicted"),
    ("Flask is lighter than Django", "supported"),
    ("Django has more dependencies than Flask", "contradicted"),
    ("Bottle has fewer dependencies than Flask", "supported"),
    ("Django is older than Flask", "supported"),
    ("Django is 5 years older than Flask", "supported"),
    ("Django is 10 years older than Flask", "contradicted"),
    ("Flask is newer than FastAPI", "contradicted"),
    ("Flask starts faster than Django", "supported"),
    ("djnago is slwoer than fastpi", "supported"),
    ("Fast API beats Django!", "supported"),
    ("Is Flask's install lighter than Django's?", "supported"),
)


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[one for one, _ in SENTENCES])
def test_a_sentence_gets_the_expected_answer(sentence: str, expected: Answer) -> None:
    assert asked(sentence).answer == expected


@pytest.mark.parametrize("ratio", [0.9, 0.95, 1.0])
def test_a_small_factor_is_not_borne_out_by_the_other_direction(ratio: float) -> None:
    """The tolerance of 25 % reaches across 1; who is ahead does not."""
    rows = (Row("bench", "2026-01-01", "json", "", "", "", ratio, "A"),)

    for amount in (7.0, 10.0, 20.0):
        for bound in ("", "at least", "up to"):
            claim = Comparison("django", "faster", "flask", "", amount, "percent", bound)
            assert not _bears_out(rows, claim, RELATIONS["faster"])
    assert _bears_out(
        (replace(rows[0], ratio=1.1),),
        Comparison("django", "faster", "flask", "", 10.0, "percent"),
        RELATIONS["faster"],
    )


def test_what_lies_within_its_own_noise_speaks_for_neither() -> None:
    row = Row("run", "2026-01-01", "json", "", "", "", 1.06, "A", is_level=True)
    faster = Comparison("django", "faster", "flask")

    assert not _bears_out((row,), faster, RELATIONS["faster"])
    assert _bears_out((replace(row, is_level=False),), faster, RELATIONS["faster"])
    same = replace(faster, amount=1.0, unit="times")
    assert _bears_out((row,), same, RELATIONS["faster"])


def test_the_prepared_claims_are_ten_and_each_gets_an_answer() -> None:
    examples = get_ledger().examples

    assert len(examples) == 10
    assert len({asked(one.sentence).answer for one in examples}) == 4


def test_every_row_has_a_date_a_source_and_a_grade_that_counts() -> None:
    for sentence, _ in SENTENCES:
        found = asked(sentence)
        rows = [row for setting in found.settings for row in setting.rows]
        assert found.row_count == len(rows)
        for row in (*rows, *found.not_counted):
            assert row.on
            assert all(row.citations)
            assert row.citations
        assert {row.grade for row in rows} <= {"A", "B"}
        assert all(row.why_not for row in found.not_counted)


def test_one_setting_on_the_claims_side_and_one_against_it_make_only() -> None:
    second = replace(ROW, source="second"), replace(ELM, source="second", value=900.0)

    assert answer_on(published(ROW, ELM)) == "supported"
    assert answer_on(published(*second)) == "contradicted"
    assert answer_on(published(ROW, ELM, *second)) == "only"
    assert answer_on(published(ROW)) == "never"


def test_figures_within_five_percent_are_level() -> None:
    assert answer_on(published(replace(ROW, value=104.0), ELM)) == "contradicted"
    assert answer_on(published(replace(ROW, value=106.0), ELM)) == "supported"


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(2.3, "contradicted"), (2.41, "supported"), (3.0, "supported"), (3.7, "supported")],
)
def test_a_factor_may_miss_the_range_by_a_quarter(amount: float, expected: Answer) -> None:
    # One row with a ratio of 3: from 2.4 to 3.75.
    assert answer_on(published(ROW, ELM), amount=amount, unit="times") == expected


def test_a_factor_inside_the_range_of_a_setting_is_borne_out() -> None:
    later = date(2026, 2, 1)
    rows = published(ROW, ELM, replace(ROW, on=later, value=900.0), replace(ELM, on=later))

    assert answer_on(rows, amount=6.0, unit="times") == "supported"  # between 3 and 9
    assert answer_on(rows, amount=20.0, unit="times") == "contradicted"
    assert answer_on(rows, amount=8.0, unit="times", bound="at least") == "contradicted"
    assert answer_on(rows, amount=8.0, unit="times", bound="up to") == "supported"


def test_one_row_in_five_may_say_the_opposite() -> None:
    days = [date(2026, 3, day) for day in range(1, 6)]
    ahead = [(replace(ROW, on=day), replace(ELM, on=day)) for day in days[:4]]
    behind = (replace(ROW, on=days[4], value=50.0), replace(ELM, on=days[4]))
    rows = [row for pair in ahead for row in pair]

    assert answer_on(published(*rows, *behind)) == "supported"
    assert answer_on(published(*rows[:4], *behind)) == "contradicted"


@pytest.mark.parametrize(
    ("relation", "amount", "unit", "claimed"),
    [
        ("faster", 40.0, "percent", 1.4),
        ("slower", 30.0, "percent", 1 / 0.7),
        ("less-memory", 50.0, "percent", 2.0),
        ("more-memory", 50.0, "percent", 1.5),
        ("faster", 3.0, "times", 3.0),
        ("faster", None, "", None),
    ],
)
def test_percents_are_turned_into_a_factor(
    relation: str, amount: float | None, unit: str, claimed: float | None
) -> None:
    comparison = Comparison("a", relation, "b", amount=amount, unit=unit)  # type: ignore[arg-type]

    assert target(comparison, RELATIONS[relation]) == claimed


def test_published_and_measured_rows_stand_in_lists_of_their_own() -> None:
    sample = BenchmarkSample(
        framework="fastapi",
        scenario="json",
        mode="keep-alive",
        round=1,
        is_valid=True,
        requests_per_second=2000.0,
        run="2026-11-try",
        as_of=date(2026, 11, 20),
        machine="two cores",
    )
    samples = (
        sample,
        replace(sample, round=2, requests_per_second=4000.0),
        replace(sample, framework="flask", requests_per_second=1000.0),
        replace(sample, framework="flask", round=2, is_valid=False, requests_per_second=1.0),
    )
    found = check(CATALOG, PUBLISHED, samples, Comparison("fastapi", "faster", "flask", "json"))
    measured = [one for one in found.settings if one.origin == "measured"]

    # Round by round: in the second one only FastAPI has a valid sample.
    assert [one.low for one in measured] == [2.0]
    assert measured[0].subject == "json"
    assert measured[0].rows[0].citations == ("measured:2026-11-try",)
    assert all(
        row.citations[0].partition(":")[0] != "measured"
        for one in found.settings
        if one.origin == "published"
        for row in one.rows
    )


def test_a_count_that_cannot_separate_two_frameworks_is_left_out() -> None:
    found = asked("Starlette is more popular than FastAPI")

    assert "Package downloads per day" not in {one.subject_label for one in found.settings}
    assert any("whoever installs FastAPI" in line for line in found.absent)


def test_what_is_not_known_is_said() -> None:
    found = asked("Reflex is more popular than Django")

    assert "Stack Overflow survey: not known for Reflex." in found.absent


def test_a_framework_without_dependencies_compares_too() -> None:
    found = asked("Bottle has fewer dependencies than Flask")

    assert "0 against 6 packages" in found.sentence


SLUGS = sorted(CATALOG.alternatives)


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Comparisons that make sense."""
    relation = RELATIONS[draw(st.sampled_from(sorted(RELATIONS)))]
    one, other = draw(st.lists(st.sampled_from(SLUGS), min_size=2, max_size=2, unique=True))
    amount: float | None = draw(st.none() | st.integers(1, 99).map(float))
    unit = "years" if relation.is_age else draw(st.sampled_from(["times", "percent"]))
    workloads = ["", *PUBLISHED.workloads] if relation.is_speed else [""]
    return Comparison(
        one,
        relation.id,
        other,
        draw(st.sampled_from(workloads)),
        amount,
        unit if amount is not None else "",  # type: ignore[arg-type]
        draw(st.sampled_from(["", "at least", "up to"])) if amount is not None else "",
    )


@given(comparisons())
@settings(max_examples=60)
def test_every_comparison_gets_an_answer_with_a_sentence(comparison: Comparison) -> None:
    assert comparison_problem(comparison) == ""
    found = check(CATALOG, PUBLISHED, (), comparison)

    assert found.answer in ("supported", "contradicted", "only", "never")
    assert found.sentence.endswith((".", "’s"))
    assert (found.answer == "never") == (not found.settings)
    borne_out = sum(one.bears_out for one in found.settings)
    assert (found.answer == "supported") == (0 < borne_out == len(found.settings))
    assert (found.answer == "contradicted") == (bool(found.settings) and not borne_out)


@given(comparisons())
@settings(max_examples=40)
def test_the_opposite_of_a_plain_claim_is_never_supported_together_with_it(
    comparison: Comparison,
) -> None:
    plain = replace(comparison, amount=None, unit="", bound="")
    turned = replace(plain, one=plain.other, other=plain.one)
    answers = {check(CATALOG, PUBLISHED, (), one).answer for one in (plain, turned)}

    assert answers != {"supported"}
    assert ("never" in answers) == (answers == {"never"})


@pytest.mark.parametrize(
    ("ratio", "words"),
    [(0.482, "0.48"), (1.0, "1.00"), (1.4, "1.40"), (2.799, "2.8"), (3.0, "3"), (45.9, "46")],
)
def test_a_ratio_is_written_with_about_two_digits(ratio: float, words: str) -> None:
    assert factor(ratio) == words
