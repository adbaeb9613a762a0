"""The questionnaires of a run."""

from bpo_assess.loading.read import (
    LoadedProcess,
    LoadedQuestionnaire,
    questionnaire_for,
    read_questionnaire,
)


class Methods:
    """Gives each file its questionnaire, and reads each once however many files use it."""

    def __init__(self, chosen: str | None) -> None:
        """Read the one that is chosen for all files; raise InputError where it cannot be used."""
        self._chosen = chosen
        self._known: dict[str | None, LoadedQuestionnaire] = {}
        if chosen is not None:
            self._known[chosen] = read_questionnaire(chosen)

    @property
    def sha256(self) -> str | None:
        """The fingerprint of the chosen one."""
        return self._known[self._chosen].document.sha256 if self._chosen is not None else None

    def of(self, loaded: LoadedProcess) -> LoadedQuestionnaire:
        """Give the questionnaire of a file: the chosen one, else the one it names, else the default."""
        reference = loaded.process.questionnaire
        key = self._chosen or (reference.id if reference else None)
        if key not in self._known:
            self._known[key] = questionnaire_for(loaded, self._chosen)
        return self._known[key]
