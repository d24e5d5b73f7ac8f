//! A round of a drand network.

use std::fmt;

use super::fields::{Fields, Named, bytes, integer, is_hex, text};
use super::refused;
use super::value::{Value, number};
use crate::audit::canonical::LARGEST;
use crate::error::Result;
use crate::lottery::digest::Digest;

/// The one scheme that is known here: unchained, signatures in G1, hashed to the curve by RFC 9380.
const SCHEME: &str = "bls-unchained-g1-rfc9380";

/// A drand network: what stands in its `info`, the public key included, so that a round can be checked when the network is long gone.
/// The chain hash binds all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrandChain {
    beacon: Option<String>,
    chain: String,
    genesis: u64,
    group: String,
    period: u64,
    public_key: String,
}

impl DrandChain {
    /// The network *quicknet* of the League of Entropy: a round every 3 seconds since 23 August 2023.
    #[must_use]
    pub fn quicknet() -> Self {
        let public_key = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";
        Self {
            beacon: Some("quicknet".into()),
            chain: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971".into(),
            genesis: 1_692_803_367,
            group: "f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e".into(),
            period: 3,
            public_key: public_key.into(),
        }
    }

    /// The round with this number, from 1.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-TERMS-FORM`: round 0, or one whose time is beyond 2^53 − 1.
    pub fn round(&self, round: u64) -> Result<DrandRound> {
        let time = round
            .checked_sub(1)
            .and_then(|n| n.checked_mul(self.period));
        let time = time.and_then(|elapsed| elapsed.checked_add(self.genesis));
        let wrong = time.is_none_or(|time| time > LARGEST) || round > LARGEST;
        refused(wrong, format!("round {round}"), "a round from 1")?;
        Ok(DrandRound {
            chain: self.clone(),
            round,
            round_time: time.unwrap_or_default(),
        })
    }

    /// The first round at or after a time, in seconds since 1970-01-01T00:00Z: ⌈(time − genesis) / period⌉ + 1, and 1 before the genesis.
    /// Times beyond 2^53 − 1 count as that.
    ///
    /// ```
    /// use kleroterion::lottery::DrandChain;
    /// let round = DrandChain::quicknet().round_at(1_776_643_200); // 2026-04-20T00:00Z
    /// assert_eq!((round.number(), round.time()), (27_946_612, 1_776_643_200));
    /// ```
    #[must_use]
    pub fn round_at(&self, time: u64) -> DrandRound {
        let elapsed = time.min(LARGEST).saturating_sub(self.genesis);
        let after = elapsed.div_ceil(self.period);
        DrandRound {
            chain: self.clone(),
            round: after + 1,
            round_time: self.genesis + after * self.period,
        }
    }

    /// What the chain hash must be: SHA-256 over period, genesis, public key, group hash and the beacon's name.
    fn hash(&self) -> Digest {
        let period = u32::try_from(self.period).unwrap_or(u32::MAX);
        let mut hashed = period.to_be_bytes().to_vec();
        hashed.extend(self.genesis.to_be_bytes());
        hashed.extend(bytes(&self.public_key));
        hashed.extend(bytes(&self.group));
        hashed.extend(self.beacon.iter().flat_map(|name| name.bytes()));
        Digest::plain(&hashed)
    }
}

/// One round of a network. The text is `drand `, the number, the randomness and the signature in hexadecimal; the randomness is the SHA-256 of the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrandRound {
    chain: DrandChain,
    pub(super) round: u64,
    round_time: u64,
}

