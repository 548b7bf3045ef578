import pikepdf
import pytest

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Line, Table
from formflow.readers.pdf.document import read_pdf

NAME = pikepdf.Name
TICKED_LOOKS = pikepdf.Dictionary(
    N=pikepdf.Dictionary({"/Yes": pikepdf.Dictionary(), "/Off": pikepdf.Dictionary()})
)


def text(x: int, y: int, content: str, size: int = 10) -> str:
    return f"BT /F {size} Tf {x} {y} Td ({content}) Tj ET\n"


def lines(*segments: tuple[int, int, int, int]) -> str:
    return "".join(f"{x0} {y0} m {x1} {y1} l S\n" for x0, y0, x1, y1 in segments)


GRID = lines(
    (50, 300, 250, 300), (50, 270, 250, 270), (50, 240, 250, 240), (50, 300, 50, 240), (250, 300, 250, 240)
)
"""A frame of two rows, y 300–270–240, x 50–250; cells are cut in it by further lines."""


def box(x0: int, y0: int, x1: int, y1: int) -> pikepdf.Array:
    return pikepdf.Array([x0, y0, x1, y1])


def field(name: str, rect: pikepdf.Array, kind: str = "/Tx", **more: object) -> dict[str, object]:
    return {"/T": name, "/FT": NAME(kind), "/Rect": rect, **{f"/{key}": value for key, value in more.items()}}


def test_glyphs_become_lines_with_blanks_where_the_gaps_are(pdf, text_of):
    content = text(50, 350, "Name:") + text(85, 350, "Wang") + text(250, 350, "Date:") + text(50, 330, "next")

    first, second = text_of(pdf(content))

    assert first.startswith("Name: Wang  ")
    assert first.endswith("  Date:")
    assert second == "next"


def test_blanks_of_the_file_are_kept(pdf, text_of):
    assert text_of(pdf(text(50, 350, "a   b c"))) == ["a   b c"]


def test_a_glyph_printed_twice_for_boldness_is_one(pdf, text_of):
    assert text_of(pdf(text(50, 350, "Title") + text(50, 350, "Title"))) == ["Title"]


def test_a_ruled_table_has_its_merged_cells_and_boxes(pdf, only_table, shape):
    content = (
        GRID + lines((150, 270, 150, 240)) + text(60, 280, "head") + text(60, 250, "a") + text(160, 250, "b")
    )
    table = only_table(pdf(content))

    assert shape(table) == [(0, 0, 1, 2, "head"), (1, 0, 1, 1, "a"), (1, 1, 1, 1, "b")]
    assert table.cells[2].source.box == (150, 130, 250, 160)
    assert table.cells[2].source.ref == "table 1 R2C2"


def test_lines_and_tables_stand_in_reading_order(pdf):
    content = (
        text(50, 320, "above")
        + GRID
        + lines((150, 300, 150, 240))
        + text(60, 280, "in")
        + text(50, 200, "below")
    )
    blocks = pdf(content).parts[0].blocks

    assert [type(block) for block in blocks] == [Line, Table, Line]
    assert [block.text for block in blocks if isinstance(block, Line)] == ["above", "below"]


def test_a_line_that_only_wrapped_goes_on_and_one_that_ended_does_not(pdf, only_table):
    long = text(60, 288, "words words words words words words wo") + text(60, 276, "wordswords done.")
    short = text(60, 258, "one.") + text(60, 246, "two.")
    table = only_table(pdf(GRID + long + short))

    assert [cell.text for cell in table.cells] == [
        "words words words words words words wo wordswords done.",
        "one.\ntwo.",
    ]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_reads_as_it_is_turned(pdf, text_of, rotate):
    turns = {0: "1 0 0 1 60 340", 90: "0 1 -1 0 60 60", 180: "-1 0 0 -1 340 60", 270: "0 -1 1 0 340 340"}
    content = f"BT /F 10 Tf {turns[rotate]} Tm (Upright text) Tj ET\n"

    assert text_of(pdf(content, rotate=rotate)) == ["Upright text"]


def test_a_cropped_page_counts_from_its_shown_corner(pdf, only_table):
    content = GRID + text(60, 280, "in") + text(60, 390, "cut off")
    note = field("f", box(60, 245, 240, 265), V="甲")
    document = pdf(content, fields=(note,), crop=(40, 200, 300, 320))
    table = only_table(document)

    assert document.parts[0].size == (260.0, 120.0)
    assert [(cell.text, cell.source.box) for cell in table.cells] == [
        ("in", (10, 20, 210, 50)),
        ("甲", (10, 50, 210, 80)),
    ]
    assert document.parts[0].controls[0].source.box == (20, 55, 200, 75)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_field_on_a_turned_page_lies_beside_its_label(pdf, only_table, rotate):
    turns = {0: "1 0 0 1 60 340", 90: "0 1 -1 0 60 60", 180: "-1 0 0 -1 340 60", 270: "0 -1 1 0 340 340"}
    places = {
        0: (100, 335, 200, 352),
        90: (48, 100, 65, 200),
        180: (200, 48, 300, 65),
        270: (335, 200, 352, 300),
    }
    content = f"BT /F 10 Tf {turns[rotate]} Tm (Label) Tj ET\n"
    table = only_table(pdf(content, fields=(field("f", box(*places[rotate]), V="值"),), rotate=rotate))

    assert [cell.text for cell in table.cells] == ["Label", "值"]


