"""Gives the program hostile answers at every place, and files that are made to hurt, and says what came of each.

    python -m tests.measures.hostile [--place PLACE] [--answer ANSWER] [--json]

Each answer is given during a crawl in which a new document was published; then the source is well again, a crawl a day.
An answer holds when the run names its outcome, nothing is recorded as removed or changed that was not, the new document
is told exactly once in the words of an undisturbed run, and memory and time stay bounded. A file holds when
`wpswatch parse` gives a document or names an error, alone, in bounded memory and time, and nothing outside is read.

Prints a line for each, "held N of M" and the names of the rest; exits with 1 when one did not hold. Two at a time, in
about a quarter of an hour; progress goes to standard error.
"""

import sys

if __name__ == "__main__":  # the readers of a crawl import this module by another name, and need nothing of it
    from tests.measures.hostile.command import main

    sys.exit(main(sys.argv[1:]))
