"""The tree is that of RFC 6962."""

import hashlib

import pytest

from collab.core.sealing.tree import Tree, leaf_hash, node_hash, root_of

# The test vectors of the Certificate Transparency reference implementation (merkletree/merkle_tree_test.cc).
LEAVES = [
    bytes.fromhex(each)
    for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_roots_are_those_of_the_reference_implementation() -> None:
    tree = Tree()
    for leaf, root in zip(LEAVES, ROOTS, strict=True):
        tree.add(leaf_hash(leaf))
        assert tree.root().hex() == root
    assert Tree().root() == hashlib.sha256(b"").digest()


def _as_the_rfc_says(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(_as_the_rfc_says(leaves[:half]), _as_the_rfc_says(leaves[half:]))


@pytest.mark.parametrize("size", [*range(1, 70), 255, 256, 257, 1000])
def test_a_tree_grown_leaf_by_leaf_and_taken_up_again_is_the_one_defined_recursively(size: int) -> None:
    leaves = [leaf_hash(str(number).encode()) for number in range(size)]
    tree = Tree()
    for leaf in leaves[: size // 2]:
        tree.add(leaf)
    tree = Tree.unpacked(tree.size, tree.packed())
    for leaf in leaves[size // 2 :]:
        tree.add(leaf)
    assert tree.root() == root_of(leaves) == _as_the_rfc_says(leaves)


def test_peaks_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="complete subtrees"):
        Tree.unpacked(3, b"\x00" * 32)
