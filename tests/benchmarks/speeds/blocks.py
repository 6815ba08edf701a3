"""Writes the texts that the language model is run over in an audit of a folder: every block of it once.

    python blocks.py FOLDER FILE

FILE gets a JSON list. Prints JSON: the model's name, and how many words the blocks have.
"""

import importlib.util
import json
import sys
from pathlib import Path

from audit.config import Settings
from audit.extract.annotate import MODELS
from audit.inputs import expand, read_inputs


def main() -> None:
    folder, target = sys.argv[1:]
    inputs = read_inputs(Settings(articles=tuple(expand([folder])), offline=True))
    documents = (*inputs.articles, *inputs.sources)
    blocks = [text for document in documents for block in document.blocks if (text := document.block_text(block))]
    texts = list(dict.fromkeys(text for text in blocks if text.strip()))
    Path(target).write_text(json.dumps(texts), encoding="utf-8")
    model = next(name for name in MODELS if importlib.util.find_spec(name) is not None)
    print(json.dumps({"model": model, "words": sum(len(text.split()) for text in texts), "texts": len(texts)}))


if __name__ == "__main__":
    main()
