"""The least code that sends a CSV with requests, one row after the other: `bare_requests.py FILE URL KEY`."""

import csv
import sys
from pathlib import Path

import requests
from inputs import body


def main() -> None:
    """Send each row on one kept-alive connection; any answer but a 200 ends the process."""
    path, url, key = sys.argv[1:]
    with requests.Session() as session, Path(path).open(encoding="utf-8", newline="") as file:
        session.headers["X-Api-Key"] = key
        for row in csv.DictReader(file):
            response = session.post(url, json=body(row), timeout=30)
            response.raise_for_status()
            assert response.json()["lead"]["id"] == row["Keen Lead ID"]


if __name__ == "__main__":
    main()
