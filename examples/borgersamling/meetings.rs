//! The meetings: who came, who stepped in, how they sat, what they heard.

use kleroterion::assembly::process::{
    Activity, ChosenBy, Evidence, Item, Meeting, Mode, Process, stage,
};
use kleroterion::assembly::{
    Alternates, Day, Dropout, Outcome, Policy, ReplacementRecord, Replacements, Reserves, Step,
};
use kleroterion::audit::{self, DrawnBy};
use kleroterion::lottery::Stream;
use kleroterion::{Error, io};

use crate::drawing::Drawn;
use crate::ledger::Ledger;
use crate::seating::{Anew, TABLES, Tables};
use crate::story::{Story, day, made_up};
use crate::{attendance, pages};

/// After the second meeting nobody is replaced: who steps in has to hear what the others heard.
pub(crate) const CUT_OFF: &str = "2026-04-11";
/// Members whose seat becomes free, counted from 0 in the order of ids, and when.
const LEAVING: [(usize, &str); 4] = [
    (3, "2026-03-12"),
    (NEVER_CAME, "2026-03-30"),
    (20, "2026-04-02"),
    (32, "2026-05-01"),
];
/// The member who said yes and does not come; after the first meeting the seat is given away.
const NEVER_CAME: usize = 11;
/// One member in so many misses a meeting.
const ABSENT: u64 = 20;

type Row = (&'static str, Activity, u32);

const LEARN: [Row; 6] = [
    ("Welcome and ground rules", Activity::Frame, 20),
    ("Talks and questions", Activity::Learning, 100),
    ("Lunch", Activity::Pause, 60),
    ("Discussion at tables, round 1", Activity::Deliberation, 90),
    ("Discussion at tables, round 2", Activity::Deliberation, 90),
    ("Summing up", Activity::Frame, 30),
];
const WRITE: [Row; 5] = [
    ("Where we stand", Activity::Frame, 30),
    ("Discussion at tables, round 1", Activity::Deliberation, 120),
    ("Lunch", Activity::Pause, 60),
    ("Writing recommendations, round 2", Activity::Drafting, 160),
    ("Summing up", Activity::Frame, 20),
];
const VOTE: [Row; 6] = [
    ("Where we stand", Activity::Frame, 30),
    ("Discussion at tables, round 1", Activity::Deliberation, 90),
    ("Lunch", Activity::Pause, 60),
    ("Writing recommendations, round 2", Activity::Drafting, 120),
    ("Votes", Activity::Voting, 60),
    ("Goodbye", Activity::Frame, 30),
];
pub(crate) const PLAN: [(&str, &str, &[Row]); 4] = [
    ("Meeting 1", "2026-03-14", &LEARN),
    ("Meeting 2", "2026-04-11", &LEARN),
    ("Meeting 3", "2026-05-09", &WRITE),
    ("Meeting 4", "2026-05-30", &VOTE),
];

pub(crate) fn run(
    story: &mut Story,
    mut process: Process<stage::Seated>,
    drawn: &Drawn,
    mut tables: Tables<'_>,
) -> Result<(Process<stage::Seated>, Ledger), Error> {
    story.step("The meetings");
    let course = Course::new(drawn)?;
    let mut ledger = Ledger::start(drawn)?;
    let mut chance = made_up("attendance");
    let never = &drawn.transcript.draw.panel[NEVER_CAME];
    let mut before = 0;
    for (at, (name, date, rows)) in PLAN.into_iter().enumerate() {
        before = course.until(date, before, (story, &mut ledger))?;
        let members = course.members(before)?;
        let (came, absent) = absences(&mut chance, &members, never);
        ledger.meet(date, (&came, &absent))?;
        story.say(format!(
            "{date}  {name}: {} of {} members come",
            came.len(),
            members.len()
        ));
        if let Some(anew) = tables.meet(&members, &absent)? {
            planned_anew(story, at + 1, &anew)?;
        }
        let present = u32::try_from(came.len()).ok();
        process.meet(meeting((name, day(date)?), rows, present)?)?;
    }
    ledger.complete(PLAN[PLAN.len() - 1].1)?;
    for one in evidence() {
        process.hear(one);
    }
    kept(story, drawn, course, tables)?;
    attendance::run(story, &ledger, &drawn.instance)?;
    Ok((process, ledger))
}

/// Who leaves in the course of time, and what follows by the policy.
struct Course<'a> {
    alternates: Alternates<'a>,
    policy: Policy,
    dropouts: Vec<Dropout>,
    whole: Replacements,
}

impl<'a> Course<'a> {
    fn new(drawn: &'a Drawn) -> Result<Self, Error> {
        let alternates = DrawnBy::from(&drawn.transcript).alternates_of(&drawn.instance)?;
        let policy = Policy::new(Reserves::Ranked).until(CUT_OFF);
        let mut dropouts: Vec<Dropout> = Vec::new();
        for (member, date) in LEAVING {
            let leaves = |id: &str| Dropout {
                date: date.to_owned(),
                id: id.to_owned(),
            };
            dropouts.push(leaves(&drawn.transcript.draw.panel[member]));
            if dropouts.len() == 1 {
                // The first who is asked says no.
                let asked = alternates.replay(&policy, &dropouts)?;
                if let Outcome::ReplacedBy(id) = &asked.steps[0].outcome {
                    dropouts.push(leaves(id));
                }
            }
        }
        let whole = alternates.replay(&policy, &dropouts)?;
        Ok(Self {
            alternates,
            policy,
            dropouts,
            whole,
        })
    }

