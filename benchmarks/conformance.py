"""Whether an application answers as the rules of the tests demand, before and after it is timed.

The rules are TechEmpower's (FrameworkBenchmarks 57d92fbe, `toolset/test_types/verifications.py`,
BSD-3-Clause), as far as they fit one machine, with our own for the tests it does not have.
"""

import email.utils
import http.client
import json
import re
import sqlite3
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from benchmarks import database as seed
from benchmarks.entries import Entry
from benchmarks.scenarios import BY_ID, VALIDATION_BODY

PATIENCE_SECONDS = 10.0

JSON = r"application/json(; ?charset=utf-8)?"
HTML = r"text/html; ?charset=utf-8"
PLAIN = r"text/plain(; ?charset=utf-8)?"

CLAMPING = {"2": 2, "0": 1, "foo": 1, "501": 500, "": 1, "20": 20}
"""What stands in the address, and how many rows that has to give."""

LEAST_CHANGED = 0.9
UPSTREAM_SECONDS = 0.02

Sentences = Iterator[str]


class NoAnswerError(Exception):
    """The server did not answer, or not in HTTP; the message is a sentence."""


@dataclass(frozen=True)
class Reply:
    """An answer over HTTP."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The body, for people: broken characters are replaced."""
        return self.body.decode(errors="replace")

    def json(self) -> Any:
        """The body as JSON; None, which no test expects, if it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@dataclass
class Visitor:
    """Asks the server, and keeps cookies as a browser does."""

    base_url: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """The answer to one request on a connection of its own.

        Raises:
            NoAnswerError: there is none.
        """
        host = urllib.parse.urlsplit(self.base_url).netloc
        connection = http.client.HTTPConnection(host, timeout=PATIENCE_SECONDS)
        sent = dict(headers or {})
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        started = time.monotonic()
        try:
            connection.request(method, path, body or None, sent)
            answer = connection.getresponse()
            reply = Reply(answer.status, answer.headers, answer.read(), time.monotonic() - started)
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswerError(f"{method} {path} got no answer: {error!r}.") from error
        finally:
            connection.close()
        for header in reply.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()
        return reply

    def send_form(self, path: str, fields: dict[str, str]) -> Reply:
        """The answer to a form that was filled in."""
        content_type = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urllib.parse.urlencode(fields).encode()
        return self.ask(path, "POST", body, content_type)


def problems(
    entry: Entry, base_url: str, database_file: Path, trace_file: Path | None = None
) -> list[str]:
    """What an application does against the rules, as sentences; none if it conforms.

    With `trace_file` (see `servers.environment`) the SQL statements are counted, too.
    """
    case = _Case(base_url, database_file, trace_file)
    found: list[str] = []
    for scenario_id, database in entry.cells:
        scenario = BY_ID[scenario_id]
        name = f"{scenario.label} ({database})" if database else scenario.label
        try:
            found += [f"{name}: {said}" for said in CHECKS[scenario_id](case, database)]
        except NoAnswerError as error:
            found.append(f"{name}: {error}")
        except sqlite3.Error as error:
            found.append(f"{name}: the database file could not be read: {error}.")
    return found


@dataclass(frozen=True)
class _Case:
    """One application under test."""

    base_url: str
    database_file: Path
    trace_file: Path | None

    def ask(self, path: str, **more: Any) -> Reply:
        """The answer to a visitor without cookies."""
        return Visitor(self.base_url).ask(path, **more)

    def statements(self) -> list[str]:
        """The SQL statements so far; none without a trace."""
        if self.trace_file is None or not self.trace_file.exists():
            return []
        return self.trace_file.read_text(encoding="utf-8").splitlines()

    def selects(self, table: str, since: int) -> int:
        """How many statements of the trace, after the first `since`, read this table."""
        reads = re.compile(rf"SELECT\b.*\bFROM\W+{table}\b", re.IGNORECASE)
        return sum(reads.search(statement) is not None for statement in self.statements()[since:])


def _headers(reply: Reply, content_type: str, status: int = 200) -> Sentences:
    """What is wrong with the status and the headers."""
    if reply.status != status:
        yield f"the status is {reply.status}, not {status}: {reply.text[:200]}"
    for name in ("Server", "Date"):
        if not reply.headers.get(name):
            yield f"the header {name} is missing."
    if "Content-Length" not in reply.headers and "Transfer-Encoding" not in reply.headers:
        yield "neither Content-Length nor Transfer-Encoding is sent."
    if "Content-Encoding" in reply.headers:
        yield "the answer is compressed."
    if reply.headers.get("Connection", "").lower() == "close":
        yield "the server closes the connection."
    sent_type = reply.headers.get("Content-Type", "")
    if not re.fullmatch(content_type, sent_type, re.IGNORECASE):
        yield f"the content type is '{sent_type}'."


def _same_json(reply: Reply, expected: Any) -> Sentences:
    """What is wrong with an answer of which every word is known."""
    if reply.json() != expected:
        yield f"the body is {reply.text[:200]!r}, not {json.dumps(expected)}."


def _changing_date(case: _Case, path: str) -> Sentences:
    """Whether the clock in the headers stands still, or is no date."""
    first = case.ask(path).headers.get("Date", "")
    time.sleep(1.1)
    second = case.ask(path).headers.get("Date", "")
    for date in (first, second):
        try:
            email.utils.parsedate_to_datetime(date)
        except ValueError:
            yield f"the header Date is no date: {date!r}."
            return
    if first == second:
        yield f"the header Date does not change: {first!r}."


def _plaintext(case: _Case, database: str) -> Sentences:
    reply = case.ask(BY_ID["plaintext"].path)
    yield from _headers(reply, PLAIN)
    if reply.body != b"Hello, World!":
        yield f"the body is {reply.text[:200]!r}, not 'Hello, World!'."
    yield from _changing_date(case, BY_ID["plaintext"].path)


def _json(case: _Case, database: str) -> Sentences:
    reply = case.ask(BY_ID["json"].path)
    yield from _headers(reply, JSON)
    yield from _same_json(reply, {"message": "Hello, World!"})


GOOD_ORDERS: tuple[tuple[bytes, dict[str, Any]], ...] = (
    (VALIDATION_BODY, {"customer": "Ada Lovelace", "articles": 13, "total_cents": 7849}),
    (
        '{"customer":"Zoë","lines":[{"article":"Ä","quantity":1000,"price_cents":0}]}'.encode(),
        {"customer": "Zoë", "articles": 1000, "total_cents": 0},
    ),
)
_LINE = b'{"article":"A-100","quantity":2,"price_cents":1250}'
BAD_ORDERS: tuple[tuple[str, bytes], ...] = (
    ("is no JSON", b'{"customer":'),
    ("is a list", b"[]"),
    ("has no customer", b'{"lines":[%s]}' % _LINE),
    ("has an empty customer", b'{"customer":"","lines":[%s]}' % _LINE),
    ("has a customer of 81 letters", b'{"customer":"%s","lines":[%s]}' % (b"a" * 81, _LINE)),
    ("has no lines", b'{"customer":"Ada","lines":[]}'),
    ("has text for its lines", b'{"customer":"Ada","lines":"many"}'),
    ("has 21 lines", b'{"customer":"Ada","lines":[%s]}' % b",".join([_LINE] * 21)),
    ("has a line without a price", b'{"customer":"Ada","lines":[{"article":"A","quantity":1}]}'),
    (
        "has a quantity of 0",
        b'{"customer":"Ada","lines":[{"article":"A","quantity":0,"price_cents":1}]}',
    ),
    (
        "has a quantity in words",
        b'{"customer":"Ada","lines":[{"article":"A","quantity":"two","price_cents":1}]}',
    ),
    (
        "has a price below 0",
        b'{"customer":"Ada","lines":[{"article":"A","quantity":1,"price_cents":-1}]}',
    ),
)


def _validation(case: _Case, database: str) -> Sentences:
    scenario = BY_ID["validation"]

    def answer_to(body: bytes) -> Reply:
        return case.ask(scenario.path, method="POST", body=body, headers=scenario.headers)

    for body, expected in GOOD_ORDERS:
        reply = answer_to(body)
        yield from _headers(reply, JSON)
        yield from _same_json(reply, expected)
    for what, body in BAD_ORDERS:
        reply = answer_to(body)
        if not 400 <= reply.status < 500:
            yield f"a body that {what} gets status {reply.status}, not 4xx."


def _is_row(row: Any, stored: dict[int, int]) -> bool:
    """Whether this is a row of World as the database has it."""
    return (
        isinstance(row, dict)
        and row.keys() == {"id", "randomNumber"}
        and stored.get(row["id"]) == row["randomNumber"]
    )


def _query(case: _Case, database: str) -> Sentences:
    stored = seed.world(case.database_file)
    path = BY_ID["query"].path_for(database)
    seen = set()
    for _ in range(4):
        before = len(case.statements())
        reply = case.ask(path)
        yield from _headers(reply, JSON)
        row = reply.json()
        if not _is_row(row, stored):
            yield f"{reply.text[:200]!r} is no row of the database."
            return
        seen.add(row["id"])
        if case.trace_file is not None and (count := case.selects("world", before)) != 1:
            yield f"{count} queries were made, not 1."
    if len(seen) == 1:
        yield "four requests gave the same row."


def _worlds(case: _Case, path: str, count: int, stored: dict[int, int]) -> Sentences:
    """What is wrong with an answer of `count` rows, each read by a query of its own."""
    before = len(case.statements())
    reply = case.ask(path)
    yield from _headers(reply, JSON)
    found = reply.json()
    if not isinstance(found, list) or len(found) != count:
        how_many = f"{len(found)} rows" if isinstance(found, list) else "no list"
        yield f"{path} gives {how_many}, not {count}."
        return
    if stored and not all(_is_row(row, stored) for row in found):
        yield f"{path} gives rows that are not in the database."
    if case.trace_file is not None and (made := case.selects("world", before)) != count:
        yield f"{path} makes {made} queries, not {count}."


def _clamping(path: str) -> dict[str, int]:
    """The addresses with every kind of number in them, and how many rows each has to give."""
    bare, _, _ = path.partition("?")
    return {f"{bare}?queries={text}": count for text, count in CLAMPING.items()} | {bare: 1}


def _queries(case: _Case, database: str) -> Sentences:
    stored = seed.world(case.database_file)
    for path, count in _clamping(BY_ID["queries"].path_for(database)).items():
        yield from _worlds(case, path, count, stored)


def _updates(case: _Case, database: str) -> Sentences:
    path = BY_ID["updates"].path_for(database)
    for clamped, count in _clamping(path).items():
        yield from _worlds(case, clamped, count, {})
    before = seed.world(case.database_file)
    answered: dict[int, int] = {}
    for _ in range(5):
        reply = case.ask(path)
        for row in reply.json() or ():
            answered[row["id"]] = row["randomNumber"]
    after = seed.world(case.database_file)
    if not answered:
        yield "no rows were answered."
        return
    if any(after.get(row) != number for row, number in answered.items()):
        yield "the database does not hold the numbers that were answered."
    changed = sum(before.get(row) != after.get(row) for row in answered)
    if changed < LEAST_CHANGED * len(answered):
        yield f"{changed} of {len(answered)} rows were changed in the database."
    if after.keys() != before.keys():
        yield "rows were added to the database or taken from it."


class _Outline(HTMLParser):
    """A page as a list of tags and texts; leaves out what the rules leave open."""

    LEFT_OPEN = ("meta", "thead", "tbody")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_decl(self, decl: str) -> None:
        self.parts.append(f"<!{decl.lower()}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.LEFT_OPEN:
            self.parts.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.LEFT_OPEN:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if text := data.strip():
            self.parts.append(text)


def outline(page: str) -> list[str]:
    """The tags and texts of a page, in order."""
    parser = _Outline()
    parser.feed(page)
    parser.close()
    return parser.parts


def expected_fortunes() -> list[str]:
    """The outline that the page of Fortunes must have."""
    rows = sorted([*seed.FORTUNES, seed.ADDED_FORTUNE], key=lambda row: row[1])
    parts = ["<!doctype html>", "<html>", "<head>", "<title>", "Fortunes", "</title>", "</head>"]
    parts += ["<body>", "<table>", "<tr>", "<th>", "id", "</th>", "<th>", "message", "</th>"]
    parts.append("</tr>")
    for number, message in rows:
        parts += ["<tr>", "<td>", str(number), "</td>", "<td>", message, "</td>", "</tr>"]
    return [*parts, "</table>", "</body>", "</html>"]


def _fortunes(case: _Case, database: str) -> Sentences:
    before = len(case.statements())
    reply = case.ask(BY_ID["fortunes"].path_for(database))
    yield from _headers(reply, HTML)
    try:
        found = outline(reply.body.decode("utf-8"))
    except UnicodeDecodeError as error:
        yield f"the page is not in UTF-8: {error}."
        return
    expected = expected_fortunes()
    if found != expected:
        pairs = zip(found, expected, strict=False)
        first = next((pair for pair in pairs if pair[0] != pair[1]), None)
        yield (
            f"the page has {first[0][:100]!r} where {first[1][:100]!r} belongs."
            if first
            else f"the page has {len(found)} parts, not {len(expected)}."
        )
    if case.trace_file is not None and (count := case.selects("fortune", before)) != 1:
        yield f"{count} queries were made, not 1."


def _upstream(case: _Case, database: str) -> Sentences:
    reply = case.ask(BY_ID["upstream"].path)
    yield from _headers(reply, JSON)
    yield from _same_json(reply, {"upstream": "answered"})
    if reply.seconds < UPSTREAM_SECONDS:
        yield f"the answer came after {reply.seconds * 1000:.1f} ms, before the wait was over."


class _Page(HTMLParser):
    """What the full page shows: texts by their id, and the hidden fields of its form."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, str] = {}
        self.hidden: dict[str, str] = {}
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._open = given.get("id", "")
        if self._open:
            self.texts[self._open] = ""
        if tag == "input" and given.get("type") == "hidden":
            self.hidden[given.get("name", "")] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open] += data.strip()


