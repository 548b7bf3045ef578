"""The workspace's settings: `formflow.toml`, overridden by `FORMFLOW_…` from the environment.

Every field carries its explanation in both languages; the reference page is generated from them.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_type_hints
from zoneinfo import ZoneInfo

from formflow.errors import ConfigurationError
from formflow.limits import Limits, option
from formflow.messages import NOTHING, Bilingual, clauses, lines, listed
from formflow.messages import settings as messages

FILE_NAME = "formflow.toml"
PREFIX = "FORMFLOW_"

Folder = Literal["storage", "inbox", "returned", "archive", "schemas", "templates", "layouts", "signatures"]
"""The settings that are folders of a workspace."""

RESERVED = frozenset({"WORKSPACE", "LANG", "USER", "TOKEN"})
"""Environment names with the prefix that belong to the command line, not to the settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a workspace. Relative paths are relative to its folder.

    Attributes:
        workspace: The folder that holds `formflow.toml`; not a key of the file.
    """

    workspace: Path
    company: str = option("", "Company name, printed on documents.", "单位名称，印在各种文书上。")
    department: str = option("", "Department that keeps the registers.", "管理登记簿的部门。")
    fonds: str = option("Z109", "Fonds number, first part of every 档号.", "全宗号，档号的第一部分。")
    organisation: str = option("XSB", "Organisation code in every 档号.", "档号中的机构代码。")
    database: str = option(
        "sqlite:///var/formflow.db",
        "Database URL; a relative SQLite path lies in the workspace.",
        "数据库地址；SQLite 的相对路径以工作区为准。",
    )
    storage: str = option(
        "var/originals", "Folder of the originals, by their SHA-256.", "原件的存放目录（按 SHA-256）。"
    )
    inbox: str = option("inbox", "Folder that is watched for new files.", "收件目录。")
    returned: str = option(
        "returned", "Folder of the notices for forms that go back.", "补正通知书的存放目录。"
    )
    archive: str = option("archive", "Folder of the numbered archive copies.", "归档目录。")
    schemas: str = option("schemas", "Folder of the form definitions.", "表单定义目录。")
    templates: str = option("templates", "Folder of the document templates.", "文书模板目录。")
    layouts: str = option(
        "layouts", "Folder of the empty forms by which filled paper is known.", "已登记空白表版式的目录。"
    )
    signatures: str = option(
        "signatures",
        "Folder of approvers' signatures, NAME.png, printed on documents in place of the name.",
        "审批人签名图片的目录（姓名.png），印在文书上代替姓名。",
    )
    complete_days: int = option(
        7,
        "Days within which a form that goes back is to be completed, printed on its notice; 0 prints none.",
        "补正通知书上写明的补正期限（天）；0 表示不写。",
    )
    stamp: str = option(
        "archive",
        "On PDF copies: archive, the 归档章 of DA/T 22 with the number; or number, the number alone.",
        "PDF 副本上：archive 盖归档章（DA/T 22）并注编号；number 只注编号。",
    )
    renditions: str = option(
        "idle",
        "PDF/A renditions: idle, made by `formflow run` while nothing else waits; or off.",
        "PDF/A 副本：idle 由 formflow run 在空闲时制作；off 不制作。",
    )
    workers: int = option(
        0, "Worker processes; 0 means one for each processor.", "工作进程数；0 表示与处理器数相同。"
    )
    scan_seconds: float = option(
        1.0, "Time between two scans of the inbox, in seconds.", "两次扫描收件目录的间隔（秒）。"
    )
    still_scans: int = option(
        2,
        "Scans over which size and time of a file must stand still before it is taken.",
        "文件的大小和时间在连续几次扫描中不变才接收。",
    )
    timezone: str = option("Asia/Shanghai", "Time zone of receipts and registers.", "收件与登记所用的时区。")
    language: str = option(
        "", "Language of messages, zh or en; empty: by locale.", "提示语言，zh 或 en；空：随系统。"
    )
    calendar: str = option(
        "",
        "File of the department's own working days and days off; empty: the public calendar only.",
        "本单位调休文件；空：仅用法定节假日。",
    )
    worker_jobs: int = option(
        500, "Jobs after which a worker is replaced by a fresh one.", "每个工作进程完成多少件后更换。"
    )
    worker_memory: int = option(
        200_000_000,
        "Memory at which a worker is replaced once its job is done, in bytes.",
        "工作进程占用内存达到多少后更换（字节）。",
    )
    limits: Limits = field(default_factory=Limits)

    def folder(self, name: Folder) -> Path:
        """The absolute path of a folder setting."""
        return self.workspace / str(getattr(self, name))

    @property
    def database_url(self) -> str:
        """The database URL with a relative SQLite path resolved against the workspace."""
        prefix = "sqlite:///"
        if not self.database.startswith(prefix):
            return self.database
        path = self.database.removeprefix(prefix)
        return self.database if path in ("", ":memory:") else f"{prefix}{self.workspace / path}"

    @property
    def worker_count(self) -> int:
        return self.workers or os.cpu_count() or 1


def find_workspace(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that holds a `formflow.toml`.

    Raises:
        ConfigurationError: There is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise ConfigurationError(
        messages.NO_WORKSPACE(file=FILE_NAME, folder=start),
        code="no-workspace",
        remedy=messages.LAY_OUT_OR_NAME(),
    )


def load_settings(workspace: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of a workspace.

    Args:
        workspace: Folder that holds `formflow.toml`.
        environ: The environment; None means the process's own.
    Raises:
        ConfigurationError: The file is not TOML, or a key or value is wrong; every problem is listed.
    """
    path = workspace / FILE_NAME
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigurationError(
            messages.NO_FILE(file=FILE_NAME, folder=workspace), code="no-workspace", remedy=messages.LAY_OUT()
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(messages.NOT_TOML(path=path, error=error), code="settings") from None
    problems: list[Bilingual] = []
    values = _checked(Settings, given, FILE_NAME, "", problems)
    _override(values, os.environ if environ is None else environ, problems)
    settings = None if problems else _build(workspace.resolve(), values)
    problems += [] if settings is None else list(_out_of_range(settings))
    if problems or settings is None:
        raise ConfigurationError(lines(problems), code="settings")
    return settings


def describe(owner: type = Settings, prefix: str = "") -> Iterator[tuple[str, str, Any, str, str]]:
    """Every key as (key, type, default, English, Chinese), for the reference page."""
    hints = get_type_hints(owner)
    for entry in _keys(owner):
        if is_dataclass(hints[entry.name]):
            yield from describe(hints[entry.name], f"{prefix}{entry.name}.")
        else:
            default = None if entry.default is MISSING else entry.default
            yield (
                prefix + entry.name,
                hints[entry.name].__name__,
                default,
                entry.metadata["en"],
                entry.metadata["zh"],
            )


def _keys(owner: type) -> list[Field[Any]]:
    return [entry for entry in fields(owner) if entry.name != "workspace"]


def _checked(
    owner: type, given: Mapping[str, Any], where: str, prefix: str, problems: list[Bilingual]
) -> dict[str, Any]:
    hints = get_type_hints(owner)
    known = [entry.name for entry in _keys(owner)]
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            problems.append(_unknown(where, repr(prefix + key), _nearest(key, known)))
        elif is_dataclass(hints[key]):
            if isinstance(value, Mapping):
                values[key] = _checked(hints[key], value, where, f"{prefix}{key}.", problems)
            else:
                problems.append(messages.IS_TABLE(where=where, key=key))
        elif not _fits(value, hints[key]):
            expected = messages.TYPES[hints[key].__name__]()
            setting = f"{prefix}{key} = {value!r}"
            problems.append(messages.IN_FILE(where=where, setting=setting, expected=expected))
        else:
            values[key] = float(value) if hints[key] is float else value
    return values


def _override(values: dict[str, Any], environ: Mapping[str, str], problems: list[Bilingual]) -> None:
    types = {key.upper().replace(".", "_"): (key, kind) for key, kind, *_ in describe()}
    for variable, text in sorted(environ.items()):
        name = variable.removeprefix(PREFIX)
        if name == variable or name in RESERVED:
            continue
        if name not in types:
            near = _nearest(name, list(types), PREFIX)
            problems.append(_unknown(messages.ENVIRONMENT(), variable, near))
            continue
        key, kind = types[name]
        try:
            value = {"int": int, "float": float, "str": str}[kind](text)
        except ValueError:
            expected = messages.TYPES[kind]()
            setting = f"{variable}={text!r}"
            problems.append(
                messages.IN_FILE(where=messages.ENVIRONMENT(), setting=setting, expected=expected)
            )
            continue
        table, _, leaf = key.rpartition(".")
        (values.setdefault(table, {}) if table else values)[leaf] = value


def _build(workspace: Path, values: dict[str, Any]) -> Settings:
    limits = Limits(**values.pop("limits", {}))
    return Settings(workspace=workspace, limits=limits, **values)


_POSITIVE = ("scan_seconds", "still_scans", "worker_jobs", "worker_memory")


def _out_of_range(settings: Settings) -> Iterator[Bilingual]:
    choices = {"language": ("zh", "en", ""), "stamp": ("archive", "number"), "renditions": ("idle", "off")}
    for name, allowed in choices.items():
        value = getattr(settings, name)
        if value not in allowed:
            known = listed(
                [*map(repr, filter(None, allowed)), *([messages.NOTHING_SET()] if "" in allowed else [])]
            )
            yield messages.ONE_OF(setting=f"{name} = {value!r}", known=known)
    if settings.workers < 0:
        yield messages.TOO_FEW_WORKERS(count=settings.workers)
    for name, value in (
        *((name, getattr(settings, name)) for name in _POSITIVE),
        *((f"limits.{entry.name}", getattr(settings.limits, entry.name)) for entry in _keys(Limits)),
    ):
        if value <= 0:
            yield messages.NOT_POSITIVE(setting=f"{name} = {value}")
    try:
        ZoneInfo(settings.timezone)
    except (ValueError, OSError, LookupError):
        yield messages.TIMEZONE(name=settings.timezone)


def _fits(value: Any, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))


def _unknown(where: str | Bilingual, key: str, near: Bilingual) -> Bilingual:
    return clauses(messages.NO_SETTING(where=where, key=key), near)


def _nearest(key: str, known: list[str], prefix: str = "") -> Bilingual:
    near = get_close_matches(key, known, n=1, cutoff=0.5)
    return messages.DID_YOU_MEAN(name=prefix + near[0]) if near else NOTHING
