"""TOPSIS, PROMETHEE and VIKOR, classical and on the fixed scale (METHOD section 10)."""

from __future__ import annotations

import importlib
import importlib.util

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from framework_picker.domain.cross_checks import (
    Preference,
    cross_checks,
    fixed_promethee,
    fixed_topsis,
    fixed_vikor,
    promethee,
    topsis,
    vikor,
)
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.scoring import ranks
from tests.domain.cases import edge_case, read

Array = NDArray[np.float64]
POINTS = (0.0, 1.0, 2.0, 4.0, 8.0)


@st.composite
def tables(draw: st.DrawFn, smallest: int = 1) -> tuple[Array, Array]:
    count, criteria = draw(st.integers(smallest, 5)), draw(st.integers(1, 5))
    source = np.random.default_rng(draw(st.integers(0, 2**32)))
    steps = draw(st.sampled_from([2, 5, 101]))
    values = source.integers(0, steps, (count, criteria)) * 100.0 / (steps - 1)
    return values, source.choice(POINTS, criteria)


def test_topsis_is_that_of_the_book() -> None:
    case = read("topsis-tzeng-huang-2011")
    given_input, expected = case["input"], case["expected"]

    found = topsis(
        given_input["matrix"],
        given_input["weights"],
        given_input["direction"],
        given_input["normalisation"],
    )

    assert found.closeness == pytest.approx(expected["closeness"], abs=case["tolerance"]["abs"])
    assert ranks(found.closeness).tolist() == expected["ranking_positions"]
    assert found.leaders == (2,)


@pytest.mark.parametrize("name", ["W1", "W2", "W3", "W4"])
def test_vikor_is_that_of_the_article(name: str) -> None:
    case = read("vikor-hydropower-2007")
    given_input, expected = case["input"], case["expected"][name]
    names, tolerance = given_input["alternatives"], case["tolerance"]["abs"]

    found = vikor(
        given_input["matrix"],
        given_input["weight_points"][name],
        given_input["direction"],
        given_input["v"],
    )

    assert found.s == pytest.approx(expected["S"], abs=tolerance)
    assert found.r == pytest.approx(expected["R"], abs=tolerance)
    assert found.q == pytest.approx(expected["Q"], abs=tolerance)
    assert ranks(-found.q).tolist() == expected["ranking_positions"]
    assert found.has_acceptable_advantage is expected["acceptable_advantage"]
    assert found.has_acceptable_stability is expected["acceptable_stability"]
    assert sorted(names[i] for i in found.compromise) == expected["compromise"]


def test_promethee_is_that_of_the_article() -> None:
    case = read("promethee2-distribution-1994")
    given_input, expected = case["input"], case["expected"]
    names = given_input["alternatives"]
    preferences = [
        Preference(p["type"], q=p.get("q", 0), p=p.get("p", 0), s=p.get("s", 0))
        for p in given_input["preference"]
    ]

    found = promethee(
        given_input["matrix"], given_input["weight_points"], given_input["direction"], preferences
    )

    assert found.net == pytest.approx(
        expected["recomputed_net_flow"], abs=case["tolerance"]["recomputed_abs"]
    )
    order = sorted(range(len(names)), key=lambda i: -found.net[i])
    assert [names[i] for i in order[:5]] == expected["top_five"]
    apart = [[names[i], names[k]] for i, k in found.incomparable]
    assert all(pair in apart for pair in expected["incomparable_in_promethee_1"])
    # By the definition A3 and A4 are apart too, by 0.0012 of flow, which no picture shows.
    assert (0, 3) not in found.incomparable


@pytest.mark.parametrize(
    ("preference", "expected"),
    [
        (Preference("usual"), [1, 1, 1, 1, 1]),
        (Preference("ushape", q=2), [0, 0, 1, 1, 1]),
        (Preference("vshape", p=4), [0.25, 0.5, 0.75, 1, 1]),
        (Preference("level", q=1, p=3), [0, 0.5, 0.5, 1, 1]),
        (Preference("linear", q=1, p=5), [0, 0.25, 0.5, 0.75, 1]),
        (Preference("gaussian", s=2), [1 - np.exp(-(d**2) / 8) for d in range(1, 6)]),
    ],
)
def test_preference_functions_by_hand(preference: Preference, expected: list[float]) -> None:
    for difference, share in zip(range(1, 6), expected, strict=True):
        found = promethee([[10.0 + difference], [10.0]], [1], ["max"], [preference])
        assert found.preferences[0, 1] == pytest.approx(share)
        assert found.preferences[1, 0] == 0
        mirrored = promethee([[10.0 + difference], [10.0]], [1], ["min"], [preference])
        assert mirrored.preferences[1, 0] == pytest.approx(share)


