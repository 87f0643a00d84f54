"""One framework in one round: what its server and its page did, in numbers."""

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks import cpu, gate
from benchmarks.serving import Server
from benchmarks.ui import browser, work
from benchmarks.ui.entries import Entry

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHANGES, WARM_UP_CHANGES = 30, 3
PAGES = 5
PATIENCE_MS = 20_000.0
PRESS_AGAIN_MS = 500.0
PRESSES = 5
REST_MS = 2_000.0
BETWEEN_MS = (250, 450)
"""A person's pause between two presses; random, so that it is in step with nobody's clock."""
SETTLE_SECONDS = 2.0


class NotConformingError(Exception):
    """The page does not show the right numbers; what it shows instead."""


@dataclass(frozen=True)
class Measured:
    """What one visit gave.

    Attributes:
        changes_ms: From each key press to the frame in which chart and table are right.
        chart_ms: The same until the chart alone is right.
        first_visit_bytes: Received until 2 s after the numbers stood, with an empty cache.
        usable_ms: From the start of the navigation to the first change that was answered.
        presses_until_usable: How many presses that took.
        outside: Hosts other than this machine that the page asked for.
        disturbed: Who else used the machine while inputs were moved; empty if nobody.
    """

    changes_ms: list[float]
    chart_ms: list[float]
    first_visit_bytes: int
    shown_ms: float
    usable_ms: float
    presses_until_usable: int
    idle_memory_mb: float
    memory_before_pages_mb: float
    memory_with_pages_mb: float
    outside: list[str]
    server_cpu: float
    foreign_cpu: float
    steal: float
    disturbed: str

    def as_json(self) -> dict[str, Any]:
        """Every number, and those that follow from them, ready for a JSON file."""
        return {
            **asdict(self),
            "changes": len(self.changes_ms),
            "p50_ms": round(statistics.median(self.changes_ms), 1),
            "p95_ms": round(p95(self.changes_ms), 1),
            "memory_per_page_mb": round(
                (self.memory_with_pages_mb - self.memory_before_pages_mb) / PAGES, 2
            ),
        }


def p95(samples: Sequence[float]) -> float:
    """The value below which 95 % of the samples lie, between neighbours if need be."""
    return statistics.quantiles(samples, n=20, method="inclusive")[-1]


def measure(
    entry: Entry, server: Server, chromium: "Browser", chance: Random, cores: cpu.Cores
) -> Measured:
    """Everything of one visit, in the same order for every framework.

    Raises:
        NotConformingError: the numbers on the page are wrong, or never came.
        playwright.sync_api.Error: the page or the browser broke.
    """
    time.sleep(SETTLE_SECONDS)
    idle_memory = server.memory_mb()
    first, received = browser.open_page(chromium, entry.table)
    shown = _show(first, server.base_url)
    first.wait_for_timeout(REST_MS)
    first_visit_bytes = received.total

    # Before any input has moved: what changes leave behind would hide what a page takes.
    before_pages = server.memory_mb()
    pages = [browser.open_page(chromium, entry.table)[0] for _ in range(PAGES)]
    for page in pages:
        _show(page, server.base_url)
    time.sleep(SETTLE_SECONDS)
    with_pages = server.memory_mb()
    for page in pages:
        page.context.close()
    time.sleep(SETTLE_SECONDS)

    _check_every_input(first, entry)

    second, _ = browser.open_page(chromium, entry.table)
    usable, presses = _time_to_usable(second, entry, server.base_url)
    second.wait_for_timeout(REST_MS)
    weights = [work.START + presses, *[work.START] * (len(work.CRITERIA) - 1)]
    walk = steps(weights, CHANGES + WARM_UP_CHANGES, chance)
    for step in walk[:WARM_UP_CHANGES]:
        _change(second, entry, *step, chance)
    before_all = cpu.read(os.getpid(), cores.both)
    before_server = cpu.read(server.pid, cores.both)
    answers = [_change(second, entry, *step, chance) for step in walk[WARM_UP_CHANGES:]]
    of_all = cpu.shares(before_all, cpu.read(os.getpid(), cores.both, is_end=True))
    of_server = cpu.shares(before_server, cpu.read(server.pid, cores.both, is_end=True))

    for page in (first, second):
        page.context.close()
    return Measured(
        changes_ms=[round(found["shown"] - found["pressed"], 1) for found in answers],
        chart_ms=[round(found["chart"] - found["pressed"], 1) for found in answers],
        first_visit_bytes=first_visit_bytes,
        shown_ms=round(shown, 1),
        usable_ms=round(usable, 1),
        presses_until_usable=presses,
        idle_memory_mb=idle_memory,
        memory_before_pages_mb=before_pages,
        memory_with_pages_mb=with_pages,
        outside=sorted(received.outside),
        server_cpu=round(of_server.server, 3),
        foreign_cpu=round(of_all.foreign, 3),
        steal=round(of_all.steal, 4),
        disturbed=gate.why_disturbed(of_all),
    )


