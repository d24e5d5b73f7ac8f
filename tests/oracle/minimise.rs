//! Making a failing instance small enough to read.

use crate::case::Case;

/// The smallest instance found by leaving people, features and households out of one that fails.
pub(crate) fn minimise(case: &Case, fails: &dyn Fn(&Case) -> bool) -> Case {
    let mut best = case.clone();
    loop {
        let smaller = simpler(&best)
            .into_iter()
            .find(|c| c.people.len() >= c.size as usize && fails(c));
        match smaller {
            Some(found) => best = found,
            None => return best,
        }
    }
}

fn simpler(case: &Case) -> Vec<Case> {
    let mut all = Vec::new();
    for feature in 0..case.quotas.len() {
        if case.quotas.len() > 1 {
            let mut next = case.clone();
            next.quotas.remove(feature);
            for person in &mut next.people {
                person.values.remove(feature);
            }
            all.push(next);
        }
    }
    for i in 0..case.people.len() {
        let mut next = case.clone();
        next.people.remove(i);
        all.push(next);
    }
    for i in (0..case.people.len()).filter(|&i| case.people[i].home.is_some()) {
        let mut next = case.clone();
        next.people[i].home = None;
        all.push(next);
    }
    for (feature, value) in
        (0..case.quotas.len()).flat_map(|f| (0..case.quotas[f].len()).map(move |v| (f, v)))
    {
        if case.quotas[feature][value] != (0, case.size) {
            let mut next = case.clone();
            next.quotas[feature][value] = (0, case.size);
            all.push(next);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{Stream, small};

    #[test]
    fn minimise_finds_the_core() {
        let mut source = Stream(3);
        let case = std::iter::repeat_with(|| small(&mut source))
            .find(|c| c.panels().is_empty())
            .expect("endless");
        let core = minimise(&case, &|c| c.panels().is_empty());
        assert!(core.people.len() <= case.people.len() && core.panels().is_empty());
    }
}
