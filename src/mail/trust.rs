//! Which certificates are trusted: those of the system, and those that an office names.

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// How connections are made safe. `authorities` are further certificates, in PEM. Fails, in words, where these are none.
pub(super) fn config(authorities: Option<&[u8]>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    let system = rustls_native_certs::load_native_certs();
    // One that cannot be read is one that is not trusted.
    roots.add_parsable_certificates(system.certs);
    if let Some(pem) = authorities {
        let mut count = 0;
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|error| format!("--ca: {error}"))?;
            roots.add(certificate).map_err(|error| format!("--ca: {error}"))?;
            count += 1;
        }
        if count == 0 {
            return Err("--ca: no certificate".to_owned());
        }
    }
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = versions.map_err(|error| error.to_string())?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
