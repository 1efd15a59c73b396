"""Prefect's and the libraries' settings for this machine, put into the environment before anything imports them."""

import os
from pathlib import Path

from blocks.service.state import client_environment
from blocks.settings import S3Credentials, Settings

LOGGING = Path(__file__).resolve().parents[1] / "deployments/logging.yml"
RESULTS_BLOCK = "josi-results"


def prepare(settings: Settings) -> None:
    """Set what is not set yet: what the user put into the environment holds.

    Results are JSON and persisted; logs of our own packages reach the run; no telemetry, no model hub by accident.
    """
    values = {
        "PREFECT_HOME": str(settings.root / "prefect"),
        "PREFECT_LOCAL_STORAGE_PATH": str(settings.results_folder),
        "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "true",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
        "PREFECT_LOGGING_SETTINGS_PATH": str(LOGGING),
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",  # our loggers speak outside flows too
        "PREFECT_CLI_PROMPT": "false",
        "DO_NOT_TRACK": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "OMP_WAIT_POLICY": "PASSIVE",  # torch's threads otherwise spin: 8 times slower when cores are shared
    }
    settings.root.mkdir(parents=True, exist_ok=True)  # Prefect makes its own folder, but not the one around it
    for key, value in {**values, **_results(settings), **_service(settings)}.items():
        os.environ.setdefault(key, value)


def _results(settings: Settings) -> dict[str, str]:
    """Results in a bucket, which Prefect writes by itself: as our own client would, from the environment alone."""
    if not settings.store_address:
        return {}
    keys = S3Credentials()
    if keys.access_key and keys.secret_key:  # as for our client, S3_… comes before AWS's own names
        os.environ["AWS_ACCESS_KEY_ID"] = keys.access_key.get_secret_value()
        os.environ["AWS_SECRET_ACCESS_KEY"] = keys.secret_key.get_secret_value()
        os.environ.pop("AWS_SESSION_TOKEN", None)
    endpoint = {"AWS_ENDPOINT_URL_S3": settings.s3_endpoint} if settings.s3_endpoint else {}
    return {
        "PREFECT_RESULTS_DEFAULT_STORAGE_BLOCK": f"s3-bucket/{RESULTS_BLOCK}",
        "AWS_DEFAULT_REGION": settings.s3_region,
        **endpoint,
    }


def _service(settings: Settings) -> dict[str, str]:
    """Where the service of this JOSI_HOME is, if it is up; nothing where the user named another API."""
    given = os.environ.get("PREFECT_API_URL")
    found = client_environment(settings)
    return found if not given or found.get("PREFECT_API_URL", given) == given else {}
