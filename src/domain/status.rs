//! The small states that stand beside an application's own (see [`super::procedure`]).

use super::text::text_enum;

text_enum!(
    /// Whether an account can be used.
    AccountStatus {
        /// A link was sent; no password yet.
        Invited = "invited",
        /// In use.
        Active = "active",
        /// Closed by an administrator.
        Disabled = "disabled",
    }
);
text_enum!(
    /// How a session was begun.
    SessionKind {
        /// A cookie in a browser.
        Browser = "browser",
        /// Tokens of the API.
        Api = "api",
    }
);
text_enum!(
    /// What a one-time token is good for, and nothing else.
    TokenPurpose {
        /// Makes the first administrator.
        Bootstrap = "bootstrap",
        /// Sets the first password of an invited person.
        Invitation = "invitation",
        /// Confirms the address of one who registered.
        Registration = "registration",
        /// Sets a new password.
        PasswordReset = "password_reset",
    }
);
text_enum!(
    /// What is known of a credit code's check character (GB 32100-2015).
    CodeCheck {
        /// It follows the rule.
        Right = "right",
        /// It does not; an officer may still accept it with the licence image.
        Wrong = "wrong",
        /// It does not, and an officer accepted it.
        Overridden = "overridden",
    }
);
text_enum!(
    /// Where a request to join an organisation stands.
    JoinStatus {
        /// Waits for the organisation's administrator.
        Pending = "pending",
        /// Joined.
        Accepted = "accepted",
        /// Refused.
        Declined = "declined",
    }
);
text_enum!(
    /// Which station asked for a correction.
    CorrectionStation {
        /// The city bureau.
        City = "city",
        /// The department's screening.
        Screening = "screening",
    }
);
text_enum!(
    /// How a screening ended.
    Conclusion {
        /// The file goes on to review.
        Accepted = "accepted",
        /// The applicant is not eligible.
        Ineligible = "ineligible",
    }
);
text_enum!(
    /// Where an assignment comes from.
    AssignmentSource {
        /// The plan.
        Plan = "plan",
        /// An organiser put this expert on this file, with a reason.
        Pin = "pin",
        /// Stepped in for one who left.
        Reserve = "reserve",
        /// Added because the first panel was too far apart.
        SecondPanel = "second_panel",
    }
);
text_enum!(
    /// Where a draw of experts stands.
    DrawStatus {
        /// The parties commit.
        Announced = "announced",
        /// The list is frozen, and the parties reveal.
        Listed = "listed",
        /// Panel and reserves are drawn.
        Drawn = "drawn",
        /// Given up; the next attempt has another number.
        Abandoned = "abandoned",
    }
);
text_enum!(
    /// What an organiser wants of one pair of the plan.
    WishKind {
        /// This expert scores this application.
        Pin = "pin",
        /// This expert does not.
        Forbid = "forbid",
    }
);
text_enum!(
    /// What an act on many things at once did.
    ChangeSetKind {
        /// Brought experts in.
        ExpertImport = "expert_import",
        /// Planned who scores what.
        Assignment = "assignment",
        /// Reminded experts.
        Reminders = "reminders",
        /// Proposed a decision.
        Decision = "decision",
        /// Took more experts into an open review and filled its empty places.
        Completion = "completion",
        /// Called a second panel.
        SecondPanel = "second_panel",
        /// Ended the scoring.
        ScoringEnd = "scoring_end",
        /// Ended discussions.
        DiscussionEnd = "discussion_end",
        /// Recommended several files of a bureau.
        Recommendation = "recommendation",
        /// Accepted several files in screening.
        Screening = "screening",
    }
);
text_enum!(
    /// Where an act on many things at once stands.
    ChangeSetStatus {
        /// In force.
        Applied = "applied",
        /// Taken back by one recorded act.
        Undone = "undone",
    }
);
text_enum!(
    /// An expert's standing in the pool of experts.
    ExpertStatus {
        /// May be assigned.
        Active = "active",
        /// Not for now.
        Suspended = "suspended",
        /// No more.
        Removed = "removed",
    }
);
text_enum!(
    /// Where the review of a call stands.
    SessionStatus {
        /// Panels are being made up.
        Preparing = "preparing",
        /// Experts declare and score.
        Open = "open",
        /// Scores are final and visible to officers.
        Closed = "closed",
    }
);
text_enum!(
    /// What comes next in a review.
    ReviewNext {
        /// Panels are to be made up.
        Prepare = "prepare",
        /// What was prepared is to be opened.
        Open = "open",
        /// Experts score, and have time to.
        Score = "score",
        /// The time to score is over, and sheets are missing.
        Remind = "remind",
        /// Every sheet is there, and nothing stands against the end of the scoring.
        End = "end",
        /// The scoring was ended, and nothing stands against the closing that a reason would not overcome.
        Close = "close",
        /// Nobody is waited for by name, and something stands against the next step: the review's page says what.
        Settle = "settle",
        /// Nothing: it is closed.
        Nothing = "nothing",
    }
);
text_enum!(
    /// Why a session cannot be closed.
    Obstacle {
        /// Nothing is under review.
        NoFiles = "no_files",
        /// Applications are still being taken.
        CallOpen = "call_open",
        /// Applications may still come to the review.
        Upstream = "upstream",
        /// Files without any sheet.
        NoSheet = "no_sheet",
        /// Files with fewer sheets than the programme asks for: a reason lets it be closed.
        FewSheets = "few_sheets",
        /// The scoring has not been ended, which the programme's later stages wait for.
        ScoringOpen = "scoring_open",
        /// Sheets of those who came after the scoring had ended.
        SheetOut = "sheet_out",
        /// Files that are being talked over.
        DiscussionOpen = "discussion_open",
        /// Sheets far from their panel that are not explained: a reason lets it be closed, and they count as they are.
        ExplanationMissing = "explanation_missing",
        /// Files without any sheet of the extra station.
        ExtraMissing = "extra_missing",
        /// Files with fewer sheets of the extra station than the programme asks for: a reason lets it be closed.
        FewExtra = "few_extra",
    }
);

