import pytest

pytest.register_assert_rewrite("tests.decisions.oracles.checks")
