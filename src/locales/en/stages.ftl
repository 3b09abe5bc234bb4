## After the scoring has ended: explanations, discussion, second panel, oral defence or site visit
scoring-end = End scoring
scoring-end-text = After scoring ends, score sheets can no longer be changed, and assignments that were not submitted are released and do not count.
scoring-end-discussion = Applications with a wide spread go to discussion at once; in a discussion, score sheets can still be changed.
scoring-end-explanation = Experts with outlying scores are asked for explanations at once.
scoring-end-final = Once a later stage has begun, this cannot be undone.
scoring-end-all-in = All score sheets have been submitted. No assignment needs to be released.
scoring-end-released = Unsubmitted assignments to be released when scoring ends: { $count }
scoring-end-unknown = How many applications need discussion or explanation depends on the scores, so it is not shown until scoring ends. It then appears under ‘Discussion and later stages’.
scoring-end-reason = Reason, if score sheets have not been submitted (seen by the experts concerned)
scoring-end-confirm = Confirm end of scoring
scoring-ended-at = Scoring ended on { $at }.
refusal-scoring_already_ended = Scoring has already ended.
refusal-review_scoring_open = Scoring has not ended. End scoring first.
problem-scoring_sheets_out = { $organisation }: score sheets not submitted: { $count }. Remind the experts, or give the reason and end scoring; sheets not submitted then do not count.
done-scoring-ended = Scoring has ended. Experts who have something more to do have been notified.
stages-title = Discussion and later stages
stages-text = Until the review is closed, only progress is shown here, never scores or remarks.
stages-none = Scoring has not ended
stages-none-text = After scoring ends, organise discussions and second panels here, and follow explanations, oral defences and site visits.
discussion-stated = Positions: { $done } / { $all }
explanation-given = Explained: { $done } / { $all }
extra-given = Submitted: { $done } / { $all }
stages-out = Score sheets awaited: { $count }
stages-said = Record of discussions and explanations
assignment-to-explain = Explanation needed
assignment-to-discuss = Position needed
assignment-to-extra = Defence or visit to score
desk-to-explain = Score sheets to explain
desk-to-discuss = Discussions awaiting your position
desk-to-extra = Oral defence or site visit sheets to submit
review-close-counts = Applications: { $files }; valid score sheets: { $sheets }
review-close-discussions = discussions: { $count }
review-close-explanations = explanations: { $count }
review-close-extra = oral defence or site visit sheets: { $count }
review-obstacle-scoring_open = Scoring has not ended: discussions, explanations, oral defences and site visits follow the end of scoring
review-obstacle-sheet_out = Score sheets added after scoring ended and not yet submitted: { $count }
review-obstacle-discussion_open = Applications still under discussion: { $count }
review-obstacle-explanation_missing = Score sheets without an explanation: { $count }
review-obstacle-extra_missing = Applications without any oral defence or site visit sheet: { $count }
review-obstacle-few_extra = Applications with fewer oral defence or site visit sheets than required: { $count }
problem-review_sheet_out = { $organisation }: score sheets added after scoring ended and not yet submitted: { $count }. Remind the experts, or replace them.
problem-review_discussion_open = { $organisation }: the discussion has not ended.
problem-review_explanation_missing = { $organisation }: score sheets without an explanation: { $count }. Remind the experts, or give the reason and close the review; scores without an explanation still count.
problem-review_extra_missing = { $organisation }: there is no oral defence or site visit sheet, so the review cannot be closed. Remind the experts.
problem-review_few_extra = { $organisation }: oral defence or site visit sheets submitted: { $found }, fewer than the required { $needed }. Remind the experts, or give the reason.

