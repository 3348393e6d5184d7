//! The JSON Schemas of manifest and front matter, for editors that complete keys and mark mistakes.
//!
//! The types below say what may be written and what it means; a test holds them to the keys that are read.
#![expect(dead_code, reason = "only the shape of these types is of use")]

use std::collections::BTreeMap;

use schemars::{JsonSchema, schema_for};
use serde_json::Value;

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Subject {
    /// issue.toml
    Manifest,
    /// The front matter of an article
    Article,
}

/// The schema, as JSON Schema of the 2020-12 draft.
pub fn schema(subject: Subject) -> Value {
    match subject {
        Subject::Manifest => schema_for!(Manifest).to_value(),
        Subject::Article => schema_for!(FrontMatter).to_value(),
    }
}

/// issue.toml của bantin · The manifest of an issue
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "issue.toml")]
struct Manifest {
    /// Ngày phát hành, ví dụ 2026-11-28; chỉ biết tháng thì "2026-11" · The day of publication, or the month in quotes
    #[schemars(extend("pattern" = r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"))]
    date: String,
    /// Số của bản tin: 11 hoặc "11/2026" · The issue's number
    number: Option<Number>,
    /// Tên riêng của số này, nếu có · A title of this issue alone
    title: Option<String>,
    /// Mẫu trình bày: two-column hoặc classic · The layout
    layout: Option<String>,
    /// Ngôn ngữ: vi hoặc en · The language, as a BCP 47 tag
    language: Option<String>,
    /// Các bài không thuộc chuyên mục, theo thứ tự in · Articles without a section, in printing order
    articles: Option<Vec<String>>,
    /// Các chuyên mục, theo thứ tự in · Sections in printing order
    section: Option<Vec<Section>>,
    /// Các bài giới thiệu ở trang một, có ảnh và sa-pô · Articles that page one announces with photo and lead
    teasers: Option<Vec<String>>,
    /// Măng-sét: tên bản tin và cơ quan · The masthead
    masthead: Masthead,
    /// Ảnh bìa trang một · A photo for page one
    cover: Option<Cover>,
    /// Thiết lập tệp PDF · Settings of the PDF
    pdf: Option<Pdf>,
    /// Soát lỗi chữ · What `bantin check` may say
    check: Option<Check>,
    /// Gửi thư · How the issue is mailed
    mail: Option<Mail>,
    /// Màu của cơ quan, ví dụ accent = "#14375e" · The office's colours
    style: Option<BTreeMap<String, Colour>>,
}

/// Số hoặc chữ · A whole number or text
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Number {
    Integer(i64),
    Text(String),
}

