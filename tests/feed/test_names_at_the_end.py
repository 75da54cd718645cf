"""The page that ends the letters of a list names it only to whoever may still open the view."""

from collab.feed.unsubscribing import token
from tests.feed.test_lists_by_mail import view, want

__all__ = ["view", "want"]  # fixtures


def test_what_a_view_is_called_since_is_not_told_to_whoever_lost_it(app, cast, want, client_of, api_of, view):
    want("Eleni")
    want("Nikos")
    given = {"name": "A quiet matter", "unit": None}
    assert api_of("Nikos").patch(f"/api/v1/views/{view}", json=given).status_code == 200
    with app.app_context():
        lost, kept = (client_of(None).get(f"/unsubscribe/{token(who, view)}") for who in (cast.Eleni, cast.Nikos))
    assert lost.status_code == 200
    assert "quiet" not in lost.text
    assert "A quiet matter" in kept.text
