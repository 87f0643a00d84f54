"""The Evidence page's states: what a visitor and a link ask for, and what nobody may ask."""

from __future__ import annotations

from typing import Any

import pytest
import reflex as rx
from hypothesis import given, settings
from hypothesis import strategies as st
from reflex.istate.data import RouterData

from framework_picker.catalog.current import get_ledger
from framework_picker.domain.claim_sentence import LONGEST_SENTENCE
from framework_picker.state.claim_check import (
    ANSWER_WORDS,
    NO_CHECK,
    ClaimCheckState,
    check_view,
    comparison_in,
)
from framework_picker.state.evidence import (
    CLAIMS_PER_PAGE,
    NO_CLAIM,
    NO_VIEW,
    EvidenceState,
    Wanted,
    article_lines,
    claim_line,
    default_view,
    ledger_view,
    subject_lines,
    wanted_in,
)
from tests.state.test_hostile_events import HOSTILE

ADDRESS = "/evidence/"


@pytest.fixture
async def evidence(root_state: rx.State) -> EvidenceState:
    """The claims shown to a new visitor."""
    return await root_state.get_state(EvidenceState)


@pytest.fixture
async def checker(root_state: rx.State) -> ClaimCheckState:
    """The claim checker of a new visitor."""
    return await root_state.get_state(ClaimCheckState)


def open_at(state: rx.State, address: str) -> None:
    """Put an address into a session, as the browser does."""
    root: Any = state.get_root_state()
    root.router = RouterData.from_router_data(
        {"pathname": address.partition("?")[0], "asPath": address}
    )


def ids(state: EvidenceState) -> list[str]:
    """The claims on the screen."""
    view = state.view if state.is_own else default_view()
    return [claim.id for claim in view.claims]


def test_the_page_itself_holds_the_first_claims_and_the_state_none(
    evidence: EvidenceState,
) -> None:
    assert not evidence.is_own
    assert evidence.view == NO_VIEW
    assert evidence.claim == NO_CLAIM
    assert len(ids(evidence)) == CLAIMS_PER_PAGE
    assert default_view().shown == "1 to 20 of 259 claims"


def test_narrowing_shows_fewer_claims_and_the_address_follows(evidence: EvidenceState) -> None:
    evidence.narrow("framework", "flask")
    evidence.narrow("verdict", "contradicted")
    evidence.search_claims("  async ")

    assert evidence.query == "q=async&framework=flask&verdict=contradicted"
    assert set(ids(evidence)) >= {"C069", "C070"}
    assert evidence.view.is_narrowed

    evidence.narrow("framework", "")
    evidence.clear_filter()
    assert (evidence.query, evidence.is_own) == ("", False)


def test_a_link_restores_what_was_shown(evidence: EvidenceState) -> None:
    evidence.narrow("topic", "adoption")
    evidence.narrow("source", "tech-insider")
    evidence.narrow("topic", "")
    evidence.turn_to(2)
    shown, query = ids(evidence), evidence.query
    evidence.clear_filter()

    open_at(evidence, f"{ADDRESS}?{query}")
    evidence.open_page()

    assert query == "source=tech-insider&page=2"
    assert (ids(evidence), evidence.query, evidence.notices) == (shown, query, [])


def test_each_count_is_what_the_choice_shows(evidence: EvidenceState) -> None:
    evidence.narrow("framework", "django")
    for option in evidence.view.topics:
        chosen = (("framework", "django"), ("topic", option.value))
        pages = ledger_view(Wanted("", chosen)).pages
        shown = [ledger_view(Wanted("", chosen, page)).claims for page in range(1, pages + 1)]
        assert option.count == sum(map(len, shown)), option


def test_pages_hold_every_claim_once(evidence: EvidenceState) -> None:
    seen: list[str] = []
    for page in range(1, default_view().pages + 1):
        evidence.turn_to(page)
        seen += ids(evidence)

    assert sorted(seen) == sorted(get_ledger().claims)


def test_turning_the_page_takes_the_focus_to_the_list(evidence: EvidenceState) -> None:
    assert evidence.turn_to(2) is not None
    assert evidence.turn_to(99) is None
    assert evidence.page_number == 2


def test_a_new_filter_starts_at_the_first_page(evidence: EvidenceState) -> None:
    evidence.turn_to(3)
    evidence.narrow("framework", "django")

    assert evidence.page_number == 1


def test_nothing_fits_is_said(evidence: EvidenceState) -> None:
    evidence.search_claims("zebra")

    assert (evidence.view.claims, evidence.view.shown) == ([], "None of 259 claims")


