"""The form of a text message."""

from django.utils.translation import gettext_lazy as _

from composer.forms.fields import WordsField
from composer.forms.nested import NestedForm


class Form(NestedForm):
    message = WordsField(label=_("Text"), rows=6)
