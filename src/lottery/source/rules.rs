//! Whether what a commitment says about its sources leaves nobody a choice.

use super::{Declaration, Fallback};
use crate::error::Problem;
use crate::lottery::commit::Entry;

/// Seconds between the last throw and the last source: nobody who throws can know the beacon.
const PAUSE: u64 = 600;
/// Most tickets whose labels are shuffled.
const MOST_LABELS: u64 = 1_000_000;

/// The parts of a commitment that say what chance will be.
#[derive(Clone, Copy)]
pub(crate) struct Promises<'a> {
    pub(crate) sources: &'a [Entry],
    pub(crate) fallback: &'a [Entry],
    pub(crate) published: Option<u64>,
    pub(crate) labels: Option<&'a [String]>,
    /// The tickets, when the lottery is a list of panels.
    pub(crate) tickets: Option<u64>,
    /// The digest of the pool and the rule are stated.
    pub(crate) is_rooted: bool,
}

impl Promises<'_> {
    /// Something is promised that goes beyond words.
    pub(crate) fn has_rules(&self) -> bool {
        let plain = |entry: &Entry| matches!(Declaration::read(entry), Some(Declaration::Text(_)));
        self.labels.is_some() || !self.sources.iter().all(plain) || !self.fallback.is_empty()
    }
}

/// Every declaration is of a known form.
fn is_known(promises: &Promises<'_>) -> bool {
    promises
        .sources
        .iter()
        .all(|entry| Declaration::read(entry).is_some())
        && promises
            .fallback
            .iter()
            .all(|entry| Fallback::read(entry).is_some())
}

/// Every source, and the fallbacks, that have a known form.
fn read(promises: &Promises<'_>) -> (Vec<Option<Declaration>>, Vec<Fallback>) {
    let sources = promises.sources.iter().map(Declaration::read);
    let fallbacks = promises.fallback.iter().filter_map(Fallback::read);
    (sources.collect(), fallbacks.collect())
}

/// What the terms leave open without breaking a rule, in words: no file can settle it.
pub(crate) fn loose_ends(promises: &Promises<'_>) -> Vec<String> {
    let mut open = Vec::new();
    if !is_known(promises) {
        open.push(
            "a source or a fallback was declared in a form that is not known here".to_owned(),
        );
    }
    let (sources, fallbacks) = read(promises);
    for declaration in declarations(&sources, &fallbacks) {
        match declaration {
            Declaration::Drand(round) if !round.is_of_known_network() => open.push(format!(
                "whoever has the keys of the drand chain {} can know its rounds beforehand: only quicknet is known here",
                round.chain_hash()
            )),
            Declaration::Dice(_) | Declaration::Balls(_) if declaration.time().is_none() => {
                open.push(format!("nothing says that {declaration} came before the last source"));
            }
            _ => {}
        }
    }
    open.extend(
        late(&sources, &fallbacks).map(|(found, expected)| format!("{found}, not {expected}")),
    );
    open
}

/// Fallbacks for an early source that is called missing when the last one is known: then whoever calls it so chooses between two draws.
pub(crate) fn late_fallbacks(promises: &Promises<'_>) -> Vec<Problem> {
    let (sources, fallbacks) = read(promises);
    late(&sources, &fallbacks)
        .map(|(found, expected)| Problem::new("E-TERMS-FALLBACK", found, expected))
        .collect()
}

fn late<'a>(
    sources: &'a [Option<Declaration>],
    fallbacks: &'a [Fallback],
) -> impl Iterator<Item = (String, String)> + 'a {
    let last = sources.last().and_then(Option::as_ref);
    let last = last.and_then(Declaration::time);
    let early = fallbacks
        .iter()
        .filter(|fallback| (fallback.source as usize) + 1 < sources.len());
    early.filter_map(move |fallback| {
        let last = last.filter(|last| fallback.deadline >= *last)?;
        let (deadline, number) = (fallback.deadline, fallback.source);
        Some((
            format!("the deadline {deadline} for source {number}"),
            format!("a time before the last source at {last} is known"),
        ))
    })
}

/// Every rule that the terms break; what is of no known form is passed over.
pub(crate) fn broken_rules(promises: &Promises<'_>) -> Vec<Problem> {
    let (sources, fallbacks) = read(promises);
    let mut broken = Vec::new();
    last(&sources, &fallbacks, &mut broken);
    times(&sources, &fallbacks, promises.published, &mut broken);
    deadlines(&sources, &fallbacks, &mut broken);
    for declaration in declarations(&sources, &fallbacks) {
        if let Declaration::Drand(round) = declaration
            && let Some((found, expected)) = round.fault()
        {
            broken.push(Problem::new("E-TERMS-DRAND", found, expected));
        }
    }
    balls(&sources, promises.tickets, &mut broken);
    labels(promises, &mut broken);
    broken
}

fn declarations<'a>(
    sources: &'a [Option<Declaration>],
    fallbacks: &'a [Fallback],
) -> impl Iterator<Item = &'a Declaration> {
    let fallbacks = fallbacks.iter().map(|fallback| &fallback.declaration);
    sources.iter().flatten().chain(fallbacks)
}

