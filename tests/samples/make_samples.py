"""Makes the three exports of `sample_data/`, always the same bytes: `python tests/samples/make_samples.py [FOLDER]`."""

import sys
from pathlib import Path

import dansk_crm
import hubspot
import pipedrive

SAMPLES = {
    "hubspot_contacts.csv": hubspot.make,
    "pipedrive_people.xlsx": pipedrive.make,
    "dansk_crm_kunder.csv": dansk_crm.make,
}


def main() -> None:
    """Write the samples into the folder named, or into `sample_data/`."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "sample_data"
    for name, make in SAMPLES.items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    main()
