"""Pictures of progress, leaderboards and interviews: figures of the core in, PNG out.

`Painter` is the way in. It renders in a process of its own, because a drawing library that
crashes or hangs must not take the coach with it. Only this package imports matplotlib, and only
where it draws.
"""
