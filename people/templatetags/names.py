"""The filter `called`: what a person is called."""

from django import template

from people import names

register = template.Library()

register.filter("called", names.called)
