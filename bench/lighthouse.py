"""Prints Lighthouse's scores of the main pages, and the bytes of a first visit.

    python bench/lighthouse.py [--address http://127.0.0.1:3000] [--runs 3] [--findings]

The app must be running (`make run`; `make bench-app` starts it by itself). Lighthouse comes from
npm, pinned, into .make/lighthouse. It simulates a phone on a slow network (its own default); each
figure is the median of the runs. A busy machine lowers the performance score, so the load is
printed, too. The bytes are counted by the browser as they come over the network, headers included.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, WebSocket, sync_playwright

from house.browser import HOW_TO_GET_ONE, find_browser, launch_arguments
from house.installation import variables
from house.places import LOGS

VERSION = "13.5.0"
FOLDER = LOGS / "lighthouse"
PROGRAM = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
ANSWERS = "use=api&async=decisive&admin=must"
PAGES = (
    "/",
    f"/result/?{ANSWERS}",
    "/compare/",
    "/compare/?f=django,flask,fastapi",
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMINGS = {
    "first-contentful-paint": "first paint",
    "largest-contentful-paint": "largest paint",
    "total-blocking-time": "blocked",
    "cumulative-layout-shift": "shift",
}
BYTES_BAR = 220_000
HYDRATED = '"is_hydrated_rx_state_":true'


def main() -> int:
    """Measure and print; the exit status says whether it could be measured."""
    options = _options()
    address = options.address.rstrip("/")
    environment = variables(Path(sys.executable).parent.parent)
    chromium = find_browser(Path(sys.executable))
    if chromium is None:
        print(HOW_TO_GET_ONE, file=sys.stderr)
        return 1
    try:
        _install(environment)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"Lighthouse could not be installed: {error}", file=sys.stderr)
        return 1
    environment["CHROME_PATH"] = str(chromium)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=launch_arguments())
        print(f"Lighthouse {VERSION}, Chromium {browser.version}, median of {options.runs} runs")
        _print_bytes(browser, address)
        browser.close()
    print(f"\n{'':34}{''.join(f'{name:>16}' for name in CATEGORIES)}")
    for page in options.pages or PAGES:
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
        reports = [_report(address + page, environment) for _ in range(options.runs)]
        _print_scores(page, reports, load)
        if options.findings:
            _print_findings(reports)
    return 0


def _install(environment: dict[str, str]) -> None:
    """Fetch Lighthouse, unless this version is there."""
    package = PROGRAM.parent.parent / "package.json"
    if package.exists() and json.loads(package.read_text())["version"] == VERSION:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        raise FileNotFoundError("npm is not there; it comes with requirements.txt")
    print(f"Fetching Lighthouse {VERSION} into {FOLDER} ...", file=sys.stderr)
    subprocess.run(
        [npm, "install", "--prefix", ".", "--no-audit", "--no-fund", f"lighthouse@{VERSION}"],
        cwd=FOLDER,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _report(url: str, environment: dict[str, str]) -> dict[str, Any]:
    """What Lighthouse finds on a page, in a fresh browser."""
    node = shutil.which("node", path=environment["PATH"]) or "node"
    done = subprocess.run(
        [
            *(node, str(PROGRAM), url, "--output=json", "--quiet"),
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags=--headless=new {' '.join(launch_arguments())}",
            "--no-enable-error-reporting",
        ],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    if failed := report.get("runtimeError"):
        raise RuntimeError(f"{url}: {failed['message']}")
    return report


def _print_scores(page: str, reports: list[dict[str, Any]], load: float) -> None:
    scores = (
        statistics.median(100 * report["categories"][name]["score"] for report in reports)
        for name in CATEGORIES
    )
    print(f"{page:34}{''.join(f'{score:16.0f}' for score in scores)}")
    timings = []
    for audit, words in TIMINGS.items():
        value = statistics.median(report["audits"][audit]["numericValue"] for report in reports)
        unit = "" if audit == "cumulative-layout-shift" else " ms"
        timings.append(f"{words} {value:.3f}" if not unit else f"{words} {value:.0f}{unit}")
    print(f"    {', '.join(timings)}; load average {load:.1f}")


def _print_findings(reports: list[dict[str, Any]]) -> None:
    """Every audit below full marks, with what it says about the first few elements."""
    found = Counter(
        audit["id"]
        for report in reports
        for audit in report["audits"].values()
        if audit["score"] is not None and audit["score"] < 1
    )
    for name, times in found.most_common():
        audit = next(r["audits"][name] for r in reports if (r["audits"][name]["score"] or 0) < 1)
        value = audit.get("displayValue", "")
        print(f"    {times} x {name} {audit['score']:.2f}: {audit['title']} {value}")
        for item in audit.get("details", {}).get("items", [])[:4]:
            print(f"        {json.dumps(item)[:220]}")


def _print_bytes(browser: Browser, address: str) -> None:
    """What a first visit of `/` transfers, with either compression."""
    for coding in ("gzip", "br"):
        files, messages = _first_visit(browser, address, coding)
        total = sum(files.values())
        print(
            f"first visit of /, {coding}: {total / 1000:.1f} kB in {len(files)} requests"
            f" (at most {BYTES_BAR / 1000:.0f} wanted), and {messages / 1000:.1f} kB of messages"
            " over the WebSocket before compression"
        )
    for url, size in sorted(files.items(), key=lambda item: -item[1])[:6]:
        print(f"    {size / 1000:6.1f} kB  {url.removeprefix(address)}")


def _first_visit(browser: Browser, address: str, coding: str) -> tuple[dict[str, int], int]:
    """Bytes by address as they came over the network, and bytes of the WebSocket's messages."""
    context = browser.new_context(extra_http_headers={"Accept-Encoding": coding})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    url_of: dict[str, str] = {}
    files: dict[str, int] = {}
    messages = 0

    def heard(socket: WebSocket) -> None:
        for event in ("framereceived", "framesent"):
            socket.on(event, count)

    def count(payload: str | bytes) -> None:
        nonlocal messages
        messages += len(payload if isinstance(payload, bytes) else payload.encode())

    devtools.on(
        "Network.requestWillBeSent",
        lambda event: url_of.update({event["requestId"]: event["request"]["url"]}),
    )
    devtools.on(
        "Network.loadingFinished",
        lambda event: files.update(
            {url_of[event["requestId"]]: int(event["encodedDataLength"])}
            if event["requestId"] in url_of
            else {}
        ),
    )
    page.on("websocket", heard)
    with page.expect_websocket(_is_answered):
        page.goto(f"{address}/", wait_until="networkidle")
    context.close()
    return files, messages


def _is_answered(socket: WebSocket) -> bool:
    """Whether the server has sent this connection its state."""
    socket.wait_for_event("framereceived", lambda payload: HYDRATED in str(payload))
    return True


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--address", default="http://127.0.0.1:3000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--findings", action="store_true", help="print what costs points")
    parser.add_argument("--pages", nargs="*", help="paths to measure instead of the main ones")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
