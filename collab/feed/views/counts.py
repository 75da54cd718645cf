"""The numbers beside the lines of the frame, asked by an open page when it hears that something changed."""

from flask import Response, jsonify

from collab.web.actors import actor
from collab.web.doors import door
from collab.web.shell import badges_of, counted

from . import feed


@door(feed, "GET /notifications/counts")
def frame_counts() -> Response:
    """How many of what stands beside each line of the navigation, as the frame writes them; those of none are empty."""
    return jsonify({"counts": {key: counted(number) for key, number in badges_of(actor()).items()}})
