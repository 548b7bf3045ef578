"""What is said of files and records on their way, and of what people decide about them."""

from __future__ import annotations

from formflow.messages import Message

LEARNED_WITHOUT_FIELD = Message(
    zh="学到的标签“{label}”：表单 {form} 没有字段 {field}；formflow review forget {form} {field} {label}",
    en="learned label {label!r}: form {form} has no field {field!r}; formflow review forget {form} {field} {label}",
)
LEARNED_NEEDLESS = Message(
    zh="{form}.{field} 的学到的标签“{label}”：{whose}；formflow review forget {form} {field} {label}",
    en="learned label {label!r} of {form}.{field}: {whose}; formflow review forget {form} {field} {label}",
)
LABEL_OF_FORM = Message(zh="现在已是表单自己的标签", en="it is a label of the form by now")
LABEL_OF_FIELD = Message(zh="属于字段 {held}", en="it belongs to field {held}")
NOTHING_TO_REREAD = Message(
    zh="{id} 没有待处理的内容，不再重新读取", en="nothing of {id} waits, so it is not read anew"
)
READ_AS_OTHER_RECORDS = Message(
    zh="{reader} 读出的记录与原先的不对应，原记录保留，请人工处理",
    en="{reader} reads other records from the file; those that wait stay, and a person settles them",
)
NO_ROWS = Message(
    zh="{name}：清单中没有可读取的交易{why}", en="{name}: no transaction in the list can be read{why}"
)
SUCH_AS = Message(zh="，例如 {place}：{said}", en=", such as {place}: {said}")
ROW_PROBLEM = Message(zh="{name}：{said}{left_out}", en="{name}: {said} {left_out}")
LIKELY_DUPLICATE = Message(zh="{said}。确为另一份时请接受。", en="{said}; accept it where it is another one.")
ACCEPTED = Message(zh="已由{by}确认", en="accepted by {by}")
ACCEPTED_WITHOUT_VALUE = Message(
    zh="{said}，未录入值，原文：{text}", en="{said}; no value was entered, the paper says: {text}"
)
RETURNED_BY = Message(zh="{by}退回补正{why}", en="returned for completion by {by}{why}")
BECAUSE = Message(zh="：{why}", en=": {why}")
FULL_STOP = Message(zh="。", en="")
DID_YOU_MEAN = Message(zh="是否指 {name}？", en="did you mean {name}?")
NO_FIELD = Message(zh="表单“{form}”没有字段 {name}", en="form {form} has no field {name!r}")
SETTLED = Message(zh="{record} 已处理完毕（{state}{held}）", en="{record} is settled ({state}{held})")
AS_NUMBER = Message(zh="{number}", en=" as {number}")
BEARS_NUMBER = Message(
    zh="表上写有 {number}，该号已在登记簿中；如是同一份的补充或副本，请退回或放弃，原号不变",
    en="bears {number}, which stands in the register already; if this is the same matter again, return or discard it",
)
LIKELY_AGAIN = Message(
    zh="很可能与 {number} 是同一份（{told} 相同）", en="is likely to be {number} again (the same {told})"
)
LIKELY_SAME_IN_FILE = Message(
    zh="很可能与同一文件中的另一份（{place}）重复",
    en="is likely to be the same as another one in this file ({place})",
)
LOG_SUPERSEDED = Message(
    zh="此登记簿已重新提交（{submission}），以新件为准。",
    en="this log came again as {submission}, which takes its place",
)
IMPORTED_WITHOUT_CODE = Message(zh="已按客户名称导入，不带代码", en="Imported by name, without the code")
IMPORTED_WITHOUT_AMOUNT = Message(zh="已导入，不带金额", en="Imported without the amount")
NO_CUSTOMER = Message(zh="没有客户名称，未导入", en="no customer name; not imported")
NO_TRADE_DATE = Message(
    zh="{name}：日期“{text}”无法辨认，未导入；更正前该客户的历史无法确认",
    en="{name}: no date that can be read ({text!r}); not imported, and nothing is certain of this customer until it is",
)
NO_TRADE_LIST = Message(
    zh="{name}：没有找到交易清单，应有含“客户名称”和“日期”的标题行",
    en="{name}: no list of transactions; a heading row with 客户名称 and 日期 was expected",
)
ROW_CHANGED = Message(
    zh="该行已登记为 {number}，登记后有改动：{told}。原登记不变，请核实：误改的请放弃此行；确需更正的请接受，将另立一条注明更正 {number}，取新号。",
    en="this row is entered as {number} and was changed since ({told}); the entry stays as it is. Discard the row where the change is a mistake; accept it to enter a correction, which takes a number of its own and names {number}",
)
NOT_QUARANTINED = Message(
    zh="{name} 无法读取（{code}），但不能放入 {inbox}：{told}",
    en="{name} cannot be read ({code}), nor be put into {inbox}: {told}",
)
CHECK_QUARANTINE = Message(
    zh="请检查该目录是否可写、磁盘是否已满，且 {failed} 是文件夹而不是文件",
    en="see that it can be written to, that the disk has room, and that {failed} is a folder",
)
NOT_FROM_SCAN = Message(
    zh="{record_id} 的 {field} 不是从扫描件读取的", en="{field} of {record_id} was not read from a scan"
)
SEE_REVIEW_SHOW = Message(zh="请查看 formflow review show", en="see `formflow review show`")
NO_ENTRY = Message(zh="登记簿中没有 {number}", en="no entry {number}")
NOTICES_NOT_WRITABLE = Message(
    zh="无法写入补正通知书文件夹 {home}：{error}",
    en="the folder of notices {home} cannot be written to: {error}",
)
CHECK_DISK_AND_PERMISSIONS = Message(
    zh="请检查磁盘与权限，随后会自动补做",
    en="check the disk and its permissions; it is made up for by itself afterwards",
)
FOREIGN_NUMBER = Message(
    zh="{submission_id} 所载登记号不在本登记簿中",
    en="{submission_id} bears a number that is not in this register",
)
NO_SIGNED_DOCUMENT_WAITS = Message(
    zh="没有待处理的签回件 {submission_id}", en="no paper waits under {submission_id}"
)
CHECK_OTHER_WORKSPACE = Message(
    zh="请核对是否属于另一工作区；不需要时用 formflow review discard 放弃",
    en="see whether it belongs to another workspace; formflow review discard gives it up",
)
SEE_REVIEW_LIST = Message(zh="请查看 formflow review list", en="see `formflow review list`")
STILL_CHANGING = Message(
    zh="文件仍在变化或写入中，或已移走，未接收",
    en="the file is still changing or being written, or has gone; it was not taken",
)
NOT_REMOVED = Message(
    zh="已接收，但不能从收件目录删除{why}", en="taken in, but it cannot be removed from the inbox{why}"
)
PROCESS_AGAIN = Message(zh="请稍后再处理一次", en="process it again in a few seconds")
REMOVE_IT_YOURSELF = Message(
    zh="请删除 {name}，并给予 {parent} 的写权限",
    en="remove {name} yourself, and let formflow write to {parent}",
)
NO_SUBMISSION = Message(zh="没有收件 {submission_id}", en="no submission {submission_id}")
ORIGINAL_UNREADABLE = Message(
    zh="无法读取已保存的原件：{detail}", en="the kept original cannot be read: {detail}"
)
CHECK_DISK_AND_RIGHTS = Message(zh="请检查磁盘与权限", en="check the disk and the rights")
NOTED = Message(zh="{message}（{said}）", en="{message} ({said})")
NO_FORM = Message(zh="没有表单 {form}；现有：{known}", en="no form {form!r}; known: {known}")
NO_SUCH_FIELD = Message(zh="表单“{title}”没有字段 {field}", en="form {title} has no field {field!r}")
NO_LABEL = Message(zh="“{label}”不能作为标签", en="{label!r} is no label")
LABEL_IS_TITLE = Message(zh="“{label}”是表单“{title}”的标题", en="{label!r} is a title of form {title}")
LABEL_TAKEN = Message(
    zh="“{label}”已属于表单“{title}”的字段 {held}",
    en="{label!r} already belongs to field {held} of form {title}",
)
GIVE_AS_PRINTED = Message(
    zh="请照表上所印填写，不带内容", en="give it as the form prints it, without the value"
)
TITLE_IS_NO_LABEL = Message(
    zh="标签不能与标题相同，未记住", en="a label and a title must differ; nothing was kept"
)
TAKE_LABEL_FIRST = Message(
    zh="如确指 {field}，请先从 {held} 取消：在 schemas/{form}.yaml 中，学到的用 formflow review forget {form} {held} {label}",
    en="if {field} is meant, take it from {held} first: in schemas/{form}.yaml, or by `formflow review forget {form} {held} {label}` where it was learned",
)
NO_RECORD_NO_FORM = Message(zh="没有名为 {where} 的记录或表单", en="no record and no form {where}")
HOLDS_NO_RECORD = Message(
    zh="{id} 中没有可处理的记录；请用 review set {id} form 指明表单，或用 review discard 了结",
    en="{id} holds no record; say what form it is with `review set {id} form FORM`, or discard it",
)
IS_SIGNED_DOCUMENT = Message(
    zh="{id} 是交回的签字件，只能确认（accept）或放弃（discard）",
    en="{id} is a paper that came back; accept or discard it",
)
JUST_SETTLED = Message(
    zh="{record} 刚由 {by} 处理（{action}），正在办理",
    en="{record} was just settled by {by} ({action}) and is under way",
)
NO_SUCH_ENTRY = Message(zh="登记簿中没有 {number}", en="the register has no entry {number}")
NO_FILE_WAITS = Message(zh="没有待处理的文件 {id}", en="no file waits under {id}")
NOTHING_WAITS = Message(zh="没有待处理的 {submission_id}", en="nothing waits under {submission_id}")
SETTLE_ITS_RECORDS = Message(
    zh="{submission_id} 已识别为表单，请处理其记录", en="{submission_id} was recognised; settle its records"
)
SEE_REVIEW_LIST_LATER = Message(
    zh="请稍后查看 formflow review list", en="see `formflow review list` in a moment"
)
HOW_TO_CORRECT_ENTRY = Message(
    zh="如需更正登记，请作废后重报，或交更正后的表单",
    en="to correct an entry, void it or hand in a corrected form",
)
SEE_REGISTER_LIST = Message(zh="请查看 formflow register list", en="see `formflow register list`")
