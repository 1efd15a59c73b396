"""`josi`: the command line of the workshop."""

from typing import Annotated

import typer

from cli import answers, chat, data, doctor, gold, models, reasoner, release, run, service, show

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


START, STAGES, RELEASES, SERVICE = "Start here", "One stage by itself", "Releases and apps", "The service of a team"

app.command(rich_help_panel=START)(run.run)
app.command(rich_help_panel=START)(doctor.doctor)
app.command(rich_help_panel=START)(chat.chat)
app.add_typer(data.app, name="data", rich_help_panel=START)
app.add_typer(gold.app, name="gold", rich_help_panel=START)
app.command(rich_help_panel=STAGES)(models.base)
app.command(rich_help_panel=STAGES)(models.train)
app.command(rich_help_panel=STAGES)(models.merge)
app.command(rich_help_panel=STAGES)(models.export)
app.command("eval", rich_help_panel=STAGES)(models.evaluate)
app.command(rich_help_panel=RELEASES)(answers.approve)
app.command(rich_help_panel=RELEASES)(answers.decline)
app.command(rich_help_panel=RELEASES)(release.publish)
app.command(rich_help_panel=RELEASES)(release.serve)
app.command(rich_help_panel=RELEASES)(release.download)
app.command(rich_help_panel=SERVICE)(service.up)
app.command(rich_help_panel=SERVICE)(service.status)
app.command(rich_help_panel=SERVICE)(service.down)
app.command(rich_help_panel=SERVICE)(service.worker)
app.command(rich_help_panel=SERVICE)(answers.resume)
app.add_typer(reasoner.app, name="reasoner", rich_help_panel="Other assistants")


def main() -> None:
    app()


if __name__ == "__main__":
    main()
