import pytest

from model.extract.qualifiers import agreement, members


@pytest.mark.parametrize(
    ("phrase", "closer", "farther"),
    [
        ("laceration right little finger", "of right little finger", "of right index finger"),
        ("moderate dementia", "dementia, moderate", "dementia, severe"),
        ("C5-6 disc", "disc disorder at C5-C6 level", "disc disorder at C4-C5 level"),
        ("fracture, displaced", "displaced fracture", "nondisplaced fracture"),
        ("5th metacarpal neck", "neck of fifth metacarpal bone", "neck of other metacarpal bone"),
        ("oral/pharyngeal dysphagia", "dysphagia, oropharyngeal phase", "dysphagia, oral phase"),
        ("type 2 diabetes", "type 2 diabetes mellitus", "type 1 diabetes mellitus"),
    ],
)  # fmt: skip
def test_a_title_that_names_another_member_of_the_axis_weighs_less(
    phrase: str, closer: str, farther: str
) -> None:
    assert agreement(phrase, closer) > 1 > agreement(phrase, farther)


def test_a_title_that_says_more_than_the_phrase_loses_a_little() -> None:
    assert 0.9 < agreement("dementia", "dementia, severe") < 1


def test_words_inside_other_words_name_nothing() -> None:
    assert members("hippocampal") == {}


def test_the_neck_of_a_bone_is_no_cervical_region() -> None:
    assert "region" not in members("neck of fifth metacarpal bone")
    assert "region" not in members("femoral neck fracture")
    assert "region" in members("neck pain")


def test_a_limb_that_the_side_names_is_not_held_against_a_title() -> None:
    assert agreement("thumb arthritis", "osteoarthritis, left hand") == 1
