"""The content of a post without judging it: any sort of field may be in a form."""

from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict

from composer.forms.fields import WordsField
from composer.forms.nested import NestedForm


class EveryField(NestedForm):
    words = WordsField()
    count = forms.IntegerField()
    price = forms.DecimalField()
    ratio = forms.FloatField()
    is_new = forms.BooleanField(required=False)
    size = forms.ChoiceField(choices=[("s", "S"), ("l", "L")])
    sizes = forms.MultipleChoiceField(choices=[("s", "S"), ("l", "L")])
    day = forms.DateField()
    at = forms.SplitDateTimeField()
    mail = forms.EmailField()
    extra = forms.JSONField()
    key = forms.UUIDField()


GOOD = (
    "words=嗨&count=0&price=1.50&ratio=0.5&is_new=on&size=l&sizes=s&sizes=l&day=2026-11-29"
    "&at_0=2026-11-29&at_1=10:00&mail=a@b.tw&extra={}&key=12345678123456781234567812345678"
)


def test_typed_keeps_numbers_and_booleans():
    typed = EveryField.typed(QueryDict(GOOD))

    assert [typed[name] for name in ("words", "count", "ratio", "is_new", "size", "day")] == [
        "嗨", 0, 0.5, True, "l", "2026-11-29"
    ]  # fmt: skip
    assert typed["price"] == str(Decimal("1.50"))


@pytest.mark.parametrize("text", ["", "x", "1e999", "９", "-", "\0", "<b>", "x" * 5000, "[", "nan"])
def test_typed_takes_anything_for_any_field(text):
    names = [*EveryField.base_fields, "at_0", "at_1"]
    data = QueryDict(mutable=True)
    data.update(dict.fromkeys(names, text))

    typed = EveryField.typed(data)

    assert set(typed) == set(EveryField.base_fields)
    assert typed["words"] == text.replace("\0", "")
    assert EveryField.typed({})["words"] == ""
    assert set(EveryField(data).content()) == set(typed)
