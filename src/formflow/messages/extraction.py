"""What is said of values as they are found on a form."""

from __future__ import annotations

from formflow.messages import Message

IN_ROW = Message(zh="第{row}行", en="row {row}: ")
ATTACHED_FILES = Message(
    zh="文件内附有{names}，未读取；如需登记，请另存后单独提交。",
    en="Inside the file lies {names}, which was not read; save it by itself to hand it in.",
)
UNREAD_PAGES = Message(
    zh="第{pages}页是图片，本机未安装扫描识别组件，未读取；请对照原件。",
    en="Page {pages} is a picture and was not read, as the scan component is not installed; look at the original.",
)
FILTERED_ROWS = Message(
    zh="工作表“{part}”的筛选隐藏了{rows}行，未读取；如需登记，请清除筛选后重新提交。",
    en="A filter hides {rows} rows of sheet {part}, which were not read; clear it to hand them in.",
)
HIDDEN_CHARACTERS = Message(
    zh="{where}“{label}”中有看不见的字符（控制字符、零宽字符或改变书写方向的字符），已去除。",
    en="{where}{label} held characters that nobody sees (control, zero-width or direction characters); they were removed.",
)
CONFLICT = Message(
    zh="“{label}”出现两次且不一致：“{one}”与“{other}”，请核对。",
    en="{label} stands twice and differs: {one!r} and {other!r}.",
)
LIST_OF_RECORDS = Message(
    zh="“{title}”按一表一件登记，此文件是多件的清单，每行作为一件读入，请逐件核对。",
    en="{title} holds one record, and this file is a list of several; each row was read as one, check each.",
)
TITLE_DIFFERS = Message(
    zh="按指定读作“{title}”，但文件的标题是“{found}”，请核对。",
    en="Read as {title}, as was said, but the title of the file is “{found}”; check it.",
)
OTHER_FORM = Message(
    zh="文件被指为“{title}”，但表上的标题或栏目属于本表单，按本表单读入，请核对。",
    en="The file was said to be {title}, but title or labels are those of this form, as which it was read.",
)
