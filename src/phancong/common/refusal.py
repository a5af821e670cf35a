"""The one way this product says no: a whole sentence for the user."""


class Refused(Exception):  # noqa: N818 -- it is no error: the product says no
    """An act is not possible now. The text is a Vietnamese sentence that says why and what to do instead."""
