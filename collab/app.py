"""The application, put together: kernel, shell, and every package through its one door."""

import logging
from contextlib import suppress
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import configure_mappers
from werkzeug.middleware.proxy_fix import ProxyFix

from collab.core import broker, forgetting, i18n, jobs, patience, realtime, sealing, sweeps, telling
from collab.core.db import db, engine_options
from collab.core.files import Store
from collab.core.in_hand import DESK_COUNTS, IN_HAND
from collab.core.migrate import driver_url
from collab.core.origins import ORIGINS
from collab.core.package import (
    HOLDS,
    LOADS,
    MESSAGE_ACTS,
    NAMED,
    PAPERS,
    READABLE,
    SEARCHED,
    UNFURL,
    WITH_UNIT,
    Package,
)
from collab.core.reactions import REGISTRY
from collab.core.venue import ATTENDANCES, VENUES
from collab.decisions.package import package as decisions
from collab.feed.package import package as feed
from collab.files.package import package as files
from collab.flows.meetings.package import package as meetings
from collab.flows.package import package as flows
from collab.messaging.package import package as messaging
from collab.people.package import package as people
from collab.people.recognise import note_wrong_secret, recognise, recognise_token, still_seated
from collab.tasks.package import package as tasks
from collab.web import actors, addresses, assets, bodies, guard, health, help, refusals, shell, sockets, squeeze, style
from collab.web.doors import refuse_undeclared
from collab.web.icons import icon
from collab.web.openapi import description
from collab.web.page_words import page_words
from collab.web.template_lines import Lines
from collab.web.whole import Whole
from collab.work.filters import fields
from collab.work.package import package as work
from config.settings import Settings

PACKAGES: tuple[Package, ...] = (people, files, messaging, work, feed, tasks, decisions, flows, meetings)

MOST_BODY = 2 * 1024 * 1024


def create_app(settings: Settings) -> Flask:
    """The application: everything that is loaded, and nothing that is open."""
    app = Flask("collab", static_folder=None, template_folder="web/templates")
    app.config.update(_configuration(settings))
    _speak_plainly(app)
    db.init_app(app)
    with app.app_context():
        patience.bound(db.engine)
    broker.use(settings.redis_url)
    jobs.use(settings.redis_url)
    bodies.install(app)
    addresses.install(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    actors.install(app, recognise)
    app.extensions["recognise_token"] = recognise_token
    app.extensions["note_wrong_secret"] = note_wrong_secret
    guard.install(app)
    squeeze.install(app)
    refusals.install(app)
    for blueprint in (assets.assets, assets.worker, health.health, help.pages, style.style, description):
        app.register_blueprint(blueprint)
    sweeps.add(sweeps.Sweep("core.brought-along", 60, telling.take_up_brought_along))
    sweeps.add(sweeps.Sweep("core.seal", 60, sealing.sweep))
    sweeps.add(sweeps.Sweep("core.forgetting", 600, forgetting.sweep))
    for package in PACKAGES:
        _let_in(app, package)
    app.extensions["collab"] = PACKAGES
    app.extensions["collab.files"] = _keeper(settings)
    refuse_undeclared(app)
    realtime.use(settings.redis_url)
    return app


def make_ready(app: Flask) -> None:
    """Load what pages need at their first use, so that processes forked from this one share it."""
    configure_mappers()
    for code in i18n.LOCALES:
        i18n.catalogue(code)
    compiled: Path = app.config["COLLAB_DATA_DIR"] / "templates" / version("jinja2")
    with suppress(OSError):  # a folder that cannot be written only makes the start slower
        compiled.mkdir(mode=0o700, parents=True, exist_ok=True)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))  # kept: compiling them takes seconds
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    app.url_map.update()


