"""What may stand in an address: ids that fit, references, codes."""

from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter


class IdConverter(BaseConverter):
    """A positive whole number that fits the database and JSON."""

    regex = r"[1-9][0-9]{0,15}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: Any) -> str:
        return str(value)


class RefConverter(BaseConverter):
    """A reference such as PARKS-214, or an id."""

    regex = r"[^\W_][\w.]{0,39}-[1-9][0-9]{0,9}|[1-9][0-9]{0,15}"


def install(app: Flask) -> None:
    app.url_map.converters["id"] = IdConverter
    app.url_map.converters["ref"] = RefConverter
    app.wsgi_app = _MethodOverride(app.wsgi_app)  # type: ignore[method-assign,assignment]


class _MethodOverride:
    """HTML forms know only POST: `?_method=DELETE` on a POST says what is meant."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        if environ["REQUEST_METHOD"] == "POST" and not environ["PATH_INFO"].startswith("/api/"):
            for method in ("PUT", "PATCH", "DELETE"):
                if f"_method={method}" in environ.get("QUERY_STRING", "").split("&"):
                    environ["REQUEST_METHOD"] = method
        return self.inner(environ, start)
