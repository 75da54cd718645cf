"""Posts: made, renamed, closed. The head's post comes and goes with its unit."""

from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session
from collab.core.forms import wrong
from collab.core.i18n import N_, _

from ..events import PostChanged, PostClosed, PostCreated
from ..forms.organisation import CloseForm, Named, NewPostForm
from ..models import Membership, Post, Unit
from ..organisation import members, parties, tree, units
from ..policy import may_administer
from ..policy import posts as reach


@open_command(may_administer)
def create_post(_actor: Actor, form: NewPostForm) -> int:
    """Make a post in a unit. Returns its id."""
    tree.hold_tree(session())
    unit = session().get(Unit, form.unit_id)
    if unit is None:
        raise wrong("unit_id", _(N_("Choose one from the list.")))
    if form.valid_from < unit.valid_from or (unit.valid_to is not None and form.valid_from >= unit.valid_to):
        raise wrong("valid_from", _(N_("The unit does not exist on that day.")))
    naming = parties.Naming(form.name, form.names())
    new = units.NewPost(unit.id, form.kind, naming, form.valid_from, unit.valid_to)
    post_id = units.add_posts(session(), [new])[0]
    tree.raise_tree_version(session())
    record(PostCreated(subject=post_id, unit=unit.id, since=form.valid_from.isoformat()))
    return post_id


@command(may_administer, on=reach)
def change_post(_actor: Actor, post: Post, form: Named) -> None:
    """Give a post other names."""
    parties.rename_parties(session(), [(post.id, parties.Naming(form.name, form.names()))])
    post.version += 1
    record(PostChanged(subject=post.id, unit=post.unit_id))


@command(may_administer, on=reach)
def close_post(_actor: Actor, post: Post, form: CloseForm) -> None:
    """End a post on a day; whoever holds it then holds it no longer, but stays in the unit."""
    if post.kind == "head":
        raise wrong("on", _(N_("The head's post ends with its unit.")))
    if form.on <= post.valid_from or (post.valid_to is not None and form.on >= post.valid_to):
        raise wrong("on", _(N_("This day must lie within the time the post exists.")))
    touched = units.end_memberships(session(), Membership.post_id == post.id, form.on)
    post.valid_to = form.on
    members.touch_people(session(), touched)
    tree.raise_tree_version(session())
    record(PostClosed(subject=post.id, unit=post.unit_id, on=form.on.isoformat()))
