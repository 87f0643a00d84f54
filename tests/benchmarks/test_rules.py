"""The rules find every kind of wrong application, and nothing wrong with a right one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks import conformance, database
from benchmarks.entries import EVERYTHING, Entry
from tests.benchmarks.small_server import HTML, JSON, Answer, Asked, SmallApp, serving

pytestmark = pytest.mark.slow

Fault = Callable[[Any], None]


@pytest.fixture
def app(tmp_path: Path) -> SmallApp:
    """An application that conforms."""
    database_file = tmp_path / "world.sqlite"
    database.prepare(database_file, seed=1)
    return SmallApp(database_file, tmp_path / "trace")


def problems(app: SmallApp, *scenarios: str) -> list[str]:
    """What the rules say about an application in these scenarios; in all if none is named."""
    cells = tuple(cell for cell in EVERYTHING if not scenarios or cell[0] in scenarios)
    entry = Entry("small", "", "Small", "wsgi", (), "", cells)
    with serving(app) as base_url:
        return conformance.problems(entry, base_url, app.database_file, app.trace_file)


def test_a_right_application_has_no_problems(app: SmallApp) -> None:
    assert problems(app) == []


def test_a_server_that_is_not_there_is_a_sentence(app: SmallApp) -> None:
    entry = Entry("gone", "", "Gone", "wsgi", (), "", (("json", ""),))

    said = conformance.problems(entry, "http://127.0.0.1:9", app.database_file)

    assert len(said) == 1
    assert "GET /json got no answer" in said[0]


def replaced(name: str, answer: Any) -> Fault:
    """A fault: this method of the application always gives the same."""
    return lambda app: setattr(app, name, lambda *_: answer)


def a_constant_row(app: SmallApp) -> None:
    row = app.worlds(1)
    app.worlds = lambda count: row * count  # type: ignore[method-assign]


def one_query_for_all(app: SmallApp) -> None:
    def worlds(count: int) -> list[dict[str, int]]:
        with app.connection() as opened:
            found = opened.execute(
                "SELECT id, randomNumber FROM world ORDER BY random() LIMIT ?", (count,)
            )
            return [{"id": row, "randomNumber": number} for row, number in found]

    app.worlds = worlds  # type: ignore[method-assign]


def invented_rows(app: SmallApp) -> None:
    app.worlds = lambda count: [  # type: ignore[method-assign]
        {"id": row, "randomNumber": 0} for row in range(1, count + 1)
    ]


def no_upper_limit(app: SmallApp) -> None:
    app.clamped = lambda text: max(int(text), 1) if text.isdigit() else 1  # type: ignore[method-assign]


def no_lower_limit(app: SmallApp) -> None:
    app.clamped = lambda text: min(int(text), 500) if text.isdigit() else 1  # type: ignore[method-assign]


def half_stored(app: SmallApp) -> None:
    whole = app.store
    app.store = lambda worlds: whole(worlds[::2])  # type: ignore[method-assign]


def unsorted_fortunes(app: SmallApp) -> None:
    rows = [*database.FORTUNES, database.ADDED_FORTUNE]
    cells = "".join(f"<tr><td>{n}</td><td>{app.escaped(text)}</td></tr>" for n, text in rows)
    page = (
        "<!doctype html><html><head><title>Fortunes</title></head><body><table>"
        f"<tr><th>id</th><th>message</th></tr>{cells}</table></body></html>"
    )
    app.get_fortunes = lambda asked: Answer(HTML, page.encode())  # type: ignore[method-assign]


def fortunes_in_latin_1(app: SmallApp) -> None:
    right = app.get_fortunes

    def wrong(asked: Asked) -> Answer:
        body = right(asked).body.decode().encode("cp1252", errors="replace")
        return Answer(HTML, body)

    app.get_fortunes = wrong  # type: ignore[method-assign]


def everything_is_an_order(app: SmallApp) -> None:
    def valid(asked: Asked) -> Answer:
        try:
            order = json.loads(asked.body)
            lines = order["lines"]
            articles = sum(line["quantity"] for line in lines)
            total = sum(line["quantity"] * line["price_cents"] for line in lines)
            receipt = {"customer": order["customer"], "articles": articles, "total_cents": total}
        except (ValueError, KeyError, TypeError):
            return app.as_json({}, 400)
        return app.as_json(receipt)

    app.post_validation = valid  # type: ignore[method-assign]


def a_session_for_all(app: SmallApp) -> None:
    app.session = lambda asked: (  # type: ignore[method-assign]
        "all",
        app.sessions.setdefault("all", {"visits": 0, "note": "", "token": "t"}),
    )


FAULTS: dict[str, tuple[str, Fault, str]] = {
    "another text": (
        "plaintext",
        replaced("get_plaintext", Answer("text/plain", b"Hello World")),
        "the body is 'Hello World', not 'Hello, World!'",
    ),
    "another type": (
        "plaintext",
        replaced("get_plaintext", Answer("text/html", b"Hello, World!")),
        "the content type is 'text/html'",
    ),
    "a status of its own": (
        "json",
        replaced("get_json", Answer(JSON, b'{"message":"Hello, World!"}', 201)),
        "the status is 201, not 200",
    ),
    "another message": (
        "json",
        replaced("get_json", Answer(JSON, b'{"message":"Hello"}')),
        'not {"message": "Hello, World!"}',
    ),
    "no JSON": ("json", replaced("get_json", Answer(JSON, b"Hello")), "the body is 'Hello'"),
    "compressed": (
        "json",
        replaced("get_json", Answer(JSON, b"{}", more={"Content-Encoding": "gzip"})),
        "the answer is compressed",
    ),
    "closing": (
        "json",
        replaced("get_json", Answer(JSON, b"{}", more={"Connection": "close"})),
        "the server closes the connection",
    ),
    "a clock that stands": (
        "plaintext",
        replaced("date", "Fri, 20 Nov 2026 08:00:00 GMT"),
        "the header Date does not change",
    ),
    "no clock": ("plaintext", replaced("date", "noon"), "the header Date is no date: 'noon'"),
    "an empty clock": ("json", replaced("date", ""), "the header Date is missing"),
    "always the same row": ("query", a_constant_row, "four requests gave the same row"),
    "invented rows": ("query", invented_rows, "is no row of the database"),
    "no upper limit": ("queries", no_upper_limit, "?queries=501 gives 501 rows, not 500"),
    "no lower limit": ("queries", no_lower_limit, "?queries=0 gives 0 rows, not 1"),
    "one query for all": ("queries", one_query_for_all, "?queries=20 makes 1 queries, not 20"),
    "rows from nowhere": ("queries", invented_rows, "gives rows that are not in the database"),
    "a row where a list belongs": (
        "queries",
        lambda app: setattr(app, "get_queries", app.get_db),
        "gives no list, not 1",
    ),
    "nothing is stored": ("updates", replaced("store", None), "rows were changed in the database"),
    "half is stored": ("updates", half_stored, "does not hold the numbers that were answered"),
    "the same is stored": (
        "updates",
        lambda app: setattr(app, "get_updates", app.get_queries),
        " rows were changed in the database",
    ),
    "not escaped": (
        "fortunes",
        lambda app: setattr(app, "escaped", lambda text: text),
        "the page has '<script>' where '<script>alert(",
    ),
    "escaped twice": (
        "fortunes",
        lambda app: setattr(app, "escaped", lambda text: text.replace("<", "&amp;lt;")),
        "the page has '&lt;script>",
    ),
    "not sorted": ("fortunes", unsorted_fortunes, "the page has '1' where '11' belongs"),
    "not in UTF-8": ("fortunes", fortunes_in_latin_1, "the page is not in UTF-8"),
    "no wait": (
        "upstream",
        replaced("get_upstream", Answer(JSON, b'{"upstream":"answered"}')),
        "before the wait was over",
    ),
    "no limits": (
        "validation",
        everything_is_an_order,
        "a body that has a quantity of 0 gets status 200, not 4xx",
    ),
    "the same receipt for all": (
        "validation",
        replaced("post_validation", Answer(JSON, b'{"customer":"Ada Lovelace"}')),
        'not {"customer": "Ada Lovelace", "articles": 13, "total_cents": 7849}',
    ),
    "no token is asked for": (
        "page",
        replaced("accepts", True),
        "a form with another visitor's token gets status 303, not 4xx",
    ),
    "one session for all": ("page", a_session_for_all, "a new visitor is taken for an old one"),
    "a note as HTML": (
        "page",
        lambda app: setattr(app, "escaped", lambda text: text),
        "after the form the page shows",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_application_is_caught(app: SmallApp, fault: str) -> None:
    scenario, make_wrong, sentence = FAULTS[fault]
    make_wrong(app)

    said = problems(app, scenario)

    assert any(sentence in line for line in said), said


def test_expected_fortunes_are_in_the_order_of_the_published_fixture() -> None:
    # TechEmpower/FrameworkBenchmarks 57d92fbe, toolset/test_types/fortune: the ids of its page.
    ids = [part for part in conformance.expected_fortunes() if part.isdigit()]

    assert [int(part) for part in ids] == [11, 4, 5, 2, 8, 0, 3, 7, 10, 6, 9, 1, 12]
