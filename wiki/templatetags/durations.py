"""How long something takes, or has waited, in templates."""

from django import template

from wiki.durations import age, in_words

register = template.Library()

register.filter("age", age)
register.filter("in_words", in_words)
