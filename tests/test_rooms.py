"""The house stays one that a newcomer can walk through: few rooms, few arrows, no circle."""

from __future__ import annotations

from tests.rooms import measure


def test_the_house_is_no_larger_than_its_plan() -> None:
    house = measure()
    assert len(house.rooms) <= 9
    assert len(house.floors) <= 6
    assert sum(map(len, house.arrows.values())) <= 28


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert measure().circles == []
