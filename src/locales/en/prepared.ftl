# Public pages that are shown while the database is away.
page-as-of = The system’s data cannot be read for now. This page shows them as they were on { $at } and will be updated once they are back.
