"""What speaks for a name and against it, in tenths of ln: together they must reach `LEAST`."""

LEAST = 62
"""What a name has to weigh, with what stands before and behind it."""
MISSING, SHORT = -40, 16
"""What a character costs that is in no given name; what a name of one given character costs."""

ROLE, LISTED, FRAME, DEED, WORD = 66, 52, 40, 28, -30
"""How much what stands before speaks for a name: a role, a list or number, a frame, a verb, a common word."""
KIN = 65
"""After a role with 其: somebody of the one who was named before, whoever else has that name."""
TAKER = 48
"""After verbs that take a person more often than not."""
PARTY, NEUTRAL = 67, 68
"""After words for the party and its officers; after 姓名, which may be anybody's."""
NOUN, PREPOSITION, CLAUSE, OTHER = 22, 16, 10, -4
"""After the last character of what may be a role, a preposition, at the head of a clause, elsewhere."""

SURE, NUMBERED, SAID = 22, 38, 26
"""How much a sign, particulars in brackets, and a verb of somebody's speak for an end."""
