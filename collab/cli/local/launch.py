"""Become another program that ends with its parent and, where asked, is not root.

Run as a script in a fresh interpreter, so that nothing happens between fork and exec of a larger process:
`python -I -S launch.py PARENT SIGNAL MODE UID GID -- PROGRAM ARGUMENT…`, where MODE is one of `same`,
`namespace` and `user`.
"""

import contextlib
import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_NAME = 15
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
CLONE_NEWUSER = 0x10000000
LINUX = sys.platform == "linux"


def end_with_parent(signal: int) -> None:
    """Ask the kernel for `signal` when the parent dies; a no-op where the kernel has no such thing."""
    if LINUX:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")


def name_process(name: str) -> None:
    """Let `ps` and `top` show this process under a name of at most 15 bytes; a no-op where the kernel cannot."""
    if LINUX:
        ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode()[:15], 0, 0, 0)


def enter_namespace(uid: int, gid: int) -> None:
    """Appear to ourselves as `uid` while files stay readable as before, even below closed folders."""
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare(CLONE_NEWUSER)")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {outer_uid} 1"),
        ("gid_map", f"{gid} {outer_gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def become(uid: int, gid: int) -> None:
    """Give up root for good, all but one thing: reaching files below folders that are closed to others.

    The checkout of somebody who works as root often lies in such a folder.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if LINUX:
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    with contextlib.suppress(PermissionError):
        os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if LINUX:
        # Where root has lost this right (few containers take it) we go on without it.
        kept = 1 << CAP_DAC_OVERRIDE
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        libc.capset(header, (ctypes.c_uint32 * 6)(kept, kept, kept, 0, 0, 0))
        libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def main(arguments: list[str]) -> None:
    """Apply what the arguments say and turn into the program."""
    parent, signal, mode, uid, gid = arguments[:5]
    program = arguments[6:]
    if mode == "namespace":
        enter_namespace(int(uid), int(gid))
    elif mode == "user":
        become(int(uid), int(gid))
    # After the change of user, which clears it.
    end_with_parent(int(signal))
    if os.getppid() != int(parent):
        sys.exit(1)
    os.execvp(program[0], program)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
