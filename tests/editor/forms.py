"""Reads a rendered form as a browser would, so that tests post what an editor would post."""

from bs4 import BeautifulSoup

RULES = "rules-ethical_personalization_factrules"


def fields_of(response, selector="form#w-editor-form"):
    """What the browser would send for the form, by name; lists where several are ticked."""
    form = BeautifulSoup(response.content, "html.parser").select_one(selector)
    for template in form.find_all("template"):
        template.decompose()
    sent = {}
    for field in form.find_all(["input", "select", "textarea"]):
        if field.get("name"):
            for value in _values_of(field):
                sent.setdefault(field["name"], []).append(value)
    return sent


def _values_of(field):
    if field.name == "textarea":
        return [field.text.removeprefix("\n")]
    if field.name == "select":
        chosen = field.find_all("option", selected=True) or field.find_all("option")[:1]
        return [option["value"] for option in chosen]
    if field.get("type") in ("submit", "button"):
        return []
    if field.get("type") in ("checkbox", "radio"):
        return [field.get("value", "on")] if field.has_attr("checked") else []
    return [field.get("value", "")]


def with_rules(fields, *rules):
    """``fields`` with the rules (fact, comparison, {part: value}) in place of any before."""
    kept = {name: value for name, value in fields.items() if not name.startswith(f"{RULES}-")}
    kept |= {f"{RULES}-TOTAL_FORMS": len(rules), f"{RULES}-INITIAL_FORMS": 0}
    for number, (fact, comparison, parts) in enumerate(rules):
        row = {"id": "", "DELETE": "", "fact": fact, "comparison": comparison, **parts}
        kept |= {f"{RULES}-{number}-{part}": value for part, value in row.items()}
    return kept


def errors_of(response):
    """The texts of the error messages beside the fields, and the messages on top."""
    page = BeautifulSoup(response.content, "html.parser")
    found = page.select(".w-field__errors, .messages, .error-message")
    return " ".join(element.get_text(" ", strip=True) for element in found)


def text_of(response):
    """The visible text of the page's content."""
    page = BeautifulSoup(response.content, "html.parser")
    for hidden in page.select("script, template, option"):
        hidden.decompose()
    return " ".join(page.get_text(" ").split())
