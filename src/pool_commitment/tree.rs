//! The Merkle tree of RFC 9162, section 2.1, with SHA-256, over entries of 32 bytes.
//!
//! ```
//! use kleroterion::lottery::Digest;
//! use kleroterion::pool_commitment::tree::{follow, paths, root};
//!
//! let entries = [b"a", b"b", b"c"].map(|text| Digest::plain(text));
//! let paths = paths(&entries);
//! assert_eq!((paths[0].len(), paths[2].len()), (2, 1)); // c stands alone in its half
//! assert_eq!(follow(&entries[2], (2, 3), &paths[2]), Some(root(&entries)));
//! assert_ne!(follow(&entries[2], (1, 3), &paths[2]), Some(root(&entries)));
//! ```

use crate::lottery::Digest;

fn leaf(entry: &Digest) -> Digest {
    Digest::plain(&[&[0], &entry.0[..]].concat())
}

fn node(left: &Digest, right: &Digest) -> Digest {
    Digest::plain(&[&[1], &left.0[..], &right.0[..]].concat())
}

/// The largest power of two below n, n > 1.
fn split(n: usize) -> usize {
    n.next_power_of_two() / 2
}

/// The root over the entries; over none it is the SHA-256 of nothing. O(entries).
#[must_use]
pub fn root(entries: &[Digest]) -> Digest {
    match entries {
        [] => Digest::plain(b""),
        [one] => leaf(one),
        _ => {
            let (left, right) = entries.split_at(split(entries.len()));
            node(&root(left), &root(right))
        }
    }
}

/// Every entry's path to the root, lowest neighbour first. O(entries · log entries).
#[must_use]
pub fn paths(entries: &[Digest]) -> Vec<Vec<Digest>> {
    let mut paths = vec![Vec::new(); entries.len()];
    fill(entries, &mut paths);
    paths
}

/// Adds to the paths what leads to the root over these entries, which it returns.
fn fill(entries: &[Digest], paths: &mut [Vec<Digest>]) -> Digest {
    match entries {
        [] => Digest::plain(b""),
        [one] => leaf(one),
        _ => {
            let at = split(entries.len());
            let (left_paths, right_paths) = paths.split_at_mut(at);
            let left = fill(&entries[..at], left_paths);
            let right = fill(&entries[at..], right_paths);
            left_paths.iter_mut().for_each(|path| path.push(right));
            right_paths.iter_mut().for_each(|path| path.push(left));
            node(&left, &right)
        }
    }
}

/// Where a path leads, from the place `index` among `size` entries: RFC 9162, section 2.1.3.2. `None` when no tree of this size has such a path. O(path).
#[must_use]
pub fn follow(entry: &Digest, (index, size): (u64, u64), path: &[Digest]) -> Option<Digest> {
    if index >= size {
        return None;
    }
    let (mut first, mut last) = (index, size - 1);
    let mut hash = leaf(entry);
    for neighbour in path {
        if last == 0 {
            return None;
        }
        if first % 2 == 1 || first == last {
            hash = node(neighbour, &hash);
            while first.is_multiple_of(2) && first != 0 {
                (first, last) = (first / 2, last / 2);
            }
        } else {
            hash = node(&hash, neighbour);
        }
        (first, last) = (first / 2, last / 2);
    }
    (last == 0).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::{follow, paths, root};
    use crate::lottery::Digest;

    fn entries(n: u8) -> Vec<Digest> {
        (0..n).map(|i| Digest::plain(&[i])).collect()
    }

    #[test]
    fn the_root_of_nothing_is_the_digest_of_nothing() {
        let expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(root(&[]).to_string(), expected);
    }

    #[test]
    fn every_path_leads_to_the_root_and_to_no_other_place() {
        for n in 1..=33_u8 {
            let entries = entries(n);
            let (root, paths) = (root(&entries), paths(&entries));
            for (i, path) in paths.iter().enumerate() {
                let size = u64::from(n);
                for index in 0..size + 2 {
                    let leads = follow(&entries[i], (index, size), path) == Some(root);
                    assert_eq!(leads, index == i as u64, "{i} as {index} of {n}");
                }
                for wrong in [
                    &path[..path.len().saturating_sub(1)],
                    &[&path[..], &[root]].concat(),
                ] {
                    let leads = follow(&entries[i], (i as u64, size), wrong) == Some(root);
                    assert_eq!(leads, wrong == path.as_slice(), "{i} of {n}");
                }
            }
        }
    }

    #[test]
    fn a_node_is_never_taken_for_an_entry() {
        let four = entries(4);
        let both = [&[1][..], &[0; 32], &[0; 32]].concat();
        assert_ne!(root(&[Digest::plain(&both)]), root(&four[..2]));
        // The hash of a pair, given out as an entry of a tree of two, leads elsewhere.
        let (left, right) = (root(&four[..2]), root(&four[2..]));
        assert_ne!(follow(&left, (0, 2), &[right]), Some(root(&four)));
    }
}
