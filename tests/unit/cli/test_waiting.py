"""What a reviewer is told that each word will do, and what no longer waits for its sender."""

from __future__ import annotations

import pytest

HEAD = "收文日期,来文单位,来文号,主题,页数,片区,交付日期"
ROW = "2026年3月2日,佛山市宏达化工有限公司,宏函〔2026〕2号,{subject},{pages},华南,2026年3月2日"
COMPLAINT = "客户投诉记录,\n投诉日期,2026年3月3日\n客户名称,佛山市宏达化工有限公司\n产品名称,树脂\n投诉类别,交货\n投诉内容,到货延误\n"


@pytest.fixture
def drop(line):
    def put(name: str, text: str):
        (line.folder / name).write_text(text, encoding="utf-8")
        return line.lines("process", str(line.folder / name))[0]

    return put


@pytest.mark.parametrize(
    ("lang", "told"),
    [("zh", "另立一条更正 收传〔2026〕1号 的登记，取新号"), ("en", "enter a correction of 收传〔2026〕1号")],
)
def test_accepting_a_changed_row_is_told_to_take_a_number_of_its_own(line, drop, lang, told):
    drop("a.csv", f"收传真登记簿\n{HEAD}\n{ROW.format(subject='货款', pages=3)}\n")
    drop("b.csv", f"收传真登记簿\n{HEAD}\n{ROW.format(subject='货款', pages=4)}\n")
    (waits,) = line.lines("review", "list")
    shown = line.run("review", "show", waits["record"], lang=lang).out

    assert told in shown
    assert "原号不变" not in shown


def test_a_settled_record_has_no_way_out_to_show(line, drop):
    drop("a.csv", COMPLAINT + "记录人,李明\n")
    (entry,) = line.lines("register", "list")
    shown = line.run("review", "show", line.lines("register", "show", entry["number"])[0]["record"])

    assert 0 == shown.status
    assert "review accept" not in shown.out


def test_a_returned_form_leaves_the_list_once_its_completed_form_has_a_number(line, drop):
    assert "returned" == drop("缺.csv", COMPLAINT)["status"]
    (waits,) = line.lines("review", "list", "--returned")
    drop("补.csv", COMPLAINT + "记录人,李明\n")

    assert [] == line.lines("review", "list", "--returned")
    assert "TS-20" in line.run("review", "show", waits["record"], lang="zh").out.split("已补正，登记为")[1]
