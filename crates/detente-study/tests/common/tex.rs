//! What makes LaTeX stop: braces and environments that do not match, signs that are commands, cells that are too many,
//! letters that nobody has defined. And LaTeX itself, where it is installed.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

/// Everything that the files use, with no more than LaTeX, booktabs, longtable and array know.
const COMMANDS: &[&str] = &[
    "allowbreak",
    "arraybackslash",
    "begin",
    "begingroup",
    "bottomrule",
    "caption",
    "catcode",
    "csname",
    "def",
    "detenteknown",
    "detentelack",
    "detenteletter",
    "detokenize",
    "directlua",
    "else",
    "end",
    "endcsname",
    "endfirsthead",
    "endfoot",
    "endgroup",
    "endhead",
    "expandafter",
    "fi",
    "font",
    "ifdefined",
    "iffontchar",
    "item",
    "label",
    "lccode",
    "linewidth",
    "lowercase",
    "midrule",
    "noindent",
    "par",
    "raggedright",
    "setlength",
    "small",
    "symbol",
    "tabcolsep",
    "textasciicircum",
    "textasciitilde",
    "textbackslash",
    "textbar",
    "textbf",
    "textgreater",
    "textless",
    "texttt",
    "toprule",
    "XeTeXrevision",
];

/// Panics where LaTeX would stop.
pub(crate) fn check(text: &str) {
    let defined: BTreeSet<char> = text
        .lines()
        .filter_map(|line| line.strip_prefix("\\detenteletter{"))
        .map(|rest| rest.chars().next().unwrap())
        .collect();
    let mut depth = 0_i32;
    let mut open: Vec<String> = Vec::new();
    let mut cells = 0;
    for line in text.lines().filter(|line| !line.starts_with('%') && !line.starts_with("\\def")) {
        if line.starts_with("  \\ifdefined") || line.starts_with("\\detente") {
            continue;
        }
        let mut here = 1;
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' => {
                    let mut name = String::new();
                    while let Some(c) = chars.next_if(char::is_ascii_alphabetic) {
                        name.push(c);
                    }
                    if name.is_empty() {
                        let sign = chars.next().expect("a sign");
                        assert!("&%$#_{}\\".contains(sign), "\\{sign}: {line}");
                        continue;
                    }
                    assert!(COMMANDS.contains(&name.as_str()), "\\{name}: {line}");
                    if name == "begin" || name == "end" {
                        let rest: String = chars.clone().collect();
                        let what =
                            rest.strip_prefix('{').and_then(|r| r.split('}').next()).unwrap().to_owned();
                        if name == "begin" {
                            open.push(what.clone());
                            cells = 0;
                            if what == "longtable" {
                                let spec = &rest["{longtable}".len()..];
                                cells = columns(spec);
                            }
                        } else {
                            assert_eq!(open.pop(), Some(what), "{line}");
                        }
                    }
                }
                '{' => depth += 1,
                '}' => {
                    depth -= 1;
                    assert!(depth >= 0, "{line}");
                }
                '&' => here += 1,
                '#' | '%' | '_' | '"' => panic!("`{c}` in {line}"),
                '$' | '^' => assert!(line.contains("$^{*}$"), "{line}"),
                c if c.is_ascii() => {}
                c => assert!(defined.contains(&c) || common(c), "{c:?} ({:04X}) in {line}", u32::from(c)),
            }
        }
        assert_eq!(depth, 0, "{line}");
        if line.ends_with("\\\\") && cells > 0 && !line.starts_with("\\caption") {
            assert_eq!(here, cells, "{line}");
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

/// How many columns a specification of ours has.
fn columns(spec: &str) -> usize {
    let wide = spec.matches("p{").count();
    let right = usize::from(spec.starts_with("{r"));
    let many =
        spec.split("*{").nth(1).and_then(|rest| rest.split('}').next()).map_or(0, |n| n.parse().unwrap());
    wide + right + many
}

/// Latin letters that every LaTeX knows: those that have a base letter and an accent in its first encoding.
fn common(c: char) -> bool {
    ('À'..='ž').contains(&c) && !"ÐÞðþ×÷ĄąĐđĘęĮįŊŋĦħĲĳĸŉŦŧŲųĿŀſ".contains(c) || "–—‘’“”…§ȘșȚț".contains(c)
}

/// Compiles with pdfLaTeX and XeLaTeX, each where it is there; panics with the log at the first error.
pub(crate) fn compile(text: &str) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tables.tex"), text).unwrap();
    std::fs::write(
        folder.path().join("paper.tex"),
        "\\documentclass{article}\\usepackage{booktabs,longtable,array}\\begin{document}\\listoftables\n\
         \\input{tables}\n\\end{document}\n",
    )
    .unwrap();
    for engine in ["pdflatex", "xelatex"] {
        // Twice: the list of tables is read the second time.
        for _ in 0..2 {
            let mut command = Command::new(engine);
            command.args(["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper.tex"]);
            command.current_dir(folder.path()).stdin(Stdio::null());
            let Ok(output) = command.output() else { break };
            let log = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success(), "{engine}: {log}\n{text}");
            assert!(!log.contains("Missing character"), "{engine}: {log}");
            let log = std::fs::read_to_string(folder.path().join("paper.log")).unwrap_or_default();
            assert!(!log.contains("Missing character"), "{engine}: {log}");
        }
    }
}
