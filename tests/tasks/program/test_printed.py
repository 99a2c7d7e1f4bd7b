"""A program prints as the tree that it is."""

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address

TIMERS = p.Array("Timers", "sprite timer", Address(0x0D80), 16, stride=4)
MODE = p.Variable("Mode", "mode", Address(0x7E0010))
SOUND = p.Variable("Sound", "sound", Address(0x7EF36C), 16)


def test_a_printed_program_names_its_things_and_puts_a_statement_on_a_line() -> None:
    running = p.Compared("!=", p.Read(p.Here(TIMERS)), p.Number(0))
    tick = p.Set(p.Here(TIMERS), p.Binary("subtract", p.Read(p.Here(TIMERS)), p.Number(1)))
    louder = p.Set(SOUND, p.Chosen(running, p.Number(0x200, 16), p.Read(SOUND)))
    program = p.Program(
        (
            p.Each((TIMERS,), (p.If(running, (tick,), (p.Stop(),)),)),
            p.Switch(p.Read(MODE), ((2, (p.Fill(TIMERS, p.Number(9)),)), (3, (louder,))), (p.Reverse(TIMERS),)),
        )
    )
    assert str(program).splitlines() == [
        "Timers = Array('Timers', 'sprite timer', $0D80, 16, stride=4)",
        "Mode = Variable('Mode', 'mode', $7E0010)",
        "Sound = Variable('Sound', 'sound', $7EF36C, width=16)",
        "Each((Timers,))",
        "    If(Compared('!=', Read(Here(Timers)), Number(0)))",
        "        Set(Here(Timers), Binary('subtract', Read(Here(Timers)), Number(1)))",
        "    otherwise",
        "        Stop()",
        "Switch(Read(Mode))",
        "case 2",
        "    Fill(Timers, Number(9))",
        "case 3",
        "    Set(Sound, Chosen(Compared('!=', Read(Here(Timers)), Number(0)), Number(512, width=16), Read(Sound)))",
        "otherwise",
        "    Reverse(Timers)",
    ]