def _shown(reply: Reply) -> _Page:
    """The full page as a visitor sees it."""
    page = _Page()
    page.feed(reply.text)
    page.close()
    return page


NOTE = 'Grüße <b>"alle"</b> & jeden'


def _page(case: _Case, database: str) -> Sentences:
    path = BY_ID["page"].path_for(database)
    stored = seed.world(case.database_file)
    visitor = Visitor(case.base_url)
    for visit in ("1", "2"):
        before = len(case.statements())
        reply = visitor.ask(path)
        yield from _headers(reply, HTML)
        page = _shown(reply)
        if page.texts.get("visits") != visit:
            yield f"visit {visit} counts as visit {page.texts.get('visits')}."
        row = {"id": page.texts.get("row", ""), "randomNumber": page.texts.get("number", "")}
        if str(stored.get(int(row["id"] or 0))) != row["randomNumber"]:
            yield f"the page shows a row that is not in the database: {row}."
        if case.trace_file is not None and (count := case.selects("world", before)) != 1:
            yield f"{count} queries were made, not 1."
    if not any(page.hidden.values()):
        yield "the form carries no token."
        return
    yield from _refusals(case, path, visitor, page)
    sent = visitor.send_form(path, page.hidden | {"note": NOTE})
    if sent.status not in (302, 303) or not sent.headers.get("Location", "").endswith(path):
        yield f"a good form gets status {sent.status}, not a redirect to the page."
    page = _shown(visitor.ask(path))
    if page.texts.get("note") != NOTE or page.texts.get("visits") != "3":
        yield f"after the form the page shows {page.texts}, not visit 3 with the note."
    if _shown(case.ask(path)).texts.get("visits") != "1":
        yield "a new visitor is taken for an old one."