# Explanations
explanation-title = Explanation
explanation-wanted = Your total is far from the others. Explain your scores
explanation-above = Your total is above the mean of the other experts by more than the limit. Explain your scores.
explanation-below = Your total is below the mean of the other experts by more than the limit. Explain your scores.
explanation-was-above = Above the mean:{" "}
explanation-was-below = Below the mean:{" "}
explanation-text = Reasons for your scores
explanation-hint = An explanation does not change the scores. It is read by those who make the decision after the review is closed; other experts cannot see it.
explanation-send = Submit explanation
explanation-written = Submitted on { $at }. You can change it until the review is closed.
refusal-explanation_not_asked = This score sheet needs no explanation.
done-sheet-explained = Your explanation has been submitted. Thank you.

# Discussion
discussion-title = Discussion
discussion-wanted = This application is under discussion. State your position
discussion-grounds-spread = The experts’ totals differ by more than the limit. Please discuss.
discussion-grounds-outlier = One expert’s total is far from the others. Please discuss.
discussion-grounds-officer = The review organisers have asked for a discussion.
discussion-ended-spread = The experts’ totals differed by more than the limit.
discussion-ended-outlier = One expert’s total was far from the others.
discussion-ended-officer = The review organisers asked for a discussion.
discussion-choose = Select an application
discussion-reason = {" "}Reason: { $reason }
discussion-no-figures = By how much is not shown, so that nobody’s scores can be inferred.
discussion-letters = ABCDEFGHIJ
discussion-member = Expert { $letter }
discussion-you = {" "}(you)
discussion-silent = No position stated
discussion-not-stated = No position stated
discussion-running = Under discussion
discussion-done = Ended
discussion-over = The discussion has ended.
discussion-open = Open a discussion
discussion-open-text = You can also open a discussion on an application within the limit if you think it necessary. The reason is entered in the event record; the experts cannot see it.
discussion-open-confirm = Confirm opening the discussion
discussion-end = End discussions
discussion-end-text = No position can be stated after the end. The scores of experts who have stated none stay as they are.
discussion-end-which = Applications whose discussion ends
discussion-end-reason = Reason, if experts have not stated a position
discussion-end-confirm = Confirm end of discussions
position-text = Read the other experts’ remarks, then choose to keep or change your scores. Experts are not named to one another; none sees another’s scores, or whether they were changed. You can state your position again until the discussion ends; the last one counts.
position-question = Your position
position-keep = Keep my scores
position-change = Change my scores
position-remark = Remark
position-remark-hint = The other experts of this application can see it, without your name. Keep to the matter. Do not name persons or organisations, or give scores.
position-sheet = If you choose to change your scores, do so here
position-send = Submit position
position-before = Before discussion
position-after = After discussion
position-stated-kept = You stated your position on { $at }: keep the scores.
position-stated-changed = You stated your position on { $at }: change the scores. The former scores are kept for reference.
problem-position_missing = Choose to keep or change your scores.
problem-position_remark_missing = Enter a remark.
problem-position_nothing_changed = You chose to change your scores, but the score sheet is the same. Change it, or choose to keep your scores.
problem-discussion_file = Select an application that is under review.
problem-discussion_none_chosen = Select at least one application.
problem-discussion_positions_missing = { $organisation }: experts who have not stated a position: { $count }. Remind them, or give the reason.
refusal-discussion_not_used = This programme has no discussions.
refusal-discussion_exists = A discussion has already been opened on this application. It cannot be opened again.
refusal-discussion_too_few_sheets = This application has fewer than two valid score sheets, so there can be no discussion.
refusal-discussion_none_open = No discussion is open.
refusal-discussion_none = There is no discussion on this application that awaits your position.
refusal-discussion_ended = The discussion has ended. Your position was not accepted, and your scores stay as they are.
done-discussion-opened = The discussion has been opened. The experts will be notified.
done-discussion-ended = The discussions have ended.
done-position-stated = Your position has been submitted. Thank you.

