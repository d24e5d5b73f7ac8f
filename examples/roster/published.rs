//! Ledgers of real assemblies, from their published counts.

use kleroterion::Error;
use kleroterion::assembly::roster::{Dated, Head, PersonKey, Roster, State};

/// Citizens' Assembly, Ireland 2016-18 (citizensassembly.ie, "Selection of members"): meetings, and how many were replaced after each. Days within a month are
/// stand-ins but for the first. Which 20 of the 53 never attended is not published: here they are the no-shows of the first day.
const IRELAND: [(&str, usize); 10] = [
    ("2016-10-15", 11),
    ("2016-11-26", 4),
    ("2017-01-07", 9),
    ("2017-02-04", 0),
    ("2017-03-04", 0),
    ("2017-04-22", 7),
    ("2017-06-10", 6),
    ("2017-07-08", 1),
    ("2017-09-30", 2),
    ("2017-11-04", 13),
];
const NEVER_CAME: usize = 20;
/// Borgerting på klimaområdet (knoca.eu, kefm.dk): started and completed in each phase; the days are stand-ins.
const DENMARK: [(&str, usize, usize); 2] = [
    ("Denmark, climate assembly, phase 1", 83, 59),
    ("Denmark, climate assembly, phase 2", 83, 68),
];
const SEATS: u32 = 99;

/// All of them, with a title.
pub(crate) fn all() -> Result<Vec<(&'static str, Roster)>, Error> {
    let mut found = vec![("Ireland, Citizens' Assembly 2016-18", ireland()?)];
    for (title, started, completed) in DENMARK {
        found.push((title, denmark(title, started, completed)?));
    }
    Ok(found)
}

fn ireland() -> Result<Roster, Error> {
    let (mut ledger, drawn) = Ledger::draw("Citizens' Assembly", "2016-10-01")?;
    let (absent, came) = drawn.split_at(NEVER_CAME);
    let mut absent = absent.to_vec();
    ledger.all("2016-10-15", came, State::Seated)?;
    ledger.all("2016-10-15", &absent, State::NoShow)?;
    for (date, replaced) in IRELAND {
        ledger.meet(date)?;
        let mut left: Vec<PersonKey> = absent.drain(..replaced.min(absent.len())).collect();
        let withdrawn = ledger.seated[..replaced - left.len()].to_vec();
        ledger.all(date, &withdrawn, State::Withdrawn)?;
        left.extend(withdrawn);
        ledger.replace(date, &left)?;
    }
    Ok(ledger.roster)
}

fn denmark(title: &str, started: usize, completed: usize) -> Result<Roster, Error> {
    let (mut ledger, drawn) = Ledger::draw(title, "2020-10-01")?;
    ledger.all("2020-10-24", &drawn[..started], State::Seated)?;
    ledger.all("2020-10-24", &drawn[started..], State::NoShow)?;
    ledger.meet("2020-10-24")?;
    ledger.all("2021-01-01", &drawn[completed..started], State::Withdrawn)?;
    ledger.meet("2021-03-01")?;
    ledger.all("2021-03-01", &drawn[..completed], State::Completed)?;
    Ok(ledger.roster)
}

/// A ledger that is written meeting by meeting.
struct Ledger {
    roster: Roster,
    next: u32,
    /// Seated, in order of their coming.
    seated: Vec<PersonKey>,
}

/// Nobody is behind these keys.
fn key(number: u32) -> PersonKey {
    PersonKey::new(&format!("stand-in {number}"), &[0; 32])
}

impl Ledger {
    fn draw(assembly: &str, date: &str) -> Result<(Self, Vec<PersonKey>), Error> {
        let mut ledger = Self {
            roster: Roster::start(Head::new(assembly, SEATS))?,
            next: SEATS,
            seated: Vec::new(),
        };
        let drawn: Vec<PersonKey> = (0..SEATS).map(key).collect();
        let steps = [
            State::Invited,
            State::Registered,
            State::Selected,
            State::Confirmed,
        ];
        for to in steps {
            ledger.all(date, &drawn, to)?;
        }
        Ok((ledger, drawn))
    }

    fn all(&mut self, date: &str, people: &[PersonKey], to: State) -> Result<(), Error> {
        let steps = people.iter().map(|&person| Dated::step(date, person, to));
        self.roster.append(steps)?;
        match to {
            State::Seated => self.seated.extend(people),
            _ => self.seated.retain(|member| !people.contains(member)),
        }
        Ok(())
    }

    fn meet(&mut self, date: &str) -> Result<(), Error> {
        let came = self.seated.clone();
        self.roster.append([Dated::meeting(date, came)])
    }

    /// A new person in the place of each, who confirms and comes.
    fn replace(&mut self, date: &str, left: &[PersonKey]) -> Result<(), Error> {
        for &left in left {
            let new = key(self.next);
            self.next += 1;
            let registered = Dated::step(date, new, State::Registered);
            self.roster
                .append([registered, Dated::replacement(date, new, left)])?;
            self.all(date, &[new], State::Confirmed)?;
            self.all(date, &[new], State::Seated)?;
        }
        Ok(())
    }
}
