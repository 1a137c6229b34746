"""What can be proved: a crawl that shows what the shop keeps of who allowed nothing."""
