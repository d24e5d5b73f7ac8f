//! Who sits where: one plan for all meetings before the first of them, and a new one when members change or stay away.

use kleroterion::assembly::{Round, SeatRule, Seating, SeatingOptions, SeatingPlan, SeatingReport};
use kleroterion::{Error, Instance, io};

use crate::drawing::{Drawn, SOURCE};
use crate::meetings::PLAN;
use crate::pages;
use crate::story::Story;

/// 36 members at 7 tables can sit with somebody new for seven rounds.
pub(crate) const TABLES: u32 = 7;
/// Rounds of every meeting: one before and one after the break.
pub(crate) const ROUNDS: u32 = 2;
/// Changes of seats that are tried for a plan.
const MOVES: u64 = 500_000;

/// The plan in force, and how members sat so far.
pub(crate) struct Tables<'a> {
    instance: &'a Instance,
    members: Vec<String>,
    seating: Seating,
    plan: SeatingPlan,
    held: SeatingPlan,
    next: u32,
}

/// What a meeting came to sit by, when that was planned anew.
pub(crate) struct Anew {
    /// The rounds of this meeting.
    pub(crate) plan: SeatingPlan,
    /// What all rounds from this one on achieve.
    pub(crate) report: SeatingReport,
}

pub(crate) fn run<'a>(story: &mut Story, drawn: &'a Drawn) -> Result<Tables<'a>, Error> {
    story.step("The seating plan");
    let members = drawn.transcript.draw.panel.clone();
    let held = SeatingPlan { rounds: Vec::new() };
    let seating = problem((&drawn.instance, &members), (1, &held), &[])?;
    let plan = seating.plan_with(&options(1))?;
    let report = plan.report(&seating)?;
    story.say(format!(
        "{} members at {TABLES} tables, each with a facilitator who stays there; {} meetings with {ROUNDS} rounds each.",
        members.len(),
        PLAN.len()
    ));
    story.say(format!(
        "At every table the panel's mix of {}. What decides between equal plans: the dice of the draw.",
        drawn.instance.features().join(", ")
    ));
    for line in report.to_string().lines() {
        story.say(line);
    }
    story.keep(
        "seating.csv",
        io::seating_csv(&plan)?.bytes,
        "who sits where in which round; for members only",
    );
    story.keep(
        "bordplan.html",
        pages::door(&plan, &report)?,
        "the list for the door, in Danish, to print; for members only",
    );
    story.keep(
        "bordkort.html",
        pages::cards(&plan)?,
        "cards for the tables, in Danish, to print; for members only",
    );
    Ok(Tables {
        instance: &drawn.instance,
        members,
        seating,
        plan,
        held,
        next: 1,
    })
}

/// These members in all rounds to come, some of them absent from the next meeting, after all that came before.
fn problem(
    (instance, members): (&Instance, &[String]),
    (first, held): (u32, &SeatingPlan),
    absent: &[String],
) -> Result<Seating, Error> {
    let mut seating = Seating::builder().first_round(first);
    for id in members {
        let person = instance.find(id).expect("members come from the pool");
        let quotas = instance.profile(person).iter();
        let quotas = quotas.map(|&quota| &instance.quotas()[quota as usize]);
        let values = quotas.map(|quota| (quota.feature.as_str(), quota.value.as_str()));
        seating = seating.member(id, values);
    }
    for table in 1..=TABLES {
        let name = format!("F{table}");
        let stays = SeatRule::tables(&name, [table]);
        seating = seating.facilitator(name).rule(stays);
    }
    for feature in instance.features() {
        seating = seating.rule(SeatRule::diversify(feature));
    }
    let later = PLAN.len() as u32 * ROUNDS + 1 - first - ROUNDS;
    let here = Round::even(TABLES).without(absent);
    seating
        .rounds(ROUNDS, &here)
        .rounds(later, &Round::even(TABLES))
        .after(held)
        .build()
}

fn options(first: u32) -> SeatingOptions {
    SeatingOptions::new(format!("seating from round {first}: {SOURCE}")).moves(MOVES)
}

impl Tables<'_> {
    /// Seats the next meeting: who is a member by now, and who of them does not come.
    pub(crate) fn meet(
        &mut self,
        members: &[String],
        absent: &[String],
    ) -> Result<Option<Anew>, Error> {
        let first = self.next;
        let is_new = members != self.members || !absent.is_empty();
        if is_new {
            self.seating = problem((self.instance, members), (first, &self.held), absent)?;
            self.plan = self.seating.plan_with(&options(first))?;
            self.members = members.to_vec();
        }
        let here = |round: u32| (first..first + ROUNDS).contains(&round);
        let rounds = self.plan.rounds.iter().filter(|one| here(one.round));
        let plan = SeatingPlan {
            rounds: rounds.cloned().collect(),
        };
        self.held.rounds.extend(plan.rounds.iter().cloned());
        self.next += ROUNDS;
        if !is_new {
            return Ok(None);
        }
        let report = self.plan.report(&self.seating)?;
        Ok(Some(Anew { plan, report }))
    }

    /// How members sat, and how many pairs of those who ever sat here shared a table.
    pub(crate) fn end(self) -> (SeatingPlan, usize) {
        let is_member = |id: &String| self.instance.find(id).is_some();
        let met = self.held.meetings();
        let pairs = met.keys().filter(|(a, b)| is_member(a) && is_member(b));
        let pairs = pairs.count();
        (self.held, pairs)
    }
}
