//! Members rank the ideas, agree on the wording and vote by a rule that was fixed before.

use std::collections::BTreeMap;

use kleroterion::assembly::ballot::{
    BallotPlan, BallotRule, Bound, Counted, Decision, Denominator, Held, Minority, Question,
    Quorum, Strata, Threshold, TieRule, Vote, YesNo, percent, tally,
};
use kleroterion::assembly::process::{self, Process, Recommendation, stage};
use kleroterion::{Error, Ratio};

use crate::attendance::shown;
use crate::ledger::Ledger;
use crate::ranking::{self, Voters};
use crate::story::{Story, day, made_up};
use crate::words::danish;

/// Titles, and the made-up chance in a hundred that a member under 45 or an older one is in favour.
pub(crate) const IDEAS: [(&str, [u64; 2]); 6] = [
    ("School streets without cars in the morning", [94, 90]),
    ("Every tenth parking space becomes trees", [92, 84]),
    ("Goods are delivered before 11 o'clock", [85, 92]),
    (
        "More parking for disabled people close to entrances",
        [95, 99],
    ),
    ("A bus stop within 400 metres of everybody", [78, 86]),
    ("A charge for driving into the city", [55, 38]),
];
/// Voted on only if the charge is adopted.
const RIDER: (&str, &str) = ("6a", "The money goes to buses and cycle tracks");
/// One member in so many votes for neither, and one in so many hands in no paper.
const NEITHER: u64 = 14;
const NO_PAPER: u64 = 40;
const VOTED: &str = "2026-05-30";
/// Support is shown by these features.
const GROUPS: [&str; 2] = ["age", "sex"];

/// A ballot paper: what was voted, and the groups that its colour and shape stand for.
struct Paper {
    vote: Vote,
    groups: [String; 2],
}

pub(crate) fn run(
    story: &mut Story,
    process: Process<stage::Seated>,
    ledger: &Ledger,
) -> Result<Process<stage::Voted>, Error> {
    story.step("Ranking, wording and votes");
    let voters = Voters::at_the_last_meeting(ledger);
    let order = ranking::run(story, &voters)?;
    let ideas: Vec<Recommendation> = IDEAS
        .iter()
        .enumerate()
        .map(|(at, (title, _))| Recommendation {
            id: (at + 1).to_string(),
            title: (*title).to_owned(),
            text: ranking::place(&order, at),
            ..Recommendation::default()
        })
        .collect();
    let process = process.agree_on(ideas, day(VOTED)?)?;
    story.say(format!(
        "Members agree on the wording of {} recommendations, then vote in secret. A paper shows the voter's age group and sex, and no name.",
        IDEAS.len()
    ));
    story.say("Adopted: at least two thirds of the members present in favour. Quorum: half of all members present. A tie rejects.");
    story.say("The side that loses with at least a fifth of the votes for or against may add a statement of its own.");
    let (plan, papers) = (questions()?, papers(&voters));
    let mut votes = BTreeMap::new();
    for (id, papers) in &papers {
        let said = papers.iter().map(|paper| paper.vote);
        votes.insert(id.clone(), YesNo::count(voters.people(), said)?);
    }
    let results = plan.count(&votes)?;
    let decided = told(story, &results, &papers)?;
    process.close_ballots(decided, day(VOTED)?)
}

fn questions() -> Result<BallotPlan, Error> {
    let present = Denominator::Present;
    let threshold = Threshold::new(Bound::AtLeast, Ratio::new(2, 3), present)?;
    let quorum = Quorum::new(Bound::AtLeast, Ratio::new(1, 2), present)?;
    let rule = BallotRule::new(threshold)
        .quorum(quorum)
        .tie(TieRule::Rejected)
        .minority_from(Ratio::new(1, 5))?;
    let ids = (1..=IDEAS.len()).map(|id| id.to_string());
    let mut questions: Vec<Question> = ids.map(|id| Question::new(id, rule)).collect();
    questions.push(Question::new(RIDER.0, rule).only_if("6", Decision::Adopted));
    BallotPlan::new(questions)
}

