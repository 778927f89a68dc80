"""What each verb of the record is called on the page."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LABELS = {
    "signed in": _("signed in"),
    "signed out": _("signed out"),
    "sign-in failed": _("failed to sign in"),
    "requested password reset": _("requested a password reset by e-mail"),
    "reset own password": _("set a new password by e-mail"),
    "changed own password": _("changed the own password"),
    "second factor failed": _("entered a wrong verification code"),
    "turned on second factor": _("turned on two-step verification"),
    "turned off second factor": _("turned off two-step verification"),
    "created backup codes": _("created backup codes"),
    "viewed backup codes": _("viewed backup codes"),
    "removed second factor": _("turned off a user's two-step verification"),
    "changed person": _("changed a person"),
    "reset password": _("gave a person a new password"),
    "changed group": _("changed a group"),
    "deleted group": _("deleted a group"),
    "ended demo": _("ended the demo"),
    "created": _("created a template"),
    "saved": _("saved a version"),
    "described": _("changed name, tags or notes"),
    "published": _("published"),
    "unpublished": _("took back to draft"),
    "archived": _("archived"),
    "restored": _("restored"),
    "duplicated": _("duplicated"),
    "imported": _("imported templates"),
    "exported": _("exported"),
    "added picture": _("added a picture"),
    "renamed picture": _("renamed an image"),
    "deleted picture": _("deleted a picture"),
    "imported contacts": _("imported contacts"),
    "sent": _("sent a broadcast"),
    "scheduled": _("scheduled a broadcast"),
    "overrode": _("sent a broadcast that the channel rejects"),
    "began": _("began a scheduled broadcast"),
    "disturbed": _("let a broadcast into the quiet hours"),
    "waits for held": _("tries held contacts again by itself"),
    "gave up held": _("no longer tries held contacts"),
    "stopped held": _("stopped trying held contacts again"),
    "retried": _("tried deliveries again"),
    "forced": _("forced held messages"),
    "settled_sent": _("settled as sent"),
    "settled_not_sent": _("settled as not sent"),
    "created contact": _("added a contact"),
    "changed contact": _("changed a contact"),
    "erased contact": _("erased a contact"),
    "erased by age": _("erased what was too old to keep"),
    "deleted contact": _("deleted a contact"),
    "changed tag": _("added or renamed a tag"),
    "deleted tag": _("deleted a tag"),
    "viewed message": _("viewed a message that was sent"),
    "silenced contact": _("left a contact out of broadcasts"),
    "silenced unreached": _("left contacts out of broadcasts that could not be reached"),
    "allowed contact": _("allowed broadcasts to a contact again"),
    "saved audience": _("saved an audience"),
    "forgot audience": _("forgot a saved audience"),
    "paused": _("paused a broadcast"),
    "resumed": _("resumed a broadcast"),
    "cancelled": _("cancelled a broadcast"),
    "paced": _("changed a broadcast's pace"),
    "token_refused": _("set a refused token aside"),
    "token_tried": _("tried refused tokens again"),
}
# What the details of an entry are called.
DETAILS = {
    "active": _("active"),
    "address": _("IP address"),
    "audience": _("audience"),
    "because": _("because"),
    "broadcasts": _("broadcasts"),
    "cancelled": _("cancelled"),
    "channel": _("channel"),
    "contacts": _("contacts"),
    "copy": _("copy"),
    "created": _("new"),
    "deliveries": _("deliveries"),
    "delivery": _("delivery"),
    "email": _("e-mail address changed"),
    "entries": _("entries"),
    "everyone": _("everyone"),
    "fallbacks": _("values for this send"),
    "forced": _("forced"),
    "groups": _("groups"),
    "outcome": _("outcome"),
    "picture": _("image"),
    "published": _("published"),
    "people": _("users"),
    "rate": _("posts a minute"),
    "reason": _("reason"),
    "rejected": _("rejected"),
    "rejections": _("limits overridden"),
    "required": _("must have a value for"),
    "rights": _("rights"),
    "search": _("search"),
    "start_at": _("begins"),
    "staff": _("may open the admin"),
    "superuser": _("all rights"),
    "tag": _("tag"),
    "template": _("template"),
    "templates": _("templates"),
    "tokens": _("tokens"),
    "unchanged": _("the same"),
    "updated": _("changed"),
    "version": _("version"),
}


def label(verb: str) -> str:
    """The verb in the reader's language; one that nobody named stands for itself."""
    return str(LABELS.get(verb, verb))


def detail(name: str, value: object) -> tuple[str, str]:
    """A detail's name and value in the reader's language."""
    if isinstance(value, bool):
        value = gettext("yes") if value else gettext("no")
    if isinstance(value, dict):
        value = [_part(*pair) for pair in value.items() if pair[1] not in ("", None, [], False)]
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return str(DETAILS.get(name, name)), str(value)


def _part(name: str, value: object) -> str:
    words = str(DETAILS.get(name, name))
    return words if value is True else f"{words} {value}"
