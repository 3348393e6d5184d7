//! One number for each pixel, and how errors stand out among them.

/// Numbers row by row.
#[derive(Debug, Clone)]
pub(super) struct Plane {
    pub width: usize,
    pub height: usize,
    pub values: Vec<f32>,
}

impl Plane {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, values: vec![0.0; width * height] }
    }

    pub(super) fn row(&self, y: usize) -> &[f32] {
        &self.values[y * self.width..][..self.width]
    }

    pub(super) fn row_mut(&mut self, y: usize) -> &mut [f32] {
        &mut self.values[y * self.width..][..self.width]
    }

    pub(super) fn rows(&self, top: usize, height: usize) -> Self {
        let values = self.values[top * self.width..][..height * self.width].to_vec();
        Self { width: self.width, height, values }
    }

    /// At half the size; an odd last row or column is left out.
    pub(super) fn half(&self) -> Self {
        let mut half = Self::new(self.width / 2, self.height / 2);
        for y in 0..half.height {
            let (above, below) = (self.row(2 * y), self.row(2 * y + 1));
            let pairs = above.chunks_exact(2).zip(below.chunks_exact(2));
            for (to, (a, b)) in half.row_mut(y).iter_mut().zip(pairs) {
                *to = 0.25 * (a[0] + a[1] + (b[0] + b[1]));
            }
        }
        half
    }

    /// At several scales, each half of the one before.
    pub(super) fn scales(self, count: usize) -> Vec<Self> {
        let mut all = vec![self];
        while let (Some(last), true) = (all.last(), all.len() < count) {
            all.push(last.half());
        }
        all
    }

    /// At twice the size, smoothly, as decoders do it with colour.
    pub(super) fn twice(&self) -> Self {
        let mut all = Self::new(2 * self.width, 2 * self.height);
        let last = self.width - 1;
        let mut mixed = vec![0.0; self.width];
        for y in 0..all.height {
            let beside = if y % 2 == 0 { (y / 2).saturating_sub(1) } else { (y / 2 + 1).min(self.height - 1) };
            for (to, (near, far)) in mixed.iter_mut().zip(self.row(y / 2).iter().zip(self.row(beside))) {
                *to = 0.75 * near + 0.25 * far;
            }
            for (x, pair) in all.row_mut(y).chunks_exact_mut(2).enumerate() {
                pair[0] = 0.75 * mixed[x] + 0.25 * mixed[x.saturating_sub(1)];
                pair[1] = 0.75 * mixed[x] + 0.25 * mixed[(x + 1).min(last)];
            }
        }
        all
    }

    /// Takes another plane away from this one.
    pub(super) fn without(mut self, other: &Self) -> Self {
        self.values.iter_mut().zip(&other.values).for_each(|(value, other)| *value -= other);
        self
    }
}

/// Losses, summed over places; of all but the first, their fourth powers, so that the worst places count most.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Losses {
    places: f64,
    /// How unlike the pattern around a place has become (0: not at all).
    unlike: f64,
    unlike_most: f64,
    /// How much more than before a pixel stands out from those around it, as a share of all light.
    rough: f64,
    /// How much less.
    smooth: f64,
}

impl Losses {
    /// Weighs the errors in a picture against the detail around them.
    pub(super) fn of(picture: &Plane, error: &Plane) -> Self {
        let mut losses = Self::default();
        let around = Around::of(picture, error);
        for y in 0..picture.height / 2 {
            losses.add(&around.unlike(y));
            for y in [2 * y, 2 * y + 1] {
                losses.add(&around.standing_out(y / 2, picture.row(y), error.row(y)));
            }
        }
        losses
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.places += other.places;
        self.unlike += other.unlike;
        self.unlike_most += other.unlike_most;
        self.rough += other.rough;
        self.smooth += other.smooth;
    }

    /// Their means over all places: unlike, most unlike, rougher, smoother.
    pub(super) fn means(&self) -> [f64; 4] {
        let places = self.places.max(1.0);
        let root = |sum: f64| (sum / places).sqrt().sqrt();
        [self.unlike / places, root(self.unlike_most), root(self.rough / 4.0), root(self.smooth / 4.0)]
    }
}

/// Means around each two by two pixels, near ones counting more: as a Gaussian of 1.5 pixels.
struct Around {
    picture: Plane,
    error: Plane,
    /// Of the picture's squares, the error's squares and their products.
    squares: [Plane; 3],
}

