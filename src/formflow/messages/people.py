"""What is said of accounts, roles, consents to read and proxies."""

from __future__ import annotations

from formflow.messages import Message

APART = Message(
    zh="三员分立：{officer}不得兼任{others}",
    en="kept apart: the {officer} may hold no other role, not {others}",
)
APART_REMEDY = Message(
    zh="系统管理员、安全保密员、审计员须各用一个账号，且不兼他职",
    en="administrator, security officer and auditor each have an account that holds nothing else",
)
LAST = Message(zh="{name}是最后一名{role}，不能停用或改任", en="{name} is the last {role} and must stay that")
LAST_REMEDY = Message(zh="请先另设一名{role}", en="make another {role} first")
NOT_ALLOWED = Message(zh="{name}（{roles}）无权{what}", en="{name} ({roles}) may not {what}")
NOT_ALLOWED_REMEDY = Message(zh="须由{roles}办理", en="it is for: {roles}")
NO_ROLE = Message(zh="尚无角色", en="no role yet")
NO_ACCOUNT = Message(zh="没有账号 {account}", en="no account {account}")
NO_ACCOUNT_REMEDY = Message(zh="请查看 formflow user list", en="see `formflow user list`")
BAD_ID = Message(
    zh="账号名 {account!r} 不可用：应为 1 至 40 个字母、汉字、数字或 . _ -，且以字母或汉字开头",
    en="{account!r} is no name for an account; expected 1 to 40 letters, digits, . _ - that begin with a letter",
)
TAKEN = Message(
    zh="账号 {account} 已经用过，不能再用", en="the account {account} was used already and stays that"
)
NAME_TAKEN = Message(
    zh="{name} 已是账号 {account} 的姓名；审批按姓名记录，须能区分",
    en="{account} has the name {name} already; decisions are kept by name, so names must differ",
)
NAME_REMEDY = Message(
    zh="请用 --name 写明，如“{name}（华南）”", en="tell them apart with --name, as in '{name}（华南）'"
)
LOGIN_TAKEN = Message(
    zh="本机用户 {login} 已对应账号 {account}", en="the user {login} of this machine is {account} already"
)
NO_REASON = Message(zh="须写明理由", en="a reason is needed")
NO_REASON_REMEDY = Message(zh="请用 --reason 写明", en="give it with --reason")
NOT_SELF = Message(zh="不能给本人授予角色", en="nobody gives roles to themselves")
NOT_SELF_REMEDY = Message(zh="请由另一名安全保密员办理", en="let another security officer do it")
SUPERIOR_LOOP = Message(
    zh="{name} 不能以 {superior} 为上级：上级关系会成环",
    en="{superior} cannot be above {name}: it would go in a circle",
)
OWN_PASSWORD = Message(zh="密码只能由本人设置", en="a password is set by its owner alone")
OWN_RESET = Message(
    zh="不能重置本人的密码；请用 formflow user password", en="use `formflow user password` for one's own"
)
WEAK = Message(
    zh="密码太短：至少 {least} 个字符", en="the password is too short; expected {least} characters or more"
)
WRONG_PASSWORD = Message(zh="账号或密码不正确", en="account or password is wrong")
ONE_TIME = Message(
    zh="{account} 的密码是一次性的，须先改密码",
    en="the password of {account} is for one use: set your own first",
)
ONE_TIME_REMEDY = Message(
    zh="请运行 formflow user password {account} --password-stdin（两行：原密码、新密码）",
    en="run `formflow user password {account} --password-stdin`, the old password and the new on a line each",
)
OWN_TOKEN = Message(zh="令牌只能由本人领取", en="a token is made by its owner alone")
OWN_TOKEN_REMEDY = Message(
    zh="请由 {account} 本人运行，或用 --password-stdin 输入其密码",
    en="let {account} run it, or prove it with the password by --password-stdin",
)
LABEL_TAKEN = Message(
    zh="{account} 已有名为“{label}”的令牌", en="{account} has a token called {label!r} already"
)
NO_LABEL = Message(zh="令牌须有名称", en="a token needs a label")
NO_TOKEN = Message(zh="{account} 没有有效的令牌“{label}”", en="{account} has no token {label!r} that holds")
PAST = Message(zh="{day} 已过", en="{day} is past")
NO_NUMBER = Message(zh="须写明传真编号", en="the number of the fax is needed")
NO_REQUEST = Message(zh="没有查阅申请 {request}", en="no request {request}")
NO_REQUEST_REMEDY = Message(zh="请查看 formflow grant list", en="see `formflow grant list`")
ANSWERED = Message(
    zh="查阅申请 {request} 已由 {by} 答复", en="{by} has answered the request {request} already"
)
NOT_CONSENTED = Message(zh="查阅申请 {request} 没有生效的同意", en="no consent to {request} is in force")
NOT_YOURS = Message(
    zh="查阅申请 {request} 须由申请人的部门负责人答复（本人的除外；无人时由安全保密员）",
    en="{request} is for the head of the applicant's department, never for the applicant; where there is none, for the"
    " security officer",
)
TAKER = Message(
    zh="{taker} 不能代办：须为在岗的业务人员，且不是本人",
    en="{taker} cannot stand in: not oneself, nor an officer",
)
NO_PROXY = Message(zh="没有有效的委托 {proxy}", en="no proxy {proxy} that holds")
BACKWARDS = Message(zh="委托期限不对：{since} 晚于 {until}", en="from {since} to {until} is no time")
MISSING = Message(zh="工作区缺少{role}", en="the workspace would have no {role}")
WHO = Message(
    zh="本工作区实行账号管理，本机用户 {login} 没有对应的账号",
    en="this workspace has accounts, and the user {login} of this machine has none",
)
WHO_REMEDY = Message(
    zh="请把本人的令牌放入环境变量 FORMFLOW_TOKEN（formflow user token），或由系统管理员以 --login 建立账号",
    en="put your token into FORMFLOW_TOKEN (see `formflow user token`), or let an administrator add an account with --login",
)
BAD_TOKEN = Message(
    zh="FORMFLOW_TOKEN 中的令牌无效：不正确、已过期、已作废，或账号已停用",
    en="the token in FORMFLOW_TOKEN does not hold: wrong, expired, ended, or of a retired account",
)
BAD_TOKEN_REMEDY = Message(
    zh="请用 formflow user token 重新领取", en="make another with `formflow user token`"
)
NOT_YOURSELF = Message(
    zh="{by} 不是本人：现在是 {name}（{account}）", en="{by} is somebody else: this is {name} ({account})"
)
NOT_YOURSELF_REMEDY = Message(
    zh="请去掉 --by（或 FORMFLOW_USER），或用 {by} 本人的令牌 FORMFLOW_TOKEN",
    en="leave out --by (or FORMFLOW_USER), or use a token of {by} in FORMFLOW_TOKEN",
)
NOT_THE_STEP = Message(
    zh="{number} 现在轮到{step}，{name}是{roles}", en="it is the {step}'s turn at {number}; {name} is {roles}"
)
NO_WORD = Message(zh="请在标准输入给出密码", en="give the password on standard input")

