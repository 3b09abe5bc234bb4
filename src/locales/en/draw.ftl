# Draw of experts

draw-title = Draw of experts
draw-link = Draw of experts
draw-how = Rules of the draw and how to verify it
draw-how-text = By these rules, anyone can work out the result of a draw again on their own computer from its record file.
draw-intro = The panel and the reserves are drawn at random by public rules. A handling officer and an auditor each submit a commitment first, and reveal their passphrases only after the list of candidates is fixed. The two passphrases and the event record together determine the result, so neither party alone can steer it.
draw-status-announced = Awaiting commitments from both parties
draw-status-listed = List fixed; awaiting passphrases from both parties
draw-status-drawn = Drawn
draw-status-abandoned = Abandoned
draw-none = No draw has been announced
draw-none-text = Once the call is approved and before the review opens, a handling officer or third-party evaluator announces the draw on this page; handling officers and auditors are then notified.
draw-attempt = Draw no. { $number }
draw-step = Step
draw-who = Done by
draw-when = Time
draw-step-announced = Draw announced
draw-step-committed-handler = Handling officer’s commitment
draw-step-committed-auditor = Auditor’s commitment
draw-step-listed = Candidate list fixed
draw-step-revealed-handler = Handling officer’s passphrase revealed
draw-step-revealed-auditor = Auditor’s passphrase revealed
draw-step-drawn = Drawn
draw-step-abandoned = Draw abandoned
draw-not-yet = Not yet done
draw-strata = Numbers to draw
draw-field = Field of expertise
draw-field-any = Any field
draw-places = Panel members
draw-reserves = Reserves
draw-announce-title = Announce a draw
draw-announce-text = After the announcement, one handling officer and one auditor each submit a commitment. A draw cannot be announced if there are too few candidates.
draw-announce = Announce the draw
draw-preview = Check the number of candidates
draw-preview-title = Check the draw
draw-preview-text = These are the candidates who qualify at present, and why others do not. Confirm to announce the draw. The candidate list is fixed only after both parties have submitted their commitments, and is checked again then.
draw-preview-caption = Candidates by field of expertise
draw-preview-candidates = Candidates
draw-preview-names = Names
draw-preview-excluded = Not candidates, and why
draw-preview-outside = Experts outside these fields: { $count }.
draw-ending-text = The term of these candidates ends before { $day }. Whoever still serves on the day on which the candidate list is fixed can be drawn. Extend the term first if they are to score until the review is due.
draw-ending-line = { $name }: term ends on { $day }
draw-preview-back = Back to change
draw-commit-title = Submit a commitment
draw-commit-text = Enter a passphrase that only you know ({ $least } to { $most } characters, preferably random) and keep it safe: you yourself must enter it again after the list is fixed. Only the commitment worked out from it is stored, not the passphrase. If it is lost, this draw can only be abandoned.
draw-phrase = Passphrase
draw-commitment = Commitment worked out by yourself (64 hexadecimal digits)
draw-commitment-hint = If you would rather not enter the passphrase here, work out the commitment on your own computer, enter it here and leave the passphrase empty.
draw-recipe = Work out the commitment on your own computer
draw-recipe-text = Run these three lines in bash. Type the passphrase (it is not shown) and press Enter. The first 64 characters of the result are the commitment.
draw-commit = Submit commitment
draw-list-title = Fix the candidate list
draw-list-text = Both parties have submitted their commitments. Once fixed, the candidate list cannot be changed, and both parties are asked to reveal their passphrases.
draw-list = Fix the list
draw-reveal-title = Reveal the passphrase
draw-reveal-text = The list is fixed. Enter the passphrase with which you made your commitment. The draw takes place as soon as both have been revealed. If a party is late or refuses, this is recorded when the draw is abandoned.
draw-reveal = Reveal passphrase
draw-abandon = Abandon this draw
draw-abandon-text = An abandoned draw is void and a new one must be announced. The reason, and which party did not reveal its passphrase, are written into the records of later draws.
draw-abandon-reason = Reason for abandoning
draw-abandon-confirm = Confirm abandoning
draw-wait-commit = Waiting for the commitments of the handling officer and the auditor.
draw-wait-commit-auditor = The handling officer has submitted a commitment. Waiting for the auditor’s.
draw-wait-commit-handler = The auditor has submitted a commitment. Waiting for the handling officer’s.
draw-wait-list = Both parties have submitted their commitments. Waiting for the handling officer to fix the candidate list.
draw-wait-reveal = The list is fixed. Waiting for both parties to reveal their passphrases.
draw-wait-reveal-auditor = The handling officer has revealed the passphrase. Waiting for the auditor.
draw-wait-reveal-handler = The auditor has revealed the passphrase. Waiting for the handling officer.
draw-panel = Panel
draw-reserve-list = Reserves (in the order in which they are called)
draw-candidates = Candidates: { $count }
draw-exclusions = Experts who were not candidates: { $count }
draw-expert = Expert
draw-employer = Employer
draw-reason = Reason
draw-record = Download draw record
draw-events = Download event record
draw-verify-text = To verify, download both files to your own computer and run yuanchi draw verify draw-{ $draw }.json --events draw-{ $draw }-events.json, or work the result out yourself by the public rules.
draw-digest-opening = Digest of the list
draw-digest-head = Hash of the event record when the list was fixed
draw-digest-seed = Random seed
draw-digest-record = Digest of the draw record
draw-to-review = Go to panel and assignments
review-panel-drawn = The panel has been drawn and is used for this review. If recusals leave too few experts, reserves are called in order.