impl Around {
    fn of(picture: &Plane, error: &Plane) -> Self {
        let (width, height) = (picture.width / 2, picture.height / 2);
        let mut sums: [Plane; 5] = std::array::from_fn(|_| Plane::new(width, height));
        let mut pairs = vec![[0.0; 5]; 2 * width];
        for y in 0..height {
            let above = picture.row(2 * y).iter().zip(error.row(2 * y));
            let below = picture.row(2 * y + 1).iter().zip(error.row(2 * y + 1));
            for (to, ((a, c), (b, d))) in pairs.iter_mut().zip(above.zip(below)) {
                *to = [a + b, c + d, a * a + b * b, c * c + d * d, a * c + b * d];
            }
            for (number, sums) in sums.iter_mut().enumerate() {
                for (to, pair) in sums.row_mut(y).iter_mut().zip(pairs.chunks_exact(2)) {
                    *to = pair[0][number] + pair[1][number];
                }
            }
        }
        let [picture, error, a, b, c] = sums.map(|sums| blurred(&sums));
        Self { picture, error, squares: [a, b, c] }
    }

    fn unlike(&self, y: usize) -> Losses {
        /// Contrasts of about the root of this, in steps of 255, are hardly seen.
        const UNSEEN: f32 = 82.0;
        let [squares, error_squares, products] = self.squares.each_ref().map(|plane| plane.row(y));
        let (mut sum, mut fourths) = (0.0f32, 0.0f32);
        for (x, (&mean, &shift)) in self.picture.row(y).iter().zip(self.error.row(y)).enumerate() {
            let before = (squares[x] - mean * mean).max(0.0);
            let noise = (error_squares[x] - shift * shift).max(0.0);
            let after = before + 2.0 * (products[x] - mean * shift) + noise;
            let loss = noise / (before + after.max(0.0) + UNSEEN);
            sum += loss;
            fourths += loss * loss * (loss * loss);
        }
        let places = self.picture.width as f64;
        Losses { places, unlike: sum.into(), unlike_most: fourths.into(), ..Losses::default() }
    }

    fn standing_out(&self, y: usize, picture: &[f32], error: &[f32]) -> Losses {
        /// All light, in steps of 255.
        const LIGHT: f32 = 302.0;
        // Summed in eight columns: one sum would have to wait for each pixel before the next.
        let (mut rough, mut smooth) = ([0.0f32; 8], [0.0f32; 8]);
        let pixels = picture.chunks(8).zip(error.chunks(8));
        let means = self.picture.row(y).chunks(4).zip(self.error.row(y).chunks(4));
        for ((picture, error), (means, shifts)) in pixels.zip(means) {
            let (mut pixels, mut around) = ([0.0; 8], [0.0; 8]);
            let (mut errors, mut shift) = ([0.0; 8], [0.0; 8]);
            let count = 2 * means.len();
            pixels[..count].copy_from_slice(&picture[..count]);
            errors[..count].copy_from_slice(&error[..count]);
            for x in 0..count {
                (around[x], shift[x]) = (means[x / 2], shifts[x / 2]);
            }
            for x in 0..8 {
                let before = pixels[x] - around[x];
                let after = (before + (errors[x] - shift[x])).abs();
                let more = (after - before.abs()) / (LIGHT + before.abs());
                let (up, down) = (more.max(0.0), more.min(0.0));
                rough[x] += up * up * (up * up);
                smooth[x] += down * down * (down * down);
            }
        }
        let sum = |columns: [f32; 8]| columns.iter().map(|&sum| f64::from(sum)).sum();
        Losses { rough: sum(rough), smooth: sum(smooth), ..Losses::default() }
    }
}

/// Each place, four times, with its neighbours, twice, and those at its corners, from sums of four pixels.
fn blurred(sums: &Plane) -> Plane {
    let mut all = Plane::new(sums.width, sums.height);
    let last = sums.width.saturating_sub(1);
    let mut mixed = vec![0.0; sums.width];
    for y in 0..sums.height {
        let (above, below) = (sums.row(y.saturating_sub(1)), sums.row((y + 1).min(sums.height - 1)));
        for (to, (here, (above, below))) in mixed.iter_mut().zip(sums.row(y).iter().zip(above.iter().zip(below))) {
            *to = 2.0 * here + (above + below);
        }
        let row = all.row_mut(y);
        for (to, three) in row.iter_mut().skip(1).zip(mixed.windows(3)) {
            *to = (2.0 * three[1] + (three[0] + three[2])) * (1.0 / 64.0);
        }
        for x in [0, last] {
            let beside = mixed[x.saturating_sub(1)] + mixed[(x + 1).min(last)];
            row[x] = (2.0 * mixed[x] + beside) * (1.0 / 64.0);
        }
    }
    all
}
