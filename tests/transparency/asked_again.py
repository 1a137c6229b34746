"""Opens a page after something was published."""


def open_until_asked(page, region):
    """A change is live within a second: a request that had begun before it may still look back."""
    for _time in range(10):
        page.goto("/", wait_until="networkidle")
        if region.count():
            return
        page.wait_for_timeout(200)
