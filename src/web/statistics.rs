//! Statistics in pictures: each drawn here, with a text alternative, and with the table that it is drawn from.

mod bars;
mod drawing;
mod map;

use super::access::Visit;
use super::page::{Failure, Page, ok};
use super::prepared::NOTHING;
use super::routes::Routes;
use crate::actions::statistics::statistics;
use crate::domain::statistics::{Line, Statistics};
use crate::words::Words;
use actix_web::HttpResponse;
use askama::Template;
use drawing::Drawing;

/// Adds this page.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/statistics", &NOTHING, show);
}

/// A part of the page: heading, picture, table.
struct Part {
    drawing: Drawing,
    note: String,
    first: String,
    columns: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

/// The flow of one call.
struct FlowPart {
    call: String,
    title: String,
    drawing: Drawing,
    rows: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "statistics/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    on: String,
    in_pool: u64,
    /// What is withheld, and why the rest is not.
    rule: String,
    covered: String,
    parts: Vec<Part>,
    flows: Vec<FlowPart>,
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let language = visit.actor.language.clone();
    let read = visit.app.read(move |tx| statistics(tx, &language));
    let figures = read.await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "statistics-title");
    let view = View { page: &page, figures: &figures };
    let parts = vec![
        view.cities(),
        view.years(),
        view.totals("clusters", "statistics-clusters", "statistics-cluster", &figures.clusters),
        view.totals("fields", "statistics-fields", "statistics-field", &figures.service_fields),
        view.divisions(),
    ];
    let flows = view.flows();
    let covered = page.t2("statistics-covered", "covered", figures.divisions_covered, "all", figures.divisions.len());
    let on = page.day(&figures.on);
    let in_pool = figures.in_pool;
    let rule = page.t1("statistics-rule", "threshold", figures.threshold);
    ok(&ShowPage { page, on, in_pool, rule, covered, parts, flows })
}

struct View<'a> {
    page: &'a Page,
    figures: &'a Statistics,
}

