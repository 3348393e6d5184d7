//! Drawings of a few kilobytes that would run for ever or take all memory, and honest ones: the command ends, soon and
//! within a gigabyte, with a PDF or an error.
//!
//! A test program of its own, because each drawing has a process to itself, which is ended when it takes too long.

#![expect(clippy::disallowed_methods, reason = "tests look at files as anybody would")]
#![expect(clippy::expect_used, reason = "what helps a test ends it where something is missing")]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a drawing may take in a test build on a busy machine; alone it takes some seconds at most.
const LONGEST: Duration = Duration::from_secs(60);

/// Most memory, in kilobytes.
const MOST_MEMORY: u64 = 1_000_000;

fn drawing(content: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"400\" \
         height=\"300\">{content}</svg>"
    )
}

const RECT: &str = "<rect width=\"100\" height=\"100\"/>";

/// Each of `depth` elements has two references to the one before it.
fn doubling(depth: usize, first: &str, element: impl Fn(usize, String) -> String, last: &str) -> String {
    let all: String = (1..=depth).map(|n| element(n, format!("x{}", n - 1))).collect();
    drawing(&format!("<defs>{first}{all}</defs>{last}"))
}

fn long_path(points: usize) -> String {
    format!("M0 0{}", "h1v1".repeat(points / 2))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('#', "%23").replace('<', "%3C").replace('>', "%3E").replace('"', "%22")
}

