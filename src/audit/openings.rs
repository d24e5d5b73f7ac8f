//! Whether what the organiser opens is what was committed.

use std::collections::BTreeMap;

use super::commitment::stated_root;
use super::receipt::{self, Published};
use super::replacements::DrawnBy;
use super::report::{Claim, Finding, Held, Report};
use crate::instance::Instance;
use crate::lottery::{Check, CommittedPool, CommittedQuota, DirectRule};
use crate::pool::key;
use crate::pool_commitment::{
    Field, HASH, OPENINGS_VERSION, Openings, PANEL_OPENINGS_VERSION, PanelOpenings, Placed,
    PoolRoot, SPOT_CHECK_VERSION, SpotCheck, Values, chosen,
};

/// Checks that the openings are those of this pool and lead to the committed root; for the auditor, who has them. The report has one claim, to be
/// added to that of the transcript by [`Report::and`]. O(people · (fields + log people)).
#[must_use]
pub fn examine_openings(
    openings: &Openings,
    committed: &CommittedPool,
    instance: &Instance,
) -> Report {
    let outcome = opened(openings, committed, instance);
    Report::new(vec![Finding::of(Claim::PoolRoot, outcome)])
}

fn version(found: &str, known: &str) -> Check<Held> {
    if found == known {
        Held::yes(known)
    } else {
        Err(format!("the format is {found:?}, known is {known}"))
    }
}

fn format(found: &str, known: &str, pool: &PoolRoot) -> Check<Held> {
    if pool.hash != HASH {
        let hash = &pool.hash;
        return Err(format!("the root is made by {hash:?}, known is {HASH:?}"));
    }
    version(found, known)
}

fn opened(openings: &Openings, committed: &CommittedPool, instance: &Instance) -> Check<Held> {
    version(&openings.version, OPENINGS_VERSION)?;
    let stated = stated_root(committed)?;
    if stated.hash != HASH {
        let hash = stated.hash;
        return Held::open(format!("a root made by {hash:?}, known is {HASH:?}"));
    }
    let ids = (0..instance.len() as u32).map(|person| instance.person(person).id());
    if !openings.people.iter().map(|leaf| leaf.id.as_str()).eq(ids) {
        return Err("the openings are not of the people of the pool, in order".to_owned());
    }
    let (closed, all) = same_values(openings, instance)?;
    let found = openings.root();
    if found != stated {
        return Err(format!(
            "of {} people {}, recomputed {} of {}",
            stated.size, stated.merkle_root, found.merkle_root, found.size
        ));
    }
    if closed > 0 {
        return Held::open(format!(
            "the root is that of the openings, but {closed} of {all} fields are closed: their values could not be compared"
        ));
    }
    Held::yes(format!("{all} fields of {} people", found.size))
}

/// Every open field has the value of the pool; numbers of closed and of all fields.
fn same_values(openings: &Openings, instance: &Instance) -> Check<(usize, usize)> {
    let Some(first) = openings.people.first() else {
        return Err("there is nobody".to_owned());
    };
    let features = instance.folded_features();
    let names: Vec<&str> = first.fields.iter().map(Field::name).collect();
    let further: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| !name.is_empty() && !features.iter().any(|feature| feature == name))
        .collect();
    let values = Values::new(instance, &further).map_err(|error| error.to_string())?;
    let (mut closed, mut all) = (0, 0);
    for (person, leaf) in (0..).zip(&openings.people) {
        let (id, own) = (&leaf.id, leaf.fields.iter().map(Field::name));
        if !own.eq(values.names()) {
            return Err(format!(
                "{id:?} has not household, features and the further columns of the others, in order"
            ));
        }
        for (field, (name, value)) in leaf.fields.iter().zip(values.of(person)) {
            all += 1;
            match field.value() {
                None => closed += 1,
                Some(stated) if stated == value => {}
                Some(_) => {
                    return Err(format!(
                        "{id:?}: the field {name:?} has not the value of the pool"
                    ));
                }
            }
        }
    }
    Ok((closed, all))
}

