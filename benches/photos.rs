//! How small, how good, how fast photos are: `cargo bench --bench photos`.
//!
//! For an issue with 30 camera photos, drawn here, and for the issue that `BANTIN_ISSUE` names, if any:
//!
//! - the e-mail PDF against the same issue with its original photos;
//! - SSIMULACRA2 of every photo as placed against its original, scaled to the same pixels by another library;
//! - the photo work on two threads against one, and with a warm cache against a cold one;
//!
//! and the memory that 60 photos of 24 megapixels take.
#![expect(clippy::disallowed_methods, reason = "a benchmark makes its own files")]
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark ends where something is missing, and prints"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use bantin::fs::IssueFolder;
use bantin::layout;
use bantin::photo::{self, Cache, Inspected, Kept, Level, Prepared, Settings};
use bantin::progress::NoProgress;
use bantin::reading::{self, Reading};
use bantin::session::{BuildContext, Options, Session};
use bantin::workspace::Workspace;
use image::imageops::FilterType;
use image::{DynamicImage, RgbImage};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let place = tempfile::tempdir().expect("a folder");
    let camera = place.path().join("camera");
    draw_issue(&camera, 30);
    let mut issues = vec![("30 camera photos".to_owned(), camera)];
    if let Some(path) = std::env::var_os("BANTIN_ISSUE").map(PathBuf::from) {
        issues.push((path.display().to_string(), path));
    }
    for (name, path) in &issues {
        println!("{name}");
        let issue = Issue::open(path);
        size(&issue);
        quality(&issue);
        speed(&issue, &place.path().join("cache"));
    }
    memory(place.path());
}

/// An issue that is read, up to its photos.
struct Issue {
    folder: IssueFolder,
    reading: Reading,
    sizes: photo::Sizes,
}

impl Issue {
    fn open(path: &Path) -> Self {
        let folder = IssueFolder::open(path).expect("an issue");
        let reading = reading::read(&folder).value;
        let layout = layout::find(&Workspace::default(), None, layout::DEFAULT, None).expect("the layout");
        Self { folder, reading, sizes: layout.spec.sizes }
    }

    fn inspect(&self) -> Vec<Option<Inspected>> {
        photo::inspect_all(&self.folder, &self.reading.photos, |_| None).value
    }

    fn prepare(&self, cache: Option<&Cache>) -> Vec<Prepared> {
        let kept = Kept::default();
        let settings = Settings { sizes: self.sizes, level: Level::EMAIL, cache, kept: &kept };
        let inspected = self.inspect();
        let found = photo::prepare_all(&self.folder, &self.reading.photos, &inspected, settings, &NoProgress);
        found.value.into_iter().flatten().collect()
    }

    fn original(&self, photo: &Prepared) -> Vec<u8> {
        self.folder.read(&photo.original, u64::MAX - 1).expect("the photo")
    }
}

fn size(issue: &Issue) {
    let bulletin = Session::open(issue.folder.clone(), Options::default(), BuildContext::default()).build();
    let bulletin = bulletin.value.expect("the issue builds");
    let photos = issue.prepare(None);
    let originals: usize = photos.iter().map(|photo| issue.original(photo).len()).sum();
    let pdf = bulletin.pdf.len();
    let text = pdf - photo::weight(&photos) as usize;
    let with_originals = text + originals;
    println!(
        "  size: {:.2} MB, {} pages; with the original photos {:.1} MB: 1/{:.0}",
        pdf as f64 / 1e6,
        bulletin.pages,
        with_originals as f64 / 1e6,
        with_originals as f64 / pdf as f64
    );
}

fn quality(issue: &Issue) {
    let photos = issue.prepare(None);
    let mut scores: Vec<_> = photos
        .iter()
        .filter(|photo| !photo.path.ends_with(".svg"))
        .map(|photo| {
            let full = decoded(&issue.original(photo));
            let wanted = full.resize_exact(photo.width, photo.height, FilterType::Lanczos3).into_rgb8();
            (score(&wanted, &decoded(&photo.bytes).into_rgb8()), photo.original.clone())
        })
        .collect();
    scores.sort_by(|a, b| a.0.total_cmp(&b.0));
    let median = scores[scores.len() / 2].0;
    let aim = Level::EMAIL.score;
    let near = scores.iter().filter(|(score, _)| (score - aim).abs() <= 2.0).count();
    let (lowest, highest) = (&scores[0], &scores[scores.len() - 1]);
    println!(
        "  SSIMULACRA2: median {median:.1}, lowest {:.1} ({}), highest {:.1}; {near} of {} within 2 of {aim}",
        lowest.0,
        lowest.1,
        highest.0,
        scores.len()
    );
}

