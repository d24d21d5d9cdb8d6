"""The client of Keen's API: actions, classification of answers, pace, retries. It knows nothing of spreadsheets.

`options` says how to reach Keen, `client` calls its actions, `pool` sends many updates. Import from the modules: what
needs only the options need not wait for the network library.
"""
