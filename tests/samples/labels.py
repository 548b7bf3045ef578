"""Labels as a department would print them, drawn once for a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from .page import Content, plain

TITLES = {
    "new_customer": ["新客户开发申请表", "新开发客户申请表", "新客户申请表"],
    "complaint": ["客户投诉记录", "客户投诉处理单", "投诉登记表"],
    "fax_out": ["发函登记表", "发传真登记表", "传真发文登记"],
    "fax_in": ["收传真登记簿", "收传真登记表", "传真收文登记表"],
    "visit_plan": ["业务去向表"],
}

LABELS: dict[str, dict[str, str]] = {
    "new_customer": {
        "application_no": "申请编号 编号",
        "applied_on": "申请日期 填表日期",
        "salesperson": "责任营销员 开发营销员 业务员 开发人 申请人",
        "department": "申请部门 部门 所属部门",
        "area": "片区 区域 销售区域",
        "customer_name": "客户名称 单位名称 客户全称",
        "billing_name": "开票名称 开票单位 发票抬头",
        "credit_code": "统一社会信用代码 税号 纳税人识别号",
        "contact": "联系人 客户联系人",
        "phone": "电话 联系电话 手机",
        "address": "地址 客户地址 单位地址",
        "customer_type": "客户类型 客户性质",
        "first_trade_on": "首次交易日期 首单日期 首次发货日期",
        "first_trade_amount": "首次交易金额 首单金额 首笔金额",
        "product": "产品 主要产品 经营产品",
        "monthly_amount": "预计月消费额 预计月销售额 月消费量",
        "credit_limit": "信用额度",
        "payment": "付款方式 结算方式",
        "development": "开拓经过",
        "evaluation": "评价 客户评价",
        "support_needed": "需要支持 所需支持",
        "sales_manager": "销售部经理 销售部经理意见",
        "market_branch": "市场分部 市场分部意见",
        "leader": "批示 领导批示 主管领导批示",
    },
    "complaint": {
        "complaint_no": "投诉编号",
        "received_on": "投诉日期 受理日期 日期",
        "channel": "投诉方式 方式",
        "customer_name": "客户名称 投诉单位 投诉客户",
        "contact": "联系人 投诉人",
        "phone": "联系电话 电话",
        "area": "片区 区域",
        "order_no": "合同号 发货单号 订单号",
        "product": "产品 产品名称 品名",
        "batch_no": "批号 生产批号",
        "quantity": "数量",
        "category": "投诉类别 类别 投诉类型",
        "description": "投诉内容 情况描述",
        "demand": "客户要求 客户诉求",
        "claim_amount": "索赔金额",
        "recorder": "记录人 受理人 登记人",
        "cause": "原因分析",
        "responsible_department": "责任部门",
        "action": "处理措施 处理结果",
        "hse_report_no": "调查评价报告编号 HSE报告编号",
        "satisfied": "回访 客户满意度",
        "closed_on": "结案日期",
        "closed_by": "结案人",
    },
    "fax_out": {
        "recipient_org": "发往单位 收函单位 收文单位",
        "recipient": "接收人 收件人",
        "fax_number": "传真号码 对方传真",
        "document_no": "文号 函号",
        "subject": "内容摘要 事由 主题 标题",
        "pages": "页数",
        "handler": "经办人",
        "department": "部门 发函部门",
        "area": "片区 区域",
        "head": "部门负责人 部门负责人签字 负责人签字",
        "sent_at": "发送时间 发出时间 发文时间",
        "confirmation": "回执 发送结果",
        "original_returned_on": "原件交回日期 交回日期",
        "clerk": "管理员 登记人",
        "remarks": "备注",
    },
    "fax_in": {
        "received_at": "收文日期 收文时间 收到时间 日期",
        "handed_over_on": "交付日期 移交日期",
        "registered_on": "登记日期",
        "sender": "来文单位 发件单位 发文单位",
        "sender_ref": "来文号 来文字号 文号",
        "fax_number": "传真号码 对方传真",
        "subject": "主题 内容摘要 事由 标题",
        "pages": "页数",
        "area": "片区 区域",
        "recipient": "收件人 承办部门 承办人",
        "signed_by": "签收人 签收",
        "location": "存放位置",
        "remarks": "备注",
        "department": "部门",
        "clerk": "登记人 管理员",
    },
    "visit_plan": {
        "date": "日期 拜访日期",
        "salesperson": "姓名 业务员 开发员",
        "submitted_at": "上交时间 提交时间",
        "supervisor": "主管",
        "customer": "访问客户 拜访对象",
        "place": "地点 拜访地点",
        "time": "时间",
        "purpose": "目的 拜访目的",
        "topic": "洽谈内容 谈什么",
        "method": "方式 如何进行",
    },
}

REQUIRED = {
    "new_customer": "applied_on salesperson area customer_name billing_name first_trade_on development evaluation support_needed".split(),
    "complaint": "received_on customer_name product category description recorder".split(),
    "fax_out": "recipient_org fax_number subject pages handler department area head".split(),
    "fax_in": "received_at handed_over_on sender subject pages area".split(),
    "visit_plan": "date salesperson customer place time purpose topic method".split(),
}

ENGLISH = {
    "application_no": "No.", "applied_on": "Date", "salesperson": "Sales", "department": "Dept.", "area": "Area",
    "customer_name": "Customer Name", "billing_name": "Billing Name", "credit_code": "Credit Code",
    "contact": "Contact", "phone": "Tel", "address": "Address", "product": "Product", "payment": "Payment",
    "complaint_no": "No.", "received_on": "Date", "received_at": "Date", "pages": "Pages", "subject": "Subject",
    "sender": "From", "recipient_org": "To", "fax_number": "Fax No.", "remarks": "Remarks", "quantity": "Qty",
    "batch_no": "Batch No.", "order_no": "Order No.", "recorder": "Recorded by", "handler": "Handled by",
    "customer": "Customer", "place": "Place", "time": "Time", "purpose": "Purpose", "topic": "Topic",
    "method": "Method", "sent_at": "Sent at", "credit_limit": "Credit Limit", "description": "Description",
}  # fmt: skip

MONEY = {"first_trade_amount", "monthly_amount", "credit_limit", "claim_amount"}
_NUMBERS = {
    "、": lambda n: f"{n}、",
    ".": lambda n: f"{n}.",
    "（）": lambda n: f"（{n}）",
    "①": lambda n: chr(0x245F + n) if n <= 20 else f"{n}、",
    "（一）": lambda n: f"（{_chinese(n)}）",
}


def _chinese(number: int) -> str:
    from .values import small

    return small(number)


@dataclass
class Labels:
    """The words and dress of one file's labels."""

    form: str
    words: dict[str, str]
    units: dict[str, str]
    colon: str = ""
    spaced: str = ""
    star: str = ""
    numbering: str = ""
    bilingual: bool = False
    broken: bool = False
    numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def draw(cls, form: str, rng: Random) -> Labels:
        words = {f: rng.choice(variants.split()) for f, variants in LABELS[form].items()}
        if rng.random() < 0.15 and form == "complaint":
            words["complaint_no"] = "编号"
        units = {f: rng.choice(["", "", "元", "万元", "元"]) for f in sorted(MONEY)}
        units["monthly_amount"] = rng.choice(["", "元", "元/月", "万元"])
        dress = rng.random()
        return cls(
            form, words, units,
            colon=rng.choice(["", "", "：", "：", ":", " ："]),
            spaced=rng.choice(["", "", "", "　", " "]),
            star=rng.choice(["", "", "", "", "*", "＊", "<*"]),
            numbering=rng.choice(list(_NUMBERS)) if dress < 0.15 else "",
            bilingual=0.15 <= dress < 0.25,
            broken=0.25 <= dress < 0.35,
        )  # fmt: skip

    def text(self, name: str, *, colon: bool | None = None, plain_dress: bool = False) -> str:
        """The label; `colon` forces one (same cell or line) or forbids it (table headings)."""
        word = self.words[name]
        if self.spaced and 2 <= len(word) <= 4 and word.isalpha():
            word = self.spaced.join(word)
        if self.bilingual and name in ENGLISH:
            word += ("\n" if self.broken else " ") + ENGLISH[name]
        elif self.broken and not plain_dress and len(word) >= 5 and word.isalpha() and not self.spaced:
            word = word[: (len(word) + 1) // 2] + "\n" + word[(len(word) + 1) // 2 :]
        unit = self.units.get(name, "")
        if unit:
            word += f"（{unit}）" if self.star else f"({unit})"
        if self.star and name in REQUIRED[self.form]:
            word = (
                "*" + word
                if self.star == "<*"
                else word + self.star
                if self.star == "*"
                else self.star + word
            )
        if self.numbering and not plain_dress:
            number = self.numbers.setdefault(name, len(self.numbers) + 1)
            word = _NUMBERS[self.numbering](number) + word
        end = {None: self.colon, True: self.colon or "：", False: ""}[colon]
        return word + end

    def content(self, name: str, **how: bool | None) -> Content:
        return plain(self.text(name, **how))  # type: ignore[arg-type]


def title(form: str, rng: Random) -> str:
    """The form's title, sometimes with blanks between its characters."""
    word = rng.choice(TITLES[form])
    return rng.choice([word, word, word, " ".join(word), "　".join(word)])
