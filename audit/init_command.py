"""`copydesk init`: a settings file for the folder it finds, with a line of explanation on every key; or a rule."""

from __future__ import annotations

import json
import os
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audit.cli import EXIT_CLEAN
from audit.config import PROFILES
from audit.console import write_stdout
from audit.errors import CopydeskError
from audit.inputs import expand
from audit.loading.decode import suffix
from audit.loading.frontmatter import read_front_matter
from audit.reports.terminal import one_line
from audit.rule_ids import RULE_ID, RULE_ID_HINT
from audit.settings_file import OWN_FILE, find_settings

SOURCE_FOLDERS = ("sources", "source", "interviews", "interview", "transcripts", "transcript", "recordings", "notes")
CAPTIONS = (".vtt", ".srt")
# Pages about a project that lie in most repositories, by their names without endings.
_NO_ARTICLES = {
    "authors", "changelog", "changes", "code_of_conduct", "contributing", "copying", "history", "license",
    "licence", "maintainers", "notice", "readme", "requirements", "robots", "security", "todo",
}  # fmt: skip
_HEAD = 65_536  # characters in which front matter is looked for
_EXCLUDE = tuple(f"**/{name}/" for name in SOURCE_FOLDERS)


@dataclass(frozen=True)
class Found:
    """What a folder holds: its articles, the patterns that name them, and where their sources lie."""

    articles: tuple[str, ...]
    patterns: tuple[str, ...]
    sources: tuple[str, ...]
    excluded: tuple[str, ...]
    named: int  # articles that name their sources in front matter


def write_settings(folder: str) -> int:
    """Write the file. Raises CopydeskError where settings are there already, and OSError where it cannot be written."""
    path = os.path.normpath(os.path.join(folder, OWN_FILE))
    there = find_settings(folder)
    if there is not None and os.path.realpath(there.folder) == os.path.realpath(folder):
        raise _exists(there.title)
    found = look_around(folder)
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(settings_text(found))
    except FileExistsError:
        raise _exists(path) from None
    articles = f"{len(found.articles)} {'article' if len(found.articles) == 1 else 'articles'}"
    where = f"sources in {', '.join(found.sources)}" if found.sources else "no folder of sources"
    write_stdout(one_line(f"{path} was written: {articles} found, {where}. See `copydesk config show`.") + "\n")
    return EXIT_CLEAN


def write_rule(folder: str, id: str) -> int:
    """Write a module with one rule, to be filled in.

    Raises CopydeskError for what is no id, where the file is there, and for a settings file that is at fault.
    """
    if not RULE_ID.fullmatch(id):
        raise CopydeskError.of("rules", f"--rule {id}", "this is no id of a rule", RULE_ID_HINT)
    name = f"{id.replace('-', '_')}.py"
    path = os.path.normpath(os.path.join(folder, name))
    template = string.Template(Path(__file__).with_name("rule_template.txt").read_text(encoding="utf-8"))
    settings = find_settings()
    named = Path(os.path.relpath(os.path.realpath(path), settings.folder if settings is not None else os.getcwd()))
    words = id.split("-")
    text = template.substitute(id=id, name="".join(map(str.capitalize, words)), title=" ".join(words).capitalize())
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise CopydeskError.of("rules", path, "there is such a file already", "choose another name") from None
    into = settings.title if settings is not None else OWN_FILE
    line = f"rules = {_listed((named.as_posix(),))}"
    write_stdout(one_line(f"{path} was written. Put {line} into {into}; see `copydesk rules`.") + "\n")
    return EXIT_CLEAN


def _exists(path: str) -> CopydeskError:
    return CopydeskError.of("settings", path, "there are settings already", "they were left as they are; edit them")


# --- Looking around ---------------------------------------------------------------------------------------------------


def look_around(folder: str) -> Found:
    """The articles of a folder and where their sources seem to lie; paths count from the folder."""
    texts = [os.path.relpath(path, folder) for path in expand([folder])]
    articles = [path for path in texts if _is_article(Path(path))]
    named = sum(_names_sources(os.path.join(folder, path)) for path in articles)
    return Found(
        tuple(articles),
        tuple(dict.fromkeys(_pattern(Path(path)) for path in articles)),
        tuple(_source_patterns(folder, articles)),
        tuple(pattern for pattern in _EXCLUDE if any(pattern[3:-1] in Path(path).parts for path in texts)),
        named,
    )


def _is_article(path: Path) -> bool:
    folders = {part.lower() for part in path.parts[:-1]}
    return path.stem.lower() not in _NO_ARTICLES and not folders & set(SOURCE_FOLDERS)


