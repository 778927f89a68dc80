"""What a person is called."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from people import names


@pytest.mark.parametrize(
    ("person", "name"),
    [
        (User(username="manager", first_name="志豪", last_name="王"), "王志豪"),
        (User(username="ada", first_name="Ada", last_name="Lovelace"), "Ada Lovelace"),
        (User(username="佩珊"), "佩珊"),
        (AnonymousUser(), "—"),
        (None, "—"),
    ],
)
def test_called_is_how_people_say_it(person, name):
    assert names.called(person) == name
