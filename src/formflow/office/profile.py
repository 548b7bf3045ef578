"""The private profile: no macros, no links, no network, nothing of the user's own office."""

from __future__ import annotations

from pathlib import Path

from formflow.office.fonts import installed, replacement_items, replacements

_NOWHERE = "127.0.0.1"
_DISCARD = 9
"""The discard port: whatever still asks for the network is refused at once."""

_SETTINGS: tuple[tuple[str, str, str | int | bool], ...] = (
    # Macros: none, of whatever source, and nothing that acts like one.
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", True),
    ("/org.openoffice.Office.Common/Security/Scripting", "CheckDocumentEvents", True),
    # Links to other files and servers: never followed. 2 is "never" (Writer and Calc alike).
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", 2),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", 2),
    # The network: a proxy that is not there (2 is "manual").
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", 2),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", _NOWHERE),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", _DISCARD),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", _NOWHERE),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", _DISCARD),
    ("/org.openoffice.Inet/Settings", "ooInetFTPProxyName", _NOWHERE),
    ("/org.openoffice.Inet/Settings", "ooInetFTPProxyPort", _DISCARD),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", False),
    # What the writer of the file saw is what is read: values as they were stored, not computed anew (1 is "never").
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", 1),
    ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", 1),
    # Files come from Chinese offices whatever the server's locale is.
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
    ("/org.openoffice.Office.Linguistic/General", "DefaultLocale_CJK", "zh-CN"),
    # The lock file tells when the document that is kept open is open (see `resident`).
    ("/org.openoffice.Office.Common/Misc", "UseDocumentSystemFileLocking", True),
    ("/org.openoffice.Office.Common/Misc", "UseDocumentOOoLockFile", True),
    # Nobody is there to be asked.
    ("/org.openoffice.Office.Common/Misc", "FirstRun", False),
    ("/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", False),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", False),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", False),
)


def write_profile(folder: Path) -> None:
    """Write a fresh profile into a folder that does not exist yet."""
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{_text(value)}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        + items
        + replacement_items(replacements(installed()))
        + "</oor:items>\n",
        encoding="utf-8",
    )


def _text(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
