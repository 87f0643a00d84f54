"""The picture of the app itself for link previews."""

import struct

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from framework_picker import routes
from framework_picker.api.front_card import front_card_picture

CLIENT = TestClient(Starlette(routes=[Route(routes.FRONT_CARD, front_card_picture)]))


def test_it_has_the_size_that_previews_want_and_a_tag() -> None:
    answer = CLIENT.get(routes.FRONT_CARD)
    assert answer.headers["content-type"] == "image/png"
    assert struct.unpack(">II", answer.content[16:24]) == (1200, 630)
    again = CLIENT.get(routes.FRONT_CARD, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