/// Drawings that must be refused.
fn hostile() -> Vec<(&'static str, String)> {
    let pattern = |n: usize, paint: &str| {
        format!(
            "<pattern id=\"x{n}\" width=\"9\" height=\"9\" patternUnits=\"userSpaceOnUse\"><g {paint}>{RECT}{RECT}</g></pattern>"
        )
    };
    let last = "<rect width=\"100\" height=\"100\" fill=\"url(#x30)\"/>";
    let by_class = {
        let rules: String = (1..=30).map(|n| format!(".c{n} {{ fill: url(#x{}) }}", n - 1)).collect();
        let patterns: String = (1..=30).map(|n| pattern(n, &format!("class=\"c{n}\""))).collect();
        drawing(&format!("<style>{rules}</style>{patterns}{last}"))
    };
    let masks = doubling(
        30,
        "",
        |n, before| format!("<mask id=\"x{n}\">{}</mask>", format!("<g mask=\"url(#{before})\">{RECT}</g>").repeat(2)),
        "<g mask=\"url(#x30)\"><rect width=\"9\" height=\"9\"/></g>",
    );
    let clips = doubling(
        30,
        "",
        |n, before| {
            format!(
                "<clipPath id=\"x{n}\">{}</clipPath>",
                format!("<path d=\"M0 0h9v9z\" clip-path=\"url(#{before})\"/>").repeat(2)
            )
        },
        "<g clip-path=\"url(#x30)\"><rect width=\"9\" height=\"9\"/></g>",
    );
    let markers = doubling(
        12,
        "",
        |n, before| {
            format!("<marker id=\"x{n}\"><path marker-mid=\"url(#{before})\" d=\"{}\"/></marker>", long_path(20))
        },
        "<path marker-mid=\"url(#x12)\" d=\"M0 0h1h1h1h1h1h1\" stroke=\"red\"/>",
    );
    let uses = doubling(
        30,
        "<g id=\"x0\"><path d=\"M0 0h9\"/></g>",
        |n, before| format!("<g id=\"x{n}\"><use href=\"#{before}\"/><use xlink:href=\" #{before}\"/></g>"),
        "<use href=\"#x30\"/>",
    );
    let images = doubling(
        30,
        "",
        |n, before| {
            format!(
                "<filter id=\"x{n}\"><feImage href=\"#r{n}\"/><feImage href=\"#r{n}\"/></filter><rect id=\"r{n}\" filter=\"url(#{before})\" width=\"9\" height=\"9\"/>"
            )
        },
        "<rect width=\"9\" height=\"9\" filter=\"url(#x30)\"/>",
    );
    let nested = (0..12).fold(drawing(RECT), |inner, _| {
        drawing(&format!("<image href=\"data:image/svg+xml,{0}\" width=\"9\" height=\"9\"/><image href=\"data:image/svg+xml,{0}\" width=\"9\" height=\"9\"/>", escaped(&inner)))
            .chars().take(3_000_000).collect()
    });
    let filtered = |filter: &str, shape: &str| {
        drawing(&format!(
            "<filter id=\"f\" x=\"-50%\" y=\"-50%\" width=\"200%\" height=\"200%\">{filter}</filter>{shape}"
        ))
    };
    let large = "<rect width=\"400\" height=\"300\" filter=\"url(#f)\"/>";
    vec![
        ("patterns by class", by_class),
        (
            "patterns by a tab in their call",
            doubling(30, "", |n, before| pattern(n, &format!("fill=\"url(&#9;#{before})\"")), last),
        ),
        (
            "patterns by inheritance",
            doubling(
                30,
                "",
                |n, before| {
                    format!(
                        "<pattern id=\"x{n}\" width=\".1\" height=\".1\" stroke=\"url('#{before}')\">{RECT}{RECT}</pattern>"
                    )
                },
                last,
            ),
        ),
        ("huge coordinates", drawing("<path d=\"M-1e38 -1e38H1e38V1e38z\" stroke=\"red\" stroke-width=\"1e30\"/>")),
        ("large letters", drawing("<text font-size=\"1e30\">Sông</text>")),
        ("a circle of the size of the universe", drawing("<circle r=\"1e38\"/>")),
        ("an ellipse as wide", drawing("<ellipse rx=\"1e38\" ry=\"1e-38\"/>")),
        (
            "scaled beyond all numbers",
            drawing(&format!(
                "{}{RECT}{}",
                "<svg viewBox=\"0 0 .1 .1\" width=\"500%\" height=\"500%\">".repeat(80),
                "</svg>".repeat(80)
            )),
        ),
        (
            "a style of twenty thousand parts",
            drawing(&format!("<rect width=\"9\" height=\"9\" style=\"{}\"/>", "fill:red;".repeat(20_000))),
        ),
        ("masks", masks),
        ("clip paths", clips),
        ("markers", markers),
        ("uses", uses),
        ("filters of pictures of filters", images),
        ("drawings in drawings", nested),
        (
            "a long path used often",
            drawing(&format!("<path id=\"p\" d=\"{}\"/>{}", long_path(20_000), "<use href=\"#p\"/>".repeat(5_000))),
        ),
        ("two thousand blurs", filtered("<feGaussianBlur stdDeviation=\"5\"/>", &large.repeat(2_000))),
        ("two thousand blurs in one", filtered(&"<feGaussianBlur stdDeviation=\"5\"/>".repeat(2_000), large)),
        (
            "a blur of blurs",
            drawing(&format!(
                "<filter id=\"f\"><feGaussianBlur stdDeviation=\"2\"/></filter>{}{RECT}{}",
                "<g filter=\"url(#f)\">".repeat(150),
                "</g>".repeat(150)
            )),
        ),
        ("a wide brush", filtered("<feMorphology operator=\"dilate\" radius=\"499\"/>", large)),
        ("many turbulences", filtered("<feTurbulence baseFrequency=\".05\" numOctaves=\"20\"/>", large)),
        (
            "a large turbulence",
            drawing(
                "<filter id=\"f\" filterUnits=\"userSpaceOnUse\" width=\"30000\" height=\"30000\"><feTurbulence baseFrequency=\".05\" numOctaves=\"9\"/></filter><rect width=\"30000\" height=\"30000\" filter=\"url(#f)\"/>",
            ),
        ),
        (
            "a large matrix",
            filtered(&format!("<feConvolveMatrix order=\"31\" kernelMatrix=\"{}\"/>", "1 ".repeat(961)), large),
        ),
        (
            "masks in something filtered",
            drawing(&format!(
                "<filter id=\"f\"><feOffset/></filter><mask id=\"m\"><rect width=\"400\" height=\"300\" fill=\"#fff\"/></mask><g filter=\"url(#f)\">{}</g>",
                "<rect width=\"400\" height=\"300\" mask=\"url(#m)\"/>".repeat(3_000)
            )),
        ),
        (
            "dashes in something filtered",
            drawing(&format!(
                "<filter id=\"f\"><feOffset/></filter><g filter=\"url(#f)\">{}</g>",
                "<path d=\"M0 0H400V300H0z\" stroke=\"red\" stroke-dasharray=\".001\"/>".repeat(500)
            )),
        ),
        (
            "billions of tiles",
            drawing(
                "<pattern id=\"p\" width=\".001\" height=\".001\" patternUnits=\"userSpaceOnUse\"><circle r=\".001\"/></pattern><rect width=\"400\" height=\"300\" fill=\"url(#p)\"/>",
            ),
        ),
        (
            "tiles made small by a transformation",
            drawing(
                "<pattern id=\"p\" width=\"9\" height=\"9\" patternTransform=\"scale(.0001)\" patternUnits=\"userSpaceOnUse\"><circle r=\"5\"/></pattern><rect width=\"400\" height=\"300\" fill=\"url(#p)\"/>",
            ),
        ),
        (
            "entities of entities",
            format!(
                "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\">{}]>{}",
                (1..20).map(|n| format!("<!ENTITY b{n} \"{}\">", "&a;".repeat(20))).collect::<String>(),
                drawing("<title>&b1;</title>")
            ),
        ),
        (
            "long entities often",
            format!(
                "<!DOCTYPE svg [<!ENTITY a \"{}\">]>{}",
                "a".repeat(10_000),
                drawing(&format!("<title>{}</title>", "&a;".repeat(100_000)))
            ),
        ),
        (
            "a million attributes",
            drawing(&format!("<g {}/>", (0..1_000_000).map(|n| format!("a{n}=\"\"")).collect::<Vec<_>>().join(" "))),
        ),
        (
            "attributes behind a quote in a declaration",
            format!(
                "<!DOCTYPE svg [<!ELEMENT a '>]>{}",
                drawing(&format!("<g {}/>", (0..500_000).map(|n| format!("a{n}=\"\"")).collect::<Vec<_>>().join(" ")))
            ),
        ),
        ("deep groups", drawing(&("<g>".repeat(100_000) + &"</g>".repeat(100_000)))),
        ("deep groups with many attributes", {
            let group =
                format!("<g {}>", (0..150).map(|n| format!("stroke-dashoffset{n}=\"\"")).collect::<Vec<_>>().join(" "));
            drawing(&format!("{}{}{}", group.repeat(190), RECT.repeat(90_000), "</g>".repeat(190)))
        }),
        (
            "a slow selector",
            drawing(&format!(
                "<style>x {} rect {{ fill: red }}</style>{}{}{}",
                "g ".repeat(12),
                "<g>".repeat(180),
                RECT.repeat(50),
                "</g>".repeat(180)
            )),
        ),
        (
            "many rules",
            drawing(&format!(
                "<style>{}</style>{}",
                (0..20_000).map(|n| format!(".c{n}{{fill:red}}")).collect::<String>(),
                RECT.repeat(20_000)
            )),
        ),
        ("much text", drawing(&format!("<text>{}</text>", "Sông Hậu mùa nước nổi. ".repeat(4_000)))),
        (
            "many declarations",
            drawing(&format!("<style>*{{{}}}</style>{}", "fill:red;".repeat(50_000), RECT.repeat(2_000))),
        ),
        ("many shapes", drawing(&"<path d=\"M0 0h1\"/>".repeat(500_000))),
        (
            "many points",
            drawing(&format!("<path stroke=\"red\" stroke-linejoin=\"round\" d=\"{}\"/>", long_path(8_000_000))),
        ),
        (
            "large letters, filled with patterns",
            drawing(&format!(
                "<pattern id=\"p\" width=\"9\" height=\"9\" patternUnits=\"userSpaceOnUse\">{}</pattern><text font-size=\"1e6\" fill=\"url(#p)\">{}</text>",
                RECT.repeat(300),
                "Sông ".repeat(500)
            )),
        ),
        (
            "filtered letters",
            drawing(&format!(
                "<filter id=\"f\"><feGaussianBlur stdDeviation=\"5\"/></filter>{}",
                "<text y=\"200\" font-size=\"200\" filter=\"url(#f)\">Sông</text>".repeat(1_000)
            )),
        ),
    ]
}

