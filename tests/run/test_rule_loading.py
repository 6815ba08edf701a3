"""Own rules: what counts as one, what is refused and how, and when what is known of them changes."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from audit.rules.registry import ALL_RULES

from audit.entry_points import EntryPoint, find_entry_points
from audit.errors import CopydeskError
from audit.own_rules import RuleSet, load_own_rules, load_rules, rules_state
from audit.settings_file import check_rule_ids, read_settings

RULE = '''
from audit.rules.base import Rule


class {name}(Rule):
    """{summary}"""

    id = "{id}"
    family = "production"
    severity = "note"

    def check(self, dossier):
        return ()
'''


def a_rule(id: str = "own-rule", name: str = "OwnRule", summary: str = "Something of ours.") -> str:
    return RULE.format(id=id, name=name, summary=summary)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Write a file below the working folder of the test; its path as a user would give it."""
    monkeypatch.chdir(tmp_path)

    def written(name: str, text: str) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


Write = Callable[[str, str], Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """Put a package into a folder of `sys.path`, as an installer leaves it; the folder of its code."""
    monkeypatch.setattr(sys, "path", list(sys.path))

    def installed(
        name: str,
        value: str,
        files: dict[str, str],
        *,
        version: str = "1.2",
        place: str = "site",
        editable: bool = False,
    ) -> Path:
        folder = tmp_path / place
        code = tmp_path / f"{name}-source" if editable else folder
        info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir(parents=True)
        for file, text in files.items():
            (code / file).parent.mkdir(parents=True, exist_ok=True)
            (code / file).write_text(text, encoding="utf-8")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\nVersion: no\n")
        entries = f"[console_scripts]\nx = y:z\n\n[copydesk.rules]\n# ours\nhouse = {value}\n\n[other]\na = b\n"
        (info / "entry_points.txt").write_text(entries)
        listed = [] if editable else list(files)
        (info / "RECORD").write_text("".join(f"{one},sha256=x,1\n" for one in (*listed, f"{info.name}/METADATA")))
        for one in {str(folder), str(code)} - set(sys.path):
            sys.path.insert(0, one)
        return code

    yield installed
    for module in [one for one in sys.modules if one.startswith("pkg_")]:
        del sys.modules[module]


def ids(*paths: Path) -> list[str]:
    return [own.rule.id for own in load_own_rules(paths)]


# --- What counts as a rule --------------------------------------------------------------------------------------------


def test_without_own_rules_there_are_those_of_copydesk() -> None:
    assert load_rules() == ALL_RULES
    assert load_own_rules() == ()
    assert RuleSet().rules == ALL_RULES


def test_every_public_rule_of_a_module_in_the_order_of_its_text(write: Write) -> None:
    base = 'class Base(Rule):\n    """For others."""\n    family = "names"\n'
    hidden = a_rule("hidden-rule", "_Hidden")
    borrowed = "from audit.rules.production import DuplicateText\n"
    alias = "Again = Zeta\n"
    path = write("house.py", a_rule("zeta", "Zeta") + base + hidden + borrowed + alias + a_rule("alpha", "Alpha"))
    assert ids(path) == ["zeta", "alpha"]
    assert load_rules([path])[: len(ALL_RULES)] == ALL_RULES


def test_a_list_of_rules_outweighs_that(write: Write) -> None:
    path = write("house.py", f"{a_rule('one', 'One')}{a_rule('two', '_Two')}\nRULES = [_Two]\n")
    assert ids(path) == ["two"]


def test_a_package_has_what_its_init_holds(write: Write) -> None:
    write("house/one.py", a_rule("one", "One") + "from .words import WORDS\n")
    write("house/words.py", "WORDS = ('very',)\n")
    write("house/not_imported.py", a_rule("two", "Two"))
    path = write("house/__init__.py", "from .one import One\n").parent
    [own] = load_own_rules([path])
    assert (own.rule.id, own.origin) == ("one", "house")
    assert not list(Path().rglob("__pycache__"))


def test_paths_keep_their_order_and_their_modules_apart(write: Write) -> None:
    paths = [write("b/rules.py", a_rule("from-b")), write("a/rules.py", a_rule("from-a"))]
    assert ids(*paths) == ["from-b", "from-a"]
    assert ids(*reversed(paths)) == ["from-a", "from-b"]


def test_a_module_cannot_hide_another_one(write: Write) -> None:
    path = write("json.py", a_rule())
    before = sys.modules.get("json")
    assert ids(path) == ["own-rule"]
    assert sys.modules.get("json") is before


def test_a_module_that_was_edited_is_loaded_anew(write: Write) -> None:
    path = write("house.py", a_rule("one-rule"))
    first = load_own_rules([path])
    assert load_own_rules([path])[0].rule is first[0].rule
    write("house.py", a_rule("two-rule"))  # of the same length, within the same second
    assert ids(path) == ["two-rule"]


def test_what_a_module_prints_is_no_output(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert ids(write("house.py", "print('hello')\n" + a_rule())) == ["own-rule"]
    assert capsys.readouterr() == ("", "hello\n")


# --- What is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\n", "house.py: there is no rule in it; a rule is a public class made from audit.rules.base.Rule"),
        ("RULES = 3\n", "house.py: `RULES` is no tuple or list of rules; a rule is"),
        ("RULES = []\n", "house.py: there is no rule in it; a rule is"),
        ("RULES = [3]\n", "house.py: 3 is no rule; a rule is"),
        ("RULES = [int]\n", "house.py: int is no rule; a rule is"),
        ("x = (\n", "house.py:1: it cannot be imported (SyntaxError: '(' was never closed (house.py, line 1)); mend"),
        ("\n\nx = y\n", "house.py:3: it cannot be imported (NameError: name 'y' is not defined); mend it"),
        ("import nowhere_at_all\n", "house.py:1: it cannot be imported (ModuleNotFoundError: No module named"),
        ("raise SystemExit(3)\n", "house.py:1: it cannot be imported (SystemExit: 3); mend it"),
        (a_rule("Own Rule"), "house.py: the id of OwnRule is 'Own Rule'; write it in small letters, figures and"),
        (a_rule("-own"), "house.py: the id of OwnRule is '-own'; write it in small letters, figures and"),
        (a_rule() + a_rule(name="Other"), "house.py: the id 'own-rule' of Other is taken twice; choose another"),
        (a_rule("quote-altered"), "house.py: the id 'quote-altered' of OwnRule is taken already by copydesk itself;"),
        (a_rule().replace('"production"', '"style"'), "house.py: OwnRule has 'style' as its `family`; it can be one"),
        (a_rule().replace('family = "production"', ""), "house.py: OwnRule has no `family`; it can be one of quotes,"),
        (a_rule().replace('"note"', '"fatal"'), "house.py: OwnRule has 'fatal' as its `severity`; it can be one"),
        (a_rule() + "    confidence = 3\n", "house.py: OwnRule has 3 as its `confidence`; it can be one of high"),
        (a_rule() + "    preview = 'yes'\n", "house.py: OwnRule has 'yes' as `preview`; it can be True or False"),
        (a_rule(summary=""), "house.py: OwnRule has no summary; begin its docstring with one line that says what"),
        (a_rule(summary="Two lines\n    of it."), "house.py: OwnRule has no summary; begin its docstring"),
        (a_rule().replace('    id = "own-rule"\n', ""), "house.py: OwnRule has no `id`; give it one, or begin the"),
        (a_rule().replace("check", "chekc"), "house.py: OwnRule has no method `check`; write one that yields"),
    ],
)  # fmt: skip
def test_what_is_no_rule(write: Write, text: str, line: str) -> None:
    path = write("house.py", text)
    with pytest.raises(CopydeskError) as raised:
        load_rules([path])
    message = str(raised.value)
    assert message.startswith(line)
    assert "\n" not in message


