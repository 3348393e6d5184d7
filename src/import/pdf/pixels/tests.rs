use kurbo::Affine;

use super::{Pixels, Turn};

fn pixels(width: u32, height: u32, data: &[u8]) -> Pixels {
    Pixels { width, height, channels: 1, data: data.to_vec() }
}

#[test]
fn turns_are_read_off_the_transformation() {
    assert!(Turn::of(Affine::scale(3.0)).is_upright());
    assert_eq!(Turn::of(Affine::rotate(std::f64::consts::FRAC_PI_2)), Turn { mirrored: false, quarters: 1 });
    assert_eq!(Turn::of(Affine::scale_non_uniform(-1.0, 1.0)), Turn { mirrored: true, quarters: 0 });
    assert_eq!(Turn::of(Affine::scale_non_uniform(1.0, -1.0)), Turn { mirrored: true, quarters: 2 });
}

#[test]
fn pictures_are_turned() {
    let picture = pixels(2, 1, &[1, 2]);
    let turned = |mirrored, quarters| picture.clone().turned(Turn { mirrored, quarters });
    assert_eq!(turned(false, 1), pixels(1, 2, &[1, 2]));
    assert_eq!(turned(false, 2), pixels(2, 1, &[2, 1]));
    assert_eq!(turned(false, 3), pixels(1, 2, &[2, 1]));
    assert_eq!(turned(true, 0), pixels(2, 1, &[2, 1]));
}

#[test]
fn stripes_of_one_width_stack() {
    let above = pixels(2, 1, &[1, 2]);
    assert_eq!(above.clone().stacked(&pixels(2, 1, &[3, 4])), Some(pixels(2, 2, &[1, 2, 3, 4])));
    assert_eq!(above.stacked(&pixels(3, 1, &[3, 4, 5])), None);
}

#[test]
fn a_file_needs_all_of_its_pixels() {
    assert!(pixels(2, 2, &[1, 2, 3]).png().is_none());
    assert!(pixels(2, 1, &[1, 2]).png().is_some_and(|file| file.starts_with(&[0x89, b'P', b'N', b'G'])));
}
