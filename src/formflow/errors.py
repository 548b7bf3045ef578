"""What can go wrong with a run. Wrong paper is not here: that is a `Finding`, a value a person settles.

Every error says what is so, what was expected and what to do next, and owns the exit code of the
command that meets it.
"""

from __future__ import annotations

from typing import ClassVar


class FormflowError(Exception):
    """Base of every error that formflow raises on purpose.

    Attributes:
        code: A short, stable word for machines (`encrypted`, `no-such-form`).
        message: What is so and what was expected, for a person.
        remedy: What to do next; may be empty when the message says it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, code: str = "error", remedy: str = "") -> None:
        super().__init__(message if not remedy else f"{message}; {remedy}")
        self.code = code
        self.message = message
        self.remedy = remedy


class UsageError(FormflowError):
    """The command line, or the state it asks to change, does not allow this."""

    exit_code = 2


class ConfigurationError(FormflowError):
    """formflow.toml, a form definition or a template is wrong."""

    exit_code = 3


class SchemaError(ConfigurationError):
    """A form definition is wrong; carries every problem found, not only the first."""


class TemplateError(ConfigurationError):
    """An output template is wrong, or does not fit the form it belongs to."""


class CalendarError(FormflowError):
    """The working-day calendar does not cover a day that was asked for."""

    exit_code = 3


class StoreError(FormflowError):
    """The database or the storage cannot be reached, or refuses."""

    exit_code = 6


class IntegrityError(FormflowError):
    """A register, chain or archive is not what it was."""

    exit_code = 5


# A file that cannot be read. The remedy is for the person who dropped it, so it is said in both languages.
READ_ERRORS: dict[str, tuple[str, str]] = {
    "empty": (
        "文件是空的（0 字节）。请确认文件已复制完整，再重新放入。",
        "The file is empty (0 bytes). Check that it was copied whole and drop it again.",
    ),
    "encrypted": (
        "文件有打开密码，无法读取。请去掉密码另存后重新放入。",
        "The file is protected by a password. Save it without the password and drop it again.",
    ),
    "corrupt": (
        "文件已损坏或内容与格式不符，无法读取。请用原程序打开并另存后重新放入。",
        "The file is damaged or is not what its format says. Open it in its own program, save it anew and drop it again.",
    ),
    "too-large": (
        "文件展开后超过允许的大小，未读取。请拆分后重新放入，或请管理员调整限额。",
        "The file is larger than allowed once unpacked and was not read. Split it, or ask the administrator to raise the limit.",
    ),
    "unsupported": (
        "不支持此种文件。请另存为 .docx、.xlsx、.csv 或可选中文字的 .pdf 后重新放入。",
        "This kind of file cannot be read. Save it as .docx, .xlsx, .csv or a .pdf with text and drop it again.",
    ),
    "no-text": (
        "文件中没有可读取的文字（可能是扫描件）。请提供电子版，或安装扫描识别组件。",
        "The file holds no text that can be read (a scan, perhaps). Supply the digital form, or install the scan component.",
    ),
    "timeout": (
        "读取超过允许的时间，已停止。请用原程序打开并另存后重新放入。",
        "Reading took longer than allowed and was stopped. Open it in its own program, save it anew and drop it again.",
    ),
    "crashed": (
        "读取时程序异常终止，文件已隔离。请另存后重新放入；如再次出现请联系管理员。",
        "The reader stopped unexpectedly and the file was set aside. Save it anew and drop it again; tell the administrator if it recurs.",
    ),
}


class ReadError(FormflowError):
    """A file that cannot be read.

    Args:
        code: A key of `READ_ERRORS`.
        detail: What exactly was met, for the log (`zip member word/document.xml: 2 GB`).
    """

    exit_code = 4

    def __init__(self, code: str, detail: str = "") -> None:
        self.chinese, self.english = READ_ERRORS[code]
        super().__init__(self.chinese, code=code)
        self.detail = detail

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str]]:
        return (type(self), (self.code, self.detail))
