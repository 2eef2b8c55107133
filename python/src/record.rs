//! The types of the JSON contracts as Python objects: each struct becomes an instance of the class of its name in
//! `detente/records.py`, which is made from the same schemas.

use std::fmt::Display;

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use serde::Serialize;
use serde::ser::{self, Impossible};

/// `value` as Python objects. A contract that is serialized without a name takes the class `root`.
///
/// # Errors
/// A struct without a class: the records are stale.
pub(crate) fn of<'py, T: Serialize + ?Sized>(
    py: Python<'py>,
    value: &T,
    root: Option<&'static str>,
) -> PyResult<Bound<'py, PyAny>> {
    let records = py.import("detente.records")?;
    value.serialize(Writer { py, records: &records, root }).map_err(|error| error.0)
}

/// An exception of Python.
#[derive(Debug)]
struct Error(PyErr);

impl Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

impl ser::Error for Error {
    fn custom<T: Display>(message: T) -> Self {
        Self(PyRuntimeError::new_err(message.to_string()))
    }
}

impl From<PyErr> for Error {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

type Any<'py> = Bound<'py, PyAny>;

#[derive(Clone, Copy)]
struct Writer<'a, 'py> {
    py: Python<'py>,
    records: &'a Bound<'py, PyModule>,
    root: Option<&'static str>,
}

impl<'py> Writer<'_, 'py> {
    fn inside(self) -> Self {
        Self { root: None, ..self }
    }

    fn any<T: IntoPyObject<'py>>(self, value: T) -> Result<Any<'py>, Error> {
        Ok(value.into_bound_py_any(self.py)?)
    }
}

/// A sequence on its way to a tuple.
struct Sequence<'a, 'py> {
    writer: Writer<'a, 'py>,
    items: Vec<Any<'py>>,
}

impl<'py> Sequence<'_, 'py> {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.items.push(value.serialize(self.writer.inside())?);
        Ok(())
    }

    fn done(self) -> Result<Any<'py>, Error> {
        Ok(PyTuple::new(self.writer.py, self.items)?.into_any())
    }
}

/// Fields on their way to a record, or to a dictionary.
struct Fields<'a, 'py> {
    writer: Writer<'a, 'py>,
    class: Option<&'static str>,
    fields: Bound<'py, PyDict>,
    key: Option<Any<'py>>,
}

impl<'py> Fields<'_, 'py> {
    fn done(self) -> Result<Any<'py>, Error> {
        match self.class {
            None => Ok(self.fields.into_any()),
            Some(class) => Ok(self.writer.records.getattr(class)?.call_method1("_of", (self.fields,))?),
        }
    }
}

impl<'a, 'py> ser::Serializer for Writer<'a, 'py> {
    type Ok = Any<'py>;
    type Error = Error;
    type SerializeSeq = Sequence<'a, 'py>;
    type SerializeTuple = Sequence<'a, 'py>;
    type SerializeTupleStruct = Sequence<'a, 'py>;
    type SerializeTupleVariant = Impossible<Any<'py>, Error>;
    type SerializeMap = Fields<'a, 'py>;
    type SerializeStruct = Fields<'a, 'py>;
    type SerializeStructVariant = Impossible<Any<'py>, Error>;

    fn serialize_bool(self, value: bool) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_i8(self, value: i8) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_i16(self, value: i16) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_i32(self, value: i32) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_i64(self, value: i64) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_u8(self, value: u8) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_u16(self, value: u16) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_u32(self, value: u32) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_u64(self, value: u64) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_f32(self, value: f32) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_f64(self, value: f64) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_char(self, value: char) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_str(self, value: &str) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Any<'py>, Error> {
        self.any(value)
    }

    fn serialize_none(self) -> Result<Any<'py>, Error> {
        Ok(self.py.None().into_bound(self.py))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Any<'py>, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Any<'py>, Error> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Any<'py>, Error> {
        self.serialize_none()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Any<'py>, Error> {
        self.any(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Any<'py>, Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Result<Any<'py>, Error> {
        Err(ser::Error::custom(format!("{name}::{variant} has no class")))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Sequence<'a, 'py>, Error> {
        Ok(Sequence { writer: self, items: Vec::with_capacity(length.unwrap_or_default()) })
    }

    fn serialize_tuple(self, length: usize) -> Result<Sequence<'a, 'py>, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Sequence<'a, 'py>, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        Err(ser::Error::custom(format!("{name}::{variant} has no class")))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'a, 'py>, Error> {
        Ok(Fields { writer: self, class: self.root, fields: PyDict::new(self.py), key: None })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'a, 'py>, Error> {
        Ok(Fields { writer: self, class: Some(name), fields: PyDict::new(self.py), key: None })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        Err(ser::Error::custom(format!("{name}::{variant} has no class")))
    }
}

impl<'py> ser::SerializeSeq for Sequence<'_, 'py> {
    type Ok = Any<'py>;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.push(value)
    }

    fn end(self) -> Result<Any<'py>, Error> {
        self.done()
    }
}

impl<'py> ser::SerializeTuple for Sequence<'_, 'py> {
    type Ok = Any<'py>;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.push(value)
    }

    fn end(self) -> Result<Any<'py>, Error> {
        self.done()
    }
}

impl<'py> ser::SerializeTupleStruct for Sequence<'_, 'py> {
    type Ok = Any<'py>;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.push(value)
    }

    fn end(self) -> Result<Any<'py>, Error> {
        self.done()
    }
}

impl<'py> ser::SerializeMap for Fields<'_, 'py> {
    type Ok = Any<'py>;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.key = Some(key.serialize(self.writer.inside())?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let value = value.serialize(self.writer.inside())?;
        Ok(self.fields.set_item(self.key.take(), value)?)
    }

    fn end(self) -> Result<Any<'py>, Error> {
        self.done()
    }
}

impl<'py> ser::SerializeStruct for Fields<'_, 'py> {
    type Ok = Any<'py>;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        Ok(self.fields.set_item(key, value.serialize(self.writer.inside())?)?)
    }

    fn end(self) -> Result<Any<'py>, Error> {
        self.done()
    }
}
