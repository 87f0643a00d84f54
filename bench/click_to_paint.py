"""Prints how long it takes from a click on an answer to the repainted ranking.

    python bench/click_to_paint.py [--address http://127.0.0.1:3000/] [--clicks 50]

The app must be running (`make run`). A browser clicks answers one after the other; each click
changes the ranking. The clock starts when the click is dispatched and stops in the first frame
after the ranking's text or bars have changed. Every sample is kept and printed with `--samples`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import sys

from playwright.sync_api import Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")

# Resolves to milliseconds. Two frames after the change: the first draws, the second follows it.
CLICK_AND_WAIT = """
(place) => new Promise((resolve, reject) => {
  const list = document.querySelector("[data-glides]").parentElement;
  const radio = document.querySelectorAll("[data-number-keys] input[type=radio]")[place];
  const late = setTimeout(() => { watcher.disconnect(); reject("nothing changed"); }, 5000);
  const started = performance.now();
  const watcher = new MutationObserver(() => {
    watcher.disconnect();
    clearTimeout(late);
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now() - started);
      channel.port2.postMessage(null);
    });
  });
  watcher.observe(list, {
    childList: true, subtree: true, characterData: true, attributes: true,
    attributeFilter: ["style"],
  });
  radio.click();
})
"""


def main() -> int:
    """Measure, print, and say with the exit code whether it worked."""
    options = _options()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, BROWSERS)), None),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        samples = _measure(page, options.address, options.clicks)
        version = browser.version
        browser.close()
    report = {
        "clicks": len(samples),
        "p50_ms": round(statistics.median(samples), 1),
        "p95_ms": round(statistics.quantiles(samples, n=20)[-1], 1),
        "slowest_ms": round(max(samples), 1),
        "browser": version,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    }
    if options.samples:
        report["samples_ms"] = [round(sample, 1) for sample in samples]
    print(json.dumps(report, indent=2))
    return 0


def _measure(page: Page, address: str, clicks: int) -> list[float]:
    """One duration per click, in milliseconds; the first question with levels is used."""
    page.goto(address + "?use=mixed&admin=none", wait_until="networkidle")
    page.get_by_role("button", name="change Admin pages").click()
    page.locator("input[value=lot]").wait_for()
    samples = []
    for click in range(clicks + 5):
        # Up and down the five levels: every click changes every score.
        place = (1, 2, 3, 4, 3, 2, 1, 0)[click % 8]
        samples.append(page.evaluate(CLICK_AND_WAIT, place))
        page.wait_for_timeout(350)
    return samples[5:]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", default="http://127.0.0.1:3000/")
    parser.add_argument("--clicks", type=int, default=50)
    parser.add_argument("--samples", action="store_true", help="print every sample")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