impl Obstacle {
    /// Whether a reason lets the session be closed in spite of it.
    pub fn yields_to_a_reason(self) -> bool {
        matches!(self, Obstacle::FewSheets | Obstacle::ExplanationMissing | Obstacle::FewExtra)
    }
}

text_enum!(
    /// How an expert came into a panel, or stayed out of it.
    PanelOrigin {
        /// Named by those who organise the review.
        Named = "named",
        /// Drawn.
        Drawn = "drawn",
        /// A reserve of the draw who stepped in.
        Called = "called",
        /// Named beside a draw.
        Undrawn = "undrawn",
        /// A reserve of the draw who was not needed.
        Reserve = "reserve",
    }
);
text_enum!(
    /// Why a file is talked over.
    Grounds {
        /// The totals lie further apart than the programme allows.
        Spread = "spread",
        /// One total lies too far from the others.
        Outlier = "outlier",
        /// An organiser asked for it, with a reason.
        Officer = "officer",
    }
);
text_enum!(
    /// Which applications of a session are shown.
    Show {
        /// Every one.
        All = "all",
        /// With sheets to come.
        Unfinished = "unfinished",
        /// With sheets to come after the time to score.
        Late = "late",
        /// With too few experts.
        Short = "short",
    }
);
text_enum!(
    /// Where an assignment stands.
    AssignmentStatus {
        /// The expert has not yet declared; the file is closed to them.
        Awaiting = "awaiting",
        /// No conflict: the expert may read and score.
        Accepted = "accepted",
        /// The expert declared a conflict.
        Recused = "recused",
        /// Taken back by the department, with a reason.
        Released = "released",
    }
);
text_enum!(
    /// Where a score sheet stands.
    SheetStatus {
        /// Being filled in.
        Draft = "draft",
        /// Final.
        Submitted = "submitted",
        /// Does not count, with a reason on the assignment.
        Void = "void",
    }
);
text_enum!(
    /// Where a decision sheet stands.
    DecisionStatus {
        /// Waits for another officer.
        Proposed = "proposed",
        /// In force.
        Approved = "approved",
        /// Sent back with a reason.
        Returned = "returned",
        /// Was in force, and is no more.
        Undone = "undone",
    }
);
text_enum!(
    /// What the decision on a call waits for.
    DecisionTurn {
        /// A sheet waits for its approval.
        Approval = "approval",
        /// The undoing of a decision waits for its approval.
        UndoingApproval = "undoing_approval",
        /// A sheet was sent back, and another is to be drawn up.
        Returned = "returned",
        /// Files wait for a sheet.
        Proposal = "proposal",
        /// Files wait for the end of their review.
        Review = "review",
        /// Nothing: what was decided is in force.
        Settled = "settled",
        /// Nothing: what was decided was undone.
        Undone = "undone",
    }
);

