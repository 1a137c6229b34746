"""What a page measures of itself: contrast, the size of targets, what the focus looks like."""

#: ``ratio`` of two colours by WCAG 2.2, and the colour ``behind`` an element.
RATIO = """
    const channel = value =>
        (value /= 255) <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
    const light = colour => [.2126, .7152, .0722].reduce((sum, share, index) =>
        sum + share * channel(Number(colour.match(/[\\d.]+/g)[index])), 0);
    const ratio = (one, other) => {
        const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
        return (bright + .05) / (dark + .05);
    };
    const clear = colour => colour === "rgba(0, 0, 0, 0)";
    const behind = element => {
        for (; element; element = element.parentElement) {
            const colour = getComputedStyle(element).backgroundColor;
            if (!clear(colour)) return colour;
        }
        return "rgb(255, 255, 255)";
    };
"""
#: Where what we show stands.
OURS = ":is(.ep-page, ep-consent, ep-why, .ep-normal__head)"
#: Targets under 24 px whose circle of 24 px meets another target or another such circle.
TOO_SMALL = """() => {
    const shown = "WHERE :is(button, summary, select, input, a)";
    const targets = [...document.querySelectorAll(shown)]
        .filter(each => each.checkVisibility() && !each.closest(".ep-screen"))
        .map(each => each.matches("input") ? each.closest("label") ?? each : each);
    const boxes = targets.map(each => [each, each.getBoundingClientRect()]);
    const isSmall = box => box.width < 24 || box.height < 24;
    const centre = box => [box.x + box.width / 2, box.y + box.height / 2];
    const meets = (one, other) => {
        const [x, y] = centre(one);
        const [a, b] = isSmall(other) ? centre(other) : [
            Math.min(Math.max(x, other.left), other.right),
            Math.min(Math.max(y, other.top), other.bottom)];
        return Math.hypot(x - a, y - b) < (isSmall(other) ? 24 : 12);
    };
    const isInSentence = each => each.matches("p a")
        && each.parentElement.textContent.trim() !== each.textContent.trim();
    return boxes.filter(([each, box]) => isSmall(box) && !isInSentence(each)
        && boxes.some(([other, room]) => other !== each && meets(box, room)))
        .map(([each]) => each.outerHTML);
}""".replace("WHERE", OURS)
#: What has the focus, and whether it can be seen.
STOP = f"""() => {{ {RATIO}
    const focused = document.activeElement, style = getComputedStyle(focused);
    return {{
        ours: Boolean(focused.closest("{OURS}")),
        inBanner: Boolean(focused.closest("ep-consent")),
        words: (focused.labels?.[0] ?? focused).textContent.trim(),
        seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
            && ratio(style.outlineColor, behind(focused.parentElement)) >= 3,
    }};
}}"""
