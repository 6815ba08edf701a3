"""docs/settings.md: its examples are settings that are read, and no key is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from audit.house_style import read_house
from audit.settings_file import HouseTable, Override, PolicyTable, SettingsTable, read_settings

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
TABLES: tuple[type[BaseModel], ...] = (SettingsTable, Override, HouseTable)


def keys(table: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in table.model_fields.items()}


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_is_read(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / ("pyproject.toml" if "[tool.copydesk]" in example else "copydesk.toml")
    path.write_text(example, encoding="utf-8")
    (tmp_path / "style").mkdir()
    for name in re.findall(r'"(style/\w+\.txt)"', example):
        (tmp_path / name).write_text("Dana Tarrant  # of Orrin\n", encoding="utf-8")
    file = read_settings(path.name)
    assert file.table.model_fields_set
    house = read_house(file)
    assert bool(house.names) == ("[house]" in example)


@pytest.mark.parametrize("table", TABLES)
def test_each_key_has_an_example_and_is_told_of(table: type[BaseModel]) -> None:
    used = {key for example in EXAMPLES for key in re.findall(r"^([\w-]+) = ", example, re.MULTILINE)}
    used |= {name for example in EXAMPLES for name in re.findall(r"^\[+([\w-]+)\]+$", example, re.MULTILINE)}
    prose = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
    for key in keys(table):
        assert key in used, key
        assert re.search(rf"`\[*{key}\]*`", prose), key


def test_the_page_says_what_an_override_may_have() -> None:
    [sentence] = re.findall(r"It may have (.*?)\.", " ".join(PAGE.split()))
    assert set(re.findall(r"`([\w-]+)`", sentence)) == keys(PolicyTable)
