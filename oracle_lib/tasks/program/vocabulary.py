"""The nouns of a hack: what the numbers of a drawn program are called. They mean nothing to the program itself."""

import random

BYTES = (
    "hit timer", "stun timer", "spawn timer", "blink timer", "dash timer", "menu timer", "fade timer", "shake timer",
    "boss phase", "door state", "chest state", "lift state", "weather state", "text speed", "sound number",
    "song number", "palette number", "animation frame", "animation step", "facing direction", "menu cursor",
    "menu page", "selected item", "item slot", "bottle slot", "sprite slot", "free slot", "combo count", "kill count",
    "key count", "bomb count", "arrow count", "heart count", "seed count", "ore count", "lap count", "life count",
    "step count", "ammo", "charge", "stamina", "oxygen", "heat", "armor rating", "shield level", "sword level",
    "damage", "bonus", "luck", "danger level", "difficulty", "event flags", "room flags", "door flags", "quest flags",
    "switch flags", "collision flags", "tile type", "floor number", "room row", "room column", "speed", "push speed",
    "fall speed", "wind speed", "recoil", "brightness", "volume", "random seed", "cooldown", "streak", "mood",
    "trust level", "hunger", "wave number", "target slot", "leader slot", "warp number", "checkpoint", "rank",
)  # fmt: skip
WORDS = (
    "score", "high score", "x position", "y position", "camera x", "camera y", "target x", "target y", "start x",
    "start y", "rupee total", "debt", "price", "distance walked", "play time", "race time", "best time", "step total",
    "experience", "next level mark", "room number", "message number", "message offset", "tile address",
    "map offset", "vram address", "scroll position", "scroll limit", "left edge", "right edge", "top edge",
    "bottom edge", "x speed", "y speed", "momentum", "altitude", "depth", "boss health", "boss armor", "mana",
    "fuel", "toll", "fine", "bank balance", "interest", "item mask", "map flags", "secret flags", "tile word",
    "color", "fade color", "checksum", "seed", "angle", "radius", "gauge", "pressure", "water level", "event timer",
)  # fmt: skip
LONGS = ("experience total", "frame total", "lifetime score", "rupees ever found", "damage ever dealt", "data address")
BYTE_ARRAYS = (
    "sprite timer", "sprite state", "sprite health", "sprite type", "sprite direction", "enemy health", "enemy level",
    "enemy damage", "particle life", "particle color", "shot timer", "shot type", "trap delay", "torch timer",
    "chest flag", "door flag", "inventory slot", "shop stock", "party level", "party health", "palette index",
    "tile type", "tile height", "room visit", "key total", "crop age", "crop kind", "fish size", "note length",
    "menu entry", "spawn chance", "wave size", "light level", "switch state", "guard alarm", "puzzle cell",
)  # fmt: skip
WORD_ARRAYS = (
    "sprite x position", "sprite y position", "shot x position", "shot y position", "enemy score", "boss part health",
    "best time", "high score", "item price", "room offset", "map column", "palette color", "tile word", "scroll value",
    "waypoint x", "waypoint y", "water height", "message pointer", "save word", "lap time",
)  # fmt: skip
TABLES = (
    "damage", "price", "speed", "delay", "tile number", "palette", "mask", "sound", "bonus", "height", "width",
    "chance", "score", "frame", "limit", "offset", "health", "reward",
)  # fmt: skip
TEXTS = ("name", "message", "line of text", "label", "sign", "menu text", "command string", "script")
POINTERS = ("record", "sprite data", "room data", "script", "message", "save slot", "tile map", "object list")
ROUTINES = (
    "Update", "Step", "Handle", "Run", "Apply", "Check", "Refresh", "Advance", "Compute", "Settle", "Prepare", "Tick",
    "Process", "Adjust", "Resolve", "Do",
)  # fmt: skip
CALLED = (
    "PlayJingle",
    "ShakeScreen",
    "FlashPalette",
    "OpenDoor",
    "DropItem",
    "HurtPlayer",
    "QueueMessage",
    "ResetPath",
)


def identifier(noun: str) -> str:
    """ "hit timer" as `HitTimer`."""
    return "".join(word.capitalize() for word in noun.split())


def routine_names(rng: random.Random, nouns: tuple[str, ...]) -> str:
    """A name for a routine that works on these things."""
    about = identifier(rng.choice(nouns)) if nouns else rng.choice(("Values", "Entry", "Frame"))
    return f"{rng.choice(ROUTINES)}{about}"
