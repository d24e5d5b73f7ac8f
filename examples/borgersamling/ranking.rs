//! What should come first: members rank the ideas before they write.

use kleroterion::Error;
use kleroterion::assembly::attendance;
use kleroterion::assembly::ballot::{Ranking, Rankings};

use crate::ledger::Ledger;
use crate::story::{Story, made_up};
use crate::votes::IDEAS;

/// How much each idea is liked, in the order of the ideas; made up.
const LIKED: [u64; 6] = [70, 62, 40, 66, 48, 22];
/// How much a member may differ from that.
const SPREAD: u64 = 60;
/// One member in so many ranks nothing, and one in so many only the first three.
const NOTHING: u64 = 30;
const THREE: u64 = 5;

/// Those who may vote.
pub(crate) struct Voters {
    eligible: u64,
    /// Age and sex of everybody present.
    pub(crate) groups: Vec<[String; 2]>,
}

impl Voters {
    pub(crate) fn at_the_last_meeting(ledger: &Ledger) -> Self {
        let meetings = attendance::meetings(&ledger.roster);
        let last = meetings.last().expect("meetings were held");
        let value = |key, feature| ledger.members.value(key, feature).unwrap_or("unknown");
        let groups = |key| ["age", "sex"].map(|feature| value(key, feature).to_owned());
        Self {
            eligible: last.members.len() as u64,
            groups: last.attended.iter().map(|&key| groups(key)).collect(),
        }
    }

    /// Eligible and present.
    pub(crate) fn people(&self) -> (u64, u64) {
        (self.eligible, self.groups.len() as u64)
    }

    pub(crate) fn is_young(&self, groups: &[String; 2]) -> bool {
        ["18-29", "30-44"].contains(&groups[0].as_str())
    }
}

/// Counts the rankings, and gives the ideas in the members' order.
pub(crate) fn run(story: &mut Story, voters: &Voters) -> Result<Vec<usize>, Error> {
    let counted = Rankings::new(voters.people(), IDEAS.len(), &ballots(voters))?;
    let (borda, kemeny) = (counted.borda(), counted.kemeny()?);
    let order = kemeny.rankings[0].clone();
    story.say("First, members rank the ideas: what should the city do first?");
    for (place, &idea) in order.iter().enumerate() {
        let points = borda[idea].to_f64();
        story.say(format!(
            "{}. {} ({points:.1} Borda points)",
            place + 1,
            IDEAS[idea].0
        ));
    }
    story.say(match counted.condorcet_winner() {
        Some(first) => format!(
            "Against every other idea a majority prefers: {}.",
            IDEAS[first].0
        ),
        None => "No idea is preferred to every other one by a majority.".to_owned(),
    });
    story.say(format!(
        "No other order contradicts fewer of the members' preferences between two ideas (Kemeny's rule): {} are contradicted.",
        kemeny.contradicted
    ));
    if kemeny.rankings.len() > 1 {
        let n = kemeny.rankings.len();
        story.say(format!(
            "{n} orders contradict as few; the first by number stands."
        ));
    }
    if counted.borda_winners() != [order[0]] {
        let ideas = counted.borda_winners().into_iter();
        let ideas: Vec<&str> = ideas.map(|idea| IDEAS[idea].0).collect();
        story.say(format!(
            "By points alone this would come first: {}.",
            ideas.join(", ")
        ));
    }
    story.keep(
        "ranking.csv",
        table(&counted, &order),
        "how many prefer the idea of the row to that of the column",
    );
    Ok(order)
}

/// Made-up ballots: some rank everything, some only their first three, some nothing.
fn ballots(voters: &Voters) -> Vec<Option<Ranking>> {
    let mut chance = made_up("ranking");
    let mut ballot = || {
        let mut liked: Vec<(u64, usize)> = LIKED
            .iter()
            .enumerate()
            .map(|(idea, much)| (much + chance.below(SPREAD), idea))
            .collect();
        liked.sort_unstable_by(|one, other| other.cmp(one));
        let (nothing, three) = (chance.below(NOTHING), chance.below(THREE));
        let ranked = if three == 0 { 3 } else { liked.len() };
        let order = liked.into_iter().take(ranked).map(|(_, idea)| idea);
        (nothing > 0).then(|| Ranking::strict(order))
    };
    voters.groups.iter().map(|_| ballot()).collect()
}

fn table(counted: &Rankings, order: &[usize]) -> String {
    let ideas = 0..IDEAS.len();
    let heads: Vec<String> = ideas
        .clone()
        .map(|idea| format!("preferred to {}", idea + 1))
        .collect();
    let mut table = format!("id,idea,place,Borda points,{}\n", heads.join(","));
    let borda = counted.borda();
    for idea in ideas {
        let cells: Vec<String> = counted.pairwise()[idea]
            .iter()
            .map(u64::to_string)
            .collect();
        let place = order
            .iter()
            .position(|one| *one == idea)
            .unwrap_or_default()
            + 1;
        let points = borda[idea].to_f64();
        table += &format!(
            "{},{},{place},{points:.1},{}\n",
            idea + 1,
            IDEAS[idea].0,
            cells.join(",")
        );
    }
    table
}

/// What the wording says of an idea's place.
pub(crate) fn place(order: &[usize], idea: usize) -> String {
    let place = order
        .iter()
        .position(|one| *one == idea)
        .unwrap_or_default()
        + 1;
    format!("Place {place} of {} in the members' order.", order.len())
}
