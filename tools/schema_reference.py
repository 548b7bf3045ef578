"""Writes `docs/reference/schema-keys.md`: every key of a form definition, every function of a rule.

Which keys and functions there are comes from the code; what each is for stands here. One without the other is an
error, so that nothing is undocumented and nothing documented is gone.
"""

from __future__ import annotations

from marshmallow import fields

from formflow.forms import definition
from formflow.forms.spec import FieldType
from formflow.rules.functions import NAMES
from formflow.rules.scope import MEMBERS, VARIABLES

SECTIONS = {
    "": (definition.DefinitionKeys, "The definition, `schemas/ID.yaml`"),
    "fields.ID": (definition.FieldKeys, "A field"),
    "register": (definition.RegisterKeys, "The book"),
    "rules[]": (definition.RuleKeys, "A rule"),
    "rules[].else": (definition.ElseKeys, "What follows where a rule is not kept; one, or a list of cases"),
    "approval[]": (definition.StepKeys, "A step of the approval"),
    "documents.EVENT": (definition.DocumentKeys, "A document of which more is said than its template"),
}

KEYS = {
    "form": "Id of the form; the file has the same name.",
    "title": "Title that blanks print and papers are known by.",
    "also": "Other titles it goes by.",
    "policy": "The policy it rests on; blanks and approval documents name it.",
    "notes": "Notes that the blank prints below its table, a line each.",
    "layout": "`record` (one filled form, one record; default), `log` (one row, one record), or both.",
    "head": "For a log: fields that its header states once and every row repeats.",
    "identity": "Fields by which a record is known when it comes again: a row when the log does, and the same form in another file, which is asked about as a likely duplicate. Without it a form is asked about where all its values are the same.",
    "register": "The book its records are numbered in.",
    "confidence": "Least confidence, 0 to 1, at which a recognised value passes without a person; 0.75 and less never does. Default: 0.8 on a fax, anything above 0.75 on scans and photos.",
    "parameters": "The department's own numbers; rules see them as `parameters`.",
    "fields": "Field id → field.",
    "rules": "The rules, in the order they are reported.",
    "approval": "The steps, in order.",
    "documents": "`registered`, `approved`, `rejected`, `returned` → template, list of templates, or `{template, when, engine}`.",
    "fields.ID.label": "Label that blanks and documents print.",
    "fields.ID.also": "Other labels on forms in the wild; matched exactly, blanks, width, colons, numbering and units folded."
    " Two days may share one that stands for a period (`起止时间`): its text is parted at 至, ～ or a dash.",
    "fields.ID.type": "How the value is written: " + ", ".join(f"`{kind}`" for kind in FieldType) + ".",
    "fields.ID.required": "A record without it goes back (补正) and takes no number. Default: false.",
    "fields.ID.options": "For `choice` and `choices`: option id → its text, or a list of texts, the printed one first.",
    "fields.ID.future": "For a day: it may lie behind the day of receipt, as a planned one does. Elsewhere such a day is asked about.",
    "fields.ID.unit": "Of an amount: the unit that blanks print behind its label and in which an amount typed there without one is read. Default: `元`.",
    "fields.ID.not_under": "Captions of groups under which a cell with this label means somebody else's value.",
    "fields.ID.fields": "For `rows`: the columns of the form's own table. A form may have several; `formflow blank` makes blanks"
    " of forms with one at most.",
    "register.series": "Name of the book; numbers restart each year.",
    "register.number": "Pattern of the printed number, with `{series}`, `{year}`, `{serial}` or `{serial:04}`.",
    "register.retention": "保管期限 per DA/T 22: `Y` permanent, `D30`, `D10` (default).",
    "register.class": "门类 in the 档号. Default: `WS`.",
    "rules[].id": "Id of the rule; the finding's code.",
    "rules[].article": "Where the rule is written, with its words; findings cite it.",
    "rules[].when": "CEL: the rule applies only where this is true. Default: always.",
    "rules[].holds": "CEL: true where the rule is kept.",
    "rules[].else": "What follows where it is not.",
    "rules[].shows": "Placeholder → CEL; what a message shows in braces.",
    "rules[].examples": "Cases at the edge, run by `formflow check`: `given` (values), `expect` (`holds` or an outcome),"
    " and the facts `received`, `today`, `history`, `earlier`, …",
    "rules[].else.when": "CEL: the case is for these; the last one needs none.",
    "rules[].else.outcome": "`note`, `return`, `refer` or `reject`.",
    "rules[].else.message": "The finding in Chinese, with `{placeholders}`: fields and what `shows` names.",
    "rules[].else.english": "The same in English.",
    "approval[].role": "Who decides.",
    "approval[].decides": "What they may say: `approve`, `return`, `reject`. Default: all.",
    "approval[].shows": "What the desk lays beside it, such as `history`.",
    "approval[].again": "`true`: who decided an earlier step may decide this one too. Default: one person, one step.",
    "documents.EVENT.template": "Name of a .docx in `templates/`.",
    "documents.EVENT.when": "CEL: the document is made only where this is true.",
    "documents.EVENT.engine": "What fills the template: `compiled` (default), or `docxtpl`, docxtpl itself in a sandbox, for templates with calls,"
    " `{% set %}`, macros or subdocuments. See [templates](templates.md#the-second-engine).",
}

