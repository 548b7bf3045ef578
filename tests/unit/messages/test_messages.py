import pytest

from formflow.messages import NOTHING, Bilingual, Message, clauses, lines, listed, same


def test_a_message_gives_the_sentence_in_both_languages():
    message = Message(zh="没有表单“{name}”", en="no form {name!r}")

    assert Bilingual("没有表单“fax”", "no form 'fax'") == message(name="fax")


@pytest.mark.parametrize(
    ("zh", "en"),
    [("没有 {name}", "no form"), ("没有表单", "no form {name}"), ("没有 {name}", "no {form}"), ("{}", "{}")],
)
def test_both_languages_have_the_same_named_placeholders(zh, en):
    with pytest.raises(ValueError, match="placeholders"):
        Message(zh=zh, en=en)


def test_a_message_without_a_value_for_its_placeholder_is_not_made():
    with pytest.raises(KeyError):
        Message(zh="没有 {name}", en="no {name}")()


def test_a_value_in_two_languages_is_said_in_each_language():
    message = Message(zh="待{what}", en="waits for {what}")

    assert Bilingual("待批准", "waits for approval") == message(what=Bilingual("批准", "approval"))


def test_braces_that_are_doubled_stand_for_themselves():
    assert Bilingual("写 {x}", "write {x}") == Message(zh="写 {{x}}", en="write {{x}}")()


def test_braces_in_a_value_are_no_placeholders():
    assert Bilingual("没有 {y}", "no {y}") == Message(zh="没有 {x}", en="no {x}")(x="{y}")


def test_items_are_separated_as_each_language_does_it():
    assert Bilingual("a、乙", "a, B") == listed(["a", Bilingual("乙", "B")])


def test_a_clause_that_is_empty_is_left_out():
    assert Bilingual("a；乙", "a; B") == clauses(same("a"), NOTHING, Bilingual("乙", "B"))


def test_each_text_has_a_line_of_its_own():
    assert Bilingual("甲\n乙", "A\nB") == lines([Bilingual("甲", "A"), Bilingual("乙", "B")])


def test_a_text_as_such_is_told_in_english():
    assert str(Bilingual("甲", "A")) == "A"
