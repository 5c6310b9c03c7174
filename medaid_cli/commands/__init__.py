"""The commands: each a few lines from options to a report. The work is done in reports/, the looks in render/."""
