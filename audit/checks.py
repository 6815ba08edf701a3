"""Runs the rules. A rule that raises or does not end becomes a failed check; the others go on."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import FrameType

from audit.config import Policy
from audit.records import Check, Dossier, Draft
from audit.rules.base import Rule

RULE_SECONDS = 120.0  # a rule needs less than one second for the largest text; this is for one that never ends


@dataclass(frozen=True)
class RuleRun:
    """What all rules said of one article, and how each of them fared, in the rules' order."""

    drafts: tuple[Draft, ...]
    checks: tuple[Check, ...]


class RuleTimeout(BaseException):
    """A rule used up its time. Not an Exception, so that no rule can swallow it by catching too much."""


def apply_rules(rules: Sequence[type[Rule]], dossier: Dossier, policy: Policy, tell: Callable[[str], None]) -> RuleRun:
    """Apply every rule to one dossier; `tell` hears of each."""
    drafts: list[Draft] = []
    checks = []
    for rule in rules:
        tell(f"checking {rule.id}")
        checks.append(_apply(rule, dossier, policy, drafts))
    return RuleRun(tuple(drafts), tuple(checks))


def _deselected(rule: str, policy: Policy) -> str:
    if rule in policy.ignore:
        return "ignored by the settings of this run"
    if policy.select and rule not in policy.select:
        return "not selected in this run"
    return ""


def _apply(rule: type[Rule], dossier: Dossier, policy: Policy, drafts: list[Draft]) -> Check:
    """Run one rule over one article; its drafts count only when it comes to its end."""
    refusal = _deselected(rule.id, policy)
    if refusal:
        return Check(rule=rule.id, status="skipped", reason=refusal)
    try:
        with _time_limit(RULE_SECONDS):
            instance = rule()
            skip = instance.skip(dossier)
            if skip is not None:
                return Check(rule=rule.id, status="skipped", reason=skip.reason)
            found = list(instance.check(dossier))
        strange = next((draft.rule for draft in found if draft.rule != rule.id), None)
        if strange is not None:
            raise ValueError(f"it reported as {strange}")
    except KeyboardInterrupt:
        raise
    except RuleTimeout:
        return _failed(rule.id, dossier, f"it did not end within {RULE_SECONDS:g} seconds")
    except BaseException as error:  # SystemExit and the like from inside a rule are failures of that rule
        return _failed(rule.id, dossier, " ".join(f"{type(error).__name__}: {error}".split())[:200])
    severity = policy.severities.get(rule.id)
    if severity is not None:
        found = [draft.model_copy(update={"severity": severity, "severity_is_set": True}) for draft in found]
    drafts.extend(found)
    return Check(rule=rule.id, status="run")


def _failed(rule: str, dossier: Dossier, reason: str) -> Check:
    return Check(rule=rule, status="failed", reason=f"{dossier.article.document.path}: {reason}")


def summed_up(rule: str, outcomes: Sequence[Check]) -> Check:
    """One check out of those of all articles: a failure outweighs a run, a run outweighs a skip."""
    if not outcomes:
        return Check(rule=rule, status="skipped", reason="no article could be analysed")
    for status in ("failed", "run", "skipped"):
        reasons = [outcome.reason for outcome in outcomes if outcome.status == status]
        if reasons:
            return Check(rule=rule, status=status, reason="; ".join(dict.fromkeys(r for r in reasons if r)))
    raise AssertionError("a check has one of three states")


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise RuleTimeout inside the block after so many seconds, where the platform can."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(signum: int, frame: FrameType | None) -> None:
        raise RuleTimeout

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
