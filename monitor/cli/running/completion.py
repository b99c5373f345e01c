"""The command `completion`: what a shell needs to complete the words of this program."""

import click
from click.shell_completion import get_completion_class

_PROGRAM = "wpswatch"
_VARIABLE = "_WPSWATCH_COMPLETE"


@click.command(
    epilog="\b\nExamples:\n  wpswatch completion bash >> ~/.bashrc\n  wpswatch completion zsh >> ~/.zshrc\n"
    "  wpswatch completion fish > ~/.config/fish/completions/wpswatch.fish"
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script by which a SHELL completes commands, options, themes, sources, channels and what is held."""
    found = get_completion_class(shell)
    if found is None:
        raise click.ClickException(f"this version of click knows no completion for {shell}")
    maker = found(ctx.find_root().command, {}, _PROGRAM, _VARIABLE)
    click.echo(maker.source_template % maker.source_vars())
