; Routines of the US game that hooks call, in code of our own that does what theirs does for a caller: entered by JSL
; with A, X and Y 8 bits wide, D = 0 and a data bank that shows low WRAM. They change the memory that the game's change.

; A: the number of a word in the table behind the JSL, where it jumps, in the caller's bank. It returns to whoever called
; the caller, keeps X and Y, and uses $00-$03.
org $008781
JumpTableLocal:
UseImplicitRegIndexedLocalJumpTable:
    STY.b $03
    REP #$31
    AND.w #$00FF : ASL A : INC A        ; the return address is that of the last byte of the JSL
    TAY
    PLA : STA.b $00
    SEP #$20 : PLA : STA.b $02
    REP #$20 : LDA.b [$00],y : STA.b $00
    SEP #$30
    LDY.b $03
    JML [$0000]

; The same for a table of 24-bit addresses. It uses $00-$05.
org $00879C
JumpTableLong:
UseImplicitRegIndexedLongJumpTable:
    STY.b $05
    REP #$31
    AND.w #$00FF : STA.b $03
    ASL A : ADC.b $03 : INC A
    TAY
    PLA : STA.b $02
    SEP #$20 : PLA : STA.b $04
    REP #$20 : LDA.b [$02],y : PHA
    INY : INY
    SEP #$20 : LDA.b [$02],y : STA.b $02
    REP #$20 : PLA : STA.b $00
    SEP #$30
    LDY.b $05
    JML [$0000]

; A random byte, in A and $0FA1. The game mixes in a counter of the screen; this one makes five times $0FA1 and 29 of it,
; so that a case which gives $0FA1 knows what comes.
org $0DBA71
GetRandomNumber:
GetRandomInt:
    LDA.w $0FA1
    ASL A : ASL A
    CLC : ADC.w $0FA1
    CLC : ADC.b #29
    STA.w $0FA1
    RTL
