"""Makers of files that are small and unpack to something immense."""

import struct
import zlib

from corpus.workbooks import book, shared

MEGABYTE = 1 << 20


def deflated(begin: bytes, filler: bytes, times: int, end: bytes) -> tuple[bytes, int, int]:
    """Pack a filler so many times without packing it anew; also gives its size, and the checksum of it all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(begin) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(filler) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = packer.compress(end) + packer.flush()
    checksum = zlib.crc32(begin)
    for _ in range(times):
        checksum = zlib.crc32(filler, checksum)
    return head + block * times + tail, len(begin) + len(filler) * times + len(end), zlib.crc32(end, checksum)


def zip_with(sound: bytes, member: str, packed: bytes, size: int, checksum: int) -> bytes:
    """Put a packed member before those of a ZIP archive, by hand: the standard library would pack it anew."""
    name = member.encode()
    fields = struct.pack("<HHHHHLLL", 20, 0, 8, 0, 33, checksum, len(packed), size)
    local = b"PK\3\4" + fields + struct.pack("<HH", len(name), 0) + name + packed
    central = b"PK\1\2" + struct.pack("<H", 20) + fields
    central += struct.pack("<HHHHHLL", len(name), 0, 0, 0, 0, 0, 0) + name
    return _joined(sound, local, central)


def _joined(sound: bytes, local: bytes, central: bytes) -> bytes:
    """Set the places of an archive's members anew, behind the new one."""
    end = sound.rindex(b"PK\5\6")
    count, length, start = struct.unpack("<HLL", sound[end + 10 : end + 20])
    entries = bytearray(sound[start : start + length])
    at = 0
    for _ in range(count):
        name, extra, comment = struct.unpack("<HHH", entries[at + 28 : at + 34])
        (offset,) = struct.unpack("<L", entries[at + 42 : at + 46])
        entries[at + 42 : at + 46] = struct.pack("<L", offset + len(local))
        at += 46 + name + extra + comment
    directory = central + bytes(entries)
    closing = struct.pack("<HHHHLLH", 0, 0, count + 1, count + 1, len(directory), len(local) + start, 0)
    return local + sound[:start] + directory + b"PK\5\6" + closing


def bomb(member: str, begin: str, end: str, megabytes: int, filler: bytes = b" ", claimed: int | None = None) -> bytes:
    """Give a workbook of which one part is immense when it is unpacked; it may claim another size."""
    packed, size, checksum = deflated(begin.encode(), filler * (MEGABYTE // len(filler)), megabytes, end.encode())
    sound = book([["a"], [shared(0)]], shared=["<t>x</t>"]).with_part(member, "").packed()
    return zip_with(sound, member, packed, size if claimed is None else claimed, checksum)


def gz_bomb(begin: bytes, filler: bytes, megabytes: int, end: bytes) -> bytes:
    """Give a packed file that is immense when it is unpacked."""
    packed, size, checksum = deflated(begin, filler * (MEGABYTE // len(filler)), megabytes, end)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\3" + packed + struct.pack("<LL", checksum, size & 0xFFFFFFFF)
