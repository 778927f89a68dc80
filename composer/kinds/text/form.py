"""The form of a text message."""

from django.utils.translation import pgettext_lazy

from composer.forms.fields import WordsField
from composer.forms.nested import NestedForm


class Form(NestedForm):
    message = WordsField(label=pgettext_lazy("part of a message", "Text"), rows=6)
