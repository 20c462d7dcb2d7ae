#!/usr/bin/env python3
"""Make docs/images/desk-letter-phone.webp from the real thing: ``make picture``.

Plays the lost reservation in a world of its own, photographs the desk while the guest stands there, the
letter as it is printed, and the certificate on a telephone, and puts the three side by side. Needs
Chromium with ChromeDriver and pdftoppm (poppler-utils).
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
EXAMPLE = DOCS.parent / "example_project"
PICTURE = DOCS / "images" / "desk-letter-phone.webp"
MOST_BYTES = 300_000
QUALITY = 86
LINK = re.compile(r"http://\S+/recovery/g/[A-Za-z0-9_-]{43}/")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

sys.path.insert(0, str(EXAMPLE))
from story import stage  # noqa: E402 because the example is no package of ours


def main() -> None:
    os.environ.setdefault("EXAMPLE_BASE_URL", f"http://127.0.0.1:{_free_port()}")
    stage.enter("picture")  # starts this file again, inside a world of its own
    import django

    django.setup()
    from story.sink import Sink
    from story.teller import Teller

    folder = stage.folder_of("picture")
    with (
        Sink(folder=folder / "mails", port=stage.smtp_port()) as sink,
        stage.Worker(folder=folder) as worker,
        Camera() as camera,
    ):
        _photograph(folder, sink, worker, Teller(quiet_stdout=False), camera)
        camera.compose(folder)
    size = PICTURE.stat().st_size
    print(f"{PICTURE.relative_to(DOCS.parent)}: {size // 1000} KB")
    if size > MOST_BYTES:
        sys.exit(f"That is more than {MOST_BYTES // 1000} KB: lower QUALITY.")


def _photograph(folder: Path, sink: Any, worker: Any, teller: Any, camera: Camera) -> None:
    from story.lost_reservation import Story

    class Photographed(Story):
        """The story, stopped where there is something to see."""

        def _build_the_house(self) -> None:
            super()._build_the_house()
            camera.open_the_site(folder)

        def _step_1_apologise(self) -> None:
            camera.shoot_the_desk(folder / "desk.png", self.complaint.pk)
            super()._step_1_apologise()

        def _told_reviewed_closed(self) -> None:
            mail = next(mail for path, mail in self.sink.mails().items() if "apology" in path.name)
            found = LINK.search(mail.get_body(("plain",)).get_content())
            assert found is not None  # noqa: S101 because the letter carries a certificate
            camera.shoot_the_phone(folder / "phone.png", found.group())
            paper = ["pdftoppm", "-r", "150", "-png", "-singlefile", folder / "letter.pdf", folder / "letter"]
            subprocess.run(paper, check=True)  # noqa: S603 because every word of it is ours

        def _next_spring(self) -> None:
            """Not for the picture: there the certificate is still good."""

    Photographed(folder=folder, sink=sink, worker=worker, teller=teller).play()


class Camera:
    """A browser, and the site that it looks at."""

    def __enter__(self) -> Camera:
        from selenium import webdriver

        options = webdriver.ChromeOptions()
        for flag in FLAGS:
            options.add_argument(flag)
        service = webdriver.ChromeService(shutil.which("chromedriver"))
        self._browser: Any = webdriver.Chrome(options=options, service=service)
        self._site: subprocess.Popen[bytes] | None = None
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.quit()
        if self._site is not None:
            self._site.send_signal(signal.SIGTERM)
            self._site.wait(10)

    def open_the_site(self, folder: Path) -> None:
        self._base = os.environ["EXAMPLE_BASE_URL"]
        port = int(self._base.rpartition(":")[2])
        command = [sys.executable, EXAMPLE / "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
        log = (folder / "site.log").open("wb")
        self._site = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 because it is the example
        stage.wait_until(lambda: _answers(port), what="the site")

    def shoot_the_desk(self, file: Path, complaint: int) -> None:
        self._size(width=1000, height=1240, scale=1.5)
        self._browser.get(f"{self._base}/admin/recovery/complaint/{complaint}/change/")
        self._browser.find_element("name", "username").send_keys("joseph")
        self._browser.find_element("name", "password").send_keys("demo\n")
        # Folded away by its own button, as whoever works with one list does.
        self._browser.execute_script("localStorage.setItem('django.admin.navSidebarIsOpen', 'false')")
        self._browser.refresh()
        self._shoot(file)

    def shoot_the_phone(self, file: Path, link: str) -> None:
        self._browser.delete_all_cookies()
        self._size(width=390, height=1080, scale=2, is_mobile=True)
        self._browser.get(link)
        self._shoot(file)

    def compose(self, folder: Path) -> None:
        """The three beside each other, as one picture."""
        self._size(width=1640, height=860, scale=1)
        self._browser.get("about:blank")
        pictures = {name: _as_data(folder / f"{name}.png") for name in ("desk", "letter", "phone")}
        self._browser.execute_script("document.documentElement.innerHTML = arguments[0]", PAGE % pictures)
        self._browser.execute_async_script(
            "const done = arguments[0];"
            "Promise.all([...document.images].map(image => image.decode())).then(() => done())"
        )
        PICTURE.parent.mkdir(exist_ok=True)
        self._shoot(PICTURE, format="webp", quality=QUALITY)

    def _size(self, *, width: int, height: int, scale: float, is_mobile: bool = False) -> None:
        given = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": is_mobile}
        self._browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", given)

    def _shoot(self, file: Path, **how: Any) -> None:
        answer = self._browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", **how})
        file.write_bytes(base64.b64decode(answer["data"]))


PAGE = """
<style>
  body { margin: 0; padding: 32px; display: flex; gap: 36px; align-items: flex-start; height: 796px;
         background: #e9e6df; font: 18px/1.4 sans-serif; color: #33404a; justify-content: center; }
  figure { margin: 0; display: flex; flex-direction: column; align-items: center; }
  figcaption { margin-bottom: 12px; }
  img { display: block; height: 756px; background: #fff; box-shadow: 0 6px 24px #0003; }
  .phone { box-sizing: border-box; border: 9px solid #20262b; border-radius: 32px; }
</style>
<figure><figcaption>12:12, the desk</figcaption><img src="%(desk)s"></figure>
<figure><figcaption>next morning, the letter</figcaption><img src="%(letter)s"></figure>
<figure><figcaption>on the telephone, the free night</figcaption><img class="phone" src="%(phone)s"></figure>
"""


def _as_data(file: Path) -> str:
    return "data:image/png;base64," + base64.b64encode(file.read_bytes()).decode()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
