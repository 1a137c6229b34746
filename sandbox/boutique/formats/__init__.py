"""How the boutique writes what differs from country to country."""
