"""What stands in addresses."""

from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    """The number of a row. What no database counts up to is no address of the product: nothing is asked about it."""

    regex = "[0-9]{1,18}"