# Second panel
second-panel-title = Second panel
second-panel-over = Still over the limit after discussion
second-panel-added = Experts added: { $count }
second-panel-call = Call a second panel
second-panel-text = Experts added to each application whose spread is still over the limit after discussion: { $count }. Reserves are called first, in order. The new score sheets count together with the former ones.
second-panel-next = to be added: { $names }
second-panel-nobody = no experts can be added at present
second-panel-hint = The names are worked out for all applications selected. If you select only some, the preview in the next step applies.
second-panel-preview = Preview the second panel
second-panel-preview-title = Check the second panel
second-panel-places = Applications with a second panel: { $count }
problem-second_panel_unseen = Preview the experts whom the second panel adds, and check them before you confirm.
second-panel-which = Applications for which a second panel is called
second-panel-confirm = Confirm the second panel
problem-second_panel_file = Select applications whose discussion has ended, whose spread is still over the limit, and which have had no second panel.
refusal-second_panel_not_used = This programme has no second panels.
refusal-second_panel_none = No application needs a second panel.
done-second-panel-called = The second panel has been called. The added experts will be notified.
done-second-panel-short = The second panel has been called, but some applications are short of experts. Add experts.

# Oral defence, site visit
extra-kind-defence = Oral defence
extra-kind-site_visit = Site visit
extra-title = Score sheet
extra-text = Score each item by what you saw. Your entries are saved as you go; you submit once. Nobody can see your scores until the review is closed.
extra-notice = This application also has an oral defence or site visit sheet.
extra-fill = Fill in the score sheet
extra-show = View the submitted score sheet
extra-none = There is no oral defence or site visit sheet for you to fill in at present.
refusal-extra_not_used = This programme has no oral defence or site visit.

ranking-parts = Expert review: { $panel }; mean of oral defence or site visit: { $extra }; combined by the weights set

# What was not counted
sheet-unsent-closed = The review is closed. What follows does not count; keep a copy if you need it
sheet-unsent = What follows was not accepted and does not count; keep a copy if you need it

# Programme settings
programme-part-extra = Oral defence or site visit
programme-part-weight = Share of the total score (%)
programme-code-defence = Oral defence
programme-code-site_visit = Site visit

# Mail
scoring-ended-explanations = Score sheets to explain: { $count }
scoring-ended-discussions = Applications awaiting your position: { $count }
scoring-ended-extra = Applications with an oral defence or site visit to score: { $count }
mail-scoring-ended-subject = Scoring has ended: { $call }
mail-scoring-ended-body =
    Dear { $name },

    Scoring in the expert review of ‘{ $call }’ has ended. You still have the following to do:
    { $duties }

    Please sign in: { $link }
mail-scoring-ended-unsubmitted-subject = Review assignments released: { $call }
mail-scoring-ended-unsubmitted-body =
    Dear { $name },

    Scoring in the expert review of ‘{ $call }’ has ended. Assignments that you had not submitted have been released and do not count: { $count }. You no longer need to score them.
    Reason: { $reason }

    View your review assignments: { $link }
mail-scoring-resumed-subject = Scoring has been resumed: { $call }
mail-scoring-resumed-body =
    Dear { $name },

    The end of scoring in the expert review of ‘{ $call }’ has been undone, and scoring goes on. Assignments that were released and score sheets that had not been submitted have been restored; submitted score sheets stay as they are.
    Reason: { $reason }

    { $soon ->
        [yes] The due date is over. Please submit the score sheets that are still missing as soon as you can: { $link }
       *[no] Score sheets are still due by { $due }. Please sign in: { $link }
    }
mail-review-stages-reminder-subject = Review reminder: { $call }
mail-review-stages-reminder-body =
    Dear { $name },

    Scoring in the expert review of ‘{ $call }’ has ended. Applications that you review and that are not complete (position in a discussion, explanation, oral defence or site visit, second panel): { $missing }; of these, without a declaration of conflicts of interest: { $undeclared }.
    Please sign in and complete what awaits you soon. If you cannot, contact the review organisers:
    { $link }
mail-discussion-opened-subject = Please take part in a discussion: { $call }
mail-discussion-opened-body =
    Dear { $name },

    An application that you review in the expert review of ‘{ $call }’ needs discussion. Please sign in and state your position:
    { $link }
