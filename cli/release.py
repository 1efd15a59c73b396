"""Publication, and the app developer's side: serve and download."""

from pathlib import Path
from typing import Annotated

import typer

from cli import options, show
from josi.records import Channel, Role


@show.fails_kindly
def publish(
    candidate: Annotated[str, typer.Argument(metavar="[CANDIDATE]", help="Default: the newest.")] = "",
    channel: Annotated[
        Channel | None, typer.Option(help="Default: the most demanding channel that somebody decided on.")
    ] = None,
    dry_run: Annotated[
        Path | None, typer.Option(help="Write everything that would be uploaded into this folder instead.")
    ] = None,
    gguf: Annotated[
        list[str] | None, typer.Option(help="Upload only: ROLE=FILE, from ready GGUF files. May be repeated.")
    ] = None,
    runtime: Annotated[Path | None, typer.Option(help="With --gguf: a folder with runtime.json and grammar.")] = None,
    name: Annotated[str, typer.Option(help="With --gguf: what the release is called.")] = "upload",
    line: Annotated[str, typer.Option(help="With --gguf: the model line, e.g. v5.")] = "v5",
    bucket: options.Bucket = None,
    endpoint: options.Endpoint = None,
    region: options.Region = None,
    access_key: options.AccessKey = None,
    secret_key_file: options.SecretKeyFile = None,
    as_json: options.Json = False,
) -> None:
    """Publish what was approved, and nothing else. Published twice changes nothing.

    **Examples** `josi publish` · `josi publish candidate-tiny-1f0c9a --channel dev` · `josi publish --dry-run out/` ·
    `josi publish --gguf interpreter=a.gguf --gguf explainer=b.gguf --name trial`
    """
    from blocks.bucket import open_bucket
    from blocks.settings import Settings
    from josi.errors import NotApproved
    from tasks.release.approve import find_candidate, holding
    from tasks.release.publish import publish as publish_candidate
    from tasks.release.ready import upload_only

    options.storage(bucket, endpoint, region, access_key, secret_key_file)
    settings = Settings()
    if gguf:
        with show.percent("upload") as progress:
            done = upload_only(
                _by_role(gguf), name=name, line=line, bucket=open_bucket(settings), runtime=runtime, progress=progress
            )
    else:
        found = find_candidate(settings.store, candidate)
        approval = holding(settings.store, found, channel)
        if approval is None:
            raise NotApproved(
                f"Nobody has approved {found.identity}.", f"Run: josi approve {found.identity} --approver NAME"
            )
        target = open_bucket(settings)
        with show.percent("upload") as progress:
            done = publish_candidate(
                found, approval, store=settings.store, bucket=target, dry_run=dry_run, progress=progress
            )
    show.result(
        done, f"{done.release}: {done.outcome}, channel {done.channel or 'none'}, {done.bucket}", as_json=as_json
    )


def _by_role(items: list[str]) -> dict[Role, Path]:
    found = {}
    for item in items:
        role, _, path = item.partition("=")
        if role not in list(Role) or not path:
            raise typer.BadParameter(f"--gguf {item}: write interpreter=FILE or explainer=FILE")
        found[Role(role)] = Path(path)
    return found


@show.fails_kindly
def serve(
    folder: Annotated[Path | None, typer.Argument(help="A folder bucket. Default: the configured one.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8484,
) -> None:
    """Offer a folder bucket over HTTP on loopback, with ranges, for trying an app against it."""
    from blocks.server import serve as serve_folder
    from blocks.settings import Settings

    place = folder or Path(Settings().bucket_address)
    show.console.print(f"Serving {place} at http://127.0.0.1:{port} (stop with Ctrl-C)")
    serve_folder(place, port=port)


@show.fails_kindly
def download(
    source: Annotated[
        str, typer.Argument(help="URL or folder of a bucket, of a models.json or of one file. Default: the bucket.")
    ] = "",
    channel: Annotated[Channel, typer.Option(help="Which channel's release.")] = Channel.DEV,
    version: Annotated[str, typer.Option(help="A release by name instead of a channel's newest.")] = "",
    role: Annotated[list[Role] | None, typer.Option(help="Only this role. May be repeated.")] = None,
    legacy_header: Annotated[bool, typer.Option("--legacy-header", help="The copies for old loaders.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Default: HOME/app.")] = None,
    as_json: options.Json = False,
) -> None:
    """Download a release, verified; the version before stays. Interrupted, the same command goes on where it stopped.

    **Examples** `josi download` · `josi download http://127.0.0.1:8484 --channel beta -o models/ --role explainer`
    """
    from blocks.bucket import public_root
    from blocks.settings import Settings
    from blocks.updater import download as fetch

    settings = Settings()
    with show.percent("Setting up your coach…") as progress:
        done = fetch(
            source or public_root(settings),
            output or settings.root / "app",
            channel=channel,
            version=version,
            roles=role,
            legacy_header=legacy_header,
            progress=progress,
        )
    show.result(done, f"{done.release or 'file'}: {done.outcome}, in {done.folder}", as_json=as_json)
