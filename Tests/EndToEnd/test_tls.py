"""HTTPS in the server itself."""

import subprocess

from harness import exits
from harness.client import Client
from harness.server import Server


def certificate(context):
    """A self-signed certificate for loopback, and its key."""
    certificate, key = context.scratch / "tls.pem", context.scratch / "tls.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
         "-out", certificate, "-keyout", key], check=True, capture_output=True)
    key.chmod(0o600)
    return certificate, key


def test_a_self_signed_certificate(context):
    """Goal: served with it, trusted only by who was told to."""
    pem, key = certificate(context)
    server = Server(
        context, options=["--tls-certificate", str(pem), "--tls-key", str(key)])
    server.initialise().start()
    assert server.url.startswith("https://"), server.url
    admin = server.api(server.admin_token, trust=str(pem))
    assert admin.get("/v1/me").expect(200)["kind"] == "member"
    stranger = Client(context, server.url, server.admin_token, home="stranger")
    refused = stranger.run("list")
    assert refused.returncode == exits.UNREACHABLE and b"certificate" in refused.stderr, refused
    friend = Client(
        context, server.url, server.admin_token, home="friend", COUNTERSIGN_CA_FILE=pem)
    assert friend.run("list").returncode == 0, friend.run("list")
    assert server.stop() == 0


def test_a_certificate_that_is_none(context):
    """Goal: a broken or missing file stops the start with a sentence."""
    pem, key = certificate(context)
    for files in ((pem, context.scratch / "missing"), (key, key)):
        server = Server(
            context, options=["--tls-certificate", str(files[0]), "--tls-key", str(files[1])])
        if not server.data.exists():
            server.initialise()
        server.start(wait=False)
        assert server.process.wait(timeout=20) != 0
        assert "listening on" not in server.output()
