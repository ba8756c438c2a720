"""A tour of ljuskoll for analysts: run it whole, or cell by cell (`# %%`) in VS Code, Spyder or Jupyter (Jupytext).

It works on the example archive of an invented municipality and on a few sentences of its own, offline, and writes to a
temporary folder. What is printed stands below, after `# >`. Needs `pip install duckdb` beside ljuskoll.
"""

# %% [markdown]
# ## 1. Import an archive
# `import_archive` is what `ljuskoll import` runs. It reads, judges and checks every file and writes the outputs to a
# folder; the same call again reads only what is new. `fast=True` leaves the careful judge out, to save half a minute.

# %%
import json
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import mkdtemp

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import spacy
from pyarrow.dataset import partitioning
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from ljuskoll.corpora.comments import load_comments
from ljuskoll.models.classifier import Classifier, load_classifier
from ljuskoll.models.features import read
from ljuskoll.models.judge import judge_of
from ljuskoll.models.judging import Judging
from ljuskoll.models.outcomes import OutcomeClassifier
from ljuskoll.models.training import THRESHOLD, calibrate
from ljuskoll.models.vectoriser import CommentVectoriser
from ljuskoll.nlp.followup import Period
from ljuskoll.service.archive.importing import import_archive
from ljuskoll.service.one_file import Options
from ljuskoll.service.review.desk import open_desk
from ljuskoll.service.review.exports import export
from ljuskoll.service.store.access import User
from ljuskoll.service.store.decisions import Decision, decide
from ljuskoll.service.store.findings import all_findings
from ljuskoll.service.watching import Watcher

pd.set_option("display.width", 110, "display.max_columns", 20, "display.max_colwidth", 48)
out = Path(mkdtemp(prefix="ljuskoll-tutorial-"))
judging = Judging(fast=True)
with as_file(files("ljuskoll.corpora") / "example" / "archive") as example:
    archived = import_archive([example], out, Options(judging=judging), Watcher())
result = archived.result
print(f"{len(result.documents)} documents, {len(result.records)} records, {len(result.findings)} findings")
# > 8 documents, 93 records, 16 findings

# %% [markdown]
# ## 2. Records into pandas
# The data set is partitioned by municipality and year; one row is one follow-up of one assignment. `declared_colour` is
# the light that the report shows, `assessed_colour` the one that its comment supports (none where the judge abstains).

# %%
folders = partitioning(pa.schema([("municipality", pa.string()), ("year", pa.int16())]), flavor="hive")
records = pd.read_parquet(out / "dataset", partitioning=folders)
first = records.sort_values(["year", "tertial", "assignment"]).head(3)
print(first[["year", "tertial", "assignment", "declared_colour", "assessed_colour"]])
# >     year  tertial                                       assignment declared_colour assessed_colour
# > 9   2023        1  Bygga gång- och cykelväg och ny busshållplat...             NaN          yellow
# > 6   2023        1   Byta ut gatubelysningen i centralorten mot LED             NaN           green
# > 12  2023        1          Digitalisera föreningarnas lokalbokning             NaN           green

# %% [markdown]
# Lights by board and year. A record may have several boards, so each is counted under all of its own; those without a
# light are counted too, since a board that shows none is something to ask about.

# %%
lit = records.explode("board_names").assign(light=records["declared_colour"].fillna("none"))
lights = pd.crosstab([lit["board_names"], lit["year"]], lit["light"])
print(lights.head(6))
# > light                              green  none  red  yellow
# > board_names                  year
# > Barn- och utbildningsnämnden 2023      4     2    0       2
# >                              2024      2     3    0       0
# > Kommunstyrelsen              2023      2     3    2       3
# >                              2024      4     3    2       0
# > Kultur- och fritidsnämnden   2023      3     2    0       1
# >                              2024      1     3    1       1

# %% [markdown]
# How far do the declared lights agree with the texts, where both say something?

# %%
both = records.dropna(subset=["declared_colour", "assessed_colour"])
print(pd.crosstab(both["declared_colour"], both["assessed_colour"]))
print(f"the judge abstains on {records['abstained'].mean():.0%} of all records")
# > assessed_colour  green  red  yellow
# > declared_colour
# > green               18    8       1
# > red                  1   10       0
# > yellow               1    0      10
# > the judge abstains on 11% of all records

# %% [markdown]
# ## 3. The same with DuckDB
# No import, no memory: the query runs on the files. Lists are nested columns, as `evidence` with text, place and cue.

