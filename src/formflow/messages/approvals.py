"""What is said to whoever decides on an entry."""

from __future__ import annotations

from formflow.messages import Message

GIVE_COMMENT = Message(zh="请用 --comment 写明", en="give it with --comment")
NO_APPROVAL = Message(zh="{title}不设审批（{number}）", en="{title} has no approval ({number})")
VOID_NOT_APPROVED = Message(zh="{number} 已作废，不能审批", en="{number} is void and cannot be approved")
APPROVAL_ENDED = Message(
    zh="{number} 的审批已于 {when} 由 {by} 结束（{ended}）",
    en="the approval of {number} was ended by {by} at {when} ({ended})",
)
ANOTHER_ROLES_TURN = Message(
    zh="{number} 现在轮到 {role}，不是 {other}", en="it is {role}'s turn at {number}, not {other}'s"
)
ROLE_MAY_ONLY = Message(zh="{role} 这一步只能：{decides}", en="{role} may only: {decides}")
OWN_FORM = Message(zh="{by} 不能审批本人提交的 {number}", en="{by} cannot decide on {number}, their own form")
DECIDED_ALREADY = Message(
    zh="{by} 已作为 {role} 审批过 {number}，每人只能审批一步",
    en="{by} has decided on {number} already, as {role}: one person, one step",
)
NO_REASON = Message(zh="退回或不予批准须写明理由", en="to return or reject needs a reason")
APPROVED_AGAINST_RULES = Message(
    zh="{number} 的核对结果为“{found}”，批准须写明理由",
    en="the rules say {found} of {number}; to approve it all the same needs a reason",
)
STEP_JUST_DECIDED = Message(
    zh="{number} 的第 {seen} 步刚由 {by} 决定，现在是第 {index} 步（{role}）",
    en="step {seen} of {number} was just decided by {by}; now it is step {index} ({role})",
)
LET_ANOTHER_DECIDE = Message(
    zh="请由另一人审批；确需一人兼任时在表单的 approval 该步写 again: true",
    en="let another person decide; where one holds both posts, write again: true at the form's step",
)
LOOK_DECIDE_ANEW = Message(zh="请查看后重新决定", en="look at it and decide anew")
