"""Opens and seals what the inbox keeps, as Docs/Decisions/ describes it, with libcrypto."""

import ctypes
import ctypes.util
import hashlib
import hmac
import os
import pathlib

_NONCE, _TAG = 12, 16
_KEYCTL, _SEARCH, _READ, _INVALIDATE, _USER_KEYRING = 250, 10, 11, 21, -4
_GET_TAG, _SET_TAG = 0x10, 0x11


def _libcrypto():
    library = ctypes.CDLL(ctypes.util.find_library("crypto"))
    for name in ("EVP_CIPHER_CTX_new", "EVP_aes_256_gcm"):
        getattr(library, name).restype = ctypes.c_void_p
    return library


class Kernel:
    """The keyring of this user, where the inbox puts its keys when it can."""

    _libc = ctypes.CDLL(None)

    @classmethod
    def find(cls, name):
        """The key's number, or -1."""
        return cls._libc.syscall(_KEYCTL, _SEARCH, _USER_KEYRING, b"user", name.encode(), 0)

    @classmethod
    def read(cls, name):
        """The key, or None."""
        number = cls.find(name)
        if number < 0:
            return None
        out = ctypes.create_string_buffer(64)
        count = cls._libc.syscall(_KEYCTL, _READ, number, out, 64)
        return out.raw[:count] if count > 0 else None

    @classmethod
    def forget(cls, name):
        """Leaves no key of a test behind."""
        number = cls.find(name)
        if number >= 0:
            cls._libc.syscall(_KEYCTL, _INVALIDATE, number)


class Seal:
    """The seal of one copy, found by its folder."""

    def __init__(self, folder, runtime=None):
        self.account = pathlib.Path(folder).name.removeprefix("inbox-")
        name = f"countersign:inbox-{self.account}"
        key = Kernel.read(name)
        if key is None and runtime:
            key = (pathlib.Path(runtime) / "countersign" / name).read_bytes()
        assert key and len(key) == 32, "the copy has no key"
        self._sealing = self._derived(key, "seal")
        self._naming = self._derived(key, "name")
        self._crypto = _libcrypto()
        self._context = ctypes.c_void_p(self._crypto.EVP_CIPHER_CTX_new())
        self._cipher = ctypes.c_void_p(self._crypto.EVP_aes_256_gcm())

    @staticmethod
    def _derived(key, purpose):
        return hmac.digest(key, b"countersign inbox cache 1 " + purpose.encode(), "sha256")

    def tag(self, approval):
        """What stands for an id in the file."""
        return hmac.digest(self._naming, approval.encode(), hashlib.sha256)[:16]

    def _place(self, kind, tag):
        return kind.encode() + b"\0" + self.account.encode() + b"\0" + tag

    def open(self, sealed, kind, tag=b""):
        """The bytes; fails when they are not authentic."""
        crypto, context = self._crypto, self._context
        place, count = self._place(kind, tag), len(sealed) - _NONCE - _TAG
        plain, done = ctypes.create_string_buffer(count + 16), ctypes.c_int()
        crypto.EVP_DecryptInit_ex(context, self._cipher, None, self._sealing, sealed[:_NONCE])
        crypto.EVP_DecryptUpdate(context, None, ctypes.byref(done), place, len(place))
        crypto.EVP_DecryptUpdate(context, plain, ctypes.byref(done), sealed[_NONCE:], count)
        crypto.EVP_CIPHER_CTX_ctrl(context, _SET_TAG, _TAG, sealed[-_TAG:])
        rest = ctypes.create_string_buffer(16)
        assert crypto.EVP_DecryptFinal_ex(context, rest, ctypes.byref(done)) == 1, "not authentic"
        return plain.raw[:count]

    def seal(self, plain, kind, tag=b""):
        """Nonce, ciphertext and tag in one."""
        crypto, context = self._crypto, self._context
        nonce, place = os.urandom(_NONCE), self._place(kind, tag)
        out, done = ctypes.create_string_buffer(len(plain) + 16), ctypes.c_int()
        end = ctypes.create_string_buffer(_TAG)
        crypto.EVP_EncryptInit_ex(context, self._cipher, None, self._sealing, nonce)
        crypto.EVP_EncryptUpdate(context, None, ctypes.byref(done), place, len(place))
        crypto.EVP_EncryptUpdate(context, out, ctypes.byref(done), plain, len(plain))
        crypto.EVP_EncryptFinal_ex(context, end, ctypes.byref(done))
        crypto.EVP_CIPHER_CTX_ctrl(context, _GET_TAG, _TAG, end)
        return nonce + out.raw[:len(plain)] + end.raw
