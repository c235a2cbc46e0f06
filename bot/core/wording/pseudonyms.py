"""Made-up names for people on leaderboards who stay anonymous."""

import hashlib

MANNERS = (
    "Amber Brave Bright Brisk Calm Candid Clear Clever Copper Curious Daring Deft Eager Early "
    "Fair Fond Frosty Gentle Glad Golden Hardy Honest Humble Jolly Keen Kind Lively Lucid Mellow "
    "Merry Mild Misty Modest Nimble Patient Placid Plucky Polite Prompt Quick Quiet Ready Sandy "
    "Serene Sharp Silver Sincere Sly Snowy Sober Solid Spry Steady Sunny Swift Tender Tidy Tough "
    "Vivid Warm Wary Wise Witty Zesty"
).split()

ANIMALS = (
    "Badger Bear Beaver Bison Bittern Crane Cricket Curlew Deer Dolphin Dormouse Dove Eagle Eel "
    "Egret Falcon Ferret Finch Fox Gecko Goose Grouse Hare Hawk Hedgehog Heron Ibex Ibis Jackdaw "
    "Kestrel Kite Lark Lemur Linnet Lizard Lynx Magpie Marten Mole Newt Osprey Otter Owl Panda "
    "Pelican Plover Puffin Quail Rabbit Raven Robin Salmon Seal Shrew Sparrow Stoat Stork Swallow "
    "Swan Swift Thrush Tortoise Vole Weasel"
).split()

NUMBERS = 90
"""Two digits behind the name, from 10: with them two people of thousands rarely share one."""


def pseudonym(seed: str) -> str:
    """Return the made-up name of a seed, always the same one."""
    drawn = int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=8).digest())
    drawn, manner = divmod(drawn, len(MANNERS))
    drawn, animal = divmod(drawn, len(ANIMALS))
    return f"{MANNERS[manner]} {ANIMALS[animal]} {10 + drawn % NUMBERS}"
