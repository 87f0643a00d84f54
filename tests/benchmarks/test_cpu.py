"""Processor time and memory, read from recorded texts of /proc and from this process itself."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import cpu
from benchmarks.cpu import ProcessorTimes, ProcessTimes, Reading

# Recorded on a machine with Linux 6.18; the first line sums up the others.
STAT = """\
cpu  1497315 56658 229236 555908 2765 0 2772 1176 0 0
cpu0 726903 28511 108551 306500 947 0 649 606 0 0
cpu1 770412 28147 120685 249407 1817 0 2123 570 0 0
intr 18334834 0 0
ctxt 93902671
"""
PROCESS = (
    "4711 (a (very) odd) name) S 1 4711 4700 0 -1 4194304 5301 11 0 0 120 30 7 3 20 0 4 0 900 1 2"
)
ROLLUP = "5586-7fff ---p 0 00:00 0 [rollup]\nRss: 1704 kB\nPss:     174 kB\nPss_Dirty: 112 kB\n"


def test_idle_and_waiting_for_the_disk_are_not_busy_and_steal_is_told_apart() -> None:
    times = cpu.processor_times(STAT)

    assert times == {0: ProcessorTimes(307447, 606), 1: ProcessorTimes(251224, 570)}


def test_an_old_kernel_without_steal_has_none() -> None:
    assert cpu.processor_times("cpu0 1 2 3 4\n") == {0: ProcessorTimes(4, 0)}


def test_a_process_may_have_brackets_and_spaces_in_its_name() -> None:
    # utime 120 + stime 30 + ended children's 7 + 3
    assert cpu.process_times(PROCESS) == ProcessTimes(4711, 1, 4700, 160)


def test_memory_is_the_proportional_share_and_not_everything_mapped() -> None:
    assert cpu.pss(ROLLUP) == 174 * 1024
    assert cpu.pss("") == 0


def test_a_family_is_all_descendants_and_the_session_but_no_stranger() -> None:
    server, worker, thread_pool = (
        ProcessTimes(10, 1, 10, 5),
        ProcessTimes(11, 10, 10, 7),
        ProcessTimes(12, 11, 12, 1),
    )
    left_alone = ProcessTimes(13, 1, 10, 2)  # its parent ended, its session did not
    stranger = ProcessTimes(14, 1, 14, 100)

    found = cpu.family(10, [thread_pool, stranger, left_alone, worker, server])

    assert {process.pid for process in found} == {10, 11, 12, 13}


def reading(moment: float, not_busy: int, steal: int, server: int, own: float = 0.0) -> Reading:
    times = ProcessorTimes(not_busy, steal)
    return Reading(moment, {0: times, 1: times}, server, own)


def test_foreign_is_what_is_busy_and_neither_server_client_nor_harness() -> None:
    # Two processors, 2 s: 4 s in all. Each idles 0.7 s: 2.6 s busy.
    shares = cpu.shares(
        reading(0.0, 0, 0, 0), reading(2.0, 70, 0, 190, own=0.02), client_seconds=0.48
    )

    assert shares.server == pytest.approx(0.95)
    assert shares.client == pytest.approx(0.24)
    assert shares.foreign == pytest.approx((2.6 - 1.9 - 0.48 - 0.02) / 2)
    assert shares.steal == 0


def test_stolen_time_is_a_share_of_all_time_and_nobodys_work() -> None:
    shares = cpu.shares(reading(0.0, 0, 0, 0), reading(1.0, 90, 10, 0))

    assert shares.steal == pytest.approx(0.1)
    assert shares.foreign == pytest.approx(0.0)


def test_coarse_ticks_never_make_others_negative() -> None:
    assert cpu.shares(reading(0.0, 0, 0, 0), reading(1.0, 101, 0, 1)).foreign == 0.0


def test_a_busy_child_is_counted_to_its_family() -> None:
    loop = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n"
    # Its own child works: what counts is the family.
    program = f"import subprocess, sys, time; subprocess.run([sys.executable, '-c', {loop!r}]);"
    child = subprocess.Popen(
        [sys.executable, "-c", program + "print('done', flush=True); time.sleep(30)"],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        processors = sorted(os.sched_getaffinity(0))
        before = cpu.read(child.pid, processors)
        assert child.stdout is not None
        assert child.stdout.readline()
        after = cpu.read(child.pid, processors, is_end=True)
    finally:
        child.kill()
        child.communicate()

    shares = cpu.shares(before, after)
    assert shares.server * shares.seconds >= 0.25


def test_this_process_has_memory() -> None:
    assert cpu.proportional_memory(os.getpid()) > 1_000_000


def test_a_process_that_ended_has_none(tmp_path: Path) -> None:
    assert cpu.proportional_memory(2**22 + 1, tmp_path) == 0


def test_what_is_started_pinned_stays_on_its_processor() -> None:
    before = os.sched_getaffinity(0)
    last = max(before)
    with cpu.pinned(last):
        answer = subprocess.run(
            [sys.executable, "-c", "import os; print(os.sched_getaffinity(0))"],
            capture_output=True,
            text=True,
            check=True,
        )
    assert answer.stdout.strip() == f"{{{last}}}"
    assert os.sched_getaffinity(0) == before


def test_the_harness_does_not_count_its_own_reading_as_foreign() -> None:
    before = cpu.read(2**22 + 1, sorted(os.sched_getaffinity(0)))
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
    after = cpu.read(2**22 + 1, sorted(os.sched_getaffinity(0)), is_end=True)

    assert after.own_seconds - before.own_seconds >= 0.2
