//! Made-up organisations and plausible answers for any programme's form. No name here is a real firm's.

use crate::domain::credit_code::CreditCode;
use crate::domain::form::RawForm;
use crate::domain::programme::{FieldKind, Programme};
use crate::domain::reference::Reference;
use serde_json::{Map, Value, json};

/// A made-up organisation.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Number from 0: everything else follows from it.
    pub index: usize,
    /// Name.
    pub name: String,
    /// Credit code with the right check character.
    pub credit_code: String,
    /// Area of registration; none for one from outside the province.
    pub area: Option<String>,
    /// City it mainly serves.
    pub service_city: Option<String>,
    /// Product or platform.
    pub product: String,
    /// Contact person.
    pub contact: String,
}

const WORDS: &[&str] = &[
    "岭衡", "珠澜", "粤序", "禾匠", "砺源", "湾智", "南枢", "云衍", "穗构", "榕链", "启砚", "恒算", "数屿", "联砺",
    "望潮", "鹏榫", "汇匠", "知衡", "锦维", "凌枢", "海榫", "青砚", "明枢", "泽衍",
];
const TRADES: &[&str] = &["智能科技", "工业软件", "数字技术", "智造系统", "工业互联网", "信息技术"];
const PRODUCTS: &[&str] = &[
    "注塑行业协同制造平台",
    "陶瓷窑炉能效管理平台",
    "电子装联质量追溯系统",
    "五金压铸设备联网平台",
    "家具定制一体化平台",
    "纺织印染排产系统",
    "食品冷链追溯平台",
    "模具全流程管理系统",
    "锂电制程数据分析平台",
    "家电供应链协同平台",
];
const SURNAMES: &[&str] = &["陈", "李", "黄", "张", "林", "梁", "吴", "刘", "何", "罗", "郑", "谢", "邓", "冯"];
const LEADERS: &[&str] = &["周", "徐", "孙", "马", "朱", "胡", "郭", "高"];
const GIVEN: &[&str] =
    &["志恒", "婉仪", "嘉辉", "思颖", "国栋", "晓彤", "永健", "雅文", "俊杰", "慧敏", "伟明", "静怡"];

const TITLES: &[&str] = &["项目经理", "市场总监", "技术总监", "总经理助理", "行政主管"];

/// A made-up person's name.
pub fn person(index: usize) -> String {
    format!("{}{}", SURNAMES[index % SURNAMES.len()], GIVEN[(index / SURNAMES.len() + index) % GIVEN.len()])
}

/// Who leads an organisation: of families that no expert and no officer of the demonstration is of, for whoever bears the name
/// of a legal representative does not score the file.
fn leader(index: usize) -> String {
    format!("{}{}", LEADERS[index % LEADERS.len()], GIVEN[(index / LEADERS.len() + index) % GIVEN.len()])
}

/// The made-up organisation of a number. Every thirtieth is from outside the province.
pub fn organisation(index: usize, reference: &Reference) -> Sample {
    let outside = index % 30 == 29;
    let city = reference.cities.get(index % reference.cities.len().max(1));
    let area = city.map(|city| {
        let mut counties = reference.counties_of(&city.code);
        counties.next().map_or_else(|| city.code.clone(), |county| county.code.clone())
    });
    let place = if outside { "湖南" } else { city.map_or("广东", |city| city.name.trim_end_matches('市')) };
    let word = WORDS[index % WORDS.len()];
    let trade = TRADES[(index / WORDS.len() + index) % TRADES.len()];
    let registrar = if outside { "430100".to_string() } else { area.clone().unwrap_or_else(|| "440000".into()) };
    let registrar = if registrar.ends_with("99") { "440300".into() } else { registrar };
    let body = format!("91{registrar}MA5{:06}", 100_000 + index);
    Sample {
        index,
        name: format!("{place}{word}{trade}有限公司"),
        credit_code: CreditCode::complete(&body).map(|code| code.as_str().to_string()).unwrap_or_default(),
        area: if outside { None } else { area },
        service_city: city.map(|city| city.code.clone()),
        product: format!("{word}{}", PRODUCTS[index % PRODUCTS.len()]),
        contact: person(index),
    }
}

/// Plausible answers to every field.
pub fn form(programme: &Programme, sample: &Sample, reference: &Reference, year: i32) -> RawForm {
    let mut answers = std::collections::BTreeMap::new();
    for field in programme.sections.iter().flat_map(|section| &section.fields) {
        let value = match &field.kind {
            FieldKind::SeveralOf { options, max, .. } => {
                let take = (*max as usize).clamp(1, 2);
                let skip = sample.index % options.len().max(1);
                let chosen: Vec<_> =
                    options.iter().cycle().skip(skip).take(take.min(options.len())).map(|o| json!(o.key)).collect();
                Value::Array(chosen)
            }
            FieldKind::Cluster { several: true } => {
                several(reference.clusters.iter().map(|c| c.id.as_str()), sample.index)
            }
            FieldKind::IndustryDivision { several: true } => {
                several(reference.divisions.iter().map(|d| d.code.as_str()), sample.index)
            }
            FieldKind::TableByYear { years, columns } => {
                let mut table = Map::new();
                for back in (1..=*years as i32).rev() {
                    let mut cells = Map::new();
                    for (position, column) in columns.iter().enumerate() {
                        let grown = sample.index + position + (*years as usize - back as usize) * 3;
                        cells.insert(
                            column.key.clone(),
                            json!(single(&column.kind, &column.key, sample, reference, year, grown)),
                        );
                    }
                    table.insert((year - back).to_string(), Value::Object(cells));
                }
                Value::Object(table)
            }
            FieldKind::Rows { min, max, columns } => {
                let count = (*min).max(1).min(*max);
                let rows = (0..count as usize)
                    .map(|row| {
                        let cells: Map<String, Value> = columns
                            .iter()
                            .enumerate()
                            .map(|(position, column)| {
                                let salt = sample.index + row * 7 + position;
                                (
                                    column.key.clone(),
                                    json!(single(&column.kind, &column.key, sample, reference, year, salt)),
                                )
                            })
                            .collect();
                        Value::Object(cells)
                    })
                    .collect();
                Value::Array(rows)
            }
            kind => json!(single(kind, &field.key, sample, reference, year, sample.index)),
        };
        answers.insert(field.key.clone(), value);
    }
    RawForm(answers)
}

