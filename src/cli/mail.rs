//! What can be typed behind `bantin mail`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("way").args(["eml", "send", "dry_run"]).required(true).multiple(true))]
pub struct Mail {
    /// Issue folder, or its issue.toml
    #[arg(value_name = "ISSUE")]
    pub issue: PathBuf,
    /// Who gets it: addresses, or files with one address a line, or CSV files with a column "email"
    #[arg(long, num_args = 1.., required_unless_present = "test", value_name = "ADDRESS|LIST")]
    pub to: Vec<String>,
    /// Who writes, such as "Name <address>" [default: as the manifest says]
    #[arg(long, value_name = "ADDRESS")]
    pub from: Option<String>,
    /// Who gets the answers [default: as the manifest says]
    #[arg(long, value_name = "ADDRESS")]
    pub reply_to: Option<String>,
    /// The subject; {number}, {month} and {year} stand for those of the issue [default: as the manifest says]
    #[arg(long, value_name = "TEXT")]
    pub subject: Option<String>,
    /// A layout in place of the manifest's
    #[arg(long, value_name = "NAME")]
    pub layout: Option<String>,
    /// Write one .eml a recipient into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "send")]
    pub eml: Option<PathBuf>,
    /// Send through this server: smtps://USER@HOST:PORT, or smtp://USER@HOST:PORT with STARTTLS; the password comes from
    /// --password-file, or else the variable BANTIN_SMTP_PASSWORD
    #[arg(long, value_name = "URL")]
    pub send: Option<String>,
    /// A file with the password in its first line
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Certificates (PEM) to trust besides those of the system
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Make all messages and say what would go to whom, without sending or writing any
    #[arg(long)]
    pub dry_run: bool,
    /// Send one message to this address alone, for a look; the list is read and checked all the same
    #[arg(long, value_name = "ADDRESS")]
    pub test: Option<String>,
    /// Most messages a minute
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub rate: Option<u32>,
    /// Most messages over one connection
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    pub per_connection: u32,
    /// How often a message is tried again that the server does not take for now
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub retries: u32,
    /// Seconds before the first of these; each further pause is three times as long, and at most ten minutes
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    pub retry_pause: f64,
    /// Where it is kept what became of each message [default: NAME.mail.jsonl in this folder]
    #[arg(long, value_name = "PATH")]
    pub journal: Option<PathBuf>,
    /// Send again what the server may have taken already
    #[arg(long)]
    pub resend_unknown: bool,
    /// Send again what the server has refused
    #[arg(long)]
    pub retry_refused: bool,
    /// Sign by DKIM with this private key (PEM)
    #[arg(long, value_name = "FILE", requires = "dkim_selector")]
    pub dkim_key: Option<PathBuf>,
    /// The selector under which the public key stands in the DNS
    #[arg(long, value_name = "S", requires = "dkim_key")]
    pub dkim_selector: Option<String>,
    /// The domain of the key [default: that of the sender]
    #[arg(long, value_name = "DOMAIN", requires = "dkim_key")]
    pub dkim_domain: Option<String>,
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.replace(',', ".").parse().ok();
    seconds.filter(|seconds| (0.0..=600.0).contains(seconds)).ok_or_else(|| "seconds from 0 to 600".to_owned())
}
