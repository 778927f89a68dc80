"""Forms within forms: what a browser posts becomes content, and content becomes the payload."""

import json
from pathlib import Path

import pytest

from composer import forms, kinds
from composer.vocabulary import message

SAMPLES = {name: Path(kinds.__file__).parent / name / "sample.json" for name in kinds.NAMES}


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_sample_through_the_form_is_the_sample(kind):
    sample = json.loads(SAMPLES[kind].read_text())

    form = forms.bound(kind, kinds.read(sample).content())

    assert form.is_valid(), list(form.problems())
    built = kinds.MESSAGES[kind].build(form.content())
    assert without_nulls(message.payload(built)) == without_nulls(sample)


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_unbound_form_gives_back_its_content(kind):
    content = kinds.read(json.loads(SAMPLES[kind].read_text())).content()

    assert forms.blank(kind, content).content() == {**content}
