//! What a solver answered, as plain data, and how the crate's answer becomes that.

use kleroterion::certificate::{Need, Proof};
use kleroterion::selection::{Rule, Selector};
use kleroterion::{Certificate, Distribution, ErrorKind, Infeasibility};
use num_rational::BigRational;

use crate::case::Case;

/// The question put to a solver.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub(crate) rule: Rule,
    /// `None` leaves the default.
    pub(crate) spread: Option<u32>,
    /// The order of rows in the pool; people keep their ids.
    pub(crate) rows: Vec<usize>,
}

impl Ask {
    pub(crate) fn of(case: &Case, rule: Rule, spread: Option<u32>) -> Self {
        Self {
            rule,
            spread,
            rows: (0..case.people.len()).collect(),
        }
    }
}

/// Groups of interchangeable units: `groups[g][u][r]` = people of unit u in role r.
pub(crate) type Groups = Vec<Vec<Vec<Vec<usize>>>>;

/// A lottery, as the public API shows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lottery {
    pub(crate) groups: Groups,
    /// Entries `[group, role, seats]`.
    pub(crate) compositions: Vec<Vec<[u32; 3]>>,
    pub(crate) weights: Vec<u64>,
    pub(crate) chances: Vec<BigRational>,
    pub(crate) certificate: Certificate,
}

/// A finding that no panel exists.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Clash {
    /// Positions in canonical order with the quota as named.
    pub(crate) quotas: Vec<(usize, (u32, u32))>,
    /// The sides of these quotas that clash, one each; empty for both of each.
    pub(crate) needs: Vec<Need>,
    pub(crate) size: u32,
    /// The sides of the size that clash.
    pub(crate) seats: Need,
    pub(crate) household_rule: bool,
    pub(crate) proof: Proof,
}

/// What a solver answered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    Lottery(Box<Lottery>),
    Clash(Clash),
    /// The instance was refused as bad input: the codes of its problems.
    Refused(Vec<String>),
    /// Anything else.
    Failed(String),
}

impl Outcome {
    pub(crate) fn lottery(self) -> Result<Lottery, String> {
        match self {
            Outcome::Lottery(lottery) => Ok(*lottery),
            other => Err(format!("no lottery but {other:?}")),
        }
    }
}

/// A solver.
pub(crate) type Solve<'a> = &'a dyn Fn(&Case, &Ask) -> Outcome;

/// The crate itself.
pub(crate) fn by_crate(case: &Case, ask: &Ask) -> Outcome {
    let instance = match case.instance(&ask.rows) {
        Ok(instance) => instance,
        Err(error) if !error.problems().is_empty() => {
            return Outcome::Refused(error.problems().iter().map(|p| p.code.clone()).collect());
        }
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    let selector = Selector::new(ask.rule);
    let selector = match ask.spread {
        Some(spread) => selector.spread(spread),
        None => selector,
    };
    match selector
        .distribution(&instance)
        .map_err(kleroterion::Error::into_kind)
    {
        Ok(distribution) => Outcome::Lottery(Box::new(lottery(&distribution))),
        Err(ErrorKind::Infeasible(finding)) => match clash(case, &finding) {
            Ok(clash) => Outcome::Clash(clash),
            Err(message) => Outcome::Failed(message),
        },
        Err(kind) => Outcome::Failed(kind.to_string()),
    }
}

fn lottery(distribution: &Distribution) -> Lottery {
    let people = |role: &Vec<u32>| role.iter().map(|&p| p as usize).collect::<Vec<_>>();
    Lottery {
        groups: distribution
            .instance()
            .groups()
            .iter()
            .map(|group| {
                group
                    .units()
                    .iter()
                    .map(|unit| unit.iter().map(people).collect())
                    .collect()
            })
            .collect(),
        compositions: distribution
            .compositions()
            .iter()
            .map(|c| c.0.iter().map(|&(g, r, s)| [g, r, s]).collect())
            .collect(),
        weights: distribution.weights().to_vec(),
        chances: distribution
            .probabilities()
            .iter()
            .map(|chance| BigRational::new(chance.numerator.into(), chance.denominator.into()))
            .collect(),
        certificate: distribution.certificate().clone(),
    }
}

/// Finds the named quotas among the case's own.
fn clash(case: &Case, finding: &Infeasibility) -> Result<Clash, String> {
    let mut names = Vec::new();
    for (f, values) in case.quotas.iter().enumerate() {
        names.extend((0..values.len()).map(|v| (format!("f{}", f + 1), format!("v{v}"))));
    }
    let mut quotas = Vec::new();
    for quota in &finding.quotas {
        let at = names
            .iter()
            .position(|(f, v)| *f == quota.feature && *v == quota.value);
        let at = at.ok_or_else(|| {
            format!(
                "a quota that does not exist: {} = {}",
                quota.feature, quota.value
            )
        })?;
        quotas.push((at, (quota.min, quota.max)));
    }
    Ok(Clash {
        quotas,
        needs: finding.needs.clone(),
        size: finding.size,
        seats: finding.seats,
        household_rule: finding.household_rule,
        proof: finding.proof.clone(),
    })
}

/// Groups as the crate documents them, from the case alone: people ascending inside a role; roles by the lowest person
/// each holds over all units; units by their first role's first person; groups by their first unit.
pub(crate) fn groups_of(case: &Case) -> Groups {
    let mut classes: std::collections::BTreeMap<Vec<&Vec<usize>>, Vec<Vec<usize>>> =
        std::collections::BTreeMap::new();
    for unit in case.units() {
        let mut class: Vec<&Vec<usize>> = unit.iter().map(|&i| &case.people[i].values).collect();
        class.sort();
        classes.entry(class).or_default().push(unit);
    }
    let mut groups: Groups = Vec::new();
    for (class, units) in classes {
        let mut roles = class;
        roles.dedup();
        roles.sort_by_key(|role| {
            units
                .iter()
                .flatten()
                .filter(|&&i| case.people[i].values == **role)
                .min()
        });
        let split = |unit: &Vec<usize>| {
            let holds = |role: &Vec<usize>| {
                unit.iter()
                    .copied()
                    .filter(|&i| case.people[i].values == *role)
                    .collect()
            };
            roles
                .iter()
                .map(|role| holds(role))
                .collect::<Vec<Vec<usize>>>()
        };
        let mut units: Vec<Vec<Vec<usize>>> = units.iter().map(split).collect();
        units.sort();
        groups.push(units);
    }
    groups.sort();
    groups
}
