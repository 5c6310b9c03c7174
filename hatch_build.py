"""What building a wheel adds: the store, written compactly, since every run of an installed copy reads it."""

import json
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Puts `data/facts.json` into the wheel as `medaid_cli/facts.json`; an editable checkout reads it where it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the copy beside the build's other files, and name it."""
        if version == "editable":
            return
        tables = json.loads(Path(self.root, "data", "facts.json").read_text(encoding="utf-8"))
        compact = Path(self.directory, "facts.json")
        compact.parent.mkdir(parents=True, exist_ok=True)
        compact.write_text(json.dumps(tables, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        build_data["force_include"][str(compact)] = "medaid_cli/facts.json"
