"""The forms that offices sign: 审批单, 处理单, 调查评价报告. One page each where the texts are short."""

from __future__ import annotations

from collections.abc import Callable

from layout import Cell, Table, document, p
from layouts_common import (
    BLANK_DATE,
    BLANK_NAME,
    WIDTH,
    archive_line,
    checks,
    form_page,
    head,
    label,
    lines,
    opinion,
    opinion_of_department,
    pair,
    remarks,
    wide,
)


def approval_new_customer() -> bytes:
    table = Table(WIDTH)
    wide(table, "客户名称", "{{ customer_name }}")
    wide(table, "开票名称", "{{ billing_name }}")
    pair(table, ("信用代码", "{{ credit_code }}"), ("客户类型", "{{ customer_type.boxes }}"), "boxes")
    pair(table, ("联系人", "{{ contact }}"), ("电话", "{{ phone }}"))
    wide(table, "地址", "{{ address }}")
    pair(table, ("责任营销员", "{{ salesperson }}"), ("申请部门", "{{ department }}"))
    pair(table, ("片区", "{{ area }}"), ("申请日期", "{{ applied_on }}"))
    pair(table, ("首次交易日期", "{{ first_trade_on }}"), ("首次交易金额", "{{ first_trade_amount }}"))
    pair(table, ("产品", "{{ product }}"), ("预计月消费额", "{{ monthly_amount }}"))
    pair(table, ("信用额度", "{{ credit_limit }}"), ("付款方式", "{{ payment.boxes }}"), "boxes")
    wide(table, "开拓经过", lines("development"), height=620)
    wide(table, "评价", lines("evaluation"), height=620)
    wide(table, "需要支持", lines("support_needed"), height=340)
    remarks(table)
    checks(table, proposal=("建议：予以认定。", "建议：不予认定"))
    above, table = table, Table(WIDTH, whole=True)
    table.section("审批意见")
    wide(table, "销售部\n经理", opinion("sales_manager", paper="sales_manager"), height=740)
    history = (
        p("{%p if history.checked %}")
        + p(
            "经查 {{ history.since }} 至 {{ history.counted_until }} 的交易记录（不含样品）："
            "{% if history.trades %}有 {{ history.trades|length }} 笔业务往来{% if history.trades|length > 8 %}，列出前 8 笔{% endif %}。{% else %}无业务往来。{% endif %}"
            "{% if history.open_since %}{{ history.open_since }}起的记录尚未载入。{% endif %}",
            "small",
        )
        + p("{%p elif history.doubt %}")
        + p("{{ history.doubt|sentence }}", "small")
        + p("{%p elif history.loaded %}")
        + p(
            "须查 {{ history.since }} 至 {{ history.until }} 的交易记录，仅自 {{ history.loaded_since }} 起已载入"
            "{% if history.trades %}，其中有 {{ history.trades|length }} 笔业务往来{% endif %}，其余须人工核查。",
            "small",
        )
        + p("{%p else %}")
        + p("历史交易记录尚未载入，须人工核查。", "small")
        + p("{%p endif %}")
        + p("{%p for t in history.trades[:8] %}")
        + p("{{ t.on }}　{{ t.number }}　{{ t.product }}　{{ t.amount }}", "small")
        + p("{%p endfor %}")
    )
    wide(table, "市场分部", opinion("market_branch", before=history, paper="market_branch"), height=740)
    wide(
        table,
        "主管领导\n批示",
        opinion("leader", choices="☐予以认定　☐退回补正　☐不予认定", paper="leader"),
        height=740,
    )
    archive_line(table, "内勤分部")
    return document(
        form_page("新客户认定审批单"),
        "新客户认定审批单",
        head(
            "新客户认定审批单",
            "依据：{{ form.policy }}",
            "收到：{{ receipt.on }}　登记：{{ entry.registered_on }}",
        ),
        above.xml(),
        p("", "end"),
        table.xml(),
        p("", "end"),
    )


