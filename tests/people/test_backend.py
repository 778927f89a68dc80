"""What somebody may do: by groups, by name, by being a superuser, and no longer after leaving."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, User

from people import groups, rights
from tests.makers import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _groups():
    groups.ensure()


def fresh(person):
    """As the next request finds them."""
    return User.objects.get(pk=person.pk)


def member(name, *of, own=()):
    person = make_user(name, own)
    person.groups.set(Group.objects.filter(name__in=of))
    return person


@pytest.mark.parametrize(
    ("of", "own"),
    [
        ((), ()),
        (("Agents",), ()),
        (("Agents", "Force", "Administrators"), ()),
        ((), (rights.SEND,)),
        (("Template managers",), (rights.SEND, rights.WRITE)),
    ],
)
def test_rights_are_those_that_django_finds(of, own):
    member("志豪", *rights.GROUPS)
    person = member("佩珊", *of, own=own)

    assert fresh(person).get_all_permissions() == ModelBackend().get_all_permissions(fresh(person))


def test_one_question_tells_all_rights_of_a_request(django_assert_num_queries):
    person = fresh(member("佩珊", "Agents", "Force", own=(rights.RECORD,)))

    with django_assert_num_queries(1):
        found = [person.has_perm(right) for right in (rights.SEND, rights.FORCE, rights.PUBLISH)]

    assert found == [True, True, False]


def test_what_is_taken_away_is_gone_with_the_next_request():
    person = member("佩珊", "Agents")
    assert fresh(person).has_perm(rights.SEND)

    person.groups.clear()

    assert not fresh(person).has_perm(rights.SEND)


def test_who_has_left_may_nothing_and_a_superuser_everything():
    person = member("佩珊", "Agents")
    person.is_active = False
    assert not person.has_perm(rights.SEND)

    person.is_active = person.is_superuser = True

    assert person.has_perm(rights.RECORD)
