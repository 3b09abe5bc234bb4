//! The page of a station says what holds there, as the pinned programme and the procedure's table have it.

use super::*;

#[test]
fn a_stations_page_says_its_rules_from_the_pinned_programme() {
    let mut scene = scene_with(|programme| {
        programme.correction.working_days = 9;
        programme.quota.per_bureau = Some(7);
    });
    let filed = scene.filed();
    let shown = scene.foshan.browser().open(&page(filed.id, "recommendation"));
    let shown = shown.shows("本环节规则：地市审核推荐").shows("建议期限 9 个工作日").shows("限推荐 7 家");
    let shown = shown.shows("在地市推荐截止时间前").shows("转为“形式审查中”").shows("下一环节：形式审查");
    shown.hides("报备认定结果");
    let screened = scene.filed_as(State::Recommended, &[]);
    let shown = scene.handler.browser().open(&page(screened.id, "screening"));
    shown.shows("本环节规则：形式审查").shows("建议期限 9 个工作日").shows("下一环节：专家评审");
    // An applicant is led to the rules of every station.
    let own = filed.vendor.browser().open(&format!("/applications/{}", filed.id));
    assert!(own.text().contains("href=\"/guide/stations\""), "{own}");
}

/// Where there is no further station before the decision, none is promised.
#[test]
fn the_way_follows_the_programmes_stations() {
    let mut scene = scene_with(|programme| {
        programme.stations = vec![Station::City, Station::Notice];
        programme.review = None;
        programme.rubric = None;
    });
    let filed = scene.filed();
    let shown = scene.foshan.browser().open(&page(filed.id, "recommendation"));
    shown.shows("转为“待审定”").shows("下一环节：审定").hides("下一环节：形式审查");
}
