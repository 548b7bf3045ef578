import pickle

import pytest

from formflow.errors import ReadError, StoreError, UsageError
from formflow.messages import Bilingual, same


def test_an_error_says_message_and_remedy_in_both_languages():
    error = UsageError(
        Bilingual("没有表单 x", "no form x"), remedy=Bilingual("请检查拼写", "check the spelling")
    )

    assert ("没有表单 x；请检查拼写", "no form x; check the spelling") == (error.chinese, error.english)


def test_a_name_or_path_stands_for_both_languages():
    error = StoreError(same("a.docx"))

    assert ("a.docx", "a.docx") == (error.chinese, error.english)


@pytest.mark.parametrize(
    "error",
    [ReadError("corrupt", "zip directory"), StoreError(Bilingual("磁盘已满", "disk full"), code="full")],
)
def test_an_error_keeps_both_languages_on_its_way_between_processes(error):
    copy = pickle.loads(pickle.dumps(error))

    assert (error.chinese, error.english, error.code) == (copy.chinese, copy.english, copy.code)
