//! The bundled files, and what is said of files that are wrong.

use super::*;

fn reference() -> Reference {
    Reference::load(&ReferenceFiles::BUNDLED).expect("the bundled files")
}

fn bureau(code: &str) -> Route {
    Route::Bureau(code.to_string())
}

#[test]
fn the_bundled_files_are_complete() {
    let reference = reference();
    assert_eq!(reference.cities.len(), 21);
    assert_eq!(reference.counties.len(), 126);
    assert_eq!(reference.clusters.len(), 20);
    assert_eq!(reference.divisions.len(), 31);
    assert_eq!(reference.bureaus.len(), 22);
    assert_eq!(reference.city("440300").map(|c| c.name.as_str()), Some("深圳市"));
    assert_eq!(reference.cluster("E03").map(|c| c.name.as_str()), Some("智能机器人"));
    assert_eq!(reference.division("C39").map(|d| d.name.as_str()), Some("计算机、通信和其他电子设备制造业"));
    assert_eq!(reference.counties_of("440100").count(), 11);
    assert_eq!(reference.counties_of("441900").count(), 1);
    assert_eq!(reference.city_of("440499").map(|c| c.code.as_str()), Some("440400"));
    let named = reference.cities.iter().map(|city| &city.names);
    let named = named.chain(reference.clusters.iter().map(|cluster| &cluster.names));
    let named = named.chain(reference.bureaus.iter().map(|bureau| &bureau.names));
    for names in named.chain(reference.divisions.iter().map(|division| &division.names)) {
        assert!(!names.zh_tw.is_empty() && !names.en.is_empty(), "{}: in three languages", names.zh_cn);
        assert!(names.en.is_ascii() && !names.zh_tw.is_ascii(), "{names:?}");
    }
    for county in &reference.counties {
        let Names { zh_cn, zh_tw, .. } = &county.names;
        assert_eq!(zh_tw.chars().count(), zh_cn.chars().count(), "{zh_cn}: {zh_tw}");
        assert!(!zh_tw.contains(['区', '县', '东', '龙', '门', '阳']), "{zh_tw}");
    }
    assert_eq!(reference.city("440600").map(|c| c.names.in_language("en")), Some("Foshan"));
}

#[test]
fn an_area_is_named_by_its_city_and_once() {
    let reference = reference();
    let named = |code: &str, language: &str| reference.area_name(code, language).map(|area| (area.city, area.county));
    assert_eq!(named("440103", "en"), Some(("Guangzhou".into(), "荔湾区".into())));
    assert_eq!(named("440103", "zh-TW"), Some(("廣州市".into(), "荔灣區".into())));
    assert_eq!(named("445322", "zh-TW"), Some(("雲浮市".into(), "鬱南縣".into())));
    assert_eq!(named("441900", "zh-TW"), Some(("東莞市".into(), String::new())), "東莞 has no counties");
    assert_eq!(named("440100", "zh-CN"), Some(("广州市".into(), String::new())));
    assert_eq!(named("310115", "en"), None, "outside the province");
}

#[test]
fn files_go_to_the_bureau_of_their_area() {
    let reference = reference();
    for city in &reference.cities {
        assert_ne!(reference.route(Some(&city.code), None), Route::Direct, "{}", city.name);
    }
    assert_eq!(reference.route(Some("440106"), Some("440300")), bureau("guangzhou"));
    assert_eq!(reference.route(Some("441900"), None), bureau("dongguan"));
    assert_eq!(reference.route(Some("440399"), None), bureau("shenzhen"), "深汕 goes to Shenzhen");
    assert_eq!(reference.route(Some("441521"), None), bureau("shanwei"), "its neighbour does not");
    assert_eq!(reference.route(Some("440499"), None), bureau("hengqin"), "横琴 has a bureau of its own");
    assert_eq!(reference.route(Some("440402"), None), bureau("zhuhai"));
}

#[test]
fn files_from_outside_the_province_go_where_the_service_is_or_direct() {
    let reference = reference();
    assert_eq!(reference.route(Some("310115"), Some("440600")), bureau("foshan"));
    assert_eq!(reference.route(None, Some("440300")), bureau("shenzhen"));
    assert_eq!(reference.route(None, None), Route::Direct);
    assert_eq!(reference.route(Some("310115"), Some("310000")), Route::Direct);
    assert_eq!(
        reference.route(Some("440398"), None),
        Route::Direct,
        "a code that is on no table is not guessed by its digits"
    );
}

fn messages(files: ReferenceFiles<'_>) -> Vec<String> {
    Reference::load(&files).expect_err("a broken file").iter().map(ToString::to_string).collect()
}

#[test]
fn broken_files_say_where_and_what_to_do() {
    let bundled = ReferenceFiles::BUNDLED;
    let divisions = "code,name,name_zh_tw,name_en\nC13,,,\n13,x,,\nC13,y,,\n";
    assert_eq!(
        messages(ReferenceFiles { divisions, ..bundled }),
        [
            "divisions.csv, line 3, column code: \"13\": must be a letter and two digits, as C13",
            "divisions.csv, line 4, column code: \"C13\": is already on line 2; keep one",
            "divisions.csv, line 2, column name: may not be empty",
        ]
    );
    let counties = format!("{}440198,某区,,449900\n", bundled.counties);
    assert_eq!(
        messages(ReferenceFiles { counties: &counties, ..bundled }),
        [
            "counties.csv, line 129, column city_code: \"449900\": no such city; add it to cities.csv or correct the code"
        ]
    );
    let bureaus = format!(
        "{}second,某局,,,440100,440399 440398,\nidle,某局,,,,,\n",
        bundled
            .bureaus
            .lines()
            .filter(|line| !line.starts_with("foshan,"))
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    );
    assert_eq!(
        messages(ReferenceFiles { bureaus: &bureaus, ..bundled }),
        [
            "bureaus.csv, line 26, column city_code: \"440100\": another bureau already speaks for this city",
            "bureaus.csv, line 26, column covers: \"440399 440398\": another bureau already covers this area",
            "bureaus.csv, line 26, column covers: \"440399 440398\": no such area; add it to counties.csv or correct the code",
            "bureaus.csv, line 27, column city_code: name the bureau's city or the areas it covers",
            "cities.csv, line 7, column code: \"440600\": no bureau speaks for this city; add one to bureaus.csv",
        ]
    );
    assert_eq!(
        messages(ReferenceFiles { clusters: "id,kind,name,name_zh_tw,name_en\n", ..bundled }),
        ["clusters.csv: has no rows"]
    );
    assert_eq!(
        messages(ReferenceFiles { cities: "", divisions: "x\n", ..bundled }).len(),
        2,
        "all files are read before giving up"
    );
}
