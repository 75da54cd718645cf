"""Tables of the seal. Triggers refuse UPDATE, DELETE and TRUNCATE, as on the ledger itself."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ..catalogue import append_only
from ..db import Base, Xid8


class SealLeaf(Base):
    """The leaf of a fact in its place. It names the fact without a foreign key: it must outlive its removal."""

    __tablename__ = "seal_leaf"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fact_id: Mapped[int] = mapped_column(unique=True)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)


class SealHead(Base):
    """A signed root. `peaks` is the tree to go on from; transactions before `horizon` are sealed whole."""

    __tablename__ = "seal_head"

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary)
    peaks: Mapped[bytes] = mapped_column(LargeBinary)
    horizon: Mapped[int] = mapped_column(Xid8)
    at: Mapped[datetime]
    key: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


append_only(SealLeaf.__table__)
append_only(SealHead.__table__)
