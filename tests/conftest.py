"""Rules for every test: nothing is skipped in CI, and what needs a browser comes last."""

import os
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

IS_CI = os.environ.get("CI", "").lower() in ("1", "true")

# A busy machine is no fault of the code; and in CI the same commit gives the same answer each time.
settings.register_profile("here", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if IS_CI else "here")


STORIES = ("tests/e2e/", "tests/benchmarks/test_ui_visit.py")
"""Where the tests with the mark `browser` are."""


def is_story(test: str) -> bool:
    """Whether the test with this id is played in a browser."""
    return test.startswith(STORIES)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick tests first, browser stories last; otherwise in the order found."""
    for item in items:
        if is_story(item.nodeid) != (item.get_closest_marker("browser") is not None):
            raise pytest.UsageError(f"{item.nodeid}: browser stories are in {', '.join(STORIES)}")
    items.sort(key=lambda item: is_story(item.nodeid))


class Shares(LoadScopeScheduling):  # type: ignore[misc]
    """How processes share the tests: by file, and all stories in one, which plays them last.

    One build, one server and one visitor at a time; Playwright's plain interface and the event
    loop of other tests cannot share a thread.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "stories" if is_story(nodeid) else nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Shares:
    """Whatever number of processes is asked for, they share by our rule."""
    config.option.loadscopereorder = False
    return Shares(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test is a failed one."""
    report = yield
    return _fail_if_skipped(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """In CI a skipped module is a failed one."""
    report = yield
    return _fail_if_skipped(report)


def _fail_if_skipped(report: Report) -> Report:
    if IS_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report
