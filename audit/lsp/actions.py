"""What an editor offers at a finding: put it aside by a comment, explain its rule, open the report."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from audit.lsp.positions import Units, line_end, meet, position_at
from audit.lsp.view import Marked, View
from audit.records import Place
from audit.records.report import InputInfo

OPEN_REPORT = "copydesk.openReport"
EXPLAIN_RULE = "copydesk.explainRule"
REASON = "say here why this is in order"  # a comment without a reason puts nothing aside

Edits = dict[str, list[types.TextEdit]]


def actions_at(
    view: View, params: types.CodeActionParams, units: Units, diagnostics: Sequence[types.Diagnostic]
) -> list[types.CodeAction]:
    """The actions for a range. `diagnostics` are those that were shown for the text as it is."""
    uri = params.text_document.uri
    shown = {one.data: one for one in diagnostics if one.data is not None}
    found: list[types.CodeAction] = []
    for marked in view.marked:
        if meet(marked.range, params.range):
            about = [shown[marked.finding.fingerprint]] if marked.finding.fingerprint in shown else []
            found += _for_finding(view, marked, uri, units, about)
    command = types.Command("Open the report", OPEN_REPORT, arguments=[uri])
    found.append(types.CodeAction("Open the report of copydesk", types.CodeActionKind.Source, command=command))
    wanted = params.context.only
    return [action for action in found if wanted is None or _is_wanted(action, wanted)]


def _for_finding(
    view: View, marked: Marked, uri: str, units: Units, about: list[types.Diagnostic]
) -> list[types.CodeAction]:
    rule = marked.finding.rule
    explain = types.Command(f"Explain {rule}", EXPLAIN_RULE, arguments=[uri, rule])
    actions = [types.CodeAction(f"Explain {rule}", types.CodeActionKind.QuickFix, about, command=explain)]
    edit = comment(view.info, marked.main.place, rule, units)
    if edit is not None:
        title = f"Put {rule} aside in this paragraph"
        edits = types.WorkspaceEdit(changes={uri: [edit]})
        actions.insert(0, types.CodeAction(title, types.CodeActionKind.QuickFix, about, edit=edits))
    return actions


def comment(info: InputInfo | None, place: Place, rule: str, units: Units) -> types.TextEdit | None:
    """The comment that puts a finding aside, at the end of its paragraph; None where the format has no comments.

    At the end it changes nothing of how the text is laid out, as it would between the items of a list.
    """
    from audit.suppressions import WORD

    if info is None or info.format not in ("markdown", "html"):
        return None
    blocks = [block for block in info.blocks if block.start <= place.start < block.end]
    if not blocks:
        return None
    at = max(blocks, key=lambda block: block.start).end
    if info.format == "markdown":  # behind signs such as those of emphasis that close at the paragraph's end
        at = max(at, len(info.text[: line_end(info.text, at)].rstrip(" \t")))
    where = position_at(info.text, at, units)
    return types.TextEdit(types.Range(where, where), f" <!-- {WORD} {rule}: {REASON} -->")


def _is_wanted(action: types.CodeAction, wanted: Sequence[types.CodeActionKind | str]) -> bool:
    kind = str(getattr(action.kind, "value", action.kind))
    return any(kind == str(getattr(one, "value", one)) for one in wanted)
