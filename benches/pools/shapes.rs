//! The shapes of pool that are measured. Shares and propensities are plausible figures, not statistics.

/// A pool to make: so many people for so many seats, who differ in the first so many of [`FEATURES`].
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) people: usize,
    pub(crate) seats: u32,
    pub(crate) features: usize,
    pub(crate) quotas: Asked,
}

/// What the quotas ask for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Every share of the city, rounded down and up.
    Shares,
    /// Exactly what one panel has that was planted among the volunteers.
    Planted,
}

const fn shape(name: &'static str, size: (usize, u32), features: usize) -> Shape {
    Shape {
        name,
        people: size.0,
        seats: size.1,
        features,
        quotas: Asked::Shares,
    }
}

/// Named after people/seats. Ten have the sizes and numbers of features of the published tables (Nature 2021).
pub(crate) const SHAPES: [Shape; 14] = [
    shape("70/24", (70, 24), 5),
    shape("161/44", (161, 44), 7),
    shape("239/30", (239, 30), 7),
    shape("250/20", (250, 20), 6),
    shape("312/35", (312, 35), 6),
    shape("342/170", (342, 170), 5),
    shape("404/40", (404, 40), 6),
    shape("825/75", (825, 75), 4),
    shape("321/30", (321, 30), 8),
    Shape {
        quotas: Asked::Planted,
        ..shape("360/30 exact", (360, 30), 7)
    },
    shape("1727/110", (1727, 110), 7),
    shape("5000/150", (5000, 150), 6),
    shape("20000/200", (20_000, 200), 6),
    shape("100000/1000", (100_000, 1000), 7),
];

/// A feature: how strongly the two hidden factors push it (per mille), and its values in ascending order of the push.
pub(crate) struct Feature {
    pub(crate) name: &'static str,
    pub(crate) loads: [i64; 2],
    pub(crate) values: &'static [Value],
}

/// A value, its share of the city (per mille) and how willing its people are to volunteer (percent of the keenest).
pub(crate) struct Value(pub(crate) &'static str, pub(crate) u64, pub(crate) u64);

/// The hidden factors are roughly means and stage of life.
pub(crate) const FEATURES: [Feature; 8] = [
    Feature {
        name: "sex",
        loads: [30, 70],
        values: &[Value("Female", 508, 100), Value("Male", 492, 81)],
    },
    Feature {
        name: "age",
        loads: [90, 810],
        values: &[
            Value("under 30", 214, 40),
            Value("30-44", 247, 64),
            Value("45-59", 243, 84),
            Value("60-74", 196, 100),
            Value("75 and over", 100, 58),
        ],
    },
    Feature {
        name: "schooling",
        loads: [720, -240],
        values: &[
            Value("Primary", 192, 26),
            Value("Secondary", 306, 42),
            Value("Trade", 221, 62),
            Value("University", 281, 100),
        ],
    },
    Feature {
        name: "origin",
        loads: [260, 210],
        values: &[
            Value("Born abroad", 127, 52),
            Value("Parents born abroad", 91, 66),
            Value("Born here", 782, 100),
        ],
    },
    Feature {
        name: "district",
        loads: [330, 130],
        values: &[
            Value("Harbour", 142, 70),
            Value("Mills", 118, 56),
            Value("Old Town", 96, 100),
            Value("Northgate", 171, 66),
            Value("Meadows", 153, 80),
            Value("Hillside", 133, 86),
            Value("Lakes", 106, 94),
            Value("Villages", 81, 74),
        ],
    },
    Feature {
        name: "dwelling",
        loads: [540, 320],
        values: &[Value("Rented", 417, 64), Value("Owned", 583, 100)],
    },
    Feature {
        name: "concern",
        loads: [280, -190],
        values: &[
            Value("None", 61, 22),
            Value("Little", 138, 32),
            Value("Some", 379, 58),
            Value("Great", 422, 100),
        ],
    },
    Feature {
        name: "voting",
        loads: [310, 380],
        values: &[
            Value("Never", 183, 34),
            Value("At times", 279, 62),
            Value("Always", 538, 100),
        ],
    },
];
