## Checks before a decision is submitted
decision-preview = Check the decision
decision-preview-title = Check the decision
decision-preview-text = Check each of the results below. When confirmed, the decision is submitted for approval by another officer; once approved, each organisation is notified.
decision-preview-place = Rank { $place }
decision-preview-selected = To be recognised
decision-preview-not-selected = Not to be recognised
decision-preview-nobody = None.
decision-preview-back = Back to make changes

## Conflicts of interest found after the end of the review
late-conflicts-title = Conflicts of interest found after the end of the review
late-conflicts-text = The experts who filled in the score sheets below are now known to have needed recusal. Until the decision is submitted for approval, such sheets can be voided and the ranking made anew; after that the conflict is only recorded.
late-conflict-void = Void the score sheet
late-conflict-void-text = A voided score sheet no longer counts towards the score, and all ranks are computed anew from the other sheets. The reason and the ranks before and after go into the event record.
late-conflict-void-send = Void the score sheet and rank anew
done-sheet-voided = The score sheet has been voided and the ranks have been computed anew.
refusal-void_not_closed = The review has not ended. Replace the expert on the review page.
refusal-void_proposed = The decision has been submitted for approval, so the score sheet cannot be voided. If it must be, ask the approver to return the decision first.
refusal-void_decided = This call already has a decision, so the score sheet cannot be voided; the conflict of interest has been recorded. If the sheet must be voided, revoke the decision first.
refusal-void_last_sheet = This is the application’s only valid score sheet and cannot be voided.
refusal-void_no_conflict = Nothing on record requires this expert’s recusal. Record the interest on the expert’s page before you void the score sheet.
mail-sheet-voided-subject = Score sheet voided: { $call }
mail-sheet-voided-body =
    Dear { $name },

    After the expert review of ‘{ $call }’ ended, it was found that your recusal was required for the organisation of one of the applications. Your score sheet for that application has been voided.
    Reason: { $reason }

    { $link }

## Counts before approval
decision-approve-counts = To be recognised by this decision: { $selected }; not to be recognised: { $declined }. The names are in the table below. Approval covers all of them; there is no approval in part.

## Revoking a decision
decision-status-undone = Revoked
decision-undo = Revoke the decision
decision-undo-text = Revoking needs the approval of another officer. Once approved, all the applications below go back to await a decision, the earlier decision no longer counts, and each organisation is notified. A decision cannot be revoked once an application has been put on notice, put on a list or withdrawn.
decision-undo-counts = Applications concerned: { $selected } to be recognised, { $declined } not to be recognised. All are revoked; there is no revoking in part.
decision-undo-reason-label = Reason for revoking (seen by the organisations)
decision-undo-reason = Reason for revoking
decision-undo-send = Submit the request to revoke
decision-undo-waits = A request to revoke this decision awaits the approval of another officer. Until it is approved, the decision still counts.
decision-undo-proposed-by = Revoking requested by
decision-undone-by = Revoking approved by
decision-undo-obstacle = Cannot be revoked now:{" "}
decision-undo-approve = Approve revoking
decision-undo-approve-text = Once approved, all the applications below go back to await a decision, the earlier decision no longer counts, and each organisation is notified. Nobody can approve their own request.
decision-undo-approve-send = Revoke the decision
decision-undo-return = Return the request
decision-undo-return-text = If the request is returned, the decision still counts, and the person who made the request is notified.
decision-undo-return-send = Confirm the return
done-decision-undo-proposed = The request to revoke has been submitted and awaits the approval of another officer.
done-decision-undone = The decision has been revoked. The applications await a decision again, and each organisation will be notified; many letters wait under “Bulk letters”.
done-decision-undo-returned = The request to revoke has been returned. The decision still counts.
refusal-decision_undo_not_approved = This decision was not approved, so there is nothing to revoke. If it awaits approval, return it.
refusal-decision_undo_not_kept = This decision was made before the system began to keep what revoking needs, so it cannot be revoked online.
refusal-decision_undo_proposed = A request to revoke already awaits approval; another cannot be made.
refusal-decision_undo_none_pending = No request to revoke awaits approval.
refusal-decision_undo_pending_sheet = Another decision in this call awaits approval. Approve or return it before you revoke this one.
refusal-decision_undo_withdrawn = { $organisation } has withdrawn its application since the decision, so the decision cannot be revoked.
refusal-decision_undo_noticed = { $organisation } has been put on public notice, so the decision cannot be revoked.
refusal-decision_undo_listed = { $organisation } is on a list that has been published or is about to be, so the decision cannot be revoked.
refusal-decision_undo_moved = The application of { $organisation } has moved on since the decision, so the decision cannot be revoked.
mail-decision-undo-proposed-subject = Revoking of a decision awaiting approval: { $call }
mail-decision-undo-proposed-body =
    A request has been made to revoke the decision on ‘{ $call }’. Applications concerned: { $count }.
    Reason: { $reason }

    Please decide: { $link }
mail-decision-undo-returned-subject = Request to revoke returned: { $call }
mail-decision-undo-returned-body =
    Dear { $name },

    Your request to revoke the decision on ‘{ $call }’ has been returned. The decision still counts.
    Reason: { $reason }

    { $link }
mail-selection-undone-subject = Decision revoked; the earlier notification ‘proposed for recognition’ is void ({ $number })
mail-selection-undone-body =
    To: { $organisation }

    Your organisation was notified that its application in ‘{ $call }’ (number { $number }) was proposed for recognition. That decision has now been revoked and the notification is void. The application awaits a decision again, and you will be notified of the new result.

    Reason for revoking: { $reason }

    Basis: { $basis }.
    Decided by: { $station }
    Date: { $date }

    Your organisation does not need to submit anything again. View its progress:
    { $link }
mail-decline-undone-subject = Decision revoked; the earlier notification ‘not selected’ is void ({ $number })
mail-decline-undone-body =
    To: { $organisation }

    Your organisation was notified that its application in ‘{ $call }’ (number { $number }) was not selected. That decision has now been revoked and the notification is void. The application awaits a decision again, and you will be notified of the new result.

    Reason for revoking: { $reason }

    Basis: { $basis }.
    Decided by: { $station }
    Date: { $date }

    Your organisation does not need to submit anything again. View its progress:
    { $link }

## How far the decision on each call is
decision-not-proposed = Not drawn up yet
decision-not-proposed-yet = No decision on this call has been drawn up yet. It can be approved once a handler has drawn it up and sent it.
decisions-files = Applications
decisions-since = Date
decisions-next = Next step
decision-turn-approval = Awaiting approval
decision-turn-undoing_approval = Revocation awaiting approval
decision-turn-returned = Returned, to be drawn up again
decision-turn-proposal = To be drawn up
decision-turn-review = Review under way
decision-turn-settled = Decided
decision-turn-undone = Revoked
decisions-next-approve = You can approve it
decisions-next-undoing = You can approve the revocation
decisions-next-propose = You can draw up the decision
decisions-next-approver = Another officer approves it
decisions-next-handler = A handler draws up the decision
decisions-next-review = Drawn up after the review
decisions-next-none = Nothing to do
