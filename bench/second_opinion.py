"""Records what pysensmcda counts on the same samples, as a reference case for the tests.

The library needs an older pandas than the app, so it cannot be pinned beside it; see
bench/requirements.txt. Run from the root of the project: ``python bench/second_opinion.py``.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "tests" / "reference_cases" / "second-opinion-pysensmcda.json"
SEED, ALTERNATIVES, CRITERIA, SAMPLES = 20261120, 7, 5, 2_000


def main() -> None:
    """Writes the reference case."""
    sys.path.insert(0, str(ROOT))
    sampling = importlib.import_module("framework_picker.domain.sampling")
    smaa: Any = importlib.import_module("pysensmcda.smaa")
    robustness: Any = importlib.import_module("pysensmcda.robustness")
    version = importlib.import_module("importlib.metadata").version("pysensmcda")
    source = np.random.default_rng(SEED)
    middle = source.uniform(20, 80, (ALTERNATIVES, CRITERIA))
    values = middle + source.uniform(-15, 15, (SAMPLES, ALTERNATIVES, CRITERIA))
    weights = sampling.simplex_samples(source.random((SAMPLES, CRITERIA)))

    def weighted_sum(matrix: Any, weight: Any, types: Any) -> Any:
        return matrix @ weight

    types = np.ones(CRITERIA)
    result = smaa.simulate(weighted_sum, values[0], types, weights=weights, matrix_samples=values)
    central = smaa.central_weights(result)
    factors = smaa.confidence_factors(weighted_sum, central, types, matrix_samples=values)
    wins = robustness.pairwise_winning_indices(result.rankings) * SAMPLES
    case = {
        "id": "second-opinion-pysensmcda",
        "title": "Another library's counts on the same samples",
        "kind": "smaa",
        "published": False,
        "source": {
            "citation": f"pysensmcda {version}, simulate, pairwise_winning_indices, "
            "central_weights, confidence_factors with a weighted sum",
            "where": "python bench/second_opinion.py",
        },
        "input": {
            "seed": SEED,
            "alternatives": ALTERNATIVES,
            "criteria": CRITERIA,
            "samples": SAMPLES,
            "values": "numpy default_rng(seed): middle = uniform(20, 80, (alternatives, "
            "criteria)), then middle + uniform(-15, 15, (samples, alternatives, criteria))",
            "weights": "then random((samples, criteria)) as exponentials divided by their sum",
            "first_values": values[0, 0].tolist(),
        },
        "expected": {
            "rank_counts": result.rank_counts.astype(int).tolist(),
            "wins": np.rint(wins).astype(int).tolist(),
            "central_weights": [
                None if np.isnan(row).any() else row.tolist() for row in np.asarray(central)
            ],
            "confidence_factors": [None if np.isnan(f) else float(f) for f in factors],
        },
        "tolerance": {"counts": 0, "central_weights": 1e-9},
    }
    text = json.dumps(case, indent=2)
    # One row of numbers per line.
    text = re.sub(r"\[[^\[\]{}]*\]", lambda found: " ".join(found[0].split()), text)
    TARGET.write_text(text.replace("[ ", "[").replace(" ]", "]") + "\n", encoding="utf-8")
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
