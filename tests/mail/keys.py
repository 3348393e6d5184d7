"""Keys for DKIM: `keys.py FOLDER` writes NAME.pem (private) and NAME.txt (what stands in DNS) for each."""

import base64
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

folder = Path(sys.argv[1])
rsa_key = rsa.generate_private_key(65537, 2048)
rsa_record = "rsa", rsa_key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
ed25519_key = ed25519.Ed25519PrivateKey.generate()
ed25519_record = "ed25519", ed25519_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
for name, key, form, (kind, public) in [
    ("rsa", rsa_key, PrivateFormat.PKCS8, rsa_record),
    # As older programs write it.
    ("rsa-pkcs1", rsa_key, PrivateFormat.TraditionalOpenSSL, rsa_record),
    ("ed25519", ed25519_key, PrivateFormat.PKCS8, ed25519_record),
]:
    (folder / f"{name}.pem").write_bytes(key.private_bytes(Encoding.PEM, form, NoEncryption()))
    (folder / f"{name}.txt").write_text(f"v=DKIM1; k={kind}; p={base64.b64encode(public).decode()}")
