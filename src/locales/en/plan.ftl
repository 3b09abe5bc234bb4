# Assignments, progress, reminders of a review

## Assignments
review-floor = Minimum load
review-floor-unit = applications
review-floor-hint = The fewest applications that each expert is assigned; 0 for no minimum.
review-panel-count = Experts taking part (selected: { $count })
review-preview = Preview the assignment plan
review-somebody = an expert who takes no part in the review
review-some-file = another application
review-and-more = { $names } and others ({ $count } in all)
review-more-experts = { $names } and others (experts in all: { $count })
review-more-files = { $names } and others (organisations in all: { $count })
plan-preview-title = Check the assignment plan
plan-preview-first = This is the first assignment plan. It is saved only when you confirm; experts are not notified.
plan-preview-same = The assignments of the new plan are the same as those of the present plan. Confirming changes only the due time, the experts and the minimum load.
plan-preview-text = The differences between the new plan and the present one are listed below. The present plan is replaced only when you confirm; experts are not notified.
plan-assignments = Assignments
plan-moved = Applications affected
plan-accept = Use this plan
plan-back = Back
plan-aims = Measures of the plan (lower is better)
plan-aim = Measure
plan-before = Present plan
plan-after = New plan
plan-misfit = Mismatch of expertise (0 for the same cluster, 1 for the same category, 2 for the same kind, 3 for none, added up over all assignments)
plan-unevenness = Unevenness of load (sum of the squares of the experts’ loads)
plan-loads = Load of each expert
plan-moved-title = Applications and experts
plan-gone = Taken off
plan-come = Newly assigned
plan-unshown = Rows not listed here: { $count }. The API gives all of them.
plan-excluded = Recusals by rule: { $count }
refusal-review_preview_outdated = Things have changed since the preview, so nothing was done. Preview again and check before you confirm.
problem-review_floor_range = The minimum load must be a whole number from 0 to { $limit }. Correct it.
problem-review_too_few_places = { $organisations }: applications: { $count }; score sheets needed: { $needed }. The experts who can score them ({ $experts }) can take on at most { $available } within their limits. Missing: { $missing }.
problem-review_short_in_all = All applications together: short of experts: { $count }; score sheets missing: { $missing }.
problem-review_mend_limits = Possible remedy: raise the maximum load: { $experts }; applications in all: { $total }.
problem-review_mend_experts = Possible remedy: add experts who need no recusal from these organisations. Experts to add: { $number }; applications that each can score: { $ceiling }.
problem-review_mend_experts_of = Possible remedy: add experts in { $fields } who need no recusal from these organisations. Experts to add: { $number }; applications that each can score: { $ceiling }.
problem-review_mend_forbids = Experts are short because of bars: { $pairs }. Withdraw these bars to make a plan possible.
problem-review_floor_too_high = A minimum load of { $floor } for each expert cannot be met: { $experts } would fall short by { $missing } in all. Lower the minimum load to { $to }, or select fewer experts.
problem-review_floor_too_high_drawn = A minimum load of { $floor } for each expert cannot be met: { $experts } would fall short by { $missing } in all. Lower the minimum load to { $to }.
problem-review_floor_above_limit_drawn = The maximum load of { $expert } is { $ceiling }, below the minimum load of { $floor }. Lower the minimum load.
problem-review_floor_above_limit = The maximum load of { $expert } is { $ceiling }, below the minimum load of { $floor }. Lower the minimum load, or do not select this expert.
problem-review_pin_excluded = { $expert } is designated for { $organisation }, which the rules of recusal do not allow ({ $why }). Withdraw the designation.
problem-review_pin_forbidden = { $expert } is both designated for and barred from { $organisation } ({ $why }). Withdraw one of the two.
problem-review_pin_unknown = The expert designated for { $organisation } ({ $expert }) is not selected or not in the pool. Select the expert or withdraw the designation.
problem-review_pins_leave_no_field = Experts designated for { $organisation } whose expertise does not match: { $strangers }. The places left are too few for the { $needed } with matching expertise that are required. Withdraw some designations.
problem-review_too_many_pins = Experts designated for { $organisation }: { $pinned }, more than the { $wanted } for each application. Withdraw the surplus designations.
problem-review_pins_above_limit = Applications for which { $expert } is designated: { $pinned }, more than the maximum load of { $ceiling }. Withdraw some designations or raise the limit.

