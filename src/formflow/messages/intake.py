"""What the inbox says of files that are not taken."""

from __future__ import annotations

from formflow.messages import Message

NO_QUARANTINE = Message(
    zh="{folder} 应是文件夹，用来放无法读取的文件",
    en="{folder} is to be the folder of what cannot be read, and is none",
)
IS_LINK = Message(zh="符号链接不会被读取", en="a symbolic link is not followed")
PUT_FILE_ITSELF = Message(zh="请放入文件本身", en="put the file itself there")
FOLDERS_TOO_DEEP = Message(
    zh="文件夹嵌套超过 {most} 层，其中的文件未读取",
    en="more than {most} folders inside one another: not looked into",
)
MOVE_FURTHER_UP = Message(zh="请把文件移到上层文件夹", en="move its files further up")
NO_FILE = Message(
    zh="不是文件（管道、套接字或设备），不会被读取", en="no file but a pipe, a socket or a device: not read"
)
TAKE_AWAY = Message(zh="请移走", en="take it away")
STILL_CHANGING = Message(zh="文件仍在变化，暂不接收", en="the file is still changing; it is not taken yet")
LOOKS_CUT_OFF = Message(
    zh="文件似乎尚未复制完整（结尾缺失），暂不接收",
    en="the file looks cut off, as if it was still being copied; it is not taken yet",
)
PROCESS_AGAIN = Message(zh="请稍后再处理一次", en="process it again in a few seconds")
STILL_OPEN = Message(
    zh="文件仍被其他程序打开写入，暂不接收",
    en="another program still holds the file open for writing; it is not taken yet",
)
PROCESS_ONCE_CLOSED = Message(zh="写完关闭后再处理", en="process it once it is closed")
CANNOT_OPEN = Message(zh="无法打开：{reason}", en="cannot be opened: {reason}")
GIVE_RIGHT_TO_READ = Message(
    zh="请给予读取权限，或移走", en="give formflow the right to read it, or take it away"
)
