"""Ports of the embedded parts: free, below those that clients come from, and the same again."""

import socket
from contextlib import closing
from pathlib import Path

from streams.embedded.ports import FIRST, LAST, LOOPBACK, free_port, is_free, kept_ports


def listening(port: int) -> socket.socket:
    """Return a socket that listens on a port."""
    server = socket.socket()
    server.bind((LOOPBACK, port))
    server.listen()
    return server


def test_gives_the_same_ports_again(tmp_path: Path) -> None:
    """A data folder has the same ports at every start, and new names get ports of their own beside them."""
    file = tmp_path / "data" / "ports.json"
    first = kept_ports(file, ["broker", "controller"])
    later = kept_ports(file, ["broker", "controller", "other"])
    assert first.items() <= later.items()
    assert len(set(later.values())) == 3
    assert all(FIRST <= port < LAST for port in later.values())


def test_gives_another_port_for_a_taken_one(tmp_path: Path) -> None:
    """A port that somebody else has taken meanwhile is replaced for good."""
    file = tmp_path / "ports.json"
    before = kept_ports(file, ["broker", "other"])
    with closing(listening(before["broker"])):
        assert not is_free(before["broker"])
        after = kept_ports(file, ["broker", "other"])
    assert after["broker"] != before["broker"]
    assert after["other"] == before["other"]
    assert kept_ports(file, ["broker", "other"]) == after


def test_never_gives_a_port_twice() -> None:
    """Ports that were given but not yet taken are not given again in the same process."""
    ports = [free_port() for _ in range(500)]
    assert len(set(ports)) == len(ports)
