//! What the fields of a pool are.

use std::borrow::Cow;

use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::pool::{columns, key};

/// The fields of a pool in order of names, and everybody's values.
pub(crate) struct Values<'a> {
    instance: &'a Instance,
    fields: Vec<(String, Place)>,
}

/// Where a value is found.
#[derive(Clone, Copy)]
enum Place {
    Household,
    Feature(usize),
    Column(usize),
}

impl<'a> Values<'a> {
    /// Household, features, and these further columns of the pool.
    pub(crate) fn new(instance: &'a Instance, further: &[&str]) -> Result<Self> {
        let pool = instance.pool();
        let features = instance.folded_features().iter().enumerate();
        let mut fields = vec![(String::new(), Place::Household)];
        fields.extend(features.map(|(at, name)| (name.clone(), Place::Feature(at))));
        let mut problems = Vec::new();
        for name in further {
            let folded = key::fold(name);
            if fields.iter().any(|(known, _)| *known == folded) {
                let found = format!("{name:?} as a further column");
                let expected = "a column that is no feature, named once";
                problems.push(Problem::new("E-FIELD-TWICE", found, expected));
                continue;
            }
            match columns::find(pool.columns(), name, &format!("a column {name:?}")) {
                Ok(column) => fields.push((folded, Place::Column(column))),
                Err(problem) => problems.push(problem.at(pool.file(), None, None)),
            }
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        fields.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(Self { instance, fields })
    }

    /// Names, ascending by bytes.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(name, _)| name.as_str())
    }

    /// The person's values, in order of names.
    pub(crate) fn of(&self, person: u32) -> impl Iterator<Item = (&str, Cow<'a, str>)> {
        let instance = self.instance;
        self.fields.iter().map(move |(name, place)| {
            let value = match *place {
                Place::Household => {
                    let first = instance.household(person);
                    first.map_or("", |first| instance.person(first).id()).into()
                }
                Place::Feature(feature) => instance.folded_value(person, feature).into(),
                Place::Column(column) => {
                    key::clean(&instance.person(person).cells()[column]).into()
                }
            };
            (name.as_str(), value)
        })
    }
}