/// Made-up votes of those present.
fn papers(voters: &Voters) -> Vec<(String, Vec<Paper>)> {
    let of = |at: usize, chances: [u64; 2]| -> Vec<Paper> {
        let mut chance = made_up(&format!("ballot {at}"));
        let mut papers = Vec::new();
        for groups in &voters.groups {
            let percent = chances[usize::from(!voters.is_young(groups))];
            let [paper, neither, yes] = [NO_PAPER, NEITHER, 100].map(|n| chance.below(n));
            let vote = match (neither, yes) {
                (0, _) => Vote::Neither,
                (_, yes) if yes < percent => Vote::Yes,
                _ => Vote::No,
            };
            if paper > 0 {
                papers.push(Paper {
                    vote,
                    groups: groups.clone(),
                });
            }
        }
        papers
    };
    IDEAS
        .iter()
        .enumerate()
        .map(|(at, (_, chances))| ((at + 1).to_string(), of(at, *chances)))
        .collect()
}

/// Prints and keeps the results, and gives them to the process.
fn told(
    story: &mut Story,
    results: &[(&str, Held)],
    papers: &[(String, Vec<Paper>)],
) -> Result<Vec<(String, process::Vote)>, Error> {
    let mut table = String::from(
        "id,recommendation,anbefaling,eligible,present,cast,expressed,for,against,neither,% of present,% of expressed,decision,statement of\n",
    );
    let mut groups = String::from("id,feature,value,voted,for,against,neither\n");
    let mut agreement =
        String::from("id,age groups,more for than against in,consensus of groups\n");
    let (mut minorities, mut decided) = (String::new(), Vec::new());
    let mut consensuses: Vec<(f64, &str)> = Vec::new();
    let titles = IDEAS.iter().map(|(title, _)| *title).chain([RIDER.1]);
    for ((id, held), title) in results.iter().zip(titles) {
        let Held::Counted(counted) = held else {
            let Held::NotHeld(missed) = held else {
                continue;
            };
            story.say(format!(
                "{id} not voted on, because {missed} was not adopted: {title}"
            ));
            table += &format!("{id},{title},{},,,,,,,,,,not held,\n", danish(title));
            continue;
        };
        let cast = papers
            .iter()
            .find(|(of, _)| of == id)
            .map_or(&[][..], |(_, papers)| papers);
        let by_age = strata(cast, 0)?;
        let consensus = by_age.group_informed_consensus();
        story.say(line(id, title, counted));
        agreement += &format!(
            "{id},{},{},{consensus:.4}\n",
            by_age.published().len(),
            by_age.in_favour().count()
        );
        consensuses.push((consensus, *id));
        table += &row((id, title), counted);
        for (at, feature) in GROUPS.iter().enumerate() {
            for line in strata(cast, at)?.published() {
                let [yes, no, neither] = line.votes.map(shown);
                let total = shown(line.total);
                groups += &format!(
                    "{id},{feature},{},{total},{yes},{no},{neither}\n",
                    line.name
                );
            }
        }
        minorities += &minority((id, title), counted);
        decided.push(((*id).to_owned(), recorded(counted)));
    }
    consensuses.sort_by(|one, other| other.0.total_cmp(&one.0));
    let order: Vec<&str> = consensuses.into_iter().map(|(_, id)| id).collect();
    story.say(format!(
        "From most to least agreed on across the age groups (group-informed consensus): {}.",
        order.join(", ")
    ));
    kept(story, [table, groups, agreement, minorities]);
    Ok(decided)
}

