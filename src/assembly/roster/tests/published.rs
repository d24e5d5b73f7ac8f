//! Ledgers of real assemblies, from their published counts.

use super::super::*;
use super::key;
use crate::assembly::attendance::{self, drift_norms, published};
use crate::quota::Quota;

/// A ledger that is written meeting by meeting.
struct Ledger {
    roster: Roster,
    next: u32,
    /// Seated, in order of their coming.
    seated: Vec<PersonKey>,
}

impl Ledger {
    fn draw(seats: u32, date: &str) -> (Self, Vec<PersonKey>) {
        let roster = Roster::start(Head::new("Published", seats)).unwrap();
        let mut ledger = Self {
            roster,
            next: seats,
            seated: vec![],
        };
        let drawn: Vec<PersonKey> = (0..seats).map(key).collect();
        for to in [
            State::Invited,
            State::Registered,
            State::Selected,
            State::Confirmed,
        ] {
            ledger.all(date, &drawn, to);
        }
        (ledger, drawn)
    }

    fn all(&mut self, date: &str, people: &[PersonKey], to: State) {
        let steps = people.iter().map(|&person| Dated::step(date, person, to));
        self.roster.append(steps).unwrap();
        match to {
            State::Seated => self.seated.extend(people),
            _ => self.seated.retain(|member| !people.contains(member)),
        }
    }

    fn meet(&mut self, date: &str) {
        let came = self.seated.clone();
        self.roster.append([Dated::meeting(date, came)]).unwrap();
    }

    /// A new person in the place of each, who confirms and comes.
    fn replace(&mut self, date: &str, left: &[PersonKey]) {
        for &left in left {
            let new = key(self.next);
            self.next += 1;
            self.roster
                .append([
                    Dated::step(date, new, State::Registered),
                    Dated::replacement(date, new, left),
                ])
                .unwrap();
            self.all(date, &[new], State::Confirmed);
            self.all(date, &[new], State::Seated);
        }
    }
}

