//! Recipients that several lists have, or one list twice.

use std::collections::HashMap;

use super::{Place, Recipient};
use crate::address::Address;

/// An address that was given twice: the first counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Double {
    pub address: Address,
    pub first: Place,
    pub second: Place,
}

/// The recipients, each address once, in their order. Where only a later one has a name, the first gets it.
pub fn without_doubles(recipients: Vec<Recipient>) -> (Vec<Recipient>, Vec<Double>) {
    let mut places: HashMap<Address, usize> = HashMap::new();
    let mut kept: Vec<Recipient> = Vec::with_capacity(recipients.len());
    let mut doubles = Vec::new();
    for recipient in recipients {
        let place = *places.entry(recipient.address.clone()).or_insert(kept.len());
        match kept.get_mut(place) {
            Some(first) => {
                first.name = first.name.take().or(recipient.name);
                doubles.push(Double {
                    address: recipient.address,
                    first: first.place.clone(),
                    second: recipient.place,
                });
            }
            None => kept.push(recipient),
        }
    }
    (kept, doubles)
}
