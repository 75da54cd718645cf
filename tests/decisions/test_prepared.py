"""The statement that finds a decision, built once, gives what it gives when it is built anew, whoever asks."""

from collab.decisions.queries import page
from tests.cast import PEOPLE

from .voting import NOW, drafted


def test_a_decision_is_found_alike_by_the_statement_kept_and_by_one_built_anew(app, cast, api_of, actor_of, at):
    at(NOW)
    made = [drafted(api_of("Nikos"), cast.PARKS), drafted(api_of("Petros"), cast.ROADS, reach="all")]
    with app.app_context():
        seen = 0
        for name, *_rest in PEOPLE:
            for each in made:
                kept = page.BY_ID.rows(actor_of(name), item=each["id"])
                assert kept == page.BY_ID.fresh(actor_of(name), item=each["id"])
                assert kept == page.BY_REFERENCE.rows(actor_of(name), reference=each["reference"])
                seen += len(kept)
        assert len(PEOPLE) < seen < 2 * len(PEOPLE)
