"""Jinja2 for the applications whose framework brings no template engine of its own."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

FOLDER = Path(__file__).resolve().parent / "templates"

templates = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, auto_reload=False)
FORTUNES = templates.get_template("fortunes.html")
PAGE = templates.get_template("page.html")