def approval_fax_out() -> bytes:
    table = Table(WIDTH)
    wide(table, "发往单位", "{{ recipient_org }}")
    pair(table, ("接收人", "{{ recipient }}"), ("传真号码", "{{ fax_number }}"))
    pair(table, ("文号", "{{ document_no }}"), ("页数", "{% if pages %}{{ pages }} 页{% endif %}"))
    wide(table, "内容摘要", lines("subject"), height=1100)
    pair(table, ("经办人", "{{ handler }}"), ("部门", "{{ department }}"))
    pair(table, ("片区", "{{ area }}"), ("登记日期", "{{ entry.registered_on }}"))
    wide(table, "备注", "{{ remarks }}{% if entry.remark %}　{{ entry.remark }}{% endif %}")
    checks(table, proposal=("建议：同意发送。", "建议：不同意发送"))
    table.section("审批与发送")
    wide(
        table,
        "部门负责人\n意见",
        opinion("head", choices="☐同意发送　☐退回修改　☐不同意", paper="head"),
        height=1300,
    )
    pair(table, ("发送时间", "{{ sent_at }}"), ("发送结果", "{{ confirmation }}"))
    pair(table, ("原件交回", "{{ original_returned_on }}"), ("文件管理员", "{{ clerk }}"))
    archive_line(table, "文件管理员")
    return document(
        form_page("发函审批单"),
        "发函审批单",
        head("发函审批单", "依据：{{ form.policy }}", "传真编号：{{ entry.number }}"),
        table.xml(),
        p(
            "注：先登记编号，经部门负责人签字后方可发送；发完后将原件交文件管理员登记、存档。",
            "note",
            before=80,
        ),
    )


def handling_complaint() -> bytes:
    table = Table(WIDTH)
    wide(table, "客户名称", "{{ customer_name }}")
    pair(table, ("联系人", "{{ contact }}"), ("联系电话", "{{ phone }}"))
    pair(table, ("投诉日期", "{{ received_on }}"), ("登记日期", "{{ entry.registered_on }}"))
    pair(table, ("产品", "{{ product }}"), ("批号", "{{ batch_no }}"))
    pair(table, ("数量", "{{ quantity }}"), ("合同号", "{{ order_no }}"))
    pair(table, ("片区", "{{ area }}"), ("索赔金额", "{{ claim_amount }}"))
    wide(table, "投诉方式", "{{ channel.boxes }}", style="boxes")
    wide(table, "投诉类别", "{{ category.boxes }}", style="boxes")
    wide(table, "投诉内容", lines("description"), height=1200)
    wide(table, "客户要求", lines("demand"), height=720)
    wide(
        table,
        "承办部门",
        "{% if category == 'quality' %}HSE部（质量投诉，须出具调查评价报告）{% else %}营销管理部{% endif %}",
    )
    pair(table, ("责任部门", "{{ responsible_department }}"), ("记录人", "{{ recorder }}"))
    remarks(table)
    checks(table, proposal=None)
    table.section("调查与处理")
    wide(table, "原因分析", lines("cause"), height=1000)
    wide(table, "处理措施", lines("action"), height=1000)
    pair(table, ("评价报告号", "{{ hse_report_no }}"), ("回访", "{{ satisfied.boxes }}"))
    wide(table, "承办部门\n意见", opinion_of_department(), height=800)
    pair(table, ("结案日期", "{{ closed_on }}"), ("结案人", "{{ closed_by }}"))
    archive_line(table, "营销管理部")
    return document(
        form_page("客户投诉处理单"),
        "客户投诉处理单",
        head("客户投诉处理单", "依据：{{ form.policy }}", "投诉编号：{{ entry.number }}"),
        table.xml(),
        p("", "end"),
    )


