"""A message, and how the page sends what it holds."""

from django.urls import reverse

from composer import forms

COUPON = {
    "explain_text": "選一個",
    "options": [{"label": "好", "type": "text", "value": "好", "url": "", "number": ""}],
}


def post(client, view, kind, content, **extra):
    return client.post(reverse(view, args=[kind]), forms.flat(content) | extra)
