import time

from oracle_lib.evaluate.lexers import statements, tokens


def test_spelling_that_asar_ignores_does_not_change_the_statements_of_a_listing() -> None:
    written = "AddWords:\n    REP #$20    ; A 16-bit\n    LDA.w $0a5F : STA.l $7ef36d,X\n    RTS\n"
    otherwise = "AddWords: rep #$20\n  lda.W $0A5f\n\n  sta.L   $7EF36D , x ; the same\n  rts"
    assert statements(written) == statements(otherwise)


def test_names_keep_their_case_and_a_changed_operand_is_a_change() -> None:
    assert statements("JSR Main") != statements("JSR main")
    assert statements("Add: RTS") != statements("ADD: RTS")
    assert statements("LDA.w $0720") != statements("LDA.b $0720") != statements("LDA.b $0721")


def test_a_semicolon_in_a_string_opens_no_comment() -> None:
    assert tokens('db "a;b" ; c', "asm") == ["DB", '"a;b"']


def test_cpp_tokens_leave_out_comments_and_white_space_but_nothing_inside_strings() -> None:
    written = 'int f(int a){return a<<=2; /* twice\n */ } // "end"\nauto s = "// no comment";'
    spread = 'int f ( int a )\n{\n  return a <<= 2;\n}\nauto s="// no comment";'
    assert tokens(written, "cpp") == tokens(spread, "cpp")
    assert tokens("x->y::z 0x1Fu 1'000 1.5e-3", "cpp") == ["x", "->", "y", "::", "z", "0x1Fu", "1'000", "1.5e-3"]


def test_prose_is_words_and_punctuation() -> None:
    assert tokens("Link's sword, level 2.", "text") == ["Link", "'", "s", "sword", ",", "level", "2", "."]


def test_hostile_text_is_cut_in_linear_time() -> None:
    start = time.perf_counter()
    for hostile in ('"' * 100_000, "/*" * 50_000, "'\\" * 50_000, "a:" * 50_000, " : " * 30_000, "$" * 100_000):
        tokens(hostile, "asm")
        tokens(hostile, "cpp")
    assert time.perf_counter() - start < 5
