//! The ledger of everybody's steps, from the letter to the deletion of what is known of them.

use kleroterion::assembly::roster::{
    Attended, Dated, Head, Kept, Members, PersonKey, Roster, State,
};
use kleroterion::lottery::{Digest, Stream};
use kleroterion::{Error, ErrorKind, io};

use crate::drawing::{DRAWN, Drawn, SEATED};
use crate::meetings::CUT_OFF;
use crate::quotas::{OPENED, SEATS};
use crate::story::{Story, made_up};

const ANSWERED: &str = "2026-02-20";
const ERASED: &str = "2026-06-12";

/// The ledger, who stands behind its keys, and what was published of it.
pub(crate) struct Ledger {
    pub(crate) roster: Roster,
    pub(crate) members: Members,
    /// Seats that were held when each meeting began.
    pub(crate) seats: Vec<u64>,
    tips: Vec<(String, Digest)>,
}

/// 32 bytes. Real ones come from a source of secret randomness, never from a seed that others know.
fn salt(chance: &mut Stream) -> [u8; 32] {
    let mut salt = [0; 32];
    for bytes in salt.chunks_mut(8) {
        bytes.copy_from_slice(&chance.word().to_le_bytes());
    }
    salt
}

impl Ledger {
    /// Everybody who answered the letter, and the panel up to its confirmation.
    pub(crate) fn start(drawn: &Drawn) -> Result<Self, Error> {
        let head = Head::new("Borgersamling om byens gader", SEATS)
            .until(CUT_OFF)
            .after_draw(drawn.transcript.own_digest()?);
        let mut members = Members::default();
        let mut chance = made_up("salts");
        let mut everybody = Vec::new();
        for person in drawn.instance.pool().people() {
            let salt = salt(&mut chance);
            everybody.push(members.add_volunteer(&drawn.instance, person.id(), salt)?);
        }
        let mut ledger = Self {
            roster: Roster::start(head)?,
            members,
            seats: Vec::new(),
            tips: Vec::new(),
        };
        let panel: Vec<PersonKey> = drawn
            .transcript
            .draw
            .panel
            .iter()
            .map(|id| ledger.key(id))
            .collect();
        ledger.all(OPENED, &everybody, State::Invited)?;
        ledger.all(ANSWERED, &everybody, State::Registered)?;
        ledger.all(DRAWN, &panel, State::Selected)?;
        ledger.all(SEATED, &panel, State::Confirmed)?;
        Ok(ledger)
    }

    pub(crate) fn key(&self, id: &str) -> PersonKey {
        self.members.key(id).expect("every volunteer has a key")
    }

    pub(crate) fn id(&self, key: PersonKey) -> &str {
        self.members.id(key).unwrap_or("(erased)")
    }

    /// The same step for several people, in an order that tells nothing about them.
    pub(crate) fn all(&mut self, date: &str, people: &[PersonKey], to: State) -> Result<(), Error> {
        let mut people = people.to_vec();
        people.sort_unstable();
        let steps = people.iter().map(|&person| Dated::step(date, person, to));
        self.roster.append(steps)
    }

    /// Somebody gives up the seat: says so, or never came.
    pub(crate) fn leave(&mut self, date: &str, id: &str) -> Result<(), Error> {
        let key = self.key(id);
        match self.roster.state(key) {
            Some(State::NoShow) => Ok(()),
            _ => self.all(date, &[key], State::Withdrawn),
        }
    }

    /// An alternate is asked to take the seat.
    pub(crate) fn ask(&mut self, date: &str, (id, left): (&str, &str)) -> Result<(), Error> {
        let asked = Dated::replacement(date, self.key(id), self.key(left));
        self.roster.append([asked])
    }

    /// An alternate who was asked says yes.
    pub(crate) fn confirm(&mut self, date: &str, id: &str) -> Result<(), Error> {
        let key = self.key(id);
        self.all(date, &[key], State::Confirmed)
    }