impl DecisionTurn {
    /// Whether anybody has something to do.
    pub fn waits(self) -> bool {
        !matches!(self, DecisionTurn::Settled | DecisionTurn::Undone)
    }
}

text_enum!(
    /// What a decision says of one application.
    Outcome {
        /// To be recognised, after the notice.
        Selected = "selected",
        /// Not selected.
        NotSelected = "not_selected",
    }
);
text_enum!(
    /// Where an objection stands.
    ObjectionStatus {
        /// Complete and in time; waits for an officer to accept it for handling.
        Received = "received",
        /// Recorded, not accepted for handling, with the reasons.
        NotAccepted = "not_accepted",
        /// Being looked into; its entry is held.
        Accepted = "accepted",
        /// Right: the entry is removed.
        Upheld = "upheld",
        /// Not right: the entry is published later.
        Dismissed = "dismissed",
    }
);
text_enum!(
    /// How an objection may end.
    ObjectionOutcome {
        /// Right.
        Upheld = "upheld",
        /// Not right.
        Dismissed = "dismissed",
    }
);
text_enum!(
    /// Who objects.
    ObjectorKind {
        /// A person, by real name.
        Person = "person",
        /// A unit, under its seal.
        Unit = "unit",
    }
);
text_enum!(
    /// What kind of list it is.
    ListKind {
        /// The list of a call.
        Main = "main",
        /// Entries of a call that were held when its list was published.
        Supplement = "supplement",
        /// A list decided elsewhere and promoted here.
        Imported = "imported",
    }
);
text_enum!(
    /// Where a list stands.
    ListStatus {
        /// Waits for a second officer.
        Proposed = "proposed",
        /// Public and immutable.
        Published = "published",
        /// Sent back to the one who proposed it.
        Returned = "returned",
    }
);
text_enum!(
    /// What an act made of a membership; whether it has expired follows from the date.
    Standing {
        /// In the pool.
        Active = "active",
        /// In the pool, under warning.
        Warned = "warned",
        /// Revoked.
        Revoked = "revoked",
        /// Withdrew.
        Withdrew = "withdrew",
    }
);
text_enum!(
    /// What is proposed about a membership, for somebody else to decide.
    ProposalKind {
        /// To take it out of the pool.
        Revocation = "revocation",
        /// To keep one that was revoked from applying again for a time.
        Bar = "bar",
        /// To let it go, as the organisation itself asks.
        Withdrawal = "withdrawal",
    }
);
text_enum!(
    /// Where such a proposal stands.
    ProposalStatus {
        /// Waits for another person.
        Pending = "pending",
        /// Decided as proposed.
        Accepted = "accepted",
        /// Sent back with a reason.
        Returned = "returned",
    }
);
/// Days before its last day from which on a role counts as ending: time to renew it in peace. The words for it name
/// the number.
pub const ROLE_DAYS_BEFORE: i64 = 30;
/// Days for which an auditor is told of what was refused. The words for it name the number.
pub const REFUSALS_DAYS_BACK: i64 = 7;

text_enum!(
    /// Which accounts somebody who administers them looks for.
    AccountsOnly {
        /// Those that nobody has taken up.
        Invited = "invited",
        /// Those with a role that ends within [`ROLE_DAYS_BEFORE`] days.
        Ending = "ending",
    }
);
text_enum!(
    /// Where a mail of the outbox stands.
    MailStanding {
        /// Waits for its next attempt.
        Waiting = "waiting",
        /// Given up.
        Failed = "failed",
        /// Handed to the mail server.
        Sent = "sent",
        /// Its reader reads it in the service alone.
        SiteOnly = "site_only",
    }
);