impl DrandRound {
    /// Its number.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.round
    }

    /// Whether the network is one that is known here, [quicknet](DrandChain::quicknet). Of any other the record says what it is called, not who runs it.
    pub(crate) fn is_of_known_network(&self) -> bool {
        self.chain == DrandChain::quicknet()
    }

    pub(crate) fn chain_hash(&self) -> &str {
        &self.chain.chain
    }

    /// When it is published, in seconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn time(&self) -> u64 {
        self.round_time
    }

    /// The text of the round, from its signature as the network gives it.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with `E-TERMS-FORM`: a signature that is not 96 hexadecimal digits.
    pub fn text(&self, signature: &str) -> Result<String> {
        let signature = signature.to_ascii_lowercase();
        let wrong = !is_hex(&signature, 48);
        refused(wrong, format!("{signature:?}"), "96 digits 0-9a-f")?;
        let randomness = Digest::plain(&bytes(&signature));
        Ok(format!("drand {} {randomness} {signature}", self.round))
    }

    pub(super) fn value(&self, text: &str) -> Option<Value> {
        let mut parts = text.strip_prefix("drand ")?.split(' ');
        let (round, randomness, signature) = (parts.next()?, parts.next()?, parts.next()?);
        let fits = parts.next().is_none()
            && number(round) == Some(self.round)
            && is_hex(signature, 48)
            && Digest::plain(&bytes(signature)).to_string() == randomness;
        fits.then(|| Value::Drand {
            randomness: randomness.to_owned(),
            signature: bytes(signature),
        })
    }

    /// What is wrong with its arithmetic.
    pub(super) fn fault(&self) -> Option<(String, String)> {
        let (chain, round) = (&self.chain, self.round);
        let hash = chain.hash().to_string();
        if chain.chain != hash {
            let expected =
                format!("{hash}, which follows from genesis, period, public key and group");
            return Some((format!("drand chain {}", chain.chain), expected));
        }
        let elapsed = u128::from(chain.period) * u128::from(round - 1);
        let time = u128::from(chain.genesis) + elapsed;
        if u128::from(self.round_time) != time {
            let found = format!("drand round {round} at {}", self.round_time);
            return Some((found, format!("its time {time}")));
        }
        None
    }

    pub(super) fn fields(&self) -> Named {
        let chain = &self.chain;
        let mut fields = vec![
            ("chain", text(&chain.chain)),
            ("genesis", integer(chain.genesis)),
            ("group", text(&chain.group)),
            ("period", integer(chain.period)),
            ("public_key", text(&chain.public_key)),
            ("round", integer(self.round)),
            ("round_time", integer(self.round_time)),
            ("scheme", text(SCHEME)),
        ];
        fields.extend(chain.beacon.iter().map(|name| ("beacon", text(name))));
        fields
    }

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let beacon = match fields.has("beacon") {
            true => Some(fields.filled("beacon")?.to_owned()),
            false => None,
        };
        let chain = DrandChain {
            beacon,
            chain: fields.hex("chain", 32)?.to_owned(),
            genesis: fields.time("genesis")?,
            group: fields.hex("group", 32)?.to_owned(),
            period: fields.integer("period", 1..=u32::MAX.into())?,
            public_key: fields.hex("public_key", 96)?.to_owned(),
        };
        let found = Self {
            chain,
            round: fields.integer("round", 1..=LARGEST)?,
            round_time: fields.time("round_time")?,
        };
        (fields.text("scheme")? == SCHEME).then_some(found)
    }
}

impl fmt::Display for DrandRound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let round = self.round;
        write!(
            f,
            "\"drand {round} \", 64 digits 0-9a-f (the SHA-256 of the signature), a space, and the signature of 96 digits 0-9a-f"
        )
    }
}

/// Whether the network signed this round; `None` when this build cannot tell (the feature `drand` is off).
#[cfg(feature = "drand")]
pub(crate) fn signature_holds(round: &DrandRound, signature: &[u8]) -> Option<bool> {
    use drand_verify::{G2PubkeyRfc, Pubkey};
    let key = G2PubkeyRfc::from_variable(&bytes(&round.chain.public_key));
    Some(key.is_ok_and(|key| key.verify(round.round, b"", signature).unwrap_or(false)))
}

/// Whether the network signed this round; `None` when this build cannot tell (the feature `drand` is off).
#[cfg(not(feature = "drand"))]
pub(crate) fn signature_holds(_: &DrandRound, _: &[u8]) -> Option<bool> {
    None
}
