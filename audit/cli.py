"""The command line. Nothing heavy is imported until a command needs it, so that --help is quick."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audit import __version__
from audit.config import PROFILES, REASONS
from audit.project_options import config, init, project_options, settings_options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE, EXIT_NOTHING = 0, 1, 2, 3
FORMATS = ("text", "json", "html", "csv", "sarif", "github", "gitlab", "junit")
OUT_FORMATS = (*FORMATS, "docx")  # a Word file is no text for a terminal
DAY = click.DateTime(formats=["%Y-%m-%d"])
_COMPLETE = "_COPYDESK_COMPLETE"  # the variable through which a shell asks for completions

_COLOR = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the text output. NO_COLOR outweighs this, this outweighs FORCE_COLOR.",
)
_CACHE_DIR = click.option(
    "--cache-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where analyses and fetched pages are kept.  [default: $XDG_CACHE_HOME/copydesk]",
)
_NO_CACHE = click.option("--no-cache", is_flag=True, help="Remember nothing and use nothing remembered.")
_TODAY = click.option(
    "--today", type=DAY, metavar="YYYY-MM-DD", help="The day on which decisions expire.  [default: today]"
)
_OFFLINE = click.option("--offline", is_flag=True, help="Refuse every address.")
_REFRESH = click.option("--refresh", is_flag=True, help="Fetch pages anew.")


def _complete_rule(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from audit.rules_command import completed_rules

    with contextlib.redirect_stderr(io.StringIO()):  # what an own rule prints would stand in the line being typed
        rules = completed_rules(context.params)
    return [CompletionItem(rule.id, help=rule.summary()) for rule in rules if rule.id.startswith(incomplete)]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="copydesk", message="%(prog)s %(version)s")
def cli() -> None:
    """A copy desk in software: holds an article against itself and against its sources.

    Exit codes: 0 clean, 1 findings, 2 trouble with the command, an input or copydesk itself, 3 no inputs matched.
    """


@cli.command(short_help="Audit articles and their sources.")
@click.argument("articles", metavar="[ARTICLE...]", nargs=-1)
@click.option("--source", "sources", metavar="FILE|URL", multiple=True, help="An interview, a speech, a release, ...")
@click.option(
    "--complete-source",
    "complete_sources",
    metavar="FILE",
    multiple=True,
    help="A source that holds all that was said.",
)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--out", "outs", metavar="FORMAT=PATH", multiple=True, help="Write a report to a file too; repeatable.")
@click.option(
    "--profile", type=click.Choice(PROFILES), default="standard", show_default=True, help="How quotations are judged."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="warning",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 in spite of findings.")
@click.option("--select", metavar="RULE", multiple=True, shell_complete=_complete_rule, help="Run only these rules.")
@click.option("--ignore", metavar="RULE", multiple=True, shell_complete=_complete_rule, help="Leave these rules out.")
@click.option(
    "--confidence",
    type=click.Choice(["high", "medium", "low"]),
    default="medium",
    show_default=True,
    help="The least confidence that is shown and counts; the JSON report has all.",
)
@click.option("--preview", is_flag=True, help="Show, and count, what rules in preview find.")
@click.option("--decisions", metavar="FILE", type=click.Path(path_type=Path), help="Honour what was decided before.")
@_TODAY
@project_options
@_OFFLINE
@_REFRESH
@click.option(
    "--processes",
    metavar="N",
    type=click.IntRange(min=0),
    default=0,
    help="How many processes share many articles; the reports are the same.  [default: what suits the machine]",
)
@click.option("--stdin-filename", metavar="NAME", default="", help="What to call the article read from - (stdin).")
@click.option("--watch", is_flag=True, help="Audit again whenever a text, the settings or decisions change.")
@_CACHE_DIR
@_NO_CACHE
@_COLOR
def check(**options: Any) -> int:
    """Audit articles: Markdown, plain text, HTML, Word, folders of them, or - for standard input.

    Without ARTICLE, those that copydesk.toml names. Every source given here is held against every article; an article
    may name more in its front matter.
    """
    from audit.check_command import check_articles

    return check_articles(options)


@cli.command(short_help="Show what copydesk understands of a text.")
@click.argument("file")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--as", "role", type=click.Choice(["article", "source"]), default="article", show_default=True, help="Read FILE as."
)
@_OFFLINE
@_CACHE_DIR
@_NO_CACHE
@_COLOR
def claims(**options: Any) -> int:
    """Show what copydesk understands of a text: people, quotations with their speakers, positions, figures, dates."""
    from audit.claims_command import show_claims

    return show_claims(options)


@cli.command(short_help="Open a local page for audits.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="The port on 127.0.0.1.  [default: any that is free]"
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option(
    "--keep",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Keep texts, reports and decisions there; without it they are forgotten at the end.",
)
@click.option(
    "--decisions", metavar="FILE", type=click.Path(path_type=Path), help="Read decisions there, and save them."
)
def serve(**options: Any) -> int:
    """Open a page in the browser where an article and its sources are dropped, audited, edited and decided upon.

    The page is only for this machine and only for the browser that opens the printed address. Ctrl-C ends it.
    """
    from audit.serve.command import serve as serve_page

    return serve_page(options)


@cli.command(short_help="Show findings in an editor.")
@_OFFLINE
@_CACHE_DIR
@_NO_CACHE
def lsp(**options: Any) -> int:
    """Speak the Language Server Protocol on standard input and output, for an editor that starts this.

    Open articles are audited as they are typed. docs/editor.md has the settings for several editors.
    """
    from audit.lsp.command import serve_editor

    return serve_editor(options)


@cli.command(short_help="Say what changed between two reports.")
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
@click.option("--format", "format_", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
def compare(old: str, new: str, format_: str) -> int:
    """Say what became of the findings of one JSON report in another: new, reopened, changed, still open, fixed.

    Exit codes: 0 nothing new, 1 new or reopened findings, 2 trouble with one of the reports.
    """
    from audit.compare_command import compare_files

    return compare_files(old, new, format_)


@cli.command(short_help="Dismiss or confirm a finding.")
@click.argument("report", metavar="REPORT.json")
@click.argument("fingerprint")
@click.option("--dismiss", "reason", type=click.Choice(REASONS), help="It is in order, for this reason.")
@click.option("--confirm", is_flag=True, help="It is right, and stays open until the texts change.")
@click.option("--text", required=True, metavar="WORDS", help="Why, in your own words.")
@click.option("--by", required=True, metavar="NAME", help="Who decides.")
@click.option("--date", type=DAY, metavar="YYYY-MM-DD", help="The day of the decision.  [default: today]")
@click.option("--expires", type=DAY, metavar="YYYY-MM-DD", help="The last day on which it holds.  [default: none]")
@click.option("--decisions", metavar="FILE", type=click.Path(path_type=Path), required=True, help="Where it is kept.")
def decide(**options: Any) -> int:
    """Keep a decision about one finding of a JSON report; the first characters of its FINGERPRINT are enough.

    `copydesk check --decisions FILE` honours it until the words of the finding change, in the article or in a source.
    """
    from audit.decisions_command import decide_finding

    return decide_finding(options)


@cli.command(short_help="List decisions, and which of them still hold.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--report", metavar="REPORT.json", help="Say what became of them in this report.")
@_TODAY
def decisions(**options: Any) -> int:
    """List the decisions in FILE, and with a report say which of them hold, are reopened or stale."""
    from audit.decisions_command import list_decisions

    return list_decisions(options)


@cli.command(short_help="List the rules, one on a line.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--test", is_flag=True, help="Run the examples in the docstrings of your own rules.")
@click.option("--docs", is_flag=True, help="Write a page of Markdown about your own rules.")
@settings_options
def rules(**options: Any) -> int:
    """List the rules, one on a line; your own ones have behind them where they come from.

    Exit codes of --test: 0 all examples hold, 1 some do not, 2 trouble with a rule, 3 there are no rules of your own.
    """
    from audit.rules_command import show_rules

    return show_rules(options)


@cli.command()
@click.argument("rule", shell_complete=_complete_rule)
@settings_options
def explain(rule: str, **options: Any) -> int:
    """Say what a rule finds, why, and what it leaves alone."""
    from audit.rules_command import explain_rule

    return explain_rule(rule, options)


@cli.command(short_help="Print a completion script for a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print a completion script for a shell.

    \b
    bash  eval "$(copydesk completion bash)"      in ~/.bashrc
    zsh   eval "$(copydesk completion zsh)"       in ~/.zshrc, below compinit
    fish  copydesk completion fish | source       in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    from audit.console import write_stdout

    kind = get_completion_class(shell)
    assert kind is not None  # the argument admits only shells that click knows
    write_stdout(kind(cli, {}, "copydesk", _COMPLETE).source() + "\n")
    return EXIT_CLEAN


cli.add_command(config)
cli.add_command(init)


def cache_folder(options: Mapping[str, Any]) -> Path | None:
    """Where the options put the cache; None for no cache."""
    if options["no_cache"]:
        return None
    if options["cache_dir"] is not None:
        return Path(options["cache_dir"])
    from audit.loading.cache import default_folder

    return default_folder()


def day_of(value: datetime | None) -> date:
    """The day that an option gives, or today by the clock of this machine."""
    return value.date() if value is not None else date.today()


def read_stdin(references: Sequence[str], limit: int) -> bytes | None:
    """The bytes of standard input where a reference asks for them; at most one byte beyond the limit."""
    if "-" not in references:
        return None
    if references.count("-") > 1:
        raise click.UsageError("standard input can be read only once: give - only once.")
    return sys.stdin.buffer.read(limit + 1)


def invoke(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code. Whatever goes wrong is one line on standard error."""
    try:
        code = cli.main(list(arguments), prog_name="copydesk", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return EXIT_TROUBLE
    except (click.Abort, KeyboardInterrupt):
        _complain("interrupted; no report was written")
        return 130
    except SystemExit as error:  # what click makes of a pipe that nobody reads, and how it ends a completion
        if _COMPLETE in os.environ:
            return error.code if isinstance(error.code, int) else EXIT_CLEAN
        _complain("standard output: nobody reads it any more; what was written is not whole")
        return EXIT_TROUBLE
    except Exception as error:
        return _unexpected(error)
    return code if isinstance(code, int) else EXIT_CLEAN


def _unexpected(error: Exception) -> int:
    from audit.errors import CopydeskError

    if isinstance(error, CopydeskError):
        _complain(str(error))
        return EXIT_TROUBLE
    if isinstance(error, OSError):
        _complain(
            f"{error.filename or 'standard output'}: {(error.strerror or str(error)).lower()}; nothing more was done"
        )
        return EXIT_TROUBLE
    if os.environ.get("COPYDESK_DEBUG"):
        raise error
    what = f"a fault of copydesk itself ({type(error).__name__}: {error})"
    _complain(f"{what}; set COPYDESK_DEBUG=1 to see where, and report it")
    return EXIT_TROUBLE


def _complain(message: str) -> None:
    from audit.console import complain

    complain(message)


def main() -> None:
    """Entry point of `copydesk` and of `python -m audit`."""
    # Tokens and records are made by the hundred thousand, hardly ever in circles, and live as long as their article:
    # the collector's usual pace would go through all of them again and again.
    gc.set_threshold(100_000, 50, 1_000)
    sys.exit(invoke(sys.argv[1:]))
