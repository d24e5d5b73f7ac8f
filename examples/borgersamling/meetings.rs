//! The meetings: who was there, who stepped in, what members heard.

use std::fmt::Write as _;

use kleroterion::assembly::process::{
    Activity, ChosenBy, Evidence, Item, Meeting, Mode, Process, stage,
};
use kleroterion::assembly::{Day, Dropout, Outcome, Policy, ReplacementRecord, Reserves};
use kleroterion::audit::{self, DrawnBy};
use kleroterion::{Error, io};

use crate::drawing::Drawn;
use crate::story::{Story, day, made_up};

/// Tables; 36 members at 7 tables can sit with somebody new for seven rounds.
const TABLES: u32 = 7;
/// After the second meeting nobody is replaced: who steps in has to hear what the others heard.
const CUT_OFF: &str = "2026-04-11";
/// Members who leave, counted from 0 in the order of ids, and when.
const LEAVING: [(usize, &str); 4] = [
    (3, "2026-03-12"),
    (11, "2026-03-30"),
    (20, "2026-04-02"),
    (32, "2026-05-01"),
];
/// One member in so many misses a meeting.
const ABSENT: u64 = 20;

type Row = (&'static str, Activity, u32);

const LEARN: [Row; 5] = [
    ("Velkomst og spilleregler", Activity::Frame, 20),
    ("Oplæg og spørgsmål", Activity::Learning, 100),
    ("Frokost", Activity::Pause, 60),
    ("Drøftelse ved bordene", Activity::Deliberation, 180),
    ("Opsamling", Activity::Frame, 30),
];
const WRITE: [Row; 4] = [
    ("Hvor vi kom til", Activity::Frame, 30),
    ("Drøftelse på tværs af bordene", Activity::Deliberation, 120),
    ("Frokost", Activity::Pause, 60),
    ("Anbefalinger skrives", Activity::Drafting, 180),
];
const PLAN: [(&str, &str, &[Row]); 4] = [
    ("1. samling", "2026-03-14", &LEARN),
    ("2. samling", "2026-04-11", &LEARN),
    ("3. samling", "2026-05-09", &WRITE),
    ("4. samling", "2026-05-30", &WRITE),
];

pub(crate) fn run(
    story: &mut Story,
    mut process: Process<stage::Seated>,
    drawn: &Drawn,
) -> Result<Process<stage::Seated>, Error> {
    story.step("The meetings");
    let alternates = DrawnBy::from(&drawn.transcript).alternates_of(&drawn.instance)?;
    let policy = Policy::new(Reserves::Ranked).until(CUT_OFF);
    let dropouts = dropouts(drawn);
    let whole = alternates.replay(&policy, &dropouts)?;
    let mut days: Vec<(String, String)> = Vec::new();
    for step in &whole.steps {
        let what = match &step.outcome {
            Outcome::ReplacedBy(id) => format!("{id} steps in"),
            Outcome::Vacant(why) => format!("the seat stays empty: {why}"),
            _ => "an alternate leaves the list".to_owned(),
        };
        days.push((
            step.dropout.date.clone(),
            format!("{} leaves; {what}", step.dropout.id),
        ));
    }
    let mut attendance = String::from("meeting,day,seats,present\n");
    let mut chance = made_up("attendance");
    for (name, date, rows) in PLAN {
        let before: Vec<Dropout> = dropouts
            .iter()
            .filter(|one| one.date.as_str() <= date)
            .cloned()
            .collect();
        let seats = alternates.replay(&policy, &before)?.panel.len();
        let present = (0..seats).filter(|_| chance.below(ABSENT) > 0).count();
        writeln!(attendance, "{name},{date},{seats},{present}").expect("text grows");
        days.push((
            date.to_owned(),
            format!("{name}: {present} of {seats} members present"),
        ));
        process.meet(meeting(
            (name, day(date)?),
            rows,
            u32::try_from(present).ok(),
        )?)?;
    }
    days.sort();
    for (date, line) in days {
        story.say(format!("{date}  {line}"));
    }
    for one in evidence() {
        process.hear(one);
    }
    story.keep("attendance.csv", attendance, "how many were there");
    let digest = drawn.transcript.own_digest()?.to_string();
    let record = ReplacementRecord::new(&alternates, digest, policy, dropouts)?;
    audit::verify_replacements(&record, &drawn.transcript, &drawn.instance)?;
    story.keep(
        "replacements.json",
        record.to_json()?,
        "who stepped in for whom, for anybody to replay",
    );
    story.keep(
        "members-at-the-end.csv",
        io::selected_csv(&drawn.instance, &whole.panel)?.bytes,
        "the panel at the end; never publish",
    );
    Ok(process)
}

fn dropouts(drawn: &Drawn) -> Vec<Dropout> {
    let leaves = |(member, date): (usize, &str)| Dropout {
        date: date.to_owned(),
        id: drawn.transcript.draw.panel[member].clone(),
    };
    LEAVING.map(leaves).into()
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
        place: "Rådhuset".to_owned(),
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
            "Trafikken i tal",
            "the city's engineers",
            ("administration", ChosenBy::Organisers),
        ),
        one(
            "Butikkernes varer",
            "the traders' association",
            ("business", ChosenBy::Organisers),
        ),
        one(
            "Børn på gaden",
            "the cyclists' association",
            ("walking and cycling", ChosenBy::Advisers),
        ),
        one(
            "At bo uden elevator",
            "residents with disabilities",
            ("accessibility", ChosenBy::Members),
        ),
    ]
}
