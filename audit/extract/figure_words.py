"""Words that say what a number measures, and words that make it another number: about the language, never a text."""

from __future__ import annotations

_ATTRIBUTE_ROWS = {
    "height": "height high tall altitude elevation",
    "length": "length long stretch span run",
    "width": "width wide breadth broad",
    "depth": "depth deep",
    "weight": "weight weigh heavy",
    "distance": "distance away",
    "cost": "cost price worth priced fee fare charge bill value",
    "age": "age aged old",
    "capacity": "capacity seat hold accommodate sleep",
    "budget": "budget",
    "turnout": "turnout",
    "speed": "speed fast",
    "area": "area",
}
ATTRIBUTES = {word: name for name, words in _ATTRIBUTE_ROWS.items() for word in words.split()}
"""Lemma to the name of the measure that it stands for."""

MEASURES = {
    "height": "length",
    "length": "length",
    "width": "length",
    "depth": "length",
    "distance": "length",
    "weight": "mass",
    "cost": "money",
    "budget": "money",
    "age": "age",
    "capacity": "count",
    "speed": "speed",
    "area": "area",
}
"""What the amounts of a measure are: a height is a length."""

_OPEN_NOUNS = (
    "total number sum amount figure rate share proportion percentage level majority minority average "
    "maximum minimum size volume count tally toll rise increase fall drop decrease decline reduction cut"
)
OPEN_NOUNS = frozenset(_OPEN_NOUNS.split())
"""Nouns that say nothing of their own about what is measured: "a total of", "the number of"."""

_SCOPE_ROWS = {
    "each": "each every apiece individual single daily weekly monthly yearly annual annually hourly nightly",
    "rest": "remaining rest other others another else remainder elsewhere besides",
    "more": "more additional extra further fewer less added adding again",
    "part": "among amongst including include includes included half mainly mostly of-which part partly first",
    "average": "average averaged averages typical typically median mean usually normally",
    "former": (
        "former formerly previously earlier original originally initial initially once ago old until before "
        "then used prior"
    ),
    "target": (
        "target targets goal goals aim aims aimed forecast forecasts projected projection projections estimate "
        "estimates estimated limit limits cap capped maximum minimum proposed proposal sought seeking asked eventually"
    ),
    "open": (
        "would could may might if should potential potentially plan plans planned expected expects expect hope hopes "
        "hoped will shall wo ’ll 'll ’d 'd going"
    ),
    "record": "record peak lowest highest",
    "net": "net gross after",
}
SCOPES = {word: name for name, words in _SCOPE_ROWS.items() for word in words.split()}
"""Word to the kind of sign: two figures with different signs are different figures."""

_COMPARING = "compared comparison against versus vs vs."
COMPARING = frozenset(_COMPARING.split())
"""Words behind which the figure stands that another one is held against."""

_NOW = "now today currently nowadays present presently moment still"
NOW = frozenset(_NOW.split())
"""Words that place a figure in the present."""

_PERIODS = "second minute hour day night week month quarter season year decade"
PERIODS = frozenset(_PERIODS.split())
"""Nouns that make a rate with "a" or "each": 12 trains a day."""

_LIGHT = "say tell add be have do make get go take give come see way thing lot"
LIGHT = frozenset(_LIGHT.split())
"""Lemmas that bind nothing."""

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth last next new"
ORDINALS = frozenset(_ORDINALS.split())

_HEDGES = (
    "about around roughly approximately nearly almost some close an a the estimated average more less "
    "fewer than over under above below least most up just well slightly only exactly as many much few "
    "little"
)
HEDGES = frozenset(_HEDGES.split())
"""Words that may stand between a preposition and its number."""
