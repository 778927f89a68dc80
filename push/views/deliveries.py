"""One contact's part of a broadcast: what was sent, drawn and word for word; and all as a sheet."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from composer import preview
from people import record, rights, sheets
from people.signed_in import SignedIn
from push import posted, results, roster
from push.models import Broadcast, Delivery
from push.roster import Wanted
from push.views.broadcasts import may_do


@rights.required(rights.VIEW_BROADCASTS)
@require_safe
def delivery(request: SignedIn, pk: int, delivery: int) -> HttpResponse:
    """What one contact was sent, drawn by the same preview from the values that it kept."""
    each = of_broadcast(pk, delivery)
    found = each.broadcast
    shown = {
        "broadcast": found,
        "delivery": each,
        "is_erased": is_erased(each),
        **({} if is_erased(each) else what_was_sent(each)),
        "following": roster.following(each),
        **may_do(request, found),
    }
    _note_view(request, each)
    return render(request, "push/delivery.html", shown)


def is_erased(delivery: Delivery) -> bool:
    """Whether what it takes to draw it again is gone."""
    return delivery.contact.is_erased or delivery.broadcast.erased_at is not None


def what_was_sent(delivery: Delivery) -> dict[str, object]:
    broadcast = delivery.broadcast
    payload, values = broadcast.version.payload, delivery.values or {}
    return {
        "picture": preview.draw(payload, channel=broadcast.channel, values=values),
        "body": posted.for_reading(posted.body(delivery)),
    }


@rights.required(rights.VIEW_BROADCASTS)
@require_safe
def body(request: SignedIn, pk: int, delivery: int) -> HttpResponse:
    """The bytes themselves, as a file."""
    each = of_broadcast(pk, delivery)
    if is_erased(each):
        raise Http404
    _note_view(request, each)
    answer = HttpResponse(posted.body(each), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="broadcast-{pk}-{each.pk}.json"'
    return answer


@rights.required(rights.VIEW_BROADCASTS, rights.SEND)
@require_POST
def csv(request: SignedIn, pk: int) -> StreamingHttpResponse:
    """Everybody's outcome, or of those that the address asks for."""
    found = get_object_or_404(Broadcast.objects.select_related("version__template"), pk=pk)
    rights.ensure_can_manage(request.user, found.by_id, others=rights.MANAGE_BROADCASTS)
    wanted = Wanted.read(request.GET.dict())
    record.note(request.user, "exported", target=found)
    return sheets.answer(results.rows(found, wanted), name=f"broadcast-{found.pk}.csv")


def _note_view(request: SignedIn, delivery: Delivery) -> None:
    """What one person was sent is theirs: who looked at it is in the record."""
    if request.method == "GET":
        record.note(request.user, "viewed message", target=delivery.broadcast, delivery=delivery.pk)


def of_broadcast(pk: int, delivery: int) -> Delivery:
    found = Delivery.objects.select_related("contact", "broadcast__version__template")
    return get_object_or_404(found, pk=delivery, broadcast=pk)
