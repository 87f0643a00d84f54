"""Prints how long it takes from a click on an answer to the repainted ranking.

    python bench/click_to_paint.py [--address http://127.0.0.1:3000/] [--clicks 50]

The app must be running (`make run`). A browser answers one question after the other; each click
makes a set of answers that the server has not seen before, and changes the ranking. The clock
starts when the click is dispatched and stops in the first frame after the ranking's text or bars
have changed. Every sample is kept and printed with `--samples`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import sys
from random import Random

from playwright.sync_api import Page, sync_playwright

WARM_UP_CLICKS = 5
CLICKS_PER_VISITOR = 12
ON = re.compile("^(Next|Answer the rest anyway)$")
NOT_ANSWERED = "() => document.querySelector('[data-number-keys]:not(:has(:checked))')"
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
    """One duration per click, in milliseconds."""
    picks = Random()
    samples = []
    for click in range(clicks + WARM_UP_CLICKS):
        if click % CLICKS_PER_VISITOR == 0:
            # A value of this visitor's own, so that nobody has given these answers before.
            own = f"value.django.learning={picks.random() * 100:.3f}"
            page.goto(f"{address}?use=mixed&scope=python&{own}", wait_until="networkidle")
            page.get_by_role("button", name="Go on with the open questions").click()
        else:
            page.get_by_role("button", name=ON).first.click()
        page.wait_for_function(NOT_ANSWERED)
        page.wait_for_timeout(350)
        # Any level: each counts other points than an open question does.
        samples.append(page.evaluate(CLICK_AND_WAIT, picks.randrange(5)))
        page.wait_for_timeout(350)
    return samples[WARM_UP_CLICKS:]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", default="http://127.0.0.1:3000/")
    parser.add_argument("--clicks", type=int, default=50)
    parser.add_argument("--samples", action="store_true", help="print every sample")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