ACT = Message(zh="账号记录", en="act on accounts")
READ = Message(zh="查阅记录", en="read")
PASSWORD_CHANGED = Message(
    zh="密码与审计记录不一致，曾被改动", en="the password is not what its audit line saw"
)
NO_ACCOUNTS = Message(zh="本工作区没有账号", en="this workspace has no accounts")
NO_ACCOUNTS_REMEDY = Message(
    zh="用 formflow user add 建立第一个账号", en="make the first with `formflow user add`"
)
ONE_TIME_IS = Message(
    zh="{account}（{name}）的一次性密码：{password}", en="one-time password of {account} ({name}): {password}"
)
SHOWN_ONCE = Message(
    zh="只显示这一次；首次使用须用 formflow user password 改为自己的密码",
    en="shown this once; to be changed at first use with `formflow user password`",
)
ADDED = Message(zh="账号 {account}（{name}）已建立：{roles}", en="account {account} ({name}): {roles}")
TO_ASSIGN = Message(
    zh="角色待安全保密员授予：formflow user assign {account}",
    en="a security officer gives the roles: formflow user assign {account}",
)
RETIRED = Message(zh="账号 {account} 已停用", en="account {account} is retired")
PASSWORD_SET = Message(zh="{account} 的密码已更改", en="the password of {account} is changed")
TOKEN_ENDED = Message(zh="{account} 的令牌“{label}”已作废", en="the token {label!r} of {account} is ended")
TOKEN_ONCE = Message(
    zh="令牌“{label}”只显示这一次；使用时放入环境变量 FORMFLOW_TOKEN",
    en="the token {label!r} is shown this once; put it into FORMFLOW_TOKEN to use it",
)
ASKED = Message(zh="{request}：已提交", en="{request}: handed in")
CONSENTED = Message(
    zh="{request}：{name} 可查阅 {number} 至 {until}", en="{request}: {name} may read {number} until {until}"
)
REFUSED = Message(zh="{request}：不同意", en="{request}: refused")
RECALLED = Message(zh="{request}：同意已收回", en="{request}: the consent is recalled")
PROXY_GIVEN = Message(
    zh="{proxy}：{since} 至 {until} 由 {taker} 代 {giver} 办理",
    en="{proxy}: {taker} stands in for {giver} from {since} to {until}",
)
PROXY_ENDED = Message(zh="{proxy}：委托已终止", en="{proxy}: ended")
SETTING_UP = Message(
    zh="{count} 个，仍由本机用户 {login} 设置中：任一账号本人办过事后即结束",
    en="{count}, still set up by the user {login}: ends when an account has acted itself",
)
ANYBODY = Message(
    zh="没有：凡能使用本工作区者都可以任何人的名义操作；用 formflow user add 建立",
    en="none: whoever can use this workspace may act in any name; see `formflow user add`",
)
ACCOUNTS = Message(zh="{count} 个", en="{count}")

