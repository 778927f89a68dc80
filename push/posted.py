"""What one contact was sent: the same bytes again, from what the delivery keeps."""

import json

from composer.vocabulary import channels
from push.models import Delivery
from push.wire import Envelope


def body(delivery: Delivery) -> bytes:
    """The body as it was posted last, or as it would be posted now."""
    broadcast = delivery.broadcast
    forced = broadcast.chunks.filter(round=delivery.round, is_forced=True).exists()
    kind = channels.ALL[broadcast.channel].contactable_type
    envelope = Envelope(broadcast.version.payload, contactable_type=kind, is_forced=forced)
    return envelope.body(delivery.contact.contactable_id, delivery.values)


def for_reading(posted: bytes) -> str:
    """The same JSON, set out over lines."""
    return json.dumps(json.loads(posted), ensure_ascii=False, indent=2)
