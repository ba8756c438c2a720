"""Every error that bad input can cause. Anything else that is raised is a fault of our own."""


class LjuskollError(Exception):
    """Base of all errors that a user can do something about; the message is Swedish and says what."""


class InputError(LjuskollError):
    """One file cannot be read; the rest of a batch goes on.

    `component` names the part that gave up ("file", "text", "html", "pdf" ...), `page` counts from 1.
    """

    def __init__(self, message: str, component: str, page: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.component = component
        self.page = page


class UnsupportedTypeError(InputError):
    """The file's content is of a kind that no reader knows."""


class DamagedFileError(InputError):
    """The file is empty, cut off or otherwise not what its kind demands."""


class EncryptedFileError(InputError):
    """The file needs a password that was not given."""


class FileTooLargeError(InputError):
    """The file is above the limit of its reader."""


class FileAccessError(InputError):
    """The operating system does not let us read the file."""


class UsageError(LjuskollError):
    """A wrong command line or a wrong `ljuskoll.toml` (exit status 2)."""


class DiskFullError(LjuskollError):
    """Nothing more can be written; what has been read so far is kept."""


class SourceGoneError(LjuskollError):
    """A whole SOURCE can no longer be reached: a shared folder that is disconnected, a zip file that is taken away."""
