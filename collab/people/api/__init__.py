"""The organisation over the API: the same questions and verbs as on the pages."""

from collab.web.api import api_blueprint

api = api_blueprint("people")
