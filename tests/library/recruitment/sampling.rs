//! The sampler against one that sorts everybody in memory, and against its own chances.

use std::collections::BTreeMap;

use kleroterion::lottery::{Digest, Sources, Stream};
use kleroterion::recruitment::{Area, Areas, Design, Frame, Invitation, Priorities, Sampler, Unit};

use super::{is_likely, sources};

/// Id, stratum, address.
type Person = (String, String, String);

/// Digests and ids of members, by the digest of the unit.
type Units<'a> = BTreeMap<String, Vec<(String, &'a str)>>;

fn city(people: usize, seed: u8) -> Vec<Person> {
    let mut stream = Stream::from_key([seed; 32]);
    let mut city: Vec<Person> = (0..people)
        .map(|number| {
            let home = stream.below(people as u64 / 2 + 1);
            let area = format!("area {}", (home % 7).min(home % 5));
            let address = match stream.below(20) {
                0 => String::new(),
                _ => format!("{home} Mill  Lane"),
            };
            (format!("p{number}"), area, address)
        })
        .collect();
    stream.shuffle(&mut city);
    city
}

fn draw(city: &[Person], design: Design, sources: &Sources) -> Invitation {
    let mut sampler = Sampler::new(design, sources).unwrap();
    for (id, area, address) in city {
        sampler.person(id, &[area], &[address]);
    }
    sampler.finish().unwrap()
}

fn ids(invitation: &Invitation) -> Vec<&str> {
    invitation.invited().iter().map(|i| i.id.as_str()).collect()
}

/// SHA-256 as the record describes it, in the digits that a shell prints.
fn digits(purpose: &str, text: &str, sources: &Sources) -> String {
    let mut parts = vec![purpose.as_bytes()];
    parts.extend(sources.iter().map(str::as_bytes));
    let key = Digest::of("sortition-invitation/1", &parts);
    Digest::plain(format!("{key}{text}").as_bytes()).to_string()
}

/// Sorts all units of every stratum, in memory, by what the record says; takes as many letters as the invitation shared out.
fn by_hand(city: &[Person], invitation: &Invitation, sources: &Sources) -> Vec<String> {
    let per_address = invitation.design().unit_of_lot() == Unit::Address;
    let mut strata: BTreeMap<&str, Units> = BTreeMap::new();
    for (id, area, address) in city {
        let folded = address.to_lowercase().replace("  ", " ");
        let unit = match (per_address, address.is_empty()) {
            (false, _) => digits("person", id, sources),
            (true, true) => digits("alone", id, sources),
            (true, false) => digits("address", &folded, sources),
        };
        let own = (digits("person", id, sources), id.as_str());
        strata
            .entry(area)
            .or_default()
            .entry(unit)
            .or_default()
            .push(own);
    }
    let mut drawn = Vec::new();
    for (outcome, (area, units)) in invitation.strata().iter().zip(strata) {
        assert_eq!(outcome.values, [area]);
        assert_eq!(outcome.units, units.len() as u64);
        let first = units.into_values().take(outcome.letters as usize);
        drawn.extend(first.map(|members| members.iter().min().unwrap().1.to_owned()));
    }
    drawn.sort();
    drawn
}

#[test]
fn the_streaming_sampler_draws_whom_sorting_everybody_draws() {
    for (seed, people, letters) in [(1, 40, 7), (2, 900, 60), (3, 5_000, 1), (4, 6_000, 900)] {
        let city = city(people, seed);
        for unit in [Unit::Person, Unit::Address] {
            for factor in [1, 5] {
                let design = Design::new(letters).unit(unit).oversample("AREA 3", factor);
                let sources = sources(&format!("dice {seed}"));
                let invitation = draw(&city, design, &sources);
                assert_eq!(ids(&invitation), by_hand(&city, &invitation, &sources));
                assert_eq!(invitation.invited().len() as u64, letters);
            }
        }
    }
}

#[test]
fn the_order_of_rows_has_no_say() {
    let mut city = city(4_000, 5);
    let sources = sources("dice 5");
    let design = Design::new(300).unit(Unit::Address).oversample("area 4", 3);
    let first = draw(&city, design.clone(), &sources);
    for order in 0..6 {
        match order {
            0 => city.sort(),
            1 => city.reverse(),
            // Sorted by stratum: what is seen first looks like everything.
            2 => city.sort_by(|a, b| a.1.cmp(&b.1)),
            3 => city.reverse(),
            _ => Stream::from_key([order; 32]).shuffle(&mut city),
        }
        let again = draw(&city, design.clone(), &sources);
        assert_eq!(again.invited(), first.invited());
        assert_eq!(again.strata(), first.strata());
    }
    let other = draw(&city, design, &super::sources("dice 6"));
    assert_ne!(ids(&other), ids(&first));
}

