"""`josi`: the command line of the workshop."""

from typing import Annotated

import typer

from cli import answers, chat, data, doctor, models, reasoner, release, run, service, show

app = typer.Typer(
    name="josi",
    help="Make on-device assistants that are safe to ship.\n\nStart with `josi doctor`, then `josi run`.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 error, 2 wrong usage, 3 blocked by the gate, 4 declined or not approved.",
    pretty_exceptions_show_locals=False,
)


@app.callback()
def before(verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")] = False) -> None:
    """Settle this process's environment before anything heavy is imported."""
    from blocks.environment import prepare
    from blocks.settings import Settings

    show.logs(verbose)
    prepare(Settings())


app.command()(run.run)
app.command()(doctor.doctor)
app.add_typer(data.app, name="data")
app.command()(models.base)
app.command()(models.train)
app.command()(models.merge)
app.command()(models.export)
app.command("eval")(models.evaluate)
app.command()(answers.approve)
app.command()(answers.decline)
app.command()(release.publish)
app.command()(answers.resume)
app.command()(release.serve)
app.command()(release.download)
app.command()(chat.chat)
app.add_typer(reasoner.app, name="reasoner")
app.command()(service.up)
app.command()(service.down)
app.command()(service.status)
app.command()(service.worker)


def main() -> None:
    app()


if __name__ == "__main__":
    main()
