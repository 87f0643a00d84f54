"""Files and paper: what is downloaded or printed has the numbers of the page."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from framework_picker.components.export_list import PICTURES, TEXTS
from tests.e2e.test_phone import PHONE
from tests.e2e.visitor import download, visit

pytestmark = pytest.mark.browser

RESULT = "/result/?use=api&async=decisive"


def _download(page: Page, name: str) -> Path:
    return Path(download(page.get_by_role("link", name=name, exact=True)).path())


@pytest.mark.parametrize("screen", [{"width": 1280, "height": 800}, PHONE], ids=["wide", "phone"])
def test_every_file_of_a_result_can_be_downloaded(
    new_visitor: Callable[..., Page], screen: dict[str, int]
) -> None:
    page = new_visitor(viewport=screen)
    visit(page, RESULT)
    expect(page.get_by_role("heading", name="Take it with you")).to_be_visible()
    record = _download(page, TEXTS[0][1]).read_text(encoding="utf-8")
    complete = json.loads(_download(page, TEXTS[3][1]).read_text(encoding="utf-8"))
    rows = list(csv.DictReader(_download(page, TEXTS[2][1]).read_text("utf-8").splitlines()))
    heading = page.locator("h1").inner_text()
    winner = complete["evaluation"]["ranking"][0]
    assert winner["name"] in heading
    assert f"Chosen option: {winner['name']}" in record
    assert rows[0]["framework"] == winner["name"]
    assert float(rows[0]["score"]) == winner["score"]
    assert complete["address"] == page.url
    for _, label in PICTURES:
        assert _download(page, f"{label}, as PNG").read_bytes()[:4] == b"\x89PNG"
        assert _download(page, f"{label}, as SVG").read_text("utf-8").startswith("<?xml")


def test_the_file_has_the_scores_of_the_page(page: Page) -> None:
    visit(page, RESULT)
    complete = json.loads(_download(page, TEXTS[3][1]).read_text(encoding="utf-8"))
    page.locator("main").get_by_text("The ranking", exact=True).first.wait_for()
    shown = page.locator("main").inner_text()
    for row in complete["evaluation"]["ranking"][:3]:
        assert row["name"] in shown
        assert re.search(rf"\b{row['score']:.0f}\b", shown)


def test_paper_shows_what_is_folded_and_says_where_it_came_from(page: Page) -> None:
    visit(page, RESULT)
    expect(page.get_by_role("heading", name="Take it with you")).to_be_visible()
    folded = page.locator("main details:not([open])").first
    inside = folded.locator(":scope > :not(summary)").first
    expect(inside).to_be_hidden()
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(inside).to_be_visible()
    expect(page.get_by_role("button", name="Save decision")).to_be_hidden()
    expect(page.locator("header nav")).to_be_hidden()
    footer = page.locator("footer").inner_text()
    assert page.url in footer
    assert datetime.now(UTC).strftime("%Y-") in footer
    assert "version " in footer
