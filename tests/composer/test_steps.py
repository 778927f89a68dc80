"""What the history relies on: a message survives being values and back, whatever is in it."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings

from composer import drafts, forms, kinds
from composer.carrying import carried, left_behind
from composer.forms.nested import flat
from composer.models import Draft
from composer.vocabulary import paths
from tests.composer.contents import CONTENTS
from tests.makers import make_user

anything = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def typed(made):
    """As the form takes it: what no database keeps is gone, and every field is there."""
    kind, content = made
    whole = kinds.MESSAGES[kind].build(content).content()
    return kind, forms.form_for(kind).typed(flat(whole))


@anything
@given(made=CONTENTS)
def test_a_step_gives_back_what_it_was_made_of(made):
    kind, content = typed(made)

    step = urlencode(flat(content))

    assert forms.form_for(kind).typed(QueryDict(step)) == content


@anything
@given(made=CONTENTS)
def test_what_does_not_come_along_is_named(made):
    kind, content = typed(made)
    form = forms.form_for(kind)

    for to in kinds.NAMES:
        taken = carried(content, to=forms.form_for(to))
        kept = {text for _path, text in paths.walk(taken)}
        is_lossless = all(
            text in kept or not text or path.rpartition(".")[2] in {"type", "color"}
            for path, text in paths.walk(content)
            if not path.endswith("_color")
        )
        assert bool(left_behind(content, taken, form=form)) is not is_lossless


@pytest.mark.django_db
@pytest.mark.parametrize("kind", kinds.NAMES)
def test_any_walk_through_the_kinds_leads_back_to_what_each_was(kind):
    person = make_user()
    written = {name: forms.blank(name).content() | {"mark": name} for name in kinds.NAMES}
    draft = drafts.keep(person, kind, None, written[kind])

    for to in [*kinds.NAMES, *reversed(kinds.NAMES), kind]:
        draft = drafts.switch(draft, to=to, content=draft.aside.get(to, written[to]))

    assert draft.content == written[kind]
    assert draft.aside == {name: content for name, content in written.items() if name != kind}
    assert Draft.objects.count() == 1