VARIABLE_MEANINGS = {
    "record": "Values by field id: days and times as timestamps, money and amounts as numbers. A blank field has no member"
    " (`has(record.phone)`), a written 无 is null.",
    "values": 'The same as JSON writes them (`"2026-03-05"`).',
    "written": "Names as they stand on the paper.",
    "receipt": "How it came: " + ", ".join(f"`{name}`" for name in sorted(MEMBERS["receipt"])) + ".",
    "today": "The day of the assessment.",
    "parameters": "The definition's `parameters`.",
}

FUNCTION_MEANINGS = {
    "months_after": "`(day, months[, shift])` last day of a period of months; the first day is not counted; a day off moves to"
    " the next working day where `shift` (default: parameter `shift_on_holiday`, else true). 民法典 201–203.",
    "months_before": "`(day, months)` the corresponding day so many months before.",
    "days_after": "`(day, days)` so many calendar days later.",
    "working_days_after": "`(day, days)` so many working days later; 0 to 366.",
    "is_working": "`(day)` whether it is a working day, the department's own calendar file included.",
    "days_between": "`(first, last)` calendar days from one to the other.",
    "date_of": "`(moment)` its day.",
    "at": '`(day, "08:30")` that time of that day.',
    "has_time": "`(values.x)` whether a time of day is written, or a bare day.",
    "same_name": "`(a, b)` how alike two organisations' names are: `exact`, `folded` (width, brackets, blanks), `different`.",
    "says": "`(text)` whether it says something: more than a blank, 无 or marks.",
    "trades_of": "`(record[, since, before])` dealings of this customer; with days, those that are no samples in between.",
    "history_since": "`()` first day that the imported history covers without a gap, or null.",
    "history_until": "`()` last day of it, or null.",
    "earlier": "`(form, field, value)` entries that stand with exactly this value: `number`, `on`, `outcome`.",
    "holder_of": "`(number)` who has a printed number: `free`, `own`, `other`, `void`.",
    "lacking": "`(rows)` what the rows of the form's own table lack, in words.",
    "option_text": "`(field, option)` the printed text of an option.",
    "text": "`(value)` a value as messages show it.",
}


def page() -> str:
    """The page in Markdown.

    Raises:
        ValueError: A key, variable or function has no explanation here, or an explanation has lost its object.
    """
    known = {
        _path(section, item.data_key or name): item
        for section, (schema, _) in SECTIONS.items()
        for name, item in schema().fields.items()
    }
    _same("keys", set(known), set(KEYS))
    _same("variables", set(VARIABLES), set(VARIABLE_MEANINGS))
    _same("functions", set(NAMES), set(FUNCTION_MEANINGS))
    lines = ["# Keys of a form definition\n", "Written by `make docs` from the code.\n"]
    for section, (_, title) in SECTIONS.items():
        lines += [f"## {title}\n", "| key | required | meaning |", "| --- | --- | --- |"]
        lines += [
            f"| `{path}` | {'yes' if _required(known[path]) else ''} | {KEYS[path]} |"
            for path in KEYS
            if path in known and _section(path) == section
        ]
        lines.append("")
    lines += ["## What a rule sees\n", "| variable | meaning |", "| --- | --- |"]
    lines += [f"| `{name}` | {VARIABLE_MEANINGS[name]} |" for name in VARIABLE_MEANINGS]
    lines += ["", "## What a rule can ask\n", "Beside CEL's own operators and functions.\n"]
    lines += ["| function | answers |", "| --- | --- |"]
    lines += [f"| `{name}` | {FUNCTION_MEANINGS[name]} |" for name in FUNCTION_MEANINGS]
    return "\n".join(lines) + "\n"


def _path(section: str, key: str) -> str:
    return f"{section}.{key}" if section else key


def _section(path: str) -> str:
    return path.rpartition(".")[0]


def _required(item: fields.Field[object]) -> bool:
    return bool(item.required)


def _same(what: str, known: set[str], explained: set[str]) -> None:
    if known != explained:
        raise ValueError(
            f"{what} without explanation: {sorted(known - explained)}; gone: {sorted(explained - known)}"
        )