# %%
doubtful = duckdb.sql(f"""
    SELECT year, tertial, path, page, assignment, round(p_red, 2) AS p_red, evidence[1].text AS evidence
    FROM read_parquet('{out.as_posix()}/dataset/**/*.parquet', hive_partitioning = true)
    JOIN '{out.as_posix()}/documents.parquet' ON sha256 = document_sha256 AND duplicate_of IS NULL
    WHERE declared_colour = 'green' AND assessed_colour = 'red'
    ORDER BY p_red DESC, path, assignment
""").df()
print(doubtful[["year", "tertial", "assignment", "p_red"]])
# >    year  tertial                                       assignment  p_red
# > 0  2023        3  Genomföra en medborgardialog om ny översikts...   1.00
# > 1  2024        2              Nyckelfri hemtjänst i hela kommunen   1.00
# > 2  2023        2   Inrätta demensteam i hemtjänstens båda områden   0.98
# > 3  2023        2  Bygga gång- och cykelväg och ny busshållplat...   0.96
# > 4  2024        2  Ta fram underhållsplaner för gator, broar oc...   0.88
# > 5  2023        3                   Öppna en fritidsgård i Norrbyn   0.61
# > 6  2023        3   Utreda en gemensam vikariepool för förskolorna   0.55
# > 7  2023        3                 Gemensamt ärendehanteringssystem   0.52

# %% [markdown]
# ## 4. The spaCy components on sentences of your own
# They work on any tokenizer; here on a blank Swedish pipeline. Each writes its spans to `doc.spans`, labelled with
# what it saw: the status sentence's outcome, what denies or limits, forecast or outcome, this year or next, what turns,
# whole or part, and figures against the target in the title.

# %%
nlp = spacy.blank("sv")
nlp.add_pipe("ljuskoll_sentences")
nlp.add_pipe("ljuskoll_status", config={"year": 2024})
for name in ("assertion", "tense", "contrast", "topic"):
    nlp.add_pipe(f"ljuskoll_{name}")
nlp.add_pipe("ljuskoll_times", config={"period": {"year": 2024, "tertial": 2}})
nlp.add_pipe("ljuskoll_targets", config={"assignment": "Minst 90 procent av gästerna ska vara nöjda", "year": 2024})

doc = nlp(
    "Uppdraget är delvis genomfört. Kajen har målats men räcket är inte klart och väntas bli klart 2025. "
    "Av gästerna är 86 procent nöjda."
)
for sentence in doc.sents:
    print(sentence.text)
    for name, spans in doc.spans.items():
        for span in spans:
            if span.sent == sentence:
                print(f"    {name.removeprefix('ljuskoll_'):10} {span.label_:12} {span.text}")
# > Uppdraget är delvis genomfört.
# >     status     partial      Uppdraget är delvis genomfört.
# >     assertion  partial      delvis
# >     tense      outcome      är delvis genomfört
# >     topic      whole        Uppdraget
# > Kajen har målats men räcket är inte klart och väntas bli klart 2025.
# >     assertion  negation     inte
# >     tense      outcome      har målats
# >     tense      outcome      är inte klart
# >     tense      forecast     väntas bli
# >     contrast   contrast     men
# >     times      next_year    2025
# > Av gästerna är 86 procent nöjda.
# >     targets    missed       86

# %% [markdown]
# ## 5. The judge: light, probabilities, evidence, and when it abstains
# The period matters: "ej påbörjat" is yellow in April and red at year-end.

# %%
judge = load_classifier(fast=True)
comments = {
    "started": "Arbetet har inte påbörjats.",
    "tone": "Ett mycket gott samarbete har lagt grunden, men bron blir inte byggd i år.",
    "nothing": "Nämnden ansvarar för kommunens broar enligt reglementet.",
}
for name, comment in comments.items():
    for tertial in (1, 3):
        said = judge.assess(comment, "Bygg en bro", Period.of_tertial(2024, tertial))
        quoted = [evidence.text for evidence in said.evidence]
        print(f"{name:8} T{tertial} {said.colour!s:6} {said.outcome:11} {said.abstained!s:5} {quoted}")
# > started  T1 yellow not_started False ['Arbetet har inte påbörjats.']
# > started  T3 red    not_started False ['Arbetet har inte påbörjats.']
# > tone     T1 red    off_track   False ['Ett mycket gott samarbete har lagt grunden, men bron blir inte byggd i år.']
# > tone     T3 red    off_track   False ['Ett mycket gott samarbete har lagt grunden, men bron blir inte byggd i år.']
# > nothing  T1 None   unclear     True  []
# > nothing  T3 None   unclear     True  []

