"""Must-haves: yes, no, unknown; who is out; what to give up."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.domain.errors import RuleError
from framework_picker.domain.model import Rule
from framework_picker.domain.must_haves import (
    Support,
    filtering,
    is_strict,
    relaxations,
    required,
    support,
)
from tests.domain.catalogs import alternative, capability, small_catalog

CATALOG = small_catalog()
FRAMEWORK = alternative(
    "oak",
    facts={"async": "native", "ui": False, "versions": ("3.11", "3.12"), "size": 3},
    capabilities={
        "admin": capability("third-party", is_stale=True),
        "orm": capability("official-extension", is_partial=True),
        "csrf": "none",
    },
)
YES = Rule(fact="async", one_of=("native",))
NO = Rule(fact="async", one_of=("none",))
UNKNOWN = Rule(fact="licence", one_of=("MIT",))
RULE_OF: dict[Support, Rule] = {True: YES, False: NO, None: UNKNOWN}


def test_facts_are_compared_as_words() -> None:
    assert support(FRAMEWORK, YES) is True
    assert support(FRAMEWORK, NO) is False
    assert support(FRAMEWORK, Rule(fact="ui", one_of=("no",))) is True
    assert support(FRAMEWORK, Rule(fact="ui", one_of=("yes",))) is False
    assert support(FRAMEWORK, Rule(fact="size", one_of=("3",))) is True


def test_one_of_several_values_is_enough() -> None:
    assert support(FRAMEWORK, Rule(fact="versions", one_of=("3.12",))) is True
    assert support(FRAMEWORK, Rule(fact="versions", one_of=("3.13",))) is False


def test_a_missing_fact_is_unknown_never_no() -> None:
    assert support(FRAMEWORK, UNKNOWN) is None
    assert support(FRAMEWORK, Rule(capability="caching", one_of=("built-in",))) is None


def test_partial_and_stale_states_count_only_when_listed() -> None:
    fresh = ("built-in", "official-extension", "third-party")

    assert support(FRAMEWORK, Rule(capability="admin", one_of=fresh)) is False
    assert support(FRAMEWORK, Rule(capability="orm", one_of=fresh)) is False
    assert support(FRAMEWORK, Rule(capability="admin", one_of=("third-party-stale",))) is True
    assert (
        support(FRAMEWORK, Rule(capability="orm", one_of=("official-extension-partial",))) is True
    )
    assert support(FRAMEWORK, Rule(capability="csrf", one_of=fresh)) is False


@pytest.mark.parametrize(("a", "b"), list(product([True, False, None], repeat=2)))
def test_all_and_any_follow_kleenes_table(a: Support, b: Support) -> None:
    number: dict[Support, float] = {True: 1, None: 0.5, False: 0}
    both = support(FRAMEWORK, Rule(all_of=(RULE_OF[a], RULE_OF[b])))
    either = support(FRAMEWORK, Rule(any_of=(RULE_OF[a], RULE_OF[b])))

    assert number[both] == min(number[a], number[b])
    assert number[either] == max(number[a], number[b])


@pytest.mark.parametrize(
    "rule",
    [
        Rule(),
        Rule(fact="async"),
        Rule(capability="admin"),
        Rule(fact="async", capability="admin", one_of=("native",)),
        Rule(fact="async", one_of=("native",), any_of=(YES,)),
    ],
)
def test_a_rule_that_asks_nothing_or_two_things_is_refused(rule: Rule) -> None:
    with pytest.raises(RuleError):
        support(FRAMEWORK, rule)


def test_the_answers_say_which_must_haves_are_required_and_why() -> None:
    needed = required(CATALOG, {"use": "site", "load": "must", "comfort": "lot"})

    assert [(m, [(r.question, r.option) for r in rs]) for m, rs in needed.items()] == [
        ("shows-pages", [("use", "site")]),
        ("is-async", [("load", "must")]),
    ]


def test_a_switch_waives_a_must_have() -> None:
    assert required(CATALOG, {"use": "site", "others": "show"}) == {}


def test_open_questions_require_nothing() -> None:
    assert required(CATALOG, {}) == {}
    assert required(CATALOG, {"load": "dont-know", "use": "dont-know"}) == {}


def test_strict_is_a_switch_that_is_off_by_default() -> None:
    assert not is_strict({})
    assert is_strict({"strict": "yes"})


def test_a_must_have_that_is_not_required_excludes_nobody() -> None:
    found = filtering([[True, False], [False, False]], [True, False])

    assert (found.survivors, found.violations, found.relaxations) == ((0,), (0, 1), ())


def test_unknown_is_kept_and_marked_unless_strict() -> None:
    rows: list[list[Support]] = [[True, None], [None, False], [True, True]]

    lenient, strict = filtering(rows, [True, True]), filtering(rows, [True, True], strict=True)

    assert (lenient.survivors, lenient.unverified) == ((0, 2), (0,))
    assert (strict.survivors, strict.unverified) == ((2,), ())


def test_nobody_at_all_needs_no_relaxation() -> None:
    found = filtering([], [True])

    assert (found.survivors, found.nearest, found.relaxations) == ((), (), ())


@pytest.mark.parametrize("rows", [[[True]], [[True, "yes"]], [[True, 1]]])
def test_rows_that_do_not_fit_are_refused(rows: list[list[bool]]) -> None:
    with pytest.raises(RuleError, match="row 1"):
        filtering(rows, [True, True])


ROWS = st.lists(
    st.lists(st.sampled_from([True, False, None]), min_size=4, max_size=4), min_size=1, max_size=6
)


@given(ROWS, st.lists(st.booleans(), min_size=4, max_size=4), st.booleans())
def test_giving_up_a_relaxation_brings_somebody_back_and_nothing_smaller_does(
    rows: list[list[Support]], is_required: list[bool], strict: bool
) -> None:
    found = relaxations(rows, is_required, strict=strict)
    everyone_is_out = not filtering(rows, is_required, strict=strict).survivors

    assert bool(found) == everyone_is_out
    assert list(found) == sorted(set(found))
    for given_up in found:
        kept = [flag and column not in given_up for column, flag in enumerate(is_required)]
        assert filtering(rows, kept, strict=strict).survivors
        for column in given_up:
            fewer = [flag or column == position for position, flag in enumerate(kept)]
            assert not filtering(rows, fewer, strict=strict).survivors
    assert len({len(given_up) for given_up in found}) <= 1


@given(ROWS, st.lists(st.booleans(), min_size=4, max_size=4))
def test_being_strict_never_brings_anybody_in(
    rows: list[list[Support]], is_required: list[bool]
) -> None:
    lenient = filtering(rows, is_required)
    strict = filtering(rows, is_required, strict=True)

    assert set(strict.survivors) == set(lenient.survivors) - set(lenient.unverified)
