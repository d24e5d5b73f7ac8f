//! Keeping people out of public files: pseudonyms, a refusal of what looks like a CPR number, and how rare profiles are.
//!
//! | question | answered by |
//! |---|---|
//! | what id should somebody have in public? | [`Pseudonyms`]: the same for the same person and purpose, and nobody without the key can make or undo one |
//! | could a file give away a CPR number? | [`Screen`]: refuses every text that [looks like](CprLike) one |
//! | who is easy to recognise by their values? | [`Anonymity`]: how many people share each profile |
//! | how is somebody forgotten? | [`Openings::erase`](crate::pool_commitment::Openings::erase): without salts the commitment to them says nothing |
//!
//! # What this does and does not achieve
//! - **A pseudonym is not anonymity.** Whoever has the key and a list of names can make the pseudonyms again, by trying. Others can do nothing with a
//!   pseudonym alone, but may know somebody by what else stands beside it: a seat on the panel, the group of those with the same values.
//! - **The screen sees one form.** It finds ten digits that begin with a day, written together or as six and four, in ASCII or full-width digits. A number in
//!   words, in an image, with a digit missing, with a year of four digits, or of another country passes. It is a net under the rope: do not put such numbers into
//!   the pool file at all.
//! - **The screen is asked by whoever writes.** A [ceremony](crate::ceremony) asks it before it commits to a pool or a lottery, and receipts and openings of a
//!   panel are not made without one. `to_json` and [`io::Batch`](crate::io::Batch) ask nobody: whoever writes `lottery.json`, `commit.json`, `transcript.json` or
//!   `replacements.json` without a ceremony calls [`Screen::ids`] on the instance before, and [`Screen::json`] on the bytes of each file.
//! - **Rare profiles are counted, not hidden.** Nothing is coarsened or left out. People who are alone with their values can be told by anybody
//!   who knows these values, once values are public; see [`pool_commitment`](crate::pool_commitment) for what is.
//! - **Erasing salts erases what the commitment could confirm**, and nothing else: not the person's id in a published lottery, not their
//!   receipt at home, not a backup, not the pool file, and not what a key still derives.
//!
//! Whether any of this is enough under a law is not for a program to say.

mod anonymity;
mod civil_number;
mod hmac;
mod key;
mod pseudonym;
mod screen;
mod texts;

pub use anonymity::Anonymity;
pub use civil_number::{CheckDigit, CprLike};
pub use key::SecretKey;
pub use pseudonym::Pseudonyms;
pub use screen::Screen;

pub(crate) use hmac::hmac_sha256;
