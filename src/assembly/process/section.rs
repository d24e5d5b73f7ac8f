//! How the sections of a case sheet are declared.

/// True for what a sheet leaves out: nothing was recorded.
pub(super) fn unset<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A section of the sheet: every field may be missing in a file, a field that says nothing is not written, and an
/// unknown field is an error.
macro_rules! section {
    ($(#[$about:meta])* $name:ident { $($(#[$field_about:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$field_about])*
                #[serde(skip_serializing_if = "crate::assembly::process::section::unset")]
                pub $field: $kind,
            )*
        }
    };
}

/// A choice of the sheet, written in lower case with hyphens.
macro_rules! choice {
    ($(#[$about:meta])* $name:ident { $($(#[$variant_about:meta])* $variant:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum $name { $($(#[$variant_about])* $variant,)* }
    };
}

pub(super) use {choice, section};
