//! Filling the rectangle: as wide as there are people, as high as there are letters.

use super::Area;

/// Letters of an area in the outcomes `start..end`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) area: usize,
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) letters: u64,
}

/// Ends of runs of outcomes, with the letters that each already has.
type Profile = Vec<(u64, u64)>;

/// The rectangle as far as it is filled.
pub(super) struct Layers<'a> {
    areas: &'a [Area],
    letters: u64,
    width: u64,
    pieces: Vec<Piece>,
    /// Layers still to be filled, the one at hand included.
    left: u64,
    /// Before the layer at hand.
    old: Profile,
    /// The first run of `old` not passed yet.
    run: usize,
    /// The layer at hand and everything below it, as far as it is filled.
    new: Profile,
}

impl<'a> Layers<'a> {
    pub(super) fn new(areas: &'a [Area], letters: u64, most: u32) -> Self {
        let width = areas.iter().map(|a| a.people).sum();
        Self {
            areas,
            letters,
            width,
            pieces: vec![],
            left: u64::from(most),
            old: vec![(width, 0)],
            run: 0,
            new: vec![],
        }
    }

    /// All pieces; `None` when the areas do not fit.
    pub(super) fn fill(mut self) -> Option<Vec<Piece>> {
        let mut order: Vec<usize> = (0..self.areas.len()).collect();
        // Names are in order already, and the sort keeps it.
        order.sort_by_key(|&at| self.areas[at].people);
        let mut rest = self.width;
        let mut offset = 0;
        while let Some(&at) = order.last() {
            let people = self.areas[at].people;
            if self.left == 0 || u128::from(people) * u128::from(self.left) < u128::from(rest) {
                break;
            }
            offset = self.certain(at, offset);
            rest -= people;
            self.left -= 1;
            order.pop();
        }
        for at in order {
            self.place(at)?;
        }
        Some(self.pieces)
    }

    /// Gives a whole layer to an area: its part of the letters, rounded up in the outcomes from `offset` on and down in the others.
    fn certain(&mut self, area: usize, offset: u64) -> u64 {
        let mass = u128::from(self.letters) * u128::from(self.areas[area].people);
        let low = (mass / u128::from(self.width)) as u64;
        let ups = (mass % u128::from(self.width)) as u64;
        let end = offset + ups;
        let mut runs = vec![(offset, end.min(self.width), low + 1)];
        if end > self.width {
            let wrapped = end - self.width;
            runs.extend([(0, wrapped, low + 1), (wrapped, offset, low)]);
        } else {
            runs.extend([(0, offset, low), (end, self.width, low)]);
        }
        runs.retain(|&(start, end, letters)| start < end && letters > 0);
        for (start, end, letters) in runs {
            self.old = raised(&self.old, (start, end, letters));
            self.pieces.push(Piece {
                area,
                start,
                end,
                letters,
            });
        }
        end % self.width
    }

    /// Fills in an area from where the last one ended.
    fn place(&mut self, area: usize) -> Option<()> {
        let cap = self.areas[area].cap;
        let first = self.pieces.len();
        let mut mass = u128::from(self.letters) * u128::from(self.areas[area].people);
        while mass > 0 {
            if self.run == self.old.len() {
                self.next_layer()?;
            }
            let (end, load) = self.old[self.run];
            let start = self.new.last().map_or(0, |run| run.0);
            let height = cap.min(self.letters.saturating_sub(load) / self.left);
            if height == 0 {
                self.pass(end, load);
                continue;
            }
            let full = u128::from(end - start).min(mass / u128::from(height)) as u64;
            if full > 0 {
                mass -= u128::from(full) * u128::from(height);
                self.lay(area, (start, start + full), (load, height));
            } else if self.pieces.len() > first && self.heighten(cap, mass as u64) {
                mass = 0;
            } else {
                self.lay(area, (start, start + 1), (load, mass as u64));
                mass = 0;
            }
        }
        self.fits(area, &self.pieces[first..]).then_some(())
    }

    /// Whether an area that came round to its own beginning keeps its cap there.
    fn fits(&self, area: usize, own: &[Piece]) -> bool {
        let slots: u128 = own.iter().map(|p| u128::from(p.end - p.start)).sum();
        let highest = own.iter().map(|p| p.letters).max().unwrap_or(0);
        let rounds = slots.div_ceil(u128::from(self.width));
        rounds <= 1 || rounds * u128::from(highest) <= u128::from(self.areas[area].cap)
    }

    fn next_layer(&mut self) -> Option<()> {
        if self.left <= 1 {
            return None;
        }
        self.left -= 1;
        self.old = std::mem::take(&mut self.new);
        self.run = 0;
        Some(())
    }

    fn lay(&mut self, area: usize, (start, end): (u64, u64), (load, letters): (u64, u64)) {
        self.pieces.push(Piece {
            area,
            start,
            end,
            letters,
        });
        self.pass(end, load + letters);
    }

    /// Moves on to `end`, up to which outcomes now have this load.
    fn pass(&mut self, end: u64, load: u64) {
        self.new.push((end, load));
        if self.old[self.run].0 == end {
            self.run += 1;
        }
    }