#[test]
fn more_letters_go_to_the_same_people_first() {
    let city = city(3_000, 6);
    let sources = sources("dice 6");
    let few = draw(&city, Design::new(100), &sources);
    let many = draw(&city, Design::new(200), &sources);
    assert!(ids(&few).iter().all(|id| ids(&many).contains(id)));
}

/// 3 strata, 12 000 invitations; every person's share of them is compared with the chance that is recorded.
#[test]
fn recorded_chances_are_the_shares_of_many_invitations() {
    const DRAWS: u64 = 12_000;
    let city: Vec<Person> = (0..45)
        .map(|n| {
            let (area, home) = (n % 3, n / 3 / (1 + n % 3));
            (
                format!("p{n}"),
                format!("area {area}"),
                format!("{home}, area {area}"),
            )
        })
        .collect();
    for unit in [Unit::Person, Unit::Address] {
        let mut seen: BTreeMap<String, (u64, f64)> = BTreeMap::new();
        for number in 0..DRAWS {
            let design = Design::new(9).unit(unit).oversample("area 2", 2);
            let invitation = draw(&city, design, &sources(&format!("round {number}")));
            for person in invitation.invited() {
                let entry = seen.entry(person.id.clone()).or_default();
                entry.0 += 1;
                entry.1 = person.chance.to_f64();
            }
        }
        assert_eq!(seen.len(), city.len(), "somebody was never invited");
        for (id, (count, chance)) in &seen {
            is_likely(*count, DRAWS, *chance, id);
        }
        let sum: f64 = seen.values().map(|(_, chance)| chance).sum();
        assert!((sum - 9.0).abs() < 1e-9, "the chances are {sum} letters");
    }
}

#[test]
fn one_letter_per_address_and_housemates_share_its_chance() {
    let city = city(2_000, 7);
    let invitation = draw(
        &city,
        Design::new(400).unit(Unit::Address),
        &sources("dice 7"),
    );
    let home: BTreeMap<&str, &str> = city.iter().map(|p| (p.0.as_str(), p.2.as_str())).collect();
    let mut homes: Vec<&str> = ids(&invitation).iter().map(|id| home[id]).collect();
    homes.retain(|address| !address.is_empty());
    let all = homes.len();
    homes.sort_unstable();
    homes.dedup();
    assert_eq!(homes.len(), all);
    for person in invitation.invited() {
        let address = home[person.id.as_str()];
        let mates = city
            .iter()
            .filter(|p| p.2 == address && !address.is_empty())
            .count();
        assert_eq!(person.members, mates.max(1) as u64);
        let stratum = &invitation.strata()[person.stratum];
        let expected = stratum.chance.to_f64() / person.members as f64;
        assert!((person.chance.to_f64() - expected).abs() < 1e-15);
    }
}

#[test]
fn a_stratum_that_is_asked_in_full_leaves_the_others_their_letters() {
    let mut sampler =
        Sampler::new(Design::new(50).oversample("rare", 1000), &sources("d")).unwrap();
    for number in 0..1_000 {
        let stratum = if number % 100 == 0 { "rare" } else { "common" };
        sampler.person(&format!("p{number}"), &[stratum], &[]);
    }
    let invitation = sampler.finish().unwrap();
    let letters: Vec<u64> = invitation.strata().iter().map(|s| s.letters).collect();
    assert_eq!(letters, [40, 10]);
    assert_eq!(invitation.strata()[1].chance, kleroterion::Ratio::new(1, 1));
}

