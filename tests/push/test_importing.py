"""Files become contacts: exactly once, exactly counted."""

import openpyxl
import pytest
from django.db import connection

from push import importing, reader_process
from push.importing import Aim, Counts, Keeper, say
from push.models import Contact, Tag
from push.rows import Rejection
from tests.makers import make_contact

pytestmark = pytest.mark.django_db


def bring(path, text=None, *, channel="line", account="", is_dry=False, **options):
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with path.open("rb") as file, reader_process.opened(file) as source:
        return importing.run(source, Aim(channel, account, is_dry=is_dry), **options)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "contacts.csv"


def everyone():
    return [
        (contact.contactable_id, contact.name, contact.account, contact.attributes,
         [tag.name for tag in contact.tags.all()])
        for contact in Contact.objects.order_by("contactable_id")
    ]  # fmt: skip


def test_import_creates_contacts_with_tags_and_attributes(path):
    counts = bring(path, "id,name,tags,city\n1,小明,vip;新客,台北\n2,小華,,\n", account="信義")

    assert counts == Counts(created=2)
    assert everyone() == [
        ("1", "小明", "信義", {"city": "台北"}, ["vip", "新客"]),
        ("2", "小華", "信義", {}, []),
    ]


def test_import_again_changes_nothing(path):
    text = "id,name,tags,city\n1,小明,vip;新客,台北\n2,小華,,\n"
    bring(path, text)
    before = list(Contact.objects.order_by("pk").values())

    counts = bring(path, text)

    assert counts == Counts(unchanged=2)
    assert list(Contact.objects.order_by("pk").values()) == before


def test_import_updates_what_differs_and_leaves_what_is_not_said(path):
    make_contact(
        "小明", contactable_id="1", account="信義", tags=["vip", "退貨過"],
        attributes={"city": "台北", "points": "3"}, picture_url="https://a.tw/1.png",
    )  # fmt: skip

    counts = bring(path, "id,name,tags,city,size\n1,王小明,vip;新客,,M\n")

    assert counts == Counts(updated=1)
    assert everyone() == [("1", "王小明", "信義", {"points": "3", "size": "M"}, ["vip", "新客"])]
    assert Contact.objects.get().picture_url == "https://a.tw/1.png"


def test_import_counts_a_change_of_tags_alone(path):
    make_contact("小明", contactable_id="1", tags=["vip"])

    assert bring(path, "id,name,tags\n1,小明,\n") == Counts(updated=1)
    assert everyone() == [("1", "小明", "", {}, [])]


def test_import_leaves_tags_alone_without_their_column(path):
    make_contact("小明", contactable_id="1", tags=["vip"])

    assert bring(path, "id,name\n1,小明\n") == Counts(unchanged=1)
    assert everyone() == [("1", "小明", "", {}, ["vip"])]


def test_import_keeps_the_row_s_own_account(path):
    bring(path, "id,name,account\n1,小明,板橋\n2,小華,\n", account="信義")

    assert [row[2] for row in everyone()] == ["板橋", "信義"]


def test_the_same_id_on_another_channel_is_somebody_else(path):
    make_contact("小華", channel="facebook", contactable_id="1")

    assert bring(path, "id,name\n1,小明\n") == Counts(created=1)
    assert Contact.objects.count() == 2


def test_import_does_not_touch_do_not_disturb(path):
    make_contact("小明", contactable_id="1", do_not_disturb=True)

    bring(path, "id,name\n1,王小明\n")

    assert Contact.objects.get().do_not_disturb is True


def test_a_second_row_of_an_id_is_left_out_with_the_line_of_the_first(path):
    left_out = []

    counts = bring(
        path,
        "id,name\n1,小明\n2,小華\n\n1,阿美\n",
        on_row=lambda item: left_out.append(item) if isinstance(item, Rejection) else None,
    )

    assert counts == Counts(created=2, rejected=1)
    assert [(item.line, say(item.reason)) for item in left_out] == [
        (5, "The id is already on line 2.")
    ]


def test_blank_rows_are_not_counted(path):
    assert bring(path, "\n\nid,name\n\n1,小明\n,\n ; \n") == Counts(created=1, rejected=1)


def test_a_dry_run_counts_the_same_and_writes_nothing(path):
    make_contact("小明", contactable_id="1")
    make_contact("小華", contactable_id="2")
    text = "id,name,tags\n1,小明,\n2,林小華,vip\n3,阿美,新客\n,誰,\n"

    dry = bring(path, text, is_dry=True)

    assert dry == Counts(created=1, updated=1, unchanged=1, rejected=1)
    assert (Contact.objects.count(), Tag.objects.count()) == (2, 0)
    assert bring(path, text) == dry


def test_an_excel_file_is_imported_like_any_other(tmp_path):
    book = openpyxl.Workbook()
    for line in (["編號", "姓名", "標籤"], [100234, "王小明", "vip；新客"]):
        book.active.append(line)
    book.save(tmp_path / "contacts.xlsx")

    assert bring(tmp_path / "contacts.xlsx") == Counts(created=1)
    assert everyone() == [("100234", "王小明", "", {}, ["vip", "新客"])]


def test_a_batch_costs_the_same_queries_for_one_and_for_many(path, django_assert_num_queries):
    lines = [f"{number},小明,vip" for number in range(100)]
    bring(path, "id,name,tags\n" + "\n".join(lines))

    # Savepoint and release, who is known, their tags; on PostgreSQL the channel's turn.
    count = 5 if connection.vendor == "postgresql" else 4
    with django_assert_num_queries(count):
        bring(path)
    with django_assert_num_queries(count):
        bring(path, "id,name,tags\n1,小明,vip\n")


class Told(Keeper):
    def __init__(self):
        self.batches = []

    def save(self, counts, share):
        self.batches.append((counts.total, share))


def test_progress_grows_batch_by_batch(path):
    told = Told()

    bring(path, "id,name\n" + "".join(f"{number},a\n" for number in range(1_001)), keeper=told)

    assert [total for total, _share in told.batches] == [1_000, 1_001]
    assert told.batches[-1][1] == 1.0


def test_a_batch_is_small_in_characters_too(path):
    """A worker holds a batch or two: a thousand long rows would be megabytes."""
    told = Told()
    cells = ",".join(["長" * 1_900] * 20)
    header = ",".join(f"column{number}" for number in range(20))

    bring(
        path,
        f"id,name,{header}\n" + "".join(f"{n},a,{cells}\n" for n in range(60)),
        is_dry=True,
        keeper=told,
    )

    assert [total for total, _share in told.batches] == [28, 56, 60]


@pytest.mark.parametrize(
    "name", ["<b>粗體</b>", "{{ name }}", "🎉", "=1+1", "O'Brien\"; DROP TABLE"]
)
def test_hostile_names_are_kept_as_they_are(path, name):
    quoted = name.replace('"', '""')
    bring(path, f'id,name\n1,"{quoted}"\n')

    assert Contact.objects.get().name == name
