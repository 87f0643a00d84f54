"""When a sample waits, when it is thrown away, and what is said about it."""

from collections.abc import Iterator

import pytest

from benchmarks import gate
from benchmarks.cpu import Shares


def shares(
    server: float = 1.0, client: float = 0.3, foreign: float = 0.01, steal: float = 0.0
) -> Shares:
    return Shares(2.0, server, client, foreign, steal)


def looks(*found: float) -> Iterator[float]:
    yield from found


def test_waits_until_nobody_else_works() -> None:
    moments = looks(0.5, 0.2, 0.059, 0.0)

    wait = gate.wait_until_idle(lambda: next(moments), 60)

    assert wait.is_idle
    assert wait.foreign == 0.059
    assert next(moments) == 0.0, "it looked on although the machine was idle"


def test_a_machine_that_never_idles_is_not_waited_for_forever() -> None:
    wait = gate.wait_until_idle(lambda: 0.7, 0.0)

    assert not wait.is_idle
    assert wait.foreign == 0.7


@pytest.mark.parametrize(
    ("found", "requests", "errors", "why"),
    [
        (shares(), 1000, 0, ""),
        (shares(foreign=0.10), 1000, 0, ""),
        (shares(foreign=0.11), 1000, 0, "others used 0.11 of a core"),
        (shares(steal=0.01), 1000, 0, ""),
        (shares(steal=0.011), 1000, 0, "the host took 1.1% of the time"),
        (shares(), 999, 1, ""),
        (shares(), 998, 2, "2 errors or other statuses in 998 requests"),
        (shares(), 0, 0, "no request was answered"),
    ],
)
def test_the_limits(found: Shares, requests: int, errors: int, why: str) -> None:
    assert gate.why_rejected(found, requests, errors) == why


@pytest.mark.parametrize(
    ("found", "scenario", "connections", "flags"),
    [
        (shares(), "json", 32, []),
        (shares(client=0.86), "json", 32, ["client-bound"]),
        (shares(server=0.94), "json", 32, ["not-saturated"]),
        (shares(server=0.94), "upstream", 64, []),
        (shares(server=0.5), "json", 1, []),
        (shares(server=0.9, client=0.9), "json", 32, ["client-bound", "not-saturated"]),
    ],
)
def test_the_flags(found: Shares, scenario: str, connections: int, flags: list[str]) -> None:
    assert gate.flags(found, scenario, connections) == flags
