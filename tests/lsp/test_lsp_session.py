"""A whole session over standard input and output: a real server, and what an editor gets to see."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from editor import Editor, finish
from lsprotocol import types


@contextlib.asynccontextmanager
async def session(folder: Path, cache: Path, *options: str, **wishes: Any) -> AsyncIterator[Editor]:
    """An editor with its server, which ends in order and has logged nothing."""
    editor = Editor()
    await editor.begin(folder, cache, *options, **wishes)
    try:
        yield editor
    except BaseException:
        if editor._server is not None and editor._server.returncode is None:
            editor._server.kill()
        await editor.stop()
        raise
    assert await editor.end() == (0, "")
    assert editor.faults == []


def codes(diagnostics: list[types.Diagnostic]) -> list[Any]:
    return [one.code for one in diagnostics]


async def until(editor: Editor, uri: str, *wanted: str) -> list[types.Diagnostic]:
    """The next diagnostics of a file that have these codes; a file that changes twice may be audited twice."""
    while codes(diagnostics := await editor.next(uri)) != list(wanted):
        pass
    return diagnostics


def words_of(text: str, area: types.Range) -> str:
    """The words of a range on one line, its columns in UTF-16 units."""
    assert area.start.line == area.end.line
    line = re.split(r"\r\n|\r|\n", text)[area.start.line].encode("utf-16-le")
    return line[2 * area.start.character : 2 * area.end.character].decode("utf-16-le")


def applied(text: str, edit: dict[str, Any]) -> str:
    """A text with an edit of plain characters put in."""
    lines = text.split("\n")
    assert edit["range"]["start"] == edit["range"]["end"]
    at = edit["range"]["start"]
    line = lines[at["line"]]
    lines[at["line"]] = line[: at["character"]] + edit["newText"] + line[at["character"] :]
    return "\n".join(lines)


def test_findings_hover_report_and_what_an_edit_does(folder: Path, cache: Path, tmp_path: Path) -> None:
    async def run() -> None:
        (temporary := tmp_path / "tmp").mkdir()
        article = folder / "article.md"
        text = article.read_text(encoding="utf-8")
        async with session(folder, cache, temporary=temporary) as editor:
            uri = editor.open(article)
            [found] = await editor.next(uri, 1)
            assert (found.code, found.source, found.severity) == ("quote-altered", "copydesk", 1)
            assert found.message.startswith("Did Marta Lindqvist say it in these words?")
            assert "\nClears it: " in found.message
            assert words_of(text, found.range) == "“We will take the crane down before the winter,”"
            assert re.fullmatch("[0-9a-f]{32}", str(found.data))
            [related] = found.related_information or ()
            source = folder / "interviews" / "lindqvist.md"
            assert related.location.uri == source.as_uri()
            said = "We may take the crane down before the winter"
            assert words_of(source.read_text(encoding="utf-8"), related.location.range) == said
            assert related.message == f"in the source, Marta Lindqvist: {said}"

            hover = await editor.hover(uri, types.Position(found.range.start.line, found.range.start.character + 5))
            assert hover is not None
            assert hover.range == found.range
            shown = hover.contents.value  # type: ignore[union-attr]
            for part in (
                "quote-altered",
                "**in the source, Marta Lindqvist**",
                said,
                "Why: ",
                "Clears it: ",
                "The rule: ",
            ):
                assert part in shown
            assert await editor.hover(uri, types.Position(0, 0)) is None

            actions = {action["title"]: action for action in await editor.actions(uri, found.range)}
            assert list(actions) == [
                "Put quote-altered aside in this paragraph",
                "Explain quote-altered",
                "Open the report of copydesk",
            ]
            assert await editor.command(actions["Open the report of copydesk"]["command"]) is True
            [asked] = editor.shown
            assert asked.external is True
            report = Path(asked.uri.removeprefix("file://"))
            assert "quote-altered" in report.read_text(encoding="utf-8")
            assert report.is_relative_to(temporary)
            assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700
            told = await editor.command(actions["Explain quote-altered"]["command"])
            assert told.startswith("# quote-altered\n\nA quotation whose words differ")
            explained = editor.shown[1]
            assert explained.external is False
            editor.open(Path(explained.uri.removeprefix("file://")))  # as an editor does; it is no article

            version = editor.write(uri, text.replace("We will take", "We may take"))
            assert await editor.next(uri, version) == []
            assert await editor.hover(uri, found.range.start) is None
            assert {one.uri for one in editor.published} == {uri}
        assert list(temporary.iterdir()) == []

    finish(run())


def test_a_comment_puts_a_finding_aside(folder: Path, cache: Path) -> None:
    async def run() -> None:
        article = folder / "article.md"
        text = article.read_text(encoding="utf-8")
        async with session(folder, cache) as editor:
            for name, words in (
                ("article.md", text),
                ("bold.md", text.replace("“We will take the", "- **“We will take the").replace("summer.", "summer.**")),
                ("page.html", page(text)),
            ):
                uri = editor.open(folder / name, words)
                [found] = await editor.next(uri, 1)
                assert found.code == "quote-altered", name
                [aside, *_] = await editor.actions(uri, found.range, [types.CodeActionKind.QuickFix])
                [edit] = aside["edit"]["changes"][uri]
                assert "copydesk-ignore quote-altered: say here why" in edit["newText"]
                edited = applied(words, edit)
                assert await editor.next(uri, editor.write(uri, edited)) == [], name
                no_reason = edited.replace(": say here why this is in order", "")
                assert codes(await editor.next(uri, editor.write(uri, no_reason))) == ["suppression", "quote-altered"]
            uri = editor.open(folder / "plain.txt", text.replace("# ", ""))
            [found] = await editor.next(uri, 1)
            assert [one["title"] for one in await editor.actions(uri, found.range)] == [
                "Explain quote-altered",
                "Open the report of copydesk",
            ]
            assert await editor.actions(uri, found.range, [types.CodeActionKind.RefactorRewrite]) == []

    def page(text: str) -> str:
        head = "<html><head><title>x</title></head><body><article><h1>Harbour board</h1>\n"
        paragraphs = [part.strip() for part in text.split("\n\n")[2:]]
        return head + "".join(f"<p>{part}</p>" for part in paragraphs) + "</article></body></html>"

    (folder / "copydesk.toml").write_text('sources = ["interviews/*.md"]\n', encoding="utf-8")
    finish(run())


def test_sources_that_change_on_the_disk_and_in_the_editor(folder: Path, cache: Path) -> None:
    async def run() -> None:
        article, source = folder / "article.md", folder / "interviews" / "lindqvist.md"
        spoken = source.read_text(encoding="utf-8")
        as_quoted = spoken.replace("We may take", "We will take")
        async with session(folder, cache) as editor:
            uri = editor.open(article)
            assert codes(await editor.next(uri)) == ["quote-altered"]
            source.write_text(as_quoted, encoding="utf-8")
            await until(editor, uri)
            opened = editor.open(source, spoken)  # not saved: what is in the editor counts
            await until(editor, uri, "quote-altered")
            editor.write(opened, as_quoted)
            await until(editor, uri)
            source.unlink()
            editor.shut(opened)
            [missing] = await until(editor, uri, "missing")
            assert missing.range.start.line == 0
            assert str(missing.message).startswith(f"{Path('interviews/lindqvist.md')}: there is no such file")
            source.write_text(spoken, encoding="utf-8")
            await until(editor, uri, "quote-altered")
            assert all(one.diagnostics == () or one.uri == uri for one in editor.published)

    finish(run())


def test_only_the_newest_text_is_told_of(folder: Path, cache: Path) -> None:
    async def run() -> None:
        article = folder / "article.md"
        text = article.read_text(encoding="utf-8")
        async with session(folder, cache) as editor:
            uri = editor.open(article)
            for number in range(1, 30):
                version = editor.write(uri, text.replace("winter", f"winter of {number}"))
            await editor.next(uri, version)
            seen = [one.version for one in editor.published]
            assert seen == sorted(set(seen)), "a version twice, or an older one behind a newer one"
            assert len(seen) <= 2  # the first may have been audited before it was overtaken
            editor.shut(uri)
            assert await editor.next(uri) == []

    finish(run())


def test_positions_in_the_units_that_were_agreed_on(folder: Path, cache: Path) -> None:
    article = folder / "article.md"
    text = article.read_text(encoding="utf-8")
    text = text.replace("“We will", "🏗️ Na also 😋: “We will").replace("\n", "\r\n")
    before = text[: text.index("“We will")].split("\n")[-1]

    async def column(encodings: list[str] | None) -> int:
        async with session(folder, cache, encodings=encodings) as editor:
            uri = editor.open(article, text)
            [found] = [one for one in await editor.next(uri, 1) if one.code == "quote-altered"]
            assert found.range.start.line == text[: text.index("“We will")].count("\n")
            return found.range.start.character

    assert finish(column(None)) == len(before.encode("utf-16-le")) // 2
    assert finish(column(["utf-32", "utf-16"])) == len(before)
    assert finish(column(["utf-8"])) == len(before.encode())


def test_separators_inside_a_line_move_nothing(folder: Path, cache: Path) -> None:
    """U+2028 and the like are no ends of lines for an editor."""

    async def run() -> None:
        text = (folder / "article.md").read_text(encoding="utf-8")
        text = text.replace("The harbour board met", "The\u2028harbour\x0bboard met")
        async with session(folder, cache) as editor:
            uri = editor.open(folder / "article.md", text)
            await editor.next(uri, 1)
            text = text.replace("steam", "old steam")
            diagnostics = await editor.next(uri, editor.write(uri, text))
            [found] = [one for one in diagnostics if one.code == "quote-altered"]
            assert words_of(text, found.range) == "“We will take the crane down before the winter,”"

    finish(run())


def test_settings_say_what_is_an_article_and_what_is_wrong_with_them(folder: Path, cache: Path) -> None:
    async def run() -> None:
        settings = folder / "copydesk.toml"
        settings.write_text('articles = ["*.md"]\nexclude = ["other.md"]\n', encoding="utf-8")
        (folder / "other.md").write_text((folder / "article.md").read_text(encoding="utf-8"), encoding="utf-8")
        async with session(folder, cache) as editor:
            other, uri = editor.open(folder / "other.md"), editor.open(folder / "article.md")
            assert codes(await editor.next(uri)) == ["quote-altered"]
            source = editor.open(folder / "interviews" / "lindqvist.md")
            assert await editor.next(source) == []
            settings.write_text("articels = []\n", encoding="utf-8")
            [trouble] = await until(editor, uri, "settings")
            assert (trouble.severity, trouble.range.start.line) == (1, 0)
            assert "did you mean `articles`?" in str(trouble.message)
            [place] = trouble.related_information or ()
            assert place.location.uri == settings.as_uri()
            settings.write_text('articles = ["*.md"]\nseverity = { quote-altered = "note" }\n', encoding="utf-8")
            [found] = await until(editor, uri, "quote-altered")
            assert found.severity == types.DiagnosticSeverity.Information
            first = next(one for one in editor.published if one.uri == other)
            assert list(first.diagnostics) == [], "the settings said that it is no article"
            editor.write(other, (folder / "article.md").read_text(encoding="utf-8") + "\n")
            await until(editor, other, "quote-altered")

    finish(run())


def test_without_settings_a_source_is_no_article_while_its_article_is_open(folder: Path, cache: Path) -> None:
    async def run() -> None:
        named = folder / "interviews" / "lindqvist.md"
        text = f"{named.read_text(encoding='utf-8')}\n\nLorem ipsum dolor sit amet, consectetur adipiscing elit.\n"
        async with session(folder, cache) as editor:
            source = editor.open(named, text)
            assert codes(await editor.next(source)) == ["production-residue", "headline-unsupported"]
            uri = editor.open(folder / "article.md")
            await until(editor, source)
            editor.shut(uri)
            await until(editor, source, "production-residue", "headline-unsupported")

    finish(run())


def test_a_client_that_shows_no_documents_is_told_where_they_are(folder: Path, cache: Path) -> None:
    async def run() -> None:
        async with session(folder, cache, shows=False) as editor:
            uri = editor.open(folder / "article.md", "# A quiet day\n\nNothing was said on Monday.\n")
            assert await editor.command({"command": "copydesk.openReport", "arguments": ["file:///none.md"]}) is False
            assert await editor.next(uri, 1) == []
            assert await editor.command({"command": "copydesk.openReport", "arguments": [uri]}) is False
            assert "There is no report of this text yet." in editor.messages[0].message
            assert Path(editor.messages[1].message.removeprefix("copydesk has written ")).is_file()

    finish(run())


def test_the_baseline_counts(folder: Path, cache: Path) -> None:
    command = [sys.executable, "-m", "audit", "check", "article.md", "--cache-dir", str(cache), "--update-baseline"]
    subprocess.run([*command, "--baseline", "known.json"], cwd=folder, check=True, capture_output=True)

    async def run() -> None:
        async with session(folder, cache) as editor:
            uri = editor.open(folder / "article.md")
            assert codes(await editor.next(uri)) == ["quote-altered"]
        (folder / "copydesk.toml").write_text('baseline = "known.json"\n', encoding="utf-8")
        async with session(folder, cache) as editor:
            uri = editor.open(folder / "article.md")
            assert await editor.next(uri) == []
            (folder / "known.json").write_text("[]", encoding="utf-8")
            [trouble] = await until(editor, uri, "baseline")
            assert "no baseline" in str(trouble.message)

    finish(run())


def test_it_ends_with_its_editor(folder: Path, cache: Path, tmp_path: Path) -> None:
    """Standard input that closes without a word is an end, too, and nothing stays behind."""
    (temporary := tmp_path / "tmp").mkdir()
    command = [sys.executable, "-m", "audit", "lsp", "--cache-dir", str(cache)]
    done = subprocess.run(
        command, cwd=folder, input=b"", capture_output=True, timeout=90, env={**os.environ, "TMPDIR": str(temporary)}
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="ends by a signal")
def test_a_signal_ends_it_in_the_middle_of_an_audit(folder: Path, cache: Path, tmp_path: Path) -> None:
    (temporary := tmp_path / "tmp").mkdir()

    async def run() -> None:
        editor = Editor()
        await editor.begin(folder, cache, "--no-cache", temporary=temporary)
        await editor.next(editor.open(folder / "article.md"))
        editor.open(folder / "interviews" / "lindqvist.md", "# Long\n\n" + "He said that it was so. " * 20_000)
        assert editor._server is not None
        editor._server.terminate()
        try:
            assert await asyncio.wait_for(editor._server.wait(), 60) == 128 + signal.SIGTERM
            assert await editor._server.stderr.read() == b""  # type: ignore[union-attr]
        finally:
            if editor._server.returncode is None:
                editor._server.kill()
            await editor.stop()

    finish(run())
    assert list(temporary.iterdir()) == []
