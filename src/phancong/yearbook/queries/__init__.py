"""Named reads of the year's other duties. Those that end in `_for` return only what the actor may see."""
