"""Whole pages of the forms that hold one record: new_customer, complaint, fax_out."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from . import decoys, sections, tables
from .fill import SIGNED
from .labels import title
from .page import WIDTH, Cell, Page, plain
from .sections import Manner, Record

GROUPS: dict[str, list[tuple[str, list[str]]]] = {
    "new_customer": [
        ("", ["application_no", "applied_on"]),
        ("申请信息", ["salesperson", "department", "area"]),
        (
            "客户信息",
            ["customer_name", "billing_name", "credit_code", "contact", "phone", "address", "customer_type"],
        ),
        (
            "交易信息",
            ["first_trade_on", "first_trade_amount", "product", "monthly_amount", "credit_limit", "payment"],
        ),
        ("开发情况", ["development", "evaluation", "support_needed"]),
        ("审批意见", ["sales_manager", "market_branch", "leader"]),
    ],
    "complaint": [
        ("", ["complaint_no", "received_on"]),
        ("投诉人情况", ["customer_name", "contact", "phone", "area", "channel"]),
        ("产品情况", ["product", "batch_no", "quantity", "order_no"]),
        ("投诉情况", ["category", "description", "demand", "claim_amount", "recorder"]),
        ("处理情况", ["cause", "responsible_department", "action", "hse_report_no"]),
        ("结案情况", ["satisfied", "closed_on", "closed_by"]),
    ],
    "fax_out": [
        ("", ["document_no", "sent_at"]),
        ("收函方", ["recipient_org", "recipient", "fax_number"]),
        ("函件内容", ["subject", "pages", "remarks"]),
        ("发函方", ["handler", "department", "area", "head"]),
        ("发送情况", ["confirmation", "original_returned_on", "clerk"]),
    ],
}
SKELETONS = "table table table table sections sections sections lines numbered cells stacked".split()


def groups(form: str, fields: list[str], rng: Random) -> list[tuple[str, list[str]]]:
    """The form's groups with the fields this form prints; sometimes shuffled inside a group."""
    found = []
    for caption, names in GROUPS[form]:
        here = [n for n in names if n in fields]
        if rng.random() < 0.3:
            rng.shuffle(here)
        if here:
            found.append((caption, here))
    return found


def layout(form: str, rng: Random, fields: list[str]) -> dict[str, object]:
    """What all copies of the form in one file share."""
    return {
        "skeleton": rng.choice(SKELETONS),
        "groups": groups(form, fields, rng),
        "title": title(form, rng),
        "title row": rng.random() < 0.35,
        "top": rng.choice(["line", "line", "table", "table", "right", "frame", "header"]),
        "approval": rng.choice(["group", "group", "table", "columns", "inner"]),
        "styles": [
            rng.choice(["pairs", "pairs", "pairs", "one_cell", "one_cell", "stacked", "lines", "block"])
            for _ in range(8)
        ],
        "border": rng.random() > 0.06,
        "ours": rng.random() < 0.2,
        "letterhead": rng.choice(["", "", "", "company", "code", "both"]),
        "notes": rng.random() < 0.35,
        "attachments": rng.random() < 0.15,
        "makers": rng.random() < 0.2,
        "ordinal": rng.random() < 0.6,
        "seed": rng.randrange(10**9),
    }


