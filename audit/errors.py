"""The one error type that leaves the package: something a user can mend, said in one line."""

from __future__ import annotations

from audit.records import Diagnostic


class CopydeskError(Exception):
    """Carries a Diagnostic; its text is what, where and what to do."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic

    @classmethod
    def of(
        cls, code: str, path: str, message: str, action: str, line: int | None = None, offset: int | None = None
    ) -> CopydeskError:
        """Build the error and its diagnostic in one go."""
        return cls(Diagnostic(code=code, path=path, message=message, action=action, line=line, offset=offset))