def serve(app: Flask) -> None:
    """Open what a web process has of its own, after it was forked: lines to the database, to Redis and to browsers."""
    address = app.config["REDIS_URL"]
    with app.app_context():
        db.engine.dispose(close=False)
    broker.use(address)
    jobs.use(address)
    app.extensions["sockets"] = sockets.install(app, still_seated, address)


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "COLLAB_ENV": settings.environment,
        "COLLAB_URL": settings.url,
        "COLLAB_DATA_DIR": settings.data_dir,
        "BALLOT_KEYS_DIR": settings.ballot_keys_dir,
        "COLLAB_ORIGINS": settings.origins,
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "SECRET_KEY": settings.secret_key,
        "MAIL_SERVER": settings.mail_server,
        "MAIL_FROM": settings.mail_from,
        "ANSWERS_TO": settings.answers_to,
        "REDIS_URL": settings.redis_url,
        "SQLALCHEMY_DATABASE_URI": driver_url(settings.database_url),
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(),
        "FILE_MOST": settings.file_most,
        "FILE_UNPACKED_MOST": settings.file_unpacked_most,
        "FILES_MOST": settings.files_most,
        "MAX_CONTENT_LENGTH": MOST_BODY,
        "MAX_FORM_MEMORY_SIZE": MOST_BODY,
        "MAX_FORM_PARTS": 500,
        "SESSION_COOKIE_NAME": "collab-said",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": timedelta(days=1),
    }


def _speak_plainly(app: Flask) -> None:
    """Templates: translated, tidy, with the few functions every page uses."""
    app.jinja_env.template_class = Whole
    app.jinja_env.cache = {}  # they are few and all of them are kept: which was used last need not be noted
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.add_extension(Lines)
    app.jinja_env.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        _=i18n.gettext,
        ngettext=i18n.ngettext,
        comma=i18n.comma,
        listed=i18n.listed,
        asset=assets.asset,
        icon=icon,
        page_words=page_words,
    )
    app.context_processor(shell.context)


def _let_in(app: Flask, package: Package) -> None:
    for blueprint in package.blueprints:
        app.register_blueprint(blueprint)
    for reaction in package.reactions:
        REGISTRY.add(reaction)
    for sweep in package.sweeps:
        sweeps.add(sweep)
    fields.add(*package.conditions)
    SEARCHED.extend(searched for searched in package.searches if searched not in SEARCHED)
    WITH_UNIT.extend(each for each in package.with_unit if each not in WITH_UNIT)
    READABLE.update({readable.owner_kind: readable for readable in package.readable})
    if package.loads is not None and package.loads not in LOADS:
        LOADS.append(package.loads)
    if package.named is not None and package.named not in NAMED:
        NAMED.append(package.named)
    UNFURL.extend(unfurl for unfurl in package.unfurls if unfurl not in UNFURL)
    if package.origins is not None and package.origins not in ORIGINS:
        ORIGINS.append(package.origins)
    if package.in_hand is not None and package.in_hand not in IN_HAND:
        IN_HAND.append(package.in_hand)
    if package.desk_counts is not None and package.desk_counts not in DESK_COUNTS:
        DESK_COUNTS.append(package.desk_counts)
    if package.venue is not None and package.venue not in VENUES:
        VENUES.append(package.venue)
    if package.attendance is not None and package.attendance not in ATTENDANCES:
        ATTENDANCES.append(package.attendance)
    MESSAGE_ACTS.extend(each for each in package.message_acts if each not in MESSAGE_ACTS)
    HOLDS.update({held.owner_kind: held for held in package.holds})
    PAPERS.update(package.papers)
    logging.getLogger(__name__).debug("package %s is in", package.name)


def _keeper(settings: Settings) -> Store:
    """Where files are kept: in the data folder, or in the bucket that the operator chose."""
    root, chosen = settings.data_dir / "files", settings.files_place
    if chosen is None:
        return Store(root)
    from .core.files.bucket import Bucket, Place

    return Bucket(root, Place(chosen.bucket, chosen.prefix, chosen.endpoint, chosen.secure, chosen.region))