def _refusals(case: _Case, path: str, visitor: Visitor, page: _Page) -> Sentences:
    """Forms that the page has to refuse."""
    other = Visitor(case.base_url)
    other.ask(path)
    foreign = _shown(other.ask(path)).hidden
    for what, fields in (
        ("without a token", {"note": "a"}),
        ("with an empty token", dict.fromkeys(page.hidden, "") | {"note": "a"}),
        ("with an invented token", dict.fromkeys(page.hidden, "x" * 64) | {"note": "a"}),
        ("with another visitor's token", foreign | {"note": "a"}),
        ("with an empty note", page.hidden | {"note": ""}),
        ("without a note", page.hidden),
        ("with a note of 81 letters", page.hidden | {"note": "a" * 81}),
    ):
        # A refusal may come with cookies of its own; the browser of this check forgets them.
        reply = Visitor(case.base_url, dict(visitor.cookies)).send_form(path, fields)
        if not 400 <= reply.status < 500:
            yield f"a form {what} gets status {reply.status}, not 4xx."


CHECKS: dict[str, Callable[[_Case, str], Sentences]] = {
    "plaintext": _plaintext,
    "json": _json,
    "validation": _validation,
    "query": _query,
    "queries": _queries,
    "fortunes": _fortunes,
    "updates": _updates,
    "upstream": _upstream,
    "page": _page,
}