def test_annotations_that_name_each_other_in_circles_are_read(pdf):
    group = pikepdf.Dictionary(T="g", FT=NAME.Tx, V="值")
    kid = {"/Parent": group, "/Rect": box(100, 345, 200, 362)}
    (control,) = pdf(text(50, 350, "x"), fields=(kid,), circular=True).parts[0].controls

    assert (control.name, control.value) == ("g", "值")


def test_text_up_the_margin_is_a_line_of_its_own(pdf, text_of):
    content = text(100, 350, "body") + "BT /F 10 Tf 0 1 -1 0 30 200 Tm (side) Tj ET\n"

    assert sorted(text_of(pdf(content))) == ["body", "side"]


def test_every_page_is_a_part_with_its_size(pdf):
    document = pdf(text(50, 350, "x"), pages=2)

    assert [(part.name, part.kind, part.size) for part in document.parts] == [
        ("page 1", "page", (400.0, 400.0)),
        ("page 2", "page", (400.0, 400.0)),
    ]


def test_a_field_in_a_ruled_cell_is_the_cells_text(pdf, only_table):
    content = GRID + lines((150, 300, 150, 240)) + text(60, 280, "Customer")
    table = only_table(pdf(content, fields=(field("f", box(155, 275, 245, 295), V="华南实业"),)))

    assert [cell.text for cell in table.cells] == ["Customer", "华南实业", "", ""]


def test_fields_without_rulings_make_a_table_in_which_blank_ones_stay(pdf, only_table, shape):
    content = text(50, 350, "No.") + text(220, 350, "Date") + text(50, 320, "Customer")
    fields = (
        field("a", box(100, 345, 200, 362), V=""),
        field("b", box(270, 345, 380, 362), V="20260305"),
        field("c", box(100, 315, 380, 332), V="一\r二"),
    )

    assert shape(only_table(pdf(content, fields=fields))) == [
        (0, 0, 1, 1, "No."),
        (0, 1, 1, 1, ""),
        (0, 2, 1, 1, "Date"),
        (0, 3, 1, 1, "20260305"),
        (1, 0, 1, 1, "Customer"),
        (1, 1, 1, 3, "一\n二"),
    ]


def test_labels_above_a_row_of_fields_belong_to_its_table(pdf, only_table, shape):
    content = text(50, 350, "Customer") + text(220, 350, "Date")
    fields = (field("a", box(50, 325, 200, 342), V="甲"), field("b", box(220, 325, 380, 342), V="乙"))

    assert [cell[4] for cell in shape(only_table(pdf(content, fields=fields)))] == [
        "Customer",
        "Date",
        "甲",
        "乙",
    ]


def test_a_fields_full_name_and_label_make_its_control(pdf):
    parent = pikepdf.Dictionary(T="customer", FT=NAME.Tx, TU="客户名称", V="华南")
    kid = {"/T": "name", "/Parent": parent, "/Rect": box(100, 345, 200, 362)}
    (control,) = pdf(text(50, 350, "x"), fields=(kid,)).parts[0].controls

    assert (control.name, control.title, control.kind, control.value) == (
        "customer.name",
        "客户名称",
        "text",
        "华南",
    )
    assert control.source.ref == "control:customer.name"


@pytest.mark.parametrize(
    ("state", "value", "expected", "problem"),
    [
        ("/Yes", "/Yes", "☑", ""),
        ("/Off", "/Off", "☐", ""),
        (None, "/Yes", "☑", ""),
        ("/Yes", None, "☑", ""),
        ("/Off", "/Yes", "☑", "checkbox-disagrees"),
        ("/Yes", "/Off", "☑", "checkbox-disagrees"),
    ],
)
def test_a_checkbox_reads_by_state_and_value(pdf, only_table, state, value, expected, problem):
    more = {key: NAME(name) for key, name in (("AS", state), ("V", value)) if name}
    button = field("c", box(100, 348, 110, 358), "/Btn", AP=TICKED_LOOKS, **more)
    cells = only_table(pdf(text(50, 350, "Kind") + text(113, 350, "Quality"), fields=(button,))).cells

    assert [(cell.text, cell.problem) for cell in cells] == [("Kind", ""), (f"{expected} Quality", problem)]


