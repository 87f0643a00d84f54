"""Takes the pictures in docs/screenshots: every page, light and dark, 1280 and 390 pixels wide.

    python bench/screenshots.py [--address http://127.0.0.1:3000] [--only pick result]

The app must be running (`make run`), and Pillow must be there:

    .venv/bin/pip install pillow==13.0.0

A picture shows the whole page, up to a limit, in 128 colours. All are WebP, except the one in the
README, which is PNG; all together must stay below 2 MB.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image
from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

from framework_picker import routes
from house.browser import HOW_TO_GET_ONE, find_browser, launch_arguments
from house.places import ROOT

FOLDER = ROOT / "docs" / "screenshots"
MOST_BYTES = 2_000_000
IN_README = "pick-light-1280"
WIDTHS = {1280: 1_700, 390: 1_700}
"""Width, and the height at which a picture is cut off."""
FIRST_HEIGHT = 900
COLOURS = 128
BOTH, LIGHT = ("light", "dark"), ("light",)
ANSWERS = {"use": "api", "scope": "addons", "admin": "must", "async": "decisive"}
HYDRATED = '"is_hydrated_rx_state_":true'


@dataclass(frozen=True)
class Picture:
    """What a picture is called, which page it shows, what to do there first, in which themes."""

    name: str
    address: str
    prepare: Callable[[Page], None] = lambda page: None
    schemes: tuple[str, ...] = BOTH


def _preset(page: Page) -> None:
    """A preset, with all its answers listed."""
    page.get_by_role("button", name="JSON API for an app").click()
    page.get_by_text("16 of 16 answered").wait_for()
    page.get_by_role("button", name="Close", exact=True).click()


def _question_of_a_preset(page: Page) -> None:
    """A preset, with one of its answers changed."""
    _preset(page)
    page.get_by_role("button", name="change Async and live connections").click()
    page.get_by_role("radio", name="Decisive").check()
    page.get_by_text("Async and live").or_(page.get_by_text("places")).first.wait_for()


def _charts(page: Page) -> None:
    """The charts of a profile come last."""
    page.locator(".chart .main-svg").first.wait_for()


def _saved(page: Page) -> None:
    """A saved decision; it stays in the database of the app that is asked."""
    decision = page.evaluate(
        """async ([address, content]) => {
          const headers = { "Content-Type": "application/json" };
          const body = JSON.stringify(content);
          return (await fetch(address, { method: "POST", headers, body })).json();
        }""",
        [f"{routes.API}/v1/decisions", {"answers": ANSWERS, "title": "API of the shop"}],
    )
    with page.expect_websocket(_is_answered):
        page.goto(decision["url"])


PICTURES = (
    Picture("pick", routes.PICK, _question_of_a_preset),
    Picture("first-visit", routes.PICK, schemes=LIGHT),
    Picture("answers", routes.PICK, _preset, LIGHT),
    Picture(
        "nobody-left",
        routes.with_answers(routes.PICK, {"use": "api", "ui": "must"}),
        schemes=LIGHT,
    ),
    Picture("result", routes.with_answers(routes.RESULT, ANSWERS)),
    Picture("compare", routes.comparison(("fastapi", "django", "litestar"))),
    Picture("frameworks", routes.link(routes.FRAMEWORKS)),
    Picture("profile", routes.framework("fastapi"), _charts),
    Picture("benchmarks", routes.link(routes.BENCHMARKS)),
    Picture("decision", routes.PICK, _saved),
    Picture("evidence", routes.link(routes.EVIDENCE)),
    Picture("method", routes.link(routes.METHOD)),
    Picture("not-found", "/no/such/page"),
)


def main() -> int:
    """Take the pictures; the exit status says whether they are small enough."""
    options = _options()
    chromium = find_browser(Path(sys.executable))
    if chromium is None:
        print(HOW_TO_GET_ONE, file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=launch_arguments())
        for picture in PICTURES:
            if not options.only or picture.name in options.only:
                for path in _take(browser, options.address.rstrip("/"), picture):
                    print(f"{path.stat().st_size / 1000:8.1f} kB  {path.relative_to(ROOT)}")
        browser.close()
    total = sum(path.stat().st_size for path in FOLDER.iterdir())
    print(f"{total / 1000:8.1f} kB  in all (at most {MOST_BYTES / 1000:.0f})")
    return 0 if total <= MOST_BYTES else 1


def _take(browser: Browser, address: str, picture: Picture) -> Iterator[Path]:
    """The files of one picture, in both themes and both widths."""
    for scheme, width in product(picture.schemes, WIDTHS):
        context = browser.new_context(
            viewport={"width": width, "height": FIRST_HEIGHT},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        page = context.new_page()
        with page.expect_websocket(_is_answered):
            page.goto(address + picture.address)
        picture.prepare(page)
        page.wait_for_load_state("networkidle")
        # A tall window instead of a long page: what sticks to its edges stays in its place.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(height, WIDTHS[width])})
        page.evaluate(
            """async () => {
              document.activeElement?.blur();
              scrollTo(0, 0);
              await document.fonts.ready;
              await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 300)));
            }"""
        )
        yield _save(page, f"{picture.name}-{scheme}-{width}")
        context.close()


def _save(page: Page, name: str) -> Path:
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    if name == IN_README:
        path = FOLDER / f"{name}.png"
        few.save(path, optimize=True)
    else:
        path = FOLDER / f"{name}.webp"
        few.convert("RGB").save(path, lossless=True, method=6)
    return path


def _is_answered(socket: WebSocket) -> bool:
    """Whether the server has sent this connection its state."""
    socket.wait_for_event("framereceived", lambda payload: HYDRATED in str(payload))
    return True


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--address", default="http://127.0.0.1:3000")
    parser.add_argument("--only", nargs="*", help="names of pictures to take; others stay")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
