"""The catalogue of outcome codes: what each means, and what to do about it.

Codes are stable: others script against them. A code is emitted only as a member of `Code`, so that whatever the
program can say is in the catalogue. `leadsync explain CODE` prints an entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """The name of an outcome's cause, as it stands in reports."""

    UPDATED = "updated"

    BLANK_ROW = "blank_row"
    NOTHING_TO_UPDATE = "nothing_to_update"
    SUPERSEDED = "superseded"

    MISSING_LEAD_ID = "missing_lead_id"
    INVALID_LEAD_ID = "invalid_lead_id"
    INVALID_LEGACY_ID = "invalid_legacy_id"
    DUPLICATE_LEAD = "duplicate_lead"
    RAGGED_ROW = "ragged_row"
    REQUIRED_BLANK = "required_blank"
    INVALID_EMAIL = "invalid_email"
    INVALID_UUID = "invalid_uuid"
    INVALID_LENGTH = "invalid_length"
    INVALID_PATTERN = "invalid_pattern"
    NOT_ONE_OF = "not_one_of"
    NOT_IN_LOOKUP = "not_in_lookup"
    INVALID_NUMBER = "invalid_number"
    INVALID_INTEGER = "invalid_integer"
    INVALID_BOOLEAN = "invalid_boolean"
    INVALID_DATE = "invalid_date"
    INVALID_JSON = "invalid_json"
    INVALID_PHONE = "invalid_phone"
    INVALID_TEXT = "invalid_text"

    LEAD_NOT_FOUND = "lead_not_found"
    LEAD_NOT_ACCESSIBLE = "lead_not_accessible"
    INVALID_PROPERTY = "invalid_property"
    LEAD_ID_REFUSED = "lead_id_refused"
    EMPTY_UPDATE_REFUSED = "empty_update_refused"
    BAD_REQUEST = "bad_request"
    NOT_STORED_AS_SENT = "not_stored_as_sent"

    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    WORKER_LIMIT = "worker_limit"
    UNAVAILABLE = "unavailable"
    UNREACHABLE = "unreachable"

    NO_ANSWER = "no_answer"
    GATEWAY_ERROR = "gateway_error"
    UNREADABLE_ANSWER = "unreadable_answer"
    KILLED = "killed"

    DRY_RUN = "dry_run"
    HELD_BACK = "held_back"
    KEY_REFUSED = "key_refused"
    GATEWAY_REFUSED = "gateway_refused"
    FUNCTION_NOT_FOUND = "function_not_found"
    REDIRECTED = "redirected"
    KEEN_DOWN = "keen_down"
    TOO_MANY_FAILURES = "too_many_failures"
    STATE_UNWRITABLE = "state_unwritable"
    INTERRUPTED = "interrupted"
    TERMINATED = "terminated"
    SOURCE_BROKEN = "source_broken"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says of a code."""

    meaning: str
    remedy: str


CATALOGUE: Mapping[Code, Entry] = {
    Code.UPDATED: Entry("Keen acknowledged the update: the lead holds the row's values.", "Nothing."),
    Code.BLANK_ROW: Entry("Every cell of the row is empty.", "Nothing; remove the row if it disturbs."),
    Code.NOTHING_TO_UPDATE: Entry(
        "Every cell that the mapping would send is blank, and a blank never wipes.",
        "Nothing; or say `on_blank: clear` in the mapping for a field that a blank cell shall clear.",
    ),
    Code.SUPERSEDED: Entry(
        "A later row is about the same lead, and the mapping says `duplicates: last`.",
        "Nothing; the later row was sent.",
    ),
    Code.MISSING_LEAD_ID: Entry(
        "The cell that should name the lead is blank, so nobody can tell which lead the row is about.",
        "Fill in the lead's id as Keen shows it; leadsync does not create leads.",
    ),
    Code.INVALID_LEAD_ID: Entry(
        "The cell that should hold the lead's UUID holds something else.",
        "Write it like 3f2b1c9e-8d47-4f0a-9b1e-6c5d4e3f2a1b; for ids of Keen's earlier system map `lead.legacy_id`.",
    ),
    Code.INVALID_LEGACY_ID: Entry(
        "The cell that should hold the lead's legacy id is not a whole number.",
        "Write the digits only, without a decimal mark or thousands marks.",
    ),
    Code.DUPLICATE_LEAD: Entry(
        "More than one row is about the same lead, and the mapping says `duplicates: error`.",
        "Keep one row for the lead; or say `duplicates: each` or `last` in the mapping.",
    ),
    Code.RAGGED_ROW: Entry(
        "The row has more or fewer cells than the header, so it is not sure which cell belongs to which column.",
        "Look for a missing quote, or for a delimiter inside of an unquoted cell, in this row and the one before.",
    ),
    Code.REQUIRED_BLANK: Entry(
        "A cell that the mapping requires is blank.",
        "Fill it in; or take `required` or `on_blank: error` out of the mapping.",
    ),
    Code.INVALID_EMAIL: Entry(
        "The cell is no e-mail address.", "Mend the address; there must be one only, with an @ and a domain with a dot."
    ),
    Code.INVALID_UUID: Entry("The cell is no UUID.", "Write it like 3f2b1c9e-8d47-4f0a-9b1e-6c5d4e3f2a1b."),
    Code.INVALID_LENGTH: Entry(
        "The text is shorter or longer than the mapping allows.",
        "Shorten or complete it; or change `check: {length: …}` in the mapping.",
    ),
    Code.INVALID_PATTERN: Entry(
        "The text has not the form that the mapping's `regex` asks for.",
        "Mend the cell; or change `check: {regex: …}` in the mapping.",
    ),
    Code.NOT_ONE_OF: Entry(
        "The text is none of those that the mapping allows.",
        "Mend the cell; or add the text to `check: {one_of: […]}` in the mapping.",
    ),
    Code.NOT_IN_LOOKUP: Entry(
        "The mapping's `lookup` has no entry for this text.",
        "Mend the cell; or add an entry; or say what happens `otherwise` (keep, skip, a value).",
    ),
    Code.INVALID_NUMBER: Entry(
        "The cell is no number as the mapping declares numbers, or has more than the 15 digits that survive.",
        "Mend the cell; or check `decimal` and `thousands` in the mapping.",
    ),
    Code.INVALID_INTEGER: Entry(
        "The cell is no whole number.", "Mend the cell; or say `type: number` in the mapping if it may have decimals."
    ),
    Code.INVALID_BOOLEAN: Entry(
        "The cell is none of the words that the mapping knows for true and false.",
        "Mend the cell; or add the word under `true:` or `false:` in the mapping.",
    ),
    Code.INVALID_DATE: Entry(
        "The cell is no date of the form that the mapping declares, or no day of the calendar.",
        "Mend the cell; or change `format` in the mapping.",
    ),
    Code.INVALID_JSON: Entry(
        "The cell is not JSON, or is null, which Keen does not take.", "Mend the cell; strings need double quotes."
    ),
    Code.INVALID_PHONE: Entry(
        "The cell is no phone number that can exist.",
        "Mend the number; without + and a country code it is read as one of the mapping's `region`.",
    ),
    Code.INVALID_TEXT: Entry("The text holds a character that cannot be sent, such as NUL.", "Type the cell again."),
    Code.LEAD_NOT_FOUND: Entry(
        "Keen has no lead with this id.", "Check the id; the lead may have been deleted, or belong to another Keen."
    ),
    Code.LEAD_NOT_ACCESSIBLE: Entry(
        "The lead exists, in a channel that the key's company cannot access.",
        "Use the key of the right company, or ask for access to the channel.",
    ),
    Code.INVALID_PROPERTY: Entry(
        "Keen refused a property: it is not active on the lead's own channel. Nothing of the row was stored.",
        "Check the mapping's `channel`, and whether the lead is in it; `leadsync channels` lists the definitions.",
    ),
    Code.LEAD_ID_REFUSED: Entry("Keen does not take the lead's id for a UUID.", "Check the id."),
    Code.EMPTY_UPDATE_REFUSED: Entry(
        "Keen found nothing to update in the request.", "Tell the makers of leadsync: it should not have sent the row."
    ),
    Code.BAD_REQUEST: Entry(
        "Keen refused the request for a reason that leadsync does not know.",
        "Read the message; if it does not help, ask Keen with the lead's id and the time.",
    ),
    Code.NOT_STORED_AS_SENT: Entry(
        "Keen acknowledged the update, but the lead that it answered with does not hold what was sent.",
        "The message has both values: send what Keen stores (a `transform` may help), or ask Keen why it differs.",
    ),
    Code.RATE_LIMITED: Entry(
        "Keen asked for fewer requests, again and again (429).",
        "Say `leadsync resume`, with a lower `--rate`: it sends only the rows without a final answer.",
    ),
    Code.SERVER_ERROR: Entry(
        "Keen had an error of its own, again and again (500).",
        "Say `leadsync resume` later; if it stays, ask Keen with the lead's id and the time.",
    ),
    Code.WORKER_LIMIT: Entry(
        "Keen ran out of memory or processor time, again and again (546).",
        "Say `leadsync resume` with a lower `--concurrency`.",
    ),
    Code.UNAVAILABLE: Entry("Keen was not available, again and again (503).", "Say `leadsync resume` later."),
    Code.UNREACHABLE: Entry(
        "No connection to Keen could be made.",
        "Check the network, the proxy and LEADSYNC_BASE_URL; then say `leadsync resume`.",
    ),
    Code.NO_ANSWER: Entry(
        "The update went out, and no whole answer came: it may or may not have been applied.",
        "Say `leadsync resume`: to send an update twice does no harm.",
    ),
    Code.GATEWAY_ERROR: Entry(
        "A gateway before Keen gave up waiting: the update may or may not have been applied.",
        "Say `leadsync resume`: to send an update twice does no harm.",
    ),
    Code.UNREADABLE_ANSWER: Entry(
        "Keen said yes, but answered with something else than the lead: the update may or may not be applied.",
        "Check LEADSYNC_BASE_URL and the proxy; then say `leadsync resume`.",
    ),
    Code.KILLED: Entry(
        "leadsync was killed while the row may have been on its way: it may or may not have been applied.",
        "Say `leadsync resume`: to send an update twice does no harm.",
    ),
    Code.DRY_RUN: Entry("The row is fine and would be sent; this was a trial run.", "Run again without `--dry-run`."),
    Code.HELD_BACK: Entry(
        "An earlier row of the same lead failed or is unknown and has to be sent again, which must not undo this one.",
        "Say `leadsync resume`: it sends both rows, in their order.",
    ),
    Code.KEY_REFUSED: Entry(
        "Keen refused the API key, so the run was stopped.",
        "Make a new key in the Keen dashboard, set LEADSYNC_API_KEY, and say `leadsync resume`.",
    ),
    Code.GATEWAY_REFUSED: Entry(
        "Something before Keen refused the calls, so the run was stopped.",
        "Check LEADSYNC_BASE_URL, the key, and any proxy or firewall; then run again.",
    ),
    Code.FUNCTION_NOT_FOUND: Entry(
        "There is no Keen API at the address, so the run was stopped.",
        "Check LEADSYNC_BASE_URL; then run again.",
    ),
    Code.REDIRECTED: Entry(
        "The address answers with a redirect, which is never followed, so the run was stopped.",
        "Set LEADSYNC_BASE_URL to the address itself; then run again.",
    ),
    Code.KEEN_DOWN: Entry(
        "Keen was down, or asked for a longer wait, for longer than the run may wait, so it was stopped.",
        "Wait until Keen works again; then say `leadsync resume`.",
    ),
    Code.TOO_MANY_FAILURES: Entry(
        "More rows went wrong than `--max-failures` allows, so the run was stopped.",
        "Look at what went wrong; then say `leadsync resume`, or mend the source or the mapping and run again.",
    ),
    Code.STATE_UNWRITABLE: Entry(
        "What became of the rows could not be written down any more, so the run was stopped.",
        "Make room on the disk, or mend the permissions of the state folder; then say `leadsync resume`.",
    ),
    Code.INTERRUPTED: Entry("The run was interrupted (Ctrl-C) before this row was sent.", "Say `leadsync resume`."),
    Code.TERMINATED: Entry("The run was terminated (SIGTERM) before this row was sent.", "Say `leadsync resume`."),
    Code.SOURCE_BROKEN: Entry(
        "The source could not be read to its end, so the run was stopped before this row was sent.",
        "Mend the source; then run again.",
    ),
}

STATUSES: Mapping[str, str] = {
    "unchanged": "Keen acknowledged these values earlier, so the row was not sent.",
    "skipped": "The row is blank, has nothing to send, or a rule of the mapping says so.",
    "invalid": "leadsync refused the row; it was never sent. Mend the cell and send the row again.",
    "rejected": "Keen refused the row, or stored something else than what was sent. The code says which.",
    "failed": "Temporary trouble, and the tries are used up; the update was not applied. Send the row again.",
    "unknown": "The row was sent and no answer came: it may or may not be applied. To send it again does no harm.",
    "not_sent": "The run ended first, it was a trial run, or an earlier row of its lead has to be sent again first.",
}
"""What each status means (DESIGN section 5), save `updated`, which is a code too."""
