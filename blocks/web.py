"""What anyone on the network sees at a public address."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from josi.errors import StorageError, Unreachable

_TRIES = 3


def public_size(url: str) -> int:
    """Bytes that a HEAD request promises at an http(s) address, or that a file:// address holds.

    Raises StorageError when the address is not public or not there, Unreachable when nobody answers three times.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        path = Path(unquote(parts.path))
        if not path.is_file():
            raise StorageError(f"{url}: there is no such file.", "Publish again.")
        return path.stat().st_size
    import httpx

    transport = httpx.HTTPTransport(retries=_TRIES - 1)  # retries connections, with backoff
    try:
        with httpx.Client(transport=transport, timeout=30.0, follow_redirects=True) as client:
            answer = client.head(url, headers={"Accept-Encoding": "identity"})
    except httpx.HTTPError as error:
        raise Unreachable(f"HEAD {url}: {error}.", "Check JOSI_S3_PUBLIC_URL, then publish again.") from error
    if answer.status_code != 200 or "Content-Length" not in answer.headers:
        raise StorageError(
            f"HEAD {url} answers {answer.status_code}: not public to read.",
            "Allow public reads (JOSI_S3_ACL=public-read or a bucket policy), check JOSI_S3_PUBLIC_URL, publish again.",
        )
    return int(answer.headers["Content-Length"])
