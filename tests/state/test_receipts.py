"""The receipt that is open: asked for by its id, sent when asked for, gone when closed."""

from __future__ import annotations

import pytest
import reflex as rx

from framework_picker.catalog.current import get_catalog
from framework_picker.settings import settings_from
from framework_picker.state import receipts
from framework_picker.state.answers import AnswersState
from framework_picker.state.receipts import NOTHING, ReceiptState, shown_receipt
from tests.state.conftest import NewSession, OpenPage

# Reflex evaluates async vars to print a state, and leaves them unawaited.
pytestmark = pytest.mark.filterwarnings("ignore:coroutine .AsyncComputedVar")

STARS, ADMIN = "fact:stars:flask", "capability:admin:flask"


@pytest.fixture
async def sheet(root_state: rx.State) -> ReceiptState:
    """The sheet of a new session."""
    return await root_state.get_state(ReceiptState)


async def test_nothing_is_sent_until_a_receipt_is_opened(sheet: ReceiptState) -> None:
    assert await sheet.shown is NOTHING

    await sheet.open_receipt(STARS, "")
    shown = await sheet.shown
    assert shown.receipt.subject == "GitHub stars, Flask"
    assert shown.receipt.is_whole
    assert sheet.revision == 1

    sheet.close_receipt()
    assert await sheet.shown is NOTHING


async def test_a_receipt_opened_from_another_leads_back_to_it(sheet: ReceiptState) -> None:
    await sheet.open_receipt("score:django", "")
    await sheet.open_receipt("criterion:hiring:django", "")
    await sheet.open_receipt("fact:stars:django", "")
    assert (await sheet.shown).can_go_back

    sheet.go_back()
    assert sheet.opened == "criterion:hiring:django"
    sheet.go_back()
    assert sheet.opened == "score:django"
    assert not (await sheet.shown).can_go_back
    sheet.go_back()
    assert sheet.opened == "score:django"


@pytest.mark.parametrize("receipt_id", ["", "fact:stars:nobody", None, 7, ["a"], "x" * 10_000])
async def test_what_is_no_receipt_changes_nothing(sheet: ReceiptState, receipt_id: object) -> None:
    await sheet.open_receipt(STARS, "")
    await ReceiptState.event_handlers["open_receipt"].fn(sheet, receipt_id, "")

    assert (sheet.opened, sheet.revision) == (STARS, 1)


async def test_a_score_is_that_of_the_answers_on_the_page(
    answers: AnswersState, sheet: ReceiptState, open_page: OpenPage
) -> None:
    open_page(answers, "/result/?use=site&admin=lot")
    await sheet.open_receipt("score:django", answers.saved)
    before = await sheet.shown

    answers.choose_option("people", answers.saved, "decisive")
    after = await sheet.shown

    assert before.receipt.reading != after.receipt.reading
    assert {line.label for line in after.lines} >= {"Hiring", "Admin pages"}


async def test_a_session_that_was_lost_knows_the_answers_again(
    answers: AnswersState, open_page: OpenPage, new_session: NewSession
) -> None:
    open_page(answers, "/result/?use=site&people=decisive")
    wanted = shown_receipt("score:django", dict(answers.answers))

    lost = await new_session()
    sheet = await lost.get_state(ReceiptState)
    await sheet.open_receipt("score:django", answers.saved)

    assert (await sheet.shown).receipt == wanted.receipt


async def test_a_value_that_the_visitor_replaced_says_so() -> None:
    own = {"use": "site", "value.django.learning": "90"}
    shown = shown_receipt("criterion:learning:django", own)

    assert shown.receipt.reading == "90 of 100, your value"
    assert shown.receipt.note
    assert all(part.sources for part in shown.parts)


@pytest.mark.parametrize(
    "points",
    [[], None, "x", [None], [{}], [{"x": None}], [{"x": "2026-08-01' OR"}], [{"x": 5}], {"x": 1}],
)
async def test_a_click_beside_the_points_opens_nothing(sheet: ReceiptState, points: object) -> None:
    ReceiptState.event_handlers["open_point"].fn(sheet, "stars", "django", points)

    assert sheet.opened == ""


async def test_a_point_of_a_chart_opens_its_reading(sheet: ReceiptState) -> None:
    on = get_catalog().alternatives["django"].facts["stars"].as_of.isoformat()
    sheet.open_point("stars", "django", [{"x": f"{on} 00:00", "y": 1}])

    assert sheet.opened == f"reading:stars:{on}:django"
    assert (await sheet.shown).receipt.sources[0].href.startswith("https://github.com/")


def test_the_tracker_is_linked_only_where_one_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_receipt(STARS, {}).tracker == ""

    address = "https://example.org/project/issues"
    settings = settings_from({"FRAMEWORK_PICKER_ISSUES": f" {address} "})
    monkeypatch.setattr(receipts, "get_issue_tracker", lambda: settings.issues)
    assert shown_receipt(STARS, {}).tracker == address
    assert "Field: GitHub stars (fact:stars:flask)" in shown_receipt(STARS, {}).correction


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "javascript:alert(1)",
        "//example.org",
        "example.org/issues",
        "https://",
        "https://user:word@example.org",
        'https://example.org/"><script>',
        "https://example.org/a b",
        "https://example.org/\nx",
    ],
)
def test_a_tracker_that_is_no_https_address_stops_the_start(address: str) -> None:
    with pytest.raises(ValueError, match="FRAMEWORK_PICKER_ISSUES: expected an address"):
        settings_from({"FRAMEWORK_PICKER_ISSUES": address})


def test_what_is_computed_from_ones_own_answers_has_nothing_to_correct() -> None:
    assert shown_receipt("score:django", {}).correction == ""
    assert shown_receipt("criterion:hiring:django", {}).correction != ""
    assert shown_receipt(ADMIN, {}).correction != ""
