"""How outcomes are drawn."""

from push.models import Outcome
from push.templatetags import outcomes


def test_every_outcome_has_its_own_icon_and_word():
    drawn = [outcomes.outcome(value) for value in Outcome.values]

    assert len({each["icon_name"] for each in drawn}) == len(Outcome.values)
    assert len({str(each["label"]) for each in drawn}) == len(Outcome.values)