/// The last source and every fallback are out of everybody's hands.
fn last(sources: &[Option<Declaration>], fallbacks: &[Fallback], broken: &mut Vec<Problem>) {
    let expected = "a beacon or a public lottery, out of everybody's hands";
    if let Some(Some(last)) = sources.last()
        && !last.is_out_of_hands()
    {
        let found = format!("{last} as the last source");
        broken.push(Problem::new("E-TERMS-LAST", found, expected));
    }
    for Fallback { declaration, .. } in fallbacks {
        if !declaration.is_out_of_hands() {
            let found = format!("{declaration} as a fallback");
            broken.push(Problem::new("E-TERMS-LAST", found, expected));
        }
    }
}

/// Everything happens after publication and in order, the last long enough after the last throw.
fn times(
    sources: &[Option<Declaration>],
    fallbacks: &[Fallback],
    published: Option<u64>,
    broken: &mut Vec<Problem>,
) {
    if let Some(published) = published {
        let early = declarations(sources, fallbacks)
            .filter_map(Declaration::time)
            .filter(|time| *time <= published);
        broken.extend(early.map(|time| {
            let found = format!("a source at {time}");
            let expected = format!("a time after the publication at {published}");
            Problem::new("E-TERMS-EARLY", found, expected)
        }));
    }
    let known: Vec<u64> = sources
        .iter()
        .flatten()
        .filter_map(Declaration::time)
        .collect();
    if let Some(pair) = known.windows(2).find(|pair| pair[0] > pair[1]) {
        let found = format!("a source at {} after one at {}", pair[1], pair[0]);
        broken.push(Problem::new("E-TERMS-ORDER", found, "the order of events"));
    }
    let last = sources.last().and_then(Option::as_ref);
    let Some(last) = last.and_then(Declaration::time) else {
        return;
    };
    for source in sources.iter().flatten() {
        let (Declaration::Dice(_) | Declaration::Balls(_)) = source else {
            continue;
        };
        if let Some(thrown) = source.time()
            && last.saturating_sub(thrown) < PAUSE
        {
            let found = format!("the last source at {last}, dice or balls at {thrown}");
            let expected = format!("at least {PAUSE} seconds between them");
            broken.push(Problem::new("E-TERMS-PAUSE", found, expected));
        }
    }
}

/// A fallback is for a source there is, and its value does not exist at the deadline.
fn deadlines(sources: &[Option<Declaration>], fallbacks: &[Fallback], broken: &mut Vec<Problem>) {
    for fallback in fallbacks {
        let (number, deadline) = (fallback.source, fallback.deadline);
        let Some(source) = sources.get(number as usize) else {
            let found = format!("a fallback for source {number}");
            let expected = format!("a source from 0 to {}", sources.len().saturating_sub(1));
            broken.push(Problem::new("E-TERMS-FALLBACK", found, expected));
            continue;
        };
        let before = source.as_ref().and_then(Declaration::time);
        let after = fallback.declaration.time();
        if before.is_some_and(|time| time >= deadline) || after.is_some_and(|time| time <= deadline)
        {
            let found = format!("the deadline {deadline} for source {number}");
            let expected = "a time after the source and before its fallback";
            broken.push(Problem::new("E-TERMS-FALLBACK", found, expected));
        }
    }
}

/// One physical draw at most, of the tickets there are.
fn balls(sources: &[Option<Declaration>], tickets: Option<u64>, broken: &mut Vec<Problem>) {
    let balls: Vec<u64> = sources
        .iter()
        .flatten()
        .filter_map(|source| match source {
            Declaration::Balls(balls) => Some(balls.tickets),
            _ => None,
        })
        .collect();
    if balls.len() > 1 {
        let found = format!("{} draws of balls", balls.len());
        broken.push(Problem::new("E-TERMS-BALLS", found, "one"));
    }
    let wrong = balls.iter().filter(|number| tickets != Some(**number));
    broken.extend(wrong.map(|number| {
        let expected = match tickets {
            Some(tickets) => format!("the {tickets} tickets of the list"),
            None => "a list of panels, for a draw with balls".to_owned(),
        };
        Problem::new(
            "E-TERMS-BALLS",
            format!("balls for {number} tickets"),
            expected,
        )
    }));
}

/// Labels are for a list of panels, and grow from what is stated.
fn labels(promises: &Promises<'_>, broken: &mut Vec<Problem>) {
    let Some(labels) = promises.labels else {
        return;
    };
    let mut problem = |found: &str, expected: &str| {
        broken.push(Problem::new("E-TERMS-LABELS", found, expected));
    };
    if labels.is_empty() || labels.iter().any(|text| text.trim().is_empty()) {
        problem(
            "labels from a blank text, or none",
            "the public values of stage one",
        );
    }
    match promises.tickets {
        Some(tickets) if tickets <= MOST_LABELS => {}
        Some(_) => problem("labels of more than a million tickets", "at most a million"),
        None => problem("labels of a lottery over compositions", "a list of panels"),
    }
    if !promises.is_rooted {
        problem(
            "labels",
            "a commitment that states the pool's digest and the rule",
        );
    }
}
