//! `trends`, `emerging` and `decomposition`.

use super::columns::{Columns, SmallTable};
use super::keys::{Named, polarity};
use crate::drivers::findings::Series;
use crate::drivers::status::Status;

fn kind(series: Series) -> &'static str {
    match series {
        Series::Kpi(_) => "kpi",
        Series::Feature(_) => "theme",
    }
}

/// `nps`, or `delivery_time-`.
fn name(named: Named<'_>, series: Series) -> Option<String> {
    match series {
        Series::Kpi(name) => Some(name.to_owned()),
        Series::Feature(feature) => feature_name(named, feature),
    }
}

fn feature_name(named: Named<'_>, feature: usize) -> Option<String> {
    Some(format!("{}{}", named.theme_of(feature)?, polarity(feature).sign()))
}

pub(super) fn trends(named: Named<'_>) -> SmallTable {
    Columns::of("trends", &named.findings.movements.trends)
        .text("series", |row| Some(kind(row.series)))
        .text("name", |row| name(named, row.series))
        .text("period", |row| Some(row.period.as_str()))
        .text("status", |row| Some(row.status.name()))
        .count("x", |row| row.count)
        .count("n", |row| row.base)
        .number("point", |row| row.point)
        .number("ci_lo", |row| Some(row.interval?.0))
        .number("ci_hi", |row| Some(row.interval?.1))
        .number("z_trend", |row| Some(row.trend.as_ref()?.z))
        .number("p", |row| Some(row.trend.as_ref()?.p))
        .number("q", |row| row.q)
        .base(|row| (row.suppressed, row.low_base))
        .finish()
}

pub(super) fn emerging(named: Named<'_>) -> SmallTable {
    let none = Vec::new();
    let rows = named.findings.movements.emerging.as_ref().map_or(&none, |found| &found.rows);
    Columns::of("emerging", rows)
        .text("kind", |_| Some("theme"))
        .text("name", |row| feature_name(named, row.position))
        .count("current", |row| Some(row.current.count))
        .count("baseline", |row| Some(row.baseline.count))
        .number("rate_current", |row| row.current.rate())
        .number("rate_baseline", |row| row.baseline.rate())
        .number("ratio", |row| Some(row.ratio))
        .number("phi", |row| Some(row.phi))
        .number("z", |row| Some(row.z))
        .number("df", |row| Some(row.df))
        .number("p", |row| Some(row.p))
        .number("q", |row| row.q)
        .base(|_| (false, false))
        .finish()
}

/// A line of a decomposition.
struct Line {
    method: &'static str,
    component: &'static str,
    name: Option<String>,
    contribution: Option<f64>,
    error: Option<f64>,
    p: Option<f64>,
    q: Option<f64>,
    status: Status,
}

impl Line {
    fn of(method: &'static str, component: &'static str, contribution: f64) -> Line {
        Line {
            method,
            component,
            name: None,
            contribution: Some(contribution),
            error: None,
            p: None,
            q: None,
            status: Status::Ok,
        }
    }

    fn failed(method: &'static str, name: Option<String>, status: Status) -> Line {
        Line { name, contribution: None, status, ..Line::of(method, "total", 0.0) }
    }
}

pub(super) fn decomposition(named: Named<'_>) -> SmallTable {
    let found = named.findings.movements.decomposition.as_ref();
    let mut lines = Vec::new();
    if let Some(found) = found {
        for (dim, values, kitagawa) in &found.segments {
            let kitagawa = match kitagawa {
                Ok(kitagawa) => kitagawa,
                Err(status) => {
                    lines.push(Line::failed("kitagawa", Some(dim.clone()), *status));
                    continue;
                }
            };
            for (value, row) in values.iter().zip(&kitagawa.rows) {
                let name = Some(format!("{dim}={value}"));
                lines.push(Line { name: name.clone(), ..Line::of("kitagawa", "mix", row.mix) });
                lines.push(Line { name, ..Line::of("kitagawa", "within", row.within) });
            }
            let total = Line::of("kitagawa", "total", kitagawa.total);
            lines.push(Line { name: Some(dim.clone()), ..total });
        }
        match &found.themes {
            Ok(oaxaca) => {
                for row in &oaxaca.rows {
                    for (component, part) in [("mix", row.mix), ("effect", row.effect)] {
                        lines.push(Line {
                            name: feature_name(named, row.feature),
                            error: part.error,
                            p: part.p,
                            q: part.q,
                            ..Line::of("oaxaca", component, part.contribution)
                        });
                    }
                }
                lines.push(Line::of("oaxaca", "baseline", oaxaca.baseline));
                lines.push(Line::of("oaxaca", "total", oaxaca.total));
            }
            Err(status) => lines.push(Line::failed("oaxaca", None, *status)),
        }
    }
    Columns::of("decomposition", &lines)
        .text("period_a", |_| Some(found?.first.as_str()))
        .text("period_b", |_| Some(found?.second.as_str()))
        .text("target", |_| Some("mean"))
        .text("method", |line| Some(line.method))
        .text("component", |line| Some(line.component))
        .text("name", |line| line.name.as_deref())
        .number("contribution", |line| line.contribution)
        .number("se", |line| line.error)
        .number("p", |line| line.p)
        .number("q", |line| line.q)
        .text("status", |line| Some(line.status.name()))
        .base(|_| (false, false))
        .finish()
}
