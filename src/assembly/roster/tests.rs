//! The state machine in full.

mod chain;
mod published;

use super::*;

const DAY: &str = "2026-03-01";

fn key(number: u32) -> PersonKey {
    let mut salt = [0; 32];
    salt[..4].copy_from_slice(&number.to_le_bytes());
    PersonKey::new("somebody", &salt)
}

fn steps(number: u32, to: &[State]) -> Vec<Dated> {
    to.iter()
        .map(|&to| Dated::step(DAY, key(number), to))
        .collect()
}

/// The steps that lead to a state; person 0 leaves the seat that an activated alternate takes.
fn road(number: u32, to: State) -> Vec<Dated> {
    use State::*;
    match to {
        Invited => steps(number, &[Invited]),
        Registered => steps(number, &[Invited, Registered]),
        Selected => steps(number, &[Registered, Selected]),
        Activated => {
            let mut road = steps(0, &[Registered, Selected, Withdrawn]);
            road.extend(steps(number, &[Registered]));
            road.push(Dated::replacement(DAY, key(number), key(0)));
            road
        }
        Confirmed => steps(number, &[Registered, Selected, Confirmed]),
        Seated => steps(number, &[Registered, Selected, Confirmed, Seated]),
        NoShow => steps(number, &[Registered, Selected, Confirmed, NoShow]),
        Withdrawn => steps(number, &[Registered, Withdrawn]),
        Excluded => steps(number, &[Registered, Excluded]),
        Completed => steps(
            number,
            &[Registered, Selected, Confirmed, Seated, Completed],
        ),
        Erased => steps(number, &[Invited, Erased]),
    }
}

fn roster(seats: u32, events: impl IntoIterator<Item = Dated>) -> Roster {
    let mut roster = Roster::start(Head::new("Test", seats)).unwrap();
    roster.append(events).unwrap();
    roster
}

fn codes(result: Result<()>) -> Vec<String> {
    let error = result.unwrap_err();
    error
        .problems()
        .iter()
        .map(|problem| problem.code.clone())
        .collect()
}

/// Every pair of states: 32 of 132 steps are legal, written down here once more by hand; activation is an event of its own.
#[test]
fn every_illegal_transition_is_an_error() {
    use State::*;
    let legal = |from: Option<State>| -> &[State] {
        match from {
            None => &[Invited, Registered],
            Some(Invited) => &[Registered, Erased],
            Some(Registered) => &[Selected, Withdrawn, Excluded, Erased],
            Some(Selected | Activated) => &[Confirmed, Withdrawn, Excluded, Erased],
            Some(Confirmed) => &[Seated, NoShow, Withdrawn, Excluded, Erased],
            Some(Seated) => &[Withdrawn, Excluded, Completed, Erased],
            Some(NoShow) => &[Seated, Withdrawn, Excluded, Erased],
            Some(Withdrawn | Excluded | Completed) => &[Erased],
            Some(Erased) => &[],
        }
    };
    for from in [None].into_iter().chain(State::ALL.map(Some)) {
        for to in State::ALL {
            let mut roster = roster(9, from.map_or(vec![], |from| road(1, from)));
            assert_eq!(roster.state(key(1)), from);
            let (before, result) = (roster.clone(), roster.append(steps(1, &[to])));
            if legal(from).contains(&to) {
                result.unwrap();
                assert_eq!(roster.state(key(1)), Some(to));
            } else {
                assert_eq!(codes(result), ["E-ROSTER-STEP"], "{from:?} to {to}");
                assert_eq!(roster, before, "nothing is appended");
            }
        }
    }
}

