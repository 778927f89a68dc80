"""What holds of every fix, whatever was typed."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from composer import kinds
from composer.vocabulary import fixes, message, notices
from composer.vocabulary.fixes import Fix
from composer.vocabulary.picture import Picture
from tests.composer.contents import CONTENTS, TEXT
from tests.composer.messages import PICTURE

TODAY = date(2026, 11, 22)
HOPELESS = {PICTURE: Picture(99_999_999, 9000, 3, "gif")}
VALUES = st.dictionaries(st.sampled_from("abc"), TEXT)

anything = settings(max_examples=100, suppress_health_check=list(HealthCheck))


def whole(made):
    """The kind, and the content as the form gives it: every field present."""
    kind, posted = made
    return kind, kinds.MESSAGES[kind].build(posted).content()


def said_of(kind, content, values):
    payload = message.payload(kinds.MESSAGES[kind].build(content))
    return notices.check(payload, values=values, today=TODAY, pictures=HOPELESS)


def offers(kind, content, values):
    """Each notice that can be mended, with what mends it."""
    for notice in said_of(kind, content, values):
        fix = fixes.fix(notice, content, values=values, today=TODAY)
        if fix:
            yield notice, fix


def keys(found):
    return {(notice.rule, notice.path, notice.channel) for notice in found}


def errors(found):
    return keys(notice for notice in found if notice.level == "error")


@anything
@given(CONTENTS, VALUES)
def test_a_fix_removes_its_own_notice_and_makes_no_new_error(made, values):
    kind, content = whole(made)
    before = errors(said_of(kind, content, values))

    for notice, fix in offers(kind, content, values):
        after = said_of(kind, fixes.applied(content, fix), values)
        assert keys([notice]).isdisjoint(keys(after))
        assert errors(after) <= before
        assert fix.text % fix.params


def leaves(part, path=""):
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(part, list):
        for index, inner in enumerate(part):
            yield from leaves(inner, f"{path}[{index}]")
    else:
        yield path, part


@anything
@given(CONTENTS, VALUES)
def test_a_fix_keeps_all_other_content(made, values):
    kind, content = whole(made)

    for _notice, fix in offers(kind, content, values):
        edited = tuple(path for path, _value in fix.edits)
        after = fixes.applied(content, fix)
        assert [leaf for leaf in leaves(content) if not leaf[0].startswith(edited)] == [
            leaf for leaf in leaves(after) if not leaf[0].startswith(edited)
        ]
        for path, value in fix.edits:
            assert fixes.at(after, path) == value
            was = fixes.at(content, path)
            assert not isinstance(was, list) or value == was[: len(value)]
            if fix.rests:
                assert was == [*value, *(row for rest in fix.rests for row in rest[path])]
                assert all({**rest, path: was} == content for rest in fix.rests)


@anything
@given(CONTENTS, VALUES)
def test_a_fix_is_undone_by_putting_back_what_stood_there(made, values):
    kind, content = whole(made)

    for _notice, fix in offers(kind, content, values):
        back = Fix("", tuple((path, fixes.at(content, path)) for path, _value in fix.edits))
        assert fixes.applied(fixes.applied(content, fix), back) == content


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(CONTENTS, VALUES)
def test_pressing_until_nothing_is_offered_comes_to_an_end(made, values):
    kind, content = whole(made)
    seen = []

    while offered := next(iter(offers(kind, content, values)), None):
        seen.append(content)
        content = fixes.applied(content, offered[1])
        assert content not in seen

    assert list(offers(kind, content, values)) == []