/// Citizens' Assembly, Ireland 2016-18 (citizensassembly.ie, "Selection of members"): 99 members, 53 replaced, namely 11 after the meeting of October 2016, 4 after
/// November, 9 after January 2017, 7 after April, 6 after June, 1 after July, 2 after September, 13 after November; 20 of the 53 never attended.
/// None is stated after the meetings of February and March 2017. Days within a month are stand-ins but for the first. Which of the 53 never attended is not published: here they are the no-shows of the first day.
#[test]
fn irish_replacements_add_up() {
    let meetings = [
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
    let (mut ledger, drawn) = Ledger::draw(99, "2016-10-01");
    let (mut absent, came) = (drawn[..20].to_vec(), &drawn[20..]);
    ledger.all("2016-10-15", came, State::Seated);
    ledger.all("2016-10-15", &absent, State::NoShow);
    for (date, replaced) in meetings {
        ledger.meet(date);
        let mut left: Vec<PersonKey> = absent.drain(..replaced.min(absent.len())).collect();
        let withdrawn: Vec<PersonKey> = ledger.seated[..replaced - left.len()].to_vec();
        ledger.all(date, &withdrawn, State::Withdrawn);
        left.extend(withdrawn);
        ledger.replace(date, &left);
    }
    let roster = Roster::open(ledger.roster.record().clone()).unwrap();
    let counts: Vec<(u32, usize)> = roster.replacement_counts().into_iter().collect();
    assert_eq!(
        counts,
        [
            (1, 11),
            (2, 4),
            (3, 9),
            (6, 7),
            (7, 6),
            (8, 1),
            (9, 2),
            (10, 13)
        ]
    );
    let replaced = roster.replacements();
    assert_eq!(replaced.len(), 53);
    let never = replaced
        .iter()
        .filter(|one| one.had_attended == Attended::Never);
    assert_eq!(never.count(), 20);
    assert_eq!(roster.seats_held(), 99);
    assert_eq!(roster.count_ever(State::Seated), 99 - 20 + 53);
    assert_eq!(roster.count_ever(State::Selected), 99);
}

/// Borgerting på klimaområdet: phase 1, 99 drawn, 83 started, 59 completed; phase 2, 99, 83, 68 (knoca.eu, kefm.dk).
#[test]
fn danish_attendance_shrinks() {
    for (started, completed, retention) in [(83, 59, "59.6"), (83, 68, "68.7")] {
        let (mut ledger, drawn) = Ledger::draw(99, "2020-10-01");
        ledger.all("2020-10-24", &drawn[..started], State::Seated);
        ledger.all("2020-10-24", &drawn[started..], State::NoShow);
        ledger.meet("2020-10-24");
        ledger.all("2021-01-01", &drawn[completed..started], State::Withdrawn);
        ledger.meet("2021-03-01");
        ledger.all("2021-03-01", &drawn[..completed], State::Completed);
        let roster = Roster::open(ledger.roster.record().clone()).unwrap();
        assert_eq!(roster.count_ever(State::Selected), 99);
        assert_eq!(roster.count_ever(State::Seated), started);
        assert_eq!(roster.count(State::Completed), completed);
        assert_eq!(
            (roster.count(State::NoShow), roster.replacements().len()),
            (16, 0)
        );
        let came: Vec<usize> = attendance::meetings(&roster)
            .iter()
            .map(|m| m.attended.len())
            .collect();
        assert_eq!(came, [started, completed]);
        let share = crate::Ratio::new(completed as u64, 99);
        assert_eq!(crate::assembly::ballot::percent(share, 1), retention);
    }
}

/// Ten members, five women and five men; at the second meeting three women stay away.
fn three_meetings() -> (Members, Roster) {
    let mut members = Members::default();
    let mut keys = vec![];
    for number in 0..10_u8 {
        let sex = if number < 5 { "woman" } else { "man" };
        keys.push(
            members
                .add(&format!("p{number}"), [number; 32], [("sex", sex)])
                .unwrap(),
        );
    }
    let mut roster = Roster::start(Head::new("Test", 10)).unwrap();
    let to = [
        State::Registered,
        State::Selected,
        State::Confirmed,
        State::Seated,
    ];
    let steps = keys
        .iter()
        .flat_map(|&key| to.map(|to| Dated::step("2026-01-01", key, to)));
    roster.append(steps).unwrap();
    roster
        .append([
            Dated::meeting("2026-01-01", keys.clone()),
            Dated::meeting("2026-02-01", keys[3..].to_vec()),
            Dated::step("2026-02-02", keys[0], State::Withdrawn),
            Dated::meeting("2026-03-01", keys[3..].to_vec()),
        ])
        .unwrap();
    (members, roster)
}

#[test]
fn attendance_and_drift_by_stratum() {
    let (members, roster) = three_meetings();
    let quota = |value: &str, min, max| Quota {
        feature: "sex".into(),
        value: value.into(),
        min,
        max,
        min_flex: None,
        max_flex: None,
        row: None,
    };
    let quotas = [quota("woman", 5, 5), quota("man", 3, 4)];
    let meetings = attendance::meetings(&roster);
    let drift: Vec<_> = meetings
        .iter()
        .map(|meeting| meeting.drift(&members, &quotas))
        .collect();
    assert_eq!(
        drift
            .iter()
            .map(|drift| drift_norms(drift))
            .collect::<Vec<_>>(),
        [(1, 1), (4, 3), (4, 3)]
    );
    assert_eq!(
        (
            drift[2][0].members,
            drift[2][0].members_off,
            drift[2][0].attended
        ),
        (4, 1, 2)
    );
    assert_eq!(meetings[2].share(), Some(crate::Ratio::new(7, 9)));
    let strata = meetings[1].by_stratum(&members, "sex");
    let rows: Vec<_> = strata
        .iter()
        .map(|row| (row.value.as_deref(), row.members, row.attended))
        .collect();
    assert_eq!(rows, [(Some("man"), 5, 5), (Some("woman"), 5, 2)]);
    let rows = published(&strata);
    assert_eq!(
        rows.iter().map(|row| row.attended).collect::<Vec<_>>(),
        [None, None]
    );
    assert_eq!(
        rows.iter().map(|row| row.members).collect::<Vec<_>>(),
        [Some(5), Some(5)]
    );
}