/// Who may be activated, and in whose place.
#[test]
fn an_alternate_takes_only_a_seat_that_is_free() {
    use State::*;
    for alternate in [None].into_iter().chain(State::ALL.map(Some)) {
        for left in [None].into_iter().chain(State::ALL.map(Some)) {
            let mut events: Vec<Dated> = vec![];
            events.extend(alternate.map_or(vec![], |state| road(1, state)));
            // Person 0 is on the roster once already where the alternate was activated before.
            if let Some(state) = left {
                let road: Vec<Dated> = match state {
                    Withdrawn | Excluded | Erased => steps(2, &[Registered, Selected, state]),
                    Activated => continue,
                    state => road(2, state),
                };
                events.extend(road);
            }
            let mut roster = roster(9, events);
            let result = roster.append([Dated::replacement(DAY, key(1), key(2))]);
            let mut expected = vec![];
            if alternate != Some(Registered) {
                expected.push("E-ROSTER-STEP");
            }
            if !matches!(left, Some(NoShow | Withdrawn | Excluded | Erased)) {
                expected.push("E-ROSTER-REPLACES");
            }
            match result {
                Ok(()) => assert!(expected.is_empty(), "{alternate:?} {left:?}"),
                failed => assert_eq!(codes(failed), expected, "{alternate:?} {left:?}"),
            }
        }
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let mut events = road(1, State::Withdrawn); // had no seat
    events.extend(road(2, State::NoShow));
    events.extend(road(3, State::Registered));
    events.extend(road(4, State::Registered));
    events.extend(road(5, State::Completed));
    events.extend(steps(5, &[State::Erased]));
    let mut roster = Roster::start(Head::new("Test", 2).until("2026-03-15")).unwrap();
    roster.append(events).unwrap();
    roster
        .append([Dated::replacement(DAY, key(3), key(2))])
        .unwrap();
    let before = roster.clone();
    let wrong = roster.append([
        Dated::replacement(DAY, key(4), key(1)),
        Dated::replacement(DAY, key(4), key(2)),
        Dated::replacement(DAY, key(4), key(5)),
        Dated::step(DAY, key(2), State::Seated),
        Dated::step(DAY, key(4), State::Selected),
        Dated::step("2026-02-30", key(4), State::Withdrawn),
        Dated::step("2026-02-01", key(4), State::Invited),
        Dated::replacement("2026-04-01", key(4), key(9)),
        Dated::meeting(DAY, [key(3), key(2)]),
        Dated {
            date: DAY.into(),
            event: Event::Meeting {
                attended: vec![key(3), key(3)],
            },
        },
        Dated::step(DAY, key(4), State::Activated),
    ]);
    assert_eq!(
        wrong.unwrap_err().to_string(),
        "E-ROSTER-REPLACES: found entry 18: somebody who had no seat is replaced, expected a seat whose holder did not come or has left, and that nobody has taken\n\
         E-ROSTER-REPLACES: found entry 19: somebody is replaced twice, expected a seat whose holder did not come or has left, and that nobody has taken\n\
         E-ROSTER-REPLACES: found entry 20: somebody who stayed to the end is replaced, expected a seat whose holder did not come or has left, and that nobody has taken\n\
         E-ROSTER-REPLACED: found entry 21: a no-show comes whose seat another has, expected one person on a seat\n\
         E-ROSTER-SEATS: found entry 22: one more person drawn for 2 seats, expected not more people drawn than seats\n\
         E-ROSTER-DATE: found entry 23: \"2026-02-30\", expected a day of the calendar as YYYY-MM-DD\n\
         E-ROSTER-ORDER: found entry 24: 2026-02-01 after 2026-03-01, expected entries in order of days: the ledger only grows at its end\n\
         E-ROSTER-STEP: found entry 24: somebody who is registered becomes invited, expected one of selected, activated, withdrawn, excluded, erased\n\
         E-ROSTER-CUT-OFF: found entry 25: an alternate activated on 2026-04-01, expected no later day than 2026-03-15\n\
         E-ROSTER-REPLACES: found entry 25: somebody who is not on the roster is replaced, expected a seat whose holder did not come or has left, and that nobody has taken\n\
         E-ROSTER-ATTENDED: found entry 26: 2 who came and are not seated, expected seated members; whoever comes for the first time is seated first\n\
         E-ROSTER-ATTENDED: found entry 27: a list of those who came that is not ascending, expected everybody once, ascending\n\
         E-ROSTER-ATTENDED: found entry 27: 2 who came and are not seated, expected seated members; whoever comes for the first time is seated first\n\
         E-ROSTER-STEP: found entry 28: a step to activated, expected an entry that says whose seat it is"
    );
    assert_eq!(roster, before);
    let mut head = Head::new("Test", 2).until("March");
    head.version = "kleroterion-roster/2".into();
    assert_eq!(
        Roster::start(head).unwrap_err().to_string(),
        "E-ROSTER-DATE: found the cut-off \"March\", expected a day of the calendar as YYYY-MM-DD\n\
         E-ROSTER-VERSION: found the format \"kleroterion-roster/2\", expected kleroterion-roster/1"
    );
}

/// Random walks of legal steps never keep more seats than there are.
#[test]
fn no_more_seats_are_held_than_there_are() {
    let mut state = 5_u64;
    let mut below = |n: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % n
    };
    let (mut activated, mut full) = (0, 0);
    for _ in 0..30 {
        let mut roster = Roster::start(Head::new("Test", 3)).unwrap();
        for _ in 0..120 {
            let (a, b) = (below(12) as u32, below(12) as u32);
            let from = roster.state(key(a));
            let next: Vec<State> = State::ALL[..10]
                .iter()
                .copied()
                .filter(|to| to.follows(from))
                .collect();
            let to = if next.is_empty() {
                State::Seated
            } else {
                next[below(next.len())]
            };
            let event = match below(3) {
                0 => Dated::replacement(DAY, key(a), key(b)),
                _ => Dated::step(DAY, key(a), to),
            };
            if roster.append([event]).is_ok() {
                assert!(roster.seats_held() <= 3);
                full += usize::from(roster.seats_held() == 3);
            }
        }
        activated += roster.replacements().len();
        assert_eq!(Roster::open(roster.record().clone()).unwrap(), roster);
    }
    assert!(
        activated > 10 && full > 10,
        "the walks reach what they are to test: {activated} {full}"
    );
}