def test_paths_that_hold_nothing(write: Write) -> None:
    write("folder/module.py", a_rule())
    write("empty/__init__.py", "")
    write("house.txt", a_rule())
    Path("latin.py").write_bytes(a_rule(summary="Café.").encode("latin-1"))
    write("deep/__init__.py", "from .part import OwnRule\n")
    write("deep/part.py", "\n" + a_rule() + "oops\n")
    for path, line in {
        "nowhere.py": "nowhere.py: there is no such file or folder; check `rules` in the settings",
        "folder": "folder: this folder is no package: it has no __init__.py; add one, or name a module in it",
        "empty": "empty: there is no rule in its __init__.py; a rule is a public class made from audit.rules.base.",
        "house.txt": "house.txt: this is no Python module; name a file that ends in .py, or a folder with __init__.py",
        "latin.py": "latin.py:6: byte 68 is not valid UTF-8; save the file as UTF-8",
        "deep": f"deep{os.sep}part.py:15: it cannot be imported (NameError: name 'oops' is not defined); mend it",
    }.items():
        with pytest.raises(CopydeskError) as raised:
            load_rules([Path(path)])
        assert str(raised.value).startswith(line)


def test_an_id_that_two_modules_have(write: Write) -> None:
    with pytest.raises(CopydeskError, match=r"^b\.py: the id 'own-rule' of OwnRule is taken already by a\.py; choose"):
        load_rules([write("a.py", a_rule()), write("b.py", a_rule())])


