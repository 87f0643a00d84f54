"""The plan of a round: who is measured, what of, and in which order."""

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.options import Options
from benchmarks.rounds import Cell, cells_of, pairs, visits
from tests.benchmarks.tiny import ENTRIES, TinyEntry, tiny_setup

OPTIONS = Options(run="a-run", seed=7, levels=(8, 32))
SETUP = tiny_setup([*ENTRIES, *(TinyEntry(f"other-{n}") for n in range(6))])
BOTH = replace(SETUP, matrices_of=lambda entry: ("same-server", "documented-server"))


def order(number: int, seed: int = 7) -> list[tuple[str, str]]:
    planned = visits(number, 1, BOTH, replace(OPTIONS, seed=seed))
    return [(visit.entry, visit.matrix) for visit in planned if visit.role == "entry"]


def test_a_round_visits_everybody_once_on_each_server() -> None:
    counted = Counter(order(1))

    assert set(counted.values()) == {1}
    assert len(counted) == 2 * 8


def test_the_order_differs_by_round_and_seed_and_is_the_same_again() -> None:
    assert order(1) == order(1)
    assert order(1) != order(2)
    assert order(1) != order(1, seed=8)


def test_the_servers_are_mixed_and_not_one_after_the_other() -> None:
    matrices = [matrix for _, matrix in order(1)]

    assert matrices != sorted(matrices)
    assert matrices != sorted(matrices, reverse=True)


def test_the_baseline_comes_first_in_the_middle_and_last_on_each_server() -> None:
    planned = visits(1, 1, BOTH, OPTIONS)
    roles = [visit.role for visit in planned]

    assert roles[:2] == ["start", "start"]
    assert roles[10:12] == ["middle", "middle"]
    assert roles[-2:] == ["end", "end"]
    assert {v.entry for v in planned if v.role != "entry"} == {"bare-asgi"}
    assert "bare-asgi" not in {v.entry for v in planned if v.role == "entry"}
    assert [visit.slot for visit in planned] == list(range(len(planned)))


def test_all_cells_of_a_visit_are_measured_in_a_random_order() -> None:
    first, second = (visits(number, 1, SETUP, OPTIONS)[0].cells for number in (1, 3))

    assert set(first) == set(cells_of(ENTRIES[0], "same-server", SETUP, OPTIONS))
    assert set(first) == set(second)
    assert first != second


def test_the_middle_and_the_end_repeat_one_cell_of_the_baseline() -> None:
    last = visits(1, 1, SETUP, OPTIONS)[-1]

    assert last.cells == (Cell("json", "", "keep-alive", 32),)


def test_each_level_is_a_cell_and_closed_connections_are_measured_at_one() -> None:
    cells = cells_of(ENTRIES[0], "same-server", SETUP, OPTIONS)

    assert cells == [
        Cell("json", "", "keep-alive", 8),
        Cell("json", "", "keep-alive", 32),
        Cell("json", "", "close", 32),
        Cell("query", "raw", "keep-alive", 8),
        Cell("query", "raw", "keep-alive", 32),
    ]


def test_the_wait_test_has_a_level_of_its_own() -> None:
    entry = TinyEntry("waits", cells=(("upstream", ""),))

    assert cells_of(entry, "same-server", SETUP, OPTIONS) == [
        Cell("upstream", "", "keep-alive", 64)
    ]


def test_without_the_main_level_the_highest_one_stands_in() -> None:
    options = replace(OPTIONS, levels=(1, 8))

    assert Cell("json", "", "close", 8) in cells_of(ENTRIES[0], "same-server", SETUP, options)


def test_only_and_tests_choose_and_the_baseline_stays() -> None:
    options = replace(OPTIONS, only=("flask",), tests=("query",))

    assert pairs(SETUP, options) == [("bare-asgi", "same-server"), ("flask", "same-server")]
    assert {cell.scenario for cell in visits(1, 1, SETUP, options)[1].cells} == {"query"}


@pytest.mark.parametrize(
    ("setup", "expected"), [(BOTH, {"json"}), (SETUP, {"json", "query"})], ids=["both", "only"]
)
def test_fewer_tests_on_the_documented_server_only_where_there_is_another(
    setup: object, expected: set[str]
) -> None:
    options = replace(OPTIONS, documented_tests=("json",))
    chosen = (
        BOTH if setup is BOTH else replace(SETUP, matrices_of=lambda entry: ("documented-server",))
    )

    cells = cells_of(ENTRIES[1], "documented-server", chosen, options)

    assert {cell.scenario for cell in cells} == expected
