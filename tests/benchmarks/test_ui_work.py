"""The shared arithmetic of the small app, and the walk that the driver takes through it."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.ui import visit, work

WEIGHTS = st.lists(st.integers(work.LOWEST, work.HIGHEST), min_size=5, max_size=5)


def test_scores_by_hand() -> None:
    # Alder: 12 3 17 8 5; Birch: 4 19 2 11 9.
    assert work.scores([1, 0, 0, 0, 0])[:2] == [12, 4]
    assert work.scores([0, 2, 0, 0, 1])[:2] == [2 * 3 + 5, 2 * 19 + 9]
    assert work.scores([5] * 5)[:2] == [225, 225]


@given(WEIGHTS)
def test_every_score_fits_without_a_thousands_separator(weights: list[int]) -> None:
    assert all(0 <= score < 1000 for score in work.scores(weights))


@given(WEIGHTS, st.integers(0, 4))
def test_moving_one_input_changes_every_number(weights: list[int], place: int) -> None:
    """So the driver sees a change in each bar and each row, whichever input moved."""
    moved = list(weights)
    moved[place] += 1 if moved[place] < work.HIGHEST else -1

    pairs = zip(work.scores(weights), work.scores(moved), strict=True)
    assert all(before != after for before, after in pairs)


def test_the_table_ends_in_the_score() -> None:
    weights = [1, 2, 3, 4, 5]

    assert [row[-1] for row in work.rows(weights)] == work.scores(weights)
    assert [record["Score"] for record in work.records(weights)] == work.scores(weights)
    assert all(len(row) == len(work.COLUMNS) for row in work.rows(weights))


def test_the_chart_says_each_score_in_words() -> None:
    bars = work.figure([5] * 5).to_dict()["data"][0]

    assert list(bars["x"]) == list(work.ITEMS)
    assert list(bars["text"]) == [str(score) for score in work.scores([5] * 5)]


@given(WEIGHTS, st.integers(0, 1000))
def test_each_step_moves_one_input_by_one_within_its_ends(weights: list[int], seed: int) -> None:
    before = weights
    for after, place, is_up in visit.steps(weights, 40, Random(seed)):
        assert after[place] - before[place] == (1 if is_up else -1)
        assert [
            n for n, pair in enumerate(zip(before, after, strict=True)) if len({*pair}) > 1
        ] == [place]
        assert all(work.LOWEST <= weight <= work.HIGHEST for weight in after)
        before = after


def test_the_same_seed_takes_every_framework_the_same_way() -> None:
    start = [5] * 5

    assert visit.steps(start, 33, Random("1-2")) == visit.steps(start, 33, Random("1-2"))
    assert visit.steps(start, 33, Random("1-2")) != visit.steps(start, 33, Random("1-3"))


def test_p95_lies_between_its_neighbours() -> None:
    # Linear between the ranks of 0..20: the 19th twentieth of the way is exactly 19.
    assert visit.p95([float(n) for n in range(21)]) == 19.0
    assert visit.p95([3.0, 1.0]) == 1.0 + 0.95 * 2
