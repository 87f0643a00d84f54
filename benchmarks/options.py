"""What somebody asked for on the command line, as one frozen object."""

import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

SAME_SERVER, DOCUMENTED_SERVER = "same-server", "documented-server"
MATRICES = (SAME_SERVER, DOCUMENTED_SERVER)
FULL_ROUNDS, QUICK_ROUNDS = 7, 3
SAMPLE_SECONDS, WARM_UP_SECONDS = 10.0, 5.0
LEVELS = (1, 8, 32, 64)
LATENCY_ROUNDS = 3


@dataclass(frozen=True)
class Options:
    """What a run measures, and how long. Everything here is kept with the run.

    Attributes:
        only: Entries to measure; empty means all. The baseline always takes part.
        tests: Scenarios to measure; empty means all.
        documented_tests: The same for the documented server of an entry that is measured on the
            same server, too; empty means as `tests`.
        levels: Open connections, one sample each; the wait test has its own number.
        attempts: How often a disturbed sample is taken before the round goes on without it.
        idle_wait_seconds: How long a sample waits for an idle machine, at most.
        latency_tests: Scenarios to measure latency for. At half of what plain JSON reaches, the
            client itself would be at its limit.
        latency_rounds: How often latency is measured, each time with fresh servers in an order of
            its own.
        round_repeats: How often a round is repeated whose baseline drifted.
    """

    run: str
    seed: int
    rounds: int = FULL_ROUNDS
    quick: bool = False
    only: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    documented_tests: tuple[str, ...] = ()
    matrices: tuple[str, ...] = MATRICES
    levels: tuple[int, ...] = LEVELS
    sample_seconds: float = SAMPLE_SECONDS
    warm_up_seconds: float = WARM_UP_SECONDS
    attempts: int = 4
    idle_wait_seconds: float = 60.0
    round_repeats: int = 1
    latency: bool = True
    latency_tests: tuple[str, ...] = ("query", "fortunes")
    latency_rounds: int = LATENCY_ROUNDS
    latency_seconds: float = 10.0
    latency_rate: float = 500.0

    def as_json(self) -> dict[str, Any]:
        """Every option, ready for a JSON file."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Options":
        """The options that were stored; what this version does not know is left out."""
        names = {field.name for field in fields(cls)}
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in stored.items()
            if name in names
        }
        return cls(**known)

    @property
    def command(self) -> str:
        """The command line that starts the same run again, shortest form."""
        default = Options(run="", seed=0)
        words = ["python", "-m", "benchmarks", "run", "--seed", str(self.seed)]
        if self.quick:
            words.append("--quick")
        for field in fields(self):
            if field.name in ("run", "seed", "quick", "latency"):
                continue
            value = getattr(self, field.name)
            if value == getattr(default, field.name):
                continue
            if field.name == "rounds" and self.quick and value == QUICK_ROUNDS:
                continue
            as_text = ",".join(map(str, value)) if isinstance(value, tuple) else f"{value:g}"
            words += [f"--{field.name.replace('_', '-')}", as_text]
        if not self.latency:
            words.append("--no-latency")
        return shlex.join(words)

    @property
    def shortened(self) -> list[str]:
        """What is less than the specification asks for, as sentences for the run's note."""
        sentences = []
        if self.sample_seconds < SAMPLE_SECONDS:
            sentences.append(
                f"Samples of {self.sample_seconds:g} s instead of {SAMPLE_SECONDS:g} s"
                f" and warm-ups of {self.warm_up_seconds:g} s instead of {WARM_UP_SECONDS:g} s."
            )
        if missing := [level for level in LEVELS if level not in self.levels]:
            levels = ", ".join(map(str, missing))
            sentences.append(f"Not measured: {levels} open connections.")
        if self.documented_tests:
            tests = ", ".join(self.documented_tests)
            sentences.append(
                f"On the documented servers only {tests} are measured, unless an entry runs on no"
                " other server."
            )
        if self.rounds < FULL_ROUNDS:
            sentences.append(f"{self.rounds} rounds instead of {FULL_ROUNDS}.")
        if self.latency and self.latency_rounds < LATENCY_ROUNDS:
            sentences.append(
                f"Latency in {self.latency_rounds} rounds instead of {LATENCY_ROUNDS}."
            )
        return sentences