@pytest.mark.parametrize(
    ("query", "kept", "dropped"),
    [
        ("framework=zope", "", "framework=zope"),
        ("framework=flask&verdict=maybe", "framework=flask", "verdict=maybe"),
        ("page=99", "", "page=99"),
        ("page=-1", "", "page=-1"),
        ("page=٣", "", "page="),
        ("source=001_597d124d9f775a91.txt", "", "source=001_597d124d9f775a91"),
        ("q=" + "x" * 100, "", "q=xxx"),
        ("verdict=holds%00%3Cscript%3E", "", "verdict=holds"),
    ],
)
def test_what_a_link_asks_for_in_vain_is_named(
    evidence: EvidenceState, query: str, kept: str, dropped: str
) -> None:
    open_at(evidence, f"{ADDRESS}?{query}")
    evidence.open_page()

    assert evidence.query == kept
    assert len(evidence.notices) == 1
    assert dropped in evidence.notices[0]


def test_a_link_of_another_part_of_the_page_brings_no_notice(evidence: EvidenceState) -> None:
    open_at(evidence, f"{ADDRESS}?check=Flask+is+faster+than+Django&utm_source=mail")
    evidence.open_page()

    assert (evidence.query, evidence.notices) == ("", [])


@given(st.text(max_size=200))
@settings(max_examples=80)
def test_no_query_breaks_the_page(query: str) -> None:
    wanted, notices = wanted_in(query)

    assert ledger_view(wanted).pages >= 1
    assert all(len(notice) < 400 for notice in notices)


@pytest.mark.parametrize(
    ("path", "claim"),
    [
        ("/evidence/C069/", "C069"),
        ("/evidence/C069", "C069"),
        ("/evidence/c69/", "C069"),
        ("/evidence/C999/", ""),
        ("/evidence/%3Cscript%3E/", ""),
        ("/evidence/" + "C" * 5_000, ""),
    ],
)
def test_a_claims_own_address_opens_it(evidence: EvidenceState, path: str, claim: str) -> None:
    open_at(evidence, path)
    evidence.open_claim()

    assert evidence.is_open
    assert evidence.claim.id == claim
    assert len(evidence.asked) <= 30


def test_every_claim_can_be_shown_with_links_that_lead_somewhere() -> None:
    ledger = get_ledger()
    addresses = {f"/evidence/{name}/" for name in ledger.claims}
    for claim in ledger.claims.values():
        line = claim_line(ledger, claim)
        assert line.href in addresses
        assert {one.href for one in line.related} <= addresses
        assert line.evidence
        assert line.note
        assert line.words


def test_every_claim_says_related_claims_both_ways() -> None:
    ledger = get_ledger()
    for claim in ledger.claims.values():
        for other in claim_line(ledger, claim).related:
            back = claim_line(ledger, ledger.claims[other.id]).related
            assert claim.id in {one.id for one in back}


def test_the_bars_add_up_and_the_vendor_is_marked() -> None:
    lines = article_lines(get_ledger())

    for line in lines:
        assert sum(part.count for part in line.parts) == line.total
    assert max(sum(float(p.width.rstrip("%")) for p in line.parts) for line in lines) == (
        pytest.approx(100, abs=0.1)
    )
    assert [line.slug for line in lines if line.is_vendor] == ["reflex"]


def test_every_dispute_shows_a_date_per_line_and_a_source_where_it_is_settled() -> None:
    for subject in subject_lines(get_ledger()):
        for dispute in subject.disputes:
            assert all(line.date and line.source for line in dispute.says)
            if dispute.settled:
                assert dispute.settled_on
                assert dispute.by or dispute.sources


# -- the claim checker


def test_a_sentence_is_answered_and_the_address_restores_it(checker: ClaimCheckState) -> None:
    checker.ask({"sentence": " FastAPI is 3x faster than Flask "})

    assert checker.view.words == "Only for some"
    assert checker.view.published
    assert checker.query == "check=FastAPI+is+3x+faster+than+Flask"

    answer, query = checker.view, checker.query
    checker.forget()
    assert checker.view == NO_CHECK
    open_at(checker, f"{ADDRESS}?{query}")
    checker.open_page()
    assert checker.view == answer