    /// A meeting with who came; whoever confirmed and did not come is a no-show.
    pub(crate) fn meet(
        &mut self,
        date: &str,
        (came, absent): (&[String], &[String]),
    ) -> Result<(), Error> {
        let keys =
            |ids: &[String]| -> Vec<PersonKey> { ids.iter().map(|id| self.key(id)).collect() };
        let (came, mut absent) = (keys(came), keys(absent));
        let mut first = came.clone();
        first.retain(|&key| self.roster.state(key) != Some(State::Seated));
        absent.retain(|&key| self.roster.state(key) == Some(State::Confirmed));
        self.seats.push(self.roster.seats_held() as u64);
        self.all(date, &first, State::Seated)?;
        self.all(date, &absent, State::NoShow)?;
        self.roster.append([Dated::meeting(date, came)])?;
        self.tips.push((date.to_owned(), self.roster.tip()));
        Ok(())
    }

    /// Who is a member after the last meeting has been one to the end.
    pub(crate) fn complete(&mut self, date: &str) -> Result<(), Error> {
        let seated = self.standing(State::Seated);
        self.all(date, &seated, State::Completed)?;
        self.tips.push((date.to_owned(), self.roster.tip()));
        Ok(())
    }

    fn standing(&self, state: State) -> Vec<PersonKey> {
        let people = self.roster.people().filter(|(_, now)| *now == state);
        people.map(|(key, _)| key).collect()
    }

    /// Deletes what is known of those who were never drawn, and of those who did not stay.
    pub(crate) fn erase(&mut self, story: &mut Story) -> Result<(), Error> {
        let volunteers = self.standing(State::Registered);
        let mut left = self.standing(State::Withdrawn);
        left.extend(self.standing(State::NoShow));
        for key in volunteers.iter().chain(&left) {
            self.members.erase(*key, Kept::Nothing);
        }
        self.all(ERASED, &volunteers, State::Erased)?;
        self.all(ERASED, &left, State::Erased)?;
        story.say(format!(
            "{ERASED}  Ids and values of {} volunteers without a seat and of {} who did not stay are deleted. The ledger keeps their keys.",
            volunteers.len(),
            left.len()
        ));
        Ok(())
    }

    /// Writes the ledger, reads it back, and checks the chain and everything that was published of it.
    pub(crate) fn publish(&self, story: &mut Story) -> Result<(), Error> {
        let bytes = self.roster.record().to_json()?;
        let read = io::json::roster(&bytes, "roster.json")?;
        let mut tips = String::from("after,tip\n");
        for (date, tip) in &self.tips {
            if !read.extends(*tip)? {
                let why = format!("the ledger does not hold the tip published on {date}");
                return Err(ErrorKind::Rejected(why).into());
            }
            tips += &format!("{date},{tip}\n");
        }
        tips += &format!("{ERASED},{}\n", read.tip());
        story.say(format!(
            "The ledger, read back: {} entries; the chain holds, and every tip published before stands in it.",
            read.record().entries.len()
        ));
        story.say("How many people were ever at each stage, and how many are there now:");
        for (state, count) in State::ALL.map(|state| (state, read.count_ever(state))) {
            story.say(format!(
                "  {count:>4} ever {state:<10} {:>4} now",
                read.count(state)
            ));
        }
        story.keep(
            "roster.json",
            bytes,
            "the ledger, for the auditor; it holds keys only, but the public list of replacements tells whose some of them are; never publish",
        );
        story.keep(
            "roster-tips.csv",
            tips,
            "its last digest after every meeting, published each time; whoever has an old one can tell whether the ledger was rewritten",
        );
        let mut keys = String::from("id,key,salt\n");
        for (key, _) in self.roster.people() {
            if let (Some(id), Some(salt)) = (self.members.id(key), self.members.salt(key)) {
                keys += &format!("{id},{},{}\n", hex(key), Digest(salt));
            }
        }
        story.keep("roster-keys.csv", keys, "whose key is whose; never publish");
        Ok(())
    }

    /// Replacements: the day, after how many meetings, who left and who came, and whether the one who left had ever come.
    pub(crate) fn replacements(&self) -> String {
        let mut table = String::from("day,after meetings,left,came,had attended\n");
        for one in self.roster.replacements() {
            let attended = match one.had_attended {
                Attended::Never => "never",
                Attended::Once => "yes",
            };
            let (left, came) = (self.id(one.left), self.id(one.came));
            table += &format!(
                "{},{},{left},{came},{attended}\n",
                one.date, one.after_meetings
            );
        }
        table
    }
}

fn hex(key: PersonKey) -> String {
    serde_json::to_value(key)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .expect("a key is written as a text")
}