## Reasons for assignments
review-why = Reasons for assignments
review-why-field = matching expertise ({ $fields }); total load: { $load }
review-why-no-field = no matching expertise; assigned for an even load; total load: { $load }
review-why-pinned = designated by an officer; total load: { $load }
review-why-instead = replaces { $name },{" "}
review-why-vacant = fills a vacant place,{" "}
review-why-turn = as reserve no. { $turn } in order;{" "}
review-why-of-panel = as a panel member with a lighter load, no reserve being available;{" "}
review-passed = { $name } not called:{" "}
review-other = { $name } not assigned:{" "}
review-other-excluded = must be recused: { $detail }
review-other-forbidden = barred by an officer: { $detail }
review-other-at-ceiling = expertise matches as well, but the maximum load is reached ({ $load })
review-other-floor-elsewhere = expertise matches as well, but this application is needed for the minimum load of the experts chosen
review-other-field-number = the number of experts with matching expertise must be met
review-other-load = expertise matches as well, but an exchange would not make the load more even (present load: { $load })
review-other-poorer-fit = expertise matches less well (present load: { $load })
review-other-pinned = all places are taken by designated experts
review-other-left = has left the pool or is outside the term of appointment
review-other-had-it = has this application, or had it before

## Designations and bars
wishes-title = Designations and bars
wishes-none = None yet. Set them for each application in the list below; they take effect when you preview a new assignment plan.
wishes-hint = After a change, preview the assignment plan again. The review can be opened only when the plan agrees with the designations and bars.
wish-title = Designate or bar an expert
wish-text = This takes effect in the next assignment plan and is entered in the event record. The rules of recusal always come first.
wish-kind = Kind
wish-kind-pin = Designate this expert for this application
wish-kind-forbid = Bar this expert from this application
wish-pinned = Designated
wish-forbidden = Barred
wish-choose = Select an expert
wish-expert = { $name } ({ $employer })
wish-expert-scores = { $name } ({ $employer }; assigned in the present plan)
wish-save = Save
wish-withdraw = Withdraw
refusal-review_wish_file_left = The application is no longer in expert review, so no designation or bar is needed.
problem-review_wish_expert = Select one of the experts who take part in the review.
problem-review_wish_kind = Select whether to designate or to bar.
problem-review_wish_twice = This expert already has a designation or a bar for this application. Withdraw it before you set another.
problem-review_wish_excluded = This expert must be recused from this application ({ $why }) and cannot be designated.
done-review-wished = Saved. Preview the assignment plan again.
done-review-wish-withdrawn = Withdrawn. Preview the assignment plan again.

## Progress
review-can-close = Every application has the required number of score sheets. The review can be closed.
review-can-close-with-reason = Score sheets or explanations are missing for some applications. Remind the experts, or give the reason and close the review.
review-cannot-close = The review cannot be closed yet
review-obstacle-no_files = No applications are in expert review.
review-obstacle-call_open = The call is still open and more applications may come to review.
review-obstacle-upstream = Applications still in recommendation or screening: { $count }.
review-obstacle-no_sheet = Applications without any score sheet: { $count }.
review-obstacle-few_sheets = Applications with fewer than the required { $sheets } score sheets: { $count }.
review-still-out = Score sheets not submitted: { $count }. If the review is closed now, they do not count.
review-undeclared = Not declared
review-begun = Scoring
review-recused = Recused
review-reminded = Last reminded
review-late = Overdue
review-late-experts = Experts overdue
review-act = Action
review-sheet-not-begun = Not begun
review-show = Show
review-show-all = All applications
review-show-unfinished = Scoring not complete
review-show-late = Overdue
review-show-short = Short of experts
review-everybody = All experts
review-search = Application number or organisation
review-files-none = No applications match

## Replacing an expert
release-title = Replace an expert
release-text = On release, the expert can no longer see this application, the score sheet becomes void, and a reserve fills the place. The expert is notified, with the reason.
release-text-scored = On release, the expert can no longer see this application; a reserve fills the place only if fewer experts are left than the minimum. The expert is notified, with the reason.
refusal-release_scored = Scoring has ended, so a submitted score sheet cannot be released. If an expert must be recused, declare the interest on the expert’s page, and the sheet is then released; the expert can also ask to be recused.
release-reason-hint = The expert is notified of this, and it is entered in the event record.
release-ended = This assignment has ended or the review is not open, so the expert cannot be replaced.
done-assignment-released-short = The assignment has been released, but nobody can fill the place. Add experts.

