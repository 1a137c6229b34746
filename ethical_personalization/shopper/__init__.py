"""Who asks: subject, cookie, consent and the only writer of it."""
