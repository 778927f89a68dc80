"""Long lists of people, kept behind a short name."""

from push import lists


def test_a_list_is_found_again_by_its_name():
    session = {}

    name = lists.keep(session, (3, 1, 2))

    assert lists.kept(session, name) == (3, 1, 2)
    assert lists.keep(session, (3, 1, 2)) == name


def test_only_the_newest_lists_are_kept():
    session = {}

    names = [lists.keep(session, (number,)) for number in range(6)]

    assert [lists.kept(session, name) for name in names] == [(), (), (2,), (3,), (4,), (5,)]
