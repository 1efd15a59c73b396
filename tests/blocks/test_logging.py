"""Log lines of our packages reach a run's page, each once; those of other libraries do not."""

import os
import subprocess
import sys

import pytest

SCRIPT = """
import logging, sys
if "--verbose" in sys.argv or "--cli" in sys.argv:
    from cli import show
    show.logs("--verbose" in sys.argv)
from blocks.environment import prepare
from blocks.settings import Settings
prepare(Settings())
from prefect import flow
from prefect.logging.handlers import APILogHandler
for name in sys.argv[1].split(","):
    logger, handlers = logging.getLogger(name + ".some.module"), []
    level = logger.getEffectiveLevel()
    while logger:
        handlers += logger.handlers
        logger = logger.parent if logger.propagate else None
    print(name, logging.getLevelName(level), sum(isinstance(one, APILogHandler) for one in handlers), len(handlers))
"""


def _levels(names: str, *options: str, tmp_path: object) -> list[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT", "JOSI"))}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, names, *options],
        env={**kept, "JOSI_HOME": str(tmp_path), "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("options", "level"), [((), "INFO"), (("--cli",), "INFO"), (("--verbose",), "DEBUG")], ids=["worker", "cli", "-v"]
)
def test_our_lines_go_to_the_run_once_and_to_the_terminal_once(
    options: tuple[str, ...], level: str, tmp_path: object
) -> None:
    found = _levels("josi,blocks,tasks,flows", *options, tmp_path=tmp_path)

    assert found == [f"{name} {level} 1 2" for name in ("josi", "blocks", "tasks", "flows")]


def test_other_libraries_stay_out_of_the_run(tmp_path: object) -> None:
    assert _levels("httpx,botocore,transformers", tmp_path=tmp_path) == [
        f"{name} WARNING 0 1" for name in ("httpx", "botocore", "transformers")
    ]
