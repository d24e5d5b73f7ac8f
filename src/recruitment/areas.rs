//! Which municipalities send letters, and how many each: everybody's chance is the same, and few of them have work.

mod layers;

use crate::error::{ErrorKind, Problem, Result};
use crate::lottery::{Sources, Stream};
use crate::pool::key;
use crate::ratio::Ratio;

use super::Priorities;
use layers::{Layers, Piece};

/// A municipality or district with a register of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Area {
    /// Its name.
    pub name: String,
    /// People in its register.
    pub people: u64,
    /// Most letters it may send, such as half of its people.
    pub cap: u64,
}

impl Area {
    /// An area that may write to everybody.
    #[must_use]
    pub fn new(name: &str, people: u64) -> Self {
        Self {
            name: key::clean(name),
            people,
            cap: people,
        }
    }

    /// At most so many letters.
    #[must_use]
    pub fn cap(mut self, letters: u64) -> Self {
        self.cap = letters.min(self.people);
        self
    }
}

/// A lottery over areas, in which larger ones are likelier: sampling with probability proportional to size, systematic, with at most so many areas.
///
/// The outcomes are as many as people, N, and each gives whole letters to areas. Over all outcomes an area of nᵢ people gets
/// exactly `letters·nᵢ` letters, so that **everybody's chance of a letter is exactly letters/N**, whatever the caps. The outcomes are
/// built as a rectangle, N wide and `letters` high, which the areas fill in layers from the smallest to the largest: GREEDYEQUAL of Gölz, Maly,
/// Schmidt-Kraepelin, Utke and Verpoort (*City Sampling for Citizens' Assemblies*, AAAI 2026). An area's layer is as high as its
/// cap, or as what is left shared equally by the layers left. One outcome is a vertical line through the rectangle, drawn by lot.
///
/// DIFFERENCE from the paper: the rectangle is a grid, so letters are whole and chances exact; areas so large that they get letters for
/// certain have layers of their own. What is left of an area when its columns are full is spread over them, one letter each, so that in
/// some of the N outcomes more or fewer letters are sent, with caps close to everybody a third more or fewer at worst in our
/// tries: [`letters_differ`](Self::letters_differ) counts these outcomes.
///
/// ```
/// use kleroterion::lottery::Sources;
/// use kleroterion::recruitment::{Area, Areas};
///
/// let areas = vec![Area::new("Village", 100), Area::new("Town", 300), Area::new("City", 600)];
/// let areas = Areas::new(areas, 20, 2)?;
/// let chances: Vec<f64> = areas.chances().iter().map(|(_, chance)| chance.to_f64()).collect();
/// assert_eq!(chances, [1.0, 0.75, 0.25]); // by name: the city for certain; one of the others gets 8 letters
/// let drawn = areas.draw(&Sources::new(["dice 3-5"])?);
/// assert_eq!(drawn.len(), 2);
/// assert_eq!(drawn.iter().map(|(_, letters)| letters).sum::<u64>(), 20);
/// # Ok::<(), kleroterion::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Areas {
    /// By name.
    areas: Vec<Area>,
    letters: u64,
    outcomes: u64,
    pieces: Vec<Piece>,
}

impl Areas {
    /// Lays out the lottery: so many letters from at most `most` areas. The order in which the areas are given has no say.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with every problem: `E-AREA-NONE` without areas, `E-AREA-PEOPLE` for an area of nobody or more than 10^12 people in all,
    /// `E-AREA-TWICE` for a name that stands twice, `E-INVITE-LETTERS` for 0 letters, `E-INVITE-FEW` for more letters than people, `E-AREA-CAP`
    /// for an area whose cap is below its part of the letters, `E-AREA-COUNT` when so few areas cannot send so many letters.
    ///
    /// Cost: O(areas · most) pieces at the worst, each in constant time.
    pub fn new(mut areas: Vec<Area>, letters: u64, most: u32) -> Result<Self> {
        areas.sort_by(|a, b| a.name.cmp(&b.name));
        let mut problems = problems(&areas, letters, most);
        let fail = |problems| Err(ErrorKind::Input(problems).into());
        if !problems.is_empty() {
            return fail(problems);
        }
        match Layers::new(&areas, letters, most).fill() {
            Some(pieces) => Ok(Self {
                outcomes: areas.iter().map(|a| a.people).sum(),
                areas,
                letters,
                pieces,
            }),
            None => {
                let found = format!("at most {most} areas for {letters} letters within their caps");
                problems.push(Problem::new(
                    "E-AREA-COUNT",
                    found,
                    "more areas, or higher caps",
                ));
                fail(problems)
            }
        }
    }

