//! Groups of interchangeable people: equal values and an equal household situation.

use std::collections::BTreeMap;
use std::fmt;

/// One person's values: for each feature the index of its quota in [`Instance::quotas`](crate::Instance::quotas).
pub type Profile = Box<[u32]>;

/// People who are interchangeable. A *unit* is a household (somebody alone is a household of one); all units of a
/// group have the same multiset of profiles. A *role* is one of these profiles; a unit's role holds its people.
#[derive(Clone, PartialEq, Eq)]
pub struct Group {
    /// The profile of each role.
    pub(crate) profiles: Vec<Profile>,
    /// Most people of one unit on one panel.
    pub(crate) most_per_unit: u32,
    /// `units[u][r]` = people (indices in canonical order) of unit `u` with the profile of role `r`, ascending.
    pub(crate) units: Vec<Vec<Vec<u32>>>,
}

/// Prints counts, never anybody's values.
impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group")
            .field("roles", &self.profiles.len())
            .field("units", &self.units.len())
            .finish_non_exhaustive()
    }
}

impl Group {
    /// The profile of each role.
    #[must_use]
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// `units()[u][r]`: the people of unit `u` in role `r`, as canonical indices, ascending.
    #[must_use]
    pub fn units(&self) -> &[Vec<Vec<u32>>] {
        &self.units
    }

    /// People in one role: units times people a unit has in the role.
    #[must_use]
    pub fn people_in(&self, role: usize) -> usize {
        self.units.len() * self.units[0][role].len()
    }

    /// Most people of one unit on one panel: 1, or as many as the household rule allows.
    #[must_use]
    pub fn most_per_unit(&self) -> u32 {
        self.most_per_unit
    }

    /// Most people of the group on one panel.
    #[must_use]
    pub fn most(&self) -> usize {
        self.units.len() * self.most_per_unit as usize
    }

    /// Most people of one role on one panel. Seats per role within these limits, and within [`most`](Self::most) together, can
    /// always be filled: dealt in turn to the units one after another, as a draw does.
    #[must_use]
    pub fn most_in(&self, role: usize) -> usize {
        let people = self.units[0][role].len();
        self.units.len() * people.min(self.most_per_unit as usize)
    }

    /// Does every unit hold one person? A group with several people per unit comes from the household rule.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.profiles.len() == 1 && self.units[0][0].len() == 1
    }
}

/// Groups people given in canonical order (ascending id bytes), so that an index orders as an id does.
///
/// `household[i]` is any number shared by housemates, and how many of them may sit together. Canonical form: people ascending inside a role; roles by the
/// lowest person each holds over all units; units by their first person; groups by their first unit.
pub(crate) fn group(profiles: &[Profile], household: &[Option<(u32, u32)>]) -> Vec<Group> {
    let mut homes: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    let mut units: Vec<(u32, Vec<u32>)> = Vec::new();
    for (person, home) in (0u32..).zip(household) {
        match home {
            Some(h) => homes.entry(*h).or_default().push(person),
            None => units.push((1, vec![person])),
        }
    }
    units.extend(homes.into_iter().map(|((_, most), unit)| (most, unit)));
    let mut classes: BTreeMap<(Vec<&Profile>, u32), Vec<Vec<u32>>> = BTreeMap::new();
    for (most, unit) in units {
        let mut class: Vec<&Profile> = unit.iter().map(|&p| &profiles[p as usize]).collect();
        class.sort();
        classes.entry((class, most)).or_default().push(unit);
    }
    let mut groups: Vec<Group> = classes
        .into_iter()
        .map(|((class, most), units)| canonical((&class, most), units, profiles))
        .collect();
    groups.sort_by_key(|g| g.units[0][0][0]);
    groups
}

fn canonical(
    (class, most_per_unit): (&[&Profile], u32),
    units: Vec<Vec<u32>>,
    profiles: &[Profile],
) -> Group {
    let mut roles: Vec<&Profile> = class.to_vec();
    roles.dedup();
    let lowest = |role: &Profile| {
        units
            .iter()
            .flatten()
            .filter(|&&p| profiles[p as usize] == *role)
            .min()
    };
    roles.sort_by_key(|role| lowest(role));
    let mut units: Vec<Vec<Vec<u32>>> = units
        .iter()
        .map(|unit| {
            let people = |role: &Profile| {
                unit.iter()
                    .copied()
                    .filter(|&p| profiles[p as usize] == *role)
                    .collect()
            };
            roles.iter().map(|role| people(role)).collect()
        })
        .collect();
    units.sort();
    Group {
        profiles: roles.into_iter().cloned().collect(),
        most_per_unit,
        units,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(values: &[u32]) -> Profile {
        values.into()
    }

    #[test]
    fn people_alone_group_by_profile_in_order_of_first_person() {
        let profiles = [profile(&[1]), profile(&[0]), profile(&[1])];
        let groups = group(&profiles, &[None, None, None]);
        assert_eq!(groups[0].units, [[[0]], [[2]]]);
        assert_eq!(groups[1].units, [[[1]]]);
    }

    #[test]
    fn households_of_one_class_share_roles() {
        let profiles = [
            profile(&[1]),
            profile(&[0]),
            profile(&[0]),
            profile(&[1]),
            profile(&[0]),
        ];
        let groups = group(
            &profiles,
            &[Some((7, 1)), Some((7, 1)), Some((3, 1)), Some((3, 1)), None],
        );
        assert_eq!(groups[0].units, [[[0], [1]], [[3], [2]]]);
        assert_eq!(groups[0].profiles, [profile(&[1]), profile(&[0])]);
        assert_eq!(groups[1].units, [[[4]]]);
    }

    #[test]
    fn households_of_which_more_may_sit_are_apart() {
        let profiles = vec![profile(&[0]); 6];
        let homes = [(0, 2), (0, 2), (0, 2), (3, 1), (3, 1), (3, 1)];
        let groups = group(&profiles, &homes.map(Some));
        assert_eq!(groups.len(), 2);
        assert_eq!((groups[0].most(), groups[0].most_in(0)), (2, 2));
        assert_eq!((groups[1].most(), groups[1].most_in(0)), (1, 1));
    }
}
