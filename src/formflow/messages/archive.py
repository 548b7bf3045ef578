"""What the archive says: its bags, the examination of the four properties, the hand-over."""

from __future__ import annotations

from formflow.messages import Message

COUNTED = Message(zh="{counts}：{told}", en="{counts}: {told}")
FILE_MISSING = Message(zh="{name}：缺失", en="{name}: missing")
FILE_CHANGED = Message(zh="{name}：已被改动", en="{name}: changed")
FILE_UNKNOWN = Message(zh="{name}：不在清单中", en="{name}: unknown")
FILE_UNREADABLE = Message(zh="{name}：无法读取", en="{name}: unreadable")
FILE_IS_LINK = Message(zh="{name}：是链接", en="{name}: link")
FILE_NOT_SEALED = Message(zh="{name}：与封签不符", en="{name}: not the one that was sealed")
OF_ENTRY = Message(zh="{number}：{said}", en="{number}: {said}")
ARCHIVE_NOT_WRITABLE = Message(
    zh="无法写入归档文件夹 {root}：{error}", en="the archive folder {root} cannot be written to: {error}"
)
ARCHIVE_DISK_FULL = Message(
    zh="归档文件夹所在磁盘已满：{root}", en="the disk of the archive folder {root} is full"
)
CHECK_DISK_AND_PERMISSIONS = Message(
    zh="请检查磁盘与权限，随后会自动补做",
    en="check the disk and its permissions; it is made up for by itself afterwards",
)
FREE_SOME_SPACE = Message(
    zh="请清理磁盘，登记不受影响，随后会自动补做",
    en="free some space; entries are safe, and the copies are made by themselves afterwards",
)
RESTORE_OR_MOVE_FOLDER = Message(
    zh="请从备份恢复该文件夹，或移走后重新制作",
    en="restore the folder from a backup, or move it away and have it made anew",
)
BAG_OF_ANOTHER_ENTRY = Message(
    zh="{path} 已有另一件的归档包，与登记 {number} 不符",
    en="{path} holds the bag of another entry than {number}",
)
ORIGINAL_CHANGED = Message(
    zh="{number} 的原件内容与登记的摘要不符",
    en="the original of {number} does not have the digest that was entered",
)
CHECK_WHICH_DATABASE = Message(
    zh="归档文件夹可能属于另一个数据库，请核对 formflow.toml",
    en="the archive may belong to another database; check formflow.toml",
)
RESTORE_ORIGINAL = Message(zh="请从备份恢复原件", en="restore the original from a backup")
AUTHENTICITY = Message(zh="真实性", en="Authenticity")
INTEGRITY = Message(zh="完整性", en="Integrity")
USABILITY = Message(zh="可用性", en="Usability")
SECURITY = Message(zh="安全性", en="Security")
PASSED = Message(zh="通过", en="passed")
FAILED = Message(zh="不通过", en="failed")
NOT_CHECKED = Message(zh="未检测", en="not checked")
CHECKED = Message(zh="检测 {counted} 件", en="{counted} checked")
CHECK_CHAIN = Message(zh="固化信息有效性：登记与审计链", en="Fixity of the register and its audit chain")
CHECK_SEALS = Message(zh="归档信息包真实性：封签与制作时一致", en="Packages are those that were sealed")
CHECK_ORIGINALS = Message(
    zh="内容数据真实性：原件摘要与登记一致", en="Originals have the digest that was registered"
)
CHECK_METADATA = Message(zh="元数据准确性：record.json 与登记一致", en="Metadata agree with the register")
CHECK_IDENTITY = Message(zh="元数据与内容的关联：包的标识即登记号", en="Packages name their entry")
CHECK_COUNT = Message(
    zh="总件数相符性：登记与归档包一一对应", en="Entries and packages correspond one to one"
)
ENTRIES_AND_PACKAGES = Message(
    zh="登记 {entries} 件，归档包 {bags} 个", en="{entries} entries, {bags} packages"
)
CHECK_CONTINUITY = Message(zh="件号连续性：各登记簿自 1 起无缺号", en="Serials run from 1 without a gap")
CHECK_CONTENT = Message(
    zh="内容数据完整性：清单所列文件齐全未变", en="Every file of the manifests is there, unchanged"
)
CHECK_REQUIRED = Message(zh="元数据必填著录项目齐全", en="Required metadata are there")
CHECK_DESCRIPTION = Message(zh="归档信息包著录完整（bag-info）", en="Packages are described (bag-info)")
CHECK_RECORD = Message(zh="元数据可读性：record.json 可解析", en="Metadata can be parsed")
CHECK_READABLE = Message(
    zh="内容数据可读性：原件格式可识别、未加密", en="Originals are of a known kind, not encrypted"
)
CHECK_PACKAGE = Message(
    zh="归档信息包可用性：符合 BagIt（RFC 8493）", en="Packages are BagIt bags (RFC 8493)"
)
CHECK_PROCESS = Message(zh="归档文件夹不是人人可写", en="The archive is not writable by everybody")
CHECK_VIRUSES = Message(zh="病毒与恶意代码", en="Viruses")
USE_ANTIVIRUS = Message(zh="请用防病毒软件检测", en="to be checked with antivirus software")
CHECK_CARRIERS = Message(zh="载体安全性", en="Carriers")
CARRIERS_CHECKED_APART = Message(zh="离线载体须另行检测", en="offline carriers are checked apart")
WRONG = Message(zh="{failed} 处不符", en="{failed} wrong")
CHECK_SIGNATURES = Message(zh="电子签名有效性", en="Digital signatures")
SIGNATURES_NOT_VERIFIED = Message(
    zh="formflow 不验证文件内的电子签名", en="formflow does not verify digital signatures inside files"
)
CHECK_FORMAT = Message(zh="长期保存格式（PDF/A-2b）", en="Long-term format (PDF/A-2b)")
CHECK_RENDERING = Message(zh="内容逐页显示", en="Rendering of every page")
SAMPLE_BY_HAND = Message(zh="须由人抽查", en="to be sampled by a person")
NOTHING_TO_CHECK = Message(zh="没有可检测的内容", en="there was nothing to check")
RENDITIONS = Message(zh="{made} 件有 PDF/A 副本", en="{made} with a PDF/A rendition")
WITHOUT_NOT_CHECKED = Message(zh="{missing} 件没有，未检测", en="{missing} without, not checked")
TARGET_EXISTS = Message(zh="{target} 已存在，未覆盖", en="{target} is there already; nothing was overwritten")
NOTHING_TO_HAND_OVER = Message(zh="{year} 年度没有可移交的登记", en="there is nothing of {year} to hand over")
NO_BAG_YET = Message(zh="{number} 还没有归档包", en="{number} has no bag yet")
CHECK_YEAR_SERIES = Message(zh="请核对 --year 与 --series", en="check --year and --series")
HAND_OVER_FAILED = Message(
    zh="移交未完成（{target}）：{error}", en="the hand-over was not finished ({target}): {error}"
)
RUN_PROCESS_FIRST = Message(
    zh="请先运行 formflow process inbox 补做", en="run `formflow process inbox` first to have it made"
)
BAG_DAMAGED = Message(zh="归档包 {path} 已损坏：{faults}", en="bag {path} is damaged: {faults}")
CHECK_SPACE_AND_PERMISSIONS = Message(zh="请检查磁盘空间与权限", en="check space and permissions of the disk")
BAG_FAULT = Message(zh="归档包 {name} 已损坏：{error}", en="bag {name} is damaged: {error}")
RESTORE_FOLDER = Message(zh="请从备份恢复该文件夹", en="restore the folder from a backup")
SHARED_ORIGINAL_CHANGED = Message(
    zh="{path} 所指的原件与登记 {number} 的摘要不符",
    en="the original that {path} points to does not have the digest of entry {number}",
)
ARCHIVE_NOT_LISTED = Message(
    zh="无法查看归档文件夹 {folder}：{reason}", en="the archive folder {folder} cannot be listed: {reason}"
)
CHECK_DISK_BEFORE_NUMBERING = Message(
    zh="请检查磁盘与权限；归档未核对前不登记新号",
    en="check disk and permissions; no number is given before the archive has been looked at",
)
NO_ENTRY_FOR_BAG = Message(zh="登记簿中没有这个归档包的登记", en="the register has no entry for this bag")
BAG_NOT_WHOLE = Message(zh="归档包不完好：{fault}", en="the bag is not whole: {fault}")
BAG_CHANGED = Message(zh="归档包与制作时的封签不符，曾被改动", en="the bag is not the one that was sealed")
BAG_HOLDS_OTHER_ORIGINAL = Message(
    zh="归档包中的原件不是 {number} 的原件", en="the original in the bag is not that of {number}"
)
BAG_HOLDS_OTHER_RECORD = Message(
    zh="record.json 与登记 {number} 不一致", en="record.json does not say what the register says of {number}"
)
SHARED_BAG_CHANGED = Message(
    zh="共用归档包 {named} 与登记时的封签不符，曾被改动",
    en="the shared bag {named} is not the one that was sealed",
)
BAG_LOST = Message(zh="{number} 的归档包已制作过，但现在不在", en="the bag of {number} was made and is gone")

NO_ARCHIVE_COPY = Message(
    zh="{number} 还没有归档件",
    en="no archive copy of {number}",
)
