"""The drill inbox: what every pretend contact received, and the stand-in's own settings."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from composer.vocabulary import channels
from people import addresses, rights
from push.drill import inbox, remote
from push.drill.inbox import Phone, Phones
from push.drill.remote import Standing
from push.drill.state import is_talking
from push.forms.drill import FAILURE_NAMES, MOOD_NAMES, ContactForm, FailureForm, SettingsForm

PHONES_A_PAGE = 40
KEPT = ("channel", "q", "page", "phone", "before", "since")

View = Callable[..., HttpResponseBase]
Form = SettingsForm | FailureForm | ContactForm


def in_drill(view: View) -> Any:
    """For those who see broadcasts; once a real host is set, there is nothing here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DRILL:
            raise Http404
        return view(request, *args, **kwargs)

    return rights.required(rights.VIEW_BROADCASTS)(guarded)


@in_drill
@require_safe
def drill(request: HttpRequest) -> HttpResponse:
    return render(request, "drill/inbox.html", _everything(request))


@in_drill
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Asked every few seconds: nothing (204), or what has changed since."""
    asked, is_up = request.GET, "1" if _standing() else "0"
    if (asked.get("after"), asked.get("up")) == (str(inbox.newest()), is_up):
        return HttpResponse(status=204)
    shown = _everything(request)
    changed = {
        "is_swap": True,
        "has_new_server": asked.get("up") != is_up or "phone" not in asked,
        "has_new_posts": asked.get("last") != str(shown["last"]),
    }
    return render(request, "drill/_news.html", shown | changed)


@in_drill
@require_POST
def drill_settings(request: HttpRequest) -> HttpResponse:
    return _tell(request, SettingsForm(request.POST), "/drill/state")


@in_drill
@require_POST
def drill_fail(request: HttpRequest) -> HttpResponse:
    return _tell(request, FailureForm(request.POST), "/drill/fail")


@in_drill
@require_POST
def drill_contact(request: HttpRequest) -> HttpResponse:
    return _tell(request, ContactForm(request.POST), "/drill/contact")


def _tell(request: HttpRequest, form: Form, path: str) -> HttpResponse:
    if not form.is_valid():
        for field, errors in form.errors.items():
            reasons = " ".join(map(str, errors))
            messages.error(request, f"{form.fields[field].label or field}: {reasons}")
        return _back(request)
    try:
        remote.tell(path, **form.told)
    except (remote.Unreachable, remote.Refused):
        messages.error(request, _("The drill server did not take that. Is it running?"))
    else:
        messages.success(request, _("The drill server has been told."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the same phones, whatever else the address said."""
    return redirect(f"{reverse('drill')}?{_kept(QueryDict(request.POST.get('back', '')))}")


def _kept(asked: QueryDict, **changed: object) -> str:
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if value := str(changed.get(name, asked.get(name, ""))):
            kept[name] = value[:200]
    return kept.urlencode()


def _everything(request: HttpRequest) -> dict[str, Any]:
    standing, phones = _standing(), _phones(request)
    server = _server(standing, phones["phone"]) if standing else {}
    return {**phones, "is_up": standing is not None, "standing": standing, **server}


def _server(standing: Standing, phone: Phone | None) -> dict[str, Any]:
    return {
        "settings_form": SettingsForm(initial=vars(standing), auto_id="drill-%s"),
        "failure_form": FailureForm(auto_id="fail-%s"),
        "failure": FAILURE_NAMES.get(standing.failure, ""),
        "is_elsewhere": standing.journal != str(inbox.journal()),
        "moods": MOOD_NAMES.items(),
        "mood": standing.contacts.get(phone.key, "usual") if phone else "",
        "is_talking": phone is not None and is_talking(phone.channel, phone.id, standing.talking),
    }


def _standing() -> Standing | None:
    try:
        return remote.standing()
    except remote.Unreachable:
        return None


def _phones(request: HttpRequest) -> dict[str, Any]:
    newest, asked = inbox.newest(), request.GET
    channel = asked.get("channel", "") if asked.get("channel") in channels.ALL else ""
    since = addresses.number(asked.get("since"), default=newest)
    phones = Phones(channel, asked.get("q", "").strip()[:200], since)
    page = Paginator(phones, PHONES_A_PAGE).get_page(asked.get("page"))
    counts, chosen = inbox.counts(), _chosen(asked, page.object_list)
    # Named from now on, so that news of another phone never pushes this one aside.
    named = {"phone": chosen["phone"].key} if chosen["phone"] else {}
    return {
        **chosen,
        "page": page,
        "channel": channel,
        "words": phones.words,
        "newest": newest,
        "since": since,
        "tabs": [(slug, counts[slug]) for slug in channels.ALL if slug in counts],
        "everyone": sum(counts.values()),
        "query": _kept(asked, since=since, **named),
    }


def _chosen(asked: QueryDict, shown: Any) -> dict[str, Any]:
    """The phone that was asked for, or else the one that heard something last."""
    key = asked.get("phone", "")
    is_chosen = key.partition(":")[0] in channels.ALL
    if not is_chosen and not shown:
        return {"phone": None, "last": 0}
    phone = inbox.phone(key) if is_chosen else shown[0]
    before = addresses.number(asked.get("before"), default=inbox.NEWEST)
    posts, earlier = inbox.arrivals(phone, before=before)
    return {
        "phone": phone,
        "is_chosen": is_chosen,
        "posts": posts,
        "earlier": earlier,
        "last": posts[-1].number if posts else 0,
    }
