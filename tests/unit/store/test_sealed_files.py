"""Files at rest: read back as written in any part, and no change to them goes unseen."""

import io

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from desktop.store.sealed import BLOCK, Unsealed, seal
from desktop.store.troubles import Damaged

KEY = b"s" * 32
SEALED_BLOCK = BLOCK + 16
HEADER = 20
SIZES = [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK]


def sealed(content: bytes, chunk: int = 100_000, key: bytes = KEY) -> bytes:
    target = io.BytesIO()
    seal((content[start : start + chunk] for start in range(0, len(content), chunk)), target, key)
    return target.getvalue()


def unsealed(stored: bytes, key: bytes = KEY) -> bytes:
    return Unsealed(io.BytesIO(stored), key).read()


def pattern(size: int) -> bytes:
    return bytes(index * 7 % 251 for index in range(size))


@pytest.mark.parametrize("size", SIZES)
def test_every_size_comes_back(size: int) -> None:
    content = pattern(size)
    stored = sealed(content)
    assert unsealed(stored) == content
    assert Unsealed(io.BytesIO(stored), KEY).size == size
    assert len(content) < 100 or content[:50] not in stored


@given(st.integers(0, 3 * BLOCK + 5), st.integers(0, 2 * BLOCK))
def test_any_range_is_read_alone(start: int, length: int) -> None:
    reader = Unsealed(io.BytesIO(STORED), KEY)
    reader.seek(start)
    assert reader.tell() == min(start, start)
    assert io.BufferedReader(reader).read(length) == CONTENT[start : start + length]


CONTENT = pattern(3 * BLOCK)
STORED = sealed(CONTENT)


def test_only_the_blocks_of_a_range_are_read() -> None:
    class Counting(io.BytesIO):
        read_bytes = 0

        def read(self, size: int | None = -1, /) -> bytes:
            piece = super().read(size)
            self.read_bytes += len(piece)
            return piece

    source = Counting(STORED)
    reader = Unsealed(source, KEY)
    reader.seek(2 * BLOCK + 10)
    assert reader.read(5) == CONTENT[2 * BLOCK + 10 : 2 * BLOCK + 15]
    assert source.read_bytes == HEADER + SEALED_BLOCK


@pytest.mark.parametrize("size", [10, 3 * BLOCK])
def test_no_byte_can_be_changed(size: int) -> None:
    stored = sealed(pattern(size))
    for place in (0, 5, HEADER, len(stored) // 2, len(stored) - 1):
        changed = bytearray(stored)
        changed[place] ^= 1
        with pytest.raises(Damaged):
            unsealed(bytes(changed))


def blocks() -> list[bytes]:
    return [STORED[start : start + SEALED_BLOCK] for start in range(HEADER, len(STORED), SEALED_BLOCK)]


def test_blocks_cannot_be_cut_off_moved_or_added() -> None:
    one, two, three = blocks()
    header = STORED[:HEADER]
    for forged in ([one, two], [two, one, three], [one, three], [one, two, three, three], []):
        with pytest.raises(Damaged):
            unsealed(header + b"".join(forged))


def test_a_block_of_another_file_does_not_fit() -> None:
    other = sealed(CONTENT)
    with pytest.raises(Damaged):
        unsealed(STORED[:HEADER] + other[HEADER:])


def test_a_block_is_bound_to_its_file_even_under_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file has a key of its own; should two ever share one, the id in each block's tag still tells them apart."""
    monkeypatch.setattr("desktop.store.sealed._cipher", lambda key, _identity: AESGCM(key))
    one, other = sealed(CONTENT), sealed(CONTENT[::-1])
    assert (unsealed(one), unsealed(other)) == (CONTENT, CONTENT[::-1])
    for number in range(3):
        block = slice(HEADER + number * SEALED_BLOCK, HEADER + (number + 1) * SEALED_BLOCK)
        with pytest.raises(Damaged):
            unsealed(one[: block.start] + other[block] + one[block.stop :])


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Damaged):
        unsealed(STORED, b"t" * 32)


@pytest.mark.parametrize("stored", [b"", b"HTF1", b"plain text that is long enough to hold a header"])
def test_what_was_never_sealed_is_refused(stored: bytes) -> None:
    with pytest.raises(Damaged):
        unsealed(stored)


def test_a_position_before_the_start_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        Unsealed(io.BytesIO(STORED), KEY).seek(-1)


def test_closing_closes_the_file() -> None:
    source = io.BytesIO(STORED)
    with Unsealed(source, KEY) as reader:
        assert reader.readable()
        assert reader.seekable()
    assert source.closed