impl View<'_> {
    fn withheld(&self) -> String {
        self.page.t("statistics-withheld")
    }

    fn part(&self, drawing: Drawing, first: &str, lines: &[Line]) -> Part {
        let figure = |figure: &Option<u64>| figure.map_or_else(|| self.withheld(), |figure| self.page.figure(figure));
        let row = |line: &Line| {
            let figures = line.figures.iter().chain([&line.total]).map(figure).collect();
            let name =
                if drawing.id == "divisions" { format!("{} {}", line.key, line.name) } else { line.name.clone() };
            (name, figures)
        };
        let mut columns: Vec<String> = self.figures.categories.iter().map(|category| category.name.clone()).collect();
        columns.push(self.page.t("statistics-total"));
        let note = if lines.iter().any(|line| line.figures.iter().any(Option::is_none)) {
            self.page.t1("statistics-note-withheld", "threshold", self.figures.threshold)
        } else {
            String::new()
        };
        Part { rows: lines.iter().map(row).collect(), note, first: self.page.t(first), columns, drawing }
    }

    /// The line with the most, in words; all of them where a few have the same, and of `what` how many where many have.
    fn most(&self, what: &str, lines: &[Line]) -> String {
        const NAMED: usize = 3;
        let named = || lines.iter().filter(|line| !line.key.is_empty());
        let most = named().filter_map(|line| line.total).max().unwrap_or(0);
        if most == 0 {
            return self.page.t("statistics-nothing");
        }
        let is_year = what == "years";
        let called = |line: &Line| {
            if is_year { self.page.t1("calls-year", "year", &line.name) } else { line.name.clone() }
        };
        let first: Vec<String> = named().filter(|line| line.total == Some(most)).map(called).collect();
        match first.as_slice() {
            [one] => self.page.t2("statistics-most", "name", one, "count", most),
            few if few.len() <= NAMED => {
                let names = few.join(&self.page.t("list-comma"));
                self.page.t2("statistics-most-equal", "name", names, "count", most)
            }
            several => {
                let args = [("several", several.len().to_string()), ("what", what.into()), ("count", most.to_string())];
                Words.say_with(self.page.lang(), "statistics-most-several", args)
            }
        }
    }

    fn cities(&self) -> Part {
        let lines = &self.figures.cities;
        let with =
            lines.iter().filter(|line| !line.key.is_empty() && line.total.is_some_and(|total| total > 0)).count();
        let description =
            format!("{}{}", self.page.t1("statistics-cities-with", "count", with), self.most("cities", lines));
        let mut drawing = Drawing::new("cities", self.page.t("statistics-cities"), description, 374);
        map::draw(&mut drawing, lines);
        self.part(drawing, "statistics-city", lines)
    }

    fn years(&self) -> Part {
        let lines = &self.figures.years;
        let title = self.page.t("statistics-years");
        let mut drawing = Drawing::new("years", title, self.most("years", lines), bars::width());
        bars::stacked(&mut drawing, lines, &self.figures.categories);
        self.part(drawing, "statistics-year", lines)
    }

    fn totals(&self, id: &'static str, title: &str, first: &str, lines: &[Line]) -> Part {
        let mut drawing = Drawing::new(id, self.page.t(title), self.most(id, lines), bars::width());
        bars::totals(&mut drawing, lines, &self.withheld());
        self.part(drawing, first, lines)
    }

    fn divisions(&self) -> Part {
        let lines = &self.figures.divisions;
        let title = self.page.t("statistics-divisions");
        let mut drawing = Drawing::new("divisions", title, self.most("divisions", lines), bars::width());
        bars::coverage(&mut drawing, lines);
        self.part(drawing, "statistics-division", lines)
    }

    fn flows(&self) -> Vec<FlowPart> {
        const IDS: [&str; 12] = [
            "flow-1", "flow-2", "flow-3", "flow-4", "flow-5", "flow-6", "flow-7", "flow-8", "flow-9", "flow-10",
            "flow-11", "flow-12",
        ];
        let named = |reached: &str| self.page.t_of("reached", reached);
        let part = |(id, flow): (&'static str, &crate::domain::statistics::CallFlow)| {
            let figure = |count: Option<u64>| count.map_or_else(|| self.withheld(), |count| self.page.figure(count));
            let rows: Vec<(String, String)> =
                flow.steps.iter().map(|step| (named(step.reached.as_text()), figure(step.count))).collect();
            let said: Vec<String> = rows.iter().map(|(name, count)| format!("{name} {count}")).collect();
            let description = said.join(&self.page.t("list-comma"));
            let title = self.page.t1("statistics-flow", "call", &flow.title);
            let mut drawing = Drawing::new(id, title, description, bars::width());
            bars::flow(&mut drawing, flow, named, &self.withheld());
            FlowPart { call: flow.call.clone(), title: flow.title.clone(), drawing, rows }
        };
        IDS.into_iter().zip(&self.figures.flows).map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_in_number_is_said_to_be() {
        let figures = Statistics {
            on: chrono::NaiveDate::default(),
            threshold: 3,
            in_pool: 0,
            categories: Vec::new(),
            cities: Vec::new(),
            years: Vec::new(),
            clusters: Vec::new(),
            service_fields: Vec::new(),
            divisions: Vec::new(),
            divisions_covered: 0,
            flows: Vec::new(),
        };
        let line = |year: &str, total: u64| Line {
            key: year.into(),
            name: year.into(),
            figures: Vec::new(),
            total: Some(total),
        };
        let said = |language: &str, lines: &[Line]| {
            let page = Page::bare(language, "nav-home");
            View { page: &page, figures: &figures }.most("years", lines)
        };
        let lines = [line("2024", 9), line("2025", 9), line("2026", 3)];
        assert_eq!(said("zh-CN", &lines), "并列最多的是2024 年、2025 年，各 9 项。");
        assert_eq!(said("zh-TW", &lines), "並列最多的是2024 年、2025 年，各 9 項。");
        assert_eq!(said("zh-CN", &lines[1..]), "最多的是2025 年，9 项。");
        assert_eq!(said("en", &lines), "Most, equal in number: 2024, 2025 (each with 9).");
    }
}
