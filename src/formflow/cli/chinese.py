"""The Chinese help of every command and option; `tests/unit/cli/test_help.py` holds that nothing is missing.

The English help stands with the command, where click looks for it; examples are taken from there.
"""

from __future__ import annotations

HELP: dict[str, str] = {
    "": "把填好的表单读入、按制度核对、编号归档，并生成审批文书。\n--workspace、--lang、--json 写在命令前后均可。",
    "init": "在 DIR 建立工作区：表单、模板、收件目录、归档目录和 formflow.toml。\n已有的文件绝不覆盖。",
    "check": "检查设置、表单、规则及其示例、文书模板；有问题时退出码为 3。",
    "extract": (
        "读取 FILE 并显示内容，不作任何改动。\n表上已填写而未读入的内容，可能属于某字段的作为疑问提出，其余作为提示；--unclaimed 全部列出。\n只显示校验结果；规则需要登记簿和历史交易，由 process 执行。"
    ),
    "process": (
        "接收 PATH 所指的文件，编号、归档、生成文书，然后退出。\n"
        "收件目录中的文件收妥后移走，别处的文件留在原处。上次未处理完的也一并处理完。"
    ),
    "run": "监视收件目录：放入的文件在数秒内编号、归档、生成文书。\n按 Ctrl-C 或收到 SIGTERM 后，处理完手头的文件即停止。",
    "watch": "同 run。",
    "blank": (
        "生成 FORM 的空白表：Word、Excel 或 PDF，可在屏幕上填写或打印。\n"
        "填好后可无误读回：字段以控件名识别，打印件上的二维码标明表单及其版本。\n"
        "FORM 为“分隔页”（separator）时生成分隔页（PDF），成批扫描时夹在各份之间。\n"
        "FORM 可写代号或标题。"
    ),
    "layout": "登记空白表版式，使扫描件、传真件逐格读取。\n未登记的表单也能凭表格线和标签读取，登记后更可靠。",
    "layout add": "把空白表 FILE（docx、pdf 或扫描件）登记为 FORM 的版式。",
    "layout list": "列出已登记的版式。",
    "layout remove": "删除 FORM 的版式 NAME。",
    "review": "处理待人工确认的事项：有疑问的记录、缺项的登记行、认不出的文件。",
    "review list": "列出待处理事项。",
    "review show": "显示 RECORD 读到了什么、出自何处、哪些有疑问。",
    "review crop": "把 RECORD 的 FIELD 在扫描件上的那一块存为图片（已转正）。\n表内行的单元格写作 rows.0.customer。",
    "review set": (
        "把 RECORD 的 FIELD 更正为 VALUE，然后照常处理。\n"
        "VALUE 按纸上文字的规则读取。表内行的单元格写作 rows.0.customer。"
        "认不出的文件，FIELD 写 form，VALUE 写表单。"
    ),
    "review accept": "按读到的内容接受 RECORD：疑问降为备注；必填而缺失的仍算缺失。",
    "review return": "把 RECORD 退回交表人，并生成补正通知书。",
    "review discard": "放弃 RECORD：它不是一份记录，例如注释或标题。",
    "review learn": (
        "记住 LABEL 是 FIELD 的另一种写法，以后的文件照此读取。\n"
        "表内行的列写作 rows.customer。已属于本表单另一字段的标签不接受。"
    ),
    "review labels": "列出学到的标签。",
    "review forget": "取消学到的标签 LABEL；已据此读取的内容不变。",
    "reread": (
        "原读取程序已更新的，重新读取所存原件，并列出变动之处。\n"
        "SUBMISSION 为收件号或其中一条记录的编号。已办结的记录和人工更正均保留；认不出表单的文件一律重新读取。"
        "review show 和 review set 会自行重新读取。"
    ),
    "register": "登记簿：列表、查看、作废、导出、核验。",
    "register list": "列出各登记簿的登记，最近登记的在前；作废的加删除线。",
    "register show": "显示 NUMBER 一件：各项内容、核对结果、审批、归档件。",
    "register clock": "说明时钟现在是准的（此前的登记走快了），恢复登记；记入审计。",
    "register void": "作废 NUMBER；编号保留，不再使用。",
    "register verify": "核验各册编号 1 至 n 无缺无重、审计链完整；否则退出码为 5。",
    "register export": "把 FORM 的登记簿写成表格；作废的加删除线。FORM 可写代号、标题或册号。",
    "archive": "归档件：核验、移交、制作 PDF/A 副本。",
    "archive verify": "逐一核验归档包的清单、与登记的对应关系；有出入时退出码为 5。",
    "archive export": "复制所列各件的归档包，或移交整个年度；写入后全部读回核验。",
    "archive render": "用 LibreOffice 补做尚缺的 PDF/A 副本；formflow run 空闲时也会做。",
    "history": "导入历史交易，查看其覆盖期间。",
    "history import": "导入 FILE（.xlsx 或 .csv）中的交易：客户名称、信用代码、日期、金额、类型（样品）。\n同一文件再次导入不会重复。",
    "history list": "列出已导入的文件及其覆盖期间。",
    "approve": "批准 NUMBER 当前这一步。",
    "return": "把 NUMBER 退回交表人补正。",
    "reject": "不予批准 NUMBER，并生成通知书。",
    "user": "管理账号：角色、片区、密码、令牌。\n第一个账号建立时，同时建立系统管理员和安全保密员。三员分立：系统管理员建账号，安全保密员授角色与片区，审计员只查看，互不兼任。",
    "user add": (
        "建立账号 ACCOUNT；未给密码时生成一次性密码，只显示一次。\n"
        "所申请的角色与片区由安全保密员用 user assign 授予。工作区设置期间（任一账号本人办过事之前），由设置者一并办理。"
    ),
    "user assign": '授予 ACCOUNT 角色与片区：建立时所申请的，或此处写明的。\n写明的一类整体替换；--area "" 取消全部片区。',
    "user list": "列出账号：三员可见全部，其他人只见本人。",
    "user retire": "停用 ACCOUNT：不能再办理任何事；已办的保留，账号名不再使用。",
    "user reset": "给 ACCOUNT 一次性密码，只显示一次；本人会得到提示。",
    "user password": "更改本人账号 ACCOUNT 的密码：输入原密码和新密码。",
    "user token": "为本人账号 ACCOUNT 领取令牌，只显示一次；使用时放入 FORMFLOW_TOKEN。",
    "grant": "查阅其他片区的传真（6.3）：申请、同意、不同意、收回。\n由申请人的部门负责人答复，申请人本人除外；没有负责人时由安全保密员答复。",
    "grant ask": "申请查阅 NUMBER；无论该号是否存在，答复都一样。",
    "grant consent": "同意 REQUEST，可查阅至某日。",
    "grant refuse": "不同意 REQUEST。",
    "grant recall": "收回对 REQUEST 的同意；此后不能再据此查阅。",
    "grant list": "列出查阅申请：本人的和须由本人答复的；审计员、安全保密员可见全部。",
    "grant reads": "列出何人查阅了什么、依据为何：供审计员、安全保密员使用。",
    "proxy": "委托他人在某日至某日代为审批；不得转委托。",
    "proxy give": "委托 ACCOUNT 代办。",
    "proxy end": "提前终止委托 PROXY：本人的，或由安全保密员终止任何人的。",
    "proxy list": "列出委托：本人给出的和受托的；审计员、安全保密员可见全部。",
    "backup": "把整个工作区写入 FILE，不影响他人工作：数据库、原件、归档件、表单、模板、版式、签名、设置、"
    "补正通知书、无法读取的文件和日志；收件目录中待收的文件不在内。\n缺少归档件时退出码为 5，其余仍在 FILE 中。",
    "restore": (
        "从备份 FILE 恢复工作区并核验；不完整时退出码为 5。\n"
        "恢复到 --workspace 所指的文件夹，否则到当前文件夹。已有的表单、模板和设置保持不变。"
    ),
    "doctor": "检查工作区、数据库、日历、磁盘、字体和时钟；有须处理的问题时退出码为 1。",
}
"""Command path → what it does: the first line stands in the list of commands, each line is a paragraph."""