    /// Ids of the members after so many steps, ascending.
    fn members(&self, steps: usize) -> Result<Vec<String>, Error> {
        let dropouts = &self.dropouts[..steps];
        Ok(self.alternates.replay(&self.policy, dropouts)?.panel)
    }

    /// Tells and enters into the ledger what happens up to a day; gives the number of steps so far.
    fn until(
        &self,
        date: &str,
        before: usize,
        (story, ledger): (&mut Story, &mut Ledger),
    ) -> Result<usize, Error> {
        let mut done = before;
        for step in self.whole.steps[before..]
            .iter()
            .take_while(|step| step.dropout.date.as_str() <= date)
        {
            done += 1;
            let Step {
                dropout: Dropout { date, id },
                outcome,
                ..
            } = step;
            let says_no =
                |asked: &str| self.dropouts.get(done).is_some_and(|next| next.id == asked);
            let was_asked = self.whole.steps[..done]
                .iter()
                .any(|earlier| earlier.outcome == Outcome::ReplacedBy(id.clone()));
            let leaves = match (was_asked, id == &self.dropouts[0].id) {
                (true, _) => "says no",
                (false, true) => "withdraws",
                _ => "leaves",
            };
            ledger.leave(date, id)?;
            let what = match outcome {
                Outcome::ReplacedBy(asked) => {
                    ledger.ask(date, (asked, id))?;
                    if says_no(asked) {
                        format!("{asked} is asked")
                    } else {
                        ledger.confirm(date, asked)?;
                        format!("{asked} steps in")
                    }
                }
                Outcome::Vacant(why) => format!("the seat stays empty: {why}"),
                _ => "one alternate fewer".to_owned(),
            };
            story.say(format!("{date}  {id} {leaves}; {what}"));
        }
        Ok(done)
    }
}

/// Who comes and who does not; made up, but for the one who never does.
fn absences(chance: &mut Stream, members: &[String], never: &String) -> (Vec<String>, Vec<String>) {
    let comes = |id: &&String| chance.below(ABSENT) > 0 && *id != never;
    let (came, absent): (Vec<&String>, Vec<&String>) = members.iter().partition(comes);
    (
        came.into_iter().cloned().collect(),
        absent.into_iter().cloned().collect(),
    )
}

fn planned_anew(story: &mut Story, number: usize, anew: &Anew) -> Result<(), Error> {
    let report = &anew.report;
    story.say(format!(
        "            Tables are planned anew for those who are there: {} pairs meet for the first time in the rounds from here on, of {} that no plan can exceed.",
        report.distinct_pairs, report.bound.pairs
    ));
    story.keep(
        &format!("bordplan-{number}.html"),
        pages::door(&anew.plan, report)?,
        "the list for the door of this meeting, in Danish; for members only",
    );
    Ok(())
}

/// The files that the meetings leave.
fn kept(
    story: &mut Story,
    drawn: &Drawn,
    course: Course<'_>,
    tables: Tables<'_>,
) -> Result<(), Error> {
    let (held, pairs) = tables.end();
    story.say(format!(
        "In all, {pairs} pairs of members sat at a table together."
    ));
    story.keep(
        "seating-held.csv",
        io::seating_csv(&held)?.bytes,
        "how members sat in the end; for members only",
    );
    let digest = drawn.transcript.own_digest()?.to_string();
    let record =
        ReplacementRecord::new(&course.alternates, digest, course.policy, course.dropouts)?;
    audit::verify_replacements(&record, &drawn.transcript, &drawn.instance)?;
    story.keep(
        "replacements.json",
        record.to_json()?,
        "who stepped in for whom, for anybody to replay",
    );
    story.keep(
        "members-at-the-end.csv",
        io::selected_csv(&drawn.instance, &course.whole.panel)?.bytes,
        "the panel at the end; never publish",
    );
    Ok(())
}

fn meeting((name, day): (&str, Day), rows: &[Row], present: Option<u32>) -> Result<Meeting, Error> {
    let item = |(title, activity, minutes): &Row| Item {
        title: (*title).to_owned(),
        activity: Some(*activity),
        minutes: Some(*minutes),
        ..Item::default()
    };
    Ok(Meeting {
        name: name.to_owned(),
        day: Some(day),
        begins: Some("10:00".parse()?),
        ends: Some("16:30".parse()?),
        mode: Some(Mode::InPerson),
        place: "the city hall".to_owned(),
        tables: Some(TABLES),
        facilitators: Some(TABLES),
        present,
        agenda: rows.iter().map(item).collect(),
        ..Meeting::default()
    })
}

fn evidence() -> Vec<Evidence> {
    let one = |title: &str, by: &str, (perspective, chosen_by): (&str, ChosenBy)| Evidence {
        title: title.into(),
        by: by.into(),
        perspective: perspective.into(),
        chosen_by: Some(chosen_by),
        published: "the city's website".into(),
        ..Evidence::default()
    };
    vec![
        one(
            "Traffic in figures",
            "the city's engineers",
            ("administration", ChosenBy::Organisers),
        ),
        one(
            "The shops' goods",
            "the traders' association",
            ("business", ChosenBy::Organisers),
        ),
        one(
            "Children in the street",
            "the cyclists' association",
            ("walking and cycling", ChosenBy::Advisers),
        ),
        one(
            "Living without a lift",
            "residents with disabilities",
            ("accessibility", ChosenBy::Members),
        ),
    ]
}
