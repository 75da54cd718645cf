"""The bare ceiling: a Flask page with one indexed query through the ORM and a plain template, and nothing else.

Served by the same server with the same settings, so that a ratio to it says what Collab adds.
"""

import os
from typing import Any

from flask import Flask, Response, render_template, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select, text
from sqlalchemy.orm import DeclarativeBase

from collab.work.models import WorkItem

COLUMNS = 24
ROWS = 50


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


def create_app(url: str) -> Flask:
    """The bare application on the database at `url`. `bench.note` is what it creates in."""
    app = Flask(__name__, template_folder=os.path.dirname(__file__))
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 10, "max_overflow": 0, "pool_use_lifo": True}
    db.init_app(app)

    @app.get("/list/<int:unit>")
    def listed(unit: int) -> str:
        opened = ("new", "active", "waiting")
        query = (
            select(WorkItem)
            .where(WorkItem.desk_unit_id == unit, WorkItem.state_kind.in_(opened))
            .order_by(WorkItem.due_on, WorkItem.id)
            .limit(ROWS)
        )
        return render_template("bare.html", items=db.session.scalars(query).all(), columns=range(COLUMNS), unit=unit)

    @app.post("/notes")
    def create() -> tuple[Response, int]:
        given: dict[str, Any] = request.get_json()
        with db.engine.begin() as connection:
            insert = text("insert into bench.note (title, unit_id) values (:title, :unit) returning id")
            made = connection.execute(insert, given).scalar()
        return Response(f'{{"id": {made}}}', mimetype="application/json"), 201

    return app


app = create_app(os.environ["BARE_DATABASE_URL"]) if "BARE_DATABASE_URL" in os.environ else None
