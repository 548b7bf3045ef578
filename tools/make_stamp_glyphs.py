"""Writes the outlines that the PDF stamp is drawn with: `python tools/make_stamp_glyphs.py FONT.ttc [FOLDER]`.

FONT is Noto Sans CJK (SIL Open Font License 1.1; Debian package fonts-noto-cjk, NotoSansCJK-Regular.ttc), of which
the Simplified Chinese face is taken. Needs fonttools, which formflow itself does not: the outlines of the characters
below are written as PDF path operators, one line a character: character, advance and path in 1/1000 em.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTCollection

ASCII = "".join(map(chr, range(0x20, 0x7F)))
SIGNS = "·—–…、。，：；（）〔〕［］【】《》「」〇№×÷°±　￥¥／－～ⅠⅡⅢⅣⅤ①②③④⑤⑥⑦⑧⑨⑩"
# What numbers, stamps and the names of offices are written with; anything else falls back to the viewer's own font.
WORDS = """
全宗号 年度 件号 机构 问题 保管期限 页数 永久 定期 短期 长期 归档章 归档号 档案 门类 登记号 登记簿 编号 复印件 正本 副本
第 行 共 补登 更正 作废 收传 发传 收文 发文 来文 去文 函件 传真 文书 文件 原件 受控 科技 会计 声像 实物 照片 电子 专业
客户 投诉 开发 新客户 认定 申请 审批 通知 处理单 回访 接待 跟进 满意 调查 评价 报告 查阅 立项 拜访 发票 索赔 寄送
有限责任公司 股份 集团 总公司 分公司 子公司 工厂 车间 班组 商店 门市 支行 事务所 研究院 设计 学校 医院 协会 基金 中心
办公室 综合 行政 人事 人力资源 财务 会计 审计 法务 法规 合规 风险 控制 市场 营销 销售 业务 采购 供应 物流 仓储 运输
生产 技术 质量 检验 检测 安全 环境 保护 健康 设备 动力 工程 基本建设 信息 网络 软件 产品 项目 管理 计划 经营 企划 战略
投资 证券 合同 秘书 党委 党群 工会 共青团 纪检 监察 组织 宣传 统战 老干部 离退休 后勤 保卫 消防 武装 培训 教育 客服
服务 维修 售前售中售后 商务 贸易 进出口 国际 国内 外事 电力 化工 石油 天然气 煤炭 钢铁 机械 汽车 船舶 航空 铁路 港口
能源 材料 医药 食品 农业 林业 水利 房地产 建筑 装饰 土木 交通 通信 金融 保险 银行 税务 海关 工商 公安 司法 民政 卫生
东南西北中 华东华南华北 上下内外 左右前后 大小高低 一二三四五六七八九十百千万亿零〇两 甲乙丙丁戊己庚辛壬癸 片区 区域
省市县区乡镇村街道路州 北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南
广东 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 内蒙古 香港 澳门 台湾 深圳 广州 珠海 汕头 佛山 惠州 东莞
茂名 湛江 武汉 长沙 郑州 成都 西安 南京 杭州 苏州 无锡 宁波 温州 厦门 青岛 大连 沈阳 粤西 川渝 京津冀 长三角 月日时分
组 部 科 室 处 局 厅 委 办 所 站 队 库 线 段 厂 院 系 司 署 会 社 台 园 馆 类 级 款 条 项 目 卷 册 盒 份 张 次 批
"""


class PathPen(BasePen):  # type: ignore[misc]
    """Draws a glyph as PDF path operators."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _moveTo(self, point: tuple[float, float]) -> None:
        self._add("m", point)

    def _lineTo(self, point: tuple[float, float]) -> None:
        self._add("l", point)

    def _curveToOne(self, *points: tuple[float, float]) -> None:
        self._add("c", *points)

    def _closePath(self) -> None:
        self.operators.append("h")

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        numbers = " ".join(str(round(number)) for point in points for number in point)
        self.operators.append(f"{numbers} {operator}")


def main(font: Path, folder: Path) -> None:
    face = next(f for f in TTCollection(font).fonts if f["name"].getDebugName(6) == "NotoSansCJKsc-Regular")
    names, glyphs = face.getBestCmap(), face.getGlyphSet()
    lines = []
    for character in sorted({*ASCII, *SIGNS, *"".join(WORDS.split())}):
        if ord(character) in names:
            pen = PathPen(glyphs)
            glyph = glyphs[names[ord(character)]]
            glyph.draw(pen)
            lines.append(f"{character}\t{round(glyph.width)}\t{' '.join(pen.operators)}\n")
    target = folder / "stamp-glyphs.tsv.gz"
    target.write_bytes(gzip.compress("".join(lines).encode("utf-8"), compresslevel=9, mtime=0))
    print(f"{target}: {len(lines)} glyphs, {target.stat().st_size} bytes")


if __name__ == "__main__":
    here = Path(__file__).parent.parent / "src" / "formflow" / "documents" / "fonts"
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else here)
