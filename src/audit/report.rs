//! What an audit found.

use std::fmt::{self, Write as _};

use serde::Serialize;

/// One thing that a transcript claims, in the order in which they are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Claim {
    /// The formats are known.
    Version,
    /// The transcript's own digest.
    Digest,
    /// The commitment is the digest of what was committed.
    Commitment,
    /// The committed pool is this pool.
    Pool,
    /// The committed root of the pool's tree is that of the openings, or of what leads to it.
    PoolRoot,
    /// The committed panel size is this one.
    Size,
    /// The committed quotas are these.
    Quotas,
    /// The committed columns are those that were read.
    Columns,
    /// The lottery is the committed one.
    LotteryDigest,
    /// The certificate is the committed one.
    CertificateDigest,
    /// Every group holds exactly people who are interchangeable.
    Groups,
    /// Every panel that can be drawn has the right size, meets the quotas and the household rule.
    Panels,
    /// Compositions or panels are in canonical order, none twice.
    Arrangement,
    /// The weights are positive and sum to the denominator.
    Weights,
    /// Everybody's chance, recomputed.
    Chances,
    /// Certificate and commitment name one known rule.
    Rule,
    /// How far a panel list's chances are from the certified ones.
    Rounding,
    /// Exactly the people named in the certificate are in no panel.
    Exclusions,
    /// How near the optimum of its number the rule's lottery is.
    Objective,
    /// No lottery gives everybody a higher chance.
    LowestChance,
    /// The same for everybody above the lowest chance, level by level.
    LaterLevels,
    /// All panels are counted, and the weights follow from the count.
    Counting,
    /// As many sources as were announced.
    Announcements,
    /// What was declared about the sources leaves nobody a choice.
    SourceTerms,
    /// The beacon signed its rounds.
    Signatures,
    /// A committed fallback stood in for a source.
    Fallback,
    /// The seed follows from commitment and sources.
    Seed,
    /// The ticket follows from the seed.
    Ticket,
    /// The panel follows from the ticket and the seed.
    Panel,
    /// The alternates follow from the seed.
    Alternates,
    /// The commitment came before the sources.
    Order,
    /// No panel can meet the quotas.
    Infeasible,
    /// The number of attempts that a direct draw by LEGACY made.
    Attempts,
    /// How even the intersections of a Diversimax panel are, and how even any could be.
    Evenness,
    /// Whether a direct draw is fair: never checked, it has no certificate.
    Fairness,
    /// A record of replacements names the transcript that is given, and that transcript holds.
    Transcript,
    /// Who took whose seat follows from the draw, the policy and the dropouts.
    Replacements,
    /// The replacements follow the policy that was committed before the draw.
    Policy,
    /// The commitment belongs to the registration before it.
    Registration,
    /// The commitment that this one replaces.
    Predecessor,
    /// What made the lottery: never checked.
    Software,
    /// Fields of people of a committed pool are complete, in order and open.
    Fields,
    /// Fields and path lead to the root of the committed pool.
    Path,
    /// Somebody's place in the tree is the one that the public ids give.
    Place,
    /// People to be met follow from the root of the pool and the sources.
    SpotCheck,
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Version => "format",
            Self::Digest => "transcript digest",
            Self::Commitment => "commitment",
            Self::Pool => "pool",
            Self::PoolRoot => "pool root",
            Self::Size => "panel size",
            Self::Quotas => "quotas",
            Self::Columns => "columns",
            Self::LotteryDigest => "lottery digest",
            Self::CertificateDigest => "certificate digest",
            Self::Groups => "groups",
            Self::Panels => "quotas and households",
            Self::Arrangement => "canonical order",
            Self::Weights => "weights",
            Self::Chances => "chances",
            Self::Rule => "rule",
            Self::Rounding => "rounding",
            Self::Exclusions => "exclusions",
            Self::Objective => "optimum of the rule",
            Self::LowestChance => "lowest chance",
            Self::LaterLevels => "later levels",
            Self::Counting => "all panels",
            Self::Announcements => "announced sources",
            Self::SourceTerms => "terms of the sources",
            Self::Signatures => "beacon signature",
            Self::Fallback => "fallback",
            Self::Seed => "seed",
            Self::Ticket => "ticket",
            Self::Panel => "panel",
            Self::Alternates => "alternates",
            Self::Order => "order of events",
            Self::Infeasible => "no panel exists",
            Self::Attempts => "attempts",
            Self::Evenness => "evenness",
            Self::Fairness => "fairness",
            Self::Transcript => "transcript",
            Self::Replacements => "replacements",
            Self::Policy => "policy",
            Self::Registration => "registration",
            Self::Predecessor => "predecessor",
            Self::Software => "software",
            Self::Fields => "fields",
            Self::Path => "path",
            Self::Place => "place",
            Self::SpotCheck => "spot check",
        })
    }
}

