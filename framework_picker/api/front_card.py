"""The picture that link previews show for the app itself."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from framework_picker.api.answering import tagged
from framework_picker.catalog.current import get_catalog

MEDIA_TYPE = "image/png"

_thread = ThreadPoolExecutor(1, thread_name_prefix="front-card")


async def front_card_picture(request: Request) -> Response:
    """The picture, drawn once per process; 304 for who has it."""
    body = await asyncio.get_running_loop().run_in_executor(_thread, _drawn)
    return tagged(request, body, MEDIA_TYPE)


@cache
def _drawn() -> bytes:
    # Matplotlib takes a while to import and is needed for pictures alone.
    from framework_picker.exports.pictures.card import front_card
    from framework_picker.exports.pictures.sheet import as_png

    catalog = get_catalog()
    ranked = [one for one in catalog.alternatives.values() if one.role == "candidate"]
    return as_png(front_card(len(ranked), catalog.as_of), "Framework Picker", sharpness=1)
