## Imports of experts and undoing them
expert-imports-title = Imports
expert-imports-none = No imports
expert-imports-none-text = Every import of experts on a page or through the API is listed here. Until its experts have been used, it can be undone as a whole.
expert-imports-caption = All imports, latest first
expert-import-title = Import of experts
expert-import-at = Imported on
expert-import-by = Imported by
expert-import-added = Added
expert-import-updated = Updated
expert-import-unchanged = Unchanged
expert-import-status = Status
expert-import-status-applied = Imported
expert-import-status-undone = Undone
expert-import-undo = Undo this import
expert-import-undo-text = Added experts are removed from the expert pool, with their invitations and expert roles; updated experts go back to what they were before the import. The import is undone as a whole, and this is entered in the event record.
expert-import-undo-send = Confirm undo
expert-import-endings = Assignments released because of this import: { $count }
expert-import-endings-text = These assignments were released at the time of the import and passed to reserves or to panel members with fewer assignments. Undoing the import restores only the experts’ details, not released assignments or void score sheets.
experts-endings = Running assignments that the import will release: { $count }
experts-endings-text = By what is imported, these experts must be recused. When you confirm the import, the assignments are released at once, submitted score sheets become void, and reserves or panel members with a lighter load step in. Undoing the import does not restore these assignments.
done-experts-imported-endings = The experts have been imported and the assignments of those who must be recused have been released; see the import. Invitations to new experts will be sent shortly.
experts-ending-submitted = Score sheet submitted; will become void
experts-replacements = Who steps in: { $count }
experts-replacement-reserve = { $call }: { $organisation } { $number }: { $expert } replaces { $gone }, as reserve no. { $turn } in order
experts-replacement-panel = { $call }: { $organisation } { $number }: { $expert } replaces { $gone }, as a panel member with a lighter load
experts-replacement-vacant-reserve = { $call }: { $organisation } { $number }: { $expert } fills the vacant place, as reserve no. { $turn } in order
experts-replacement-vacant-panel = { $call }: { $organisation } { $number }: { $expert } fills the vacant place, as a panel member with a lighter load
experts-vacancies = Places that nobody can fill at present: { $count }. Add experts on the review page
done-expert-import-undone = The import has been undone.
done-experts-imported-before = This list was imported before and has not been imported again. This is the import of that time.
refusal-import_rests_assigned = { $name } has review assignments, so this import cannot be undone. If the expert is no longer wanted, change their status on the expert’s page.
refusal-import_rests_drawn = { $name } is on a candidate list or a panel, so this import cannot be undone. If the expert is no longer wanted, change their status on the expert’s page.
refusal-import_rests_signed_in = { $name } has activated their account, so this import cannot be undone. If the expert is no longer wanted, change their status on the expert’s page.
refusal-import_rests_changed = The details of { $name } have changed since the import, so it cannot be undone. If a later import changed them, undo that one first; otherwise change the details directly.
mail-expert-import-undone-subject = Invitation to the expert pool withdrawn
mail-expert-import-undone-body = Dear { $name },

    We wrote earlier that you had been entered in the expert pool. That import has been undone. The expert role and the invitation link are no longer valid, and there is nothing for you to do.
    Reason: { $reason }

    { $link }

## Possible duplicates
experts-namesakes = Possible duplicates
experts-namesakes-text = The experts in these rows have the same name and employer as an expert with another email address, and may be the same person. Check them. If they are two persons, you can go on with the import.
experts-namesake-in-file = Row { $line }, { $name } ({ $employer }, { $email }), has the same name and employer as row { $other } ({ $address }).
experts-namesake-in-pool = Row { $line }, { $name } ({ $employer }, { $email }), has the same name and employer as an expert in the pool ({ $address }).

## Filter by expert pool
experts-pool-any = All expert pools