def page(form: str, plan: dict[str, object], manner: Manner, record: Record, name: str) -> Page:
    """One filled copy of the form."""
    manner = replace(manner, rng=Random(str(plan["seed"])))
    manner.labels.numbers.clear()
    sheet = Page(name=name)
    skeleton = str(plan["skeleton"])
    parts: list[tuple[str, list[str]]] = list(plan["groups"])  # type: ignore[call-overload]
    rows: list[list[Cell]] = []
    decoys.letterhead(sheet, str(plan["letterhead"]), manner.rng)
    if plan["title row"] and skeleton in {"table", "cells", "stacked", "numbered"}:
        rows.append([Cell(plain(str(plan["title"])), WIDTH, align="center", bold=True)])
    else:
        sheet.para(str(plan["title"]), align="center", bold=True, size=16)
    top = str(plan["top"])
    if not parts[0][0]:
        if not rows and skeleton != "numbered" and top in {"line", "right", "frame", "header"}:
            _top(sheet, top, manner, parts.pop(0)[1], record)
        elif skeleton != "numbered":
            first = parts.pop(0)
            parts[0] = (parts[0][0], first[1] + parts[0][1])
    if plan["ours"] and form != "fax_out" and skeleton != "numbered":
        parts.insert(2, ("我方联系人", ["ours"]))
    match skeleton:
        case "lines":
            _lines(sheet, parts, manner, record, plan)
        case "sections":
            _sections(sheet, parts, manner, record, plan)
        case "numbered":
            names = [n for _, names in parts for n in names]
            if rows:
                rows += tables.numbered(manner, names, record, WIDTH)
                sheet.grid(rows)
            else:
                sheet.grid(tables.numbered(manner, names, record, WIDTH), header_rows=1)
        case _:
            style = {"table": "pairs", "cells": "one_cell", "stacked": "stacked"}[skeleton]
            side = manner.caption == "left" and skeleton != "stacked"
            for caption, names in parts:
                width = WIDTH - 2 if side and caption else WIDTH
                made = _group(style, manner, names, record, width, plan)
                rows += tables.with_caption(
                    made,
                    caption,
                    manner.caption
                    if skeleton != "stacked"
                    else "row"
                    if manner.caption != "none"
                    else "none",
                    manner,
                )
            sheet.grid(rows, border=bool(plan["border"]))
    decoys.after(sheet, form, plan, manner)
    return sheet


def _top(sheet: Page, top: str, manner: Manner, names: list[str], record: Record) -> None:
    if top == "header" and manner.kind != "csv":
        before = len(sheet.blocks)
        sections.lines(manner, names, record, sheet)
        made = sheet.blocks[before:]
        if manner.kind == "docx" and all(tables.typed(b) for b in made):
            del sheet.blocks[before:]
            sheet.header = "    ".join(tables.block_text(b) for b in made)
    elif top == "frame":
        before = len(sheet.blocks)
        sections.lines(manner, names, record, sheet, align="right")
        sheet.blocks[before:] = [replace(b, frame=True) for b in sheet.blocks[before:]]  # type: ignore[type-var]
    else:
        sections.lines(manner, names, record, sheet, align="right" if top == "right" else "left")


def _group(
    style: str, manner: Manner, names: list[str], record: Record, width: int, plan: dict[str, object]
) -> list[list[Cell]]:
    if names == ["ours"]:
        return decoys.our_contact(manner, width)
    signers = [n for n in names if n in SIGNED]
    if signers == names and len(names) > 1:
        match plan["approval"]:
            case "table":
                return tables.approval_table(manner, names, record, width)
            case "columns":
                return sections.stacked(manner, names, record, width)
            case "inner" if manner.kind == "docx":
                return [
                    [
                        Cell(
                            width=width,
                            inner=tables.grid_of(tables.approval_table(manner, names, record, WIDTH)),
                        )
                    ]
                ]
    return {
        "pairs": sections.pairs,
        "one_cell": sections.one_cell,
        "stacked": sections.stacked,
        "block": sections.block,
    }[style](manner, names, record, width)


def _heading(caption: str, index: int, plan: dict[str, object]) -> str:
    if not caption:
        return ""
    return f"{'一二三四五六七八'[index]}、{caption}" if plan["ordinal"] else caption


def _lines(
    sheet: Page, parts: list[tuple[str, list[str]]], manner: Manner, record: Record, plan: dict[str, object]
) -> None:
    headed = manner.caption != "none"
    for index, (caption, names) in enumerate(parts):
        if headed and caption:
            sheet.para(_heading(caption, index, plan), bold=True)
        if names == ["ours"]:
            decoys.our_contact_line(sheet, manner)
        else:
            sections.lines(manner, names, record, sheet)


def _sections(
    sheet: Page, parts: list[tuple[str, list[str]]], manner: Manner, record: Record, plan: dict[str, object]
) -> None:
    styles: list[str] = list(plan["styles"])  # type: ignore[call-overload]
    for index, (caption, names) in enumerate(parts):
        if caption:
            sheet.para(_heading(caption, index, plan), bold=True)
        if styles[index] == "lines" and names != ["ours"]:
            sections.lines(manner, names, record, sheet)
        else:
            style = styles[index] if styles[index] != "lines" else "pairs"
            sheet.grid(_group(style, manner, names, record, WIDTH, plan))
