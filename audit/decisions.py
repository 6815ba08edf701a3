"""The file of decisions: read, added to by several processes at once, and honoured by a run."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from audit.console import write_file
from audit.errors import CopydeskError
from audit.locking import locked
from audit.pairing import Keyed, Kinship, key_of, pair
from audit.records import Finding
from audit.records.base import Side
from audit.records.decisions import (
    DECISIONS_SCHEMA,
    SHOWN_WORDS,
    DecidedPassage,
    Decision,
    DecisionsFile,
    DecisionsUsed,
)
from audit.records.report import Report
from audit.records.sameness import words_digest

MAX_FILE = 50_000_000  # bytes

State = Literal["holds", "expired", "text-changed", "source-changed", "stale"]


# --- Reading ----------------------------------------------------------------------------------------------------------


def load(path: Path) -> DecisionsFile:
    """The decisions of a file.

    Raises CopydeskError, one line with the entry and what to do, where it is no such file or anything in it is wrong.
    """
    return _read(path)[0]


def load_for_run(path: Path) -> tuple[DecisionsFile, str | None]:
    """The decisions of a file that may not exist yet, and the SHA-256 of the file, None where there is none.

    Raises CopydeskError as `load` does.
    """
    return _read(path) if os.path.lexists(path) else (DecisionsFile(), None)


def _read(path: Path) -> tuple[DecisionsFile, str]:
    from audit.loading.decode import read_bytes

    data = read_bytes(str(path), MAX_FILE)
    return parse(data, str(path)), hashlib.sha256(data).hexdigest()


def parse(data: bytes, path: str) -> DecisionsFile:
    """The decisions in the bytes of a file; `path` is for the error. Raises CopydeskError."""
    try:
        values = json.loads(data.decode("utf-8"), object_pairs_hook=_without_repeats)
    except UnicodeDecodeError:
        raise _refuse(path, "it is not UTF-8", "save it as UTF-8") from None
    except json.JSONDecodeError as error:
        what = f"it is not JSON ({error.msg.lower()})"
        raise _refuse(path, what, "mend that line; a merge may have left its marks there", error.lineno) from None
    except RecursionError:
        raise _refuse(path, "it is nested too deeply", "name a file that `copydesk decide` wrote") from None
    except ValueError as error:
        raise _refuse(path, str(error), "mend it by hand") from None
    if isinstance(values, dict) and "schema" not in values:
        raise _refuse(path, 'the key "schema" is missing', "name a file that `copydesk decide` wrote")
    try:
        return DecisionsFile.model_validate(values)
    except ValidationError as error:
        raise _refuse(path, *_first_fault(error, values)) from None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        repeated = next(key for at, (key, _) in enumerate(pairs) if key in dict(pairs[:at]))
        raise ValueError(f'the key "{repeated}" stands twice in one entry')
    return values


def _refuse(path: str, message: str, action: str, line: int | None = None) -> CopydeskError:
    return CopydeskError.of("decisions", path, message, action, line)


_KINDS = {"model_type": "an object", "tuple_type": "a list", "string_type": "text"}


def _first_fault(error: ValidationError, values: object) -> tuple[str, str]:
    """What is wrong with the first thing that is wrong, with its entry, and what to do about it."""
    faults = error.errors(include_url=False)
    # A misspelt key is also a missing one; the misspelling says more.
    fault = next((one for one in faults if one["type"] == "extra_forbidden"), faults[0])
    entry = _entry(fault["loc"], values)
    keys = [part for part in fault["loc"] if isinstance(part, str) and not (entry and part == "decisions")]
    key = keys[0] if keys else ""
    where = f"{entry}: " if entry else ""
    match fault["type"]:
        case "extra_forbidden":
            return f'{where}there is no key "{keys[-1]}"', "take it out or mend its spelling"
        case "missing":
            return f'{where}the key "{keys[-1]}" is missing', "add it"
        case "literal_error" if not entry:
            return f'"{key}" is {_short(fault["input"])}', f"this version of copydesk reads {DECISIONS_SCHEMA}"
        case "literal_error":
            return f'{where}"{key}" is {_short(fault["input"])}', f"it may be {fault['ctx']['expected']}"
        case "model_type" | "tuple_type" | "string_type":
            what = f'"{keys[-1]}"' if keys else "it"
            return f"{where}{what} is {_short(fault['input'])}, not {_KINDS[fault['type']]}", "mend it by hand"
        case "value_error":
            message = str(fault["ctx"]["error"])
        case _:
            message = fault["msg"].lower()
    return (f'{where}"{key}": {message}' if key else f"{where}{message}"), "mend it by hand"


def _entry(place: Sequence[int | str], values: object) -> str:
    """Number, rule and fingerprint of the entry that a fault lies in; "" where it lies in none."""
    if len(place) < 2 or not isinstance(place[1], int) or not isinstance(values, dict):
        return ""
    entry = values["decisions"][place[1]]
    told = [str(entry[name])[:60] for name in ("rule", "fingerprint") if isinstance(entry, dict) and entry.get(name)]
    return f"entry {place[1] + 1}" + (f" ({', '.join(told)})" if told else "")


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:60]}…"


# --- Saving -----------------------------------------------------------------------------------------------------------


def save(path: Path, decisions: Iterable[Decision], *, remove: Collection[str] = ()) -> DecisionsFile:
    """Add decisions to a file, in place of older ones about the same findings. Returns what the file holds then.

    `remove` are fingerprints whose older decisions are taken out.

    The file is read again under a lock, so that processes that save at once lose nothing of each other; whoever reads
    it meanwhile sees the old file or the new one. Raises CopydeskError where the file that is there cannot be read, and
    OSError where it cannot be written.
    """
    target = Path(os.path.realpath(path))
    with locked(target):
        old = load_for_run(target)[0].decisions
        merged = {decision.fingerprint: decision for decision in old if decision.fingerprint not in remove}
        merged.update((decision.fingerprint, decision) for decision in decisions)
        file = DecisionsFile(decisions=tuple(sorted(merged.values(), key=_order)))
        write_file(target, render(file))
    return file


def render(file: DecisionsFile) -> str:
    """The text of a file of decisions: sorted, so that version control shows what changed."""
    ordered = file.model_copy(update={"decisions": tuple(sorted(file.decisions, key=_order))})
    return json.dumps(ordered.model_dump(mode="json", by_alias=True), indent=2, ensure_ascii=False) + "\n"


def _order(decision: Decision) -> tuple[str, str, str]:
    return decision.article, decision.rule, decision.fingerprint


# --- Honouring --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a decision: its state, and the index of the finding that it is about, None for a stale one."""

    decision: Decision
    state: State
    finding: int | None


