"""Small tags that every template uses."""

from datetime import date

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon of the sprite; the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("common/icons.svg"),
        name,
    )


@register.simple_tag
def help_phone() -> SafeString:
    """The telephone of the office after its name, as a link that a phone can dial; nothing where none is set."""
    number = settings.HELP_PHONE
    if not number:
        return mark_safe("")
    digits = "".join(char for char in number if char.isdigit() or char == "+")
    return format_html(', ĐT <a href="tel:{}">{}</a>', digits, number)


@register.filter
def long_day(day: date) -> str:
    """A day with its weekday, as people say it."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


@register.filter
def grouped(number: int | None) -> str:
    """A whole number in groups of three, as Vietnamese is written: 1.378. None: a number that is kept back."""
    if number is None:
        return "không nêu"
    return f"{number:,}".replace(",", ".")
