"""Small words of English that carry grammar, and little meaning of their own."""

from __future__ import annotations

ARTICLE = "the"
JOINING = frozenset("and at by for from in is it of on or that this to was with".split())
"""Words that stand between names: no name is heard across one of them."""
TELLS_NOTHING = frozenset(
    """
    a also an and as at by for from he her him his in is it its more nearest of on or says that the their them then they
    this to too was were which who with
    """.split()
)
"""Words that are in any two sentences about one thing: that they stand in both says nothing."""
