from datetime import date

from model.codes import pair, unit_limit
from model.policy import Policy
from model.reads import listening

ON = date(2024, 8, 1)


def test_what_is_looked_up_is_kept_in_words_whichever_code_comes_first() -> None:
    with listening() as reads:
        pair("97140", "97124", ON)
        pair("97124", "97140", ON)
        pair("97110", "97112", ON)
        unit_limit("97150", ON)

    assert reads == {
        ("ncci_practitioner", "97124 with 97140"): "column 1 97140, indicator 0, ... to ...",
        ("ncci_practitioner", "97110 with 97112"): "no row in force",
        ("mue_practitioner", "97150"): "1 a day",
    }


def test_parameters_are_kept_with_the_value_of_the_day() -> None:
    with listening() as reads:
        Policy.for_payer("medicare_part_b", ON).value("kx_threshold.pt_slp")

    assert reads == {("parameters", "kx_threshold.pt_slp"): "2330"}


def test_nothing_is_kept_when_nobody_listens() -> None:
    with listening() as reads:
        pass
    pair("97140", "97124", ON)

    assert reads == {}
