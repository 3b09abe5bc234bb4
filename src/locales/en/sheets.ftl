## Score sheets
sheet-reopen = Return the score sheet
sheet-reopen-reason = Reason for return (the expert will see it)
sheet-reopen-confirm = Confirm return
sheet-given-back = This score sheet has been returned to you. Change it and submit it again. Reason for return: { $reason }
sheet-comment-zero = Zero needs a comment.
sheet-comment-full = Full marks need a comment.
sheet-comment-zero-full = Zero or full marks need a comment.
sheet-left = Still to do: { $count }
sheet-none-left = All done
sheet-pending = All score sheets have been submitted. Still to explain, discuss or score at an oral defence or site visit: { $count }
sheet-conflict-explained = This score sheet can no longer be saved from this page: it may have been changed elsewhere, or the scoring has ended. This page no longer saves by itself. Open it again; if it can still be changed, you can restore what you entered on this device.
sheet-locked-but = The score sheet has been submitted. While the discussion is open, you can change scores when you state your position above.
sheet-previous = Previous
sheet-next = Next
refusal-sheet_not_submitted = The score sheet has not been submitted, so there is nothing to return.
refusal-sheet_scoring_ended = Scoring has ended. The score sheet can no longer be changed.
done-sheet-reopened = The score sheet has been returned. The expert will be notified.
mail-sheet-reopened-subject = Score sheet returned: { $call }
mail-sheet-reopened-body =
    Dear { $name },

    A score sheet that you submitted in the expert review of ‘{ $call }’ has been returned by an officer. Please change it and submit it again. The former scores are kept for reference.
    Reason: { $reason }

    { $soon ->
        [yes] Please complete it as soon as you can: { $link }
       *[no] Please complete it by { $due }: { $link }
    }
