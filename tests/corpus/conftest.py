"""The helpers of the corpus assert as tests do, and say as much when they fail."""

import pytest

pytest.register_assert_rewrite("corpus.judge", "corpus.memory")
