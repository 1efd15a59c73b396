"""Prefect's and the libraries' settings for this machine, put into the environment before anything imports them."""

import os

from blocks.settings import Settings


def prepare(settings: Settings) -> None:
    """Set what is not set yet: what the user put into the environment holds.

    Results are JSON and persisted; logs of our own packages reach the run; no telemetry, no model hub by accident.
    """
    values = {
        "PREFECT_HOME": str(settings.root / "prefect"),
        "PREFECT_LOCAL_STORAGE_PATH": str(settings.results.root),
        "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "true",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "josi,blocks,tasks,flows",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",  # our loggers speak outside flows too
        "PREFECT_CLI_PROMPT": "false",
        "DO_NOT_TRACK": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "OMP_WAIT_POLICY": "PASSIVE",  # torch's threads otherwise spin: 8 times slower when cores are shared
    }
    settings.root.mkdir(parents=True, exist_ok=True)  # Prefect makes its own folder, but not the one around it
    for key, value in values.items():
        os.environ.setdefault(key, value)
