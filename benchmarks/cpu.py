"""Whose processor time it was: read from /proc, per processor and per family of processes."""

import contextlib
import os
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.problems import BenchmarkError

PROC = Path("/proc")
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class ProcessorTimes:
    """What one processor did since the start of the machine, in ticks."""

    not_busy: int
    steal: int


def processor_times(text: str) -> dict[int, ProcessorTimes]:
    """The times per processor, from the text of /proc/stat.

    Waiting for a disk counts as not busy, as idling does.
    """
    times = {}
    for line in text.splitlines():
        name, *numbers = line.split()
        if name.startswith("cpu") and name != "cpu":
            fields = [int(number) for number in numbers] + [0] * 8
            times[int(name.removeprefix("cpu"))] = ProcessorTimes(fields[3] + fields[4], fields[7])
    return times


@dataclass(frozen=True)
class ProcessTimes:
    """One process: its parent, its session, and its processor time with ended children's."""

    pid: int
    parent: int
    session: int
    ticks: int


def process_times(text: str) -> ProcessTimes:
    """The times of one process, from the text of /proc/PID/stat.

    The name stands in brackets and may hold anything, brackets and spaces too.
    """
    head, _, tail = text.rpartition(")")
    fields = tail.split()
    return ProcessTimes(
        pid=int(head.split()[0]),
        parent=int(fields[1]),
        session=int(fields[3]),
        ticks=sum(int(fields[place]) for place in range(11, 15)),
    )


def processes(proc: Path = PROC) -> list[ProcessTimes]:
    """Every process there is; those that end while we look are left out."""
    found = []
    for folder in proc.iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                found.append(process_times((folder / "stat").read_text(errors="replace")))
    return found


def family(root: int, everybody: Collection[ProcessTimes]) -> list[ProcessTimes]:
    """A process, all that descend from it, and all that share its session."""
    members = {root} | {process.pid for process in everybody if process.session == root}
    grew = True
    while grew:
        children = {process.pid for process in everybody if process.parent in members}
        grew = not children <= members
        members |= children
    return [process for process in everybody if process.pid in members]


@dataclass(frozen=True)
class Reading:
    """The state of the clocks at one moment."""

    moment: float
    processors: dict[int, ProcessorTimes]
    server_ticks: int
    own_seconds: float


def read(
    server: int, processors: Collection[int], *, is_end: bool = False, proc: Path = PROC
) -> Reading:
    """The clocks now, of the processors and of the server's family.

    Looking for the family takes some milliseconds, which belong to no sample: they come before
    the processors' clocks at the beginning of one, and after them at its end.
    """
    members = [] if is_end else family(server, processes(proc))
    times = processor_times((proc / "stat").read_text())
    moment, own_seconds = time.monotonic(), time.process_time()
    if is_end:
        members = family(server, processes(proc))
    is_among_them = os.getpid() in {process.pid for process in members}
    return Reading(
        moment=moment,
        processors={number: times[number] for number in processors},
        server_ticks=sum(process.ticks for process in members),
        own_seconds=0.0 if is_among_them else own_seconds,
    )


@dataclass(frozen=True)
class Shares:
    """Who used how much, in cores, between two readings; `steal` is a share of the time."""

    seconds: float
    server: float
    client: float
    foreign: float
    steal: float


def shares(before: Reading, after: Reading, client_seconds: float = 0.0) -> Shares:
    """Server, client, and what is left of the busy time: foreign.

    The harness itself is not foreign. Busy is what is neither idle nor stolen. Ticks are coarse,
    so a quiet machine can come out a little below zero: that is zero.
    """
    seconds = after.moment - before.moment
    idle = steal = 0
    for number, start in before.processors.items():
        end = after.processors[number]
        idle += end.not_busy - start.not_busy
        steal += end.steal - start.steal
    count = len(before.processors)
    busy = count * seconds - (idle + steal) / TICKS_PER_SECOND
    server = (after.server_ticks - before.server_ticks) / TICKS_PER_SECOND
    own = after.own_seconds - before.own_seconds
    return Shares(
        seconds=seconds,
        server=server / seconds,
        client=client_seconds / seconds,
        foreign=max(0.0, (busy - server - client_seconds - own) / seconds),
        steal=steal / TICKS_PER_SECOND / seconds / count,
    )


def proportional_memory(root: int, proc: Path = PROC) -> int:
    """What a server's family has in memory, in bytes, shared pages split among their owners."""
    total = 0
    for process in family(root, processes(proc)):
        with contextlib.suppress(OSError):
            total += pss((proc / str(process.pid) / "smaps_rollup").read_text())
    return total


def pss(text: str) -> int:
    """The proportional set size in bytes, from the text of /proc/PID/smaps_rollup."""
    for line in text.splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


@dataclass(frozen=True)
class Cores:
    """Which processor serves and which one asks."""

    server: int
    client: int

    @property
    def both(self) -> tuple[int, ...]:
        """Both, each once."""
        return tuple(sorted({self.server, self.client}))


def two_cores() -> Cores:
    """The first two processors that we may use.

    Raises:
        BenchmarkError: this system cannot pin processes, or has one processor only.
    """
    if not hasattr(os, "sched_getaffinity") or not PROC.is_dir():
        raise BenchmarkError("The harness measures on Linux only: it needs /proc and pinning.")
    usable = sorted(os.sched_getaffinity(0))
    if len(usable) < 2:
        raise BenchmarkError("Two processor cores are needed, one to serve and one to ask.")
    return Cores(server=usable[0], client=usable[1])


@contextlib.contextmanager
def pinned(processor: int) -> Iterator[None]:
    """Whatever is started in this block runs on one processor, and so do its children."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {processor})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
