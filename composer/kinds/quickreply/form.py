"""The form of a quick reply."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from composer.forms.fields import WordsField
from composer.forms.nested import NestedForm, Rows
from composer.forms.presses import OptionForm


class Form(NestedForm):
    explain_text = WordsField(label=pgettext_lazy("part of a message", "Text"), rows=4)
    # 24 is the most that any channel is said to show (Viber); each says its own limit.
    options = Rows(
        OptionForm, max_num=24, label=_("Answers"), noun=_("Answer"), add=_("Add an answer")
    )