def why_rejected(measured: Measured) -> str:
    """What spoils a visit, as a sentence; empty for a good one."""
    if measured.outside:
        return f"the page asked for {', '.join(measured.outside)}"
    return measured.disturbed


Step = tuple[list[int], int, bool]
"""The weights after it, which input moves, and whether it moves up."""


def steps(start: Sequence[int], count: int, chance: Random) -> list[Step]:
    """A walk through the weights: each step moves one input by one, within its ends."""
    weights = list(start)
    walk: list[Step] = []
    for _ in range(count):
        place = chance.randrange(len(weights))
        is_up = chance.random() < 0.5
        if weights[place] in (work.LOWEST, work.HIGHEST):
            is_up = weights[place] == work.LOWEST
        weights[place] += 1 if is_up else -1
        walk.append((list(weights), place, is_up))
    return walk


def _show(page: "Page", url: str) -> float:
    """Milliseconds from the start of the navigation until chart and table stand."""
    page.goto(f"{url}/", wait_until="commit")
    start = work.scores([work.START] * len(work.CRITERIA))
    browser.expect(page, [start], PATIENCE_MS)
    found = browser.answer(page)
    if found["which"] != 0:
        raise NotConformingError(f"the first numbers: {_instead(found, start)}")
    return float(found["shown"])


def _check_every_input(page: "Page", entry: Entry) -> None:
    """Move every input once; afterwards they stand where they stood."""
    inputs = page.locator(entry.thumb).count()
    if inputs != len(work.CRITERIA):
        raise NotConformingError(f"{inputs} inputs found, not {len(work.CRITERIA)}")
    weights = [work.START] * len(work.CRITERIA)
    for is_up in (True, False):
        for place in range(len(weights)):
            weights[place] += 1 if is_up else -1
            _change(page, entry, list(weights), place, is_up, Random(0))


def _time_to_usable(page: "Page", entry: Entry, url: str) -> tuple[float, int]:
    """When the first change was answered, and how many presses had an effect until then.

    The key is pressed as soon as chart and input are there, and again until something moves: a
    press may come before the page listens.
    """
    _show(page, url)
    page.locator(entry.thumb).first.focus()
    others = [work.START] * (len(work.CRITERIA) - 1)
    choices = [work.scores([work.START + moved, *others]) for moved in range(1, PRESSES + 1)]
    browser.expect(page, choices, PATIENCE_MS)
    page.keyboard.press("ArrowRight")
    for _ in range(PRESSES - 1):
        found = page.evaluate(
            "wait => Promise.race([__clock.answer, new Promise(r => setTimeout(r, wait, null))])",
            PRESS_AGAIN_MS,
        )
        if found is not None:
            break
        page.keyboard.press("ArrowRight")
    found = browser.answer(page)
    if found["which"] < 0:
        raise NotConformingError(f"the first change: {_instead(found, choices[0])}")
    page.wait_for_timeout(REST_MS)
    # A press that the page had kept may have come after the one that was answered first.
    browser.expect(page, choices, PATIENCE_MS)
    now = browser.answer(page)
    if now["which"] < 0:
        raise NotConformingError(f"after the first change: {_instead(now, choices[0])}")
    return float(found["shown"]), int(now["which"]) + 1


def _change(
    page: "Page", entry: Entry, weights: list[int], place: int, is_up: bool, chance: Random
) -> dict[str, Any]:
    """Press a key on one input and wait for the numbers; what the clock says."""
    page.locator(entry.thumb).nth(place).focus()
    page.wait_for_timeout(chance.randint(*BETWEEN_MS))
    expected = work.scores(weights)
    browser.expect(page, [expected], PATIENCE_MS)
    page.keyboard.press("ArrowRight" if is_up else "ArrowLeft")
    found = browser.answer(page)
    if found["which"] != 0:
        raise NotConformingError(f"{work.CRITERIA[place]} moved: {_instead(found, expected)}")
    if found["pressed"] is None:
        raise NotConformingError(f"{work.CRITERIA[place]} moved without a key")
    return found


def _instead(found: dict[str, Any], expected: Sequence[int]) -> str:
    """The first number that is wrong, as a sentence."""
    wanted = [str(number) for number in expected]
    for part in ("chart", "table"):
        shown = found[part]
        if len(shown) != len(wanted):
            return f"the {part} shows {len(shown)} numbers, not {len(wanted)}"
        for item, want, there in zip(work.ITEMS, wanted, shown, strict=True):
            if want != there:
                return f"the {part} shows {there} for {item}, not {want}"
    return "the numbers came too late"
