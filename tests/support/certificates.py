"""Certificates for the servers and clients of tests, made with openssl for a day."""

import subprocess
from pathlib import Path

NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


class Authority:
    """Signs what it is asked to; `certificate` is what clients are to trust."""

    def __init__(self, folder, name):
        self._folder, self._name = Path(folder), name
        self.certificate = self._folder / f"{name}-ca.pem"
        self._key = self._folder / f"{name}-ca.key"
        self._openssl("req", "-x509", *NEW_KEY, "-subj", f"/CN={name} authority", "-days", 1,
                      "-keyout", self._key, "-out", self.certificate)

    def sign(self, name, hosts=()):
        """Returns the paths of certificate and key; `hosts` as in "IP:127.0.0.1"."""
        certificate, key, request, extensions = (
            self._folder / f"{self._name}-{name}.{ending}" for ending in ("pem", "key", "csr", "ext")
        )
        extensions.write_text(f"subjectAltName={','.join(hosts)}\n" if hosts else "")
        self._openssl("req", *NEW_KEY, "-subj", f"/CN={name}", "-keyout", key, "-out", request)
        self._openssl("x509", "-req", "-in", request, "-days", 1, "-extfile", extensions,
                      "-CA", self.certificate, "-CAkey", self._key, "-CAcreateserial",
                      "-out", certificate)
        return certificate, key

    @staticmethod
    def _openssl(*words):
        subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)
