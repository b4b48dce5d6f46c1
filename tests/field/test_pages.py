import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import resolve


class TestShell:
    def test_it_promises_only_what_is_there(self, client) -> None:
        page = client.get("/field/").content.decode()
        assert "The empty sign sheet and tally form" in page
        assert "Registering people, recording contacts and counting on the screen" in page
        assert 'data-field="/field/sw.js"' in page
        assert '<link rel="manifest" href="/field/manifest.webmanifest">' in page

    def test_it_needs_no_sign_in_and_sets_no_cookie(self, client) -> None:
        for path in ("/field/", "/field/sheet/", "/field/sw.js", "/field/manifest.webmanifest"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert not answer.cookies
            assert resolve(path).func.access == "public"

    @pytest.mark.parametrize("path", ["/field/", "/field/sheet/", "/field/sw.js", "/field/manifest.webmanifest"])
    def test_nothing_is_sent_there(self, client, path) -> None:
        assert client.post(path).status_code == 405

    def test_no_page_carries_a_script_or_style_of_its_own(self, client) -> None:
        for path in ("/field/", "/field/sheet/"):
            page = client.get(path).content.decode()
            assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)


def test_the_paper_form_has_a_line_for_each_and_a_box_for_each_age_and_sex(client) -> None:
    page = client.get("/field/sheet/").content.decode()
    assert "60 and older" in page
    assert ">20</td>" in page


class TestWorker:
    def kept(self, client) -> dict:
        return json.loads(client.get("/field/sw.js").content.decode().split("\n", 1)[0][len("const KEPT = ") : -1])

    def test_it_is_a_script_that_is_asked_for_again(self, client) -> None:
        answer = client.get("/field/sw.js")
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-cache"

    def test_it_keeps_every_file_the_pages_ask_for(self, client) -> None:
        files = set(self.kept(client)["files"])
        for path in ("/field/", "/field/sheet/"):
            page = client.get(path).content.decode()
            asked = {address.split("#")[0] for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)}
            assert asked <= files
        assert all(finders.find(name.removeprefix("/static/")) for name in files)

    def test_its_version_follows_what_it_keeps(self, client, monkeypatch) -> None:
        from safar.field import views

        before = self.kept(client)["version"]
        monkeypatch.setattr(views, "_OTHERS", (*views._OTHERS, "ui/gallery.css"))
        assert self.kept(client)["version"] != before


def test_the_manifest_stays_inside_its_scope(client) -> None:
    answer = client.get("/field/manifest.webmanifest")
    told = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert told["start_url"] == told["scope"] == "/field/"
    assert finders.find(told["icons"][0]["src"].removeprefix("/static/"))