_ROLES = (
    "角色，可重复：salesperson 营销员、clerk 文件管理员、sales_manager 销售部经理、market_branch 市场分部、"
    "leader 主管领导、office 内勤分部、hse HSE部、head 部门负责人、auditor 审计员、security 安全保密员、admin 系统管理员。"
)

OPTIONS: dict[str, str] = {
    "--workspace": "工作区；默认为向上最近的含 formflow.toml 的文件夹。",
    "--lang": "提示语言；默认按系统语言。",
    "--json": "在标准输出上只输出 JSON Lines。",
    "--version": "显示版本并退出。",
    "--help": "显示本说明并退出。",
    "--by": "何人；默认为当前登录用户。",
    "--form": "只列该表单，写代号或标题。",
    "--series": "只含该册，如 XKH。",
    "--year": "只含该年度。",
    "--limit": "最多列出的条数。",
    "--why": "理由，随决定保存。",
    "--role": "何种角色；默认为当前轮到的角色。",
    "--comment": "意见或理由；退回、不予批准时必填。",
    "--reason": "理由，永久保存。",
    "--password-stdin": "从标准输入读取密码。",
    "--superior": "上级的账号；逾期事项逐级上报。",
    "--department": "部门；查阅其他片区传真时由其负责人答复。",
    "--area": "所管片区，可重复；* 表示全部片区。",
    "user add --name": "姓名，与文书所印一致；默认同 ACCOUNT。",
    "user add --login": "在命令行上对应的本机用户。",
    "user add --role": _ROLES,
    "user assign --role": _ROLES,
    "user list --retired": "也列出已停用的账号。",
    "user token --label": "令牌的用途。",
    "user token --expires": "有效的最后一天；默认直到作废。",
    "user token --end": "作废该名称的令牌。",
    "grant consent --until": "可查阅的最后一天；默认自今日起五个工作日。",
    "grant list --all": "也列出已答复和已结束的。",
    "grant reads --number": "只列该件、该记录或该册。",
    "grant reads --account": "只列该账号查阅的。",
    "proxy give --from": "第一天。",
    "proxy give --to": "最后一天。",
    "proxy give --form": "只限该表单，可重复。",
    "proxy list --all": "也列出已结束的。",
    "check --annotate": "把有问题的模板另存到该文件夹，在出错处加批注；默认 var/annotated。",
    "extract --form": "文件所属表单，写代号或标题；默认按标题和标签识别。",
    "extract --unclaimed": "列出表上已填写而没有任何字段读入的内容及其位置。",
    "process --form": "文件所属表单，写代号或标题；默认按标题和标签识别。",
    "process --received": "补登：纸件实际收到的日期；规则按此计算，登记中注明。",
    "process --retry": "把失败或退回的再处理一次。",
    "blank --format": "默认按 -o 的文件名，否则为 docx。",
    "blank --output": "要写的文件；默认为当前文件夹中以表单标题命名的文件。",
    "blank --fill": "要填入的内容：JSON 文件，格式同 extract --json 的输出。",
    "blank --layout": "单份（record）或登记簿（log）；默认为定义中的第一种。",
    "blank --pages": "至少几页，用于较长的表格。",
    "blank --force": "覆盖已有文件。",
    "layout add --name": "版式名称；默认为文件名。",
    "review list --returned": "也列出已退回的。",
    "review crop --output": "要写的 PNG 文件。",
    "review set --clear": "此处没有内容。",
    "review set --label": "表上印的标签；记住后，以后的文件自行读对。",
    "reread --all-waiting": "所有待人工处理的文件。",
    "register list --text": "在编号、文件名和内容中查找。",
    "--since": "此前记下的审计链值（见日志或文书）：必须仍在链中。",
    "--originals": "同时读取并核对存储中的每份原件。",
    "register clock --reason": "此前登记为何走快，永久保存。",
    "register export --year": "默认为今年。",
    "register export --output": "默认为当前文件夹中的 册号-年度.xlsx。",
    "register export --force": "覆盖已有文件。",
    "archive verify --report": "另按 DA/T 70 作四性检测并写出报告：FILE.docx 或 FILE.json。",
    "archive export --year": "移交该年度：归档包、归档文件目录和四性检测报告。",
    "archive export --series": "与 --year 同用：只含该册。",
    "archive export --output": "要写入的文件夹；与 --year 同用时也可为 FILE.zip。",
    "archive render --limit": "最多制作的归档包数。",
    "history import --from": "清单完整的第一天；默认为其中最早的日期。",
    "history import --to": "清单完整的最后一天；默认为其中最晚的日期。",
}
"""Option, or command path and option → its help."""
