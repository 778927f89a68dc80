"""The last look: who is shown, and how long it takes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from push import broadcasts, preflight, spans
from push.audience import Audience
from tests.makers import make_contact, make_template

EVERYONE = Audience("line", everyone=True)


@pytest.mark.django_db
@pytest.mark.parametrize(("people", "shown"), [(0, 0), (1, 1), (3, 3), (40, 5)])
def test_examples_are_up_to_five_different_people(people, shown):
    for number in range(people):
        make_contact(f"小明{number}")

    found = preflight.examples(EVERYONE, make_template().latest)

    assert len({example.contact.pk for example in found}) == len(found)
    assert len(found) == shown


@pytest.mark.django_db
def test_examples_say_what_breaks_only_when_filled():
    make_contact("很長的名字" * 30)
    make_contact("短")
    said = {"alt_text": "看看", "columns": [{"title": "{{ name }}", "text": "好"}]}
    version = make_template(kind="carousel", message=said).latest

    found = preflight.examples(EVERYONE, version)

    marks = [[(each.verdict, each.rule) for each in example.over] for example in found]
    assert marks == [[("refused", "title_max")], []]


@pytest.mark.django_db
def test_examples_show_a_name_with_a_link_in_it():
    for number in range(8):
        make_contact(f"Dr. 小明{number}，名字很長的一位客人")
    make_contact("領獎 evil.com/a")

    found = preflight.examples(EVERYONE, make_template().latest)

    said = {example.label: [each.rule for each in example.over] for example in found}
    assert said["With a link in the name"] == ["link_in_name"]
    assert "With a link in the name" not in [
        example.label for example in preflight.examples(EVERYONE, make_template("券", "嗨").latest)
    ]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(), "1 s"),
        (timedelta(seconds=35), "35 s"),
        (timedelta(minutes=12, seconds=20), "12 min"),
        (timedelta(hours=3, minutes=5), "3 h 5 min"),
    ],
)
def test_spans_are_said_as_people_say_them(span, words):
    assert spans.in_words(span) == words


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", ["everyone", "people"])
def test_the_same_to_the_same_is_noticed(chosen):
    version = make_template().latest
    ids = (make_contact("小明").pk, make_contact("小華").pk)
    to = {"everyone": EVERYONE, "people": Audience("line", ids=ids)}
    broadcast = broadcasts.start(version, audience=to[chosen], by=None, press=uuid4())

    found = {
        name: preflight.repeated(version, audience, now=timezone.now())
        for name, audience in to.items()
    }

    assert found == {"everyone": None, "people": None} | {chosen: broadcast}


def test_duration_follows_the_set_pace(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 240

    assert preflight.duration(12_000) == timedelta(minutes=50)
    assert preflight.duration(600, rate=60) == timedelta(minutes=10)
