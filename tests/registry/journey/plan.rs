//! The plan: which organisation meets which fate. Every expectation of the journey follows from this table; none is
//! read back from the service.

use yuanchi::domain::procedure::State;

/// The three programmes; twenty organisations apply in each.
pub const PROGRAMMES: [&str; 3] = ["feature_platform", "professional_platform", "service_provider"];
/// Applicants in each.
pub const EACH: usize = 20;
/// All of them.
pub const ALL: usize = PROGRAMMES.len() * EACH;
/// Experts who score one application.
pub const PANEL: [usize; 3] = [5, 3, 3];
/// Places of the third programme, lowered in a copy of its file so that they do not suffice.
pub const PLACES: usize = 14;

/// The bureaus of the 21 cities, in the order of the reference data.
pub const BUREAUS: [&str; 21] = [
    "guangzhou",
    "shaoguan",
    "shenzhen",
    "zhuhai",
    "shantou",
    "foshan",
    "jiangmen",
    "zhanjiang",
    "maoming",
    "zhaoqing",
    "huizhou",
    "meizhou",
    "shanwei",
    "heyuan",
    "yangjiang",
    "qingyuan",
    "dongguan",
    "zhongshan",
    "chaozhou",
    "jieyang",
    "yunfu",
];
/// The city whose bureau may recommend one service provider only, in a copy of that programme's file.
pub const SHORT_OF_PLACES: usize = 5;

/// What becomes of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Recognised without a stop.
    Plain,
    /// Filed and recommended one second before the end.
    LastSecond,
    /// Filed at the closing instant: refused, still a draft.
    Late,
    /// Withdrawn before it was filed.
    WithdrawnDraft,
    /// Withdrawn at the city's station.
    WithdrawnSubmitted,
    /// Withdrawn from the department's desk.
    WithdrawnRecommended,
    /// Withdrawn while experts score.
    WithdrawnInReview,
    /// Withdrawn after the decision.
    WithdrawnProposed,
    /// The city asks for a correction, which is answered.
    CityCorrection,
    /// The same, answered in the time that was added.
    CorrectionExtended,
    /// The city asks for a correction, which is not answered.
    CorrectionLapsed,
    /// Not recommended.
    NotRecommended,
    /// The bureau has no place left for it.
    OverQuota,
    /// Recommended one second too late: refused by the clock, then by the bureau.
    LateRecommendation,
    /// The same, then recommended in the time that was added to the call.
    CallExtended,
    /// Not eligible.
    Ineligible,
    /// The department asks for a correction, which is answered.
    ScreeningCorrection,
    /// The department asks for a correction, which is not answered.
    ScreeningLapsed,
    /// Below the pass mark.
    BelowPassMark,
    /// Above the pass mark, but the places are taken.
    BeyondPlaces,
    /// An objection is upheld.
    Upheld,
    /// An objection is dismissed while the notice runs.
    Dismissed,
    /// An objection is dismissed after the list is out: recognised in a supplement.
    Supplement,
    /// An objection without a name comes when the notice is over: recorded, not accepted.
    ObjectionTooLate,
}

/// One organisation and its application.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// From 0; the position in every table of the journey.
    pub index: usize,
    /// Index of the programme.
    pub programme: usize,
    /// Index of the city whose bureau has the file.
    pub city: usize,
    /// What becomes of it.
    pub fate: Fate,
    /// Points in a hundred that its sheets come to.
    pub points: i64,
}

/// The table: all who are not named are plain.
const FATES: &[(usize, Fate)] = &[
    (1, Fate::CityCorrection),
    (2, Fate::ScreeningCorrection),
    (3, Fate::NotRecommended),
    (4, Fate::Ineligible),
    (5, Fate::WithdrawnDraft),
    (6, Fate::WithdrawnSubmitted),
    (7, Fate::WithdrawnInReview),
    (8, Fate::Late),
    (9, Fate::LastSecond),
    (10, Fate::BelowPassMark),
    (11, Fate::Upheld),
    (12, Fate::Dismissed),
    (13, Fate::Supplement),
    (14, Fate::ObjectionTooLate),
    (15, Fate::LateRecommendation),
    (16, Fate::CorrectionLapsed),
    (17, Fate::WithdrawnRecommended),
    (23, Fate::CityCorrection),
    (24, Fate::NotRecommended),
    (25, Fate::Ineligible),
    (26, Fate::ScreeningLapsed),
    (28, Fate::CallExtended),
    (31, Fate::BelowPassMark),
    (33, Fate::WithdrawnProposed),
    (35, Fate::Supplement),
    (44, Fate::NotRecommended),
    (45, Fate::ScreeningCorrection),
    (46, Fate::CorrectionExtended),
    (55, Fate::OverQuota),
    (56, Fate::BeyondPlaces),
    (57, Fate::BeyondPlaces),
    (58, Fate::BeyondPlaces),
    (59, Fate::BeyondPlaces),
];