fn several<'a>(codes: impl Iterator<Item = &'a str> + Clone, index: usize) -> Value {
    let all: Vec<&str> = codes.collect();
    if all.is_empty() {
        return json!([]);
    }
    json!([all[index % all.len()], all[(index + 3) % all.len()]])
}

/// Keeps a figure inside its bounds.
fn within(value: i64, min: i64, max: i64) -> i64 {
    value.clamp(min, max)
}

fn single(kind: &FieldKind, key: &str, sample: &Sample, reference: &Reference, year: i32, salt: usize) -> String {
    let figure = 20 + (salt as i64 * 37) % 400;
    match kind {
        FieldKind::Text { max_chars, .. } => cut(&line(key, sample, salt), *max_chars as usize),
        FieldKind::LongText { max_chars } => cut(&paragraph(key, sample), *max_chars as usize),
        FieldKind::WholeNumber { min, max, .. } => within(figure, *min, *max).to_string(),
        FieldKind::Money { min, max, .. } => within(figure * 25, *min, *max).to_string(),
        // Cases are those of the last three years.
        FieldKind::Date { .. } if key == "completed_on" => {
            format!("{}-{:02}-{:02}", year - 1 - (salt % 3) as i32, salt % 12 + 1, salt % 28 + 1)
        }
        FieldKind::Date { .. } => format!("{}-{:02}-{:02}", year - 8 - (salt % 6) as i32, salt % 12 + 1, salt % 28 + 1),
        FieldKind::YesNo => "yes".into(),
        FieldKind::OneOf { options } => {
            options.get(salt % options.len().max(1)).map(|option| option.key.clone()).unwrap_or_default()
        }
        FieldKind::City => sample
            .service_city
            .clone()
            .or_else(|| reference.cities.first().map(|city| city.code.clone()))
            .unwrap_or_default(),
        FieldKind::Cluster { .. } => {
            reference.clusters.get(salt % reference.clusters.len().max(1)).map(|c| c.id.clone()).unwrap_or_default()
        }
        FieldKind::IndustryDivision { .. } => {
            reference.divisions.get(salt % reference.divisions.len().max(1)).map(|d| d.code.clone()).unwrap_or_default()
        }
        FieldKind::SeveralOf { .. } | FieldKind::TableByYear { .. } | FieldKind::Rows { .. } => String::new(),
    }
}

fn line(key: &str, sample: &Sample, salt: usize) -> String {
    if key.contains("phone") || key.contains("mobile") || key.contains("tel") {
        format!("020-8{:07}", 1_000_000 + sample.index * 31)
    } else if key.contains("mail") {
        format!("contact{}@example.com", sample.index)
    } else if key.contains("title") {
        TITLES[sample.index % TITLES.len()].into()
    } else if key.contains("representative") {
        leader(sample.index)
    } else if key.contains("contact")
        || key.contains("person")
        || key.contains("representative")
        || key.contains("leader")
    {
        sample.contact.clone()
    } else if key.contains("customer") || key.contains("client") || key.contains("enterprise") {
        format!("{}{}制品厂", WORDS[(salt + 5) % WORDS.len()], ["五金", "塑胶", "电子", "家具", "陶瓷"][salt % 5])
    } else if key.contains("address") {
        format!("广东省示范路{}号", salt + 1)
    } else if key.contains("url") || key.contains("website") {
        format!("https://platform{}.example.com", sample.index)
    } else if key.contains("code") {
        sample.credit_code.clone()
    } else {
        sample.product.clone()
    }
}

fn paragraph(key: &str, sample: &Sample) -> String {
    let opening = match key {
        key if key.contains("tech") => {
            "采用自主研发的边缘采集与数据分析组件，兼容主流工业协议，已取得软件著作权和发明专利。"
        }
        key if key.contains("effect") || key.contains("case") => {
            "实施后设备综合效率提升12%，交付周期缩短18%，单位产品能耗下降9%，客户已出具应用证明。"
        }
        _ => "面向本省制造业集群的中小企业，提供设备上云、生产管理、质量追溯和能耗管理等服务。",
    };
    format!("{}：{opening}项目由本单位自有团队实施，服务响应时间不超过四小时。", sample.product)
}

fn cut(text: &str, limit: usize) -> String {
    text.chars().take(limit).collect()
}

/// A small, sound PDF whose page shows `title`: stands in for the documents that a vendor would scan.
pub fn pdf(title: &str) -> Vec<u8> {
    let shown: String = title.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let stream = format!("BT /F1 18 Tf 72 760 Td ({shown}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_string(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_string(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_string(),
    ];
    let mut text = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        offsets.push(text.len());
        text.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let table = text.len();
    text.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for offset in offsets {
        text.push_str(&format!("{offset:010} 00000 n \n"));
    }
    text.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1));
    text.into_bytes()
}
