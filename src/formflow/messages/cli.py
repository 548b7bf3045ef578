"""What the command line says."""

from __future__ import annotations

from formflow.messages import Message

IN_TEMPLATES = Message(zh="templates/{said}", en="templates/{said}")
NO_TEMPLATE = Message(
    zh="templates/{name}：没有这个模板，表单“{title}”用到它；请补上或从定义中删除",
    en="templates/{name}: no such template; form {title} names it; add it or remove the name",
)
AMBIGUOUS_BOOKS = Message(
    zh="登记簿 {first} 与 {other}：两册的档号会重复；请在其中一种表单的 register 中另设 class 或 retention",
    en="registers {first} and {other}: their entries would share archive numbers (档号); give one of them another class or retention in its form's register",
)
WHAT_TO_REREAD = Message(
    zh="请给出 SUBMISSION 或 --all-waiting，二者只取其一",
    en="give SUBMISSIONs or --all-waiting, and not both",
)
NO_SUBMISSION = Message(zh="没有收件 {id}", en="no submission {id}")
READ_ANEW = Message(
    zh="{file}：已重新读取（{before} → {after}），变动 {changes} 处",
    en="{file}: read anew ({before} → {after}), {changes} texts changed",
)
READING_IS_CURRENT = Message(
    zh="{file}：{reader} 是现行读取程序，无须重新读取",
    en="{file}: {reader} is the reader of now; nothing to read anew",
)
KEPT_READING = Message(zh="{file}：保留原读取结果：{why}", en="{file}: the older reading stays: {why}")
RENDITIONS_MADE = Message(zh="已制作 {done} 个归档包的 PDF/A 副本", en="PDF/A renditions of {done} bags made")
HANDED_OVER = Message(
    zh="{path}：{entries} 件，归档包 {bags} 个，写后核验无误",
    en="{path}: {entries} entries, {bags} bags, proved after writing",
)
REPORT_SUFFIX = Message(zh="{report}：报告应为 .docx 或 .json", en="{report}: a report is a .docx or a .json")
NUMBERS_OR_YEAR = Message(
    zh="请给出编号，或给出 --year（可加 --series）", en="give NUMBERs, or --year with or without --series"
)
BACKED_UP = Message(
    zh="{path}：登记 {entries} 件，原件 {originals} 份，归档包 {bags} 个",
    en="{path}: {entries} entries, {originals} originals, {bags} archive copies",
)
RESTORED = Message(
    zh="{home}：{when} 的备份已恢复，登记 {entries} 件，原件 {originals} 份，归档包 {bags} 个",
    en="{home}: backup of {when} restored, {entries} entries, {originals} originals, {bags} archive copies",
)
RESTORE_INTO_SQLITE = Message(zh="备份只能恢复到 SQLite 数据库", en="a backup is restored into SQLite only")
ARCHIVE_COPY_GONE = Message(
    zh="归档包不在：{path}", en="archive copy is gone: {path}; see formflow archive verify"
)
NO_SUCH_LAYOUT_KIND = Message(
    zh="表单“{title}”没有版式 {kind}；现有：{layouts}",
    en="form {title} has no layout {kind!r}; it has: {layouts}",
)
TOO_MANY_TABLES = Message(
    zh="表单 {form} 有{count}个明细表，空白表只能有一个",
    en="form {form} has {count} tables of its own, and a blank holds one",
)
SEPARATOR_IS_PRINTED = Message(zh="分隔页只能打印", en="a separator page is only printed")
NAME_A_PDF = Message(zh="请去掉 --format，或写 .pdf 文件名", en="leave out --format, or name a .pdf")
NO_JSON = Message(zh="{path} 不是 JSON：{error}", en="{path}: no JSON: {error}")
CHECKED = Message(
    zh="{count} 种表单，{rules} 条规则，{examples} 个示例：{count2} 个问题",
    en="{count} forms, {rules} rules, {examples} examples: {count2} problems",
)
ANNOTATED_COPY = Message(zh="批注副本：{target}", en="annotated copy: {target}")
CLOCK_IS_RIGHT = Message(
    zh="已记录：时钟 {when} 正确，登记继续", en="noted: the clock is right, {when}; numbering goes on"
)
NO_REASON = Message(zh="须写明原因", en="a reason is needed")
NEXT = Message(zh="{number}：下一步 {turn}", en="{number}: next is {turn}")
STEP = Message(zh="{number}：第 {nth} 步，{step}", en="{number}: step {nth}, {step}")
NOT_REMOVED = Message(zh="已接收，但不能删除", en="taken in, but cannot be removed")
LEFT_INBOX = Message(zh="收件目录中未读取", en="left in the inbox")
DATA_FILES = Message(zh="数据文件权限", en="data files")
CLOCK = Message(zh="时钟", en="clock")
ACCOUNTS = Message(zh="账号", en="accounts")
WORKING_DAYS = Message(zh="{year} 年工作日历", en="working days of {year}")
NO_OFFICE = Message(
    zh="未安装：不能读取 .doc .wps .rtf .odt .ods，.xls 只读取数值",
    en="not installed: .doc .wps .rtf .odt .ods cannot be read, of .xls only the values",
)
NO_CHINESE_FONT = Message(
    zh="未找到中文字体（打印归档章时使用）", en="no Chinese font found (used by the PDF stamp)"
)
WORKSPACE = Message(zh="工作区", en="workspace")
FORMS = Message(zh="表单", en="forms")
DATABASE = Message(zh="数据库", en="database")
NUMBERS = Message(zh="编号", en="numbers")
AGREE_ARCHIVE = Message(zh="与归档一致", en="agree with the archive")
SUBMISSIONS = Message(zh="收件", en="submissions")
CHINESE_FONT = Message(zh="中文字体", en="Chinese font")
SIGNATURES = Message(zh="签名图片", en="signatures")
ARCHIVE_COPIES_MADE = Message(zh="待制作归档件", en="archive copies to be made")
RUN_RETRY = Message(zh="{unmade}；运行 formflow process --retry", en="{unmade}; run formflow process --retry")
NOT_COMPLETED_IN_TIME = Message(zh="逾期未补正", en="not completed in time")
UNREADABLE_FILES = Message(zh="无法读取的文件", en="files that could not be read")
MORE = Message(zh="另有 {more} 项", en="{more} more")
OTHERS_CAN_READ = Message(
    zh="本机其他用户可读：{shown}；请运行 chmod -R go-rwx {shown}",
    en="other users of this machine can read {shown}; run chmod -R go-rwx {shown}",
)
OWNER_ALONE = Message(zh="仅所有者可读", en="readable for their owner alone")
FREE_DISK = Message(zh="磁盘剩余（{name}）", en="free disk ({name})")
BEFORE_LAST_ENTRY = Message(
    zh="{now} 早于最近一次登记 {newest}", en="{now} is before the last entry, {newest}"
)
NOT_WRITABLE = Message(zh="{near} 不可写", en="{near} cannot be written to")
KNOWN = Message(zh="已有", en="known")
READING = Message(zh="读取", en="Reading")
WITHOUT_LEARNED_LABELS = Message(zh="没有用上学到的标签：{error}", en="without the learned labels: {error}")
NO_KNOWN_FORM = Message(zh="{shown}：没有认出任何表单", en="{shown}: no known form")
LABEL = Message(zh="  标签", en="  Label")
VALUE = Message(zh="值", en="Value")
WHERE = Message(zh="位置", en="Where")
UNCLAIMED = Message(zh="  未读入", en="  Unclaimed")
TEXT = Message(zh="内容", en="Text")
NO_SUCH_FILE = Message(zh="没有这个文件或文件夹", en="no such file or folder")
PERMISSION_DENIED = Message(zh="没有权限", en="permission denied")
NOT_PERMITTED = Message(zh="不允许此操作", en="operation not permitted")
IS_THERE = Message(zh="已存在", en="is there already")
PART_IS_NO_FOLDER = Message(zh="路径中有一段不是文件夹", en="a part of the path is no folder")
IS_FOLDER = Message(zh="是文件夹，应为文件", en="is a folder; a file was expected")
NAME_TOO_LONG = Message(zh="名称太长", en="the name is too long")
DISK_READ_ONLY = Message(zh="磁盘只读", en="the disk is read-only")
LINKS_IN_CIRCLE = Message(zh="链接循环", en="the links go round in a circle")
DISK_FAILS = Message(zh="磁盘读写出错", en="the disk fails")
FILE_EXISTS = Message(zh="{target} 已存在", en="{target} is there already")
NO_SUCH_FOLDER = Message(zh="没有文件夹 {parent}", en="{parent}: no such folder")
NAME_ANOTHER_OR_FORCE = Message(
    zh="请用 -o 另取文件名，或用 --force 覆盖", en="name another with -o, or use --force"
)
NUMBER = Message(zh="编号", en="Number")
STATE = Message(zh="状态", en="State")
IMPORTED = Message(
    zh="{name}：导入 {added} 笔，覆盖 {first} 至 {last}",
    en="{name}: {added} transactions, complete from {first} to {last}",
)
FILE = Message(zh="文件", en="File")
ROWS = Message(zh="笔数", en="Rows")
FROM = Message(zh="起", en="From")
TO = Message(zh="止", en="To")
LOADED = Message(zh="导入", en="Loaded")
JUDGED_ANEW = Message(
    zh="{number} 重新核对：{before} → {after}", en="{number} judged anew: {before} → {after}"
)
WORKSPACE_LAID_OUT = Message(zh="工作区已建立：{folder}", en="Workspace laid out in {folder}")
WHAT_NEXT = Message(
    zh="下一步：把填好的表单放入 {folder}，运行 formflow --workspace {folder2} run",
    en="Next: put filled forms into {folder} and run formflow --workspace {folder2} run",
)
LEARNED = Message(zh="已记住“{label}”", en="learned {label!r}")
FORM = Message(zh="表单", en="Form")
FIELD = Message(zh="字段", en="Field")
LEARNED_LABEL = Message(zh="标签", en="Label")
BY = Message(zh="何人", en="By")
WHEN = Message(zh="何时", en="When")
FORGOT = Message(zh="已忘记“{label}”", en="forgot {label!r}")
NO_LABEL_LEARNED = Message(zh="没有学到的标签", en="no label was learned")
NOT_LEARNED = Message(
    zh="没有为 {form}.{field} 学过标签“{label}”", en="{label!r} was not learned for {form}.{field}"
)
SEE_LABELS = Message(
    zh="请查看 formflow review labels；表单自身的标签在其定义文件中",
    en="see `formflow review labels`; the labels of the form itself stand in its schema",
)
REMOVED_LAYOUT = Message(zh="已删除 {form} 的版式 {name}。", en="removed layout {name} of {form}.")
REGISTERED_LAYOUT = Message(
    zh="已登记 {form} 的版式 {name}：{count} 页，{cells} 格。",
    en="registered layout {name} of {form}: {count} pages, {cells} cells.",
)
NO_LAYOUT = Message(zh="{form} 没有版式“{name}”", en="no layout {name!r} of {form!r}")
SEE_LAYOUTS = Message(zh="请查看 formflow layout list", en="see `formflow layout list`")
OUTPUT_NOT_WRITTEN = Message(
    zh="磁盘已满，输出写不下", en="the disk is full, the output could not be written"
)
ERROR = Message(zh="错误：{click_says}", en="Error: {click_says}")
FREE_SOME_SPACE = Message(zh="请清理磁盘后重试", en="free some space and try again")
TRY_HELP = Message(zh="用 {page} 查看说明。", en="Try '{page}' for help.")
PERHAPS = Message(zh="也许是：{text}", en="perhaps: {text}")
NO_SUCH_PATH = Message(zh="没有这个文件或文件夹：{path}", en="{path}: no such file or folder")
NO_PATH_GIVEN = Message(zh="没有给出 PATH", en="no PATH given")
RECEIVED_IN_FUTURE = Message(zh="--received {claimed} 晚于今天", en="--received {claimed} lies in the future")
PROCESSING = Message(zh="处理", en="Processing")
NAME_FILES = Message(zh="请写文件或文件夹，或用 --retry", en="name files or folders, or use --retry")
GIVE_DAY_OF_RECEIPT = Message(zh="请填纸件实际收到的日期", en="give the day on which the paper came")
ALSO_FINISHED = Message(zh="另完成上次未处理完的 {done} 件", en="also finished {done} left by an earlier run")
CLAIMED = Message(zh="补登", en="claimed for")
ENTERED = Message(zh="登记日期", en="Entered")
WHAT = Message(zh="内容", en="What")
OUTCOME = Message(zh="结论", en="Outcome")
JUDGED_ANEW_HEADING = Message(zh="重新核对", en="judged anew")
IS_VOID = Message(zh="{number} 已作废", en="{number} is void")
ENTRIES = Message(zh="{target}：{count} 件", en="{target}: {count} entries")
VOID_BECAUSE = Message(zh="作废：{reason}（{by}）", en="void: {reason} ({by})")
VOID = Message(zh="作废", en="void")
RECORD = Message(zh="记录", en="Record")
WHY = Message(zh="事项", en="Why")
READ = Message(zh="读到", en="Read")
CORRECTED = Message(zh="更正", en="Corrected")
NOTHING_WAITS = Message(zh="没有待处理事项", en="nothing waits")
COMPLETED_SINCE = Message(zh="    已补正，登记为 {number}", en="    completed since and entered as {number}")
VALUE_OR_CLEAR = Message(
    zh="请给出 VALUE 或 --clear，二者只取其一", en="give a VALUE or --clear, and not both"
)
DISCARDED = Message(zh="{record}：已了结，不再待处理", en="{record}: discarded")
RUNNING_ALREADY = Message(zh="这个工作区已有程序在处理", en="this workspace is being processed already")
WATCHING = Message(zh="正在监视 {folder}", en="watching {folder}")
STOPPING = Message(zh="正在结束", en="stopping")
NOT_SIGNED = Message(zh="未签", en="not signed")
SIGNED = Message(zh="已签", en="signed")
HOW_SET = Message(zh="更正一栏，然后重新判定", en="correct one field; the record is judged anew")
HOW_RETURN = Message(zh="退回补正，不编号", en="send it back for completion; it takes no number")
HOW_DISCARD = Message(zh="不登记，原件保留", en="do not register it; the original is kept")
SIGNED_DOCUMENT_CAME = Message(
    zh="{numbers} 的纸件交回，{count} 处签字栏有 {signed} 处已签，待确认",
    en="paper of {numbers} came back, {signed} of {count} places signed, to be confirmed",
)
HOW_ACCEPT = Message(zh="按读到的内容登记，疑点记为备注", en="register it as read; doubts become notes")
EMPTY_FORM = Message(
    zh="空白表，未填写：{titles}（没有读到填写的内容）",
    en="an empty form, nothing was found filled in: {titles}",
)
UNKNOWN_FORM = Message(zh="没有认出表单", en="no known form")
ENTRY = Message(zh="登记号", en="Entry")
PAGE = Message(zh="页", en="Page")
PLACE = Message(zh="签字栏", en="Place")
SEAL = Message(zh="只有印章", en="a seal")
PEN_OR_SEAL = Message(zh="未知：签字或印章", en="unknown: pen or seal")
BLANK = Message(zh="空白", en="blank")
HOW_ACCEPT_CORRECTION = Message(
    zh="另立一条更正 {number} 的登记，取新号", en="enter a correction of {number} under a number of its own"
)
HOW_ACCEPT_LACKING = Message(
    zh="按读到的内容接受疑点；缺少的必填项仍缺", en="take it as read; what is required and missing still is"
)
HOW_ACCEPT_DUPLICATE = Message(
    zh="确为另一份，按读到的内容登记，取新号", en="it is another one: register it as read, under a new number"
)
UNKNOWN_ENTRY = Message(zh="未知登记号", en="unknown entry")
NO_VALUE = Message(zh="无", en="none")
SEMICOLON = Message(zh="；", en="; ")
COMMA = Message(zh="，", en=", ")
COUNT_OF_FORMS = Message(zh="{count} 种", en="{count}")
EVENT_OF = Message(zh="{number}：{event}", en="{number}: {event}")
NEWEST_SHOWN = Message(
    zh="以上为最近登记的 {shown} 件，另有 {more} 件，用 --limit 增加",
    en="the newest {shown}; {more} more, see --limit",
)
SET_FORM = Message(zh=" 表单：按此表单重新读取", en=" FORM: read it as that form")
NOT_WANTED = Message(zh="：不需要，了结", en=": it is not wanted")
