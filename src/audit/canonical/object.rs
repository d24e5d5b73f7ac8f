//! Objects: members are written as they come and put in order at the end, which costs nothing when they came in order.

use std::cmp::Ordering;

use serde::ser::{self, Impossible, Serialize};

use super::Refused;
use super::writer::{Writer, write_text};

/// An object whose members are being written.
pub(super) struct Object<'a> {
    out: &'a mut Vec<u8>,
    /// Where the first member starts.
    start: usize,
    /// Key and start of every member; a member ends where the next one's comma stands.
    members: Vec<(String, usize)>,
    closing: &'static [u8],
}

/// The order of RFC 8785: by UTF-16 code units.
fn order(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

impl<'a> Object<'a> {
    pub(super) fn open(out: &'a mut Vec<u8>, closing: &'static [u8]) -> Self {
        out.push(b'{');
        let start = out.len();
        Self {
            out,
            start,
            members: Vec::new(),
            closing,
        }
    }

    fn key(&mut self, key: &str) {
        if !self.members.is_empty() {
            self.out.push(b',');
        }
        self.members.push((key.to_owned(), self.out.len()));
        write_text(self.out, key);
        self.out.push(b':');
    }

    fn close(self) -> Result<(), Refused> {
        if !self
            .members
            .windows(2)
            .all(|w| order(&w[0].0, &w[1].0).is_lt())
        {
            sort(self.out, self.start, &self.members)?;
        }
        self.out.extend_from_slice(self.closing);
        Ok(())
    }
}

fn sort(out: &mut Vec<u8>, start: usize, members: &[(String, usize)]) -> Result<(), Refused> {
    let ends = members
        .iter()
        .skip(1)
        .map(|(_, next)| next - 1)
        .chain([out.len()]);
    let mut spans: Vec<(&str, usize, usize)> = members
        .iter()
        .zip(ends)
        .map(|((key, from), to)| (key.as_str(), *from, to))
        .collect();
    spans.sort_by(|a, b| order(a.0, b.0));
    if let Some(twice) = spans.windows(2).find(|w| w[0].0 == w[1].0) {
        return Err(Refused(
            format!("the key {:?} stands twice", twice[0].0).into(),
        ));
    }
    let mut sorted = Vec::with_capacity(out.len() - start);
    for (_, from, to) in spans {
        if !sorted.is_empty() {
            sorted.push(b',');
        }
        sorted.extend_from_slice(&out[from..to]);
    }
    out.truncate(start);
    out.extend_from_slice(&sorted);
    Ok(())
}

macro_rules! structs {
    ($($kind:ident),*) => {$(
        impl ser::$kind for Object<'_> {
            type Ok = ();
            type Error = Refused;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Refused> {
                self.key(key);
                value.serialize(Writer { out: self.out })
            }

            fn end(self) -> Result<(), Refused> {
                self.close()
            }
        }
    )*};
}

structs!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Object<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        let key = key.serialize(Key)?;
        self.key(&key);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        value.serialize(Writer { out: self.out })
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

/// Takes texts and nothing else.
struct Key;

fn no_text<T>() -> Result<T, Refused> {
    Err(Refused("a key must be a text".into()))
}

macro_rules! refused {
    ($($method:ident($kind:ty)),*) => {$(
        fn $method(self, _: $kind) -> Result<String, Refused> {
            no_text()
        }
    )*};
}

impl ser::Serializer for Key {
    type Ok = String;
    type Error = Refused;
    type SerializeSeq = Impossible<String, Refused>;
    type SerializeTuple = Impossible<String, Refused>;
    type SerializeTupleStruct = Impossible<String, Refused>;
    type SerializeTupleVariant = Impossible<String, Refused>;
    type SerializeMap = Impossible<String, Refused>;
    type SerializeStruct = Impossible<String, Refused>;
    type SerializeStructVariant = Impossible<String, Refused>;

    refused!(
        serialize_bool(bool),
        serialize_i8(i8),
        serialize_i16(i16),
        serialize_i32(i32),
        serialize_i64(i64),
        serialize_u8(u8),
        serialize_u16(u16),
        serialize_u32(u32),
        serialize_u64(u64),
        serialize_f32(f32),
        serialize_f64(f64),
        serialize_bytes(&[u8]),
        serialize_unit_struct(&'static str)
    );

    fn serialize_char(self, key: char) -> Result<String, Refused> {
        Ok(key.into())
    }

    fn serialize_str(self, key: &str) -> Result<String, Refused> {
        Ok(key.to_owned())
    }

    fn serialize_none(self) -> Result<String, Refused> {
        no_text()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, key: &T) -> Result<String, Refused> {
        key.serialize(self)
    }

    fn serialize_unit(self) -> Result<String, Refused> {
        no_text()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<String, Refused> {
        Ok(variant.to_owned())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        key: &T,
    ) -> Result<String, Refused> {
        key.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<String, Refused> {
        no_text()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Refused> {
        no_text()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Refused> {
        no_text()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Refused> {
        no_text()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Refused> {
        no_text()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Refused> {
        no_text()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Refused> {
        no_text()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Refused> {
        no_text()
    }
}
