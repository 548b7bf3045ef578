"""What the engine says of its worker processes and of the machine."""

from __future__ import annotations

from formflow.messages import Message

TOO_MUCH_TIME = Message(
    zh="用去处理器时间 {used:.1f} 秒，允许 {seconds:.1f} 秒",
    en="it used {used:.1f} s of processor time, {seconds:.1f} are allowed",
)
STALLED = Message(
    zh="在 {wall:.0f} 秒内只用了 {used:.1f} 秒处理器时间，共 {tries} 次",
    en="in {wall:.0f} s it used {used:.1f} s of processor time only, {tries} times",
)
WORKER_DIED = Message(
    zh="工作进程处理此任务时终止，共 {tries} 次", en="the worker died over a job, {tries} time(s)"
)
SUPERVISOR_ENDED = Message(
    zh="工作进程的管理线程意外终止（{caught!r}）",
    en="the supervisor of the worker processes ended unexpectedly ({caught!r})",
)
WORKERS_DO_NOT_START = Message(
    zh="工作进程无法启动，未能读取文件", en="worker processes do not start; the file was not read"
)
WORKER_KILLED = Message(
    zh="处理此文件的工作进程 {tries} 次被系统终止",
    en="the system killed the worker over this file {tries} times",
)
POOL_CLOSED = Message(zh="工作进程已经停止", en="the worker pool is closed")
FILE_IS_TRIED_AGAIN = Message(
    zh="文件保留为“已接收”，稍后自动重试；如持续出现请用 formflow doctor 检查本机",
    en="the file stays received and is tried again; if it goes on, look at this machine with formflow doctor",
)
OFFICE_DOES_NOT_START = Message(
    zh="LibreOffice 未能启动（{detail}）", en="LibreOffice does not start ({detail})"
)
MACHINE_RUN_OUT = Message(zh="本机资源不足（{error}）", en="the machine has run out of something ({error})")
FILES_NOT_WRITTEN = Message(zh="文件写不下：{error}", en="files could not be written: {error}")
WORKERS_CANNOT_START = Message(
    zh="无法启动工作进程：{reason}", en="worker processes cannot be started: {reason}"
)
WORKERS_END_AT_ONCE = Message(
    zh="工作进程启动后随即退出", en="worker processes end as soon as they are started"
)
UNREACHABLE = Message(zh="无法访问 {path}：{reason}", en="{path} cannot be reached: {reason}")
