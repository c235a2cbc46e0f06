"""The real program against everything that goes wrong around it."""

import pytest

pytest.register_assert_rewrite("tests.faults.trial", "tests.faults.program")
