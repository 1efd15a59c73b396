"""The bucket's own process: `python -m blocks.service.bucket FOLDER PORT`. Small: no Prefect, no models."""

import sys
from pathlib import Path


def main() -> None:
    """Serve a folder bucket on loopback until told to stop. It may be empty as yet."""
    import uvicorn

    from blocks.server import application

    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    uvicorn.run(application(folder), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main()
