"""The ledger answers for whole chunks at a time, and only for what it knows."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from journal.stories import DONE, HEAD, KEY_PRINT, URL, lead, send, update

from leadsync.identity import lead_keys
from leadsync.journal import Journal, Ledger, LedgerIndex

ODD = 0x9E3779B97F4A7C15


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """Give a journal whose ledger knows 1,200 leads, with ten times their numbers as marks."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        send(journal, run, DONE, *(update(n, n, 10 * n + 1, email=f"someone.{n}@example.com") for n in range(1200)))
        journal.ledger(URL, KEY_PRINT).fold()
        yield journal


@pytest.fixture
def ledger(journal: Journal) -> Ledger:
    """Give its ledger."""
    return journal.ledger(URL, KEY_PRINT)


def test_the_index_tells_known_leads_from_others(ledger: Ledger) -> None:
    """In whatever order they are asked for, however often; a row without a lead is none of them."""
    index = ledger.index()
    asked = [700, 5, 9_999, 5, 0, 1199]
    known, marks = index.find(lead_keys([*map(lead, asked), ""]))
    assert len(index) == 1200
    assert known.tolist() == [True, True, False, True, True, True, False]
    assert marks.tolist() == [7001, 51, 0, 51, 1, 11991, 0]


def test_leads_that_look_alike_to_the_index_are_told_apart() -> None:
    """Several leads may share the number by which they are sorted."""
    mask = 2**64 - 1
    keys = np.array([[7 ^ (low * ODD & mask), low] for low in range(1, 6)], np.uint64)
    index = LedgerIndex.of(keys[:4], np.array([11, 22, 33, 44]))
    assert len(set(index.mixed.tolist())) == 1
    known, marks = index.find(keys[::-1])
    assert (known.tolist(), marks.tolist()) == ([False, True, True, True, True], [0, 44, 33, 22, 11])


def test_an_empty_ledger_knows_nobody(tmp_path: Path) -> None:
    """Nor does that of a company that was never sent anything."""
    with Journal(tmp_path / "empty.sqlite") as journal:
        ledger = journal.ledger(URL, KEY_PRINT)
        ledger.fold()
        ledger.remember([(lead(1), 7)])
        known, marks = ledger.index().find(lead_keys([lead(1)]))
        assert (known.tolist(), marks.tolist()) == ([False], [0])
        assert (ledger.said([lead(1)]), ledger.uuids(["1001"])) == ({}, {})


def test_what_was_said_is_told_of_many_leads_at_once(ledger: Ledger) -> None:
    """Unknown ones are left out."""
    said = ledger.said([lead(n) for n in range(0, 2400, 2)])
    assert said == {lead(n): {"email": f"someone.{n}@example.com"} for n in range(0, 1200, 2)}


def test_new_marks_are_remembered_for_known_leads_only(ledger: Ledger) -> None:
    """Their rows are written otherwise than before, and say the same."""
    ledger.remember((lead(n), -n) for n in (1300, 5, 4, 1100))
    known, marks = ledger.index().find(lead_keys([lead(n) for n in (4, 5, 6, 1100, 1300)]))
    assert known.tolist() == [True, True, True, True, False]
    assert marks.tolist() == [-4, -5, 61, -1100, 0]
    assert ledger.said([lead(4)]) == {lead(4): {"email": "someone.4@example.com"}}
