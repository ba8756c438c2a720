"""The measurement of the checks on the archives of a split, and the learning of the scores on the dev split."""

import json
from importlib.resources import files
from pathlib import Path

from ljuskoll.corpora.comments import corpus_fingerprint
from ljuskoll.corpora.contradictions import ArchiveSplit, load_archives, load_title_lists
from ljuskoll.evaluation.contradiction_figures import ContradictionFigures, figures_of
from ljuskoll.evaluation.contradictions import Checked
from ljuskoll.evaluation.linking import measure_archives, measure_titles
from ljuskoll.evaluation.scores import examples_of, examples_of_comments, learn_scores
from ljuskoll.service.consistency.scoring import TABLE_NAME


def measure_contradictions(split: ArchiveSplit = "test") -> ContradictionFigures:
    """Imports and checks the archives of a split and measures what was found."""
    checked = [Checked.of(archive) for archive in load_archives(split)]
    return figures_of(checked, measure_archives(checked), measure_titles(load_title_lists(split)))


def learn_and_write(folder: Path | None = None) -> Path:
    """Learns the scores from the dev split and writes them beside the checks, or into `folder`."""
    examples = [example for archive in load_archives("dev") for example in examples_of(Checked.of(archive))]
    weights = learn_scores([*examples, *examples_of_comments()])
    table = {"corpus": corpus_fingerprint(load_archives("dev")), "examples": len(examples), "weights": weights}
    path = (folder or Path(str(files("ljuskoll.service.consistency")))) / TABLE_NAME
    path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path
