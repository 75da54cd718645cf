"""Files over the API. `as_json` and `listing` also answer for the files on items, messages and skills."""

from collections.abc import Iterable
from typing import Any

from collab.web.actors import actor
from collab.web.api import api_blueprint, endpoint

from . import commands, queries, serving
from .queries import File, PaperLine
from .receiving import arrived, store

api = api_blueprint("files")


@endpoint(api, "POST /files", gives="FileList", receives=True)
def post_file() -> Any:
    """Send files that will hang on a message; swept after a day when nothing comes of it."""
    made = [commands.lay_by(actor(), store(), each.taken, each.nonce) for each in arrived(queries.has_room)]
    return {"items": made}, 201


@endpoint(api, "GET /files/<id:file_id>", gives="File")
def get_file(file_id: int) -> Any:
    """What is known of a file, with its versions."""
    file = queries.find_file(actor(), file_id)
    return {**as_json(file), "all_versions": [as_json(each) for each in queries.versions_of(actor(), file)]}


@endpoint(api, "GET /files/<id:file_id>/content", gives="bytes")
def get_content(file_id: int) -> Any:
    """The bytes of a file; `Range`, `If-None-Match` and `If-Range` are understood."""
    return serving.sent(store(), queries.find_file(actor(), file_id))


@endpoint(api, "DELETE /files/<id:file_id>")
def delete_file(file_id: int) -> Any:
    """Take a file away."""
    commands.remove(actor(), file_id)
    return None, 204


@endpoint(api, "GET /papers/<id:paper_id>", gives="Paper")
def get_paper(paper_id: int) -> Any:
    """A paper one asked for. `file` is null until it is made."""
    return paper_json(queries.find_paper(actor(), paper_id))


def paper_json(paper: PaperLine) -> dict[str, Any]:
    """A paper as the API shows it: `state` is making, there or failed."""
    state = "making" if paper.done_at is None else "failed" if paper.failed else "there"
    content = f"/api/v1/files/{paper.file_id}/content" if paper.file_id else None
    return {"id": paper.id, "name": paper.name, "state": state, "file": paper.file_id, "content": content}


def listing(files: Iterable[File]) -> dict[str, Any]:
    """Files as JSON."""
    return {"items": [as_json(each) for each in files]}


def as_json(file: File) -> dict[str, Any]:
    """A file as the API shows it."""
    return {
        "id": file.id,
        "name": file.name,
        "version": file.version,
        "size": file.size,
        "media_type": file.media_type,
        "sha256": file.sha256,
        "added_by": {"id": file.giver_id, "name": file.giver},
        "added_at": file.added_at.isoformat(),
        "previews": file.previews,
        "content": f"/api/v1/files/{file.id}/content",
    }
