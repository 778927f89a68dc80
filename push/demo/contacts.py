"""Three hundred pretend customers over seven channels, the same ones every time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from django.db import transaction

from push.demo import names
from push.models import Contact, Delivery, Tag

SEED = 2026
COUNTS = {
    "line": 140,
    "facebook": 50,
    "instagram": 40,
    "livechat": 25,
    "telegram": 18,
    "wechat": 15,
    "viber": 12,
}
STORES = ("信義門市", "板橋門市", "台中公益門市", "台南門市")
ACCOUNTS = {
    "line": tuple(f"{store} LINE" for store in STORES),
    "facebook": ("暖日選物 粉絲專頁", "暖日選物 台中"),
    "instagram": ("@nuanri.select",),
    "livechat": ("官網客服",),
    "telegram": ("@nuanri_bot",),
    "wechat": ("暖日選物 公眾號",),
    "viber": ("Nuanri Viber",),
}
TAGS = {"vip": 12, "秋冬會員": 35, "試穿預約": 18, "老客戶": 25, "生日禮已領": 8, "English": 0}
STYLISTS = ("雅筑", "宥廷", "Peggy", "子晴")


@dataclass(frozen=True)
class Person:
    """A contact before it is kept."""

    channel: str
    id: str
    name: str
    account: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    do_not_disturb: bool = False


def load() -> int:
    """Keeps whoever is missing, and touches nobody who is there; how many were missing."""
    known = set(Contact.objects.values_list("channel", "contactable_id"))
    missing = [person for person in everyone() if (person.channel, person.id) not in known]
    if missing:
        with transaction.atomic():
            _keep(missing)
    return len(missing)


def remove() -> tuple[int, int]:
    """Takes the demo's contacts away; how many were deleted, and how many had to stay.

    What was sent stays, and so do its contacts, as do not disturb: their ids may belong to
    customers of the real host. A contact that was renamed since is no longer the demo's.
    """
    names_by_id = {(person.channel, person.id): person.name for person in everyone()}
    ids = [contactable_id for _channel, contactable_id in names_by_id]
    with transaction.atomic():
        ours = [
            contact.pk
            for contact in Contact.objects.filter(contactable_id__in=ids)
            if names_by_id.get((contact.channel, contact.contactable_id)) == contact.name
        ]
        sent = set(Delivery.objects.filter(contact__in=ours).values_list("contact", flat=True))
        Contact.objects.filter(pk__in=set(ours) - sent).delete()
        Contact.objects.filter(pk__in=sent).update(do_not_disturb=True)
        Tag.objects.filter(name__in=TAGS, contacts=None).delete()
    return len(ours) - len(sent), len(sent)


def everyone() -> Iterator[Person]:
    random = Random(SEED)  # noqa: S311 - the same people everywhere, nothing secret
    for channel, count in COUNTS.items():
        called = [*names.ODD.get(channel, ())]
        called += [names.invent(random) for _ in range(count - len(called))]
        ids = _ids(channel, random)
        for number, name in enumerate(called):
            yield _person(channel, next(ids), name, is_plain=number == 0, random=random)


def _ids(channel: str, random: Random) -> Iterator[str]:
    """Numbers that grow, as a system gives them; visitors of the site have a longer kind."""
    number = 1000 * (1 + list(COUNTS).index(channel))
    while True:
        number += random.randint(1, 6)
        yield f"v-{number:x}{random.randrange(16**6):06x}" if channel == "livechat" else str(number)


def _person(channel: str, id: str, name: str, *, is_plain: bool, random: Random) -> Person:
    store = random.choice(STORES)
    account = next(
        (account for account in ACCOUNTS[channel] if account.startswith(store)),
        random.choice(ACCOUNTS[channel]),
    )
    attributes = _attributes(store, random, is_whole=is_plain)
    tags = tuple(tag for tag, share in TAGS.items() if random.randrange(100) < share)
    if name.isascii() and name:
        tags += ("English",)
    silent = random.randrange(100) < 3 and not is_plain
    return Person(channel, id, name, account, attributes, tags, silent)


def _attributes(store: str, random: Random, *, is_whole: bool) -> dict[str, str]:
    """Each of them missing now and then, as in any real list; some contacts have none at all."""
    found = {
        "store": store,
        "coupon": f"NUAN-{random.randrange(16**4):04X}",
        "order": f"N2611-{random.randrange(200, 1400):04}",
        "points": str(random.randrange(0, 4800, 20)),
        "birthday_month": str(random.randint(1, 12)),
        "size": random.choice(("S", "M", "M", "L", "XL")),
        "stylist": random.choice(STYLISTS),
    }
    has_none, kept = random.randrange(100) < 6, {}
    for name, value in found.items():
        is_missing = random.randrange(100) < 18
        if is_whole or not (has_none or is_missing):
            kept[name] = value
    return kept


def _keep(people: list[Person]) -> None:
    tags = {name: Tag.objects.get_or_create(name=name)[0] for name in TAGS}
    contacts = Contact.objects.bulk_create(_contact(person) for person in people)
    between = Contact.tags.through
    between.objects.bulk_create(
        between(contact_id=contact.pk, tag_id=tags[tag].pk)
        for contact, person in zip(contacts, people, strict=True)
        for tag in person.tags
    )


def _contact(person: Person) -> Contact:
    return Contact(
        channel=person.channel,
        contactable_id=person.id,
        name=person.name,
        account=person.account,
        attributes=dict(person.attributes),
        do_not_disturb=person.do_not_disturb,
    )