/// What came of checking one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// It holds.
    Checked,
    /// It could not be checked, for this reason; never to be read as "fine".
    NotChecked(String),
    /// It does not hold; the step that failed.
    Rejected(String),
}

/// One claim and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What was claimed.
    pub claim: Claim,
    /// Whether it holds.
    pub verdict: Verdict,
    /// For a claim that holds, what was found; may be empty.
    pub detail: String,
}

/// `checked       weights: 1000 tickets`, always one line: control characters of the record are written as escapes.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, text) = match &self.verdict {
            Verdict::Checked => ("checked", &self.detail),
            Verdict::NotChecked(reason) => ("NOT CHECKED", reason),
            Verdict::Rejected(step) => ("REJECTED", step),
        };
        write!(f, "{word:<13}{}", self.claim)?;
        if !text.is_empty() {
            f.write_str(": ")?;
        }
        text.chars().try_for_each(|c| match moves_the_line(c) {
            true => write!(f, "{}", c.escape_default()),
            false => f.write_char(c),
        })
    }
}

/// Characters of a record that would write over other lines of the report, or turn its letters round.
fn moves_the_line(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Everything that an audit found, one finding per claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Report(Vec<Finding>);

impl Report {
    pub(super) fn new(findings: Vec<Finding>) -> Self {
        Self(findings)
    }

    /// The findings in the order of checking.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.0
    }

    /// The finding about one claim, when the transcript makes it.
    #[must_use]
    pub fn finding(&self, claim: Claim) -> Option<&Finding> {
        self.0.iter().find(|f| f.claim == claim)
    }

    /// Findings that do not hold.
    pub fn rejected(&self) -> impl Iterator<Item = &Finding> {
        self.0
            .iter()
            .filter(|f| matches!(f.verdict, Verdict::Rejected(_)))
    }

    /// Findings that could not be checked.
    pub fn not_checked(&self) -> impl Iterator<Item = &Finding> {
        self.0
            .iter()
            .filter(|f| matches!(f.verdict, Verdict::NotChecked(_)))
    }

    /// This report with what another one found about the same record: of a claim that both have, a rejection stays, and otherwise the other's verdict counts.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for finding in other.0 {
            match self.0.iter_mut().find(|f| f.claim == finding.claim) {
                None => self.0.push(finding),
                Some(own) if matches!(own.verdict, Verdict::Rejected(_)) => {}
                Some(own) => *own = finding,
            }
        }
        self
    }

    /// True when nothing was rejected. What was not checked remains to be judged by a person.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.rejected().next().is_none()
    }
}

/// One line per finding; the counts last.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.0 {
            writeln!(f, "{finding}")?;
        }
        let (rejected, open) = (self.rejected().count(), self.not_checked().count());
        let checked = self.0.len() - rejected - open;
        write!(
            f,
            "{checked} checked, {rejected} rejected, {open} not checked"
        )
    }
}

/// A claim that was not rejected.
pub(super) enum Held {
    /// It holds; what was found.
    Yes(String),
    /// It cannot be checked; why.
    Open(String),
}

impl Held {
    pub(super) fn yes(detail: impl Into<String>) -> Result<Self, String> {
        Ok(Self::Yes(detail.into()))
    }

    pub(super) fn open(reason: impl Into<String>) -> Result<Self, String> {
        Ok(Self::Open(reason.into()))
    }
}

impl Finding {
    pub(super) fn of(claim: Claim, outcome: Result<Held, String>) -> Self {
        let (verdict, detail) = match outcome {
            Ok(Held::Yes(detail)) => (Verdict::Checked, detail),
            Ok(Held::Open(reason)) => (Verdict::NotChecked(reason), String::new()),
            Err(step) => (Verdict::Rejected(step), String::new()),
        };
        Self {
            claim,
            verdict,
            detail,
        }
    }
}
