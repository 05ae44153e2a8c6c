"""What a conversation has come to: small, complete, and carried by the caller from turn to turn."""

from __future__ import annotations

import msgspec

from daogou.decide.guide.acts import Gift, Want

VERSION = 1
MOST_STEPS = 12
MOST_SEEN = 60
MOST_REJECTED = 60
MOST_WANTS = 24


class Focus(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is looked for just now, and what was shown for it.

    words    phrases that search looks for, each of which must be found
    anchors  ids of items that the result shall be like
    order    a field and whether most of it comes first; "" orders by what fits best
    shown    ids as they stand on the page, first one first; "the second" is one of these
    seen     ids shown under the same wants before; they come back after the others
    gift     whom it is for
    """

    wants: tuple[Want, ...] = ()
    words: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    order: str = ""
    most: bool = False
    shown: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    gift: Gift | None = None
    dont_care: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()


class State(msgspec.Struct, frozen=True, omit_defaults=True):
    """version, at_us: when it was given out.

    topic     id of the item talked about last: "it"
    asked     fields asked about so far; asking: the one just asked, None where nothing was
    in_a_row  turns in a row that ended with a question
    trail     what `back` returns to, newest last
    is_lost   the caller's state was not one of ours, so this one is fresh
    """

    version: int = VERSION
    at_us: int = 0
    language: str = ""
    turn: int = 0
    focus: Focus = Focus()
    topic: str | None = None
    asked: tuple[str, ...] = ()
    asking: str | None = None
    in_a_row: int = 0
    trail: tuple[Focus, ...] = ()
    is_lost: bool = False

    def kept(self) -> State:
        """With the focus on the trail, before it changes."""
        if self.trail and self.trail[-1] == self.focus:
            return self
        return msgspec.structs.replace(self, trail=(*self.trail, self.focus)[-MOST_STEPS:])

    def back(self) -> State | None:
        """As it was one step before; None at the beginning."""
        if not self.trail:
            return None
        return msgspec.structs.replace(self, focus=self.trail[-1], trail=self.trail[:-1], asking=None)

    def with_focus(self, **changes: object) -> State:
        """The same with some of what is looked for changed."""
        return msgspec.structs.replace(self, focus=msgspec.structs.replace(self.focus, **changes))


def bounded(state: State) -> State:
    """With every list cut to what a conversation needs, oldest entries first."""
    focus = state.focus
    return state.with_focus(
        wants=focus.wants[-MOST_WANTS:],
        seen=focus.seen[-MOST_SEEN:],
        rejected=focus.rejected[-MOST_REJECTED:],
    )