fn kept(story: &mut Story, [table, groups, agreement, minorities]: [String; 4]) {
    story.keep(
        "votes.csv",
        table,
        "the counts with all denominators; no ballot can be traced to a member",
    );
    story.keep(
        "votes-by-group.csv",
        groups,
        "the same by age and sex; numbers that could tell how somebody voted are held back",
    );
    story.keep(
        "agreement.csv",
        agreement,
        "agreement across age groups in numbers: small groups could be worked out from them; never publish",
    );
    story.keep(
        "saerudtalelser.md",
        format!("# Særudtalelser\n\nEksempel på fiktive data.\n{minorities}"),
        "the statements of those who lost, in Danish",
    );
}

/// Votes by the groups on the papers.
fn strata(papers: &[Paper], feature: usize) -> Result<Strata, Error> {
    let mut groups: BTreeMap<&str, Vec<Vote>> = BTreeMap::new();
    for paper in papers {
        groups
            .entry(&paper.groups[feature])
            .or_default()
            .push(paper.vote);
    }
    Strata::new(groups.into_iter().map(|(name, votes)| (name, tally(votes))))
}

fn share(counted: &Counted, of: Denominator) -> String {
    counted
        .share(of)
        .map_or(String::new(), |share| percent(share, 1))
}

fn neither(counted: &Counted) -> u64 {
    counted.turnout.of(Denominator::Cast) - counted.support - counted.opposition
}

fn word(counted: &Counted) -> &'static str {
    match counted.decision {
        Decision::Adopted => "adopted",
        Decision::Rejected => "not adopted",
        Decision::Tied => "tied",
        Decision::NoQuorum => "no quorum",
        Decision::NoVotes => "no votes",
    }
}

fn line(id: &str, title: &str, counted: &Counted) -> String {
    let report = match counted.minority {
        Minority::None => String::new(),
        Minority::Supporters(n) => format!(" The {n} for it add a statement."),
        Minority::Opponents(n) => format!(" The {n} against it add a statement."),
    };
    format!(
        "{id}  {title}: {} for, {} against, {} neither; {} % of the {} present: {}.{report}",
        counted.support,
        counted.opposition,
        neither(counted),
        share(counted, Denominator::Present),
        counted.turnout.of(Denominator::Present),
        word(counted),
    )
}

fn row((id, title): (&str, &str), counted: &Counted) -> String {
    let [eligible, present, cast, expressed] = Denominator::ALL.map(|of| counted.turnout.of(of));
    let minority = match counted.minority {
        Minority::None => "",
        Minority::Supporters(_) => "supporters",
        Minority::Opponents(_) => "opponents",
    };
    let shares = [Denominator::Present, Denominator::Expressed].map(|of| share(counted, of));
    format!(
        "{id},{title},{},{eligible},{present},{cast},{expressed},{},{},{},{},{},{},{minority}\n",
        danish(title),
        counted.support,
        counted.opposition,
        neither(counted),
        shares[0],
        shares[1],
        word(counted),
    )
}

/// What those write who lost; made up.
fn minority((id, title): (&str, &str), counted: &Counted) -> String {
    let (side, n) = match counted.minority {
        Minority::None => return String::new(),
        Minority::Supporters(n) => ("for", n),
        Minority::Opponents(n) => ("imod", n),
    };
    let why = match id {
        "5" => {
            "Med så mange stop bliver busserne langsomme. Vi vil hellere have færre stop og flere afgange."
        }
        "6" => "Uden en pris på at køre ind når byen ikke målet. Et forsøg i ét år havde vist det.",
        _ => "Vi støtter målet, men vejer fordele og ulemper anderledes end de andre.",
    };
    format!(
        "\n## {id}. {}\n\n{n} medlemmer stemte {side} og skriver:\n\n> {why}\n",
        danish(title)
    )
}

/// As it stands in the record of the process.
fn recorded(counted: &Counted) -> process::Vote {
    let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    process::Vote {
        in_favour: small(counted.support),
        against: small(counted.opposition),
        neither: small(neither(counted)),
        decision: Some(match counted.decision {
            Decision::Adopted => process::Decision::Adopted,
            _ => process::Decision::NotAdopted,
        }),
        ..process::Vote::default()
    }
}