def test_each_kid_of_a_radio_group_is_a_box(pdf, only_table):
    group = pikepdf.Dictionary(T="g", FT=NAME.Btn, Ff=1 << 15, V=NAME("/1"))

    def kid(state: str, x: int, chosen: bool) -> dict[str, object]:
        looks = pikepdf.Dictionary(
            N=pikepdf.Dictionary({state: pikepdf.Dictionary(), "/Off": pikepdf.Dictionary()})
        )
        return {
            "/Parent": group,
            "/AP": looks,
            "/AS": NAME(state if chosen else "/Off"),
            "/Rect": box(x, 348, x + 10, 358),
        }

    content = text(50, 350, "Way") + text(112, 350, "Phone") + text(162, 350, "Fax")
    table = only_table(pdf(content, fields=(kid("/0", 100, False), kid("/1", 150, True))))

    assert [cell.text.replace(" ", "") for cell in table.cells] == ["Way", "☐Phone☑Fax"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("b", "乙"), (pikepdf.Array(["a", "b"]), "甲、乙"), ("other", "other")],
)
def test_a_choice_shows_the_texts_of_its_values(pdf, value, expected):
    options = pikepdf.Array([pikepdf.Array(["a", "甲"]), pikepdf.Array(["b", "乙"])])
    choice = field("c", box(100, 345, 200, 362), "/Ch", V=value, Opt=options)
    (control,) = pdf(text(50, 350, "x"), fields=(choice,)).parts[0].controls

    assert (control.kind, control.value) == ("choice", expected)


@pytest.mark.parametrize("more", [{"F": 2}, {"FT": NAME.Btn, "Ff": 1 << 16}])
def test_hidden_fields_and_push_buttons_are_not_content(pdf, more):
    hidden = {"/T": "f", "/FT": NAME.Tx, "/Rect": box(100, 345, 200, 362), "/V": "密"} | {
        f"/{key}": value for key, value in more.items()
    }
    part = pdf(text(50, 350, "x"), fields=(hidden,)).parts[0]

    assert (part.controls, [block.text for block in part.blocks]) == ((), ["x"])


def test_a_value_the_page_prints_itself_is_not_read_twice(pdf, only_table):
    content = GRID + lines((150, 300, 150, 240)) + text(60, 280, "No.") + text(160, 280, "X-1")
    table = only_table(pdf(content, fields=(field("f", box(155, 275, 245, 295), V="X-1"),)))

    assert [cell.text for cell in table.cells] == ["No.", "X-1", "", ""]


def test_text_typed_onto_the_page_is_read_where_it_lies(pdf, only_table):
    note = {"/Subtype": NAME.FreeText, "/Contents": "华南实业", "/Rect": box(155, 275, 245, 295)}
    content = GRID + lines((150, 300, 150, 240)) + text(60, 280, "Customer")

    assert only_table(pdf(content, annotations=(note,))).cells[1].text == "华南实业"


@pytest.mark.parametrize(("subtype", "kind"), [("/Ink", "ink"), ("/Stamp", "stamp")])
def test_what_was_drawn_onto_the_page_proves_presence(pdf, only_table, subtype, kind):
    drawn = {"/Subtype": NAME(subtype), "/Rect": box(155, 275, 245, 295)}
    content = GRID + lines((150, 300, 150, 240)) + text(60, 280, "Signed")

    assert [picture.kind for picture in only_table(pdf(content, annotations=(drawn,))).cells[1].pictures] == [
        kind
    ]


def test_a_page_without_text_is_refused(pdf):
    with pytest.raises(ReadError) as refused:
        pdf("0 0 100 100 re f\n")

    assert refused.value.code == "no-text"


@pytest.mark.parametrize(("user", "code"), [("secret", "encrypted"), ("", "")])
def test_only_a_password_for_opening_keeps_a_file_shut(pdf, text_of, user, code):
    encryption = pikepdf.Encryption(user=user, owner="owner", R=6)
    if not code:
        assert text_of(pdf(text(50, 350, "open"), encryption=encryption)) == ["open"]
        return
    with pytest.raises(ReadError) as refused:
        pdf(text(50, 350, "shut"), encryption=encryption)

    assert code == refused.value.code


def made(tmp_path, change) -> bytes:
    document = pikepdf.new()
    document.add_blank_page(page_size=(100, 100))
    change(document)
    document.save(tmp_path / "made.pdf")
    return (tmp_path / "made.pdf").read_bytes()


def test_a_form_made_by_a_program_of_its_own_is_refused_as_such(tmp_path):
    def as_xfa(document):
        document.Root.AcroForm = pikepdf.Dictionary(XFA="<xdp/>", Fields=pikepdf.Array())

    with pytest.raises(ReadError) as refused:
        read_pdf(made(tmp_path, as_xfa), Limits())

    assert refused.value.code == "xfa"


@pytest.mark.parametrize(
    ("limits", "code"), [(Limits(max_pages=0), "too-large"), (Limits(seconds=-1), "timeout")]
)
def test_pages_and_time_are_bounded(tmp_path, limits, code):
    with pytest.raises(ReadError) as refused:
        read_pdf(made(tmp_path, lambda document: None), limits)

    assert code == refused.value.code


def test_the_clock_that_a_long_page_is_held_against_is_that_of_its_deadline(pdf, text_of):
    """Whatever the clocks of this machine stand at: a page of thousands of paths and glyphs is read in its time."""
    paths = lines(*[(10 + n % 500, 20, 10 + n % 500, 30) for n in range(2_000)])
    glyphs = "".join(text(40, 60 + 11 * n, "x" * 40) for n in range(30))

    assert 30 == sum(line.count("x" * 40) for line in text_of(pdf(paths + glyphs)))
