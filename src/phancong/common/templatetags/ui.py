"""Small tags that every template uses."""

from datetime import date

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
    """The telephone of the office, as a link that a phone can dial."""
    number = settings.HELP_PHONE
    return format_html(
        '<a href="tel:{}">{}</a>', "".join(c for c in number if c.isdigit() or c == "+"), number
    )


@register.filter
def long_day(day: date) -> str:
    """A day with its weekday, as people say it."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


@register.filter
def grouped(number: int) -> str:
    """A whole number in groups of three, as Vietnamese is written: 1.378."""
    return f"{number:,}".replace(",", ".")
