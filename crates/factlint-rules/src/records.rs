//! Records of one size, side by side in bytes that are embedded in the binary or were made at run time.
//!
//! They are used where they lie: nothing of them is read, copied or allocated before it is asked for.

use std::marker::PhantomData;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use crate::deferred::Packed;

/// A list of records.
#[derive(Clone, Debug, PartialEq)]
pub struct Records<T> {
    bytes: Packed,
    of: PhantomData<T>,
}

impl<T> Default for Records<T> {
    fn default() -> Records<T> {
        Records { bytes: Packed::default(), of: PhantomData }
    }
}

impl<T: IntoBytes + Immutable> From<Vec<T>> for Records<T> {
    fn from(records: Vec<T>) -> Records<T> {
        Records { bytes: records.as_bytes().to_vec().into(), of: PhantomData }
    }
}

impl<T: FromBytes + Immutable + KnownLayout + Unaligned> Deref for Records<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        <[T]>::ref_from_bytes(&self.bytes).expect("they were written as such records, which may lie at any byte")
    }
}

impl<T> Serialize for Records<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.bytes.serialize(serializer)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Records<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Records<T>, D::Error> {
        Ok(Records { bytes: Packed::deserialize(deserializer)?, of: PhantomData })
    }
}