def test_settings_are_read_without_rules_and_their_ids_looked_up_afterwards(write: Write) -> None:
    write("house.py", a_rule())
    file = read_settings(str(write("copydesk.toml", 'rules = ["house.py"]\nselect = ["own-rule", "own-rul"]\n')))
    with pytest.raises(CopydeskError, match=r"`select` names 'own-rul', and .* did you mean own-rule"):
        check_rule_ids(file, RuleSet((Path("house.py"),)))


def test_rules_are_for_the_whole_file(write: Write) -> None:
    path = write("copydesk.toml", '[[overrides]]\npaths = ["x"]\nrules = ["house.py"]\n')
    with pytest.raises(
        CopydeskError, match=r"no key `overrides\[1\]\.rules`; `rules` is for the whole file: move it to"
    ):
        read_settings(str(path))


# --- Installed packages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["pkg_a", "pkg_a:OwnRule", "pkg_a : LISTED [extra]", "pkg_a:Holder.rules"])
def test_an_entry_point_names_a_module_a_rule_or_several(install: Callable[..., Path], value: str) -> None:
    text = a_rule() + "\nLISTED = (OwnRule,)\n\n\nclass Holder:\n    rules = [OwnRule]\n"
    install("newsroom-rules", value, {"pkg_a.py": text})
    [own] = load_own_rules()
    assert (own.rule.id, own.origin) == ("own-rule", "newsroom-rules 1.2")


def test_packages_come_by_the_names_of_their_entry_points_and_before_paths(
    install: Callable[..., Path], write: Write
) -> None:
    install("zeta", "pkg_z", {"pkg_z.py": a_rule("of-zeta")})
    install("alpha", "pkg_b", {"pkg_b.py": a_rule("of-alpha")})
    assert ids(write("house.py", a_rule("of-path"))) == ["of-alpha", "of-zeta", "of-path"]


def test_of_a_package_that_is_there_twice_the_first_counts(install: Callable[..., Path]) -> None:
    install("Newsroom_Rules", "pkg_old", {"pkg_old.py": a_rule("old")}, version="1.0", place="behind")
    install("newsroom-rules", "pkg_new", {"pkg_new.py": a_rule("new")}, version="2.0", place="before")
    assert ids() == ["new"]


@pytest.mark.parametrize(
    ("value", "text", "line"),
    [
        ("pkg_c", "oops\n", "it cannot be imported (NameError: name 'oops' is not defined)"),
        ("pkg_nowhere", "", "it cannot be imported (ModuleNotFoundError: No module named 'pkg_nowhere')"),
        ("pkg_c:X", "", "'pkg_c:X' is neither a module nor a rule nor a tuple or list of rules"),
    ],
)
def test_a_package_that_is_at_fault(install: Callable[..., Path], value: str, text: str, line: str) -> None:
    install("broken", value, {"pkg_c.py": text})
    with pytest.raises(CopydeskError) as raised:
        load_rules()
    assert str(raised.value) == f"broken 1.2 (entry point house): {line}; mend the package, or uninstall it"


def test_entry_points_are_those_that_the_standard_library_finds(install: Callable[..., Path]) -> None:
    from importlib.metadata import entry_points

    install("zeta", "pkg_z:RULES [x]", {})
    install("alpha", "pkg_b.part", {})
    known = sorted((one.name, one.value, one.module, one.attr or "") for one in entry_points(group="copydesk.rules"))
    assert sorted((one.name, one.value, one.module, one.attribute) for one in find_entry_points()) == known
    assert [one.distribution for one in find_entry_points()] == ["alpha", "zeta"]


