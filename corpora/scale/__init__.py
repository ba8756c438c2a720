"""Archives of any size for tests of scale: thousands of reports of fictional municipalities, the same bytes for a seed.

Nothing is written anew but the names of the municipalities: comments keep their own titles, boards and outcomes, and
only their combination into reports is by chance. Such an archive is for measuring time, memory and loss; never for
learning or measuring judgement, since the same few thousand comments come back again and again.
"""