#[test]
fn everything_wrong_is_reported_together() {
    let error = Sampler::new(
        Design::new(0).oversample("x", 0).oversample("X", 2),
        &sources("d"),
    );
    assert_eq!(
        error.unwrap_err().to_string(),
        "E-INVITE-LETTERS: found 0, expected 1 to 1000000000 letters\n\
         E-INVITE-FACTOR: found the factor 0 for \"x\", expected a whole number from 1 to 1000\n\
         E-INVITE-FACTOR: found a second factor for \"X\", expected one per value"
    );
    let design = Design::new(9).unit(Unit::Address).oversample("west", 2);
    let mut sampler = Sampler::new(design, &sources("d")).unwrap();
    for (id, area, address) in [
        ("a", "north", "1 Oak"),
        ("a", "north", "2 Oak"),
        (" ", "north", "3 Oak"),
        ("b", "south", "1 OAK "),
    ] {
        sampler.person(id, &[area], &[address]);
    }
    assert_eq!(
        sampler.finish().unwrap_err().to_string(),
        "E-FRAME-ID: found no id as number 3, expected an id\n\
         E-FRAME-DUPLICATE: found 1 id that stands in several rows, expected one row per person\n\
         E-FRAME-ADDRESS: found 1 address with people in several strata, expected all people of an address in one stratum\n\
         E-INVITE-FEW: found 9 letters for 3 addresses, expected at most one letter each\n\
         E-INVITE-FACTOR: found a factor for \"west\", which no stratum has, expected a value of a stratum"
    );
    let mut sampler = Sampler::new(Design::new(1), &sources("d")).unwrap();
    for number in 0..10_012 {
        sampler.person(&number.to_string(), &[&number.to_string()], &[]);
    }
    let text = sampler.finish().unwrap_err().to_string();
    assert_eq!(text.lines().count(), 11, "{text}");
    assert!(text.starts_with(
        "E-FRAME-STRATA: found more than 10000 strata, expected columns with few values, such as a district or an age group\n"
    ));
    assert!(text.ends_with(
        "E-FRAME-STRATA: found the same kind of problem in 2 further rows, expected columns with few values, such as a district or an age group"
    ), "{text}");
}

/// From another implementation: `printf '%s' "$(printf 'KEY')b1221" | sha256sum`, with KEY as the record states it.
#[test]
fn priorities_are_the_digests_of_a_shell() {
    let sources = sources("dice 3-5");
    let priorities = Priorities::new("person", &sources);
    let expected = digits("person", "b1221", &sources);
    assert_eq!(format!("{:032x}", priorities.of("b1221")), expected[..32]);
    assert_eq!(
        priorities.key().to_string(),
        include_str!("person_key.txt").trim_end()
    );
}

#[test]
fn a_frame_says_whether_there_was_a_lottery() {
    let city = city(100, 9);
    let invitation = draw(&city, Design::new(10), &sources("dice 9"));
    let somebody = invitation.invited()[3].clone();
    let frame = Frame::Drawn(invitation);
    assert_eq!(frame.chance_of(&somebody.id), Some(somebody.chance));
    assert_eq!(frame.chance_of("nobody"), None);
    assert!(
        frame
            .statement()
            .starts_with("10 of 100 people were invited by lot")
    );
    let open = Frame::OpenToAll { residents: 100 };
    assert!(
        open.statement()
            .contains("There was no lottery at this stage")
    );
}

#[test]
fn areas_are_drawn_as_often_as_their_chance_says() {
    const DRAWS: u64 = 20_000;
    let sizes = [300, 700, 1_000, 2_000, 6_000];
    let areas = (0..)
        .zip(sizes)
        .map(|(n, people)| Area::new(&format!("a{n}"), people));
    let areas = Areas::new(areas.collect(), 500, 3).unwrap();
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for number in 0..DRAWS {
        for (name, _) in areas.draw(&sources(&format!("round {number}"))) {
            *seen.entry(name.to_owned()).or_default() += 1;
        }
    }
    for (name, chance) in areas.chances() {
        is_likely(seen[name], DRAWS, chance.to_f64(), name);
    }
}

#[test]
fn everything_wrong_with_areas_is_reported_together() {
    let areas = vec![
        Area::new("North", 10).cap(1),
        Area::new("East", 0),
        Area::new("North", 10),
    ];
    assert_eq!(
        Areas::new(areas, 8, 9).unwrap_err().to_string(),
        "E-AREA-COUNT: found at most 9 areas for 8 letters, expected at least one area, and a letter for each\n\
         E-AREA-PEOPLE: found nobody in East, expected at least one person\n\
         E-AREA-CAP: found at most 1 letters from North, expected its part of the letters, 4\n\
         E-AREA-TWICE: found North, expected each name once"
    );
    assert_eq!(
        Areas::new(vec![], 0, 1).unwrap_err().to_string(),
        "E-AREA-NONE: found no area, expected at least one\n\
         E-INVITE-LETTERS: found 0, expected 1 to 1000000000 letters\n\
         E-AREA-COUNT: found at most 1 areas for 0 letters, expected at least one area, and a letter for each"
    );
    let few = Areas::new(vec![Area::new("North", 10)], 11, 1).unwrap_err();
    assert!(few.to_string().starts_with(
        "E-INVITE-FEW: found 11 letters for 10 people, expected at most one letter each"
    ));
    let tight = (0..20)
        .map(|n| Area::new(&format!("a{n}"), 100).cap(10))
        .collect();
    assert_eq!(
        Areas::new(tight, 100, 5).unwrap_err().to_string(),
        "E-AREA-COUNT: found at most 5 areas for 100 letters within their caps, expected more areas, or higher caps"
    );
}
