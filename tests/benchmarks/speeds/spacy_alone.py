"""Runs the language model over texts and does nothing else, with every component that the model has.

    python spacy_alone.py MODEL FILE SIZE ...

FILE holds a JSON list of texts. Prints JSON: seconds by size of batch, the model's load left out, and the components.
With several sizes only the first texts are taken, and the sizes take turns.
"""

import json
import sys
import time
from pathlib import Path

import spacy

SOME = 60_000  # characters to try sizes on
TURNS = 3


def main() -> None:
    model, file, *sizes = sys.argv[1:]
    texts = json.loads(Path(file).read_text(encoding="utf-8"))
    nlp = spacy.load(model)
    nlp.max_length = max(nlp.max_length, *(len(text) for text in texts), 0)
    turns = 1
    if len(sizes) > 1:
        texts, turns = list(first(texts)), TURNS
    taken: dict[str, float] = {}
    for _ in range(turns):
        for size in sizes:
            start = time.perf_counter()
            for _doc in nlp.pipe(texts, batch_size=int(size)):
                pass
            seconds = time.perf_counter() - start
            taken[size] = min(taken.get(size, seconds), seconds)
    print(json.dumps({"seconds": taken, "components": nlp.pipe_names, "version": spacy.__version__}))


def first(texts: list[str]) -> list[str]:
    """The first texts, up to so many characters."""
    kept, length = [], 0
    for text in texts:
        kept.append(text)
        length += len(text)
        if length >= SOME:
            break
    return kept


if __name__ == "__main__":
    main()