def report_hse() -> bytes:
    table = Table(WIDTH)
    wide(table, "投诉客户", "{{ customer_name }}")
    pair(table, ("投诉编号", "{{ entry.number }}"), ("投诉日期", "{{ received_on }}"))
    pair(table, ("产品", "{{ product }}"), ("批号", "{{ batch_no }}"))
    pair(table, ("数量", "{{ quantity }}"), ("合同号", "{{ order_no }}"))
    wide(table, "投诉内容", lines("description"), height=1100)
    table.section("以下由 HSE部 填写")
    pair(table, ("调查日期", BLANK_DATE), ("调查人", ""))
    wide(table, "调查经过", p("（现场查看、留样复检、运输与储存情况等）", "small"), height=1900)
    wide(table, "检验结果", p("（项目、标准值、实测值、判定）", "small"), height=1400)
    wide(table, "原因分析", "", height=1200)
    wide(table, "评价结论", p("☐产品质量责任　☐运输责任　☐储存或使用责任　☐其他：", "boxes"), height=900)
    wide(table, "责任落实", p("（责任部门、责任人、整改要求与期限）", "small"), height=1000)
    wide(table, "处理建议", "", height=800)
    sign = p("", "value") + p(f"签字：{BLANK_NAME}{BLANK_DATE}", "sign")
    wide(table, "调查人", sign, height=790)
    wide(table, "HSE部\n负责人", sign, height=790)
    return document(
        form_page("质量投诉调查评价报告"),
        "质量投诉调查评价报告",
        head(
            "质量投诉调查评价报告",
            "依据：{{ form.policy }}",
            "报告编号：{{ hse_report_no|optional('　　　　　　　　') }}",
        ),
        table.xml(),
        p(
            "注：客户在质量方面的投诉由 HSE部 出具调查评价报告（4.2a）；报告未归档的，不得结案。",
            "note",
            before=80,
        ),
    )


def approval_generic() -> bytes:
    table = Table(WIDTH)
    table.tag("{%tr for f in fields if not f.approves %}")
    table.row(
        label("{{ f.label }}", 2000),
        Cell(
            WIDTH - 2000,
            p("{%p if f.value.boxes %}")
            + p("{{ f.boxes }}", "boxes")
            + p("{%p else %}")
            + p("{{p f.text }}")
            + p("{%p endif %}"),
        ),
        height=380,
    )
    table.tag("{%tr endfor %}")
    table.tag("{%tr for t in tables %}")
    table.row(
        label("{{ t.label }}", 2000),
        Cell(
            WIDTH - 2000,
            p("{%p for l in t.lines %}") + p("{{ loop.index }}. {{ l }}", "small") + p("{%p endfor %}"),
        ),
    )
    table.tag("{%tr endfor %}")
    table.tag("{%tr if entry.remark %}")
    table.row(label("备注", 2000), Cell(WIDTH - 2000, "{{ entry.remark }}"))
    table.tag("{%tr endif %}")
    checks(table)
    above, table = table, Table(WIDTH, whole=True)
    table.section("审批意见")
    table.tag("{%tr for s in steps %}")
    table.row(
        label("{{ s.title }}", 2000),
        Cell(
            WIDTH - 2000,
            p("{% if s.by %}{{ s.said }}{% else %}☐同意　☐退回补正　☐不同意{% endif %}", "boxes")
            + p(
                f"签字：{{% if s.by %}}{{{{ s.signature }}}}　　{{{{ s.on }}}}{{% else %}}　　　　　　{BLANK_DATE}{{% endif %}}",
                "sign",
            ),
        ),
        height=900,
    )
    table.tag("{%tr else %}")
    table.row(
        label("审批", 2000),
        Cell(
            WIDTH - 2000,
            p("☐同意　☐退回补正　☐不同意", "boxes") + p(f"签字：　　　　　　{BLANK_DATE}", "sign"),
        ),
        height=900,
    )
    table.tag("{%tr endfor %}")
    table.row(
        label("归档", 2000),
        Cell(
            WIDTH - 2000,
            "档号：{{ entry.archive_no|optional('　　　　　　　　') }}　　保管期限：{{ entry.retention }}",
            "small",
        ),
    )
    return document(
        form_page("{{ form.title }}审批单"),
        "{{ form.title }}审批单",
        head(
            "{{ form.title }}审批单",
            "{% if form.policy %}依据：{{ form.policy }}{% endif %}",
            "收到：{{ receipt.on }}　登记：{{ entry.registered_on }}",
        ),
        above.xml(),
        p("", "end"),
        table.xml(),
        p("", "end"),
    )


FORMS: dict[str, Callable[[], bytes]] = {
    "approval-new-customer.docx": approval_new_customer,
    "approval-fax-out.docx": approval_fax_out,
    "approval-generic.docx": approval_generic,
    "handling-complaint.docx": handling_complaint,
    "report-hse.docx": report_hse,
}
