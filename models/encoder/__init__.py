"""The careful judge: a small text encoder, fine-tuned on our own comments, that scores outcomes.

`encoder`, `inputs` and `pieces` are what is shipped; the others train it and need `pip install ljuskoll[training]`.
"""
