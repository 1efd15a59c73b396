"""A folder bucket over HTTP, with ranges, for development and for devices on the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from josi.errors import UsageError

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

PORT = 8484


def application(root: Path) -> "Starlette":
    """An app that answers GET and HEAD for the objects of a folder bucket, and 404 for all else."""
    from starlette.applications import Starlette
    from starlette.responses import FileResponse, PlainTextResponse
    from starlette.routing import Route

    top = root.resolve()

    def answer(request: "Request") -> "Response":
        key = request.path_params["key"]
        path = (top / key).resolve()
        hidden = any(part.startswith(".") for part in key.split("/"))  # what is in progress, and ".."
        if hidden or not path.is_relative_to(top) or not path.is_file():
            return PlainTextResponse(f"There is no {key} here.\n", status_code=404)
        fixed = key.startswith("blobs/")  # named by its content; all else may change
        caching = "public, max-age=31536000, immutable" if fixed else "no-cache"
        return FileResponse(path, headers={"Cache-Control": caching})

    return Starlette(routes=[Route("/{key:path}", answer, methods=["GET", "HEAD"])])


def serve(root: Path, *, host: str = "127.0.0.1", port: int = PORT) -> None:
    """Serve until interrupted. Raises UsageError where there is no bucket. Loopback only, unless told otherwise."""
    import uvicorn

    _require(root)
    uvicorn.run(application(root), host=host, port=port, log_level="info")


@contextmanager
def serving(root: Path, *, host: str = "127.0.0.1") -> Iterator[str]:
    """Serve on a free port from a thread, and give the address."""
    import socket
    import threading
    import time

    import uvicorn

    _require(root)
    with socket.socket() as listener:
        listener.bind((host, 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(application(root), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield f"http://{host}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def _require(root: Path) -> None:
    if not (root / "channels").is_dir() and not (root / "releases").is_dir():
        raise UsageError(f"{root} holds no release.", "Publish first: josi publish.")