def test_the_form_makes_the_sentence(checker: ClaimCheckState) -> None:
    form = {
        "one": "flask",
        "relation": "faster",
        "other": "django",
        "amount": "40",
        "unit": "percent",
        "workload": "json",
    }
    checker.ask_in_parts(form)

    assert checker.sentence == "Flask is 40 % faster than Django at JSON"
    view = checker.view
    checker.ask({"sentence": checker.sentence})
    assert checker.view == view != NO_CHECK


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"other": "flask"}, "two different"),
        ({"amount": "many"}, "as a number"),
        ({"amount": "1e9"}, "as a number"),
        ({"amount": "-3"}, "as a number"),
        ({"amount": "٣"}, "as a number"),
        ({"amount": "0"}, "must lie between"),
        ({"unit": "years"}, "Only ages"),
        ({"relation": "older", "unit": "times"}, "in years"),
        ({"relation": "smaller", "workload": "json"}, "only matters for speed"),
        ({"relation": "slower", "unit": "percent", "amount": "150"}, "less by 100 %"),
        ({"relation": "__class__"}, "again"),
        ({"one": "zope"}, "again"),
        ({"workload": "x" * 100_000}, "again"),
        ({"one": ["flask"]}, "again"),
        ({"unit": {"a": 1}}, "again"),
    ],
)
def test_a_form_that_makes_no_sense_says_why(
    checker: ClaimCheckState, changes: dict[str, object], problem: str
) -> None:
    form: dict[str, object] = {
        "one": "flask",
        "relation": "faster",
        "other": "django",
        "amount": "2",
        "unit": "times",
        "workload": "",
    }
    checker.ask_in_parts(form | changes)

    assert problem in checker.form_problem
    assert checker.sentence == ""
    assert comparison_in(form | changes)[0] is None


def test_every_prepared_claim_is_answered(checker: ClaimCheckState) -> None:
    for example in get_ledger().examples:
        checker.ask_example(example.sentence)
        assert checker.view.words in ANSWER_WORDS.values(), example
        assert example.sentence == checker.sentence

    checker.ask_example("Flask is faster than light")
    assert checker.sentence == get_ledger().examples[-1].sentence


def test_what_is_not_understood_is_said_and_a_judgement_leads_to_the_ledger(
    checker: ClaimCheckState,
) -> None:
    checker.ask({"sentence": "Flask is easier than Django"})

    assert (checker.view.answer, checker.view.topic) == ("", "learning")
    assert "judgement" in checker.view.problem


def test_a_sentence_that_is_too_long_is_cut_and_refused(checker: ClaimCheckState) -> None:
    checker.ask({"sentence": "Flask " * 10_000})

    assert len(checker.sentence) == LONGEST_SENTENCE + 1
    assert "longer than" in checker.view.problem
    assert len(checker.query) < 2_000


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_value_changes_nothing(
    evidence: EvidenceState, checker: ClaimCheckState, value: object
) -> None:
    handlers = EvidenceState.event_handlers
    before = (evidence.query, checker.sentence)
    if not isinstance(value, str):
        handlers["search_claims"].fn(evidence, value)
    handlers["narrow"].fn(evidence, value, value)
    handlers["narrow"].fn(evidence, "framework", value)
    evidence.chosen.pop("framework", None)  # "" takes a filter away
    handlers["turn_to"].fn(evidence, value)
    of_checker = ClaimCheckState.event_handlers
    of_checker["ask"].fn(checker, value)
    of_checker["ask"].fn(checker, {"sentence": value} if not isinstance(value, str) else {})
    of_checker["ask_example"].fn(checker, value)
    of_checker["ask_in_parts"].fn(checker, value)
    of_checker["ask_in_parts"].fn(checker, {"one": value, "other": value, "relation": value})

    assert (evidence.query, checker.sentence) == before


@pytest.mark.parametrize("value", [v for v in HOSTILE if isinstance(v, str)])
def test_a_hostile_sentence_is_shown_as_text_or_refused(
    checker: ClaimCheckState, value: str
) -> None:
    checker.ask({"sentence": value})

    assert checker.view.answer == ""
    assert len(checker.sentence) <= LONGEST_SENTENCE + 1
    assert checker.view == (check_view(checker.sentence) if checker.sentence else NO_CHECK)


def test_half_a_character_breaks_no_address(
    evidence: EvidenceState, checker: ClaimCheckState
) -> None:
    half = "Flask \ud800 is faster than Django"

    evidence.search_claims(half)
    checker.ask({"sentence": half})

    assert evidence.query == ""
    assert checker.query.startswith("check=Flask")
    assert checker.query.isascii()


def test_what_a_link_asks_for_and_the_page_does_not_know_is_said() -> None:
    wanted, notices = wanted_in("frameworks=flask&check=x&q=\u202eabc")

    assert wanted == Wanted()
    assert len(notices) == 1
    assert "“frameworks=flask”" in notices[0]
    assert "“q=?abc”" in notices[0]
    assert "check" not in notices[0]


def test_an_amount_is_read_as_in_a_sentence() -> None:
    parts = {"one": "fastapi", "other": "flask", "relation": "faster", "unit": "times"}

    found, problem = comparison_in(parts | {"amount": "1,000"})

    assert problem == ""
    assert found is not None
    assert found.amount == 1000
    assert comparison_in(parts | {"amount": "three"})[1].startswith("Write the amount")
    assert "years" in comparison_in(parts | {"amount": "1", "unit": "years"})[1]
