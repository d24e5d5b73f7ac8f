//! The stream of random words, and the two things a draw does with it.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::seed::Seed;

/// ChaCha20 (RFC 8439's block function, nonce 0, 64-bit counter from 0), read as little-endian 64-bit words.
///
/// The whole of the sampling is in this file: ranges and shuffles of general libraries may change from one version to
/// the next, and a public draw must replay for ever.
#[derive(Debug, Clone)]
pub struct Stream {
    words: ChaCha20Rng,
    taken: u64,
}

impl Stream {
    /// The stream of a seed for one purpose. Streams of different purposes are independent.
    #[must_use]
    pub fn new(seed: &Seed, purpose: &str) -> Self {
        Self::from_key(seed.key(purpose))
    }

    /// The stream with this ChaCha20 key, for test vectors; a draw uses [`new`](Self::new).
    #[must_use]
    pub fn from_key(key: [u8; 32]) -> Self {
        Self {
            words: ChaCha20Rng::from_seed(key),
            taken: 0,
        }
    }

    /// The next word.
    pub fn word(&mut self) -> u64 {
        self.taken += 1;
        self.words.next_u64()
    }

    /// Words taken so far.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// A uniform number below `n`: the top bits of a word, as many as `n − 1` has, again until they are below `n`.
    /// For `n ≤ 1` it is 0 and takes no word. Fewer than two words on average.
    ///
    /// ```
    /// use kleroterion::lottery::Stream;
    /// let mut stream = Stream::from_key([0; 32]);
    /// assert!(stream.below(6) < 6);
    /// assert_eq!((stream.below(1), stream.taken()), (0, 1));
    /// ```
    pub fn below(&mut self, n: u64) -> u64 {
        if n <= 1 {
            return 0;
        }
        let unused = (n - 1).leading_zeros();
        loop {
            let value = self.word() >> unused;
            if value < n {
                return value;
            }
        }
    }

    /// Every order equally likely: for `i` from the last position down to 1, swaps `i` with `below(i + 1)`. O(length).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.below(i as u64 + 1) as usize;
            items.swap(i, j);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Stream;

    #[test]
    fn below_takes_the_words_it_needs() {
        let mut stream = Stream::from_key([7; 32]);
        let first = stream.clone().word();
        assert_eq!(stream.below(u64::MAX), first);
        assert_eq!(
            (stream.below(0), stream.below(1), stream.taken()),
            (0, 0, 1)
        );
    }

    #[test]
    fn below_is_uniform() {
        // 60 000 throws of a die: chi-square with 5 degrees of freedom is above 30 once in 68 000 runs.
        let mut stream = Stream::from_key([1; 32]);
        let mut seen = [0_i64; 6];
        (0..60_000).for_each(|_| seen[stream.below(6) as usize] += 1);
        let chi: i64 = seen.iter().map(|s| (s - 10_000).pow(2)).sum::<i64>() / 10_000;
        assert!(chi < 30, "{seen:?}");
    }
}
