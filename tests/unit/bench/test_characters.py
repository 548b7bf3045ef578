"""What counts as a character read right."""

from __future__ import annotations

import pytest
from tests.bench.characters import Score, folded, score


def test_a_page_read_as_it_stands_is_all_right():
    read = score("单位名称： 珠海正源化纤\n日期：2026-03-05", "单位名称： 珠海正源化纤\n日期：2026-03-05")

    assert (1.0, 1.0, 1.0, 1.0) == (read.recall, read.precision, read.f1, read.words)


def test_the_order_of_lines_and_cells_does_not_count():
    read = score("电话 0759-280\n片区 东区", "片区\n东区\n电话\n0759-280")

    assert (1.0, 1.0, 1.0) == (read.recall, read.precision, read.words)


def test_blanks_and_breaks_do_not_count():
    assert 1.0 == score("开发营\n销员： 孙 艳", "开 发 营 销 员 :孙艳").f1


def test_a_misread_character_costs_recall_and_precision_and_its_word():
    read = score("潘文 东区", "番文 东区")

    assert (0.75, 0.75, 0.75, 0.5) == (read.recall, read.precision, read.f1, read.words)


def test_a_character_that_is_not_on_the_page_costs_precision_only():
    read = score("东区", "|东区|")

    assert (1.0, 0.5) == (read.recall, read.precision)
    assert read.f1 == pytest.approx(2 / 3)


def test_a_character_counts_as_often_as_it_stands_on_the_page():
    read = score("东", "东东东")

    assert (1, 3, 1) == (read.true, read.read, read.right)


def test_a_place_in_the_text_counts_for_one_word():
    assert 0.5 == score("东区 东区", "东区").words


def test_the_longest_word_takes_its_place_first():
    assert 2 / 3 == score("东区 东区片区", "东区片区").words


def test_words_of_one_character_are_left_out_of_the_words():
    read = score("年 月 日 东区", "东区")

    assert (2, 2) == (read.in_words, read.whole)


def test_a_word_is_whole_where_it_stands_within_a_longer_run():
    assert 1.0 == score("片区： 东区", "x片区:东区y").words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("１３，９６３．００元", "13,963.00元"),
        ("华销〔2026〕55号", "华销[2026]55号"),
        ("0759—2805268", "0759-2805268"),
        ("2026\ufffe03", "2026-03"),
        ("￥100", "¥100"),
        ("″", "〃"),
        ("☐现金☑转账____", "现金转账"),
        ("⽇期", "日期"),
    ],
)
def test_what_looks_alike_or_is_drawn_is_folded(one, other):
    assert folded(other) == folded(one)


def test_an_empty_page_read_as_nothing_is_right():
    read = score(" \n", "")

    assert (1.0, 1.0, 1.0, 1.0) == (read.recall, read.precision, read.f1, read.words)


def test_scores_of_pages_add_up_by_character_not_by_page():
    both = score("东东东东东东东东", "东东东东东东东东") + score("西西", "")

    assert Score(true=10, read=8, right=8, in_words=10, whole=8) == both
    assert 0.8 == both.recall