## Reminders
reminders-title = Remind experts
reminders-text = Number of experts who will each receive one email: { $count }. An expert is reminded at most once a day. After you confirm, the emails are held for { $minutes } minutes before they are sent; during those { $minutes } minutes you can undo.
reminders-had = Already reminded today: { $names }.
reminders-none = No experts to remind
reminders-none-text = Nothing is outstanding, or all have been reminded today.
reminders-missing = Outstanding
reminders-letter = Text of the email (to the first expert, as an example)
reminders-send = Send reminders
refusal-reminders_nobody = There is nobody to remind: all score sheets have been submitted, or all experts have been reminded today.
refusal-reminders_sent = All reminders have been sent and cannot be undone.
problem-reminder_expert = At least one of the selected experts is not on the list of those to remind. Select again.
problem-reminder_nobody_chosen = Select at least one expert.
done-review-reminded = The reminders have been queued. You can undo this on this page within 5 minutes.
done-review-reminded-before = You have just sent these reminders. They have not been sent again.

## Undoing
review-undo-title = Undo a batch action
review-undo-assignment = Undo the last assignment plan
review-undo-reminders = Undo reminders
review-undo-completion = Undo added experts
review-undo-second_panel = Undo the second panel
review-undo-scoring_end = Undo the end of scoring
review-undo-discussion_end = Undo the end of discussions
review-undo-text = Time of the action: { $at }. Undoing an assignment plan restores the plan before it; a review that has been opened goes back to preparation. Undoing reminders recalls only emails not yet sent (they are held for 5 minutes). Undoing added experts or a second panel releases the assignments that came with it. Undoing the end of scoring brings back scoring and the assignments that were released. Undoing the end of discussions lets them go on.
review-undo-confirm = Confirm undo
refusal-change_undone = This action has already been undone.
refusal-change_not_last = Another assignment plan has been made since. Undo the last one first.
refusal-change_panel_gone = The panel before this assignment plan can no longer serve: experts have been drawn since, or the draw was annulled. So the plan cannot be undone. Make a new assignment plan instead.
refusal-arrivals_rested_on = Experts have already made declarations for the new assignments or taken on others, so they cannot be undone as a whole. Release them one by one on the review page.
refusal-scoring_end_rested_on = Since scoring ended, discussions were opened, explanations were asked for, the oral defence or site visit was begun or experts were added, or an expert has left or must be recused. Scoring cannot be resumed.
refusal-discussion_end_rested_on = A second panel has been called for one of these applications, or its discussion runs again, so the end of the discussions cannot be undone. If nobody of the second panel has made a declaration, undo the second panel first.
refusal-change_rested_on = Experts have already made declarations or been replaced, so the assignment plan can no longer be undone. Replace experts instead.
done-change-undone = Undone.

## Mail
mail-review-reminder-subject = Review reminder: { $call }
mail-review-reminder-body =
    Dear { $name },

    Score sheets that you have still to submit in the expert review of ‘{ $call }’: { $missing }{ $declared ->
        [yes] {""}
       *[no] ; of these, without a declaration of conflicts of interest: { $undeclared }
    }. { $soon ->
        [yes] Please complete them as soon as you can.
       *[no] They are due by { $due }.
    }
    Please sign in and complete them:
    { $link }
mail-review-overdue-subject = Review overdue: { $call }
mail-review-overdue-body =
    Dear { $name },

    Score sheets in the expert review of ‘{ $call }’ were due by { $due }. Still to be submitted by you: { $missing }{ $declared ->
        [yes] {""}
       *[no] ; of these, without a declaration of conflicts of interest: { $undeclared }
    }.
    Please sign in and complete them soon. If you cannot, contact the review organisers:
    { $link }
mail-deadline-scoring-subject = Review due soon: { $call }
mail-deadline-scoring-body =
    Dear { $name },

    Score sheets in the expert review of ‘{ $call }’ are due by { $due }. Still to be submitted by you: { $missing }{ $declared ->
        [yes] {""}
       *[no] ; of these, without a declaration of conflicts of interest: { $undeclared }
    }.
    Please sign in and complete them. If you cannot, contact the review organisers:
    { $link }
mail-assignments-recalled-subject = New review assignments undone: { $call }
mail-assignments-recalled-body =
    Dear { $name },

    Applications newly assigned to you in the expert review of ‘{ $call }’ that you no longer need to score, because the assignment has been undone: { $count }.
    Reason: { $reason }

    { $last ->
        [yes] { "" }
       *[no] { $soon ->
            [yes] Please complete your other assignments as soon as you can: { $link }
           *[no] Please complete your other assignments by { $due }: { $link }
        }
    }
mail-review-recalled-subject = Review assignments suspended: { $call }
mail-review-recalled-body =
    Dear { $name },

    The expert review of ‘{ $call }’ has gone back to preparation. The applications assigned to you are suspended for now.
    Reason: { $reason }

    You will be notified when the review opens again: { $link }
