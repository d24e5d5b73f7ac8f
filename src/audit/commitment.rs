//! Whether what was committed is this pool, these quotas, this lottery.

use super::belonging;
use super::kind::Kind;
use super::report::{Claim, Finding, Held};
use crate::certificate::Certificate;
use crate::error::Error;
use crate::instance::Instance;
use crate::lottery::{
    Check, Columns, Commit, CommittedPool, CommittedQuota, Form, Record, SPEC, certificate_digest,
    pool_digest,
};
use crate::pool::key;
use crate::pool_commitment::{HASH, PoolRoot};
use crate::quota::Quota;

/// Two digests, the stated and the recomputed one, agree.
pub(super) fn same(stated: &str, recomputed: Result<impl ToString, Error>) -> Check<Held> {
    let recomputed = recomputed.map_err(|e| e.to_string())?.to_string();
    if stated == recomputed {
        Held::yes(recomputed)
    } else {
        Err(format!("stated {stated:?}, recomputed {recomputed}"))
    }
}

/// The committed terms against the instance.
pub(super) fn terms(commit: &Commit, instance: &Instance) -> Vec<Finding> {
    let mut findings = pool_findings(&commit.pool, instance);
    findings.extend([
        Finding::of(Claim::Size, size(commit.panel_size, instance)),
        Finding::of(Claim::Quotas, quotas(&commit.quotas, instance.quotas())),
        Finding::of(
            Claim::Columns,
            match &commit.columns {
                Some(stated) => columns(stated, instance),
                None => Err("the commitment names no columns".into()),
            },
        ),
    ]);
    findings
}

/// The committed pool, and its root when one is stated.
pub(super) fn pool_findings(committed: &CommittedPool, instance: &Instance) -> Vec<Finding> {
    let mut findings = vec![Finding::of(Claim::Pool, pool(committed, instance))];
    if committed.merkle_root.is_some() || committed.hash.is_some() {
        let root = stated_root(committed).and_then(|root| match root.hash.as_str() {
            HASH => Held::open("give the openings of the pool, or a receipt for one person"),
            hash => Held::open(format!("a root made by {hash:?}, known is {HASH:?}")),
        });
        findings.push(Finding::of(Claim::PoolRoot, root));
    }
    findings
}

/// The root that a commitment states, in any way of making one.
pub(super) fn stated_root(committed: &CommittedPool) -> Check<PoolRoot> {
    let stated = PoolRoot::stated(committed);
    stated.ok_or_else(|| {
        "the commitment holds no root of the pool, or not 64 digits 0-9a-f with the name of how it was made".to_owned()
    })
}

/// The committed digests against lottery and certificate.
pub(super) fn digests(commit: &Commit, record: &Record, certificate: &Certificate) -> Vec<Finding> {
    let stated = commit
        .certificate
        .as_ref()
        .ok_or_else(|| "the commitment names no certificate".to_owned());
    let certificate = stated.and_then(|stated| same(stated, certificate_digest(certificate)));
    vec![
        Finding::of(Claim::LotteryDigest, lottery(commit, record)),
        Finding::of(Claim::CertificateDigest, certificate),
    ]
}

/// The formats this version knows.
pub(super) fn spec(commit: &Commit) -> Check {
    if commit.spec == SPEC {
        belonging::readable(commit.replacement.as_ref())
    } else {
        Err(format!(
            "the commitment has the format {:?}, known is {SPEC}",
            commit.spec
        ))
    }
}

/// One rule that has a meaning, with the parts it needs.
pub(super) fn rule(commit: &Commit, certificate: &Certificate, instance: &Instance) -> Check<Held> {
    if commit.rule.as_deref() != Some(certificate.rule.as_str()) {
        return Err("commitment and certificate do not name the same rule".into());
    }
    if certificate.rule == Certificate::IMPORTED {
        return Held::open("the lottery was made elsewhere, and no rule is claimed");
    }
    Kind::check(certificate, instance)
}