/// The whole plan.
pub fn plan() -> Vec<Plan> {
    (0..ALL)
        .map(|index| {
            let fate = FATES.iter().find(|(named, _)| *named == index).map_or(Fate::Plain, |(_, fate)| *fate);
            // Two applicants of one city share the one place of its bureau.
            let city = if fate == Fate::OverQuota { SHORT_OF_PLACES } else { index % BUREAUS.len() };
            // No two of a programme have equal points, and a high index means few.
            let points = if fate == Fate::BelowPassMark { 50 } else { 95 - (index % EACH) as i64 };
            Plan { index, programme: index / EACH, city, fate, points }
        })
        .collect()
}

impl Plan {
    /// Where the application ends.
    pub fn end(&self) -> State {
        match self.fate {
            Fate::Late => State::Draft,
            Fate::WithdrawnDraft
            | Fate::WithdrawnSubmitted
            | Fate::WithdrawnRecommended
            | Fate::WithdrawnInReview
            | Fate::WithdrawnProposed => State::Withdrawn,
            Fate::CorrectionLapsed | Fate::NotRecommended | Fate::OverQuota | Fate::LateRecommendation => {
                State::NotRecommended
            }
            Fate::Ineligible | Fate::ScreeningLapsed => State::Ineligible,
            Fate::BelowPassMark | Fate::BeyondPlaces => State::NotSelected,
            Fate::Upheld => State::Removed,
            _ => State::Recognised,
        }
    }

    /// The furthest station that it passes.
    pub fn reach(&self) -> Reach {
        match self.fate {
            Fate::Late | Fate::WithdrawnDraft => Reach::Draft,
            Fate::WithdrawnSubmitted
            | Fate::CorrectionLapsed
            | Fate::NotRecommended
            | Fate::OverQuota
            | Fate::LateRecommendation => Reach::Filed,
            Fate::WithdrawnRecommended | Fate::Ineligible | Fate::ScreeningLapsed => Reach::Recommended,
            Fate::WithdrawnInReview => Reach::Accepted,
            Fate::BelowPassMark | Fate::BeyondPlaces => Reach::Reviewed,
            Fate::WithdrawnProposed => Reach::Proposed,
            _ => Reach::Noticed,
        }
    }

    /// Whether it gets as far as this.
    pub fn reaches(&self, station: Reach) -> bool {
        self.reach() >= station
    }

    /// Whether it is in the main list of its call.
    pub fn in_main_list(&self) -> bool {
        self.end() == State::Recognised && self.fate != Fate::Supplement
    }

    /// Whether somebody asks for a correction.
    pub fn corrected(&self) -> bool {
        self.corrected_by_city() || matches!(self.fate, Fate::ScreeningCorrection | Fate::ScreeningLapsed)
    }

    /// Whether the city does.
    pub fn corrected_by_city(&self) -> bool {
        matches!(self.fate, Fate::CityCorrection | Fate::CorrectionExtended | Fate::CorrectionLapsed)
    }

    /// Whether the correction is answered.
    pub fn answers(&self) -> bool {
        matches!(self.fate, Fate::CityCorrection | Fate::CorrectionExtended | Fate::ScreeningCorrection)
    }

    /// Whether somebody objects in time.
    pub fn objected(&self) -> bool {
        matches!(self.fate, Fate::Upheld | Fate::Dismissed | Fate::Supplement)
    }

    /// The reason of an adverse end, as it is written in the journey.
    pub fn reason(&self) -> &'static str {
        match self.fate {
            Fate::CorrectionLapsed => "逾期未补正，不予推荐。",
            Fate::NotRecommended => "平台尚未形成稳定的服务能力，不予推荐。",
            Fate::OverQuota => "本市推荐名额已用完，按排序不予推荐。",
            Fate::LateRecommendation => "未能在推荐截止前完成审核，不予推荐。",
            Fate::Ineligible => "近五年发生重大质量事故，不符合申报条件。",
            Fate::ScreeningLapsed => "逾期未补正审计报告，不符合申报条件。",
            Fate::BelowPassMark => "综合得分低于入围线。",
            Fate::BeyondPlaces => "综合得分未进入本批次名额。",
            Fate::Upheld => "经核实，典型案例与事实不符，异议成立。",
            Fate::Dismissed | Fate::Supplement => "经核实，异议所述情况与事实不符。",
            _ => "经营方向调整，自愿撤回。",
        }
    }
}

/// How far an application comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Never filed.
    Draft,
    /// Filed.
    Filed,
    /// Recommended.
    Recommended,
    /// Accepted by the screening: experts are assigned.
    Accepted,
    /// Scored and ranked.
    Reviewed,
    /// Decided for.
    Proposed,
    /// Named in a notice.
    Noticed,
}
