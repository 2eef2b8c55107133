//! Which export a table is: known by its columns, whatever their order and case.

use std::collections::HashMap;

/// Whose export it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Export {
    /// Armed Conflict Location & Event Data.
    Acled,
    /// The Georeferenced Event Dataset of the Uppsala Conflict Data Program.
    Ged,
    /// Events of GDELT 2.0.
    Gdelt,
    /// The Peace Agreements Database.
    Pax,
}

/// What is said of an export where a case cites it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The short name, in sentences.
    pub name: &'static str,
    /// How ids of what comes from it begin.
    pub prefix: &'static str,
    /// The title of the source.
    pub title: &'static str,
    /// Who publishes it.
    pub publisher: &'static str,
    /// Where it is; a source with this address is taken to be this data set.
    pub url: &'static str,
    /// What it asks for where it is used.
    pub cite: &'static str,
    /// What a row is.
    pub row: (&'static str, &'static str),
}

impl Export {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Acled, Self::Ged, Self::Gdelt, Self::Pax];

    /// What is said of it.
    #[must_use]
    pub fn about(self) -> About {
        match self {
            Self::Acled => About {
                name: "ACLED",
                prefix: "acled",
                title: "ACLED: Armed Conflict Location & Event Data",
                publisher: "ACLED",
                url: "https://acleddata.com",
                cite: "Cite: Raleigh, Kishi and Linke (2023), Political instability patterns are obscured by conflict dataset scope conditions, sources, and coding choices, Humanities and Social Sciences Communications 10, 74; and name ACLED, its address and the date of access. Its terms of use hold: acleddata.com.",
                row: ("event", "events"),
            },
            Self::Ged => About {
                name: "UCDP",
                prefix: "ged",
                title: "UCDP Georeferenced Event Dataset",
                publisher: "Uppsala Conflict Data Program",
                url: "https://ucdp.uu.se/downloads/",
                cite: "Cite: Sundberg and Melander (2013), Introducing the UCDP Georeferenced Event Dataset, Journal of Peace Research 50(4), 523-532; and the article that the version names. Its terms of use hold: ucdp.uu.se/downloads.",
                row: ("event", "events"),
            },
            Self::Gdelt => About {
                name: "GDELT",
                prefix: "gdelt",
                title: "GDELT 2.0 Event Database",
                publisher: "The GDELT Project",
                url: "https://www.gdeltproject.org",
                cite: "Cite: The GDELT Project, with its address. Events are coded by a program from news, and one event may stand there several times.",
                row: ("reported event", "reported events"),
            },
            Self::Pax => About {
                name: "PA-X",
                prefix: "pax",
                title: "PA-X Peace Agreements Database and Dataset",
                publisher: "Peace and Conflict Resolution Evidence Platform, University of Edinburgh",
                url: "https://www.peaceagreements.org",
                cite: "Cite: Bell and Badanjak (2019), Introducing PA-X: A new peace agreement database and dataset, Journal of Peace Research 56(3), 452-466; and the version. Its terms of use hold: peaceagreements.org.",
                row: ("agreement", "agreements"),
            },
        }
    }

    /// The columns that it cannot be read without; of several names one is enough.
    fn needs(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Acled => &[
                &["event_id_cnty", "data_id"],
                &["event_date"],
                &["event_type"],
                &["actor1"],
                &["actor2"],
                &["fatalities"],
            ],
            Self::Ged => &[
                &["id"],
                &["type_of_violence"],
                &["side_a"],
                &["side_b"],
                &["date_start"],
                &["date_end"],
                &["best", "best_est"],
                &["low", "low_est"],
                &["high", "high_est"],
            ],
            Self::Gdelt => &[
                &["globaleventid"],
                &["sqldate"],
                &["actor1code"],
                &["actor2code"],
                &["eventrootcode"],
                &["quadclass"],
            ],
            Self::Pax => &[&["agtid"], &["agt"], &["dat"], &["con"], &["status"]],
        }
    }
}

/// The columns of events of GDELT 2.0, which have no head in its own files.
const GDELT: [&str; 61] = [
    "globaleventid",
    "sqldate",
    "monthyear",
    "year",
    "fractiondate",
    "actor1code",
    "actor1name",
    "actor1countrycode",
    "actor1knowngroupcode",
    "actor1ethniccode",
    "actor1religion1code",
    "actor1religion2code",
    "actor1type1code",
    "actor1type2code",
    "actor1type3code",
    "actor2code",
    "actor2name",
    "actor2countrycode",
    "actor2knowngroupcode",
    "actor2ethniccode",
    "actor2religion1code",
    "actor2religion2code",
    "actor2type1code",
    "actor2type2code",
    "actor2type3code",
    "isrootevent",
    "eventcode",
    "eventbasecode",
    "eventrootcode",
    "quadclass",
    "goldsteinscale",
    "nummentions",
    "numsources",
    "numarticles",
    "avgtone",
    "actor1geo_type",
    "actor1geo_fullname",
    "actor1geo_countrycode",
    "actor1geo_adm1code",
    "actor1geo_adm2code",
    "actor1geo_lat",
    "actor1geo_long",
    "actor1geo_featureid",
    "actor2geo_type",
    "actor2geo_fullname",
    "actor2geo_countrycode",
    "actor2geo_adm1code",
    "actor2geo_adm2code",
    "actor2geo_lat",
    "actor2geo_long",
    "actor2geo_featureid",
    "actiongeo_type",
    "actiongeo_fullname",
    "actiongeo_countrycode",
    "actiongeo_adm1code",
    "actiongeo_adm2code",
    "actiongeo_lat",
    "actiongeo_long",
    "actiongeo_featureid",
    "dateadded",
    "sourceurl",
];
/// The columns of GDELT 1.0, without and with addresses.
const GDELT_ONE: [usize; 2] = [57, 58];

