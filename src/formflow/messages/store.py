"""What the store says: the database and its books, the originals, backups, and what a verification finds."""

from __future__ import annotations

from formflow.messages import Message

CHECKED = Message(zh="{subject}：已核对 {count} 件", en="{subject}: {count} checked")
VOIDS = Message(zh="其中作废 {count} 件", en="{count} void")
UNMADE = Message(zh="待制作 {count} 件", en="{count} still to be made")
SOUND = Message(zh="{counts}，完好。", en="{counts}, all sound.")
PROBLEMS = Message(zh="{counts}，发现 {count} 处问题：", en="{counts}, {count} problems:")
PROBLEM = Message(zh="  {subject}：{said}", en="  {subject}: {said}")
MORE_PROBLEMS = Message(zh="  …… 另有 {count} 处", en="  … and {count} more")
NOTE = Message(zh="  · {said}", en="  · {said}")
CHAIN_HEAD = Message(zh="  审计链末行 {head}", en="  head of the audit chain: {head}")
USE_PG_DUMP = Message(
    zh="PostgreSQL 数据库请用 pg_dump 备份，原件文件夹另行复制",
    en="save a PostgreSQL database with pg_dump, and copy the folders beside it",
)
BACKUP_EXISTS = Message(zh="备份文件已存在：{target}", en="there is a backup already: {target}")
DATABASE_EXISTS = Message(zh="数据库已存在：{database}", en="there is a database already: {database}")
BACKUP_DAMAGED = Message(zh="备份文件已损坏：{source}：{name}", en="{source} is damaged: {name}")
CHOOSE_ANOTHER_NAME = Message(zh="请换一个文件名", en="choose another name")
BACKUP_FAILED = Message(zh="备份未完成（{target}）：{error}", en="no backup was made ({target}): {error}")
BACKUP_NOT_WHOLE = Message(
    zh="不是完好的备份文件：{source}：{error}", en="{source} is no whole backup: {error}"
)
BACKUP_UNREADABLE = Message(zh="无法读取备份文件 {source}：{error}", en="{source} cannot be read: {error}")
RESTORE_ELSEWHERE = Message(
    zh="请恢复到新的工作区，或先移走旧数据库（连同 -wal、-shm 文件）",
    en="restore into a new workspace, or move the old database away (with its -wal and -shm files)",
)
RESTORE_FAILED = Message(zh="恢复未完成：{error}", en="nothing whole was restored: {error}")
CHECK_SPACE_AND_PERMISSIONS = Message(zh="请检查磁盘空间与权限", en="check room and permissions")
ORIGINAL_LOST_OR_CHANGED = Message(
    zh="原件 {digest} 丢失或已损坏", en="the original {digest} is lost or changed"
)
TAKE_ORIGINAL_FROM_OLDER_BACKUP = Message(
    zh="请先从旧备份恢复该原件", en="take it back from an older backup first"
)
BACKUP_ORIGINAL_DAMAGED = Message(
    zh="备份中的原件 {digest} 已损坏", en="the original {digest} is damaged in it"
)
HEAD_LOST = Message(
    zh="此前记下的链值 {head} 已不在审计链中：其后的记录被截去或改写（可能恢复了旧备份）",
    en="the head {head} that was noted earlier is no longer in the chain: lines were cut off or rewritten (an old backup, perhaps)",
)
CLOCK_SET_BACK = Message(
    zh="审计记录第 {seq} 行的时间（{at}Z）比前面的早 {back}，时钟曾被调回",
    en="audit line {seq} ({at}Z) is {back} earlier than those before it: the clock was set back",
)
AUDIT_LINES_MISSING = Message(
    zh="审计记录第 {seq} 至 {number} 行缺失", en="audit lines {seq} to {number} are missing"
)
AUDIT_LINE_CHANGED = Message(zh="审计记录第 {number} 行被改动过", en="audit line {number} was changed")
NO_CHAIN_HEAD = Message(
    zh="{head!r} 不是链值：应为 {shortest} 至 64 位十六进制数",
    en="{head!r} is no head of a chain: {shortest} to 64 hexadecimal digits",
)
AUDIT_LINE_BROKEN = Message(
    zh="审计记录第 {number} 行与前一行不相连",
    en="audit line {number} does not follow from the line before it",
)
REVIEW = Message(zh="人工处理记录", en="review")
LIST_OF_TRADES = Message(zh="历史交易", en="list of transactions")
SUBMISSION = Message(zh="收件", en="submission")
SUBMISSION_RECORDS = Message(zh="收件的记录", en="submission's records")
NO_AUDIT_LINE = Message(zh="{name}没有对应的审计记录", en="the {name} has no audit line")
AUDIT_LINE_DIFFERS = Message(
    zh="{name}内容与审计记录不一致，曾被改动", en="the {name} is not what its audit line saw"
)
VOID = Message(zh="作废", en="void")
DECISION = Message(zh="审批", en="decision")
ASSESSMENT = Message(zh="补评结果", en="assessment")
ARCHIVE_MARK = Message(zh="归档标记", en="archive mark")
AUDITED_SUBMISSION_GONE = Message(
    zh="审计记录了收件，但该收件已不存在", en="the audit tells of a submission that is gone"
)
AUDITED_LIST_GONE = Message(
    zh="审计记录了历史交易的导入，但已不存在", en="the audit tells of a list of transactions that is gone"
)
ENTRY = Message(zh="登记", en="entry")
AUDITED_ROW_GONE = Message(
    zh="审计记录了{name}，但{name}已不存在", en="the audit tells of a {name} that is gone"
)
EXPECTED_DATABASE_URL = Message(
    zh="应为 sqlite:///var/formflow.db 或 postgresql://…",
    en="expected sqlite:///var/formflow.db or postgresql://…",
)
DATABASE_REFUSED = Message(
    zh="数据库拒绝了操作（{name}）：{cause}", en="the database refused ({name}): {cause}"
)
DATABASE_DAMAGED = Message(zh="数据库已损坏（{name}）：{what}", en="the database is damaged ({name}): {what}")
DATABASE_UNREACHABLE = Message(
    zh="无法连接数据库（{name}）：{cause}", en="the database cannot be reached ({name}): {cause}"
)
DATABASE_UNSUPPORTED = Message(
    zh="不支持此种数据库：{backend}", en="no such database is supported: {backend}"
)
RUN_DOCTOR_IF_IT_RECURS = Message(
    zh="如反复出现，请运行 formflow doctor 并联系管理员",
    en="if it recurs, run formflow doctor and tell the administrator",
)
RESTORE_LATEST_BACKUP = Message(
    zh="请移走数据库后用 formflow restore 恢复最近的备份；归档与原件不受影响",
    en="move the database away and formflow restore the latest backup; archive and originals are untouched",
)
DATABASE_HELD = Message(
    zh="数据库正被其他程序占用（{name}）：{cause}", en="another program holds the database ({name}): {cause}"
)
DATABASE_DISK_FULL = Message(
    zh="数据库所在磁盘已满（{name}）：{cause}", en="the disk of the database is full ({name}): {cause}"
)
CHECK_DATABASE_SETTING = Message(
    zh="请检查 formflow.toml 的 database 以及文件夹权限",
    en="check `database` in formflow.toml and the folder's permissions",
)
NO_DATABASE_URL = Message(zh="数据库地址无法识别：{url!r}", en="not a database URL: {url!r}")
WAIT_FOR_OTHER_PROGRAM = Message(
    zh="请等待正在运行的 formflow 结束后重试", en="wait until the other formflow has ended and try again"
)
MAKE_ROOM_ENTRIES_STAND = Message(
    zh="请清理磁盘后重试，已提交的登记不受影响", en="make room and try again; what was entered stands"
)
STEP_DECIDED = Message(
    zh="{number} 的第 {step} 步已由 {by} 于 {at:%Y-%m-%d %H:%M} 决定",
    en="step {step} of {number} was decided by {by} at {at:%Y-%m-%d %H:%M}",
)
STEP_NOT_YET = Message(zh="{number} 须先完成第 {count} 步审批", en="step {count} of {number} comes first")
LAST_SERIAL_DIFFERS = Message(
    zh="登记簿末号为 {last}，但最大件号为 {highest}",
    en="the book's last serial is {last}, the highest entry's is {highest}",
)
ARCHIVE_AHEAD = Message(
    zh="归档文件夹中已有 {number}{when}，登记簿只到第 {last} 号：数据库比归档旧，或不是同一个",
    en="the archive holds {number}{when} but the register ends at serial {last}: the database is older than the archive, or not its own",
)
ARCHIVE_FOREIGN = Message(
    zh="归档文件夹中的第 {serial} 号不是本登记簿的第 {serial} 号：数据库与归档不属于同一工作区",
    en="serial {serial} in the archive is not the register's serial {serial}: database and archive do not belong together",
)
AUDIT_AHEAD = Message(
    zh="审计记录显示 {number} 已登记过，但登记簿中没有",
    en="the audit tells that {number} was entered, but the register does not hold it",
)
DATABASE_EXCHANGED = Message(
    zh="数据库在程序运行期间被更换、删除或恢复成旧状态，未写入任何内容",
    en="the database was exchanged, removed or set back while this program runs; nothing was written",
)
ENTERED = Message(zh="（{day} 登记）", en=", entered {day},")
NUMBERING_REFUSED = Message(
    zh="为防止重号，暂停登记。{subject}：{said}",
    en="numbering is refused lest a number be given twice. {subject}: {said}",
)
NUMBERING_REFUSED_BY_CLOCK = Message(
    zh="时钟 {at:%Y-%m-%d %H:%M} {why}，暂停登记",
    en="numbering is refused: the clock shows {at:%Y-%m-%d %H:%M}, which {why}",
)
PUT_DATABASE_BACK = Message(
    zh="请放回原来的数据库，或重新启动 formflow（启动时会再次与归档核对）",
    en="put the database back, or start formflow again: it is held against the archive at the start",
)
RESTORE_BACKUP_WITH_NUMBER = Message(
    zh="请移走数据库后用 formflow restore 恢复包含该号的备份；没有这样的备份时见 docs/how-to/lost-database.md。收件与原件都在，未丢失",
    en="move the database away and formflow restore a backup that holds this number; where there is none, see docs/how-to/lost-database.md. Nothing that came in is lost",
)
BEFORE_FORMFLOW = Message(zh="早于本程序的年代", en="is before formflow's own time")
BEFORE_LAST_ENTRY = Message(zh="早于最近一次登记（{when}）", en="is before the last entry ({when})")
SET_CLOCK = Message(
    zh="请校准时钟；如时钟正确而先前的登记走快了，请运行 formflow register clock --reason 说明",
    en="set the clock; where it is right and the earlier entry was ahead, say so with formflow register clock --reason",
)
COVERED_DAYS_REVERSED = Message(
    zh="覆盖期间起止颠倒：{covers_from} 至 {covers_to}",
    en="the days covered end before they begin: {covers_from} to {covers_to}",
)
TRADE_OUTSIDE_COVERED_DAYS = Message(
    zh="{name} {on} 的交易不在覆盖期间 {covers_from} 至 {covers_to} 内",
    en="the transaction of {name} on {on} lies outside the days covered, {covers_from} to {covers_to}",
)
CORRECT_COVERED_DAYS = Message(
    zh="请更正覆盖期间或核对该行日期", en="correct the days covered, or check the date of that row"
)
MACHINE_RUN_OUT = Message(zh="本机资源不足：{reason}", en="the machine has run out of something: {reason}")
ORIGINALS_NOT_WRITABLE = Message(
    zh="无法写入原件文件夹 {folder}：{reason}",
    en="the folder of the originals, {folder}, cannot be written to: {reason}",
)
ORIGINAL_NOT_IN_STORAGE = Message(
    zh="原件 {digest} 不在存储中", en="the original {digest} is not in the storage"
)
FILES_ARE_TRIED_AGAIN = Message(
    zh="文件仍在原处，稍后自动重试", en="the files stay where they are and are tried again"
)
ORIGINALS_DISK_FULL = Message(
    zh="存放原件的磁盘已满：{folder}", en="the disk of the originals is full: {folder}"
)
CHECK_DISK_AND_RIGHTS = Message(zh="请检查磁盘与权限", en="check the disk and the rights")
RESTORE_FROM_BACKUP = Message(zh="请从备份恢复", en="restore it from a backup")
MAKE_ROOM_FILE_STAYS = Message(
    zh="请清理磁盘后重试，原文件仍在原处", en="make room and try again; the file is still where it was"
)
NO_SUBMISSION = Message(zh="没有编号为 {id} 的收件", en="no submission {id}")
SUBMISSION_NOT_RETRIED = Message(
    zh="收件 {id} 不在失败或退回状态，不能重试",
    en="submission {id} has neither failed nor been returned; it is not tried again",
)
VOID_WITHOUT_REASON = Message(zh="作废须写明原因", en="a void needs its reason")
NUMBER_PATTERN_UNUSABLE = Message(
    zh="登记簿 {series} 的编号格式 {number!r} 无法使用：{error}",
    en="the number pattern {number!r} of {series} cannot be used: {error}",
)
GIVE_REASON = Message(zh="请用 --reason 写明", en="give it with --reason")
VOID_ALREADY = Message(zh="{number} 已于 {at:%Y-%m-%d} 作废", en="{number} is void since {at:%Y-%m-%d}")
USE_PATTERN_PARTS = Message(
    zh="可用 {{series}}、{{year}}、{{serial}} 或 {{serial:04}}",
    en="use {{series}}, {{year}}, {{serial}} or {{serial:04}}",
)
ROW_ENTERED_AND_DIFFERS = Message(
    zh="该行已登记为 {number}，但 {changed} 与登记不同",
    en="the row is entered as {number}, but {changed} differ",
)
NUMBERS_TAKEN = Message(
    zh="编号 {rows} 已被占用：登记簿 {series} 的编号格式 {number!r} 不能区分各本",
    en="{rows} is taken: the pattern {number!r} of {series} does not keep the books apart",
)
SETTLE_IN_REVIEW = Message(
    zh="请在待办中确认后以更正登记", en="settle it in the review; it becomes a correction"
)
WRITE_SERIES_AND_YEAR = Message(
    zh="请在格式中写入 {{series}} 和 {{year}}", en="write {{series}} and {{year}} into the pattern"
)
NO_ENTRY = Message(zh="登记簿中没有 {number}", en="the register has no entry {number}")
DATABASE_FAULT = Message(zh="数据库已损坏：{fault}", en="the database is damaged: {fault}")
COLUMN_UNREADABLE = Message(
    zh="“{column}”一栏的内容无法读取，曾被改动或已损坏", en="its {column} cannot be read: changed or damaged"
)
SERIALS_MISSING = Message(
    zh="{series} {year} 年第 {before} 至 {serial} 号缺失",
    en="serials {before} to {serial} of {series} {year} are missing",
)
AUDITED_ENTRY_GONE = Message(
    zh="审计记录了登记，但该件已不在登记簿中", en="the audit tells of an entry that is gone"
)
ORIGINAL_GONE = Message(zh="原件 {digest} 不在存储中", en="its original {digest} is gone")
ORIGINAL_CHANGED = Message(zh="原件 {digest} 曾被改动", en="its original {digest} was changed")
DATABASE_NEWER_THAN_FORMFLOW = Message(
    zh="数据库的版本比本程序新：{error}", en="the database is newer than this formflow: {error}"
)
UPGRADE_FORMFLOW = Message(
    zh="请升级 formflow 后再打开这个工作区", en="upgrade formflow, then open this workspace again"
)
NO_RECORD = Message(
    zh="没有记录 {id}",
    en="no record {id}",
)
SEE_REVIEW_LIST = Message(
    zh="请查看 formflow review list",
    en="see `formflow review list`",
)
