//! JSON Schemas of the contracts, generated from their types.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// The case file and the contracts that have a schema: `detente schema NAME` prints it, `schema/NAME.schema.json`
/// holds it.
pub const NAMES: [&str; 21] = [
    "case",
    "solve",
    "check",
    "rank",
    "compare",
    "map",
    "certificate",
    "explain",
    "coalitions",
    "evolve",
    "trust",
    "power",
    "price",
    "said",
    "forecast-entry",
    "forecast-score",
    "forecast-verify",
    "sample",
    "read",
    "watch",
    "import",
];

/// The JSON Schema (draft 2020-12) of the case file or a contract; `None` when there is none of this name.
pub fn schema(name: &str) -> Option<Value> {
    match name {
        "case" => Some(detente_case::case_schema()),
        "solve" => Some(of::<super::Solve>("detente/solve/2")),
        "check" => Some(of::<super::Check>("detente/check/1")),
        "rank" => Some(of::<super::Rank>("detente/rank/1")),
        "compare" => Some(of::<super::Compare>("detente/compare/1")),
        "map" => Some(of::<super::Map>("detente/map/1")),
        "certificate" => Some(of::<super::Certificate>("detente/certificate/1")),
        "explain" => Some(of::<super::Explain>("detente/explain/1")),
        "coalitions" => Some(of::<super::Coalitions>("detente/coalitions/1")),
        "evolve" => Some(of::<super::Evolve>("detente/evolve/1")),
        "trust" => Some(of::<super::Trust>("detente/trust/1")),
        "power" => Some(of::<super::Power>("detente/power/1")),
        "price" => Some(of::<super::Price>("detente/price/1")),
        "said" => Some(of::<super::Said>("detente/said/1")),
        "forecast-entry" => Some(of::<detente_ledger::Entry>("detente/forecast/entry/1")),
        "forecast-score" => Some(of::<super::ForecastScore>("detente/forecast/score/1")),
        "forecast-verify" => Some(of::<super::ForecastVerify>("detente/forecast/verify/1")),
        "sample" => Some(of::<super::Sample>("detente/sample/2")),
        "watch" => Some(of::<super::WatchFor>("detente/watch/1")),
        "import" => Some(of::<super::Import>("detente/import/1")),
        "read" => Some(of::<detente_read::proposal::Reading>("detente/read/1")),
        _ => None,
    }
}

fn of<T: JsonSchema>(title: &str) -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}

/// A type that serializes to one fixed word: the name of a contract.
macro_rules! schema_name {
    ($(#[$doc:meta])* $name:literal) => {
        /// The name of this contract.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        pub enum SchemaName {
            $(#[$doc])*
            #[serde(rename = $name)]
            This,
        }
    };
}
pub(crate) use schema_name;