/// What a table is.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) export: Export,
    /// What stands between two cells.
    pub(super) separator: u8,
    /// Whether the first row names the columns.
    pub(super) named: bool,
    /// By name in small letters: the place.
    pub(super) columns: HashMap<String, usize>,
    /// How many columns a row has.
    pub(super) width: usize,
}

/// Why a table is none that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotKnown {
    /// Nothing stands in it.
    Empty,
    /// Letters of two bytes each (UTF-16).
    Wide,
    /// Events of GDELT 1.0, which have fewer columns.
    GdeltOne(usize),
    /// It is most likely this one, and these columns are missing.
    Missing(Export, Vec<&'static str>),
    /// None of them; its first columns.
    Other(Vec<String>),
}

/// The cells of the first line, parted by `separator`; quotes are taken off.
fn cells(line: &str, separator: u8) -> Vec<String> {
    let mut quoted = false;
    let parts = line.split(move |c| {
        quoted ^= c == '"';
        !quoted && c == separator as char
    });
    parts.map(|part| part.trim().trim_matches('"').trim().to_lowercase()).collect()
}

/// What the table is whose first bytes are these (a byte order mark is taken off).
pub(super) fn recognise(bytes: &[u8]) -> Result<Head, NotKnown> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(NotKnown::Wide);
    }
    let line = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line).trim_end_matches('\r').to_owned();
    if line.trim().is_empty() {
        return Err(NotKnown::Empty);
    }
    let best = [b'\t', b',', b';'].map(|separator| (cells(&line, separator), separator));
    let Some((names, separator)) = best.into_iter().max_by_key(|(cells, _)| cells.len()) else {
        return Err(NotKnown::Empty);
    };
    let width = names.len();
    let numbers = |at: usize| {
        names.get(at).is_some_and(|cell| cell.len() > 3 && cell.bytes().all(|b| b.is_ascii_digit()))
    };
    if separator == b'\t' && numbers(0) && numbers(1) {
        if GDELT_ONE.contains(&width) {
            return Err(NotKnown::GdeltOne(width));
        }
        if width == GDELT.len() {
            let columns = GDELT.iter().enumerate().map(|(at, name)| ((*name).to_owned(), at)).collect();
            return Ok(Head { export: Export::Gdelt, separator, named: false, columns, width });
        }
    }
    let mut columns = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        columns.entry(name.clone()).or_insert(at);
    }
    let missing = |export: Export| -> Vec<&'static str> {
        let lacks = export.needs().iter().filter(|any| !any.iter().any(|name| columns.contains_key(*name)));
        lacks.filter_map(|any| any.first().copied()).collect()
    };
    let nearest =
        Export::ALL.into_iter().min_by_key(|export| missing(*export).len() * 100 / export.needs().len());
    match nearest.map(|export| (export, missing(export))) {
        Some((export, lacks)) if lacks.is_empty() => {
            Ok(Head { export, separator, named: true, columns, width })
        }
        Some((export, lacks)) if lacks.len() * 2 <= export.needs().len() => {
            Err(NotKnown::Missing(export, lacks))
        }
        _ => Err(NotKnown::Other(
            names.into_iter().take(8).map(|name| name.chars().take(40).collect()).collect(),
        )),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn exports_are_known_by_their_columns() {
        let known =
            |text: &str| recognise(text.as_bytes()).map(|head| (head.export, head.separator, head.named));
        let acled = "data_id,iso,event_id_cnty,event_date,event_type,actor1,actor2,fatalities";
        assert_eq!(known(acled), Ok((Export::Acled, b',', true)));
        assert_eq!(known(&acled.replace(',', ";").to_uppercase()), Ok((Export::Acled, b';', true)));
        let ged = "\"id\",\"type_of_violence\",\"side_a\",\"side_b\",\"date_start\",\"date_end\",\"best_est\",\"low_est\",\"high_est\"\r\n";
        assert_eq!(known(ged), Ok((Export::Ged, b',', true)));
        assert_eq!(known("Con,AgtId,Agt,Dat,Status\nx"), Ok((Export::Pax, b',', true)));
        let gdelt = |columns: usize| format!("1000000\t20230919{}\n", "\t".repeat(columns - 2));
        assert_eq!(known(&gdelt(61)), Ok((Export::Gdelt, b'\t', false)));
        assert_eq!(known(&gdelt(58)), Err(NotKnown::GdeltOne(58)));
        assert_eq!(
            known("event_id_cnty,event_date,event_type,actor1,actor2"),
            Err(NotKnown::Missing(Export::Acled, vec!["fatalities"]))
        );
        assert_eq!(known("a,b"), Err(NotKnown::Other(vec!["a".to_owned(), "b".to_owned()])));
        assert_eq!(known("\r\n"), Err(NotKnown::Empty));
        assert_eq!(known("\u{0}"), Err(NotKnown::Other(vec!["\u{0}".to_owned()])));
        assert_eq!(recognise(b"\xff\xfea\0").unwrap_err(), NotKnown::Wide);
    }

    #[test]
    fn no_two_exports_share_their_columns() {
        assert_eq!(GDELT.iter().collect::<std::collections::HashSet<_>>().len(), GDELT.len());
    }
}
