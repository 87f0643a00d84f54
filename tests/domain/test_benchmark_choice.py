"""The choice as parameters of a link: what is ours comes back, what is not is said."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from framework_picker.domain.benchmark_choice import (
    METRICS,
    PARAMETERS,
    Stock,
    choice_in,
    chosen,
    query_of,
    settled,
    stock_of,
    usual_wish,
    wish_in,
)
from framework_picker.domain.performance import Performance
from framework_picker.domain.published import Published
from framework_picker.domain.runs import Latency
from tests.domain.benchmark_runs import run, sample, start

DOCUMENTED: dict[str, Any] = {"matrix": "documented-server"}
NAMES = {"elm": "Elm", "fir": "Fir", "oak": "Oak"}


def stock(**entries: object) -> Stock:
    """A run with three frameworks; Fir has its own server only."""
    samples = [
        sample(name, 1, rps, scenario=scenario, database=database, mode=mode)
        for name, rps in (("bare-asgi", 1000), ("oak", 500), ("elm", 250))
        for scenario, database, mode in (
            ("json", "", "keep-alive"),
            ("json", "", "close"),
            ("query", "raw", "keep-alive"),
            ("query", "orm", "keep-alive"),
        )
    ]
    samples += [
        sample(name, 1, rps, **DOCUMENTED)
        for name, rps in (("bare-asgi", 800), ("oak", 300), ("fir", 200))
    ]
    found = run(samples=tuple(samples), starts=(start("oak", 40), start("elm", 50)))
    performance = Performance(article_frameworks=("oak", "elm"))
    return stock_of((found,), Published(), performance, NAMES)


STOCK = stock()


def test_the_usual_choice_writes_nothing() -> None:
    assert query_of(usual_wish(STOCK), STOCK) == []
    assert choice_in([], STOCK) == settled(usual_wish(STOCK), STOCK)


def test_what_is_shown_at_first_is_json_on_the_servers_with_most_entries() -> None:
    # Three entries each on both kinds of server: among equals the documented one.
    choice = choice_in([], STOCK)

    assert (choice.test, choice.mode, choice.database) == ("json", "keep-alive", "")
    assert choice.matrix == "documented-server"
    # The query was measured on the shared server alone, and a wish for it stays out of the link.
    assert choice_in([("test", "query")], STOCK).matrix == "same-server"
    assert query_of(wish_in([("test", "query")], STOCK), STOCK) == [("test", "query")]


@pytest.mark.parametrize(
    "link",
    [
        [("test", "query"), ("class", "raw")],
        [("connection", "close"), ("show", "time"), ("scale", "log")],
        [("server", "documented"), ("f", "oak,fir")],
        [("show", "memory"), ("f", "elm")],
        [("a", "elm"), ("b", "fir")],
        [("plan", "elm"), ("peak", "5000"), ("pages", "25"), ("price", "12.5")],
        [("ui", "page-memory")],
        [("f", "bare-asgi")],
    ],
)
def test_a_link_comes_back_as_it_was(link: list[tuple[str, str]]) -> None:
    wish = wish_in(link, STOCK)

    assert wish.notices == ()
    assert dict(query_of(wish, STOCK)) == dict(link)


def test_any_choice_survives_its_link() -> None:
    random = Random(11)
    values = {
        "test": ["json", "query"],
        "class": ["none", "raw", "orm"],
        "server": ["same", "documented"],
        "connection": ["keep-alive", "close"],
        "show": list(METRICS),
        "rate": ["half", "common"],
        "scale": ["linear", "log"],
        "f": ["", "oak", "oak,elm", "fir"],
        "peak": ["0", "12.5", "10000000"],
        "pages": ["0", "33", "100"],
    }
    for _ in range(200):
        link = [(name, random.choice(found)) for name, found in values.items()]
        wish = wish_in(link, STOCK)

        assert wish.notices == ()
        assert wish_in(query_of(wish, STOCK), STOCK) == wish
        shown = settled(wish, STOCK)
        assert settled(shown, STOCK) == shown
        assert choice_in(query_of(shown, STOCK), STOCK) == shown


def test_what_was_not_measured_together_is_brought_back_to_what_was() -> None:
    # Close was measured for JSON alone, raw and ORM for the query alone.
    choice = choice_in([("test", "query"), ("connection", "close"), ("class", "none")], STOCK)

    assert (choice.test, choice.mode, choice.database) == ("query", "keep-alive", "orm")
    assert choice_in([("test", "json"), ("class", "raw")], STOCK).database == ""
    documented = choice_in([("server", "documented"), ("test", "query")], STOCK)
    assert documented.matrix == "same-server"


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ([("test", "teleport")], "“teleport” is not something that “test” can be: left out."),
        ([("colour", "red")], "The link’s part “colour” means nothing here: left out."),
        ([("f", "oak,zope")], "Nothing here is called “zope”: left out."),
        ([("f", "zope")], "“zope” is not something that “f” can be: left out."),
        ([("peak", "many")], "“many” is not something that “peak” can be: left out."),
        ([("peak", "-1")], "“-1” is not something that “peak” can be: left out."),
        ([("peak", "nan")], "“nan” is not something that “peak” can be: left out."),
        ([("peak", "1e300")], "“1e300” is not something that “peak” can be: left out."),
        ([("pages", "101")], "“101” is not something that “pages” can be: left out."),
        ([("price", "inf")], "“inf” is not something that “price” can be: left out."),
        ([("run", "../../etc")], "“../../etc” is not something that “run” can be: left out."),
        ([("from", "nobody")], "“nobody” is not something that “from” can be: left out."),
        ([("published", "<b>")], "“<b>” is not something that “published” can be: left out."),
        ([("scale", "cubic")], "“cubic” is not something that “scale” can be: left out."),
    ],
)
def test_what_is_unknown_is_left_out_with_a_sentence(
    link: list[tuple[str, str]], said: str
) -> None:
    choice = choice_in([*link, ("show", "time")], STOCK)

    assert choice.notices == (said,)
    assert choice.metric == "time"


def test_long_values_are_refused_and_quoted_in_short() -> None:
    choice = choice_in([("test", "x" * 5000)], STOCK)

    assert len(choice.notices[0]) < 120


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("value", ["", " ", "\x00", "💥", "a" * 601, "0", "None", "__class__"])
def test_no_value_breaks_anything(name: str, value: str) -> None:
    found = chosen(usual_wish(STOCK), name, value, STOCK)

    assert found is None or choice_in(query_of(found, STOCK), STOCK).run == "first"


def test_latency_is_looked_at_where_it_was_measured() -> None:
    latency = Latency("oak", "same-server", "json", "", 1, 500.0, "common", 1.0, 2.0, 3.0)
    found = stock_of(
        (replace(STOCK.runs[0], latencies=(latency,)),), Published(), Performance(), NAMES
    )

    choice = choice_in([("show", "p99"), ("test", "query"), ("class", "raw")], found)

    assert (choice.test, choice.database, choice.rate) == ("json", "", "common")
    assert choice_in([("show", "time"), ("test", "query")], found).test == "query"


def test_a_link_to_latency_that_was_never_measured_shows_what_is_there() -> None:
    choice = choice_in([("show", "p99")], STOCK)

    assert choice.metric == "p99"
    assert choice.rate == "half-of-own"


def test_without_any_run_everything_else_works() -> None:
    empty = stock_of((), Published(), Performance(), NAMES)

    choice = choice_in([("test", "json"), ("a", "oak")], empty)

    assert choice.run == ""
    assert choice.one == "oak"
    assert len(choice.notices) == 1
