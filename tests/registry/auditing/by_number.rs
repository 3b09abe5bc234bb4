//! An auditor finds a file by what it is called, and goes from the file to its record and back.

use crate::applications;
use crate::support::html::links;
use crate::support::{Client, with};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use yuanchi::db;
use yuanchi::domain::actor::Role;

#[test]
fn an_auditor_finds_a_file_by_its_number_its_unit_and_the_units_code() {
    let scene = applications::scene();
    let mut vendor = scene.admin.api();
    let id = scene.complete(&mut vendor);
    let auditor = scene.app.person("auditor@example.org", &[with(Role::Auditor)]);
    let organisation = scene.organisation;
    let unit = scene.app.read(|tx| Ok(db::organisations::find(tx.db, organisation)?));
    let (mut browser, mut api) = (auditor.browser(), auditor.api());
    let total = |api: &mut Client, subject: &str| {
        let text = utf8_percent_encode(subject, NON_ALPHANUMERIC);
        api.json(&format!("/api/v1/events?subject_kind=application&subject_id={text}"))["total"]
            .as_i64()
            .expect("a number")
    };
    // A draft is its applicant's own: it is found by its id alone, and has no name here.
    assert_eq!(total(&mut api, &unit.name), 0);
    let drafted = total(&mut api, &id);
    assert!(drafted > 0);
    browser.open(&format!("/events?subject={id}")).hides(&unit.name).hides("没有符合条件的记录");

    scene.submit(&mut vendor, &id).expect(200);
    let number = scene.stored(&id).number.expect("a number");
    let filed = total(&mut api, &id);
    assert!(filed > drafted);
    for subject in [number.as_str(), &number.to_lowercase(), &unit.name, &unit.credit_code] {
        assert_eq!(total(&mut api, subject), filed, "{subject}");
    }
    let chain = format!("/events/application/{id}");
    let found = browser.open(&format!("/events?subject={number}")).shows(&number).shows(&unit.name);
    assert!(links(&found.text()).contains(&chain), "{found}");
    assert!(found.text().contains("<optgroup label=\"申报件\">"), "{found}");
    let record = browser.open(&chain).shows(&number).shows(&unit.name);
    let file = format!("/applications/{id}");
    assert!(links(&record.text()).contains(&file), "{record}");
    assert!(links(&browser.open(&file).text()).contains(&chain), "back to the record");
    // For nobody else does the file lead to the record.
    assert!(!links(&scene.admin.browser().open(&file).text()).contains(&chain));

    browser
        .open("/events?subject=YC1999-XX-0001")
        .shows("没有符合条件的记录")
        .shows("申报编号")
        .hides("导出查询到的全部记录链");
}