REQUEST_STATES = {
    "open": Message(zh="待答复", en="open"),
    "consented": Message(zh="已同意", en="consented"),
    "expired": Message(zh="已到期", en="expired"),
    "recalled": Message(zh="已收回", en="recalled"),
    "refused": Message(zh="不同意", en="refused"),
}
"""How a request to read stands."""

WHAT = {
    "show": Message(zh="查看", en="shown"),
    "export": Message(zh="导出", en="exported"),
    "archive": Message(zh="归档件", en="archive copy"),
    "record": Message(zh="待确认记录", en="waiting record"),
    "crop": Message(zh="原图", en="picture"),
}
"""What was read."""

WHY = {
    "role": Message(zh="职责", en="role"),
    "area": Message(zh="所管片区", en="own area"),
    "consent": Message(zh="经同意", en="consent"),
}
"""Why a read was allowed."""

POWERS = {
    "read": Message(zh="查看记录", en="read records"),
    "read_all": Message(zh="查看全部记录", en="read all records"),
    "take_in": Message(zh="提交文件", en="take files in"),
    "settle": Message(zh="处理待确认事项", en="settle what waits"),
    "decide": Message(zh="审批", en="decide on entries"),
    "keep": Message(zh="管理登记簿与归档", en="keep register and archive"),
    "audit": Message(zh="查看查阅记录", en="see who read what"),
    "ask": Message(zh="申请查阅", en="ask to read"),
    "consent": Message(zh="答复查阅申请", en="answer requests to read"),
    "stand_in": Message(zh="委托他人", en="let somebody stand in"),
    "assign": Message(zh="授予角色和片区", en="give roles and areas"),
    "accounts": Message(zh="管理账号", en="keep accounts"),
    "operate": Message(zh="运行维护", en="operate the machine"),
}
"""What a role may do, as it is said of somebody who may not."""

REQUEST = Message(zh="申请", en="Request")

APPLICANT = Message(zh="申请人", en="Applicant")

NUMBER = Message(zh="编号", en="Number")

REASON = Message(zh="事由", en="Reason")

STATE = Message(zh="状态", en="State")

UNTIL = Message(zh="至", en="Until")

ANSWERED_BY = Message(zh="答复人", en="Answered by")

WHEN = Message(zh="时间", en="When")

WHO_HEADING = Message(zh="何人", en="Who")

WHAT_HEADING = Message(zh="方式", en="What")

WHY_HEADING = Message(zh="依据", en="Why")

NOTHING_READ = Message(zh="没有查阅记录", en="nothing was read")

PROXY = Message(zh="委托", en="Proxy")

GIVER = Message(zh="委托人", en="Giver")

TAKER_HEADING = Message(zh="代办人", en="Taker")

FROM = Message(zh="起", en="From")

TO = Message(zh="止", en="To")

FORMS = Message(zh="表单", en="Forms")

ACCOUNT = Message(zh="账号", en="Account")

NAME = Message(zh="姓名", en="Name")

ROLES = Message(zh="角色", en="Roles")

AREAS = Message(zh="片区", en="Areas")

DEPARTMENT = Message(zh="部门", en="Department")

SUPERIOR = Message(zh="上级", en="Superior")

LOGIN = Message(zh="本机用户", en="Login")

RETIRED_ON = Message(zh="停用", en="Retired")

OLD_PASSWORD = Message(zh="原密码", en="Old password")

NEW_PASSWORD = Message(zh="新密码", en="New password")