def test_flows_can_stay_undivided() -> None:
    matrix, preference = [[3.0], [2.0], [1.0]], [Preference("usual")]

    assert promethee(matrix, [1], ["max"], preference).net.tolist() == [1.0, 0.0, -1.0]
    assert promethee(matrix, [1], ["max"], preference, divide=False).net.tolist() == [2, 0, -2]


def test_a_single_alternative_leads_everywhere() -> None:
    expected = edge_case("single alternative")["expected"]
    values = edge_case("single alternative")["input"]["values"]

    assert fixed_promethee(values, [1, 4]).net.tolist() == expected["promethee_net_flow"]
    assert fixed_vikor(values, [1, 4]).q.tolist() == expected["vikor_Q"]
    assert fixed_vikor(values, [1, 4]).compromise == (0,)
    assert fixed_topsis(values, [1, 4]).leaders == (0,)
    assert all(check.agrees for check in cross_checks(values, [1, 4], 0))


def test_degenerate_tables_give_no_nan() -> None:
    # Each criterion is at one end for all, so both distances of TOPSIS are zero where w is.
    same = [[0.0, 100.0], [0.0, 100.0]]
    assert fixed_topsis([[100.0, 0.0]], [1, 0]).closeness.tolist() == [1.0]
    assert topsis(same, [1, 1], ["max", "max"]).closeness.tolist() == [0.5, 0.5]
    assert topsis(same, [1, 1], ["max", "min"], "minmax").closeness.tolist() == [0.5, 0.5]
    assert fixed_vikor(same, [1, 3]).q.tolist() == [0.0, 0.0]
    assert vikor(same, [1, 3], ["max", "min"]).q.tolist() == [0.0, 0.0]
    assert fixed_promethee(same, [1, 3]).net.tolist() == [0.0, 0.0]
    for method in (fixed_topsis, fixed_promethee, fixed_vikor):
        assert method(np.zeros((0, 2)), [1, 1]).leaders == ()
    assert topsis(np.zeros((0, 2)), [1, 1], ["max", "max"]).leaders == ()
    assert vikor(np.zeros((0, 2)), [1, 1], ["max", "max"]).leaders == ()


@given(tables())
def test_every_number_is_finite_and_in_range(table: tuple[Array, Array]) -> None:
    values, points = table

    near, flows, regret = (
        fixed_topsis(values, points),
        fixed_promethee(values, points),
        fixed_vikor(values, points),
    )

    assert ((near.closeness >= 0) & (near.closeness <= 1)).all()
    assert flows.net.sum() == pytest.approx(0, abs=1e-9)
    assert ((flows.net >= -1 - 1e-9) & (flows.net <= 1 + 1e-9)).all()
    assert flows.positive - flows.negative == pytest.approx(flows.net)
    assert ((regret.q >= 0) & (regret.q <= 1 + 1e-9)).all()
    assert near.leaders
    assert flows.leaders
    assert regret.leaders
    assert set(regret.leaders) & set(regret.compromise)


@given(tables(), st.sampled_from([0.25, 3.0]))
def test_a_common_factor_on_all_weights_changes_nothing(
    table: tuple[Array, Array], factor: float
) -> None:
    values, points = table

    assert fixed_topsis(values, points * factor).closeness == pytest.approx(
        fixed_topsis(values, points).closeness
    )
    assert fixed_promethee(values, points * factor).net == pytest.approx(
        fixed_promethee(values, points).net
    )
    assert fixed_vikor(values, points * factor).q == pytest.approx(fixed_vikor(values, points).q)


@given(tables(smallest=2))
def test_the_fixed_forms_are_the_classical_ones_between_the_ends_of_the_scale(
    table: tuple[Array, Array],
) -> None:
    values, points = table
    criteria = values.shape[1]
    # With both ends present the best and worst present are the ends of the scale.
    ends = np.vstack([values, np.full(criteria, 100.0), np.zeros(criteria)])
    directions = ["max"] * criteria

    assert vikor(ends, points, ["max"] * criteria).s == pytest.approx(fixed_vikor(ends, points).s)
    assert vikor(ends, points, ["max"] * criteria).q == pytest.approx(fixed_vikor(ends, points).q)
    classical = topsis(ends, points, ["max" for _ in directions], "minmax")
    assert classical.closeness == pytest.approx(fixed_topsis(ends, points).closeness)


@given(tables(smallest=2), st.integers(0, 4), st.integers(0, 4), st.floats(0, 100))
def test_a_better_value_never_harms_its_alternative(
    table: tuple[Array, Array], row: int, column: int, rise: float
) -> None:
    values, points = table
    i, j = row % values.shape[0], column % values.shape[1]
    better = values.copy()
    better[i, j] = min(100.0, better[i, j] + rise)

    near, nearer = (fixed_topsis(v, points).closeness for v in (values, better))
    flow, higher = (fixed_promethee(v, points).net for v in (values, better))
    regret, less = (fixed_vikor(v, points) for v in (values, better))

    assert nearer[i] >= near[i] - 1e-12
    assert higher[i] >= flow[i] - 1e-12
    assert less.s[i] <= regret.s[i] + 1e-12
    assert less.r[i] <= regret.r[i] + 1e-12


