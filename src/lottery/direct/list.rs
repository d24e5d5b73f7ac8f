//! Published methods of drawing from a numbered list, for bodies that must use them.
//!
//! The whole list is put in an order that depends on the sources alone; the first sit, the others are the alternates. The commitment fixes the list but
//! does not enter the order, so these methods rest on the sources alone: whoever knows them before the list is fixed can choose the list.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::lottery::source::Value;

/// A published method. People are numbered in order of ids; quotas are not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ListMethod {
    /// RFC 3797 (2004): MD5 of a key made from the sources' numbers. Needs the feature `rfc3797`.
    Rfc3797,
    /// Rivest's sampler (2011): SHA-256 of the seed and a counter, modulo the list's length; repeats are skipped.
    ///
    /// DIFFERENCE: the sampler itself also draws with replacement; a panel seats nobody twice.
    Rivest,
    /// Rivest's consistent sampler (2018): everybody's ticket is SHA-256 of the seed's digest and the id; the smallest come first. It depends neither on
    /// the order of the list nor on who else is on it.
    Consistent,
}

impl ListMethod {
    /// Every method.
    pub(super) const ALL: [Self; 3] = [Self::Rfc3797, Self::Rivest, Self::Consistent];

    /// As in `--rule` and in the record.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rfc3797 => "rfc3797",
            Self::Rivest => "rivest",
            Self::Consistent => "consistent",
        }
    }

    /// Everybody, in drawn order; `None` when this build has no MD5 and the method needs it. Rivest O(people · log people) digests, the others O(people)
    /// digests (RFC 3797 O(people²) moves).
    pub(super) fn order(self, instance: &Instance, values: &[Value]) -> Result<Option<Vec<u32>>> {
        let people = instance.len();
        Ok(match self {
            Self::Rfc3797 => picks(&key(values)?, people)?,
            Self::Rivest => Some(counted(&seed(values), people as u64)),
            Self::Consistent => {
                let ids = (0..people as u32).map(|p| instance.person(p).id());
                Some(by_ticket(&seed(values), ids))
            }
        })
    }
}

fn refused(found: String, expected: &str) -> crate::Error {
    ErrorKind::Input(vec![Problem::new("E-LIST-SOURCE", found, expected)]).into()
}

/// The numbers of each source ascending, each followed by `.`, and `/` after each source.
fn key(values: &[Value]) -> Result<String> {
    let mut key = String::new();
    for (number, value) in values.iter().enumerate() {
        let Some(mut numbers) = value.numbers() else {
            let expected = "dice, a lottery, or numbers of at most 18 digits joined by \"-\"";
            return Err(refused(
                format!("source {number} of another kind"),
                expected,
            ));
        };
        numbers.sort_unstable();
        key.extend(numbers.iter().map(|number| format!("{number}.")));
        key.push('/');
    }
    Ok(key)
}

/// Section 3 of RFC 3797: the digest of counter, key, counter, modulo those left.
#[cfg(feature = "rfc3797")]
fn picks(key: &str, people: usize) -> Result<Option<Vec<u32>>> {
    use md5::Md5;
    if people > 65_535 {
        let found = format!("{people} people");
        return Err(refused(found, "at most 65535 for RFC 3797"));
    }
    let mut left: Vec<u32> = (0..people as u32).collect();
    let pick = |counter: u16| {
        let mut md5 = Md5::new();
        md5.update(counter.to_be_bytes());
        md5.update(key.as_bytes());
        md5.update(counter.to_be_bytes());
        let digest: [u8; 16] = md5.finalize().into();
        let at = u128::from_be_bytes(digest) % left.len() as u128;
        left.remove(at as usize)
    };
    Ok(Some((0..people as u16).map(pick).collect()))
}

/// This build has no MD5.
#[cfg(not(feature = "rfc3797"))]
fn picks(_: &str, _: usize) -> Result<Option<Vec<u32>>> {
    Ok(None)
}

/// The plain texts of all sources, one after another.
fn seed(values: &[Value]) -> String {
    values.iter().map(Value::plain).collect()
}

/// SHA-256 of seed, comma and counter, as an integer modulo n; positions that came before are skipped.
fn counted(seed: &str, n: u64) -> Vec<u32> {
    let mut waiting = vec![true; n as usize];
    let mut order = Vec::new();
    let mut counter = 0_u64;
    while order.len() < waiting.len() {
        counter += 1;
        let digest = Sha256::digest(format!("{seed},{counter}"));
        // Byte by byte: the remainder of a 256-bit integer.
        let fold = |rest: u128, byte: &u8| (rest * 256 + u128::from(*byte)) % u128::from(n);
        let at = digest.iter().fold(0, fold) as usize;
        if std::mem::take(&mut waiting[at]) {
            order.push(at as u32);
        }
    }
    order
}

/// People by ticket: SHA-256 of the seed's digest in hexadecimal and the id, in reversed decimal digits.
fn by_ticket<'a>(seed: &str, ids: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let hashed = crate::lottery::Digest::plain(seed.as_bytes()).to_string();
    let ticket = |id: &str| reversed(&Sha256::digest(format!("{hashed}{id}")));
    // Ids are unique and come in order, so equal tickets stay apart.
    let tickets: BTreeMap<(String, &str), u32> = ids.map(|id| (ticket(id), id)).zip(0..).collect();
    tickets.into_values().collect()
}

/// A 256-bit integer in decimal digits, at least 64 of them, the last first.
fn reversed(digest: &[u8]) -> String {
    let mut number = digest.to_vec();
    let mut digits = String::new();
    while number.iter().any(|byte| *byte > 0) || digits.len() < 64 {
        let mut rest = 0_u32;
        for byte in &mut number {
            let here = rest * 256 + u32::from(*byte);
            *byte = (here / 10) as u8;
            rest = here % 10;
        }
        digits.push(char::from(b'0' + rest as u8));
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::{by_ticket, counted, key, reversed};
    use crate::lottery::source::Value;

    #[test]
    fn the_consistent_sampler_orders_as_published() {
        let order = by_ticket("31", ["a", "b", "c", "d"].into_iter());
        assert_eq!(order, [1, 0, 3, 2]);
    }

    #[test]
    fn rivests_first_picks_are_as_published() {
        let first = |seed: &str, n: u64| counted(seed, n)[..3].to_vec();
        assert_eq!(first("1", 1000), [96, 88, 162]);
        assert_eq!(first("3546311556112163624615351222", 876), [739, 179, 263]);
        assert_eq!(first("0000000000", 1000), [977, 358, 131]);
        assert_eq!(counted("x", 1), [0]);
    }

    #[test]
    fn a_small_number_keeps_its_zeros() {
        assert_eq!(reversed(&[1, 4]), format!("062{}", "0".repeat(61)));
    }

    #[test]
    fn the_key_of_rfc_3797() {
        let texts = ["9319", "10-8-5-12-2", "34-26-9-18-45-041"];
        let values: Vec<Value> = texts.iter().map(|t| Value::Text((*t).into())).collect();
        let expected = "9319./2.5.8.10.12./9.18.26.34.41.45./";
        assert_eq!(key(&values).unwrap(), expected);
        assert!(key(&[Value::Text("9 2".into())]).is_err());
        #[cfg(feature = "rfc3797")]
        {
            let picks = super::picks(expected, 25).unwrap().unwrap();
            let first = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4];
            assert_eq!(picks[..16], first.map(|number| number - 1));
        }
    }
}
