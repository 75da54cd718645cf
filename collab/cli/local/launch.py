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
CLONE_NEWUSER = 0x10000000
LINUX = sys.platform == "linux"


def end_with_parent(signal: int) -> None:
    """Ask the kernel for `signal` when the parent dies; a no-op where the kernel has no such thing."""
    if LINUX:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")


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
    """Give up root for good."""
    with contextlib.suppress(PermissionError):
        os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


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
