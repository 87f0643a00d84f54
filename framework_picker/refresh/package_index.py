"""The Python package index: the releases of a package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from packaging.utils import canonicalize_name

from framework_picker.refresh.address import IndexAddress
from framework_picker.refresh.errors import BadAnswerError, NotServedError
from framework_picker.refresh.releases import (
    History,
    check_plausible,
    history_of_files,
    history_of_record,
)
from framework_picker.refresh.web import Web

FILES_AS_JSON = "application/vnd.pypi.simple.v1+json"

_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class PackageIndex:
    """An index, reached through ``web``."""

    web: Web
    address: IndexAddress
    today: date

    def history(self, package: str) -> History:
        """The releases of a package.

        From its record, or from its list of files where the index serves no record.

        Raises:
            BadAnswerError: neither can be had, or what it says cannot be true.
        """
        if not _NAME.fullmatch(package):
            raise BadAnswerError("that is no name of a package")
        name = canonicalize_name(package)
        try:
            history = self._from_record(name)
        except NotServedError as without_record:
            try:
                history = self._from_files(name)
            except BadAnswerError as without_files:
                reasons = dict.fromkeys([str(without_record), str(without_files)])
                raise BadAnswerError("; its list of files: ".join(reasons)) from None
        check_plausible(history, self.today)
        return history

    def _from_record(self, name: str) -> History:
        if not self.address.records:
            raise NotServedError("the index has no records")
        answer = self.web.json(f"{self.address.records}/pypi/{name}/json", login=self.address.login)
        history = history_of_record(answer.content, name)
        if history is None:
            raise NotServedError("its record lists no releases")
        return history

    def _from_files(self, name: str) -> History:
        answer = self.web.json(
            f"{self.address.files}/{name}/",
            headers={"accept": FILES_AS_JSON},
            login=self.address.login,
        )
        return history_of_files(answer.content, name)
