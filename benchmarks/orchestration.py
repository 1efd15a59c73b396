"""What the service adds to a candidate run: the tiny recipe through the API and two workers, against the same functions
called one after the other in one process, without Prefect.

    python -m benchmarks.orchestration [--rounds 2] [--small]

Each round runs both, in turns, each with a home of its own, so that nothing is found made. Both clocks start before
the first process of the run does and stop when the report is there; starting the service is not part of it. `--small`
trains for seconds instead of minutes: the seconds added are the same, and many rounds take little time.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from typing import Any

from blocks.order import Order
from josi.records import Role

JOSI = [sys.executable, "-m", "cli.main"]
SMALL: dict[str, Any] = {
    "base.steps": 60,
    "data.interpreter_examples": 200,
    "data.explainer_examples": 100,
    "quant.type": "f16",  # so little training is lost in Q4, and the export would refuse it
    **{f"sft.{role}.max_steps": 20 for role in Role},
    **{f"decoding.{role}.max_new_tokens": 4 for role in Role},
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--small", action="store_true", help="train for seconds")
    options.add_argument("--direct", action="store_true", help=argparse.SUPPRESS)  # the second arm, as a process
    given = options.parse_args()
    changes = SMALL if given.small else {}
    if given.direct:
        direct(Order(changes=changes))
        return
    print("| round | service, s | one process, s | added, s | ratio |\n|---|---|---|---|---|", flush=True)
    pairs = []
    for number in range(1, given.rounds + 1):
        service, alone = through_the_service(changes), in_one_process(given.small)
        pairs.append((service, alone))
        print(
            f"| {number} | {service:.1f} | {alone:.1f} | {service - alone:+.1f} | {service / alone:.3f} |", flush=True
        )
    added, ratios = [s - a for s, a in pairs], [s / a for s, a in pairs]
    print(
        f"| median | {statistics.median(s for s, _ in pairs):.1f} | {statistics.median(a for _, a in pairs):.1f} | "
        f"{statistics.median(added):+.1f} ({min(added):+.1f} to {max(added):+.1f}) | "
        f"{statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f}) |"
    )


def through_the_service(changes: dict[str, Any]) -> float:
    """Seconds from the order to the end of the candidate run."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "JOSI_HOME": home}
        up = [*JOSI, "up", "--port", "0", "--no-bucket", "--json"]
        told = subprocess.run(up, env=environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        try:
            return order_one(json.loads(told)["api"], changes)
        finally:
            subprocess.run([*JOSI, "down"], env=environment, check=True, stdout=subprocess.DEVNULL)


def order_one(api: str, changes: dict[str, Any]) -> float:
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: api}), get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name("candidate/candidate")
        order = {**deployment.parameters["order"], "changes": changes}
        begun = datetime.now(UTC)
        run = client.create_flow_run_from_deployment(deployment.id, parameters={"order": order})
        while not (run.state and run.state.is_final()):
            time.sleep(10)  # a question costs the server some 12 ms of a core that the run could use
            run = client.read_flow_run(run.id)
    if not run.state.is_completed():
        sys.exit(f"The candidate run did not complete: {run.state}")
    return (run.state.timestamp - begun).total_seconds()


def in_one_process(small: bool) -> float:
    """Seconds from the start of the process to its end."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "JOSI_HOME": home, "OMP_WAIT_POLICY": "PASSIVE", "TOKENIZERS_PARALLELISM": "false"}
        words = [sys.executable, "-m", "benchmarks.orchestration", "--direct", *(["--small"] if small else [])]
        begun = time.monotonic()
        subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.monotonic() - begun


def direct(order: Order) -> None:
    """The functions behind the tasks of `flows/candidate.py`, in its order."""
    from blocks.recipe import TinyBase
    from blocks.settings import Settings
    from tasks.data.prepare import gather_sources, prepare_corpus
    from tasks.data.quality.gate import judge_corpus, require, vocabularies_here
    from tasks.data.quality.material import Standard
    from tasks.evaluate.evaluate import evaluate_files
    from tasks.evaluate.floor import measure_floor
    from tasks.export.convert import export_gguf
    from tasks.export.merge import merge_adapter
    from tasks.export.runtime import Settled, pack_runtime
    from tasks.train.base import make_tiny
    from tasks.train.sft import fine_tune

    settings = Settings()
    store, recipe = settings.store, order.chosen()
    if not isinstance(recipe.base, TinyBase):
        sys.exit("Only a recipe that makes its own base is measured.")
    corpus = prepare_corpus(recipe.data, gather_sources(order.inputs, store), store)
    require(judge_corpus(corpus, Standard.of(recipe), store, settings.llama_tools, vocabularies_here()))
    base = make_tiny(recipe.base, dict(corpus.sets), store)
    adapters = {
        role: fine_tune(recipe.model_name(role), recipe.sft[role], recipe.base.name, base, corpus.sets[role], store)
        for role in recipe.roles
    }
    merged = {role: merge_adapter(base, adapters[role], store) for role in recipe.roles}
    builds = {
        role: export_gguf(
            role,
            merged[role],
            corpus.sets[role],
            recipe.model_name(role),
            recipe.quant,
            store,
            settings.llama_tools,
        )
        for role in recipe.roles
    }
    runtime = pack_runtime(recipe.prefix, Settled.of(recipe), store)
    ggufs = {role: build.gguf for role, build in builds.items()}
    parity = {role: build.parity for role, build in builds.items()}
    floor = measure_floor(corpus.sets[Role.INTERPRETER], corpus.scenarios, store)
    evaluate_files(ggufs, runtime, corpus.scenarios, parity, store, floor=floor)


if __name__ == "__main__":
    main()
