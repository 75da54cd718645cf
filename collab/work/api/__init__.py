"""The work item over the API. Pages and API reach the same queries and commands."""

from flask import Blueprint

from collab.web.api import api_blueprint

from . import (
    acknowledging,
    bulk,
    desks,
    escalation_rules,
    handovers,
    items,
    ledger,
    list_jobs,
    mailed,
    reports,
    undoing,
    views,
    waits,
)
from .under import sub_resources

api: Blueprint = api_blueprint("work")
items.install(api)
waits.install(api)
mailed.install(api)
acknowledging.install(api)
desks.install(api)
handovers.install(api)
ledger.install(api)
reports.install(api)
undoing.install(api)
bulk.install(api)
list_jobs.install(api)
views.install(api)
escalation_rules.install(api)
sub_resources(api, "work-items")

__all__ = ["api", "sub_resources"]
