"""The ways a source and its bodies can fail, as one small tree.

    ScraperError                 everything below; `code` is a stable kebab-case word
    ├── SourceError              what a source answered cannot be used
    │   ├── UnexpectedPage       a listing that does not have the shape we know
    │   │   └── ShortListing     the shape we know, but fewer entries than the source is expected to list
    │   ├── Blocked              a challenge or a refusal in place of an answer
    │   ├── NotYet               the source says that the text is not there (yet)
    │   └── FalseAnswer          an answer that pretends to be the document: empty, another format, too large
    ├── BodyError                a fetched body that a reader cannot turn into text
    │   ├── NotADocument         it is something else than it is called
    │   ├── Unreadable           it is of the right kind, but damaged, encrypted or hostile
    │   ├── TooLarge             it is over a limit of size, pages or depth
    │   └── OtherDocument        it is a sound document, but not the one it was fetched as
    └── ClusterError             machines that were to read cannot: they are not there, go, or have another wpswatch

An error is raised with its code and its message, which says what was expected, what was found, and where:
`NotADocument("not-a-pdf", "expected %PDF, found '<!doctype html>' at https://example.org/x.pdf")`.
"""


# ruff: noqa: N818 - the names say what happened, as the tree reads; "Error" would only be appended to them


class ScraperError(Exception):
    """Anything that can go wrong with a source or a body. Survives pickling between processes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        """The message alone; the code is for programs."""
        return self.message


class SourceError(ScraperError):
    """What a source answered cannot be used."""


class UnexpectedPage(SourceError):
    """A listing does not have the shape that its parser knows."""


class ShortListing(UnexpectedPage):
    """A listing has the right shape, but fewer entries than its source is expected to list."""


class Blocked(SourceError):
    """A source answered with a challenge or a refusal."""


class NotYet(SourceError):
    """A source says that the text asked for is not there (yet)."""


class FalseAnswer(SourceError):
    """An answer pretends to be the document asked for: it is empty, of another format, or too large."""


class BodyError(ScraperError):
    """A fetched body cannot be turned into text."""


class NotADocument(BodyError):
    """A body is something else than it is called: an HTML page named .pdf, a notice, a picture."""


class Unreadable(BodyError):
    """A body is of the right kind, but damaged, encrypted or hostile."""


class TooLarge(BodyError):
    """A body is over a limit of size, pages or depth."""


class OtherDocument(BodyError):
    """A body is a sound document, but not the one it was fetched as."""


class ClusterError(ScraperError):
    """Machines that were to read bodies cannot: they are not there, go away, or have another wpswatch."""
