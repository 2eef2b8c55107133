//! Python data as the text of a case: the reader is the one judge of what a case may say.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyDict, PyFloat, PyInt, PyString};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

/// The text of the case that `tables` describe, key by key as in a case file.
///
/// # Errors
/// A value that no case file can hold; the message says where.
pub(crate) fn text(tables: &Bound<'_, PyDict>) -> PyResult<String> {
    let mut document = DocumentMut::new();
    for (key, value) in tables {
        let key: String = key.extract()?;
        if let Some(item) = item(&key, &value)? {
            document.insert(&key, item);
        }
    }
    Ok(document.to_string())
}

/// A table where there is a dictionary, a list of tables where all of a list are; `None` where Python has none.
fn item(place: &str, value: &Bound<'_, PyAny>) -> PyResult<Option<Item>> {
    if value.is_none() {
        return Ok(None);
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        return Ok(Some(Item::Table(table(place, dict)?)));
    }
    if value.is_instance_of::<PyString>() || value.try_iter().is_err() {
        return Ok(Some(Item::Value(scalar(place, value)?)));
    }
    let items = value.try_iter()?.collect::<PyResult<Vec<_>>>()?;
    if !items.is_empty() && items.iter().all(|item| item.is_instance_of::<PyDict>()) {
        let mut list = ArrayOfTables::new();
        for (at, item) in items.iter().enumerate() {
            list.push(table(&format!("{place}[{at}]"), item.cast::<PyDict>()?)?);
        }
        return Ok(Some(Item::ArrayOfTables(list)));
    }
    Ok(Some(Item::Value(array(place, &items)?)))
}

fn table(place: &str, dict: &Bound<'_, PyDict>) -> PyResult<Table> {
    let mut table = Table::new();
    for (key, value) in dict {
        let key = word(place, &key)?;
        if let Some(item) = item(&format!("{place}.{key}"), &value)? {
            table.insert(&key, item);
        }
    }
    // A head stands only where there is something below it.
    table.set_implicit(true);
    Ok(table)
}

fn word(place: &str, key: &Bound<'_, PyAny>) -> PyResult<String> {
    key.extract()
        .map_err(|_| PyTypeError::new_err(format!("A key of `{place}` is {key:?}: it must be a text")))
}

fn array(place: &str, items: &[Bound<'_, PyAny>]) -> PyResult<Value> {
    let mut list = Array::new();
    for (at, item) in items.iter().enumerate() {
        list.push(scalar(&format!("{place}[{at}]"), item)?);
    }
    Ok(Value::Array(list))
}

/// A value inside a list or behind a key.
fn scalar(place: &str, value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if let Ok(dict) = value.cast::<PyDict>() {
        let mut table = InlineTable::new();
        for (key, value) in dict {
            let key = word(place, &key)?;
            if !value.is_none() {
                table.insert(&key, scalar(&format!("{place}.{key}"), &value)?);
            }
        }
        return Ok(Value::InlineTable(table));
    }
    // A truth value of Python is a whole number too; one of numpy is neither, but says what it is.
    if value.is_instance_of::<PyBool>() {
        return Ok(value.extract::<bool>()?.into());
    }
    if let Ok(text) = value.extract::<String>() {
        return Ok(text.into());
    }
    if value.is_instance_of::<PyDate>() || value.is_instance_of::<pyo3::types::PyDateTime>() {
        let day: String = value.call_method1("strftime", ("%Y-%m-%d",))?.extract()?;
        return Ok(day.into());
    }
    if value.is_instance_of::<PyInt>() {
        return Ok(value.extract::<i64>()?.into());
    }
    if value.is_instance_of::<PyFloat>() {
        return Ok(value.extract::<f64>()?.into());
    }
    // The numbers of numpy and others give themselves as Python's.
    if let Ok(plain) = value.call_method0("item")
        && !plain.is(value)
    {
        return scalar(place, &plain);
    }
    if let Ok(items) = value.try_iter() {
        return array(place, &items.collect::<PyResult<Vec<_>>>()?);
    }
    let kind = value.get_type().name()?;
    Err(PyTypeError::new_err(format!(
        "`{place}` is a {kind}: a case holds texts, numbers, truth values, lists and tables"
    )))
}
