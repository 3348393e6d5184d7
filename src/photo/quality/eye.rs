//! Of the colour space XYB, in which SSIMULACRA2 compares pictures, light and blue against yellow.

use super::plane::Plane;

/// From sRGB to XYB, by tables. Of each step, what is there and by how much it grows to the next.
#[derive(Debug)]
pub(super) struct Eye {
    /// The light of each value of a colour, from 0 to 1.
    light: [[f32; 2]; 256],
    /// Cube roots of what a receptor sees, from no light to all.
    roots: [[f32; 2]; ROOTS + 1],
}

/// For each place, by how much an error of luma and of the blue and the red difference counts in a view.
#[derive(Debug)]
pub(super) struct Gains([Plane; 3]);

/// What each receptor (long, middle, short waves) takes from red, green and blue light.
const RECEPTORS: [[f32; 3]; 3] =
    [[0.3, 0.622, 0.078], [0.23, 0.692, 0.078], [0.243_422_69, 0.204_767_44, 0.551_809_87]];

/// What a receptor sees in the dark.
const DARK: f32 = 0.003_793_073_3;

/// From XYB to steps such that black to white is about 255 steps.
const STEPS: f32 = 302.0;

/// So many steps lead from no light to all.
const ROOTS: usize = 4095;

impl Eye {
    pub(super) fn new() -> Self {
        let light = |value: usize| {
            let share = value as f64 / 255.0;
            if share <= 0.04045 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
        };
        let root = |step: usize| libm::cbrt(step as f64 / ROOTS as f64 + f64::from(DARK));
        Self {
            light: std::array::from_fn(|step| [light(step) as f32, (light(step + 1) - light(step)) as f32]),
            roots: std::array::from_fn(|step| [root(step) as f32, (root(step + 1) - root(step)) as f32]),
        }
    }

    pub(super) fn light(&self, colours: &[Plane; 3]) -> Plane {
        self.view(colours, |eye, light| 0.5 * (eye.receptor(0, light) + eye.receptor(1, light)))
    }

    /// Blue against yellow.
    pub(super) fn blue(&self, colours: &[Plane; 3]) -> Plane {
        self.view(colours, |eye, light| {
            eye.receptor(2, light) - 0.5 * (eye.receptor(0, light) + eye.receptor(1, light))
        })
    }

    fn view(&self, [red, green, blue]: &[Plane; 3], see: impl Fn(&Self, &[f32; 3]) -> f32) -> Plane {
        let mut view = Plane::new(red.width, red.height);
        let colours = red.values.iter().zip(green.values.iter().zip(&blue.values));
        for (to, (&red, (&green, &blue))) in view.values.iter_mut().zip(colours) {
            *to = STEPS * see(self, &[self.shine(red).0, self.shine(green).0, self.shine(blue).0]);
        }
        view
    }

    /// For light and for blue against yellow, how they change with luma and the colour differences.
    pub(super) fn gains(&self, colours: &[Plane; 3]) -> [Gains; 2] {
        let new = || Plane::new(colours[0].width, colours[0].height);
        let mut gains = [(); 2].map(|()| Gains([new(), new(), new()]));
        for at in 0..colours[0].values.len() {
            let [red, green, blue] = colours;
            let [red, green, blue] =
                [self.shine(red.values[at]), self.shine(green.values[at]), self.shine(blue.values[at])];
            let (light, growth) = ([red.0, green.0, blue.0], [red.1, green.1, blue.1]);
            let (mut both, mut against) = ([0.0; 3], [0.0; 3]);
            for (number, shares) in RECEPTORS.iter().enumerate() {
                let root = self.receptor(number, &light);
                let slope = STEPS / (3.0 * root * root);
                let (to_both, to_against) = if number < 2 { (0.5, -0.5) } else { (0.0, 1.0) };
                for colour in 0..3 {
                    let gain = slope * shares[colour] * growth[colour];
                    both[colour] += to_both * gain;
                    against[colour] += to_against * gain;
                }
            }
            for (gains, [red, green, blue]) in gains.iter_mut().zip([both, against]) {
                gains.0[0].values[at] = red + green + blue;
                gains.0[1].values[at] = 1.772 * blue - 0.344_136 * green;
                gains.0[2].values[at] = 1.402 * red - 0.714_136 * green;
            }
        }
        gains
    }

    /// The light of a value from 0 to 255, and by how much it grows for each step of it.
    fn shine(&self, value: f32) -> (f32, f32) {
        let step = value as i32;
        let [light, growth] = self.light[step as usize % 256];
        (light + (value - step as f32) * growth, growth)
    }

    /// The cube root of what a receptor sees of some light.
    fn receptor(&self, number: usize, light: &[f32; 3]) -> f32 {
        let shares = &RECEPTORS[number];
        let place = (shares[0] * light[0] + shares[1] * light[1] + shares[2] * light[2]) * ROOTS as f32;
        let step = place as i32;
        let [root, growth] = self.roots[step as usize % (ROOTS + 1)];
        root + (place - step as f32) * growth
    }
}

impl Gains {
    /// How errors of luma and the colour differences come out, at the size of the gains.
    pub(super) fn applied(&self, errors: &[Plane; 3]) -> Plane {
        let mut sum = Plane::new(errors[0].width, errors[0].height);
        for (gain, error) in self.0.iter().zip(errors) {
            let products = gain.values.iter().zip(&error.values);
            sum.values.iter_mut().zip(products).for_each(|(sum, (gain, error))| *sum += gain * error);
        }
        sum
    }

    /// The same at four times the size, for the rows from `top` (of the gains) on.
    pub(super) fn applied_to_strip(&self, errors: &[Plane; 3], top: usize) -> Plane {
        let mut sum = Plane::new(errors[0].width, errors[0].height);
        for (gain, error) in self.0.iter().zip(errors) {
            for y in 0..sum.height {
                let places = sum.row_mut(y).chunks_exact_mut(4).zip(error.row(y).chunks_exact(4));
                for ((to, error), gain) in places.zip(gain.row(top + y / 4)) {
                    (0..4).for_each(|x| to[x] += gain * error[x]);
                }
            }
        }
        sum
    }
}
