"""What is said of a file that cannot be read. The remedy is for the person who dropped it."""

from __future__ import annotations

from collections.abc import Mapping

from formflow.messages import Message

READ_ERRORS: Mapping[str, Message] = {
    "empty": Message(
        "文件是空的（0 字节）。请确认文件已复制完整，再重新放入。",
        "The file is empty (0 bytes). Check that it was copied whole and drop it again.",
    ),
    "unreadable": Message(
        "无法打开文件：没有读取权限、文件已被移走，或磁盘出错。请检查后重新放入。",
        "The file cannot be opened: no permission, it has been moved away, or the disk fails. Check that and drop it again.",
    ),
    "encrypted": Message(
        "文件有打开密码，无法读取。请去掉密码另存后重新放入。",
        "The file is protected by a password. Save it without the password and drop it again.",
    ),
    "corrupt": Message(
        "文件已损坏或内容与格式不符，无法读取。请用原程序打开并另存后重新放入。",
        "The file is damaged or is not what its format says. Open it in its own program, save it anew and drop it again.",
    ),
    "too-large": Message(
        "文件展开后超过允许的大小，未读取。请拆分后重新放入，或请管理员调整限额。",
        "The file is larger than allowed once unpacked and was not read. Split it, or ask the administrator to raise the limit.",
    ),
    "unsupported": Message(
        "不支持此种文件。可读取 Word（.docx .doc .rtf .odt、金山 WPS 的 .wps）、Excel（.xlsx .xls .et .xlsb .ods .csv）、PDF、图片（.jpg .png .tif .bmp .gif .webp；手机照片 .heic .avif 请先另存为 JPEG），以及装有这些文件的 .zip 和邮件（.eml .msg）。请另存为其中一种后重新放入。",
        "This kind of file cannot be read. Word (.docx .doc .rtf .odt, Kingsoft's .wps), Excel (.xlsx .xls .et .xlsb .ods .csv), PDF, pictures (.jpg .png .tif .bmp .gif .webp; save a phone's .heic or .avif as JPEG first), and .zip or mail (.eml .msg) with such files can be; save it as one of them and drop it again.",
    ),
    "too-deep": Message(
        "压缩包或邮件一层套一层，超过 3 层，最里面的文件未读取。请解开后把文件直接放入。",
        "Archives or mails are nested inside one another more than 3 deep; what is innermost was not read. Unpack them and drop the files themselves.",
    ),
    "encoding": Message(
        "无法判断文字的编码，未读取。请另存为 UTF-8（Excel 中选择“CSV UTF-8（逗号分隔）”）后重新放入。",
        "The encoding of the text cannot be told, so it was not read. Save it as UTF-8 (in Excel: CSV UTF-8) and drop it again.",
    ),
    "xfa": Message(
        "这是动态 XFA 表单，内容由 Adobe 程序生成，文件本身没有可读的页面。请用 Adobe Reader 打开，打印为 PDF 后重新放入。",
        "This is a dynamic XFA form: its pages are made by Adobe's program and are not in the file. Open it in Adobe Reader, print it to PDF and drop that.",
    ),
    "no-office": Message(
        "读取此格式需要 LibreOffice，本机未安装。请管理员安装（如 apt install libreoffice-writer-nogui libreoffice-calc-nogui），或另存为 .docx / .xlsx 后重新放入。",
        "This format needs LibreOffice, which is not installed here. Ask the administrator to install it (apt install libreoffice-writer-nogui libreoffice-calc-nogui), or save the file as .docx or .xlsx and drop it again.",
    ),
    "no-text": Message(
        "文件中没有可读取的文字（可能是扫描件）。请提供电子版，或请管理员安装扫描识别组件（在 formflow 源码文件夹中运行 pip install '.[scan]'）。",
        "The file holds no text that can be read (a scan, perhaps). Supply the digital form, or ask the administrator to install the scan component (pip install '.[scan]' in formflow's source folder).",
    ),
    "mixed": Message(
        "同一扫描件中既有签回的审批件，又有新的表单，未读取任何一份。请将两者分开扫描后重新放入。",
        "The scan holds signed papers that came back and new forms as well; none was taken. Scan the two apart and drop them again.",
    ),
    "timeout": Message(
        "读取超过允许的时间，已停止。请用原程序打开并另存后重新放入。",
        "Reading took longer than allowed and was stopped. Open it in its own program, save it anew and drop it again.",
    ),
    "stalled": Message(
        "读取长时间没有进展，已停止：机器可能过于繁忙，或文件使读取程序停住。请稍后重新放入；如再次出现请联系管理员。",
        "Reading made no progress for a long time and was stopped: the machine may be too busy, or the file keeps the reader waiting. Drop it again later; tell the administrator if it recurs.",
    ),
    "crashed": Message(
        "读取时程序异常终止，文件已隔离。请另存后重新放入；如再次出现请联系管理员。",
        "The reader stopped unexpectedly and the file was set aside. Save it anew and drop it again; tell the administrator if it recurs.",
    ),
}
"""Code of a `ReadError` → what is so, and what to do."""
