"""Discord's own OpenAPI document as a judge of every request; used where it is at hand."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from tests.platforms.discord.wire.errors import form_error


class Spec:
    """Looks up what a request must be like."""

    def __init__(self, file: Path) -> None:
        from jsonschema import Draft202012Validator, validators

        document = json.loads(file.read_text(encoding="utf-8"))
        schemas = document["components"]["schemas"]
        schemas["SnowflakeType"] = {"type": ["string", "integer"]}  # the API takes both
        for name in ("MessageCreateRequest", "MessageEditRequestPartial"):
            schemas[name]["properties"]["content"]["maxLength"] = 2000  # 4000 is for subscribers
        self._components = document["components"]
        self._any = Draft202012Validator.VALIDATORS["anyOf"]
        self._operations = sorted(
            (
                (method.upper(), _pattern(path), path.count("{"), operation)
                for path, methods in document["paths"].items()
                for method, operation in methods.items()
                if method in {"get", "post", "put", "patch", "delete"}
            ),
            key=lambda each: each[2],
        )
        self._kind = validators.extend(
            Draft202012Validator, {"oneOf": self._either, "anyOf": self._either}
        )

    def check(self, method: str, path: str, body: Any) -> None:
        """Refuse, as Discord does, a request that the document does not allow."""
        operation = self._operation(method, path)
        assert operation is not None, f"Discord has no {method} {path}"
        content = operation.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        if schema is None or body is None:
            return
        faults = sorted(
            self._validator(json.dumps(schema)).iter_errors(body),
            key=lambda fault: -len(fault.absolute_path),
        )
        if faults:
            path_of = list(faults[0].absolute_path)
            raise form_error(path_of, "BASE_TYPE_INVALID", faults[0].message[:200])

    def _operation(self, method: str, path: str) -> Any:
        return next(
            (found for verb, rule, _, found in self._operations if verb == method and rule(path)),
            None,
        )

    @cache  # noqa: B019 one judge lives as long as the tests
    def _validator(self, schema: str) -> Any:
        return self._kind({**json.loads(schema), "components": self._components})

    def _either(self, validator: Any, branches: Any, value: Any, schema: Any) -> Any:
        """Follow the type of a component, so that a fault is named where it is."""
        kind = value.get("type") if isinstance(value, dict) else None
        for branch in branches if isinstance(kind, int) else ():
            named = branch.get("$ref", "").rsplit("/", 1)[-1]
            known = self._components["schemas"].get(named, branch)
            if kind in known.get("properties", {}).get("type", {}).get("enum", ()):
                yield from validator.descend(value, branch)
                return
        real = [branch for branch in branches if branch.get("type") != "null"]
        if value is not None and len(real) == 1:
            yield from validator.descend(value, real[0])
            return
        yield from self._any(validator, branches, value, schema)


def _pattern(path: str) -> Any:
    return re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$").match
