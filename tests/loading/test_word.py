from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from audit.errors import CopydeskError
from audit.loading import load


def save(path: Path) -> str:
    document = docx.Document()
    document.add_heading("Quay shut", level=1)
    paragraph = document.add_paragraph("“We ")
    paragraph.add_run("wait").bold = True
    paragraph.add_run(",” Ana Reyes said.")
    document.add_paragraph("one", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Oslo", "12 mm"
    document.save(str(path))
    return str(path)


def test_paragraphs_tables_and_places(tmp_path: Path) -> None:
    document = load(save(tmp_path / "a.docx"), "article", "a1").documents[0]
    assert document.raw == "Quay shut\n\n“We wait,” Ana Reyes said.\n\none\n\nOslo | 12 mm"
    assert [block.kind for block in document.blocks] == ["headline", "paragraph", "list_item", "table_row"]
    at = document.view.index("Ana Reyes")
    assert document.place(at, at + 9).text == "Ana Reyes"
    assert document.place(at, at + 9).line == 3


def test_turns_in_bold(tmp_path: Path) -> None:
    word = docx.Document()
    for name, words in (
        ("Reporter", "Is it shut?"),
        ("Ana Reyes", "It is."),
        ("Reporter", "Until?"),
        ("Ana Reyes", "May."),
    ):
        paragraph = word.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(words)
    word.save(str(tmp_path / "talk.docx"))
    document = load(str(tmp_path / "talk.docx"), "source", "s1").documents[0]
    assert [(turn.name, turn.role) for turn in document.turns] == [
        ("Reporter", "interviewer"),
        ("Ana Reyes", "guest"),
    ] * 2


def test_a_bomb_a_doctype_and_a_fake_are_refused(tmp_path: Path) -> None:
    good = Path(save(tmp_path / "a.docx")).read_bytes()
    for name, change in (("bomb", b"a" * 60_000_000), ("dtd", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')):
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                new.writestr(entry, change if entry.filename == "word/document.xml" else old.read(entry))
        path = tmp_path / f"{name}.docx"
        path.write_bytes(target.getvalue())
        with pytest.raises(CopydeskError) as caught:
            load(str(path), "article", "a1")
        assert caught.value.diagnostic.code == "word"
    (tmp_path / "fake.docx").write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(CopydeskError, match="Word"):
        load(str(tmp_path / "fake.docx"), "article", "a1")


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.docx", "w") as archive:
        for number in range(5_001):
            archive.writestr(f"x{number}", b"")
    with pytest.raises(CopydeskError, match="parts"):
        load(str(tmp_path / "many.docx"), "article", "a1")
