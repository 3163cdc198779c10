"""callcoach completion: prints the lines that let a shell complete callcoach's words."""

import click
from click.shell_completion import get_completion_class

from callcoach.cli.group import Command
from callcoach.errors import UsageError
from callcoach.locale import mark

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    cls=Command,
    help=mark("Print what a shell needs to complete callcoach's commands and options."),
    epilog=mark("""\
eval "$(callcoach completion bash)"            # in ~/.bashrc
eval "$(callcoach completion zsh)"             # in ~/.zshrc
callcoach completion fish > ~/.config/fish/completions/callcoach.fish
"""),
)
@click.argument("shell", type=click.Choice(SHELLS), help=mark("The shell."))
def completion(shell: str) -> None:
    """Print a shell's completion."""
    from callcoach.cli.root import ROOT

    found = get_completion_class(shell)
    if found is None:
        raise UsageError("there is no completion for {shell}", "use bash, zsh or fish", shell=shell)
    click.echo(found(ROOT, {}, "callcoach", "_CALLCOACH_COMPLETE").source())