/// Full size, upright, through a decoder of another family.
fn decoded(bytes: &[u8]) -> DynamicImage {
    use image::ImageDecoder;
    let reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().expect("a format");
    if reader.format() == Some(image::ImageFormat::Jpeg) || reader.format().is_none() {
        let mut decoder = jpeg_decoder::Decoder::new(bytes);
        let pixels = decoder.decode().expect("a JPEG");
        let info = decoder.info().expect("a frame");
        let orientation = decoder.exif_data().and_then(image::metadata::Orientation::from_exif_chunk);
        let size = (u32::from(info.width), u32::from(info.height));
        let mut image: DynamicImage = match info.pixel_format {
            jpeg_decoder::PixelFormat::L8 => image::GrayImage::from_raw(size.0, size.1, pixels).expect("grey").into(),
            _ => RgbImage::from_raw(size.0, size.1, pixels).expect("colour").into(),
        };
        image.apply_orientation(orientation.unwrap_or(image::metadata::Orientation::NoTransforms));
        return image;
    }
    let mut decoder = reader.into_decoder().expect("a photo");
    let orientation = decoder.orientation().expect("an orientation");
    let mut image = DynamicImage::from_decoder(decoder).expect("a photo");
    image.apply_orientation(orientation);
    image
}

fn score(wanted: &RgbImage, got: &RgbImage) -> f64 {
    let frame = |image: &RgbImage| {
        let pixels = image.pixels().map(|pixel| pixel.0.map(|value| f32::from(value) / 255.0)).collect();
        let (width, height) = (image.width() as usize, image.height() as usize);
        ssimulacra2::Rgb::new(
            pixels,
            width,
            height,
            ssimulacra2::TransferCharacteristic::SRGB,
            ssimulacra2::ColorPrimaries::BT709,
        )
        .expect("a frame")
    };
    ssimulacra2::compute_frame_ssimulacra2(frame(wanted), frame(got)).expect("a score")
}

fn speed(issue: &Issue, cache: &Path) {
    let on = |threads: usize, cache: Option<&Cache>| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| time(|| drop(issue.prepare(cache))))
    };
    let (mut one, mut two, mut could) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        one.push(on(1, None));
        two.push(on(2, None));
        could.push(two_cores_against_one());
    }
    could.sort_by(f64::total_cmp);
    let (one, two, could) = (median(one), median(two), could[could.len() / 2]);
    println!(
        "  cold: {one:.2?} on one thread, {two:.2?} on two: {:.2} times faster (bare computing, meanwhile: {could:.2})",
        ratio(one, two)
    );
    let cache = Cache::new(cache.to_owned(), 1_000_000_000);
    issue.prepare(Some(&cache));
    let warm = median((0..5).map(|_| on(2, Some(&cache))).collect());
    println!("  with a warm cache: {warm:.2?}, {:.1}% of the cold time", 100.0 * ratio(warm, two));
}

/// The most memory that the command takes for 60 photos of 24 megapixels (Linux).
fn memory(place: &Path) {
    let issue = place.join("large");
    std::fs::create_dir_all(&issue).expect("the folder is made");
    let photo = draw_photo(99, (6000, 4000));
    let mut text = "+++\ntitle = \"Sáu mươi ảnh\"\n+++\n\n".to_owned();
    for number in 0..60u8 {
        // Told apart by a comment.
        let bytes = [&photo[..2], &[0xff, 0xfe, 0, 3, number], &photo[2..]].concat();
        std::fs::write(issue.join(format!("{number}.jpg")), bytes).expect("the photo is written");
        let _ = write!(text, "![Ảnh {number}.]({number}.jpg \"VP\")\n\n");
    }
    std::fs::write(issue.join("01.md"), text).expect("the article is written");
    let manifest = "date = 2026-11-28\narticles = [\"01.md\"]\n\n[masthead]\ntitle = \"Bản tin thử\"\n";
    std::fs::write(issue.join("issue.toml"), manifest).expect("the manifest is written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_bantin"))
        .args(["build", "--no-cache", "-q", "-o"])
        .arg(place.join("large.pdf"))
        .arg(&issue)
        .spawn()
        .expect("the command runs");
    let started = Instant::now();
    let mut most = 0;
    while child.try_wait().expect("its state").is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        most = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(most);
        std::thread::sleep(Duration::from_millis(10));
    }
    println!("60 photos of 24 megapixels: {:.0?}, {} MB of memory", started.elapsed(), most / 1000);
}

