"""A Chromium without a window, which looks at pages as people do."""

import base64
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Browser:
    """Opens files, and tells what can be seen of them."""

    def __init__(self, browser: str, driver: str) -> None:
        options = ChromeOptions()
        options.binary_location = browser
        for argument in (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
        ):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = Chrome(options=options, service=Service(executable_path=driver))

    def open(
        self, path: Path, *, width: int = 1280, dark: bool = False, scripts: bool = True, grey: bool = False
    ) -> None:
        """Open a file in a window of this width."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._do("Emulation.setDeviceMetricsOverride", **size)
        self._do("Emulation.setEmulatedMedia", features=[scheme])
        self._do("Emulation.setScriptExecutionDisabled", value=not scripts)
        self._do("Emulation.setEmulatedVisionDeficiency", type="achromatopsia" if grey else "none")
        self.driver.get(path.as_uri())

    def tell(self, script: str) -> Any:
        """Give what a script in the page returns."""
        return self.driver.execute_script(script)

    def complaints(self) -> list[str]:
        """Give what the browser complained of since the last time: errors of scripts, breaches of the policy."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def picture(self, path: Path) -> None:
        """Take a picture of the whole page."""
        taken = self._do("Page.captureScreenshot", captureBeyondViewport=True, format="png")
        path.write_bytes(base64.b64decode(taken["data"]))

    def printed(self) -> tuple[bytes, int]:
        """Print to PDF; give that, and how many pages it has."""
        made = self._do("Page.printToPDF", printBackground=False, preferCSSPageSize=True)
        pdf = base64.b64decode(made["data"])
        return pdf, len(re.findall(rb"/Type\s*/Page\b", pdf))

    def close(self) -> None:
        """End the browser."""
        self.driver.quit()

    def _do(self, command: str, **arguments: Any) -> Any:
        return self.driver.execute_cdp_cmd(command, arguments)


def found_browser() -> Browser:
    """Start a browser; where there is none, skip the test, save under CI, which must have one."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if browser and driver:
        return Browser(browser, driver)
    reason = "no Chromium with its chromedriver is installed"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
