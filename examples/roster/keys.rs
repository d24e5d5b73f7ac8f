//! Whose key is whose: the confidential half of the ledger.

use std::path::Path;

use kleroterion::assembly::roster::{Members, PersonKey, Roster};
use kleroterion::lottery::Digest;
use kleroterion::{Error, ErrorKind, Instance, Quota, io};

/// Who the members are, and what was asked of the panel.
pub(crate) struct Known {
    pub(crate) members: Members,
    pub(crate) quotas: Vec<Quota>,
    /// People of the ledger whose key is not in the file.
    pub(crate) missing: usize,
}

impl Known {
    /// Reads keys, pool and quotas, and checks every key against its id and salt.
    pub(crate) fn read(
        keys: &Path,
        (pool, quotas): (&Path, &Path),
        roster: &Roster,
    ) -> Result<Self, Error> {
        let quotas = io::read_quotas(quotas)?;
        let pool = io::read_pool(pool, &quotas)?;
        let instance = Instance::new(pool, quotas, roster.record().head.seats)?;
        let label = keys.display().to_string();
        let text = String::from_utf8_lossy(&io::read_bytes(keys)?).into_owned();
        let (mut members, mut problems) = (Members::default(), Vec::new());
        for (row, line) in (1_u64..).zip(text.lines()).skip(1) {
            let mut wrong = |found: &str| problems.push(format!("row {row}: {found}"));
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            let [id, key, salt] = cells[..] else {
                wrong("a row without three cells");
                continue;
            };
            let (Some(key), Some(Digest(salt))) = (parsed::<PersonKey>(key), parsed(salt)) else {
                wrong("a key or a salt that is no digest");
                continue;
            };
            if PersonKey::new(id, &salt) != key || roster.state(key).is_none() {
                wrong("a key that does not follow from id and salt, or is not in the ledger");
                continue;
            }
            match members.add_volunteer(&instance, id, salt) {
                Ok(_) => {}
                Err(error) => wrong(&error.to_string()),
            }
        }
        if !problems.is_empty() {
            let (file, message) = (label, problems.join("; "));
            return Err(ErrorKind::Format { file, message }.into());
        }
        let known = |key: &PersonKey| members.id(*key).is_some();
        let missing = roster.people().filter(|(key, _)| !known(key)).count();
        Ok(Self {
            quotas: instance.quotas().to_vec(),
            members,
            missing,
        })
    }
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(text.into()).ok()
}
