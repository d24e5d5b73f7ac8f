//! Who came, by meeting and group, and how far the room was from the quotas.

use kleroterion::assembly::attendance::{drift_norms, meetings, published};
use kleroterion::assembly::ballot::percent;
use kleroterion::assembly::roster::Attended;
use kleroterion::{Error, Instance, Ratio};

use crate::ledger::Ledger;
use crate::meetings::PLAN;
use crate::story::Story;

pub(crate) fn run(story: &mut Story, ledger: &Ledger, instance: &Instance) -> Result<(), Error> {
    let mut came = String::from(
        "meeting,day,seats held,came,came %,members so far,seats off the quotas,most off one quota\n",
    );
    let mut groups = String::from("meeting,day,feature,value,members so far,came\n");
    let mut drift = String::from(
        "meeting,day,feature,value,min,max,members so far,members off,came,came off\n",
    );
    for ((meeting, seats), (name, ..)) in
        meetings(&ledger.roster).iter().zip(&ledger.seats).zip(PLAN)
    {
        let (day, number) = (&meeting.date, meeting.number);
        let cells = meeting.drift(&ledger.members, instance.quotas());
        let (all, most) = drift_norms(&cells);
        let here = meeting.attended.len() as u64;
        let share = percent(Ratio::new(here, *seats), 1);
        let members = meeting.members.len();
        came += &format!("{number},{day},{seats},{here},{share},{members},{all},{most}\n");
        story.say(format!(
            "{name}: {here} of {seats} came ({share} %). Those in the room miss the quotas by {all} in all, {most} at most in one quota."
        ));
        for cell in cells {
            let quota = &cell.quota;
            drift += &format!(
                "{number},{day},{},{},{},{},{},{},{},{}\n",
                quota.feature,
                quota.value,
                quota.min,
                quota.max,
                cell.members,
                cell.members_off,
                cell.attended,
                cell.attended_off
            );
        }
        for feature in instance.features() {
            for row in published(&meeting.by_stratum(&ledger.members, feature)) {
                let [members, came] = [row.members, row.attended].map(shown);
                groups += &format!("{number},{day},{feature},{},{members},{came}\n", row.value);
            }
        }
    }
    story.say("In the tables, a member so far is whoever has come at least once and has not left.");
    replaced(story, ledger);
    story.keep("attendance.csv", came, "how many came");
    story.keep(
        "attendance-by-group.csv",
        groups,
        "the same by group; numbers from which one could tell who stayed away are held back",
    );
    story.keep(
        "quota-drift.csv",
        drift,
        "how far members and those who came were from every quota; never publish",
    );
    story.keep(
        "replacements.csv",
        ledger.replacements(),
        "who came for whom, and whether the one who left had ever come; for members only",
    );
    Ok(())
}

pub(crate) fn shown(number: Option<u64>) -> String {
    number.map_or("held back".to_owned(), |number| number.to_string())
}

fn replaced(story: &mut Story, ledger: &Ledger) {
    let all = ledger.roster.replacements();
    let never = all.iter().filter(|one| one.had_attended == Attended::Never);
    let counts = ledger.roster.replacement_counts();
    let counts: Vec<String> = counts
        .iter()
        .map(|(after, people)| match after {
            0 => format!("{people} before the first meeting"),
            1 => format!("{people} after 1 meeting"),
            n => format!("{people} after {n} meetings"),
        })
        .collect();
    story.say(format!(
        "{} times a seat went to an alternate: {}. {} of those who gave it up had never come.",
        all.len(),
        counts.join(", "),
        never.count()
    ));
}
