"""Which rights follow from the basis of a purpose."""

from collections.abc import Mapping
from enum import StrEnum

from .purposes import LawfulBasis


class Right(StrEnum):
    """What a shopper can ask for that depends on the basis; the number is the GDPR's article."""

    WITHDRAW = "7(3)"
    RESTRICT = "18"
    PORTABILITY = "20"
    OBJECT = "21"


#: A yes can be taken back, and what rests on no yes can be objected to: never both. Art. 20(1)(a)
#: leaves out legitimate interest. A restriction holds against every basis.
RIGHTS: Mapping[LawfulBasis, frozenset[Right]] = {
    LawfulBasis.CONSENT: frozenset({Right.WITHDRAW, Right.RESTRICT, Right.PORTABILITY}),
    LawfulBasis.LEGITIMATE_INTEREST: frozenset({Right.OBJECT, Right.RESTRICT}),
    LawfulBasis.CONTRACT: frozenset({Right.RESTRICT, Right.PORTABILITY}),
}