def test_what_is_no_package_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "torn-1.dist-info").mkdir()
    (tmp_path / "torn-1.dist-info" / "entry_points.txt").mkdir()
    (tmp_path / "bare.egg-info").mkdir()
    (tmp_path / "bare.egg-info" / "entry_points.txt").write_bytes(b"[copydesk.rules]\n\xffhouse = x\nno value\n")
    (tmp_path / "file.dist-info").write_text("x")
    found = find_entry_points([str(tmp_path), str(tmp_path / "nowhere"), str(tmp_path / "file.dist-info")])
    assert found == (EntryPoint("\ufffdhouse", "bare", "", "x", str(tmp_path / "bare.egg-info")),)


# --- The state --------------------------------------------------------------------------------------------------------


def test_without_own_rules_there_is_no_state() -> None:
    assert rules_state() == ""


def test_the_state_follows_a_module_and_those_beside_it(write: Write) -> None:
    path = write("house.py", "raise RuntimeError('the state imports nothing')\n")
    states = [rules_state([path])]
    assert rules_state([path]) == states[0]
    write("unrelated.txt", "x")
    assert rules_state([path]) == states[0]
    write("house.py", "raise RuntimeError\n")
    states.append(rules_state([path]))
    write("beside.py", "x = 1\n")
    states.append(rules_state([path]))
    write("beside.py", "x = 2\n")
    states.append(rules_state([path]))
    path.unlink()
    states.append(rules_state([path]))
    assert len(set(states)) == len(states)
    assert all(states)


def test_the_state_follows_everything_in_a_package(write: Write) -> None:
    path = write("house/__init__.py", "").parent
    states = [rules_state([path])]
    write("house/__pycache__/x.pyc", "x")
    write("house/.hidden", "x")
    assert rules_state([path]) == states[0]
    for name, text in (("deep/part.py", "x"), ("deep/part.py", "y"), ("words.txt", "very"), ("words.txt", "quite")):
        write(f"house/{name}", text)
        states.append(rules_state([path]))
    (path / "words.txt").rename(path / "other.txt")
    states.append(rules_state([path]))
    (path / "loop").symlink_to(path.resolve(), target_is_directory=True)
    states.append(rules_state([path]))
    assert len(set(states[:-1])) == len(states) - 1


def test_the_state_knows_the_order_and_not_the_place(write: Write, tmp_path: Path) -> None:
    one, two = write("a/one.py", "x"), write("b/two.py", "y")
    assert rules_state([one, two]) != rules_state([two, one])
    assert rules_state([one]) == rules_state([tmp_path / "a" / "one.py"])


@pytest.mark.parametrize("editable", [False, True])
def test_the_state_follows_a_package_that_is_installed(install: Callable[..., Path], editable: bool) -> None:
    files = {"pkg_d/__init__.py": "raise RuntimeError\n", "pkg_d/deep/part.py": "x = 1\n"}
    code = install("newsroom-rules", "pkg_d.deep.part", files, editable=editable)
    states = [rules_state()]
    assert states[0]
    (code / "pkg_d" / "deep" / "part.py").write_text("x = 2\n")
    states.append(rules_state())
    info = next(code.parent.glob("site/*.dist-info")) / "METADATA"
    info.write_text(info.read_text().replace("Version: 1.2", "Version: 1.3"))
    states.append(rules_state())
    assert len(set(states)) == len(states)
    assert "pkg_d" not in sys.modules


def test_the_state_follows_a_package_without_code_at_its_top(install: Callable[..., Path]) -> None:
    code = install("newsroom-rules", "pkg_e.desk.rules", {"pkg_e/desk/__init__.py": "", "pkg_e/desk/rules.py": "x"},
                   editable=True)  # fmt: skip
    before = rules_state()
    (code / "pkg_e" / "desk" / "rules.py").write_text("y")
    assert rules_state() != before


def test_nothing_that_a_cached_report_needs_imports_a_rule() -> None:
    code = """
    import sys
    import audit.afterwards, audit.baseline, audit.changes, audit.own_rules, audit.project, audit.settings_file
    import audit.suppressions
    from audit.own_rules import RuleSet, rules_state
    rules_state(RuleSet().paths)
    loaded = {name for name in sys.modules if name.startswith("audit.rules.")} - {"audit.rules.base"}
    print(loaded, "spacy" in sys.modules)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert done.stdout == "set() False\n"
