"""Which code this is."""

import subprocess
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[1]


def commit() -> str:
    """The commit of this checkout, e.g. `39b4f0f1c2aa`, `-dirty` where files differ; empty where git cannot say."""
    try:
        said = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--exclude=*", "--abbrev=12"],
            cwd=_FOLDER,
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.stdout.strip()
