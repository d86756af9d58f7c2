//! Parts of a pack that are read when they are first asked for.
//!
//! In a pack's bytes such a part is a run of bytes of its own. They stay where they are embedded, and are read when a
//! draft first meets what they are needed for, so that a rule that a text cannot trigger costs next to nothing: to copy
//! them would cost more for the memory that is touched than for the copying.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes of a pack: embedded in the binary, or made at run time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Packed(Cow<'static, [u8]>);

impl From<Vec<u8>> for Packed {
    fn from(bytes: Vec<u8>) -> Packed {
        Packed(Cow::Owned(bytes))
    }
}

impl Deref for Packed {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_bytes::serialize(&**self, serializer)
    }
}

impl<'de: 'static> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Packed, D::Error> {
        let bytes: &'de [u8] = serde_bytes::deserialize(deserializer)?;
        Ok(Packed(Cow::Borrowed(bytes)))
    }
}

/// A value, or the bytes that it is read from when it is first asked for.
pub struct Deferred<T> {
    /// Empty where the value never was bytes.
    bytes: &'static [u8],
    value: OnceLock<T>,
}

impl<T> From<T> for Deferred<T> {
    fn from(value: T) -> Deferred<T> {
        Deferred { bytes: &[], value: OnceLock::from(value) }
    }
}

impl<T: Deserialize<'static>> Deref for Deferred<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| postcard::from_bytes(self.bytes).expect("the bytes were written from such a value"))
    }
}

impl<T: Deserialize<'static>> DerefMut for Deferred<T> {
    fn deref_mut(&mut self) -> &mut T {
        let _: &T = self;
        self.value.get_mut().expect("it was read in the line above")
    }
}

impl<T: Deserialize<'static> + Clone> Clone for Deferred<T> {
    fn clone(&self) -> Deferred<T> {
        match self.value.get() {
            Some(value) => value.clone().into(),
            None => Deferred { bytes: self.bytes, value: OnceLock::new() },
        }
    }
}

impl<T: Deserialize<'static> + PartialEq> PartialEq for Deferred<T> {
    fn eq(&self, other: &Deferred<T>) -> bool {
        **self == **other
    }
}

impl<T: Deserialize<'static> + std::fmt::Debug> std::fmt::Debug for Deferred<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Deserialize<'static> + Serialize> Serialize for Deferred<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = postcard::to_allocvec::<T>(self).map_err(serde::ser::Error::custom)?;
        serde_bytes::serialize(&bytes, serializer)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Deferred<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Deferred<T>, D::Error> {
        let bytes: &'de [u8] = serde_bytes::deserialize(deserializer)?;
        Ok(Deferred { bytes, value: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_can_be_changed() {
        let written = postcard::to_allocvec(&Deferred::from(vec![1_u32, 2])).expect("it can be written");
        let mut read: Deferred<Vec<u32>> = postcard::from_bytes(written.leak()).expect("it can be read");
        assert_eq!(read.clone(), Deferred::from(vec![1, 2]));
        read.push(3);
        assert_eq!(*read, [1, 2, 3]);
        assert_eq!(*read.clone(), [1, 2, 3]);
    }
}
