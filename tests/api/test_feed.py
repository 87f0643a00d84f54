"""The Atom feed: what RFC 4287 demands, whatever the change log holds."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from framework_picker import routes
from framework_picker.api import feed
from framework_picker.api.feed import atom, data_feed
from framework_picker.catalog.changes import ChangeEntry, change_entries

ATOM = "{http://www.w3.org/2005/Atom}"
BEGINNING = datetime(2026, 11, 20, tzinfo=UTC)
LOG = """
## 2026-12-01 08:30 UTC

- Flask: Newest release 3.1.3 → 3.2.0 <script>alert("x")</script> & more
- Run `data check`

Recommendations: 1 use case of 13 moved.

- Data app: Dash in first place

## 2026-11-20

Nothing was new,
and that in two lines.
"""


def document(entries: tuple[ChangeEntry, ...]) -> ElementTree.Element:
    """The feed of these entries, parsed."""
    body = atom(
        entries,
        address="https://picker.example.org/data.atom",
        site="https://picker.example.org/",
        without_entries=BEGINNING,
    )
    return ElementTree.fromstring(body)


def text(element: ElementTree.Element, name: str) -> str:
    """The text of the one child of this name."""
    [found] = element.findall(f"{ATOM}{name}")
    return found.text or ""


def check_rules(root: ElementTree.Element) -> None:
    """What RFC 4287 demands of a feed (4.1.1) and of its entries (4.1.2)."""
    assert root.tag == f"{ATOM}feed"
    assert text(root, "id").startswith("urn:uuid:")
    assert text(root, "title")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text(root, "updated"))
    [author] = root.findall(f"{ATOM}author")
    assert text(author, "name")
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")] == ["self", "alternate"]
    ids = []
    for entry in root.findall(f"{ATOM}entry"):
        ids.append(text(entry, "id"))
        assert text(entry, "title")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text(entry, "updated"))
        [content] = entry.findall(f"{ATOM}content")
        assert content.get("type") == "html"
    assert len(set(ids)) == len(ids)


def test_every_entry_of_the_log_is_an_entry_of_the_feed() -> None:
    root = document(change_entries(LOG))

    check_rules(root)
    assert text(root, "updated") == "2026-12-01T08:30:00Z"
    newest, oldest = root.findall(f"{ATOM}entry")
    assert text(newest, "title") == "Data of 2026-12-01 08:30 UTC"
    assert text(oldest, "updated") == "2026-11-20T00:00:00Z"
    assert text(oldest, "content") == "<p>Nothing was new, and that in two lines.</p>"


def test_lists_and_paragraphs_are_html_and_nothing_else_is() -> None:
    [entry, _] = document(change_entries(LOG)).findall(f"{ATOM}entry")

    assert text(entry, "content") == (
        "<ul><li>Flask: Newest release 3.1.3 → 3.2.0 "
        "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; more</li>"
        "<li>Run <code>data check</code></li></ul>"
        "<p>Recommendations: 1 use case of 13 moved.</p>"
        "<ul><li>Data app: Dash in first place</li></ul>"
    )


def test_an_item_of_several_lines_is_one_item() -> None:
    log = "## 2026-11-20\n\n- one\n  goes on\n- two\nand words\n\n- three\n\n  behind a gap\n"
    [entry] = document(change_entries(log)).findall(f"{ATOM}entry")

    assert text(entry, "content") == (
        "<ul><li>one goes on</li><li>two</li></ul><p>and words</p>"
        "<ul><li>three</li></ul><p>behind a gap</p>"
    )


def test_two_entries_of_one_moment_have_names_of_their_own_that_stay() -> None:
    first = "## 2026-12-01 08:30 UTC\n\n- a\n"
    [before] = document(change_entries(first)).findall(f"{ATOM}entry")
    both = document(change_entries(f"## 2026-12-01 08:30 UTC\n\n- b\n\n{first}"))

    check_rules(both)
    ids = {text(e, "content"): text(e, "id") for e in both.findall(f"{ATOM}entry")}
    assert ids["<ul><li>a</li></ul>"] == text(before, "id")


def test_a_feed_without_entries_is_valid() -> None:
    root = document(())

    check_rules(root)
    assert text(root, "updated") == "2026-11-20T00:00:00Z"


def test_a_long_log_gives_its_newest_fifty_entries() -> None:
    log = "".join(
        f"## 2026-01-{day:02} {hour:02}:00 UTC\n\n- x\n\n"
        for day in range(1, 29)
        for hour in (1, 2, 3)
    )

    assert len(document(change_entries(log)).findall(f"{ATOM}entry")) == 50


@given(st.text())
def test_any_text_gives_a_feed_that_can_be_parsed(words: str) -> None:
    entry = ChangeEntry(heading=words, when=BEGINNING, text=words)
    root = document((entry,))

    assert len(root.findall(f"{ATOM}entry")) == 1


@given(st.text())
def test_no_text_becomes_an_element_of_a_page(words: str) -> None:
    entry = ChangeEntry(heading="2026-11-20", when=BEGINNING, text=words)
    [found] = document((entry,)).findall(f"{ATOM}entry")

    tags = set(re.findall(r"<[^>]*>", text(found, "content")))
    assert tags <= {"<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>", "<code>", "</code>"}


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Somebody who reads feeds."""
    monkeypatch.setattr(feed, "get_change_log", lambda: change_entries(LOG))
    return TestClient(
        Starlette(routes=[Route(routes.DATA_FEED, data_feed)]), "https://picker.example.org"
    )


def test_the_address_answers_with_the_feed(client: TestClient) -> None:
    answer = client.get("/data.atom?x=1")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    check_rules(root)
    assert [link.get("href") for link in root.findall(f"{ATOM}link")] == [
        "https://picker.example.org/data.atom",
        "https://picker.example.org/",
    ]


def test_a_reader_that_has_it_is_told_so(client: TestClient) -> None:
    tag = client.get("/data.atom").headers["etag"]
    answer = client.get("/data.atom", headers={"if-none-match": tag})

    assert answer.status_code == 304
    assert answer.content == b""
    assert client.get("/data.atom", headers={"if-none-match": '"other"'}).status_code == 200


def test_a_made_up_host_stays_text(client: TestClient) -> None:
    answer = client.get("/data.atom", headers={"host": 'x"><evil>'})

    assert answer.status_code in (200, 400)
    assert b"<evil>" not in answer.content


def test_nobody_can_write_to_the_feed(client: TestClient) -> None:
    assert client.post("/data.atom").status_code == 405
    assert client.head("/data.atom").status_code == 200