def _pattern(path: Path) -> str:
    """A pattern for the files like this one: all with its ending in its topmost folder, or beside it at the top."""
    return f"{path.parts[0]}/**/*{path.suffix}" if len(path.parts) > 1 else f"*{path.suffix}"


def _names_sources(path: str) -> bool:
    if suffix(path) not in (".md", ".markdown", ".txt"):
        return False
    try:
        with open(path, encoding="utf-8") as file:
            return bool(read_front_matter(file.read(_HEAD), path).meta.sources)
    except (OSError, UnicodeDecodeError, CopydeskError):
        return False


def _source_patterns(folder: str, articles: list[str]) -> Iterator[str]:
    """The narrowest pattern of each kind that finds something beside at least one of the articles."""
    paths = [Path(folder, article) for article in articles]
    for name in SOURCE_FOLDERS:
        beside = [path for path in paths if (path.parent / name).is_dir()]
        if any(one.name.startswith(path.stem) for path in beside for one in (path.parent / name).iterdir()):
            yield f"{{dir}}/{name}/{{stem}}*"
        elif any(one.is_file() for path in beside for one in (path.parent / name).iterdir()):
            yield f"{{dir}}/{name}/*"
    for ending in CAPTIONS:
        if any(path.with_suffix(ending).is_file() for path in paths):
            yield f"{{dir}}/{{stem}}{ending}"


# --- The file ---------------------------------------------------------------------------------------------------------


def settings_text(found: Found) -> str:
    """The file's text: what was found as settings, everything else as remarks that can be taken up."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Found) -> Iterator[str]:
    yield "# Settings of copydesk. Paths and patterns count from this folder; the command line outweighs this file."
    yield "# `copydesk config show` tells what is in force, and which articles and sources it finds."
    yield ""
    yield "# Which files are articles: files, folders, patterns. `copydesk check` alone audits these."
    yield f"articles = {_listed(found.patterns or ('*.md',))}"
    yield "# What is none, in the patterns of .gitignore."
    yield f"exclude = {_listed(found.excluded)}"
    yield ""
    yield "# Where an article's sources are: {dir} is its folder, {stem} its name without the ending, {name} its name."
    if found.named:
        yield f"# {found.named} of the articles name sources in their front matter; those count as well."
    yield f"{'' if found.sources else '# '}sources = {_listed(found.sources or ('{dir}/sources/{stem}*',))}"
    yield "# The same for sources that hold all that was said: a quotation that is not in them is an error."
    yield '# complete-sources = ["{dir}/transcripts/{stem}*"]'
    yield '# A TOML or JSON file with a line for each article: "articles/mill.md" = ["sources/reyes.md"]'
    yield '# manifest = "sources.toml"'
    yield ""
    yield f"# How quotations are judged: {', '.join(PROFILES)}."
    yield '# profile = "standard"'
    yield "# Rules that run (all of them where none is named), and rules that are left out; see `copydesk rules`."
    yield '# select = ["quote-altered", "quote-not-in-source"]'
    yield '# ignore = ["quote-tidied"]'
    yield "# Your own rules: modules and packages of Python; `copydesk init --rule NAME` begins one."
    yield '# rules = ["house_rules.py"]'
    yield "# The least confidence that is shown (high, medium, low), and whether rules in preview are shown."
    yield '# confidence = "medium"'
    yield "# preview = false"
    yield "# The least severity that makes the exit code 1: error, warning, never."
    yield '# fail-on = "warning"'
    yield "# Findings that are known and do not fail; `copydesk check --update-baseline` writes the file."
    yield '# baseline = "copydesk-baseline.json"'
    yield "# Where an editor's decisions are kept."
    yield '# decisions = "copydesk-decisions.json"'
    yield ""
    yield "# Another severity for the findings of a rule: error, warning, note."
    yield "# [severity]"
    yield '# quote-tidied = "note"'
    yield ""
    yield "# What the house has settled: names as it spells them, titles, people who need no introduction."
    yield "# A list may lie in a file of its own, a line for each entry: names-file, titles-file, exempt-file."
    yield "# [house]"
    yield '# names = ["Siobhán Ó Briain", "Harbour Board of Kelby"]'
    yield '# titles = ["Taoiseach"]'
    yield '# exempt = ["Shakespeare", "Pelé"]'
    yield ""
    yield "# Other settings for some of the articles; several of these tables may stand here, and the last one wins."
    yield "# [[overrides]]"
    yield '# paths = ["opinion/"]'
    yield '# profile = "relaxed"'


def _listed(values: tuple[str, ...]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
