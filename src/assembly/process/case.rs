//! The case sheet: what is recorded of one process.

use super::event::Event;
use super::meeting::{Evidence, Meeting};
use super::model::Model;
use super::people::{Membership, Recruitment};
use super::recommendation::{Outcome, Recommendation};
use super::section::{choice, section};
use crate::assembly::Day;

section! {
    /// Everything that is recorded of one process, from the commission to the follow-up.
    ///
    /// Plain data: what is not known is absent, and nothing is filled in. Sections name the [`Source`]s of what they say. New fields may come:
    /// write `..Case::default()`.
    ///
    /// ```
    /// use kleroterion::assembly::process::{Case, Remit};
    /// let case = Case {
    ///     title: "Assembly on the harbour".into(),
    ///     remit: Some(Remit { question: "What should the harbour be used for?".into(), ..Remit::default() }),
    ///     ..Case::default()
    /// };
    /// assert!(case.commitment.is_none(), "nobody has said that anybody will answer");
    /// ```
    Case {
        /// The name of the process.
        title: String,
        /// One or two sentences for somebody who has never heard of it.
        summary: String,
        /// What it is about, in a word or two.
        topic: String,
        /// The kind of process.
        model: Option<Model>,
        /// The day up to which the sheet is complete; what falls due later is not overdue yet.
        as_of: Option<Day>,
        /// Where it took place.
        place: Option<Place>,
        /// The time zone by which its meetings are announced, such as `Europe/Copenhagen`.
        time_zone: String,
        /// The task.
        remit: Option<Remit>,
        /// The promise to answer.
        commitment: Option<Commitment>,
        /// Who commissions, pays and runs it.
        governance: Option<Governance>,
        /// How the members were found.
        recruitment: Option<Recruitment>,
        /// How many members there were, and how many left.
        membership: Option<Membership>,
        /// The meetings in their order.
        meetings: Vec<Meeting>,
        /// What members heard and read.
        evidence: Vec<Evidence>,
        /// The recommendations one by one, where they are recorded so.
        recommendations: Vec<Recommendation>,
        /// The recommendations as reported in numbers, and what became of them.
        outcome: Option<Outcome>,
        /// Who judged the process.
        evaluation: Option<Evaluation>,
        /// What happens to personal data.
        privacy: Option<Privacy>,
        /// What sources disagree about.
        disputed: Vec<Disputed>,
        /// What happened, as it happened.
        events: Vec<Event>,
        /// Where all of this can be read.
        sources: Vec<Source>,
    }
}

choice! {
    /// The level of government that a process advises.
    Level {
        /// A municipality or a part of it.
        Local,
        /// A region or a state of a federation.
        Regional,
        /// A country.
        National,
        /// Several countries.
        International,
    }
}

section! {
    /// Where a process took place.
    Place {
        /// The municipality, region or country.
        name: String,
        /// The country.
        country: String,
        /// The level of government.
        level: Option<Level>,
    }
}

choice! {
    /// Whose words a question stands in.
    Wording {
        /// Word for word as it was set.
        Literal,
        /// A summary in the words of the sheet: what the question was, not how it was put.
        Summary,
    }
}

section! {
    /// The task: the core question that members answer (in Danish *kernespørgsmål*).
    Remit {
        /// The question, or what members were asked to do.
        question: String,
        /// Whether that is word for word.
        wording: Option<Wording>,
        /// The language of the question, such as `da`.
        language: String,
        /// What lies outside it.
        out_of_scope: String,
        /// Who set it.
        set_by: String,
        /// When it was set.
        day: Option<Day>,
        /// Ids of sources.
        sources: Vec<String>,
    }
}

section! {
    /// The promise to answer the recommendations.
    Commitment {
        /// Who promised.
        by: String,
        /// What was promised.
        text: String,
        /// The day on which the promise was public.
        day: Option<Day>,
        /// The day by which the answer was promised.
        answer_by: Option<Day>,
        /// Or the days after the handover within which it was promised.
        answer_within_days: Option<u32>,
        /// Ids of sources.
        sources: Vec<String>,
    }
}

impl Commitment {
    /// The last day of the promised answer, if a day was promised.
    ///
    /// ```
    /// use kleroterion::assembly::process::Commitment;
    /// let promised = Commitment { answer_within_days: Some(90), ..Commitment::default() };
    /// assert_eq!(promised.deadline(Some("2026-06-01".parse()?)), Some("2026-08-30".parse()?));
    /// assert_eq!(promised.deadline(None), None); // nothing was handed over yet
    /// # Ok::<(), kleroterion::Error>(())
    /// ```
    #[must_use]
    pub fn deadline(&self, handed_over: Option<Day>) -> Option<Day> {
        let within = self
            .answer_within_days
            .and_then(|days| i32::try_from(days).ok());
        self.answer_by.or_else(|| Some(handed_over?.plus(within?)))
    }
}

section! {
    /// Who commissions, pays, runs and watches over a process.
    Governance {
        /// The public authority that asks.
        commissioner: String,
        /// Who pays.
        funder: String,
        /// What it cost, with the currency, as published.
        budget: String,
        /// Who runs it from day to day: the secretariat.
        secretariat: String,
        /// Everybody else with a part in it.
        bodies: Vec<Body>,
        /// The day on which it was announced to the public.
        announced: Option<Day>,
        /// Where the design can be read.
        published: String,
        /// Ids of sources.
        sources: Vec<String>,
    }
}

section! {
    /// A body with a part in the process.
    Body {
        /// Its name.
        name: String,
        /// What it does.
        role: String,
    }
}

choice! {
    /// Where an evaluation comes from.
    Evaluator {
        /// Somebody outside the commissioner and those who ran it.
        Independent,
        /// Those who ran or commissioned it.
        Internal,
    }
}

section! {
    /// Who judged the process.
    Evaluation {
        /// Who.
        by: String,
        /// From inside or outside.
        kind: Option<Evaluator>,
        /// The day on which it was published.
        day: Option<Day>,
        /// Where it can be read.
        published: String,
        /// Ids of sources.
        sources: Vec<String>,
    }
}

section! {
    /// What happens to personal data.
    Privacy {
        /// The day by which personal data are erased.
        erase_by: Option<Day>,
        /// The day on which they were.
        erased: Option<Day>,
        /// What is kept.
        kept: String,
        /// Ids of sources.
        sources: Vec<String>,
    }
}

section! {
    /// Something that sources tell differently. The sheet follows one of them and shows the others.
    Disputed {
        /// What it is about.
        what: String,
        /// What is said by whom.
        readings: Vec<Reading>,
    }
}

section! {
    /// What one source says.
    Reading {
        /// What it says.
        value: String,
        /// The id of the source.
        source: String,
    }
}

section! {
    /// A place where a fact can be read.
    Source {
        /// The short name that sections use.
        id: String,
        /// Its title, or what it is.
        title: String,
        /// Its address.
        url: String,
    }
}
