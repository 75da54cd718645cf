"""Programs with an account of their own."""

from collab.core.forms import Flag, Form, Line, PartyId, Words


class BotForm(Form):
    """How a bot is called, what it is for, and whether it may hold work."""

    name: Line
    purpose: Words | None = None
    holds: Flag = False


class NewBotForm(BotForm):
    """A bot to be made: `unit_id` puts it into a unit, whose work and conversation it then sees."""

    unit_id: PartyId | None = None