draw-excluded-suspended = Suspended
draw-excluded-removed = Removed from the expert pool
draw-excluded-out_of_term = Outside the term of appointment
draw-excluded-other_pool = Not in the expert pool that this programme uses
draw-excluded-no_field = Not in the fields of expertise drawn from
draw-excluded-recused = Must be recused from all applications to review

reserve-called-left = A drawn expert has left the pool; a reserve was called
reserve-called-too_few = Recusals left too few experts on the panel; a reserve was called
reserve-called-recused = The assigned expert was recused; a reserve was called
reserve-called-released = The former assignment was released; a reserve was called
reserve-called-late = The application arrived later; a reserve was called
reserve-called-second_panel = The spread was still over the limit after discussion; a reserve was called for the second panel

desk-draw-commit = Draw of experts: your commitment is awaited
desk-draw-list = Draw of experts: candidate list to be fixed
desk-draw-reveal = Draw of experts: your passphrase is awaited

refusal-draw_both_roles = One person cannot take part in a draw both as handling officer and as auditor. It needs two persons.
refusal-draw_none = No draw has been announced.
refusal-draw_done = The panel has been drawn and cannot be drawn again. Reserves step in for experts who are recused or leave the pool. If there was an error, a handler and an auditor have to annul the draw first.
refusal-draw_running = A draw is already under way. Complete or abandon it first.
refusal-draw_unfinished = A draw of experts is under way. Complete or abandon it before you form the panel or open the review.
refusal-draw_required = The experts must be drawn. Complete the draw, or draw again after an annulment, before you form the panel.
refusal-draw_call_not_approved = The call has not been approved, so experts cannot be drawn.
refusal-draw_review_open = The review is open, so experts can no longer be drawn.
refusal-draw_listed = The candidate list is fixed. No more commitments can be submitted, and it cannot be fixed again.
refusal-draw_committed = Your side has submitted its commitment, which cannot be changed. If it must be, abandon this draw and announce another.
refusal-draw_not_committed = The candidate list can be fixed only after both the handling officer and the auditor have submitted their commitments.
refusal-draw_not_listed = The candidate list is not fixed yet, so passphrases cannot be revealed now.
refusal-draw_not_a_party = Only the person who submitted the commitment can take this step.
refusal-draw_revealed = You have already revealed your passphrase. Nothing more is needed.
problem-draw_short = Candidates who qualify: { $available }, fewer than the { $needed } needed. Lower the numbers, or add experts to the pool.
problem-draw_short_in_field = Candidates who qualify in ‘{ $field }’: { $available }, fewer than the { $needed } needed. Lower the numbers, or add experts to the pool.
problem-draw_too_many_fields = A draw may have at most { $limit } fields. Use fewer.
problem-draw_field = ‘{ $field }’ is not the code of a field of expertise. Enter the code of a programme, a kind or a cluster.
problem-draw_field_twice = The field ‘{ $field }’ appears more than once. Combine the entries.
problem-draw_everybody_last = The entry for any field must come last; entries after it would have nobody left to draw.
problem-draw_panel = The number of panel members must be a whole number from 1 to { $limit }. Correct it.
problem-draw_reserves = The number of reserves must be a whole number from 0 to { $limit }. Correct it.
problem-draw_panel_too_small = Experts to draw: { $panel }, fewer than the { $needed } needed for each application. Draw more.
problem-draw_panel_fixed = The panel has been drawn, so no other experts can be selected. Do not name experts.
problem-draw_phrase_length = The passphrase must have { $min } to { $max } characters. Yours has { $found }. Correct it.
problem-draw_phrase_or_commitment = Enter either the passphrase or the commitment that you worked out yourself, not both.
problem-draw_commitment = The commitment must be 64 hexadecimal digits (0 to 9, a to f). Check it.
problem-draw_phrase_wrong = The passphrase does not match your commitment. Check capital letters, spaces and punctuation, and enter it again. If it is lost, abandon this draw and give the reason.
done-draw-announced = The draw has been announced. Handling officers and auditors have been notified.
done-draw-committed = Your commitment has been submitted. Keep the passphrase safe.
done-draw-listed = The candidate list is fixed. Both parties have been asked to reveal their passphrases.
done-draw-revealed = Your passphrase has been revealed. Waiting for the other party.
done-draw-drawn = The draw is complete. The panel and the reserves have been drawn.
done-draw-abandoned = The draw has been abandoned.
draw-annulled = Annulled
draw-annulled-before = Draws annulled before: { $count }. What was drawn and why it was annulled stays on record, and is listed in the record of every later draw.
draw-annul = Propose to annul the draw
draw-annul-text = An annulled draw gives no panel and no reserves, and experts have to be drawn again. The record of this draw, its result and the reason stay for good, and are listed in the record of every later draw. A handler proposes it, and an auditor who is another person agrees.
draw-annul-reason = Reason for annulling
draw-annul-confirm = Send to the auditor
draw-annul-accept-title = Agree to annul the draw
draw-annul-accept = Annul the draw
draw-annul-refuse = Do not annul the draw
draw-annul-withdraw = Take the proposal back
draw-annul-refuse-reason = Reason for keeping the draw
draw-annul-withdraw-reason = Reason for taking the proposal back
draw-annul-refuse-confirm = Keep the draw
draw-annulment-open = It is proposed to annul this draw. An auditor has to agree.
draw-step-annulment = Proposed to annul the draw
draw-step-annulled = Agreed to annul the draw
desk-draw-annulment = Draw of experts: your decision whether to annul it is awaited
refusal-draw_not_drawn = Nothing has been drawn yet. A draw that is under way can be abandoned.
refusal-draw_annulled = This draw has been annulled.
refusal-draw_review_opened = The review has been opened and the experts have been notified, so the draw can no longer be annulled. Reserves step in for experts who are recused or leave the pool.
refusal-draw_planned = Applications have been assigned to this panel. Undo the assignment first, then annul the draw.
refusal-draw_annulment_proposed = It has been proposed to annul this draw. An auditor has to agree.
refusal-draw_annulment_not_proposed = No proposal to annul the draw is waiting.
refusal-draw_annulment_own = You cannot agree to your own proposal. Another auditor has to.
refusal-draw_annulment_not_own = Only an auditor decides on this proposal, or the person who made it takes it back.
refusal-draw_annulment_waiting = It has been proposed to annul the draw. An auditor has to answer, or the person who proposed it has to take the proposal back, before you form the panel.
done-draw-annulment-proposed = It has been proposed to annul the draw. The auditors have been notified.
done-draw-annulled = The draw has been annulled. Another one can be announced.
done-draw-annulment-refused = The draw holds. The person who proposed to annul it has been notified.
done-draw-annulment-withdrawn = The proposal has been taken back. The draw holds.

