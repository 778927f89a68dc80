"""`manage.py send_broadcast TEMPLATE …`: one broadcast from the command line."""

import sys
import threading
import time
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.core.management.base import CommandParser
from django.db import OperationalError

from composer.models import Template, Version
from composer.vocabulary import channels, notices, placeholders
from composer.vocabulary.notices import Notice
from composer.vocabulary.placeholders import is_blank
from people.commandline import OneLine, misused
from push import broadcasts, missing_values, outcomes, preflight, tags
from push.audience import MAX_IDS, Audience, read_ids
from push.broadcasts import Tally
from push.commandline import Bar, account
from push.errors import NotPossible
from push.forms.plan import PlanForm
from push.importing import say
from push.models import Broadcast
from push.patience import Patience
from push.schedule import Plan

LOOK_EVERY = 0.2
SAID = 5
# What the fields of the form are called here.
OPTIONS = {"sizes": "waves"}

State = Broadcast.State


class Command(OneLine):
    """Prints the id; with `--wait` the account last. Exit 0: all sent, 3: not all sent."""

    help = (
        "Sends a template to contacts of one channel and prints the broadcast's id. A worker does "
        "the posting. With --wait it ends when the broadcast has: 0 all sent, 3 not all sent."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("template", help="the template's name")
        parser.add_argument("--channel", metavar="SLUG", help=", ".join(channels.ALL))
        parser.add_argument("--all", action="store_true", help="every contact of the channel")
        parser.add_argument("--tag", metavar="T", help="the contacts with this tag")
        parser.add_argument("--ids", metavar="A,B,…", help="the contacts with these ids")
        parser.add_argument("--force", action="store_true", help="also into conversations")
        parser.add_argument("--reason", default="", metavar="TEXT", help="why it is forced")
        parser.add_argument("--rate", type=int, metavar="PER_MINUTE", help="a slower pace")
        parser.add_argument("--at", metavar="TIME", help="later, such as 2026-11-30T09:30")
        parser.add_argument("--disturb", action="store_true", help="--at may be in quiet hours")
        parser.add_argument("--waves", default="", metavar="1,5,50", help="ask after each wave")
        parser.add_argument(
            "--override-rejection",
            metavar="REASON",
            help="send although the channel would reject the message for everyone, and why",
        )
        parser.add_argument(
            "--blank",
            choices=["skip", "send"],
            help="contacts without a value for a placeholder that has no default: leave them out, "
            "or send them a blank",
        )
        parser.add_argument(
            "--value",
            action="append",
            default=[],
            metavar="NAME=TEXT",
            help="what such contacts get for this placeholder instead; may be given again",
        )
        parser.add_argument("--wait", action="store_true", help="until it is over")

    def handle(self, *args: Any, **options: Any) -> None:
        broadcast = self._start(**options)
        self.stdout.write(str(broadcast.pk))
        self.stdout.flush()
        if options["wait"]:
            self._wait(broadcast)

    def _start(self, *, template: str, channel: str | None, **options: Any) -> Broadcast:
        if channel not in channels.ALL:
            raise misused(f"--channel: “{channel or ''}” is none of {', '.join(channels.ALL)}")
        version = _version(template, channel)
        overridden = _overridden(version, channel, reason=options["override_rejection"])
        audience, plan = _audience(channel, **options), _plan(**options)
        audience, fallbacks = _blanks(version, audience, **options)
        try:
            return broadcasts.start(
                version,
                audience=audience,
                by=None,
                press=uuid4(),
                forced=options["force"],
                reason=options["reason"],
                rate=options["rate"],
                plan=plan,
                overridden=overridden,
                override_reason=options["override_rejection"] or "",
                fallbacks=fallbacks,
            )
        except NotPossible as error:
            raise misused(str(error)) from error

    def _wait(self, broadcast: Broadcast) -> None:
        try:
            self._watch(broadcast)
        except KeyboardInterrupt:
            print(f"\nBroadcast {broadcast.pk} goes on without you.", file=sys.stderr)
            sys.exit(130)
        self.stdout.write(account(broadcast))
        if broadcast.paused_because:
            print(outcomes.reason_text(broadcast.paused_because), file=sys.stderr)
        if not broadcasts.tally(broadcast).is_all_sent:
            sys.exit(3)

    def _watch(self, broadcast: Broadcast) -> None:
        bar, trouble = Bar(), ""
        patience = Patience(threading.Event())
        while True:
            try:
                tally, is_over = _look(broadcast)
                found = broadcasts.trouble(broadcast)
            except OperationalError as error:
                patience.wait(error)
                continue
            bar.show(tally)
            if is_over:
                return bar.end()
            if found and found != trouble:
                print(outcomes.reason_text(found), file=sys.stderr)
            trouble = found
            time.sleep(LOOK_EVERY)


def _look(broadcast: Broadcast) -> tuple[Tally, bool]:
    """The account, and whether it is over or stopped with nothing left on its way."""
    broadcast.refresh_from_db()
    tally = broadcasts.tally(broadcast)
    is_stopped = broadcast.state == State.PAUSED or (
        broadcast.state in (State.DONE, State.CANCELLED) and not tally.waiting
    )
    return tally, is_stopped and not tally.sending


def _version(name: str, channel: str) -> Version:
    """The latest version of a template that may be sent."""
    template = Template.objects.listed().filter(name=name).first()
    if template is None:
        raise misused(f"There is no template “{name}”.")
    if template.state == Template.State.ARCHIVED:
        raise misused(f"The template “{name}” is archived. Restore it to send it.")
    version = template.latest
    found = notices.check(version.payload, channels=[channels.ALL[channel]])
    errors = [notice for notice in found if notice.level == "error"]
    if errors:
        said = "; ".join(_sentence(notice) for notice in errors)
        raise misused(f"The template “{name}” cannot be sent: {said}")
    return version


def _overridden(version: Version, channel: str, *, reason: str | None) -> list[str]:
    """The channel's limits that the message breaks, where a reason says that it may."""
    found = preflight.rejections(version, channel)
    if found and not (reason or "").strip():
        said = "; ".join(_sentence(notice) for notice in found)
        raise misused(
            f"{channels.ALL[channel].short_name} would reject this message for everyone "
            f"({said}). Fix it, or give --override-rejection REASON to send it anyway."
        )
    return preflight.rejection_names(found)


def _blanks(
    version: Version, audience: Audience, *, blank: str | None, value: list[str], **_options: Any
) -> tuple[Audience, dict[str, str]]:
    """The audience without those who are left out, and what others get for a missing value."""
    required = placeholders.required(version.payload)
    given = _values(version, audience.channel, value, required)
    rest = [name for name in required if name not in given]
    if blank == "skip":
        audience = replace(audience, required=tuple(rest))
        if not audience.contacts().exists():
            raise misused("Nobody would get it: every contact lacks a value.")
        return audience, given
    if blank == "send":
        for name in rest:
            if complaints := preflight.complaints(version, audience.channel, {name: ""}):
                raise misused(f"--blank send: {{{{ {name} }}}}: {' '.join(complaints)}")
        return audience, given | dict.fromkeys(rest, "")
    contacts = audience.contacts()
    if found := missing_values.count(contacts, rest):
        total = contacts.count()
        said = "; ".join(f"{{{{ {each.name} }}}}: {each.count} of {total}" for each in found)
        raise misused(
            f"Contacts without a value for a placeholder that has no default: {said}. "
            "Give --blank skip, --blank send or --value NAME=TEXT."
        )
    return audience, given


def _values(
    version: Version, channel: str, listed: list[str], required: list[str]
) -> dict[str, str]:
    given = {}
    for pair in listed:
        name, equals, text = pair.partition("=")
        if not equals or is_blank(text):
            raise misused(f"--value: “{pair}” is not NAME=TEXT")
        if name not in required:
            raise misused(f"--value: the template has no placeholder “{name}” without a default")
        if complaints := preflight.complaints(version, channel, {name: text}):
            raise misused(f"--value {name}: {' '.join(complaints)}")
        given[name] = text
    return given


def _sentence(notice: Notice) -> str:
    return f"{notice.path}: {notice.text % notice.params}"


def _audience(channel: str, *, tag: str | None, ids: str | None, **options: Any) -> Audience:
    if [bool(options["all"]), tag is not None, ids is not None].count(True) != 1:
        raise misused("Give exactly one of --all, --tag and --ids.")
    found = tags.find(tag) if tag is not None else None
    if tag is not None and found is None:
        raise misused(f"--tag: there is no tag “{tag}”.")
    named = _named(channel, ids) if ids is not None else ()
    wanted = found.name if found else ""
    audience = Audience(channel, tag=wanted, ids=named, everyone=options["all"])
    if not audience.contacts().exists():
        raise misused("Nobody would get it: no such contact may be written to.")
    return audience


def _plan(*, at: str | None, disturb: bool, waves: str, **options: Any) -> Plan:
    said = {"when": "at" if at is not None else "", "at": at or "", "disturb": disturb}
    form = PlanForm(said | {"waves": "own" if waves else "", "sizes": waves})
    if form.is_valid():
        return replace(form.plan(), can_be_taken_back=False)
    errors = [
        f"--{OPTIONS.get(name, name)}: {' '.join(map(str, words))}"
        for name, words in form.errors.items()
    ]
    offered = f" The next allowed time is {form.offered_value}." if form.offered and at else ""
    raise misused("; ".join(errors) + offered)


def _named(channel: str, ids: str) -> tuple[int, ...]:
    pasted = read_ids(ids, channel=channel)
    if pasted.refused:
        raise misused(f"--ids: {' '.join(say(each) for each in pasted.refused[:SAID])}")
    if pasted.unknown:
        raise misused(f"--ids: not on {channel}: {', '.join(pasted.unknown)}")
    if not 0 < len(pasted.ids) <= MAX_IDS:
        raise misused(f"--ids: from 1 to {MAX_IDS} ids, separated by commas")
    return pasted.ids
