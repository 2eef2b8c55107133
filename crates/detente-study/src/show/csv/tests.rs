#![allow(clippy::unwrap_used)]

use super::*;

fn read(text: &str, separator: u8) -> Vec<Vec<String>> {
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn formulas_are_guarded_also_behind_blanks_and_numbers_stay() {
    for formula in
        ["=1+1", " =1", "\t@a", "\u{a0}+x", "\u{200b}-x", "\r-1", "＝SUM(A1)", "-", "--1", "+1", "-1e5"]
    {
        let text = table(&[["a"], [formula]], Style::default());
        assert_eq!(read(&text, b',')[1][0], format!("'{formula}"), "{formula:?}");
    }
    for plain in ["-1", "-0.25", "12", "a=b", "x-y", " a", ""] {
        let text = table(&[["a", "b"], [plain, "c"]], Style::default());
        assert_eq!(read(&text, b',')[1][0], plain, "{plain:?}");
    }
}

#[test]
fn cells_come_back_whatever_is_in_them() {
    let cells = ["a,b", "a;b", "a\tb", "a\"b\"", "a\r\nb", "Հայաստան", "العربية", "中国", "'", ""];
    for (separator, word) in Separator::ALL {
        assert_eq!(Separator::from_word(word), Some(separator));
        let text = table(&[cells, cells], Style { separator, bom: false });
        let expected: Vec<String> = cells.map(str::to_owned).into();
        assert_eq!(read(&text, separator.byte()), [expected.clone(), expected]);
        assert!(text.ends_with("\r\n"));
    }
    let marked = table(&[cells], Style { bom: true, ..Style::default() });
    assert_eq!(marked, format!("\u{feff}{}", table(&[cells], Style::default())));
}

#[test]
fn rows_are_as_long_as_the_longest() {
    let rows = [vec!["a"], vec!["b", "c", "d"], vec![]];
    assert_eq!(table(&rows, Style::default()), "a,,\r\nb,c,d\r\n,,\r\n");
}