mail-draw-announced-subject = Draw of experts awaiting commitments: { $call }
mail-draw-announced-body =
    A draw of experts has been announced for ‘{ $call }’. One handling officer and one auditor are each asked to submit a commitment:
    { $link }
mail-draw-to-list-subject = Draw of experts awaiting the candidate list: { $call }
mail-draw-to-list-body =
    Both parties to the draw of experts for ‘{ $call }’ have submitted their commitments. Please fix the candidate list:
    { $link }
mail-draw-to-reveal-subject = Draw of experts awaiting passphrases: { $call }
mail-draw-to-reveal-body =
    The candidate list of the draw of experts for ‘{ $call }’ is fixed. Please reveal your passphrase soon:
    { $link }

    If a party is late or refuses, this is recorded when the draw is abandoned.
mail-draw-drawn-subject = Draw of experts complete: { $call }
mail-draw-drawn-body =
    The panel and the reserves for ‘{ $call }’ have been drawn. View the result and download the draw record:
    { $link }
mail-draw-abandoned-subject = Draw of experts abandoned: { $call }
mail-draw-abandoned-body =
    The draw of experts for ‘{ $call }’ has been abandoned.
    Reason: { $reason }

    View what was done: { $link }
mail-draw-annulment-proposed-subject = Draw of experts to be annulled: { $call }
mail-draw-annulment-proposed-body =
    A handler proposes to annul the draw of experts for ‘{ $call }’.
    Reason: { $reason }

    Please decide whether you agree: { $link }
mail-draw-annulled-subject = Draw of experts annulled: { $call }
mail-draw-annulled-body =
    The draw of experts for ‘{ $call }’ has been annulled with an auditor’s agreement. Experts have to be drawn again.
    Reason: { $reason }

    View the draw: { $link }
mail-draw-annulment-refused-subject = Draw of experts holds: { $call }
mail-draw-annulment-refused-body =
    The proposal to annul the draw of experts for ‘{ $call }’ was refused or taken back. The draw holds.
    Reason: { $reason }

    View the draw: { $link }