/// As much as is let through, of each kind.
fn heavy() -> Vec<(&'static str, String)> {
    let filtered = |filter: &str, shape: &str| drawing(&format!("<filter id=\"f\">{filter}</filter>{shape}"));
    let large = "<rect width=\"400\" height=\"300\" filter=\"url(#f)\"/>";
    vec![
        ("shapes", drawing(&"<path d=\"M0 0h1v1z\" stroke=\"red\"/>".repeat(48_000))),
        ("groups", drawing(&"<g opacity=\".5\"><rect width=\"9\" height=\"9\"/></g>".repeat(24_000))),
        (
            "masks",
            drawing(&format!(
                "<mask id=\"m\"><rect width=\"9\" height=\"9\"/></mask>{}",
                "<rect width=\"9\" height=\"9\" mask=\"url(#m)\"/>".repeat(20_000)
            )),
        ),
        (
            "patterns",
            drawing(&format!(
                "<pattern id=\"p\" width=\".2\" height=\".2\">{RECT}</pattern>{}",
                "<rect width=\"9\" height=\"9\" fill=\"url(#p)\"/>".repeat(20_000)
            )),
        ),
        (
            "points",
            drawing(&format!("<path stroke=\"red\" stroke-linejoin=\"round\" d=\"{}\"/>", long_path(1_400_000))),
        ),
        ("curves", drawing(&format!("<path stroke=\"red\" d=\"M0 0{}\"/>", "a1 1 0 1 0 1 1".repeat(200_000)))),
        ("letters", drawing(&format!("<text>{}</text>", "Sông Hậu mùa nước nổi. ".repeat(600)))),
        ("blurs", filtered("<feGaussianBlur stdDeviation=\"9\"/>", &large.repeat(3))),
        ("turbulence", filtered("<feTurbulence baseFrequency=\".05\" numOctaves=\"1\"/>", large)),
        ("dashes", drawing(&"<path d=\"M0 0H400V300H0z\" stroke=\"red\" stroke-dasharray=\".0001\"/>".repeat(1_000))),
        (
            "gradients",
            drawing(&format!(
                "<linearGradient id=\"g\">{}</linearGradient>{}",
                "<stop offset=\".5\" stop-color=\"red\"/><stop offset=\".6\" stop-color=\"#123\"/>".repeat(40),
                "<rect width=\"9\" height=\"9\" fill=\"url(#g)\"/>".repeat(1_000)
            )),
        ),
    ]
}