def fates(decisions: Sequence[Decision], findings: Sequence[Keyed], today: date) -> list[Fate]:
    """The fate of each decision among the findings of a report, in the order of the decisions."""
    pairs = {found.old: found for found in pair([_keyed_decision(decision) for decision in decisions], findings)}
    return [
        Fate(decision, _state(decision, pairs[at].kinship, today), pairs[at].new)
        if at in pairs
        else Fate(decision, "stale", None)
        for at, decision in enumerate(decisions)
    ]


def _state(decision: Decision, kinship: Kinship, today: date) -> State:
    if kinship != "same":
        return kinship
    return "expired" if decision.is_expired(today) else "holds"


def apply(report: Report, file: DecisionsFile, today: date, path: str = "", sha256: str | None = None) -> Report:
    """The report with what was decided about its findings.

    A dismissed finding is no longer open. One whose words or whose source changed since, or whose decision is older
    than it may be, is open, and says so. `path` and `sha256` are those of the file, for the record.
    """
    told = fates(file.decisions, [keyed(finding, report) for finding in report.findings], today)
    decided = {fate.finding: fate for fate in told if fate.finding is not None}
    findings = tuple(
        _decided(finding, decided[at]) if at in decided else finding for at, finding in enumerate(report.findings)
    )
    stale = tuple(fate.decision.fingerprint for fate in told if fate.state == "stale")
    used = DecisionsUsed(path=path, sha256=sha256, today=today, stale=stale)
    return report.model_copy(update={"findings": findings, "run": report.run.model_copy(update={"decisions": used})})


def _decided(finding: Finding, fate: Fate) -> Finding:
    changes: dict[str, Any] = {"decision": fate.decision}
    if fate.state != "holds":
        changes["reopened"] = fate.state
    elif fate.decision.verdict == "dismissed" and finding.status == "open":
        changes["status"] = "dismissed"
    return finding.model_copy(update=changes)


def keyed(finding: Finding, report: Report) -> Keyed:
    """What a finding of a report is known by."""
    passages = ((report.side_of(evidence.place), evidence.place.text) for evidence in finding.evidence)
    return key_of(finding.rule, finding.fingerprint, passages)


def _keyed_decision(decision: Decision) -> Keyed:
    passages = tuple((passage.side, passage.sha256) for passage in decision.passages)
    return Keyed(decision.rule, decision.fingerprint, passages)


def decided_passage(side: Side, text: str) -> DecidedPassage:
    """A passage of a finding as a decision keeps it."""
    return DecidedPassage(side=side, words=" ".join(text.split())[:SHOWN_WORDS], sha256=words_digest(text))
