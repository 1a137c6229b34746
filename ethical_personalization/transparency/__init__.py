"""Why: the widget beside every personalised thing, and the banner before it."""