/// What drawing programs make.
fn honest() -> Vec<(&'static str, String)> {
    let bars: String = (0..12).map(|n| format!("<rect class=\"cls-1\" x=\"{}\" y=\"{}\" width=\"20\" height=\"{}\"/><text class=\"label\" x=\"{}\" y=\"290\">T{}</text>", 30 * n, 280 - 20 * n, 20 * n, 30 * n, n + 1)).collect();
    vec![
        ("an emblem with classes, gradients and clip paths", drawing(&format!("<defs><style>.cls-1{{fill:url(#linear-gradient);}}.cls-2{{clip-path:url(#clip-path);}}.label{{font:10px sans-serif}}</style><linearGradient id=\"linear-gradient\"><stop offset=\"0\" stop-color=\"#c82828\"/><stop offset=\"1\" stop-color=\"#2846b4\"/></linearGradient><clipPath id=\"clip-path\"><circle cx=\"200\" cy=\"150\" r=\"100\"/></clipPath></defs><g class=\"cls-2\"><rect class=\"cls-1\" width=\"400\" height=\"300\"/></g>{bars}"))),
        ("drop shadows on the boxes of a diagram", drawing(&format!("<filter id=\"f\" x=\"-20%\" y=\"-20%\" width=\"150%\" height=\"150%\"><feGaussianBlur in=\"SourceAlpha\" stdDeviation=\"2\"/><feOffset dx=\"2\" dy=\"2\"/><feMerge><feMergeNode/><feMergeNode in=\"SourceGraphic\"/></feMerge></filter>{}", (0..12).map(|n| format!("<rect x=\"{}\" y=\"{}\" width=\"80\" height=\"50\" fill=\"#fff\" stroke=\"#000\" filter=\"url(#f)\"/>", n % 4 * 95 + 5, n / 4 * 90 + 5)).collect::<String>()))),
        ("a shadow on the whole of a large drawing", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1600 1200\"><filter id=\"f\"><feDropShadow dx=\"4\" dy=\"4\" stdDeviation=\"6\"/></filter><g filter=\"url(#f)\"><circle cx=\"800\" cy=\"600\" r=\"500\" fill=\"#2846b4\"/></g></svg>".into()),
        ("hatching", drawing("<pattern id=\"h\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M0 0h4\" stroke=\"#000\"/></pattern><rect width=\"400\" height=\"300\" fill=\"url(#h)\"/>")),
        ("a line with markers", drawing(&format!("<marker id=\"m\" markerWidth=\"4\" markerHeight=\"4\" refX=\"2\" refY=\"2\"><circle cx=\"2\" cy=\"2\" r=\"2\"/></marker><marker id=\"e\" orient=\"auto\"><path d=\"M0 0l5 2.5L0 5z\"/></marker><polyline fill=\"none\" stroke=\"#c82828\" style=\"marker-mid:url(#m);marker-end:url(#e)\" points=\"{}\"/>", (0..400).map(|n| format!("{n},{} ", 150 + n % 7 * 10)).collect::<String>()))),
        ("a soft mask", drawing("<mask id=\"m\"><rect width=\"400\" height=\"300\" fill=\"url(#g)\"/></mask><radialGradient id=\"g\"><stop stop-color=\"#fff\"/><stop offset=\"1\"/></radialGradient><g mask=\"url(#m)\"><rect width=\"400\" height=\"300\" fill=\"#28963c\"/></g>")),
        ("a map", drawing(&format!("<g fill=\"#eee\" stroke=\"#333\">{}</g>", (0..3_000).map(|n| format!("<path id=\"xa{n}\" d=\"M{} {}c1.25 2.5 3.75 4 5.5 2.25s2.5-4.75 1-6.5z\"/>", n % 60 * 6, n / 60 * 6)).collect::<String>()))),
        ("addresses as entities", format!("<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">]><svg xmlns=\"&ns_svg;\" width=\"40\" height=\"30\">{RECT}</svg>")),
        ("a symbol used often", drawing(&format!("<symbol id=\"s\" viewBox=\"0 0 10 10\"><path d=\"M5 0l5 10H0z\"/></symbol>{}", (0..200).map(|n| format!("<use xlink:href=\"#s\" x=\"{}\" y=\"{}\" width=\"9\" height=\"9\"/>", n % 20 * 20, n / 20 * 20)).collect::<String>()))),
    ]
}

