"""`josi run`: the whole job, from data to a published release."""

from typing import Annotated

import typer

from blocks.order import Order
from cli import options, show
from cli.ask import answer_for
from josi.candidate import Candidate
from josi.records import Channel


@show.fails_kindly
def run(
    recipe: options.RecipeName = "tiny",
    data: options.Data = None,
    validation: options.Validation = None,
    base_folder: options.BaseFolder = None,
    learning_rate: options.LearningRate = None,
    epochs: options.Epochs = None,
    max_length: options.MaxLength = None,
    rank: options.Rank = None,
    max_words: options.MaxWords = None,
    tracking: options.Tracking = None,
    sets: options.Set = None,
    legacy_header: Annotated[
        bool, typer.Option("--legacy-header", help="Also write GGUF copies that say version 2.")
    ] = False,
    channel: Annotated[
        Channel | None, typer.Option(help="Where to publish. Default: the highest channel the gate opens.")
    ] = None,
    approver: Annotated[str, typer.Option(envvar="APPROVER", help="Approve in this name instead of being asked.")] = "",
    publish: Annotated[bool, typer.Option(help="Stop after the gate with --no-publish.")] = True,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Keep the scores as what later runs are measured against (phase 1).")
    ] = False,
    bucket: options.Bucket = None,
    endpoint: options.Endpoint = None,
    region: options.Region = None,
    access_key: options.AccessKey = None,
    secret_key_file: options.SecretKeyFile = None,
    refresh: options.Refresh = False,
    allow_cpu: options.AllowCpu = False,
    as_json: options.Json = False,
) -> None:
    """Data, base, both models, GGUF, gate, approval, publication: all of it, each step only where something changed.

    **Examples** `josi run` · `josi run --recipe v5 --base-folder ~/qwen` · `josi run --data mine.jsonl --epochs 2` ·
    `josi run --set sft.explainer.rank=32 --no-publish`
    """
    options.storage(bucket, endpoint, region, access_key, secret_key_file)
    order = options.order(
        recipe,
        data=data,
        validation=validation,
        base_folder=base_folder,
        allow_cpu=allow_cpu,
        learning_rate=learning_rate,
        epochs=epochs,
        max_length=max_length,
        rank=rank,
        tracking=tracking,
        max_words=max_words,
        legacy_header=legacy_header,
        sets=sets,
    )
    options.get_ready(order)
    found = _make(order, baseline=baseline, refresh=refresh)
    if publish:
        _publish(found, channel, approver, as_json=as_json)
    else:
        show.result(found, f"{found.identity} is ready. Publish it: josi publish {found.identity}", as_json=as_json)


def _make(order: Order, *, baseline: bool, refresh: bool) -> Candidate:
    """Run the flow, put the report where a person can open it, and say what the gate said."""
    from prefect.settings import PREFECT_TASKS_REFRESH_CACHE, temporary_settings

    from blocks.settings import Settings
    from flows.baseline import baseline as baseline_flow
    from flows.candidate import candidate as candidate_flow

    flow = baseline_flow if baseline else candidate_flow
    with temporary_settings({PREFECT_TASKS_REFRESH_CACHE: refresh}):
        found = flow(order)
    settings = Settings()
    report = show.copy(settings.store.fetch(found.report), settings.root / "reports" / found.identity)
    show.verdict(found, report)
    return found


def _publish(found: Candidate, channel: Channel | None, approver: str, *, as_json: bool) -> None:
    from blocks.order import ReleaseOrder
    from flows.release import release as release_flow

    answer = answer_for(found, channel, approver)
    done = release_flow(ReleaseOrder(candidate=found.identity, channel=answer.channel, answer=answer)).or_refused()
    where = f"{done.release} is in channel {done.channel} of {done.bucket} ({done.outcome})."
    show.result(done, where, as_json=as_json)
