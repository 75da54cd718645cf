"""Pages of work items, offers, questions and a unit's pending work."""

from flask import Blueprint

pages = Blueprint("work", "collab.work", template_folder="templates")

# They hang their routes on `pages`.
from . import acknowledging as acknowledging  # noqa: E402
from . import acts as acts  # noqa: E402
from . import bulk as bulk  # noqa: E402
from . import cells as cells  # noqa: E402
from . import desk_protocols as desk_protocols  # noqa: E402
from . import desks as desks  # noqa: E402
from . import editing as editing  # noqa: E402
from . import escalation_rules as escalation_rules  # noqa: E402
from . import feeds as feeds  # noqa: E402
from . import files as files  # noqa: E402
from . import handing as handing  # noqa: E402
from . import item as item  # noqa: E402
from . import ledger as ledger  # noqa: E402
from . import list_jobs as list_jobs  # noqa: E402
from . import lists as lists  # noqa: E402
from . import mailed as mailed  # noqa: E402
from . import moving as moving  # noqa: E402
from . import reports as reports  # noqa: E402
from . import saved as saved  # noqa: E402
from . import sheet as sheet  # noqa: E402
from . import undoing as undoing  # noqa: E402
from . import units as units  # noqa: E402
from . import waiting as waiting  # noqa: E402
