//! Reads every text of a folder and writes what it proposes: `corpus TEXTS OUT`.
#![allow(clippy::unwrap_used, missing_docs)]

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (from, to) = (arguments.next().unwrap(), arguments.next().unwrap());
    let only: Vec<String> = arguments.collect();
    std::fs::create_dir_all(&to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.extension().is_none_or(|end| end != "txt") || !only.is_empty() && !only.contains(&name) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let reading = detente_read::read(&text, &detente_read::Setting::default());
        let json = serde_json::to_string_pretty(&reading).unwrap();
        std::fs::write(format!("{to}/{name}.json"), json).unwrap();
    }
}
