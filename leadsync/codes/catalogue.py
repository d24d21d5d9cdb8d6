"""What each code means, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from leadsync.codes.names import Code


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says of a code."""

    meaning: str
    remedy: str


CATALOGUE: Mapping[Code, Entry] = {
    Code.UPDATED: Entry("Keen acknowledged the update: the lead holds the row's values.", "Nothing."),
    Code.UNCHANGED: Entry(
        "Keen acknowledged these values earlier, or holds them already, so the row was not sent.",
        "Nothing; `--full` sends such rows too.",
    ),
    Code.REVERTED: Entry("The undo put back what the lead held before the run.", "Nothing."),
    Code.KEPT_KEEN_VALUE: Entry(
        "A field was left as it is in Keen, as its `policy` in the mapping says; the message has Keen's value.",
        "Nothing, if Keen's value is right; else change it in Keen, or say `policy: overwrite` in the mapping.",
    ),
    Code.CHANGED_SINCE_PLAN: Entry(
        "The value in Keen is another than when the plan was made (by somebody, or another run): it was left alone.",
        "Look at the lead in Keen; make a new plan if your value is to go there all the same.",
    ),
    Code.KEPT: Entry(
        "The undo left a value alone, as it was changed in Keen since the run wrote it.",
        "Nothing, if Keen's value is right; else change it in Keen.",
    ),
    Code.CANNOT_BE_UNDONE: Entry(
        "The property had no value before the run, and no action of Keen's removes one.",
        "Remove the value in Keen by hand, if it disturbs.",
    ),
    Code.BLANK_ROW: Entry("Every cell of the row is empty.", "Nothing; remove the row if it disturbs."),
    Code.NOTHING_TO_UPDATE: Entry(
        "Every cell that the mapping would send is blank, and a blank never wipes.",
        "Nothing; or say `on_blank: clear` in the mapping for a field that a blank cell shall clear.",
    ),
    Code.SUPERSEDED: Entry(
        "A later row is about the same lead, and the mapping says `duplicates: last`.",
        "Nothing; the later row was sent.",
    ),
    Code.HIDDEN_ROW: Entry(
        "The sheet does not show the row (it is hidden, or filtered out), and the mapping says `hidden_rows: skip`.",
        "Nothing; or show the row in the sheet, or say `hidden_rows: include`.",
    ),
    Code.BELOW_TABLE: Entry(
        "The row stands below the table: the mapping says `skip_footer` or `stop_at_blank`.",
        "Nothing; or correct that in the mapping if the row is about a lead.",
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
    Code.ERROR_VALUE: Entry(
        "The cell shows an error, such as #N/A or #REF!, and no value.",
        "Mend the formula, type the value, or empty the cell; an empty cell leaves Keen's value alone.",
    ),
    Code.NOT_CALCULATED: Entry(
        "The cell holds a formula whose result is not in the file, so nobody can tell what it shows.",
        "Open the workbook in Excel, let it calculate, and save it again.",
    ),
    Code.MERGED_CELL: Entry(
        "The cell is merged with others that show a value, and holds none of its own: the file has the value once.",
        "Unmerge the cells in Excel, and fill in the value where it is meant.",
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
        "Mend the cell; or check `decimal` and `thousands` in the mapping (and `percent` or `currency`).",
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
    Code.INVALID_TEXT: Entry(
        "The text holds a character that cannot be sent: a control character, or half of a character.",
        "Type the cell again; or say `transform: clean` in the mapping.",
    ),
    Code.AMBIGUOUS_NUMBER: Entry(
        "The number can be read in two ways, such as 1.234, and nothing else in its column tells which is meant.",
        "Say `decimal` (and `thousands`) for the field in the mapping, or `source: {decimal: …}` for all of them.",
    ),
    Code.NOT_THE_PROPERTYS_TYPE: Entry(
        "The value is none of the type that the property has in Keen, such as text for a number.",
        "Mend the cell; or say the property's `type` in the mapping, so that its values are read as such.",
    ),
    Code.SCIENTIFIC_NOTATION: Entry(
        "An id or a phone number was written as a power of ten, such as 1.23E+11: digits of it are gone.",
        "Export the column again as text, or format it as a number without decimals before saving.",
    ),
    Code.DIGITS_LOST: Entry(
        "A number of more than 15 digits ends in zeros: a spreadsheet keeps 15 digits, and the others are gone.",
        "Export the column again as text.",
    ),
    Code.LEADING_ZEROS_LOST: Entry(
        "The column's numbers are mostly of one length, and some are shorter: zeros at their beginning may be gone.",
        "Compare with the CRM, and export the column as text; or say `damage: {leading_zeros_lost: off}`.",
    ),
    Code.DECIMAL_ID: Entry(
        "An id ends in `.0`: another program has made a decimal number of it.",
        "Export the column as text; or cut the ending off with a `transform` and say `damage: {decimal_id: off}`.",
    ),
    Code.SERIAL_DATE: Entry(
        "A date is written as the number by which a spreadsheet counts days, such as 45000.",
        "Format the column as a date, and save the file again.",
    ),
    Code.AMBIGUOUS_DATE: Entry(
        "Dates such as 03-04-2026 can be read in two ways, and they are sent as text.",
        "Say `type: date` and its `format` in the mapping, so that they are sent as 2026-04-03 or 2026-03-04.",
    ),
    Code.MOJIBAKE: Entry(
        "Letters were garbled on the way, such as `Ã¥` for `å`: the text was read in a wrong encoding and saved so.",
        "Export again as UTF-8; or declare the right encoding with `source: {encoding: …}`.",
    ),
    Code.SWAPPED_COLUMN: Entry(
        "The column holds something else than its field, such as e-mail addresses under phone.",
        "Correct the columns in the mapping, or in the source.",
    ),
    Code.ONE_VALUE: Entry(
        "Every row has the same value in this column, as after a fill-down that went too far.",
        "Compare with the CRM; use `value:` in the mapping where a constant is meant.",
    ),
    Code.PLACEHOLDER: Entry(
        "The cell holds a text that stands for no value, such as N/A or test@test.com.",
        "Declare such texts with `source: {blanks: [N/A]}`, and they count as blank; or mend the cell.",
    ),
    Code.INVISIBLE_CHARACTERS: Entry(
        "The cell holds characters that nobody sees: control characters, or spaces of no width.",
        "Say `transform: clean` in the mapping, or mend the cell.",
    ),
    Code.REPEATED_LEAD: Entry(
        "Several rows are about the same lead; they are sent in their order, and the last one stays.",
        "Keep one row for each lead; or say `rules: {duplicates: last}` or `error` in the mapping.",
    ),
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
    Code.PLANNED: Entry(
        "The row would change its lead; this was a plan, which sends nothing.", "Say `leadsync apply`."
    ),
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
    Code.SOURCE_EMPTY: Entry(
        "The source has no rows, as after an export that failed, so the run was stopped.",
        "Look at the export; say `--yes` if it is meant, or set `rules: {empty_source: allow}` in the mapping.",
    ),
    Code.ROW_COUNT_CHANGED: Entry(
        "The source has far more or fewer rows than in the recent good runs, so nothing was sent.",
        "Look at the export; say `--yes` if it is meant, or set `rules: {max_row_change: …}` in the mapping.",
    ),
    Code.COLUMN_NEWLY_BLANK: Entry(
        "A column that had values in the last good run is blank in every row, so nothing was sent.",
        "Look at the export; say `--yes` if it is meant, or set `rules: {blank_columns: allow}` in the mapping.",
    ),
    Code.TOO_MANY_CHANGED: Entry(
        "More of the rows than the mapping allows would change what Keen acknowledged earlier, so nothing was sent.",
        "Look at what changed; say `--yes` if it is meant, or set `rules: {max_changed: …}` in the mapping.",
    ),
    Code.TOO_MANY_CLEARED: Entry(
        "More of the rows than the mapping allows would clear a value in Keen, so nothing was sent.",
        "Look at the blank cells; say `--yes` if they are meant, or set `rules: {max_cleared: …}` in the mapping.",
    ),
    Code.TOO_MANY_INVALID: Entry(
        "More of the rows than the mapping allows are invalid, so nothing was sent.",
        "Mend the source or the mapping; say `--yes` to send the others, or set `rules: {max_invalid: …}`.",
    ),
    Code.CANARY_FAILED: Entry(
        "One of the first updates, which `--canary` reads back, is not in Keen as it was sent, so the run was stopped.",
        "Look at the first rows of the report; then say `leadsync resume`, or mend the mapping and run again.",
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
    "skipped": "The row is blank, has nothing to send, a rule says so, or Keen's values were left alone; see the code.",
    "invalid": "leadsync refused the row; it was never sent. Mend the cell and send the row again.",
    "rejected": "Keen refused the row, or stored something else than what was sent. The code says which.",
    "failed": "Temporary trouble, and the tries are used up; the update was not applied. Send the row again.",
    "unknown": "The row was sent and no answer came: it may or may not be applied. To send it again does no harm.",
    "not_sent": "The run ended first, it was a trial run, or an earlier row of its lead has to be sent again first.",
}
"""What each status means (DESIGN section 5), save `updated` and `unchanged`, which are codes too."""
