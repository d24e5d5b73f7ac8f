//! What the sources will be, in words, and how their values are written.

use kleroterion::lottery::{Entry, Scalar};

use crate::texts::Lang;

/// The one network that is known here by its name: anybody can call theirs so.
const QUICKNET: &str = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";

/// A source as it was committed, in words.
pub(crate) fn in_words(entry: &Entry, lang: Lang) -> String {
    let number = |name: &str| field(entry, name);
    let (english, danish) = match kind(entry) {
        "dice" => (
            format!("{} dice with {} sides", number("count"), number("sides")),
            format!(
                "{} terninger med {} sider",
                number("count"),
                number("sides")
            ),
        ),
        "balls" => (
            format!("one of {} numbered balls", number("tickets")),
            format!("en af {} nummererede kugler", number("tickets")),
        ),
        "lottery" => (
            format!(
                "{} numbers up to {} of {}",
                number("count"),
                number("highest"),
                number("drawing")
            ),
            format!(
                "{} tal op til {} fra {}",
                number("count"),
                number("highest"),
                number("drawing")
            ),
        ),
        "nist" => (
            "the pulse of the NIST randomness beacon".to_owned(),
            "pulsen fra NIST's tilfældighedsfyr (NIST randomness beacon)".to_owned(),
        ),
        "drand" => {
            let network = match field(entry, "chain") {
                chain if chain == QUICKNET => "quicknet".to_owned(),
                chain => chain,
            };
            (
                format!("round {} of the drand network {network}", number("round")),
                format!("runde {} i drand-netværket {network}", number("round")),
            )
        }
        _ => return field(entry, "text"),
    };
    let words = match lang {
        Lang::En => english,
        Lang::Da => danish,
    };
    match time(entry) {
        Some(time) => format!("{words}, {time}"),
        None => words,
    }
}

/// How the value of a source is written after `--source`.
pub(crate) fn pattern(entry: &Entry) -> String {
    let number = |name: &str| field(entry, name);
    let numbers = |count: usize| match count {
        0 | 1 => "N".to_owned(),
        2 => "N-N".to_owned(),
        _ => format!("N-N-…-N ({count} N)"),
    };
    let count = || number("count").parse().unwrap_or(0);
    match kind(entry) {
        "dice" => format!("dice {}", numbers(count())),
        "balls" => {
            let last = number("tickets")
                .parse::<u64>()
                .unwrap_or(1)
                .saturating_sub(1);
            format!("balls {}", "N".repeat(last.to_string().len()))
        }
        "lottery" => format!("lottery {} {}", numbers(count()), number("drawing")),
        "nist" => format!("nist {} OUTPUT-VALUE", number("time")),
        "drand" => format!("drand {} RANDOMNESS SIGNATURE", number("round")),
        _ => "TEXT".to_owned(),
    }
}

/// The options for so many sources; for one when none was announced.
pub(crate) fn source_flags(announced: usize) -> String {
    vec!["--source TEXT"; announced.max(1)].join(" ")
}

/// Every source with a form, and what stands in for it: when and what it is, and how its value is written.
pub(crate) fn forms(announced: &[Entry], fallbacks: &[Entry], lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, entry) in announced.iter().enumerate() {
        lines.push(format!("  {}. {}", at + 1, typed(entry, lang)));
        let own = |fallback: &&Entry| field(fallback, "for") == at.to_string();
        for fallback in fallbacks.iter().filter(own) {
            let deadline = seconds(fallback, "deadline").and_then(in_utc);
            let deadline = deadline.unwrap_or_default();
            let missing = match lang {
                Lang::En => "if it is not there by",
                Lang::Da => "hvis den ikke er der senest",
            };
            lines.push(format!(
                "     {missing} {deadline}: {}",
                typed(fallback, lang)
            ));
        }
    }
    lines
}

fn typed(entry: &Entry, lang: Lang) -> String {
    format!("{}: --source \"{}\"", in_words(entry, lang), pattern(entry))
}

fn kind(entry: &Entry) -> &str {
    match entry.get("type") {
        Some(Scalar::Text(kind)) => kind,
        _ => "",
    }
}

fn field(entry: &Entry, name: &str) -> String {
    entry.get(name).map(Scalar::to_string).unwrap_or_default()
}

/// Day and time of the day in UTC.
fn time(entry: &Entry) -> Option<String> {
    let stated = ["time", "round_time"].iter();
    stated
        .filter_map(|name| seconds(entry, name))
        .find_map(in_utc)
}

fn seconds(entry: &Entry, name: &str) -> Option<i64> {
    match entry.get(name) {
        Some(Scalar::Integer(seconds)) => Some(*seconds),
        _ => None,
    }
}

fn in_utc(seconds: i64) -> Option<String> {
    let epoch: kleroterion::assembly::Day = "1970-01-01".parse().ok()?;
    let day = epoch.plus(i32::try_from(seconds.div_euclid(86_400)).ok()?);
    let of_day = seconds.rem_euclid(86_400);
    let (hours, minutes, rest) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    Some(format!("{day} {hours:02}:{minutes:02}:{rest:02} UTC"))
}