def test_vikor_disagrees_because_of_one_bad_spot() -> None:
    values = [[20.0, 50.0, 90.0], [70.0, 90.0, 10.0], [50.0, 60.0, 30.0]]

    check = cross_checks(values, [1, 1, 1], 1)[2]

    assert check.method == "VIKOR"
    assert check.agrees is False
    assert check.leaders == (0,)
    assert (check.reason, check.about, check.criterion) == ("one bad spot", 1, 2)


def test_promethee_disagrees_because_of_many_small_wins() -> None:
    # One lead of 80 points counts as 25; three of 24 count nearly in full.
    values = [[90.0, 50.0, 50.0, 50.0], [10.0, 74.0, 74.0, 74.0]]

    check = cross_checks(values, [1, 1, 1, 1], 0)[1]

    assert check.agrees is False
    assert (check.reason, check.about, check.criterion) == ("many small wins", 1, 0)
    assert (check.wins, check.losses) == (3, 1)


def test_topsis_disagrees_because_of_an_extreme_profile() -> None:
    # 40 points everywhere scores 40, the profile of highs and lows 33; squares turn that round.
    values = [[10.0, 0.0, 90.0], [40.0, 0.0, 50.0], [40.0, 40.0, 40.0]]

    check = cross_checks(values, [1, 1, 1], 2)[0]

    assert check.method == "TOPSIS"
    assert check.agrees is False
    assert check.leaders == (0,)
    assert (check.reason, check.about, check.criterion) == ("extreme profile", 0, 2)


@given(tables(smallest=2), st.integers(0, 4))
def test_a_disagreement_always_has_its_reason(table: tuple[Array, Array], row: int) -> None:
    values, points = table
    leader = row % values.shape[0]

    for check in cross_checks(values, points, leader):
        assert check.agrees == (leader in check.leaders)
        assert (check.reason is None) == check.agrees
        assert (check.criterion is None) == check.agrees
        assert check.about in (None, leader, check.leaders[0])


def test_an_unstable_compromise_takes_the_second_along() -> None:
    values = [[0, 90, 60], [50, 50, 40], [0, 90, 90], [70, 60, 10], [80, 40, 30], [100, 30, 40]]

    found = fixed_vikor(values, [1, 1, 1])

    # The last leads by 0.25 of Q, more than 1 / 5, but the third has the better S and the second
    # the better R.
    assert found.q[:3] == pytest.approx([0.875, 0.5, 0.5])
    assert found.q[5] == pytest.approx(0.25)
    assert found.has_acceptable_advantage
    assert not found.has_acceptable_stability
    assert found.leaders == (5,)
    assert found.compromise == (5, 1)


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ScoringInputError, match="matrix, row 1, column 1"):
        topsis([[np.nan, 1]], [1, 1], ["max", "max"])
    with pytest.raises(ScoringInputError, match="directions"):
        vikor([[1, 2]], [1, 1], ["max"])
    with pytest.raises(ScoringInputError, match="weights, entry 1"):
        fixed_topsis([[1, 2]], [-1, 1])
    with pytest.raises(ScoringInputError, match="preference functions"):
        promethee([[1, 2]], [1, 1], ["max", "max"], [Preference()])
    with pytest.raises(ScoringInputError, match="expected one of 1 alternatives"):
        cross_checks([[1, 2]], [1, 1], 1)


# Only where bench/requirements.txt is installed; the published cases above need no library.
if importlib.util.find_spec("pymcdm") is not None:

    def test_another_library_says_the_same() -> None:
        methods = importlib.import_module("pymcdm.methods")
        source = np.random.default_rng(21)
        for _ in range(20):
            matrix, points = source.uniform(1, 100, (6, 4)), source.integers(1, 9, 4)
            weights = points / points.sum()
            signs = source.choice([1, -1], 4)
            words = [("max" if sign == 1 else "min") for sign in signs.tolist()]

            near = topsis(matrix, weights, words, "minmax")  # type: ignore[arg-type]
            regret = vikor(matrix, weights, words)  # type: ignore[arg-type]
            flows = promethee(matrix, weights, words, [Preference()] * 4)  # type: ignore[arg-type]

            assert near.closeness == pytest.approx(methods.TOPSIS()(matrix, weights, signs))
            assert regret.q == pytest.approx(methods.VIKOR()(matrix, weights, signs))
            net = methods.PROMETHEE_II("usual")(matrix, weights, signs)
            assert flows.net == pytest.approx(net)
