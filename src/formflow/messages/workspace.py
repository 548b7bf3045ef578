"""What is said where a workspace is laid out."""

from __future__ import annotations

from formflow.messages import Message

NOT_LAID_OUT = Message(
    zh="工作区没有建成：{what}",
    en="the workspace was not laid out: {what}",
)

FOLDER_NOT_EMPTY = Message(
    zh="{folder} 中已有 {taken}，未作任何改动",
    en="{folder} already holds {taken}; nothing was changed",
)

CHECK_SPACE_AND_RETRY = Message(
    zh="请检查磁盘空间与权限，删除已建的部分后重试",
    en="check space and permissions, remove what was laid out, try again",
)

SHIPPED_FILES_MISSING = Message(
    zh="formflow 自带的工作区文件缺失：{paths}",
    en="files of the workspace that formflow ships are missing: {paths}",
)

CHOOSE_ANOTHER_FOLDER = Message(
    zh="请另选文件夹，或先把它们移走",
    en="choose another folder, or move these away first",
)

INSTALL_AGAIN = Message(
    zh="请重新安装 formflow",
    en="install formflow again",
)
