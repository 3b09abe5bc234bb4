# Lists of applications: recommending and passing several together, undoing that, saved filters

## Several applications together
batches-title = Actions on several applications
batches-none = Nothing has been done with several applications yet
batches-none-text = Tick several applications in the list and recommend or pass them together: what was done is listed here.
batch-kind = Action
batch-kind-recommendation = Recommended together
batch-kind-screening = Passed screening together
batch-files = Applications
batch-status = Status
batch-status-applied = Done
batch-status-undone = Undone
batch-at = Done on
batch-by = Done by
batch-undone-at = Undone on
batch-undone-by = Undone by
batch-recommend-title = Recommend several applications
batch-accept-title = Pass several applications in screening
batch-recommend-ticked = Recommend the ticked applications together
batch-accept-ticked = Pass the ticked applications together
batch-recommend-send = Confirm and recommend
batch-accept-send = Confirm and pass
batch-recommend-count = To be recommended: { $count }
batch-accept-count = To pass screening: { $count }
batch-files-count = Done: { $count }
batch-files-undone = Undone: { $count }
batch-left-out-count = Left out: { $count }
batch-none-ticked = No application is ticked
batch-none-ticked-text = Go back and tick those that are to be handled together. The filter and the order of the list are kept.
batch-nobody = None of these can be handled together
batch-nobody-text = The reasons are listed below. Go back and tick others, or handle them one by one.
batch-why = Reason
batch-typed = The opinion that you typed (not saved)
batch-typed-text = To use this opinion instead, open the earlier action, undo it and recommend again.
batch-earlier = Open the earlier action
batch-back = Back to the list of applications
batch-opinion-hint = The opinion is the same for each application. The department’s screening officers will see it. Where it differs, recommend one by one.
batch-accept-text = The system finds every item of these applications ‘Met’. When you confirm, every conclusion is recorded as ‘Met’.
batch-whole-text = These applications are handled together: if one of them cannot be, none is. Each organisation is notified when you confirm.
batch-tick-head = Tick
batch-tick = Tick { $organisation } ({ $number })
batch-tick-all = Tick every application on this page that can be handled together
batch-tick-hint = Ticked applications can be handled together. You will first see which ones, which ones not and why; nothing happens before you confirm.
batch-tick-order = Ranks follow the order of this list.
batch-undo = Undo this action
batch-undo-text = Each application goes back to where it was before; where a recommendation is undone, its place in the quota is free again. Each organisation is told the reason.
batch-undo-send = Confirm undoing
done-batch-recommended = These applications have been recommended. Each organisation will be notified.
done-batch-accepted = These applications have passed screening. Each organisation will be notified.
done-batch-undone = Undone. Each application is back where it was, and each organisation will be notified.
batch-letters-held = { $count } letters have not been sent yet: they wait for an officer to look at them, and leave by themselves on { $at }.
batch-letters = Look at the letters
refusal-batch_other_call = It belongs to another call than the first one ticked, or to another bureau. Handle it separately.
refusal-batch_incomplete = The form or the attachments are incomplete. Check this application by itself; it can be returned for correction.
refusal-batch_places_given = The places go to the applications listed before this one. Your bureau’s quota in this call: { $limit }; used before: { $taken }; left for this act: { $given }. To recommend this application, go back and tick fewer others.
refusal-batch_findings_open = Items that the system does not find ‘Met’: { $count }. Screen this application by itself.
refusal-batch_preview_outdated = Things have changed since the preview, so nothing was done. This is how they stand now. Check before you confirm.
refusal-batch_done_otherwise = You recommended these applications on { $at }, with the opinion ‘{ $opinion }’. The opinion that you have sent now is another one, so nothing was changed. What you typed is kept below.
refusal-batch_nothing_left = None of the ticked applications can be handled together, so nothing was done.
refusal-batch_undo_withdrawn = { $organisation } ({ $number }) has withdrawn its application, so this action cannot be undone.
refusal-batch_undo_moved = The application of { $organisation } ({ $number }) has moved on since, so this action cannot be undone.
refusal-batch_undo_assigned = Experts have been assigned to the application of { $organisation } ({ $number }), so this action cannot be undone.
refusal-batch_undo_being_decided = A decision in this call awaits approval, which concerns { $organisation } ({ $number }). Approve or return it first, then undo.
problem-batch_nothing_ticked = Tick at least one application.
problem-batch_too_many = At most { $limit } applications can be handled at once; there are { $found }. Tick fewer.

## Saved filters
filters-title = Saved filters
filters-none = No saved filters
filters-none-text = Filter the list of applications and save the filter under a name: it is then one click away on the desk and above the list.
filters-manage = Manage saved filters
filter-name = Name of the filter
filter-new-name = New name
filter-save = Save this filter
filter-save-hint = Only you see it. You can save up to { $limit }.
filter-order-not-kept = The order by last change is not kept: a saved filter opens with what is due first.
filter-rename = Rename ‘{ $name }’
filter-delete = Delete ‘{ $name }’
done-filter-saved = The filter has been saved.
done-filter-renamed = The filter has been renamed.
done-filter-deleted = The filter has been deleted.
refusal-filters_full = You can save at most { $limit } filters. Delete one that you no longer use first.
problem-filter_name_missing = Enter a name for the filter.
problem-filter_name_too_long = The name can have at most { $limit } characters; there are { $found }. Shorten it.
problem-filter_name_taken = You have a filter of this name already. Choose another name.
problem-filter_search_too_long = The search can have at most { $limit } characters; there are { $found }. Shorten it.
problem-filter_call_unknown = There are no applications in this call that you can see. Choose another call.

## Mail
mail-recommendation-undone-subject = Recommendation undone: { $call } ({ $number })
mail-recommendation-undone-body =
    To: { $organisation }

    Your organisation was notified that { $station } had recommended its application (application number: { $number }; call: { $call }). That recommendation was undone on { $date } and the notification is void. The application is with { $station } again, and you will be notified of the result.

    Reason: { $reason }

    Your organisation does not need to submit anything again. View its progress: { $link }
mail-acceptance-undone-subject = Screening result undone: { $call } ({ $number })
mail-acceptance-undone-body =
    To: { $organisation }

    Your organisation was notified that its application (application number: { $number }; call: { $call }) had passed screening. { $station } undid that result on { $date } and the notification is void. The application is in screening again, and you will be notified of the result.

    Reason: { $reason }

    Your organisation does not need to submit anything again. View its progress: { $link }
