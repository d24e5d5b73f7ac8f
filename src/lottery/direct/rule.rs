//! The names of direct draws.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::list::ListMethod;
use crate::error::{ErrorKind, Problem, Result};
use crate::instance::Instance;
use crate::pool::key;

/// How a panel is drawn without an explicit lottery: the panels and their chances are never written down, so nothing
/// can be certified. Names are those of `--rule` and of the record:
///
/// ```
/// use kleroterion::lottery::DirectRule;
/// assert_eq!("legacy".parse(), Ok(DirectRule::Legacy));
/// let rule: DirectRule = "stratified:age+sex".parse()?;
/// assert_eq!(rule, DirectRule::Stratified(vec!["age".into(), "sex".into()]));
/// assert_eq!(rule.to_string(), "stratified:age+sex");
/// assert!("stratified:".parse::<DirectRule>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum DirectRule {
    /// No quotas: as many households (or people outside any) as there are seats, all equally likely, and of each
    /// household one person, all equally likely. A chance is exactly k/(U·h): k seats, U households and people outside
    /// any, h people in one's own household. Where m of a household may sit, it counts m times and sends up to m: k·m/(U·h). Without shared households every panel of k people is equally likely.
    Random,
    /// Proportional over the joint cells of these features, no quotas: a cell with c of the n people gets the floor or
    /// the ceiling of k·c/n seats, on average exactly k·c/n, and gives them to its people at random. Everybody's chance
    /// is exactly k/n (Benadè, Gölz and Procaccia, EC 2019).
    Stratified(Vec<String>),
    /// The field's original greedy rule with restarts: again and again a random person with the value of highest
    /// (min − selected)/remaining, the value listed first among equals. It alone depends on the order of the quotas'
    /// file. Nobody's chance is known, and it may be far below what is possible (Flanigan et al., Nature 2021).
    ///
    /// DIFFERENCE: people are counted in order of ids, not in file order, and ratios are compared as fractions. As the
    /// person is drawn uniformly, no chance changes by that.
    Legacy,
    /// The panel whose intersections of features are most even, among those that meet the quotas. A search, with the
    /// evenness reached and a bound no panel can pass reported. Nobody's chance is known.
    Diversimax,
    /// A published method on the list of people in order of ids, no quotas: `rfc3797`, `rivest` or `consistent`. Everybody has the same chance as far as
    /// the sources are random; the commitment does not enter, and no two people may share a household.
    List(ListMethod),
}

const KNOWN: &str =
    "random, stratified:FEATURE[+FEATURE], legacy, diversimax, rfc3797, rivest, consistent";

impl FromStr for DirectRule {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text {
            "random" => return Ok(Self::Random),
            "legacy" => return Ok(Self::Legacy),
            "diversimax" => return Ok(Self::Diversimax),
            _ => {}
        }
        if let Some(method) = ListMethod::ALL.iter().find(|m| m.name() == text) {
            return Ok(Self::List(*method));
        }
        let unknown = || format!("{text:?} is no direct draw; known: {KNOWN}");
        let names = text.strip_prefix("stratified:").ok_or_else(unknown)?;
        let features: Vec<String> = names.split('+').map(str::to_owned).collect();
        if features.iter().any(|name| key::is_blank(name)) {
            return Err(format!(
                "{text:?} names no feature: write stratified:FEATURE or stratified:FEATURE+FEATURE"
            ));
        }
        Ok(Self::Stratified(features))
    }
}

impl fmt::Display for DirectRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Random => f.write_str("random"),
            Self::Stratified(features) => write!(f, "stratified:{}", features.join("+")),
            Self::Legacy => f.write_str("legacy"),
            Self::Diversimax => f.write_str("diversimax"),
            Self::List(method) => f.write_str(method.name()),
        }
    }
}

impl From<DirectRule> for String {
    fn from(rule: DirectRule) -> Self {
        rule.to_string()
    }
}

impl TryFrom<String> for DirectRule {
    type Error = String;
    fn try_from(text: String) -> std::result::Result<Self, String> {
        text.parse()
    }
}

impl DirectRule {
    /// The rule in the instance's own words: features in canonical order and spelling, each once.
    pub(super) fn canonical(&self, instance: &Instance) -> Result<Self> {
        let shared = (0..instance.len() as u32).any(|person| instance.household(person).is_some());
        if let (Self::List(_), true) = (self, shared) {
            let found = "a pool in which people share households";
            let expected = "no household rule: the method asks for none";
            let problem = Problem::new("E-LIST-HOUSEHOLD", found, expected);
            return Err(ErrorKind::Input(vec![problem]).into());
        }
        let Self::Stratified(names) = self else {
            return Ok(self.clone());
        };
        let mut problems = Vec::new();
        let mut features = Vec::new();
        for name in names {
            match feature(name, instance) {
                Some(feature) if !instance.features()[feature].contains('+') => {
                    features.push(feature);
                }
                found => problems.push(unknown(name, found.is_some(), instance)),
            }
        }
        if names.is_empty() {
            problems.push(unknown("", false, instance));
        }
        if shared {
            problems.push(Problem::new(
                "E-STRATA-HOUSEHOLD",
                "a pool in which people share households",
                "no household rule: with at most one person per household the chances would not be k/n",
            ));
        }
        if !problems.is_empty() {
            return Err(ErrorKind::Input(problems).into());
        }
        features.sort_unstable();
        features.dedup();
        let spelled = features.iter().map(|&f| instance.features()[f].clone());
        Ok(Self::Stratified(spelled.collect()))
    }
}

/// The canonical index of a feature.
pub(super) fn feature(name: &str, instance: &Instance) -> Option<usize> {
    let folded = key::fold(name);
    instance.folded_features().iter().position(|f| *f == folded)
}

fn unknown(name: &str, plus: bool, instance: &Instance) -> Problem {
    let found = if plus {
        format!("{name:?}, whose name holds the sign that joins features")
    } else {
        format!("{name:?}")
    };
    let known: Vec<&str> = instance.features().iter().map(String::as_str).collect();
    let expected = format!("a feature of the quotas: {}", known.join(", "));
    Problem::new("E-STRATA-FEATURE", found, expected)
}
