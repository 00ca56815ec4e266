"""The command line: `svc`. Commands import what they need when they run, so that `svc --help` starts at once."""

from __future__ import annotations

import gc
import os
import sys

# Rich help would cost more start-up time than all the rest of --help (docs/performance.md)
os.environ.setdefault("TYPER_USE_RICH", "0")
# the matrices are small: more threads only get in the way of the worker processes
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import typer

from .boundary import run
from .commands import baseline as accepted
from .commands.analyze import analyze_cli
from .commands.compare import compare_cli
from .commands.config import config_cli
from .commands.demo import demo_cli
from .commands.discover import discover_cli
from .commands.doctor import doctor_cli
from .commands.explain import explain_cli
from .commands.inspect import inspect_cli
from .commands.lexicon import lint_cli, list_cli, show_cli, test_cli
from .commands.lexicon_study import coverage_cli, diff_cli, new_cli, suggest_cli
from .commands.mask import mask_cli
from .commands.plan import plan_cli
from .commands.render import render_cli, schema_cli
from .commands.weekly import weekly_cli
from .configured import defaults
from .console import prepare_streams
from .messages import say
from .version import VERSION

app = typer.Typer(
    name="svc", help=say("help.app"), rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
lexicon = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
app.add_typer(lexicon, name="lexicon", help=say("help.lexicon"))
baseline = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
app.add_typer(baseline, name="baseline", help=say("help.baseline_group"))

for _group, _name, _command, _help in (
    (app, "analyze", analyze_cli, "analyze"),
    (app, "discover", discover_cli, "discover"),
    (app, "weekly", weekly_cli, "weekly"),
    (app, "inspect", inspect_cli, "inspect"),
    (app, "explain", explain_cli, "explain"),
    (app, "mask", mask_cli, "mask"),
    (app, "render", render_cli, "render"),
    (app, "plan", plan_cli, "plan"),
    (app, "compare", compare_cli, "compare"),
    (app, "schema", schema_cli, "schema"),
    (app, "config", config_cli, "config"),
    (app, "demo", demo_cli, "demo"),
    (app, "doctor", doctor_cli, "doctor"),
    (lexicon, "list", list_cli, "lexicon_list"),
    (lexicon, "show", show_cli, "lexicon_show"),
    (lexicon, "lint", lint_cli, "lexicon_lint"),
    (lexicon, "test", test_cli, "lexicon_test"),
    (lexicon, "coverage", coverage_cli, "lexicon_coverage"),
    (lexicon, "suggest", suggest_cli, "lexicon_suggest"),
    (lexicon, "diff", diff_cli, "lexicon_diff"),
    (lexicon, "new", new_cli, "lexicon_new"),
    (baseline, "add", accepted.add_cli, "baseline_add"),
    (baseline, "list", accepted.list_cli, "baseline_list"),
    (baseline, "check", accepted.check_cli, "baseline_check"),
    (baseline, "expire", accepted.expire_cli, "baseline_expire"),
):
    _group.command(_name, help=say("help." + _help))(_command)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"svc {VERSION}")
        raise typer.Exit


@app.callback()
def _root(  # pyright: ignore[reportUnusedFunction]
    context: typer.Context,
    _version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help=say("help.version")),
) -> None:
    """Options before the command; settings of files and the environment become the defaults of the options."""
    context.default_map = {**(context.default_map or {}), **defaults(context.invoked_subcommand)}


def main() -> None:
    """Entry point of the `svc` command."""
    # rows are made by the hundred thousand and none of them in a ring: looking for rings costs a tenth of a run
    gc.set_threshold(100_000, 20, 50)
    prepare_streams()
    sys.exit(run(lambda: app(standalone_mode=False)))


if __name__ == "__main__":
    main()
