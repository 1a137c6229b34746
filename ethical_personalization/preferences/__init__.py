"""The shopper's page: choices, likes, what is known, history."""
