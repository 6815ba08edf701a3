"""The JSON report: the contract's fields, the committed schema, the same bytes for the same report."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest
import sample
from audit.reports.contract import SCHEMAS, ReportOut, contract_of, paragraph_number, values_of
from audit.reports.json import render_json, render_schema

from audit.errors import CopydeskError
from audit.records import QuoteMatch


def test_has_every_field_of_the_contract() -> None:
    report = json.loads(render_json(sample.report(sample.finding())))
    assert report["schema"] == "copydesk-report/1"
    assert report["tool"] == {"name": "copydesk", "version": "0.0.test"}
    assert {"path", "role", "format", "sha256", "title", "date", "speakers"} <= set(report["inputs"][0])
    finding = report["findings"][0]
    assert {"id", "rule", "severity", "confidence", "message", "evidence", "fingerprint", "status"} <= set(finding)
    assert {"path", "start", "end", "line", "column", "end_line", "end_column", "quote", "label", "speaker"} <= set(
        finding["evidence"][0]
    )
    assert report["checks"] == [{"rule": "quote-altered", "status": "run", "reason": ""}]
    assert report["coverage"]["quotations"] == 3


def test_evidence_is_the_text_of_the_file() -> None:
    report = json.loads(render_json(sample.report(sample.finding())))
    texts = {info["path"]: info["text"] for info in report["inputs"]}
    for evidence in report["findings"][0]["evidence"]:
        assert texts[evidence["path"]][evidence["start"] : evidence["end"]] == evidence["quote"]
        for mark in evidence["marks"]:
            assert texts[evidence["path"]][mark["start"] : mark["end"]] == mark["quote"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_committed_schemas_are_those_of_the_models(name: str) -> None:
    committed = files("audit.reports").joinpath(name).read_text(encoding="utf-8")
    assert committed == render_schema(name), "run: python -m audit.reports.schema"


def test_reports_are_valid_against_the_committed_schema() -> None:
    schema = json.loads(files("audit.reports").joinpath("report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    report = json.loads(render_json(sample.report(sample.finding(), sample.finding(2, severity="note"))))
    jsonschema.validate(report, schema)
    del report["findings"][0]["evidence"][0]["quote"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, schema)


def test_round_trip() -> None:
    report = sample.report(sample.finding())
    assert ReportOut.model_validate_json(render_json(report)) == contract_of(report)


def test_ends_with_one_line_end_and_does_not_escape_letters() -> None:
    text = render_json(sample.report(sample.finding()))
    assert text.endswith("}\n")
    assert "“We will rebuild it,”" in text


def test_same_bytes_as_the_standard_library() -> None:
    odd = sample.finding(message='\x00\x1f\x7f\u2028\u00e9\U0001f600"\\/\b\f\n\r\t')
    report = sample.report(odd, sample.finding(2))
    scored = tuple(QuoteMatch(quotation="a1.q1", verdict="exact", score=score) for score in (0.0, 0.001, 0.123, 1.0))
    for one in (report, report.model_copy(update={"matches": scored})):
        assert render_json(one) == json.dumps(values_of(one), indent=1, ensure_ascii=False) + "\n"


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(CopydeskError, match="surrogate"):
        render_json(sample.report(sample.finding(message="\ud800")))


def test_line_separators_of_javascript_survive() -> None:
    text = render_json(sample.report(sample.finding(message="one\u2028two")))
    assert json.loads(text)["findings"][0]["message"] == "one\u2028two"


def test_paragraph_numbers_of_word_files() -> None:
    text = "The quay\n\nA first paragraph.\n\nA second one."
    assert [paragraph_number(sample.place(text, words), text) for words in ("quay", "first", "second")] == [1, 2, 3]
    report = sample.report(sample.finding())
    word = report.inputs[0].model_copy(update={"format": "docx"})
    rendered = json.loads(render_json(report.model_copy(update={"inputs": (word, report.inputs[1])})))
    assert [evidence["paragraph"] for evidence in rendered["findings"][0]["evidence"]] == [2, None]
