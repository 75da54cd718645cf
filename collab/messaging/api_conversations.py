"""Conversations themselves over the API: begun, named, joined, left, closed."""

from typing import Any

from collab.web.actors import actor
from collab.web.api import endpoint

from . import commands, queries
from .api import api, listing, sent
from .forms import ConversationForm, NewConversation, NewMember, ReadUpTo, Say, Stretch, TalkHearing
from .named import name_of, names_of
from .owners import Owner
from .queries import About, Entry
from .reading_told import tell_place


@endpoint(api, "GET /conversations", gives="ConversationList")
def list_conversations() -> Any:
    """Every conversation you take part in, with what is unread; newest of each kind first, of work unread before."""
    who = actor()
    found = queries.conversations_of(who)
    names = names_of(who, found)
    return {"items": [_line(entry, names.get(entry.id, ("", ""))[0]) for entry in found]}


@endpoint(api, "GET /conversations/joinable", gives="ConversationList")
def list_joinable() -> Any:
    """Groups that you may join."""
    found = queries.joinable_groups(actor())
    return {"items": [{"id": one.id, "kind": "group", "name": one.title, "topic": one.topic} for one in found]}


@endpoint(api, "POST /conversations", takes=NewConversation, gives="Conversation")
def create_conversation(form: NewConversation) -> Any:
    """Begin a group, a direct talk or announcements; a direct talk among the same people is one and the same."""
    made = commands.open_conversation(actor(), form)
    return _shown(made), 201, {"Location": f"/api/v1/conversations/{made}"}


@endpoint(api, "GET /conversations/<id:conversation_id>", gives="Conversation")
def conversation(conversation_id: int) -> Any:
    """What a conversation is: its newest number and how far you have read."""
    return _shown(conversation_id)


@endpoint(api, "PUT /conversations/<id:conversation_id>", takes=ConversationForm, gives="Conversation")
def put_conversation(conversation_id: int, form: ConversationForm) -> Any:
    """Give a conversation its name and topic."""
    return _shown(commands.change(actor(), conversation_id, form))


@endpoint(api, "GET /conversations/<id:conversation_id>/members", gives="MemberList")
def list_members(conversation_id: int) -> Any:
    """Who is listed in a conversation. A unit's conversation lists nobody: whoever belongs to the unit reads it."""
    talk = queries.about(actor(), conversation_id)
    members = queries.members_of([talk.id]).get(talk.id, [])
    return {"items": [{"id": one.id, "kind": one.kind, "name": one.name, "keeper": one.keeper} for one in members]}


@endpoint(api, "POST /conversations/<id:conversation_id>/members", takes=NewMember, gives="Conversation")
def add_member(conversation_id: int, form: NewMember) -> Any:
    """Let a person, a unit or the holder of a post into a group."""
    return _shown(commands.let_in(actor(), conversation_id, form)), 201


@endpoint(api, "DELETE /conversations/<id:conversation_id>/members/<id:party_id>")
def remove_member(conversation_id: int, party_id: int) -> Any:
    """Leave a group, or put somebody out of it as its keeper."""
    commands.put_out(actor(), conversation_id, party_id)
    return None, 204


@endpoint(api, "POST /conversations/<id:conversation_id>/joining", gives="Conversation")
def join_conversation(conversation_id: int) -> Any:
    """Take part in a group that is open to all."""
    return _shown(commands.join(actor(), conversation_id)), 201


@endpoint(api, "POST /conversations/<id:conversation_id>/closure", gives="Conversation")
def close_conversation(conversation_id: int) -> Any:
    """Close a group for writing; it stays to be read."""
    return _shown(commands.archive(actor(), conversation_id)), 201


@endpoint(api, "DELETE /conversations/<id:conversation_id>/closure", gives="Conversation")
def reopen_conversation(conversation_id: int) -> Any:
    """Open a group again."""
    return _shown(commands.reopen(actor(), conversation_id))


@endpoint(api, "PUT /conversations/<id:conversation_id>/hearing", takes=TalkHearing, gives="Conversation")
def put_hearing(conversation_id: int, form: TalkHearing) -> Any:
    """Choose what you hear of a conversation: `all`, `usual` or `muted`."""
    return _shown(commands.hear(actor(), conversation_id, form))


@endpoint(api, "PUT /conversations/<id:conversation_id>/silence", gives="Conversation")
def put_silence(conversation_id: int) -> Any:
    """Hear nothing of a conversation unless you are called."""
    return _shown(commands.hear(actor(), conversation_id, TalkHearing(level="muted")))


@endpoint(api, "DELETE /conversations/<id:conversation_id>/silence", gives="Conversation")
def delete_silence(conversation_id: int) -> Any:
    """Hear of a conversation again."""
    return _shown(commands.hear(actor(), conversation_id, TalkHearing(level="usual")))


@endpoint(api, "PUT /conversations/<id:conversation_id>/unread", takes=ReadUpTo, gives="ReadState")
def put_unread(conversation_id: int, form: ReadUpTo) -> Any:
    """Come back later: what follows this number is unread again."""
    return {"seq": tell_place(actor(), conversation_id, commands.mark_unread(actor(), conversation_id, form))}


def _shown(conversation_id: int) -> dict[str, Any]:
    who = actor()
    return as_json(queries.about(who, conversation_id), name_of(who, conversation_id))


def as_json(talk: About, name: str) -> dict[str, Any]:
    """A conversation as the API shows it."""
    return {
        "id": talk.id,
        "kind": talk.kind,
        "name": name,
        "topic": talk.topic,
        "owner": {"kind": talk.owner_kind, "id": talk.owner_id},
        "open": talk.open,
        "audience": talk.audience_id,
        "archived_at": talk.archived_at.isoformat() if talk.archived_at else None,
        "into": talk.into_id,
        "muted": talk.muted,
        "hears": talk.hears or "usual",
        "last_seq": talk.last_seq,
        "read_seq": talk.read_seq or 0,
        "unread": talk.head.unread,
        "may_write": talk.head.may_write,
    }


def _line(entry: Entry, name: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "name": name,
        "last_seq": entry.last_seq,
        "last_at": entry.last_at.isoformat() if entry.last_at else None,
        "archived_at": entry.archived_at.isoformat() if entry.archived_at else None,
        "unread": entry.unread,
        "muted": entry.muted,
        "hears": entry.hears or "usual",
    }


@endpoint(api, "GET /units/<id:unit_id>/messages", query=Stretch, gives="MessageList")
def unit_messages(unit_id: int, query: Stretch) -> Any:
    """What was said in the conversation of a unit, begun or not."""
    return listing(queries.head_of(actor(), Owner("unit", unit_id)), query)


@endpoint(api, "POST /units/<id:unit_id>/messages", takes=Say, gives="Sent")
def post_unit_message(unit_id: int, form: Say) -> Any:
    """Say something in the conversation of a unit, which begins with its first message."""
    return sent(commands.say(actor(), Owner("unit", unit_id), form))
