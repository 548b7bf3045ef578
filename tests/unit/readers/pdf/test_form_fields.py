"""AcroForm fields as odd programs write them."""

from __future__ import annotations

import pikepdf
import pytest

NAME = pikepdf.Name
RECT = pikepdf.Array([100, 345, 200, 362])


def text(x: int, y: int, content: str) -> str:
    return f"BT /F 10 Tf {x} {y} Td ({content}) Tj ET\n"


def control_of(pdf, **entries):
    field = {"/T": "f", "/FT": NAME.Tx, "/Rect": RECT} | {f"/{key}": value for key, value in entries.items()}
    (control,) = pdf(text(50, 350, "x"), fields=(field,)).parts[0].controls
    return control


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"plain", "plain"),
        ("华南".encode("utf-16"), "华南"),
        (b"\xfe\xff" + "华南".encode("utf-16-be"), "华南"),
        (b"\xef\xbb\xbf" + "华南".encode(), "华南"),
        ("华南".encode("gb18030"), "华南"),
        (b"\xfe\xff\x00\x1bzh\x00\x1b".replace(b"zh", b"\x00z\x00h") + "华".encode("utf-16-be"), "华"),
        (b"a\rb\r\nc", "a\nb\nc"),
        (b"\xfe\xff\xd8\x00", "\ufffd"),
    ],
    ids=["ascii", "utf-16", "utf-16-be", "utf-8", "gb18030", "language", "line ends", "half a surrogate"],
)
def test_text_is_read_in_whatever_encoding(pdf, raw, expected):
    assert control_of(pdf, V=pikepdf.String(raw)).value == expected


def test_rich_text_stands_in_where_there_is_no_plain_one(pdf):
    rich = "<?xml version='1.0'?><body><p>one &amp; <b>two</b></p><p>three</p></body>"

    assert control_of(pdf, RV=rich).value == "one & two\nthree"


def test_a_plain_value_is_taken_before_the_rich_one(pdf):
    assert control_of(pdf, V="plain", RV="<body><p>rich</p></body>").value == "plain"


@pytest.mark.parametrize("state", ["/1", "/Yes", "/On", "/质量", "/#E8#B4#A8", "/Choice 1"])
def test_any_state_but_off_is_on(pdf, state):
    looks = pikepdf.Dictionary(
        N=pikepdf.Dictionary({state: pikepdf.Dictionary(), "/Off": pikepdf.Dictionary()})
    )

    assert control_of(pdf, FT=NAME.Btn, AP=looks, AS=NAME(state), V=NAME(state)).value == "☑"


def test_a_choice_without_a_value_shows_what_its_index_says(pdf):
    options = pikepdf.Array(["red", pikepdf.Array(["g", "green"])])

    assert control_of(pdf, FT=NAME.Ch, Opt=options, I=pikepdf.Array([1])).value == "green"


def test_several_choices_are_joined(pdf):
    options = pikepdf.Array([pikepdf.Array(["r", "red"]), pikepdf.Array(["g", "green"])])

    assert control_of(pdf, FT=NAME.Ch, Opt=options, V=pikepdf.Array(["r", "g"])).value == "red、green"


def test_a_password_field_is_never_read(pdf):
    assert control_of(pdf, Ff=1 << 13, V="secret").value == ""


def test_comb_fields_hold_their_text_as_one(pdf):
    assert control_of(pdf, Ff=1 << 24, MaxLen=18, V="91440300MA5EXAMPLE").value == "91440300MA5EXAMPLE"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"Name": "Li Ming", "M": "D:20260306120000+08'00'"}, ("signature", "Li Ming 2026-03-06")),
        ({"Name": "Li Ming"}, ("signature", "Li Ming")),
        ({"M": "D:20260306"}, ("signature", "")),
    ],
)
def test_a_signed_field_tells_who_and_when(pdf, value, expected):
    control = control_of(
        pdf, FT=NAME.Sig, V=pikepdf.Dictionary({f"/{key}": entry for key, entry in value.items()})
    )

    assert (control.kind, control.value) == expected


def test_a_signature_field_that_nobody_signed_proves_nothing(pdf):
    part = pdf(text(50, 350, "x"), fields=({"/T": "s", "/FT": NAME.Sig, "/Rect": RECT},)).parts[0]

    assert (part.controls[0].kind, part.controls[0].value, part.pictures) == ("text", "", ())


def test_a_kid_that_names_no_parent_inherits_by_the_forms_tree(tmp_path):
    from formflow.limits import Limits
    from formflow.readers.pdf.document import read_pdf

    document = pikepdf.new()
    page = document.add_blank_page(page_size=(400, 400))
    kid = document.make_indirect(pikepdf.Dictionary(Subtype=NAME.Widget, T="name", Rect=RECT))
    parent = pikepdf.Dictionary(T="customer", FT=NAME.Tx, V="South", Kids=pikepdf.Array([kid]))
    page.Annots = pikepdf.Array([kid])
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([document.make_indirect(parent)]))
    document.save(tmp_path / "a.pdf")
    (part,) = read_pdf((tmp_path / "a.pdf").read_bytes(), Limits())

    assert [(control.name, control.value) for control in part.controls] == [("customer.name", "South")]


@pytest.mark.parametrize("flags", [2, 32])
def test_fields_nobody_sees_are_not_content(pdf, flags):
    field = {"/T": "f", "/FT": NAME.Tx, "/Rect": RECT, "/V": "secret", "/F": flags}

    assert pdf(text(50, 350, "x"), fields=(field,)).parts[0].controls == ()


def test_a_typed_note_without_contents_is_its_rich_text(pdf, text_of):
    note = {"/Subtype": NAME.FreeText, "/RC": "<body><p>typed</p></body>", "/Rect": RECT}

    assert "typed" in " ".join(text_of(pdf(text(50, 350, "x"), annotations=(note,))))
