"""Where a message is written: which kind, which template, and the page with all of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from composer import carrying, checking, drafts, forms, kinds, library
from composer.composing import shown
from composer.forms.nested import Content, NestedForm, flat
from composer.models import Draft, Template, Version
from composer.vocabulary import channels
from people import addresses

GONE = gettext_lazy("This template was archived, or is no longer shared with you.")


@dataclass(frozen=True)
class Desk:
    """What one person is writing: a kind, and the template it belongs to, if any.

    `expected` and `name_before` are the version and the name that were on the screen when the
    writing began: a name that nobody changed there undoes no colleague's. `gone` is what the
    page says of its template where this person cannot open that any more.
    """

    kind: str
    template: Template | None = None
    expected: int = 0
    name: str = ""
    name_before: str = ""
    gone: str = ""

    def get_absolute_url(self) -> str:
        return reverse("compose", args=[self.kind]) + self.query

    @property
    def query(self) -> str:
        """Of every address at which the page may come to stand."""
        return f"?template={self.template.pk}" if self.template else ""

    @property
    def is_renamed(self) -> bool:
        return self.name != self.name_before

    @property
    def key(self) -> str:
        """The template, as the page says it."""
        return str(self.template.pk) if self.template else self.gone

    @property
    def saved_content(self) -> Content:
        """What the template said when the writing began; of another kind, what of it fits."""
        if self.template is None:
            return {}
        begun = self.template.versions.filter(number=self.expected).first()
        saved = begun or self.template.latest
        content = saved.message.content()
        return (
            content
            if saved.kind == self.kind
            else carrying.carried(content, to=form_class(self.kind))
        )


def form_class(kind: str) -> type[NestedForm]:
    if kind not in kinds.NAMES:
        raise Http404(_("There is no such kind of message."))
    return forms.form_for(kind)


def opened(request: HttpRequest, kind: str) -> Desk:
    """The desk at `?template=`; a template that this person may not see is not found."""
    form_class(kind)
    asked = request.GET.get("template")
    if not asked:
        return Desk(kind)
    visible = Template.objects.visible_to(request.user)
    template = get_object_or_404(visible, pk=addresses.number(asked))
    name = template.name
    return Desk(kind, template, template.latest.number, name, name_before=name)


def resumed(desk: Desk, draft: Draft) -> tuple[Desk, Version | None]:
    """The desk as it was when the draft was begun, and what has been saved since, if anything."""
    if desk.template is None:
        return replace(desk, name=draft.name), None
    latest = desk.template.latest
    newer = latest if latest.number > draft.expected else None
    return replace(desk, expected=draft.expected, name=draft.name or desk.name), newer


def posted(request: HttpRequest, kind: str) -> tuple[Desk, NestedForm]:
    """The desk and the form that came from the page."""
    return at(request, kind), form_class(kind)(request.POST)


def at(request: HttpRequest, kind: str) -> Desk:
    """The desk that the page was at."""
    asked = request.POST.get("template", "")
    visible = Template.objects.visible_to(request.user)
    template = visible.filter(pk=addresses.number(asked)).first()
    name = _name(request, "name")
    # A page from before the update does not say it.
    now = template.name if template else ""
    before = _name(request, "name_before") if "name_before" in request.POST else now
    expected = addresses.number(request.POST.get("expected"))
    return Desk(kind, template, expected, name, before, gone="" if template else asked)


def _name(request: HttpRequest, field: str) -> str:
    return " ".join(request.POST.get(field, "").replace("\0", "").split())[: library.NAME_LENGTH]


def keep(by: User, desk: Desk, content: Content) -> Draft:
    """What is on the page, as this person's draft.

    Without its template it would take the place of the draft of a new message.
    """
    if desk.gone:
        raise Http404(GONE)
    name = desk.name if desk.is_renamed else ""
    return drafts.keep(by, desk.kind, desk.template, content, expected=desk.expected, name=name)


def keep_changes(by: User, desk: Desk, content: Content) -> Draft | None:
    """The same, but who has only looked has no draft, and who took all of it back neither."""
    is_written = desk.gone or not _is_as_begun(desk, content)
    if is_written or drafts.has_aside(by, desk.kind, desk.template):
        return keep(by, desk, content)
    drafts.drop(by, desk.kind, desk.template)
    return None


def _is_as_begun(desk: Desk, content: Content) -> bool:
    return not desk.is_renamed and content == forms.blank(desk.kind, desk.saved_content).content()


def page(
    request: HttpRequest,
    desk: Desk,
    form: NestedForm,
    *,
    draft: Draft | None = None,
    newer: Version | None = None,
    name_error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole page; `newer` is what somebody else saved in the meantime."""
    chosen = request.POST if request.method == "POST" else request.GET
    message = shown(desk.kind, form.content(), chosen)
    context = {
        "desk": desk,
        "kind": desk.kind,
        "form": form,
        "shown": message,
        "is_copy": desk.template and not library.can_change(request.user, desk.template),
        "draft": draft,
        "newer": newer,
        "versus": drafts.versus(newer, message) if newer else (),
        "name_error": name_error,
        "problems": len(list(form.problems())) if form.is_bound else 0,
        "kinds": [kinds.MESSAGES[name] for name in kinds.NAMES],
        "channels": channels.ALL.values(),
        "units": checking.UNITS.items(),
        "others": {
            name: _blank_fields(name, get_language()) for name in kinds.NAMES if name != desk.kind
        },
    }
    return render(request, "composer/compose.html", context, status=status)


def redrawn(
    request: HttpRequest, kind: str, content: Content, *, said: Mapping[str, str]
) -> HttpResponse:
    """The preview of an edited content, and its values for the form; `said` is for the script."""
    context = {"shown": shown(kind, content, request.POST), "values": flat(content)}
    answer = render(request, "composer/_edited.html", context)
    answer["HX-Trigger-After-Settle"] = json.dumps({"edited": said})
    return answer


def switched(
    request: HttpRequest,
    kind: str,
    content: Content,
    *,
    said: Sequence[str] = (),
    level: str = "success",
    replaced: Draft | None = None,
) -> HttpResponse:
    """A message's content, which the page's script puts into the fields of that kind.

    `replaced` is an older draft of that kind, for the page's history to lead back to.
    """
    context = {
        "kind": kind,
        "values": flat(content),
        "replaced": flat(replaced.content) if replaced else None,
        "shown": shown(kind, content, request.POST),
        "said": said,
        "level": level,
    }
    return render(request, "composer/_switched.html", context)


@lru_cache(maxsize=64)
def _blank_fields(kind: str, _language: str) -> str:
    """The same for everybody: the page has the fields of kinds that are one press away."""
    return render_to_string("composer/_form.html", {"form": forms.blank(kind)})