/// Checks the opened features of a drawn panel against the transcript of the draw, which itself is checked by [`examine`](super::examine). Needs neither
/// pool nor quotas: both are in the commitment. O(people · log people + panel · features).
#[must_use]
pub fn examine_panel_openings<'a>(
    openings: &PanelOpenings,
    drawn: impl Into<DrawnBy<'a>>,
) -> Report {
    let drawn = drawn.into();
    let (published, quotas, panel) = match drawn {
        DrawnBy::Lottery(t) => (Published::from(t), Some(&t.commit.quotas), &t.draw.panel),
        DrawnBy::Direct(t) => {
            let asks = matches!(t.commit.rule, DirectRule::Legacy | DirectRule::Diversimax);
            let quotas = asks.then_some(&t.commit.quotas);
            (Published::from(t), quotas, &t.draw.panel)
        }
    };
    let people = &openings.people;
    let ids = published.ids().unwrap_or_else(|| Ok(Vec::new()));
    let each = |claim, check: &dyn Fn(&Placed) -> Check<Held>, found: &str| {
        let outcome = people.iter().try_for_each(|person| {
            check(person)
                .map(drop)
                .map_err(|step| format!("{:?}: {step}", person.id))
        });
        let held = format!("{found}, {} people", people.len());
        Finding::of(claim, outcome.and_then(|()| Held::yes(held)))
    };
    let quotas = match quotas {
        Some(quotas) => met(people, quotas),
        None => Held::yes("the rule asks for none"),
    };
    Report::new(vec![
        Finding::of(
            Claim::Version,
            format(&openings.version, PANEL_OPENINGS_VERSION, &openings.pool),
        ),
        Finding::of(Claim::PoolRoot, receipt::root(&openings.pool, published)),
        each(Claim::Fields, &|person| alike(person, people), "in order"),
        each(
            Claim::Path,
            &|person| receipt::path(person, &openings.pool),
            "to the root",
        ),
        each(
            Claim::Place,
            &|person| receipt::place(person, &openings.pool, &ids),
            "as by ids",
        ),
        Finding::of(Claim::Panel, same_panel(people, panel)),
        Finding::of(Claim::Quotas, quotas),
    ])
}

/// The names of the fields are in order, and those of everybody.
fn alike(person: &Placed, people: &[Placed]) -> Check<Held> {
    let names = |person: &Placed| -> Vec<String> {
        let names = person.fields.iter().map(Field::name);
        names.map(str::to_owned).collect()
    };
    let held = receipt::fields(&person.fields)?;
    if people.first().map(names) != Some(names(person)) {
        return Err("other fields than the first member has".to_owned());
    }
    Ok(held)
}

fn same_panel(people: &[Placed], panel: &[String]) -> Check<Held> {
    if !people.iter().map(|person| &person.id).eq(panel) {
        return Err("the people opened are not the panel, ids ascending".to_owned());
    }
    Held::yes(format!("all {} members", people.len()))
}

/// The opened values meet the committed quotas.
fn met(people: &[Placed], quotas: &[CommittedQuota]) -> Check<Held> {
    let mut seats: BTreeMap<(String, String), u32> = BTreeMap::new();
    for quota in quotas {
        seats.insert((key::fold(&quota.feature), key::fold(&quota.value)), 0);
    }
    let mut features: Vec<String> = seats.keys().map(|(feature, _)| feature.clone()).collect();
    features.dedup();
    for person in people {
        for feature in &features {
            let field = person.fields.iter().find(|f| f.name() == feature);
            let Some(value) = field.and_then(Field::value) else {
                return Err(format!("{:?}: {feature} is not open", person.id));
            };
            let Some(count) = seats.get_mut(&(feature.clone(), value.to_owned())) else {
                return Err(format!(
                    "{:?}: no quota has this value of {feature}",
                    person.id
                ));
            };
            *count += 1;
        }
    }
    for quota in quotas {
        let key = (key::fold(&quota.feature), key::fold(&quota.value));
        let found = seats[&key];
        if found < quota.min || found > quota.max {
            let (feature, value) = (&quota.feature, &quota.value);
            return Err(format!(
                "{feature} = {value}: {found} seats, committed {}..{}",
                quota.min, quota.max
            ));
        }
    }
    Held::yes(format!("all {} met by the opened values", quotas.len()))
}

/// No commitment says what chooses the people: whoever may pick the sources may pick the people.
fn foretold(check: &SpotCheck) -> Check<Held> {
    Held::open(format!(
        "see that these were announced before the root was published, and unknown then: {:?}",
        check.sources
    ))
}

/// Checks that the people of a spot check were chosen by the committed root and the sources. Whether the sources were announced and still unknown when the root
/// was published (the report says: not checked), and whether the people exist, is for whoever reads and meets them. O(people).
#[must_use]
pub fn examine_spot_check<'a>(check: &SpotCheck, published: impl Into<Published<'a>>) -> Report {
    let blank = check.sources.iter().any(|text| text.trim().is_empty());
    let root = receipt::root(&check.pool, published.into());
    let people = if check.sources.is_empty() || blank {
        Err("a source is missing".to_owned())
    } else if root.is_err() {
        Held::open("the root was rejected")
    } else {
        match chosen(&check.pool, check.count, &check.sources) {
            Err(error) => Err(error.to_string()),
            Ok(expected) if expected == check.indices => Held::yes(format!(
                "{} of {} people follow from the root and the sources",
                check.count, check.pool.size
            )),
            Ok(_) => Err("root and sources choose other people".to_owned()),
        }
    };
    Report::new(vec![
        Finding::of(
            Claim::Version,
            format(&check.version, SPOT_CHECK_VERSION, &check.pool),
        ),
        Finding::of(Claim::PoolRoot, root),
        Finding::of(Claim::Announcements, foretold(check)),
        Finding::of(Claim::SpotCheck, people),
    ])
}
