"""Values of the visitor's own: reading them, laying them over the table, what must hold."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.domain.answers import parse_answers, with_answer
from framework_picker.domain.errors import OverrideError, UnknownAnswerError
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.judging import evaluate
from framework_picker.domain.overrides import (
    LONGEST_REASON,
    LONGEST_REASONS_IN_LINK,
    MOST_OVERRIDES,
    Override,
    canonical_override,
    overridden,
    overridden_cell,
    override_answer,
    override_id,
    overrides,
    reasons_in_link,
)
from framework_picker.domain.values import value_table
from tests.domain.catalogs import catalog_of_values, small_catalog
from tests.domain.test_laws import ANSWERS, CRITERIA, ROWS, Rows

CATALOG = small_catalog()
TABLE = value_table(CATALOG)
WHOLE = st.integers(0, 100)


def score_of(evaluation: Evaluation) -> dict[str, float]:
    return {ranked.slug: ranked.score for ranked in evaluation.ranking}


# Reading


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("80", "80"),
        ("080", "80"),
        ("0", "0"),
        ("100", "100"),
        (" 7 ", "7"),
        ("80~", "80"),
        ("80~   ", "80"),
        ("80~our team knows Django", "80~our team knows Django"),
        ("80~ because ~ and % & = ", "80~because ~ and % & ="),
        ("80~die Mannschaft\u00a0kennt’s 🐍", "80~die Mannschaft kennt’s 🐍"),
        ("80~می\u200cدانیم", "80~می\u200cدانیم"),
        ("80~" + "x" * LONGEST_REASON, "80~" + "x" * LONGEST_REASON),
    ],
)
def test_a_value_and_its_reason_are_read(text: str, canonical: str) -> None:
    assert canonical_override(text) == canonical


@pytest.mark.parametrize(
    "text",
    ["", "~", "~80", "101", "-1", "+80", "80.5", "8e1", "1000", "٨٠", "⁸", "nan", "lot", "0x10"],
)
def test_only_whole_numbers_from_0_to_100_are_values(text: str) -> None:
    with pytest.raises(OverrideError, match="whole number from 0 to 100"):
        canonical_override(text)


@pytest.mark.parametrize(
    "reason",
    [
        "a\nb",
        "a\x00b",
        "a\x1b[31m",
        "a\u202eb",
        "a\u2028b",
        "a\ud800b",
        "a\tb",
        "a\x85b",
        "a\ufeffb",
    ],
)
def test_a_reason_is_one_line_of_plain_text(reason: str) -> None:
    with pytest.raises(OverrideError, match="one line of plain text"):
        canonical_override(f"80~{reason}")


def test_a_long_reason_is_refused_with_its_length() -> None:
    with pytest.raises(OverrideError, match="has 141 characters; at most 140"):
        canonical_override("80~" + "x" * 141)


@given(st.text(max_size=200))
def test_whatever_is_read_is_read_the_same_again(text: str) -> None:
    try:
        canonical = canonical_override(text)
    except OverrideError:
        return
    assert canonical_override(canonical) == canonical
    assert len(canonical) <= len("100~") + LONGEST_REASON


@pytest.mark.parametrize(
    "name",
    [
        "value.oak",
        "value.",
        "value..",
        "value.oak.",
        "value.oak.beauty",
        "value.ash.speed",
        "value.oak.speed.ease",
        "value.rubus.speed",  # outside Python, never ranked
        "oak.speed",
        "importance.speed",
        "",
    ],
)
def test_only_what_can_be_ranked_has_values_to_replace(name: str) -> None:
    assert overridden_cell(CATALOG, name) is None


def test_candidates_and_add_ons_have_values_to_replace() -> None:
    assert overridden_cell(CATALOG, "value.oak.speed") == ("oak", "speed")
    assert overridden_cell(CATALOG, "value.oak-api.ease") == ("oak-api", "ease")


def test_own_values_come_sorted_whatever_the_order_of_the_answers() -> None:
    answers = {"value.oak.speed": "3", "load": "lot", "value.elm.speed": "10~x~y"}

    assert overrides(answers) == (
        Override("elm", "speed", 10.0, "x~y"),
        Override("oak", "speed", 3.0, ""),
    )


# As answers


def test_own_values_come_behind_the_questions_in_a_fixed_order() -> None:
    raw = {
        "value.oak.speed": "070",
        "importance.speed": "lot",
        "value.elm.ease": "5~why",
        "load": "little",
        "importance.ease": "dont-know",
    }

    answers, notices = parse_answers(CATALOG, raw)

    assert notices == ()
    assert list(answers.items()) == [
        ("load", "little"),
        ("importance.ease", "dont-know"),
        ("importance.speed", "lot"),
        ("value.elm.ease", "5~why"),
        ("value.oak.speed", "70"),
    ]
    assert parse_answers(CATALOG, answers) == (answers, ())


@pytest.mark.parametrize(
    ("raw", "notice"),
    [
        (
            {"value.oak.speed": "fast"},
            "“Oak, Speed”: The value has to be a whole number from 0 to 100. It was left out.",
        ),
        ({"value.oak.beauty": "5"}, "We have no value called “value.oak.beauty”. It was left out."),
        ({"value.rubus.speed": "5"}, "We have no value called “value.rubus.speed”."),
        ({"value.oak.speed": None}, "“Oak, Speed”: a NoneType is no value."),
        ({"value.oak.speed": ["80"]}, "“Oak, Speed”: a list is no value."),
        ({"value.oak.speed": 80}, "“Oak, Speed”: a int is no value."),
        ({"importance.beauty": "lot"}, "We have no question called “importance.beauty”"),
        ({"importance.speed": "must"}, "“Importance of Speed” has no answer called “must”"),
        ({"importance.speed": "80"}, "“Importance of Speed” has no answer called “80”"),
        ({"importance.": "lot"}, "We have no question called “importance.”"),
    ],
)
def test_what_is_wrong_is_left_out_with_a_sentence(raw: dict[str, object], notice: str) -> None:
    answers, notices = parse_answers(CATALOG, raw | {"load": "lot"})  # type: ignore[arg-type]

    assert answers == {"load": "lot"}
    assert len(notices) == 1
    assert notice in notices[0]


@given(
    st.dictionaries(
        st.one_of(
            st.text(max_size=12),
            st.builds("value.{}.{}".format, st.sampled_from(["oak", "", "x" * 99]), st.text()),
            st.sampled_from(["value.oak.speed", "value.elm.ease", "importance.speed"]),
        ),
        st.one_of(st.none(), st.integers(), st.text(), st.builds("{}~{}".format, WHOLE, st.text())),
    )
)
def test_hostile_names_and_values_never_raise_and_never_stay(raw: dict[str, object]) -> None:
    answers, notices = parse_answers(CATALOG, raw)  # type: ignore[arg-type]

    assert parse_answers(CATALOG, answers) == (answers, ())
    assert all(len(notice) < 300 and notice.isprintable() for notice in notices)
    evaluate(CATALOG, TABLE, answers)


def test_a_value_is_set_changed_and_taken_back() -> None:
    one = with_answer(CATALOG, {"load": "lot"}, "value.oak.speed", "080~ why ")
    assert one == {"load": "lot", "value.oak.speed": "80~why"}
    two = with_answer(CATALOG, one, "value.oak.speed", "7")
    assert two == {"load": "lot", "value.oak.speed": "7"}
    assert with_answer(CATALOG, two, "value.oak.speed", "") == {"load": "lot"}
    assert with_answer(CATALOG, two, "value.ash.speed", "") == two

    with pytest.raises(UnknownAnswerError, match="whole number from 0 to 100"):
        with_answer(CATALOG, two, "value.oak.speed", "many")
    with pytest.raises(UnknownAnswerError, match="no value called"):
        with_answer(CATALOG, two, "value.ash.speed", "3")


def test_there_may_be_forty_and_not_one_more() -> None:
    catalog = catalog_of_values({f"a{i:02}": {"x": 1} for i in range(MOST_OVERRIDES + 2)})
    raw = {override_id(f"a{i:02}", "x"): "5" for i in range(MOST_OVERRIDES + 1)}

    answers, notices = parse_answers(catalog, raw)

    assert len(answers) == MOST_OVERRIDES
    assert notices == ("“A40, X”: at most 40 values can be your own. It was left out.",)
    with pytest.raises(UnknownAnswerError, match="at most 40"):
        with_answer(catalog, answers, "value.a41.x", "5")
    # One that is already there can still be changed.
    assert with_answer(catalog, answers, "value.a07.x", "9")["value.a07.x"] == "9"


def test_all_reasons_together_fit_into_a_link() -> None:
    catalog = catalog_of_values({f"a{i:02}": {"x": 1} for i in range(MOST_OVERRIDES)})
    long = override_answer("5", "語" * LONGEST_REASON)
    raw = {override_id(f"a{i:02}", "x"): long for i in range(MOST_OVERRIDES)}

    answers, notices = parse_answers(catalog, raw)

    assert 0 < len(answers) < MOST_OVERRIDES
    assert reasons_in_link(answers) <= LONGEST_REASONS_IN_LINK
    assert "too long for a link" in notices[0]
    assert parse_answers(catalog, answers) == (answers, ())


# Laid over the table


def test_without_own_values_the_table_is_the_very_same() -> None:
    assert overridden(TABLE, {"load": "lot", "importance.speed": "none"}) is TABLE


def test_an_own_value_is_known_certain_and_keeps_ours() -> None:
    laid = overridden(TABLE, {"value.fir.ease": "90~we know it", "value.oak.speed": "0"})

    cell = laid.cells["fir"]["ease"]
    assert (cell.value, cell.is_known, cell.half_width, cell.grade) == (90.0, True, 0.0, None)
    assert cell.replaces is TABLE.cells["fir"]["ease"]
    assert cell.reason == "we know it"
    for slug, row in laid.cells.items():
        for criterion, found in row.items():
            assert laid.values.loc[slug, criterion] == found.value
            assert laid.is_known.loc[slug, criterion] == found.is_known
            assert laid.half_widths.loc[slug, criterion] == found.half_width
            if (slug, criterion) not in {("fir", "ease"), ("oak", "speed")}:
                assert found is TABLE.cells[slug][criterion]
    # The catalog's own table stays as it was.
    assert TABLE.values.loc["oak", "speed"] == 20
    assert not TABLE.is_known.loc["fir", "ease"]


def test_an_own_value_counts_towards_coverage() -> None:
    answers = {"comfort": "lot", "load": "none", "use": "mixed"}
    fir = {r.slug: r for r in evaluate(CATALOG, TABLE, answers).ranking}["fir"]
    assert (fir.coverage, fir.has_thin_evidence, fir.score) == (0, True, 50)

    fir = {
        r.slug: r for r in evaluate(CATALOG, TABLE, {**answers, "value.fir.ease": "90"}).ranking
    }["fir"]
    assert (fir.coverage, fir.has_thin_evidence, fir.score) == (1, False, 90)


def test_an_own_value_of_somebody_who_is_out_changes_nothing() -> None:
    answers = {"load": "must"}  # only elm and fir run async handlers
    before = evaluate(CATALOG, TABLE, answers)
    after = evaluate(CATALOG, TABLE, {**answers, "value.oak.speed": "100"})

    assert score_of(after) == score_of(before)
    assert {e.slug for e in after.excluded} == {e.slug for e in before.excluded}


# Laws


@given(ROWS, ANSWERS, st.sampled_from(CRITERIA), WHOLE, WHOLE)
def test_a_higher_own_value_never_lowers_the_score_and_leaves_the_others_alone(
    rows: Rows, answers: Mapping[str, str], criterion: str, one: int, other: int
) -> None:
    catalog = catalog_of_values(rows)
    table = value_table(catalog)
    name = override_id("a0", criterion)
    low, high = sorted((one, other))
    before = score_of(evaluate(catalog, table, answers))
    lower = score_of(evaluate(catalog, table, {**answers, name: str(low)}))
    higher = score_of(evaluate(catalog, table, {**answers, name: str(high)}))

    assert higher["a0"] >= lower["a0"]
    for slug in before.keys() - {"a0"}:
        assert lower[slug] == higher[slug] == before[slug]


@given(ROWS, ANSWERS, st.sampled_from(CRITERIA), WHOLE)
def test_an_own_value_judges_as_if_the_fact_were_so(
    rows: Rows, answers: Mapping[str, str], criterion: str, value: int
) -> None:
    catalog = catalog_of_values(rows)
    as_fact = catalog_of_values({**rows, "a0": {**rows["a0"], criterion: value}})
    name = override_id("a0", criterion)

    own = evaluate(catalog, value_table(catalog), {**answers, name: str(value)})
    fact = evaluate(as_fact, value_table(as_fact), answers)

    assert score_of(own) == score_of(fact)
    assert own.winner == fact.winner
    for one, other in zip(own.ranking, fact.ranking, strict=True):
        assert (one.slug, one.rank, one.dominated_by) == (
            other.slug,
            other.rank,
            other.dominated_by,
        )
        assert one.coverage == pytest.approx(other.coverage)
    assert own.non_separating == fact.non_separating


@given(ROWS, ANSWERS, st.sampled_from(CRITERIA), WHOLE, st.text(max_size=40))
def test_a_reason_never_counts(
    rows: Rows, answers: Mapping[str, str], criterion: str, value: int, reason: str
) -> None:
    catalog = catalog_of_values(rows)
    table = value_table(catalog)
    name = override_id("a0", criterion)
    try:
        text = override_answer(str(value), reason)
    except OverrideError:
        return

    with_reason = evaluate(catalog, table, {**answers, name: text})
    without = evaluate(catalog, table, {**answers, name: str(value)})

    assert with_reason.ranking == without.ranking
