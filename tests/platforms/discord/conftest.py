import pytest

from knowledge.bank import QuestionBank
from tests.core.samples import Table


@pytest.fixture
def table(bank: QuestionBank) -> Table:
    """A coach with fakes over the shipped questions, and somebody new."""
    return Table(bank)
