//! The choices of a sheet in words.

use crate::assembly::process::case::{Evaluator, Level};
use crate::assembly::process::language::Language;
use crate::assembly::process::meeting::Mode;
use crate::assembly::process::model::Model;
use crate::assembly::process::people::{Frame, Selection};
use crate::assembly::process::recommendation::{AnswerKind, Life};
use crate::assembly::process::stages::What;

pub(super) fn model(model: Model, language: Language) -> &'static str {
    let (english, danish) = match model {
        Model::CitizensAssembly => ("citizens' assembly", "borgersamling eller borgerting"),
        Model::CitizensJury => ("citizens' jury or panel", "borgerpanel eller nævningeting"),
        Model::ConsensusConference => ("consensus conference", "konsensuskonference"),
        Model::PlanningCell => ("planning cell", "planlægningscelle"),
        Model::G1000 => ("G1000", "G1000"),
        Model::CitizensCouncil => ("citizens' council", "borgerråd"),
        Model::CitizensDialogue => ("citizens' dialogue", "borgerdialog"),
        Model::DeliberativePoll => ("deliberative poll", "deliberativ høring"),
        Model::WorldWideViews => ("World Wide Views", "World Wide Views"),
        Model::CitizensInitiativeReview => (
            "citizens' initiative review",
            "borgernes gennemgang af et folkeinitiativ",
        ),
        Model::Ostbelgien => ("Ostbelgien model", "Ostbelgien-modellen"),
        Model::CityObservatory => ("city observatory", "byobservatorium"),
    };
    language.choose(english, danish)
}

pub(super) fn level(level: Level, language: Language) -> &'static str {
    let (english, danish) = match level {
        Level::Local => ("local", "kommunalt"),
        Level::Regional => ("regional", "regionalt"),
        Level::National => ("national", "nationalt"),
        Level::International => ("international", "internationalt"),
    };
    language.choose(english, danish)
}

pub(super) fn frame(frame: Frame, language: Language) -> &'static str {
    let (english, danish) = match frame {
        Frame::SampleOfPeople => (
            "a sample of people from a register",
            "en stikprøve af personer fra et register",
        ),
        Frame::SampleOfAddresses => ("a sample of addresses", "en stikprøve af adresser"),
        Frame::OpenToAll => ("everybody", "alle"),
    };
    language.choose(english, danish)
}

pub(super) fn selection(selection: Selection, language: Language) -> &'static str {
    let (english, danish) = match selection {
        Selection::StratifiedLottery => (
            "by lot, mirroring the population",
            "ved stratificeret lodtrækning",
        ),
        Selection::SimpleLottery => ("by lot", "ved lodtrækning"),
        Selection::QuotaRecruitment => (
            "recruited to quotas by an agency",
            "rekrutteret efter kvoter af et bureau",
        ),
        Selection::SelfSelection => ("whoever came", "de, der kom"),
        Selection::Appointment => ("appointed", "udpeget"),
    };
    language.choose(english, danish)
}

pub(super) fn mode(mode: Mode, language: Language) -> &'static str {
    let (english, danish) = match mode {
        Mode::InPerson => ("in person", "fysisk"),
        Mode::Online => ("online", "online"),
        Mode::Mixed => ("in person and online", "fysisk og online"),
    };
    language.choose(english, danish)
}

pub(super) fn evaluator(kind: Evaluator, language: Language) -> &'static str {
    let (english, danish) = match kind {
        Evaluator::Independent => ("independent", "uafhængig"),
        Evaluator::Internal => ("from inside", "intern"),
    };
    language.choose(english, danish)
}

pub(super) fn answer(kind: AnswerKind, language: Language) -> &'static str {
    let (english, danish) = match kind {
        AnswerKind::Accepted => ("accepted", "imødekommet"),
        AnswerKind::Partly => ("partly accepted", "delvist imødekommet"),
        AnswerKind::Rejected => ("rejected", "afvist"),
        AnswerKind::Undecided => ("undecided", "ikke afgjort"),
    };
    language.choose(english, danish)
}

/// The label of a class of answers; one that the regular road gives is translated.
pub(super) fn class(label: &str, language: Language) -> &str {
    const KINDS: [AnswerKind; 4] = [
        AnswerKind::Accepted,
        AnswerKind::Partly,
        AnswerKind::Rejected,
        AnswerKind::Undecided,
    ];
    let known = KINDS
        .into_iter()
        .find(|kind| answer(*kind, Language::English) == label);
    known.map_or(label, |kind| answer(kind, language))
}

pub(super) fn life(life: Life, language: Language) -> &'static str {
    let (english, danish) = match life {
        Life::Draft => ("draft", "udkast"),
        Life::Worded => ("worded", "ordlyd vedtaget"),
        Life::Voted => ("voted on", "stemt om"),
        Life::Answered => ("answered", "besvaret"),
        Life::Underway => ("under way", "undervejs"),
        Life::Closed => ("closed", "afsluttet"),
    };
    language.choose(english, danish)
}

pub(super) fn what(what: What, language: Language) -> &'static str {
    let (english, danish) = match what {
        What::Commissioned => ("commissioned", "bestilt"),
        What::Governed => ("governance settled", "organisering på plads"),
        What::Recruiting => ("recruitment begins", "rekrutteringen begynder"),
        What::Drawn => ("panel drawn", "panelet er udtrukket"),
        What::Seated => ("members confirmed", "medlemmerne har bekræftet"),
        What::Meeting => ("meeting", "møde"),
        What::Worded => ("wording agreed on", "ordlyden er vedtaget"),
        What::Voted => ("vote", "afstemning"),
        What::HandedOver => ("handover", "overrækkelse"),
        What::Answered => ("answer", "svar"),
        What::Closed => ("follow-up over", "opfølgningen er slut"),
        What::NewPhase => ("new phase", "ny fase"),
        What::MeetingAdded => ("added meeting", "ekstra møde"),
        What::MeetingCancelled => ("meeting cancelled", "aflyst møde"),
        What::MovedOnline => ("moved online", "flyttet online"),
        What::Replacement => ("members replaced", "medlemmer udskiftet"),
        What::Evaluated => ("evaluation", "evaluering"),
    };
    language.choose(english, danish)
}
