; The program in the cartridge that runs routines. It writes to the routine's own stack and to bank $71, which no game
; has. Its user sets five labels: Inputs (what a case starts with: S, D, X, Y, A, $4200, three drivers, $2181 and $2183, and
; a token, two bytes each), Go (three bytes that let the program pass its waits), Result (what the routine left behind),
; AtReturn and AtSave (where the program goes on then).

org $7D8000
Boot:
    REP #$38
    LDA #$01FF : TCS
    LDA #$0000 : TCD
    SEP #$30 : PHA : PLB
    LDA #$84 : STA $2100                ; screen off, nothing to draw; dim, as no game has it
    STZ $4200
    JSR Unlikely
    LDA #$FF : STA $4209                ; an interrupt of the V counter, once allowed, comes in no line
    LDA #$01 : STA $420A
  - LDA.l Go : BEQ -                    ; until a frame has ended
    LDA #$08 : STA $4300                ; a DMA to nowhere passes the time until line 202 in one instruction: cases
    LDA #$FF : STA $4301                ; start there, so that a short routine costs the last lines of an emulated
    REP #$20                            ; frame and not a whole one
    LDA #$8000 : STA $4302
    LDA #36574 : STA $4305
    SEP #$20
    LDA #$7D : STA $4304
    LDA #$01 : STA $420B
    REP #$20 : LDA #$FFFF               ; the DMA registers as they are after power-on
    STA $4300 : STA $4302 : STA $4304 : STA $4305
    SEP #$20
  - LDA.l Go+1 : BEQ -                  ; the state that every case starts from is saved here
    LDX #$00 : JMP (Inputs+12,x)        ; to Enter, by way of up to two drivers
Enter:
    LDA.l Inputs+10 : STA $4200
    LDA.l Inputs+20 : STA $2183         ; an address in WRAM that no routine can mean
    REP #$30
    LDA.l Inputs+18 : STA $2181
    LDA.l Inputs : TCS
    LDA.l Inputs+2 : TCD
    LDA.l Inputs+4 : TAX
    LDA.l Inputs+6 : TAY
    LDA.l Inputs+8
    PLB : RTI                           ; the stack was poked: data bank, flags and entry, then the return address

org $7D80F0
Landed: JML Returned                    ; where RTL and RTI come back: routines may see this address on the stack

macro ending(number)
    PHP : SEI : CLC : XCE : REP #$30
    STA.l Result
    LDA #<number> : JMP Save
endmacro

org AtReturn
Returned: %ending($0000)
Broke: %ending($0001)
Copped: %ending($0002)

org AtSave
Save:
    STA.l Result+2                      ; how it ended: 0 returned, 1 BRK, 2 COP
    LDA #$0000 : ROL A : STA.l Result+4 ; E, as XCE left it in the carry
    TXA : STA.l Result+6
    TYA : STA.l Result+8
    TDC : STA.l Result+10
    TSC : STA.l Result+12
    SEP #$20
    PLA : STA.l Result+14               ; P
    PHB : PLA : STA.l Result+15
    PLA : STA.l Result+16               ; after BRK or COP: P, PC and bank of the interrupted routine
    PLA : STA.l Result+17
    PLA : STA.l Result+18
    PLA : STA.l Result+19
    LDA #$FF : STA.l $004201            ; without this the counters would not latch
    LDA.l $00213F : STA.l Result+20     ; field in bit 7
    LDX #$0000
  - LDA.l $002137                       ; latch H and V, four times, 282 cycles apart
    LDA.l $00213C : STA.l Result+24,x
    LDA.l $00213C : STA.l Result+25,x
    NOP : INX : INX : CPX #$0008 : BNE -
    LDA.l $00213D : STA.l Result+22
    LDA.l $00213D : STA.l Result+23
    REP #$20
    LDA.l Inputs+22 : STA.l Result+32   ; the token: everything is stored
  - LDA.l Go+2 : BEQ -                  ; until the worker has seen what memory holds
    LDX #$0000 : JMP (Inputs+16,x)      ; to Shown, by way of a driver

Shown:
    REP #$20
    LDA.l Inputs+22 : STA.l Result+32
  - BRA -

Interrupt: PHA : LDA.l $004211 : PLA : RTI

macro fill(port, size)
    REP #$20
    LDA #<port> : STA $4300             ; bit 3: from one address
    LDA.w #Unlikely+1 : STA $4302
    LDA #<size> : STA $4305
    SEP #$20
    LDA #$7D : STA $4304
    LDA #$01 : STA $420B
endmacro

Unlikely:                               ; the hardware holds what no game writes, so that what a routine writes shows
    LDA #$5A : LDX #$32
  - STA $2100,x : STA $2100,x : DEX : BNE -
    STA $4207
    STZ $2102 : STZ $2103 : STZ $2116 : STZ $2117 : STZ $2121
    LDA #$80 : STA $2115
    %fill($1809, $0000) : %fill($0408, 544) : %fill($2208, 512)
    LDA #$01 : STA $4208
    RTS

; The vectors, and in the places of those that no SNES uses the handlers: the rest of bank $00 is the game's.
org $00FFE0
OnBreak: JML Broke
    dw OnCop, OnBreak
OnNmi: RTI : NOP
    dw OnNmi, 0, OnIrq
OnCop: JML Copped
    dw OnCop
OnIrq: JML Interrupt
    dw OnNmi, OnReset, OnBreak

; What the core needs to load the cartridge and to boot. It is gone when cases run.
org $00FFB0
OnReset: SEI : CLC : XCE : JML Boot
org $00FFC0
    db "ORACLE HARNESS       ", $20, $02, $0C, $07, $01 ; LoROM, battery RAM, 4 MB, 128 KiB, NTSC
