"""Somebody at the site without a browser: follows links and sends forms by their words, as a page offers them."""

import re
from urllib.parse import urljoin

from django.test import Client
from lxml import html

from phancong.accounts.models import User


class Visitor:
    """The page that is open, and what can be done on it. Whatever is refused fails the test."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.address, self.text = "", ""

    def open(self, address: str) -> "Visitor":
        answer = self.client.get(address, follow=True)
        assert answer.status_code == 200, address
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self._see(answer.content)
        return self

    def follow(self, words: str) -> "Visitor":
        """The first link whose words match the pattern."""
        links = [link for link in self.page.iter("a") if re.search(words, _words(link))]
        assert links, f"{self.address}: no link “{words}”"
        return self.open(urljoin(self.address, links[0].get("href")))

    def send(self, button: str, **fields: object) -> "Visitor":
        """The form of the first button whose words match, as it stands, but for `fields`."""
        found = [one for one in self.page.iter("button") if re.search(button, _words(one))]
        assert found, f"{self.address}: no button “{button}”"
        pressed = found[0]
        form = next(one for one in pressed.iterancestors() if one.tag == "form")
        data: dict[str, object] = dict(form.form_values())
        if pressed.get("name"):
            data[pressed.get("name")] = pressed.get("value") or ""
        target = pressed.get("formaction") or form.get("action") or self.address
        answer = self.client.post(urljoin(self.address, target), data | fields, follow=True)
        assert answer.status_code == 200, (button, answer.status_code)
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else self.address
        self._see(answer.content)
        return self

    def _see(self, content: bytes) -> None:
        self.text = content.decode()
        self.page = html.fromstring(self.text)
        alerts = [_words(one) for one in self.page.xpath("//*[@role='alert']")]
        assert alerts == [], (self.address, alerts)


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
