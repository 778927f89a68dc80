"""Keeping templates: versions, states, copies, and who may change what."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from composer import kinds, library
from composer.models import Immutable, Template, Version
from people import rights
from people.models import Entry
from tests.makers import make_user

pytestmark = pytest.mark.django_db

HOSTILE = ["<b>粗</b>", "{{ name }}{% now %}", "👨‍👩‍👧🎉", "字" * 5_000, "'; DROP TABLE --", ""]


def text(words="嗨 {{ name }}"):
    return kinds.read({"type": "text", "message": words})


def manager():
    return make_user("佩珊", [rights.WRITE, rights.PUBLISH])


def test_create_keeps_a_draft_with_its_first_version():
    someone = manager()

    version = library.create(name="歡迎", message=text(), by=someone, tags=["迎新"], notes="首次")

    template = version.template
    assert (version.number, version.payload, version.by) == (1, text_payload(), someone)
    assert (template.name, template.kind, template.state) == ("歡迎", "text", "draft")
    assert (template.tags, template.notes, template.owner) == (["迎新"], "首次", someone)
    assert template.words == "嗨 {{ name }}"
    assert list(Entry.objects.values_list("verb", "target")) == [("created", "歡迎")]


def text_payload(words="嗨 {{ name }}"):
    return {"type": "text", "message": words}


def test_create_refuses_a_name_twice_and_keeps_nothing():
    library.create(name="歡迎", message=text())

    with pytest.raises(library.NameTaken):
        library.create(name="歡迎", message=text("別的"))

    assert Version.objects.count() == 1


@pytest.mark.parametrize("words", HOSTILE)
def test_create_keeps_hostile_text_to_the_letter(words):
    version = library.create(name="試", message=text(words))

    assert Version.objects.get(pk=version.pk).payload == text_payload(words)


def test_save_version_adds_the_next_and_keeps_the_old():
    someone = manager()
    template = library.create(name="歡迎", message=text("一"), by=someone).template

    library.save_version(template, text("二"), by=someone, expected=1, why="更正")

    kept = template.versions.order_by("number").values_list("number", "payload", "why")
    assert list(kept) == [(1, text_payload("一"), ""), (2, text_payload("二"), "更正")]
    template.refresh_from_db()
    assert template.words == "二"


def test_save_version_of_the_same_message_adds_none():
    first = library.create(name="歡迎", message=text())

    again = library.save_version(first.template, text(), by=None, expected=1)

    assert again == first
    assert Version.objects.count() == 1


def test_save_version_behind_somebody_else_is_stale():
    first = library.create(name="歡迎", message=text("一"))
    second = library.save_version(first.template, text("二"), by=None, expected=1)

    with pytest.raises(library.Stale) as stale:
        library.save_version(first.template, text("三"), by=None, expected=1)

    assert stale.value.latest == second
    assert Version.objects.count() == 2


def test_save_version_may_change_the_kind():
    template = library.create(name="歡迎", message=text()).template
    button = kinds.read({"type": "button", "message": {"explain_text": "選", "options": []}})

    library.save_version(template, button, by=None, expected=1)

    template.refresh_from_db()
    assert template.kind == "button"


def test_versions_are_never_updated_nor_deleted():
    library.create(name="歡迎", message=text())

    for forbidden in (
        lambda: Version.objects.update(payload={}),
        lambda: Version.objects.all().delete(),
        lambda: Version.objects.bulk_update(Version.objects.all(), ["payload"]),
    ):
        with pytest.raises(Immutable):
            forbidden()


def test_a_person_with_versions_is_not_deleted():
    """Who saved what stays known: people who leave are made inactive."""
    someone = manager()
    version = library.create(name="歡迎", message=text(), by=someone)

    with pytest.raises(IntegrityError), transaction.atomic():
        someone.delete()

    version.refresh_from_db()
    assert version.by == someone


def test_states_move_and_are_recorded():
    someone = manager()
    template = library.create(name="歡迎", message=text(), by=someone).template
    deeds = (library.publish, library.unpublish, library.archive, library.restore)

    states = [deed(template, by=someone).state for deed in deeds]

    assert states == ["published", "draft", "archived", "draft"]
    verbs = Entry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["created", "published", "unpublished", "archived", "restored"]


def test_publish_of_what_the_api_refuses_changes_nothing():
    template = library.create(name="空", message=text("")).template

    with pytest.raises(library.Unfit) as unfit:
        library.publish(template, by=None)

    assert [notice.path for notice in unfit.value.notices] == ["message"]
    template.refresh_from_db()
    assert template.state == "draft"


def test_a_draft_may_be_saved_half_done():
    template = library.create(name="歡迎", message=text()).template

    assert library.save_version(template, text(""), by=None, expected=1).number == 2


def test_what_is_published_is_never_saved_half_done():
    template = library.create(name="歡迎", message=text()).template
    library.publish(template, by=None)

    with pytest.raises(library.Unfit) as unfit:
        library.save_version(template, text(""), by=None, expected=1)

    assert [notice.path for notice in unfit.value.notices] == ["message"]
    assert template.latest.number == 1


def test_publish_twice_is_recorded_once():
    template = library.create(name="歡迎", message=text()).template

    library.publish(template, by=None)
    library.publish(template, by=None)

    assert Entry.objects.filter(verb="published").count() == 1


def test_duplicate_is_ones_own_draft_with_a_free_name():
    someone = manager()
    template = library.create(name="歡迎", message=text(), tags=["迎新"]).template
    library.publish(template, by=None)

    copies = [library.duplicate(template, by=someone).template for _ in range(3)]

    names = ["歡迎 (copy)", "歡迎 (copy 2)", "歡迎 (copy 3)"]
    assert [copy.name for copy in copies] == names
    assert {(copy.state, copy.owner, tuple(copy.tags)) for copy in copies} == {
        ("draft", someone, ("迎新",))
    }


def test_duplicate_of_a_long_name_fits():
    template = library.create(name="名" * 120, message=text()).template

    copy = library.duplicate(template, by=None).template

    assert copy.name == "名" * 113 + " (copy)"


def test_once_stays_outside_the_library():
    someone = manager()

    one, two = (library.once(text("只此一次"), by=someone) for _ in range(2))

    assert one.template.name == two.template.name == "只此一次"
    assert list(Template.objects.listed()) == []


@pytest.mark.parametrize(
    ("payload", "name"),
    [
        ({"type": "text", "message": " 您好\n小明 "}, "您好 小明"),
        ({"type": "text", "message": "字" * 60}, "字" * 39 + "…"),
        ({"type": "text", "message": ""}, "text"),
        (
            {
                "type": "carousel",
                "message": {"alt_text": "替代", "columns": [{"title": "大衣"}, {"title": "圍巾"}]},
            },
            "大衣",
        ),
    ],
    ids=["text", "long", "empty", "carousel"],
)
def test_first_words_name_what_has_no_name(payload, name):
    assert library.first_words(kinds.read(payload)) == name


def test_use_again_saves_the_old_words_as_the_newest():
    first = library.create(name="歡迎", message=text("一"))
    library.save_version(first.template, text("二"), by=None, expected=1)

    again = library.use_again(first, by=None, expected=2)

    assert (again.number, again.payload, again.why) == (3, text_payload("一"), "Version 1 again")


def test_describe_changes_name_tags_and_notes_but_no_words():
    someone = manager()
    template = library.create(name="歡迎", message=text()).template

    library.describe(template, name="迎賓", tags=["新"], notes="注意", by=someone)

    template.refresh_from_db()
    assert (template.name, template.tags, template.notes) == ("迎賓", ["新"], "注意")
    assert template.latest.number == 1


def test_describe_refuses_a_name_that_is_taken():
    library.create(name="歡迎", message=text())
    other = library.create(name="再見", message=text()).template

    with pytest.raises(library.NameTaken):
        library.describe(other, name="歡迎", tags=[], notes="", by=None)


def test_count_use_counts_without_touching_when_it_was_saved():
    version = library.create(name="歡迎", message=text())
    saved_at = version.template.updated_at

    library.count_use(version)

    template = Template.objects.get()
    assert (template.uses, template.updated_at) == (1, saved_at)
    assert template.used_at is not None


@pytest.mark.parametrize(
    ("may", "is_own", "state", "changes"),
    [
        ([rights.WRITE], True, "draft", True),
        ([rights.WRITE], True, "published", False),
        ([rights.WRITE], True, "archived", False),
        ([rights.WRITE], False, "draft", False),
        ([], True, "draft", False),
        ([rights.PUBLISH], False, "published", True),
    ],
)
def test_who_can_change_a_template(may, is_own, state, changes):
    person = make_user("志豪", may)
    template = library.create(name="歡迎", message=text(), by=person if is_own else None).template
    Template.objects.update(state=state)
    template.refresh_from_db()

    assert library.can_change(person, template) is changes
    if changes:
        assert library.save_version(template, text("二"), by=person, expected=1).number == 2
    else:
        with pytest.raises(PermissionDenied):
            library.save_version(template, text("二"), by=person, expected=1)


def test_agents_see_what_is_published_and_their_own_drafts():
    agent = make_user("阿明", [rights.WRITE])
    for name, by, state in [
        ("公開", None, "published"),
        ("自己的草稿", agent, "draft"),
        ("別人的草稿", None, "draft"),
        ("封存", agent, "archived"),
    ]:
        template = library.create(name=name, message=text(), by=by).template
        Template.objects.filter(pk=template.pk).update(state=state)
    library.once(text(), by=agent)

    seen = Template.objects.visible_to(agent)

    assert {template.name for template in seen} == {"公開", "自己的草稿"}
    assert Template.objects.visible_to(manager()).count() == 4


def test_only_a_taken_name_is_called_taken():
    """Another constraint that is broken is a bug: nobody chooses names for it for ever."""
    with pytest.raises(IntegrityError):
        library._save_named(Template(name="夏季", kind=None))
