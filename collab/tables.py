"""Every table of every package, imported in one place so that migrations see them all."""

import collab.core.facts
import collab.core.idempotency
import collab.core.outbox
import collab.core.sealing.models
import collab.decisions.advice_models
import collab.decisions.models
import collab.feed.models
import collab.feed.pushing.models
import collab.feed.search.models
import collab.feed.view_letters.models
import collab.files.models
import collab.flows.meetings.models
import collab.flows.models
import collab.messaging.hook_models
import collab.messaging.keeping_models
import collab.messaging.models
import collab.messaging.origin
import collab.people.models
import collab.tasks.letters.models
import collab.tasks.models
import collab.tasks.recurring_models
import collab.tasks.reminder_models
import collab.tasks.template_models
import collab.work.models  # noqa: F401
from collab.core.db import Base

TABLES = Base.metadata.tables
