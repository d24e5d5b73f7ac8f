//! Whether a lottery over all panels holds what it says, by a count of its own.

mod recount;

use super::report::Held;
use crate::certificate::{Certificate, Counted, Counting};
use crate::instance::Instance;
use crate::lottery::{Check, Composition, DENOMINATOR, Form, Record};
use crate::natural::Natural;
use recount::{Recount, STEPS, recount, times, ways};

const UNIFORM: &str = "uniform";

/// What certificate and lottery say about all panels.
pub(super) fn check(
    certificate: &Certificate,
    record: &Record,
    instance: &Instance,
) -> Check<Held> {
    let counted = certificate.counted.as_ref();
    let counted = counted.ok_or("nothing is said about all panels")?;
    let recount = recount(instance);
    if let Some(found) = &recount {
        let agrees = |stated: &Option<String>, found: &Natural, what: &str| match stated {
            Some(stated) if *stated != found.to_string() => {
                Err(format!("there are {found} {what}, not {stated}"))
            }
            _ => Ok(()),
        };
        agrees(&counted.panels, &found.panels, "panels")?;
        agrees(&counted.compositions, &found.compositions, "compositions")?;
    }
    match (counted.method, record.form(), recount) {
        (Counting::Listed, Form::Compositions { compositions, .. }, Some(found)) => {
            if counted.panels.is_none() || counted.compositions.is_none() {
                return Err("the numbers of panels and compositions are missing".into());
            }
            let list: &[Composition] = compositions;
            if certificate.rule == UNIFORM {
                uniform((list, record.weights()), (&found, instance))
            } else {
                entropic(counted, &found)
            }
        }
        (Counting::Listed, Form::Compositions { .. }, None) => Held::open(uncounted()),
        (_, Form::Compositions { .. }, _) => {
            Err("panels were sampled, yet compositions are listed".into())
        }
        (Counting::Listed, Form::Panels { .. }, found) => Held::open(format!(
            "{}; the list was rounded from compositions that it does not show",
            numbers(found.as_ref())
        )),
        (method, Form::Panels { .. }, found) => sampled(counted, method, (record, found)),
    }
}

/// Why there is no count.
fn uncounted() -> String {
    format!("counting takes more than {STEPS} steps, or several people of a household may sit")
}

fn numbers(found: Option<&Recount>) -> String {
    match found {
        Some(found) => format!("{} panels, recounted", found.panels),
        None => uncounted(),
    }
}

fn sampled(
    counted: &Counted,
    method: Counting,
    (record, found): (&Record, Option<Recount>),
) -> Check<Held> {
    let sample = counted.sample.as_ref();
    let sample = sample.ok_or("nothing is said about how panels were sampled")?;
    if sample.tickets != record.denominator() {
        let (stated, tickets) = (sample.tickets, record.denominator());
        return Err(format!(
            "{stated} panels were sampled, the list has {tickets} tickets"
        ));
    }
    if sample.stage_one.is_empty() {
        return Err("no public source of stage one is stated".into());
    }
    if (method == Counting::Approximate) != sample.walk.is_some() {
        return Err("a random walk makes a lottery approximate, and nothing else does".into());
    }
    let how = match method {
        Counting::Approximate => {
            "approximate: how far the random walk is from the rule is not known; "
        }
        _ => "",
    };
    Held::open(format!(
        "{how}{}; that these panels are what the sources of stage one give is shown by sampling again from the same \
         sources, not by the list",
        numbers(found.as_ref())
    ))
}

/// Complete, and every weight its share.
fn uniform(
    (list, weights): (&[Composition], &[u64]),
    (found, instance): (&Recount, &Instance),
) -> Check<Held> {
    if found.compositions != Natural::from(list.len() as u64) {
        let (listed, all) = (list.len(), &found.compositions);
        return Err(format!("{listed} compositions are listed, there are {all}"));
    }
    let panels = list.iter().map(|c| panels_of(c, instance)).collect();
    let expected = shares(panels, &found.panels);
    if let Some(at) = (0..list.len()).find(|&at| weights[at] != expected[at]) {
        let (stated, share) = (weights[at], expected[at]);
        return Err(format!(
            "composition {at} has the weight {stated}; its share of all panels is {share}"
        ));
    }
    Held::yes(format!(
        "{} panels in {} compositions, recounted; every weight is its share of the panels",
        found.panels,
        list.len()
    ))
}

/// Only the count: entropies are logarithms, which integers do not give.
fn entropic(counted: &Counted, found: &Recount) -> Check<Held> {
    if counted.entropy.is_none() {
        return Err("the entropy is missing".into());
    }
    Held::open(format!(
        "{} panels in {} compositions, recounted; that no lottery with these chances has a higher entropy follows from \
         the multipliers by logarithms, which an audit in integers does not take",
        found.panels, found.compositions
    ))
}

/// Panels that a composition stands for.
fn panels_of(Composition(entries): &Composition, instance: &Instance) -> Natural {
    let mut product = Natural::from(1);
    let (mut current, mut used) = (None, 0);
    for &(group, role, seats) in entries {
        if current != Some(group) {
            (current, used) = (Some(group), 0);
        }
        product = times(&product, &ways(instance, (group, role), (used, seats)));
        used += seats;
    }
    product
}

/// Shares in 10^-12: rounded down, at least 1; what is left over goes, one each, to the largest remainders, earlier
/// compositions first; what is missing is taken from the largest, the earliest of equals.
fn shares(panels: Vec<Natural>, total: &Natural) -> Vec<u64> {
    let parts: Vec<(u64, Natural)> = panels
        .iter()
        .map(|p| p.times(DENOMINATOR).quotient(total))
        .collect();
    let mut shares: Vec<u64> = parts.iter().map(|(whole, _)| (*whole).max(1)).collect();
    let sum: u64 = shares.iter().sum();
    if sum <= DENOMINATOR {
        let mut order: Vec<usize> = (0..parts.len()).filter(|&i| parts[i].0 > 0).collect();
        order.sort_by(|&a, &b| parts[b].1.cmp(&parts[a].1));
        for &i in order.iter().take((DENOMINATOR - sum) as usize) {
            shares[i] += 1;
        }
    } else if let Some(largest) = (0..shares.len()).rev().max_by_key(|&i| shares[i]) {
        shares[largest] = shares[largest].saturating_sub(sum - DENOMINATOR);
    }
    shares
}