/// Màu viết theo kiểu "#14375e" · A colour such as "#14375e"
#[derive(JsonSchema)]
struct Colour(#[schemars(regex(pattern = r"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"))] String);

/// Chuyên mục · A section
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Section {
    /// Tên chuyên mục · The title of the section
    title: String,
    /// Đường dẫn các bài, theo thứ tự in · Paths of its articles, in printing order
    articles: Vec<String>,
}

/// Măng-sét · The masthead
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Masthead {
    /// Tên bản tin · The name of the bulletin
    title: String,
    /// Dòng nhỏ trên tên · A line above the name
    overline: Option<String>,
    /// Dòng dưới tên · A line below the name
    subtitle: Option<String>,
    /// Cơ quan xuất bản · The publisher
    publisher: Option<String>,
    /// Vài lời giới thiệu · A paragraph about the bulletin
    about: Option<String>,
    /// Đường dẫn biểu trưng · The path of the logo
    logo: Option<String>,
    /// Các dòng ghi thông tin tòa soạn · Rows of the imprint
    imprint: Option<Vec<ImprintRow>>,
}

/// Một dòng thông tin tòa soạn · A row of the imprint
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ImprintRow {
    /// Nhãn, ví dụ "Chịu trách nhiệm" · The label
    label: String,
    /// Nội dung · The text
    text: Option<String>,
    /// Thư điện tử · An e-mail address
    email: Option<String>,
    /// Trang web · A web address
    url: Option<String>,
    /// Điện thoại · A telephone number
    phone: Option<String>,
}

/// Ảnh bìa · The cover photo
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Cover {
    /// Đường dẫn ảnh · The path of the photo
    photo: String,
    /// Chú thích · The caption
    caption: Option<String>,
    /// Người chụp · The credit
    credit: Option<String>,
    /// Mô tả cho người không nhìn thấy ảnh · Text for people who cannot see the photo
    alt: Option<String>,
}

/// Tệp PDF · The PDF
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Pdf {
    /// Dung lượng tối đa khi gửi thư, ví dụ "7 MB" · The most that the e-mail PDF may weigh
    #[schemars(regex(pattern = r"^\s*[0-9]+([.,][0-9]+)?\s*[kKmMgG]?[bB]\s*$"))]
    max_size: Option<String>,
    /// Số trang mong muốn, ví dụ 16 · How many pages the issue should have
    #[schemars(range(min = 1, max = 500))]
    pages: Option<u32>,
    /// Từ khóa · Keywords
    keywords: Option<Vec<String>>,
}

/// Gửi thư · How the issue is mailed
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Mail {
    /// Người gửi, ví dụ "Bản tin Tân Hải <bantin@tanhai.example>" · Who writes, such as "Name <address>"
    from: Option<String>,
    /// Địa chỉ nhận thư trả lời · Who gets the answers
    reply_to: Option<String>,
    /// Tiêu đề thư; {number}, {month}, {year} được thay bằng số, tháng, năm của số này · The subject; {number}, {month} and {year} stand for those of the issue
    subject: Option<String>,
    /// Lời dẫn trên mục lục · A paragraph above the contents
    intro: Option<String>,
    /// Nơi thôi nhận thư: địa chỉ https hoặc thư điện tử; {email} được thay bằng địa chỉ người nhận · Where to get no more of these: an https or e-mail address; {email} stands for the recipient's
    unsubscribe: Option<String>,
}

/// Soát lỗi chữ · What `bantin check` may say
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Check {
    /// Mã của những lời nhắc mà số này không cần · Codes of warnings that this issue does not want to hear of
    ignore: Option<Vec<String>>,
    /// Những chữ viết như vậy là đúng; tệp words.txt cạnh thư mục issues/ ghi chữ cho mọi số, mỗi dòng một chữ · Words that are right here; words.txt beside issues/ holds words for all issues, one a line
    words: Option<Vec<String>>,
}

/// Phần đầu của một bài · The front matter of an article
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "+++")]
struct FrontMatter {
    /// Tên bài · The title
    title: String,
    /// Tên ngắn cho mục lục · The shorter form for the contents and the bookmarks
    contents_title: Option<String>,
    /// Dòng nhỏ trên tên bài · A line above the title
    kicker: Option<String>,
    /// Sa-pô: đoạn mở đầu in đậm · The bold first paragraph
    lead: Option<String>,
    /// Bài chính của chuyên mục (lead) hoặc tin ngắn (brief) · The lead story of its section, or a short item
    rank: Option<Rank>,
    /// Tác giả, in đúng như viết, ví dụ "Bài, ảnh: Tổ biên tập" · The byline, printed as written
    author: Option<String>,
    /// Nguồn, in thành "Nguồn: …" · The source
    source: Option<String>,
    /// Địa chỉ web của nguồn · The address of the source
    source_url: Option<String>,
    /// Thiết lập cho từng ảnh, theo đường dẫn · Settings of photos, by path
    photos: Option<BTreeMap<String, Photo>>,
}

/// Một ảnh · A photo
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Photo {
    /// Mô tả cho người không nhìn thấy ảnh · Text for people who cannot see the photo
    alt: Option<String>,
    /// Rộng một cột hay cả trang · How wide it is set
    width: Option<Width>,
    /// Phần ảnh được in, theo tỉ lệ rộng:cao, ví dụ "16:9" · The part that is printed, as width to height
    #[schemars(regex(pattern = r"^\s*[0-9]{1,5}([.,][0-9]{1,3})?\s*:\s*[0-9]{1,5}([.,][0-9]{1,3})?\s*$"))]
    crop: Option<String>,
    /// Bên nào của ảnh được giữ lại khi cắt · Which side of it stays where some of it is cut off
    focus: Option<Focus>,
}

/// Vai trò của bài · How much room an article gets
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Rank {
    Lead,
    Brief,
}

/// Bên được giữ lại · The side that stays
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Focus {
    Top,
    Centre,
    Bottom,
    Left,
    Right,
}

/// Độ rộng · The width
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Width {
    Column,
    Page,
}