# %% [markdown]
# ## 6. A judge of your own
# The judge is a scikit-learn pipeline over comments that have been read: `CommentVectoriser` makes rows of what was
# seen in them, `OutcomeClassifier` is a calibrated logistic regression. Here a part of the package's own labelled
# comments stands for yours: a row needs comment, assignment, period and the outcome that its text supports.
# Comments by one author resemble each other, so measure on authors that the model has not seen.

# %%
voices = sorted({one.voice for one in load_comments("train")})[:5]
labelled = [one for one in load_comments("train") if one.voice in voices]
readings = np.array([read(one.comment, one.assignment, one.period) for one in labelled], dtype=object)
outcomes = np.array([one.outcome for one in labelled])
groups = [one.voice for one in labelled]
model = make_pipeline(CommentVectoriser(), OutcomeClassifier())
predicted = cross_val_predict(model, readings, outcomes, groups=groups, cv=GroupKFold(5))
score = f1_score(outcomes, predicted, average="macro")
print(f"{len(labelled)} comments by {len(voices)} authors, macro-F1 over seven outcomes {score:.2f}")
# > 479 comments by 5 authors, macro-F1 over seven outcomes 0.70

# %% [markdown]
# `predict_proba` gives a column an outcome. To abstain and to quote evidence, put the same steps into a `Classifier`:
# the temperature is chosen on other authors (the development split), the threshold weighs a wrong light against none.

# %%
model.fit(readings, outcomes)
comment = "Upphandlingen har överklagats och bron byggs först nästa år."
unseen = read(comment, "Bygg en bro", Period.of_tertial(2024, 3))
by_outcome = pd.Series(model.predict_proba([unseen])[0], index=model.classes_)
print(by_outcome.sort_values(ascending=False).head(3).round(2).to_string())

trained = judge_of(*(step for _, step in model.steps))
own = Classifier(trained, calibrate(trained, load_comments("dev")), THRESHOLD)
asked = load_comments("dev")[:200]
answers = [own.assess(one.comment, one.assignment, one.period) for one in asked]
print(f"abstains on {np.mean([one.abstained for one in answers]):.0%}; quotes {answers[0].evidence[0].text!r}")
# > off_track    0.56
# > on_track     0.13
# > completed    0.10
# > abstains on 8%; quotes 'Sista stolpen restes den 6 november.'

# %% [markdown]
# ## 7. Flags against a reviewer's decisions
# Reviewers decide in the browser (`ljuskoll serve`); what they said is in the export `findings.jsonl`. Here the
# reviewer has the list of contradictions that were planted in the example, disagrees with all that is not on it, and
# leaves undecided what is lacking in whole documents.

# %%
key = json.loads((files("ljuskoll.corpora") / "example" / "source" / "mismatches.json").read_text(encoding="utf-8"))
planted = [one["assignment"] for one in key]
desk = open_desk(out / "granskning", archive=out, judging=judging)
reviewer = User("Anna", "review")
with desk.database.writing() as session:
    for finding in [one for one in all_findings(session, reviewer) if one.kind != "completeness"]:
        is_planted = any(title in finding.message for title in planted)
        decide(session, reviewer, finding, Decision(verdict="agree" if is_planted else "disagree"))

with export(desk, reviewer, "findings.jsonl").content as lines:
    reviewed = pd.DataFrame(
        {"kind": finding["kind"], "score": finding["score"], "verdict": said["verdict"]}
        for finding in map(json.loads, lines)
        for said in finding["standings"]
    )
desk.database.close()

# %% [markdown]
# The precision of what is shown is the share that reviewers agree with. The score claims to be that very probability:
# if its mean is far above the precision, the scores promise too much for your texts. Few decisions say little, so give
# the interval (Wilson's, 95 %) with the share.


# %%
def wilson(agreed: int, number: int, z: float = 1.96) -> tuple[float, float]:
    """The interval in which a share of so many lies."""
    centre = (agreed + z * z / 2) / (number + z * z)
    half = z / (number + z * z) * np.sqrt(agreed * (number - agreed) / number + z * z / 4)
    return round(centre - half, 2), round(centre + half, 2)


by_kind = reviewed.assign(agreed=reviewed["verdict"] == "agree").groupby("kind")
table = by_kind.agg(findings=("agreed", "size"), agreed=("agreed", "sum"), mean_score=("score", "mean")).round(2)
table["interval"] = [wilson(row.agreed, row.findings) for row in table.itertuples()]
print(table)
# >                      findings  agreed  mean_score     interval
# > kind
# > aggregate                   2       2        1.00  (0.34, 1.0)
# > declared_vs_comment         4       3        0.86  (0.3, 0.95)
# > declared_vs_phrase          3       3        1.00  (0.44, 1.0)
# > over_time                   5       5        0.99  (0.57, 1.0)