fn pool(committed: &CommittedPool, instance: &Instance) -> Check<Held> {
    if committed.size != instance.len() as u64 {
        return Err(format!(
            "{} people were committed, the pool has {}",
            committed.size,
            instance.len()
        ));
    }
    let Some(stated) = &committed.digest else {
        return match committed.merkle_root {
            Some(_) => Held::open("no digest was committed, only a root: see there"),
            None => Err("the commitment holds no digest of the pool".into()),
        };
    };
    let recomputed = pool_digest(instance)
        .map_err(|e| e.to_string())?
        .to_string();
    if *stated != recomputed {
        return Err("the pool is not the committed one: ids, values or households differ".into());
    }
    Held::yes(format!("{} people", instance.len()))
}

pub(super) fn size(committed: u32, instance: &Instance) -> Check<Held> {
    if committed == instance.size() {
        Held::yes(format!("{} seats", instance.size()))
    } else {
        Err(format!(
            "{committed} seats were committed, not {}",
            instance.size()
        ))
    }
}

pub(super) fn quotas(committed: &[CommittedQuota], expected: &[Quota]) -> Check<Held> {
    if committed.len() != expected.len() {
        return Err(format!(
            "{} quotas were committed, there are {}",
            committed.len(),
            expected.len()
        ));
    }
    for (stated, quota) in committed.iter().zip(expected) {
        let named = (key::fold(&stated.feature), key::fold(&stated.value));
        if named != (key::fold(&quota.feature), key::fold(&quota.value)) {
            let (feature, value) = (&stated.feature, &stated.value);
            return Err(format!(
                "{feature} = {value} stands where {} = {} must",
                quota.feature, quota.value
            ));
        }
        if (stated.min, stated.max) != (quota.min, quota.max) {
            let (feature, value) = (&quota.feature, &quota.value);
            let (min, max) = (stated.min, stated.max);
            return Err(format!(
                "{feature} = {value}: {min}..{max} were committed, not {}..{}",
                quota.min, quota.max
            ));
        }
    }
    Held::yes(format!("{} quotas", expected.len()))
}

pub(super) fn columns(columns: &Columns, instance: &Instance) -> Check<Held> {
    let id = instance.pool().id_column();
    if key::fold(&columns.id) != key::fold(id) {
        return Err(format!(
            "ids were committed from the column {:?}, not {id:?}",
            columns.id
        ));
    }
    let expected: Vec<String> = instance.pool().household_columns().map(key::fold).collect();
    let stated = columns
        .household
        .as_ref()
        .map(|names| names.iter().map(|n| key::fold(n)).collect::<Vec<_>>());
    if stated != (!expected.is_empty()).then_some(expected) {
        return Err("the household columns are not those that were committed".into());
    }
    let most = instance.pool().household_most();
    if columns.household.is_some() && columns.most.unwrap_or(1) != most {
        return Err(format!(
            "not {most} but {} people per household were committed",
            columns.most.unwrap_or(1)
        ));
    }
    if columns
        .most
        .is_some_and(|most| most < 2 || columns.household.is_none())
    {
        return Err("a number of people per household that is not to be stated".into());
    }
    Held::yes(match &columns.household {
        None => format!("ids from {id:?}, no household rule"),
        Some(names) if most > 1 => {
            format!("ids from {id:?}, at most {most} people per household, from {names:?}")
        }
        Some(names) => format!("ids from {id:?}, households from {names:?}"),
    })
}

fn lottery(commit: &Commit, record: &Record) -> Check<Held> {
    let committed = &commit.lottery;
    let form = matches!(record.form(), Form::Compositions { .. }).then_some("compositions");
    if committed.form.as_deref() != form {
        return Err("another form of lottery was committed".into());
    }
    if (committed.denominator, committed.panel_count) != (record.denominator(), record.len() as u64)
    {
        return Err(
            "another denominator or another number of compositions or panels was committed".into(),
        );
    }
    same(&committed.digest, record.digest())
}
