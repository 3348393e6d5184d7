//! The settings that LibreOffice runs with.

use std::io;
use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::process;

/// What may stand in the address of a file as it is.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b':').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// No macros, no active content, nothing fetched from elsewhere; a proxy that is not there keeps the rest off the network.
const SETTINGS: &[(&str, &str, &str)] = &[
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "DisablePythonRuntime", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Save/Document", "LoadPrinter", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
];

/// Makes a profile in a folder that is not there yet.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    let items: String = SETTINGS.iter().map(|(path, name, value)| item(path, name, value)).collect();
    let settings = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\n{items}</oor:items>\n"
    );
    process::write(&folder.join("user").join("registrymodifications.xcu"), settings.as_bytes())
}

fn item(path: &str, name: &str, value: &str) -> String {
    format!(
        "<item oor:path=\"/org.openoffice.{}\"><prop oor:name=\"{name}\" oor:op=\"fuse\"><value>{value}</value></prop></item>\n",
        if let Some(rest) = path.strip_prefix("Common") { format!("Office.Common{rest}") } else { path.to_owned() }
    )
}

/// The address of a folder.
pub(super) fn address(folder: &Path) -> String {
    let path = folder.to_string_lossy().replace('\\', "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", utf8_percent_encode(&path, PLAIN))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::address;

    #[test]
    fn addresses_of_folders_have_no_other_signs() {
        assert_eq!(address(Path::new("/tmp/a b/ổ%")), "file:///tmp/a%20b/%E1%BB%95%25");
        assert_eq!(address(Path::new(r"C:\Users\x")), "file:///C:/Users/x");
    }
}
