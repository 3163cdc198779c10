"""Compiles the translations at every build; packs scripts and the list of models into the wheel."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Hatchling's hook; it finds the catalogue without the package being installed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; an editable installation reads the scripts where they stand."""
        root = Path(self.root)
        place = root / "src" / "callcoach" / "locale" / "catalogue.py"
        spec = importlib.util.spec_from_file_location("callcoach_catalogue", place)
        if spec is None or spec.loader is None:
            raise RuntimeError(f"{place} is missing")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.compile_all()
        if self.target_name == "wheel" and version == "standard":
            packed = build_data["force_include"]
            packed[str(root / "scripts")] = "callcoach/scripts"
            packed[str(root / "models" / "manifest.toml")] = "callcoach/models/manifest.toml"
