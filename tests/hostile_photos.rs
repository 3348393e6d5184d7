//! Ten thousand damaged photos, of every format: an error or a photo, never a panic, never more memory than it takes.
//!
//! A test program of its own, because it counts every byte that is allocated.

#![expect(clippy::disallowed_methods, reason = "tests look at files as anybody would")]
#![expect(unsafe_code, clippy::undocumented_unsafe_blocks, reason = "an allocator that counts, and passes all on")]

#[path = "common/damage.rs"]
mod damage;

use std::alloc::{GlobalAlloc, Layout, System};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use bantin::diagnostic::PhotoError;
use bantin::issue::PhotoUse;
use bantin::photo::{Level, Sizes, examine, plan, process};
use damage::{Random, damaged};

/// The system's allocator, with the sum of what is allocated and the most that it ever was.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every call is handed to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(now, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(now, Ordering::Relaxed);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  width="96" height="64" viewBox="0 0 96 64"><defs><linearGradient id="g"><stop stop-color="#c82828"/>
  <stop offset="1" stop-color="#2846b4"/></linearGradient><clipPath id="c"><circle cx="40" cy="30" r="20"/></clipPath>
  <g id="u"><rect width="30" height="20" fill="url(#g)"/></g></defs><use href="#u" x="10"/><g clip-path="url(#c)">
  <path d="M0 0 L90 60 C1 2 3 4 5 6 Z" stroke="black"/></g><text x="5" y="50">Sông Hậu</text></svg>"##;

/// What is allocated is counted for the whole program: one test at a time.
static ALONE: std::sync::Mutex<()> = std::sync::Mutex::new(());

#[test]
fn ten_thousand_damaged_photos() {
    let _alone = ALONE.lock();
    /// What any photo may take beside what its header announces, by which photos wait for one another: the TIFF reader
    /// has bounds of its own, of 256 MiB.
    const USUAL: usize = 300_000_000;
    const FILES: usize = 10_000;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/photos");
    let mut seeds: Vec<(String, Vec<u8>)> = bantin::fs::files_below(&folder)
        .into_iter()
        .map(|name| (name.clone(), std::fs::read(folder.join(&name)).expect("the photo")))
        .collect();
    seeds.push(("drawing.svg".into(), DRAWING.into()));
    let mut random = Random::new(0);
    let (mut sound, mut panicked, mut runaway) = (0, Vec::new(), Vec::new());
    // What a decoder says when it panics is not to be seen a hundred times over.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    for number in 0..FILES {
        let (name, file) = &seeds[number % seeds.len()];
        let bytes = damaged(file, &mut random);
        let before = NOW.load(Ordering::Relaxed);
        MOST.store(before, Ordering::Relaxed);
        let mut announced = 0;
        let result = examine(&bytes).and_then(|facts| {
            // As the command has it: what is too large is refused before it is decoded.
            if facts.pixels() >= 100_000_000 {
                return Err(PhotoError::Empty);
            }
            announced = facts.memory as usize;
            let plan = plan(&facts, &[PhotoUse::Column], &Sizes::default(), Level::EMAIL);
            process(&bytes, &facts, &plan)
        });
        let took = MOST.load(Ordering::Relaxed) - before;
        if took > USUAL + announced {
            runaway.push((name, number, took, announced));
        }
        match result {
            Ok(_) => sound += 1,
            Err(PhotoError::DecoderFailed) => panicked.push((name, number)),
            Err(_) => {}
        }
    }
    std::panic::set_hook(hook);
    assert!(runaway.is_empty(), "name, number, bytes taken and announced: {runaway:?}");
    // Damage may leave a photo a photo, and mostly does not.
    assert!((500..8_000).contains(&sound), "{sound} of {FILES} are sound");
    assert!(panicked.is_empty(), "{} decoders panicked: {panicked:?}", panicked.len());
}

/// Photos of every kind of pixels take no more memory than is announced, by which they wait for one another.
#[test]
fn what_is_announced_is_what_it_takes() {
    use image::{DynamicImage, ImageFormat};
    let _alone = ALONE.lock();
    /// Tables and buffers of decoders, whatever the size of a photo.
    const USUAL: usize = 16_000_000;
    const SIDE: u32 = 1_000;
    let blank = DynamicImage::new_rgba16(SIDE, SIDE);
    let kinds = [
        ("rgb8", DynamicImage::from(blank.to_rgb8())),
        ("rgba8", DynamicImage::from(blank.to_rgba8())),
        ("rgb16", DynamicImage::from(blank.to_rgb16())),
        ("rgba16", blank.clone()),
        ("grey16", DynamicImage::from(blank.to_luma16())),
        ("rgb32f", DynamicImage::from(blank.to_rgb32f())),
        ("rgba32f", DynamicImage::from(blank.to_rgba32f())),
    ];
    let mut files = Vec::new();
    for (name, image) in &kinds {
        for format in [ImageFormat::Png, ImageFormat::Tiff, ImageFormat::WebP, ImageFormat::Gif] {
            let mut bytes = std::io::Cursor::new(Vec::new());
            if image.write_to(&mut bytes, format).is_ok() {
                files.push((format!("{name} {format:?}"), bytes.into_inner()));
            }
        }
    }
    let pixels = kinds[0].1.as_bytes();
    for progressive in [false, true] {
        let encoder = mozjpeg_rs::Encoder::fastest().progressive(progressive);
        files.push((format!("JPEG {progressive}"), encoder.encode_rgb(pixels, SIDE, SIDE).expect("a JPEG")));
    }
    let mut wrong = Vec::new();
    for (name, bytes) in files {
        let before = NOW.load(Ordering::Relaxed);
        MOST.store(before, Ordering::Relaxed);
        let facts = examine(&bytes).expect("a photo");
        let looked = MOST.load(Ordering::Relaxed) - before;
        let plan = plan(&facts, &[PhotoUse::Column], &Sizes::default(), Level::PRINT);
        process(&bytes, &facts, &plan).expect("a photo");
        let took = MOST.load(Ordering::Relaxed) - before;
        if took > USUAL + facts.memory as usize || looked > USUAL {
            wrong.push(format!("{name}: {took} taken, {} announced, {looked} to look at it", facts.memory));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
