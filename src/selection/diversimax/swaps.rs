//! Local search: one seat moves from a role to another, or two at once.

use crate::instance::Instance;
use crate::lottery::Intersections;
use crate::selection::model::Model;

/// First halves of double moves that are tried.
const FIRST_HALVES: usize = 48;

/// A panel by roles that is being improved. Distances are in 2^-32 of a seat, rounded per intersection: a guide.
pub(super) struct Swaps<'a> {
    roles: Vec<Role<'a>>,
    seats: Vec<u32>,
    /// Per group: people who may still sit.
    room: Vec<i64>,
    /// Per quota: fewest, most, now.
    quotas: Vec<(i64, i64, i64)>,
    /// Per feature: quotas out of bounds, while a double move is half done.
    broken: Vec<u32>,
    grid: Grid<'a>,
    distance: i64,
    looks: u64,
}

struct Role<'a> {
    group: u32,
    profile: &'a [u32],
    cells: Vec<u32>,
    /// Most people of the role on a panel.
    most: u32,
}

/// Seats per cell of every intersection, and what one more or one less costs.
struct Grid<'a> {
    intersections: &'a Intersections,
    scale: Vec<i64>,
    seats: Vec<Vec<u32>>,
    more: Vec<Vec<i64>>,
    less: Vec<Vec<i64>>,
}

/// One seat from a role to another.
#[derive(Clone, Copy)]
struct Swap {
    from: usize,
    to: usize,
    change: i64,
}

impl Swap {
    fn back(self) -> Self {
        Self {
            from: self.to,
            to: self.from,
            change: -self.change,
        }
    }
}

impl Grid<'_> {
    fn part(&self, set: usize, seats: u32) -> i64 {
        self.intersections.part(set, seats.into()) as i64 * self.scale[set]
    }

    fn set(&mut self, set: usize, cell: u32, seats: u32) {
        let at = cell as usize;
        self.seats[set][at] = seats;
        let now = self.part(set, seats);
        self.more[set][at] = self.part(set, seats + 1) - now;
        self.less[set][at] = self.part(set, seats.saturating_sub(1)) - now;
    }

    fn change(&self, from: &[u32], to: &[u32]) -> i64 {
        let mut change = 0;
        for (set, (&a, &b)) in from.iter().zip(to).enumerate() {
            if a != b {
                change += self.less[set][a as usize] + self.more[set][b as usize];
            }
        }
        change
    }
}

impl<'a> Swaps<'a> {
    pub(super) fn new(
        instance: &'a Instance,
        model: &Model,
        intersections: &'a Intersections,
        seats: Vec<u32>,
    ) -> Self {
        let groups = instance.groups();
        let sets = intersections.len();
        let empty = |set| vec![0; intersections.cells(set) as usize];
        let mut swaps = Self {
            roles: model
                .roles
                .iter()
                .map(|&(group, role)| {
                    let found = &groups[group as usize];
                    let profile = &found.profiles()[role as usize];
                    let cells = intersections.cells_of(profile);
                    Role {
                        group,
                        profile,
                        cells,
                        most: found.most_in(role as usize) as u32,
                    }
                })
                .collect(),
            seats,
            room: groups.iter().map(|g| g.most() as i64).collect(),
            quotas: instance
                .quotas()
                .iter()
                .map(|q| (q.min.into(), q.max.into(), 0))
                .collect(),
            broken: vec![0; instance.features().len()],
            grid: Grid {
                intersections,
                scale: (0..sets)
                    .map(|set| (1_i64 << 32) / intersections.cells(set) as i64)
                    .collect(),
                seats: (0..sets).map(empty).collect(),
                more: (0..sets)
                    .map(|set| vec![0; intersections.cells(set) as usize])
                    .collect(),
                less: (0..sets)
                    .map(|set| vec![0; intersections.cells(set) as usize])
                    .collect(),
            },
            distance: 0,
            looks: 0,
        };
        swaps.count();
        swaps
    }

    /// Everything that follows from the seats.
    fn count(&mut self) {
        for (role, &seats) in self.roles.iter().zip(&self.seats) {
            self.room[role.group as usize] -= i64::from(seats);
            for &quota in role.profile {
                self.quotas[quota as usize].2 += i64::from(seats);
            }
            for (set, &cell) in role.cells.iter().enumerate() {
                self.grid.seats[set][cell as usize] += seats;
            }
        }
        for set in 0..self.grid.seats.len() {
            for cell in 0..self.grid.seats[set].len() {
                let seats = self.grid.seats[set][cell];
                self.grid.set(set, cell as u32, seats);
                self.distance += self.grid.part(set, seats);
            }
        }
    }

    /// The distance, and the seats per role.
    pub(super) fn into_best(self) -> (i64, Vec<u32>) {
        (self.distance, self.seats)
    }

