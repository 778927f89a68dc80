"""A broadcast's page as the test client gets it."""

from django.urls import reverse


def page_of(client, broadcast, **query):
    return client.get(reverse("broadcast", args=[broadcast.pk], query=query))


def do(client, deed, broadcast, **said):
    return client.post(reverse(f"broadcast_{deed}", args=[broadcast.pk]), said, follow=True)


def names(page):
    return [delivery.contact.name for delivery in page.context["leaf"].deliveries]
