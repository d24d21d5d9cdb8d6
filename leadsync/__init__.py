"""leadsync: sends a CRM export to KeenPartner, one `update_lead` per row, with an answer for every row."""

__version__ = "0.1.0"
