"""The app in Gradio: one function, called when one of five inputs changes."""

import sys

import gradio as gr

from benchmarks.ui import work


def redraw(*weights: float) -> tuple[object, object]:
    """The chart and the table for these weights."""
    return work.figure(weights), work.rows(weights)


with gr.Blocks() as app:
    sliders = [
        gr.Slider(work.LOWEST, work.HIGHEST, value=work.START, step=1, label=name)
        for name in work.CRITERIA
    ]
    chart = gr.Plot()
    table = gr.Dataframe(headers=list(work.COLUMNS), interactive=False)
    gr.on(
        [app.load, *(slider.change for slider in sliders)],
        redraw,
        inputs=sliders,
        outputs=[chart, table],
    )

app.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), share=False)
