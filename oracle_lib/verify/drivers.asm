; What the console can do around a call, appended to cartridge.asm. Before a call a driver begins with D and DB zero and
; A, X and Y 8 bits wide, and leaves them so. After a call it may use neither the stack, D nor DB, which are the
; routine's, nor memory outside its window, which begins at $7F0000.

org $7D8800
ReadPads:                               ; as NMI handlers find it: the pads' words are in $4218-$421B
    LDA #$01 : STA.l $004200
  - LDA.l $004212 : BPL -               ; until the vertical blank begins,
  - LDA.l $004212 : LSR A : BCC -       ; the console begins to read
  - LDA.l $004212 : LSR A : BCS -       ; and has read them
    JMP (Inputs+14,x)

macro transfer(mode, length)            ; between the window and the port in the high byte of the mode
    REP #$20
    LDA #<mode> : STA.l $004300
    LDA #$0000 : STA.l $004302
    LDA #<length> : STA.l $004305
    SEP #$20
    LDA #$7F : STA.l $004304
    LDA #$01 : STA.l $00420B
    REP #$20 : LDA #$FFFF               ; the registers as after power-on
    STA.l $004300 : STA.l $004302 : STA.l $004304 : STA.l $004305
    SEP #$20
endmacro

macro blank()
    SEP #$20
    LDA #$00 : STA.l $004200 : STA.l $00420C
    LDA #$8F : STA.l $002100
endmacro

macro address(register, value)
    LDA #<value> : STA.l $002100+<register>
endmacro

; Each leaves its port at an address, and VRAM with an increment, that no routine can mean: it must set its own.
FillVram:
    %address($15, $80) : %address($16, $00) : %address($17, $00)
    %transfer($1801, $0000)
    %address($15, $03) : %address($16, $55) : %address($17, $55)
    JMP Enter
CopyVram:
    %blank()
    %address($15, $80) : %address($16, $00) : %address($17, $00)
    LDA.l $002139 : LDA.l $00213A       ; the port shows the first word twice
    %transfer($3981, $0000)
    JMP Shown

FillOam:
    %address($02, $00) : %address($03, $00)
    %transfer($0400, 544)
    JMP Enter
CopyOam:
    %blank()
    %address($02, $00) : %address($03, $00)
    %transfer($3880, 544)
    JMP Shown

FillCgram:
    %address($21, $00)
    %transfer($2200, 512)
    %address($21, $55)
    JMP Enter
CopyCgram:
    %blank()
    %address($21, $00)
    %transfer($3B80, 512)
    LDX #$01FF                          ; bit 15 of a colour is none: the port shows there what was last on the bus
  - LDA.l $7F0000,x : AND #$7F : STA.l $7F0000,x
    DEX : DEX : BPL -
    JMP Shown