/// How much faster this machine computes on two cores than on one just now, at the best: other work shares it.
fn two_cores_against_one() -> f64 {
    let compute = || {
        let mut random = Random(7);
        let sum: f32 = (0..40_000_000).map(|_| random.next()).sum();
        std::hint::black_box(sum);
    };
    let one = time(|| (0..2).for_each(|_| compute()));
    let two = time(|| {
        std::thread::scope(|scope| {
            scope.spawn(compute);
            scope.spawn(compute);
        });
    });
    ratio(one, two)
}

fn time(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

/// An issue of articles with so many photos of 12 megapixels: landscapes of noise at every scale, as nature has it,
/// with edges as people and houses have them, a camera's grain and a camera's JPEG quality.
fn draw_issue(folder: &Path, photos: u32) {
    std::fs::create_dir_all(folder.join("photos")).expect("the folder is made");
    let mut articles = String::new();
    for number in 1..=photos {
        let bytes = draw_photo(number, (4000, 3000));
        std::fs::write(folder.join(format!("photos/{number:02}.jpg")), bytes).expect("the photo is written");
        if number % 3 == 1 {
            let _ = write!(articles, "\"{number:02}.md\", ");
            let mut text = format!("+++\ntitle = \"Bài thứ {number}\"\nauthor = \"Bài, ảnh: Tổ biên tập\"\n+++\n\n");
            for at in number..(number + 3).min(photos + 1) {
                let words = "Mùa nước về, những cánh đồng ven sông lại đầy ắp phù sa và tiếng cười. ".repeat(12);
                let _ = write!(text, "{words}\n\n![Cảnh thứ {at}.](photos/{at:02}.jpg)\n\n");
            }
            std::fs::write(folder.join(format!("{number:02}.md")), text).expect("the article is written");
        }
    }
    let manifest =
        format!("date = 2026-11-28\nnumber = 11\narticles = [{articles}]\n\n[masthead]\ntitle = \"Bản tin thử\"\n");
    std::fs::write(folder.join("issue.toml"), manifest).expect("the manifest is written");
}

fn draw_photo(number: u32, size: (u32, u32)) -> Vec<u8> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ (u64::from(number) << 32));
    // Each octave is half as strong and twice as fine as the one before.
    let mut image = image::Rgb32FImage::new(size.0, size.1);
    let hue: [f32; 3] = std::array::from_fn(|_| 0.7 + 0.3 * random.next());
    for octave in 0..9 {
        let cells = 3u32 << octave;
        let grid = image::Rgb32FImage::from_fn(cells, cells, |_, _| {
            let grey = random.next();
            image::Rgb(std::array::from_fn(|_| 0.8 * grey + 0.2 * random.next()))
        });
        let layer = image::imageops::resize(&grid, size.0 / 4, size.1 / 4, FilterType::CatmullRom);
        let strength = 0.62f32.powi(octave);
        for (x, y, pixel) in image.enumerate_pixels_mut() {
            let noise = layer.get_pixel(x / 4, y / 4);
            for channel in 0..3 {
                pixel[channel] += strength * hue[channel] * (noise[channel] - 0.5);
            }
        }
    }
    for _ in 0..60 {
        let (left, top) = ((random.next() * 3800.0) as u32, (random.next() * 2800.0) as u32);
        let (width, height) = (30 + (random.next() * 500.0) as u32, 30 + (random.next() * 500.0) as u32);
        let shade: [f32; 3] = std::array::from_fn(|_| 0.9 * (random.next() - 0.5));
        for y in top..(top + height).min(size.1) {
            for x in left..(left + width).min(size.0) {
                let pixel = image.get_pixel_mut(x, y);
                (0..3).for_each(|channel| pixel[channel] = 0.5 * pixel[channel] + shade[channel]);
            }
        }
    }
    let pixels: Vec<u8> = image
        .into_raw()
        .into_iter()
        .map(|light| ((0.5 + 0.55 * light + 0.05 * (random.next() - 0.5)) * 255.0).clamp(0.0, 255.0) as u8)
        .collect();
    mozjpeg_rs::Encoder::fastest().quality(95).encode_rgb(&pixels, size.0, size.1).expect("a JPEG")
}

/// The same numbers on every run (xorshift).
struct Random(u64);

impl Random {
    /// From 0 to 1.
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1u64 << 24) as f32
    }
}