    /// Spreads letters over the outcomes of the latest piece, the last ones first, if its area may send them.
    fn heighten(&mut self, cap: u64, more: u64) -> bool {
        let Some(last) = self.pieces.last().cloned() else {
            return false;
        };
        let length = last.end - last.start;
        let (each, over) = (more / length, more % length);
        if last.letters + each + u64::from(over > 0) > cap {
            return false;
        }
        self.pieces.pop();
        let middle = last.end - over;
        for (start, end, added) in [(last.start, middle, each), (middle, last.end, each + 1)] {
            if start == end {
                continue;
            }
            self.pieces.push(Piece {
                start,
                end,
                letters: last.letters + added,
                ..last
            });
            if added > 0 {
                self.raise(start, end, added);
            }
        }
        true
    }

    /// Notes more letters of outcomes of the layer at hand, or of the layer before where this one has not come to them.
    fn raise(&mut self, start: u64, end: u64, letters: u64) {
        let passed = self.new.last().map_or(0, |run| run.0);
        if start < passed {
            self.new = raised(&self.new, (start, end, letters));
        }
        if passed < end {
            self.old = raised(&self.old, (start.max(passed), end, letters));
            self.run = self.old.partition_point(|run| run.0 <= passed);
        }
    }
}

/// The profile with more letters in `start..end`.
fn raised(profile: &Profile, (start, end, letters): (u64, u64, u64)) -> Profile {
    let mut result = Profile::with_capacity(profile.len() + 2);
    let mut from = 0;
    for &(to, load) in profile {
        for (a, b, more) in [
            (from, to.min(start), 0),
            (from.max(start), to.min(end), letters),
            (from.max(end), to, 0),
        ] {
            if a < b {
                result.push((b, load + more));
            }
        }
        from = to;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::super::{Area, Areas};

    /// Every promise, over all outcomes.
    fn holds(sizes: &[(u64, u64)], letters: u64, most: u32) -> Option<u64> {
        let areas: Vec<Area> = (0..)
            .zip(sizes)
            .map(|(n, &(people, cap))| Area::new(&format!("area {n:03}"), people).cap(cap))
            .collect();
        let laid = Areas::new(areas, letters, most).ok()?;
        let (mut sums, mut times) = (vec![0; sizes.len()], vec![0; sizes.len()]);
        let mut differ = 0;
        for outcome in 0..laid.outcomes() {
            let drawn = laid.outcome(outcome);
            assert!(drawn.len() <= most as usize, "{sizes:?}");
            differ += u64::from(drawn.iter().map(|d| d.1).sum::<u64>() != letters);
            for (name, count) in drawn {
                let at: usize = name[5..].parse().unwrap();
                assert!(count <= sizes[at].1.min(sizes[at].0), "{sizes:?}");
                sums[at] += count;
                times[at] += 1;
            }
        }
        for (at, (_, chance)) in laid.chances().into_iter().enumerate() {
            assert_eq!(sums[at], letters * sizes[at].0, "{sizes:?} area {at}");
            assert_eq!(chance.numerator, times[at], "{sizes:?} area {at}");
        }
        assert_eq!(laid.letters_differ(), differ, "{sizes:?}");
        Some(differ)
    }

    #[test]
    fn the_papers_example() {
        let sizes = [
            (10, 5),
            (10, 5),
            (40, 20),
            (40, 20),
            (40, 20),
            (50, 25),
            (70, 35),
            (100, 50),
        ];
        // Σ πᵢ·l/uᵢ = 8/3: three areas are the fewest, and the paper uses four.
        assert_eq!(holds(&sizes, 60, 4), Some(0));
        assert!(holds(&sizes, 60, 2).is_none());
    }

    #[test]
    fn every_promise_holds_on_many_small_countries() {
        let mut state = 1_u64;
        let mut random = move |n: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % n
        };
        let (mut laid, mut differ, mut outcomes) = (0, 0, 0);
        for _ in 0..400 {
            let count = 1 + random(12);
            let mut sizes = Vec::new();
            for _ in 0..count {
                let people = 1 + random(90) * (1 + random(6));
                sizes.push((people, people.div_ceil(1 + random(3))));
            }
            let people: u64 = sizes.iter().map(|s| s.0).sum();
            let letters = 1 + random(people / 3 + 1).min(people - 1);
            if let Some(more) = holds(&sizes, letters, 1 + random(letters.min(9)) as u32) {
                laid += 1;
                differ += more;
                outcomes += people;
            }
        }
        assert!(laid >= 100, "only {laid} could be laid out");
        assert!(differ * 10 < outcomes, "{differ} of {outcomes} outcomes");
    }

    #[test]
    fn where_no_cap_binds_there_is_always_a_layout() {
        for most in 1..=6 {
            for letters in [6, 7, 13, 40] {
                let sizes = [41, 41, 43, 58, 63, 121, 134, 255].map(|people| (people, people));
                assert!(holds(&sizes, letters, most).is_some(), "{letters} {most}");
            }
        }
    }

    /// A village of three cannot send seven letters, so one area is never enough.
    #[test]
    fn areas_that_do_not_fit_are_refused() {
        assert_eq!(holds(&[(3, 3), (100, 100)], 7, 1), None);
        assert!(holds(&[(3, 3), (100, 100)], 7, 2).is_some());
    }
}