    /// The best single move while one helps, else the best double move found, until none helps or so many cells have been
    /// looked at.
    pub(super) fn improve(&mut self, looks: u64) {
        while self.looks < looks {
            match self.best(|swaps, swap| swaps.fits(swap)) {
                Some(swap) if swap.change < 0 => self.make(swap),
                _ if self.double(looks) => {}
                _ => return,
            }
        }
    }

    /// The move of least change among those allowed; the first of equals.
    fn best(&mut self, allowed: impl Fn(&Self, (usize, usize)) -> bool) -> Option<Swap> {
        let mut best: Option<Swap> = None;
        let mut looks = 0;
        for from in (0..self.seats.len()).filter(|&role| self.seats[role] > 0) {
            for to in 0..self.seats.len() {
                looks += 1;
                if !self.has_room((from, to)) || !allowed(self, (from, to)) {
                    continue;
                }
                looks += self.grid.seats.len() as u64;
                let change = self
                    .grid
                    .change(&self.roles[from].cells, &self.roles[to].cells);
                if best.is_none_or(|b| change < b.change) {
                    best = Some(Swap { from, to, change });
                }
            }
        }
        self.looks += looks;
        best
    }

    /// Two moves that help together: the first may leave quotas, the second mends them. True when one was made.
    fn double(&mut self, looks: u64) -> bool {
        for first in self.first_halves() {
            if self.looks >= looks {
                return false;
            }
            self.make(first);
            self.find_broken();
            let second = self.best(|swaps, swap| swaps.fits(swap));
            self.broken.fill(0);
            match second {
                Some(second) if first.change + second.change < 0 => {
                    self.make(second);
                    return true;
                }
                _ => self.make(first.back()),
            }
        }
        false
    }

    /// Moves that break at most one feature's quotas, those of least change first.
    fn first_halves(&mut self) -> Vec<Swap> {
        let mut halves: Vec<Swap> = Vec::new();
        for from in (0..self.seats.len()).filter(|&role| self.seats[role] > 0) {
            for to in 0..self.seats.len() {
                self.looks += 1;
                if !self.has_room((from, to)) || self.would_break((from, to)) > 1 {
                    continue;
                }
                self.looks += self.grid.seats.len() as u64;
                let change = self
                    .grid
                    .change(&self.roles[from].cells, &self.roles[to].cells);
                halves.push(Swap { from, to, change });
            }
        }
        halves.sort_by_key(|half| half.change);
        halves.truncate(FIRST_HALVES);
        halves
    }

    fn has_room(&self, (from, to): (usize, usize)) -> bool {
        let (a, b) = (self.roles[from].group, self.roles[to].group);
        from != to && (a == b || self.room[b as usize] > 0) && self.seats[to] < self.roles[to].most
    }

    /// Would every quota hold after the move, those that are broken now too?
    fn fits(&self, (from, to): (usize, usize)) -> bool {
        let pairs = self.roles[from].profile.iter().zip(self.roles[to].profile);
        pairs.zip(&self.broken).all(|((&a, &b), &broken)| {
            if a == b {
                return broken == 0;
            }
            let ((low, high, now), (low_b, high_b, now_b)) =
                (self.quotas[a as usize], self.quotas[b as usize]);
            let mended = u32::from(now > high) + u32::from(now_b < low_b);
            now > low && now_b < high_b && mended == broken
        })
    }

    /// Features whose quotas the move would leave.
    fn would_break(&self, (from, to): (usize, usize)) -> usize {
        let pairs = self.roles[from].profile.iter().zip(self.roles[to].profile);
        pairs
            .filter(|&(&a, &b)| {
                let ((low, _, now), (_, high, now_b)) =
                    (self.quotas[a as usize], self.quotas[b as usize]);
                a != b && (now <= low || now_b >= high)
            })
            .count()
    }

    fn find_broken(&mut self) {
        self.broken.fill(0);
        let mut seen = vec![false; self.quotas.len()];
        // Every quota of the pool is some role's.
        for role in &self.roles {
            for (broken, &quota) in self.broken.iter_mut().zip(role.profile) {
                let (low, high, now) = self.quotas[quota as usize];
                if !std::mem::replace(&mut seen[quota as usize], true) {
                    *broken += u32::from(now < low || now > high);
                }
            }
        }
    }

    fn make(&mut self, swap: Swap) {
        for (role, step) in [(swap.from, -1_i64), (swap.to, 1)] {
            let found = &self.roles[role];
            self.seats[role] = self.seats[role].saturating_add_signed(step as i32);
            self.room[found.group as usize] -= step;
            for &quota in found.profile {
                self.quotas[quota as usize].2 += step;
            }
            for (set, &cell) in found.cells.iter().enumerate() {
                let seats = self.grid.seats[set][cell as usize].saturating_add_signed(step as i32);
                self.grid.set(set, cell, seats);
            }
        }
        self.distance += swap.change;
    }
}