    /// The chance of every area to send letters, by name, exact.
    #[must_use]
    pub fn chances(&self) -> Vec<(&str, Ratio)> {
        let mut slots = vec![0; self.areas.len()];
        for piece in &self.pieces {
            slots[piece.area] += piece.end - piece.start;
        }
        // An area that is in an outcome twice sends both parts; it can only be one that is in every outcome.
        let chance = |slots: u64| Ratio::new(slots.min(self.outcomes), self.outcomes);
        let names = self.areas.iter().map(|a| a.name.as_str());
        names.zip(slots.into_iter().map(chance)).collect()
    }

    /// Everybody's chance of a letter.
    #[must_use]
    pub fn chance_of_a_person(&self) -> Ratio {
        Ratio::new(self.letters, self.outcomes)
    }

    /// Number of outcomes, the people of all areas.
    #[must_use]
    pub fn outcomes(&self) -> u64 {
        self.outcomes
    }

    /// In how many of the outcomes other than `letters` letters are sent.
    #[must_use]
    pub fn letters_differ(&self) -> u64 {
        let mut edges: Vec<(u64, i128)> = Vec::with_capacity(2 * self.pieces.len());
        for piece in &self.pieces {
            edges.push((piece.start, i128::from(piece.letters)));
            edges.push((piece.end, -i128::from(piece.letters)));
        }
        edges.sort_unstable();
        let (mut sum, mut last, mut differ) = (0, 0, 0);
        for (at, change) in edges {
            if sum != i128::from(self.letters) {
                differ += at - last;
            }
            (sum, last) = (sum + change, at);
        }
        differ + (self.outcomes - last)
    }

    /// The letters of each area in one outcome, by name; areas without letters are left out.
    ///
    /// # Panics
    /// Unless `outcome` is below [`outcomes`](Self::outcomes).
    #[must_use]
    pub fn outcome(&self, outcome: u64) -> Vec<(&str, u64)> {
        assert!(outcome < self.outcomes, "outcomes are numbered from 0");
        let mut letters = vec![0; self.areas.len()];
        for piece in &self.pieces {
            if (piece.start..piece.end).contains(&outcome) {
                letters[piece.area] += piece.letters;
            }
        }
        let names = self.areas.iter().map(|a| a.name.as_str());
        names.zip(letters).filter(|(_, n)| *n > 0).collect()
    }

    /// The outcome that the public sources draw: `below(N)` of the stream with the key H(`sortition-invitation/1`, `areas`, source 1, ...).
    #[must_use]
    pub fn draw(&self, sources: &Sources) -> Vec<(&str, u64)> {
        let key = Priorities::new("areas", sources).key();
        self.outcome(Stream::from_key(key.0).below(self.outcomes))
    }
}

/// What is wrong; the areas are sorted by name.
fn problems(areas: &[Area], letters: u64, most: u32) -> Vec<Problem> {
    const MOST: u128 = 1_000_000_000_000;
    let mut problems = Vec::new();
    let mut say = |code: &str, found: String, expected: &str| {
        problems.push(Problem::new(code, found, expected));
    };
    if areas.is_empty() {
        say("E-AREA-NONE", "no area".to_owned(), "at least one");
    }
    if letters == 0 || u128::from(letters) > u128::from(super::Design::MOST) {
        say(
            "E-INVITE-LETTERS",
            letters.to_string(),
            "1 to 1000000000 letters",
        );
    }
    let people: u128 = areas.iter().map(|a| u128::from(a.people)).sum();
    if people > MOST {
        say("E-AREA-PEOPLE", format!("{people} people"), "at most 10^12");
    } else if u128::from(letters) > people {
        let found = format!("{letters} letters for {people} people");
        say("E-INVITE-FEW", found, "at most one letter each");
    }
    if u64::from(most) > letters || most == 0 {
        let found = format!("at most {most} areas for {letters} letters");
        say(
            "E-AREA-COUNT",
            found,
            "at least one area, and a letter for each",
        );
    }
    for (at, area) in areas.iter().enumerate() {
        if area.people == 0 {
            say(
                "E-AREA-PEOPLE",
                format!("nobody in {}", area.name),
                "at least one person",
            );
        }
        let part = (u128::from(letters) * u128::from(area.people)).div_ceil(people.max(1));
        if u128::from(area.cap) < part && area.people > 0 {
            let found = format!("at most {} letters from {}", area.cap, area.name);
            say(
                "E-AREA-CAP",
                found,
                &format!("its part of the letters, {part}"),
            );
        }
        if at > 0 && areas[at - 1].name == area.name {
            say("E-AREA-TWICE", area.name.clone(), "each name once");
        }
    }
    problems
}