/// An issue with a drawing, in a folder of its own.
fn issue(drawing: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("issue.toml", "date = 2022-11-28\narticles = [\"a.md\"]\n[masthead]\ntitle = \"Bản tin\"\n");
    write("a.md", "+++\ntitle = \"Mùa nước nổi\"\n+++\n\nNước về trên các cánh đồng.\n\n![Hình vẽ.](a.svg \"VL\")\n");
    write("a.svg", drawing);
    folder
}

/// The most memory that a process has had so far, in kilobytes, where that can be asked.
fn memory(process: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

/// What came of building an issue: the exit status, and what was wrong with how it got there.
fn build(folder: &Path) -> Result<(i32, String), String> {
    let started = Instant::now();
    let mut process = Command::new(env!("CARGO_BIN_EXE_bantin"))
        .args(["build", "--no-cache", "--lang", "en", "--format", "json", "-o", "out.pdf", "."])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(folder.join("out.json")).expect("a file"))
        .stderr(std::fs::File::create(folder.join("errors.txt")).expect("a file"))
        .spawn()
        .expect("the command");
    let mut most = 0;
    let status = loop {
        if let Some(status) = process.try_wait().expect("its state") {
            break status;
        }
        most = most.max(memory(&process).unwrap_or_default());
        if started.elapsed() > LONGEST || most > MOST_MEMORY {
            process.kill().expect("its end");
            process.wait().expect("its end");
            return Err(format!("{:?}, {most} kB", started.elapsed()));
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let said = std::fs::read_to_string(folder.join("out.json")).unwrap_or_default();
    if std::env::var_os("FIGURES").is_some() {
        std::io::Write::write_all(
            &mut std::io::stderr(),
            format!("    {:?} {} MB\n", started.elapsed(), most / 1000).as_bytes(),
        )
        .ok();
    }
    status.code().map(|code| (code, said)).ok_or_else(|| "it crashed".to_owned())
}

/// Builds each drawing and tells of those that went wrong.
fn try_all(drawings: Vec<(&'static str, String)>, is_right: impl Fn(i32, &str) -> bool) {
    let mut wrong = Vec::new();
    for (name, drawing) in drawings {
        if std::env::var_os("FIGURES").is_some() {
            std::io::Write::write_all(&mut std::io::stderr(), format!("{name}: {} bytes\n", drawing.len()).as_bytes())
                .ok();
        }
        let folder = issue(&drawing);
        match build(folder.path()) {
            Ok((code, said)) if is_right(code, &said) => {}
            result => wrong.push(format!("{name}: {result:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_would_never_end_is_refused() {
    try_all(hostile(), |code, said| code == 1 && said.contains("photo-unreadable") && said.contains("a.svg"));
}

#[test]
fn as_much_as_is_let_through_can_be_printed() {
    try_all(heavy(), |code, _| code == 0);
}

#[test]
fn honest_drawings_are_printed() {
    try_all(honest(), |code, _| code == 0);
}
