"""A template knows how often it was sent."""

from uuid import uuid4

import pytest

from push import broadcasts
from push.audience import Audience
from tests.makers import make_template

pytestmark = pytest.mark.django_db


def test_start_counts_as_one_use_and_a_test_as_none():
    template = make_template()
    everyone, press = Audience("line"), uuid4()

    for each in (press, press):
        broadcasts.start(template.latest, audience=everyone, by=None, press=each)
    broadcasts.start(template.latest, audience=everyone, by=None, press=uuid4(), is_test=True)

    template.refresh_from_db()
    assert template.uses == 1
