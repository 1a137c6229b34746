"""The building blocks of the boutique's pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from boutique.filters import ATTRIBUTES
from boutique.selections import products_to_show
from ethical_personalization.personalization.blocks import PersonalizedBlock

Category = get_model("catalogue", "Category")
ProductAttribute = get_model("catalogue", "ProductAttribute")


def category_choices() -> list[tuple[str, str]]:
    return [(c.full_slug, c.name) for c in Category.objects.browsable()]


def option_choices() -> list[tuple[str, str]]:
    """Values of the catalogue's attributes, written as in the address of a filtered list."""
    attributes = ProductAttribute.objects.filter(code__in=ATTRIBUTES, option_group__isnull=False)
    options = attributes.values_list("code", "option_group__options__option").distinct()
    return [(f"{code}:{value}", f"{ATTRIBUTES[code]}: {value}") for code, value in options]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        template = "boutique/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "boutique/blocks/text.html"


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "boutique/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(required=False, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "boutique/blocks/quote.html"


class CallToActionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.TextBlock(required=False, label=_("Text"))
    link = blocks.CharBlock(label=_("Link"), help_text=_("A path of this shop, as /gifts/"))
    link_text = blocks.CharBlock(label=_("Words of the link"))

    class Meta:
        icon = "link"
        label = _("Call to action")
        template = "boutique/blocks/call_to_action.html"


class StoryBlock(blocks.StructBlock):
    """A picture with words beside it."""

    image = ImageBlock(label=_("Image"))
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(label=_("Text"))
    link = blocks.CharBlock(required=False, label=_("Link"))
    link_text = blocks.CharBlock(required=False, label=_("Words of the link"))

    class Meta:
        icon = "doc-full"
        label = _("Story")
        template = "boutique/blocks/story.html"


class PromisesBlock(blocks.ListBlock):
    """Short statements side by side, such as delivery and returns."""

    def __init__(self, **kwargs: Any) -> None:
        promise = blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("Title"))),
                ("text", blocks.TextBlock(label=_("Text"))),
            ]
        )
        super().__init__(promise, **kwargs)

    class Meta:
        icon = "list-ul"
        label = _("Promises")
        template = "boutique/blocks/promises.html"


class CategoriesBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))

    class Meta:
        icon = "grip"
        label = _("All categories")
        template = "boutique/blocks/categories.html"


class ProductsBlock(blocks.StructBlock):
    """The newest products in stock, of the whole shop or narrowed."""

    title = blocks.CharBlock(label=_("Title"))
    category = blocks.ChoiceBlock(choices=category_choices, required=False, label=_("Category"))
    option = blocks.ChoiceBlock(choices=option_choices, required=False, label=_("Made with"))
    number = blocks.IntegerBlock(min_value=1, max_value=12, default=4, label=_("How many"))

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        category = _category(value["category"])
        products = products_to_show(category=category, option=value["option"])
        return {**context, "category": category, "products": products[: value["number"]]}

    class Meta:
        icon = "tag"
        label = _("Products")
        template = "boutique/blocks/products.html"


def _category(full_slug: str) -> Any | None:
    categories = Category.objects.browsable().filter(slug=full_slug.rpartition("/")[2])
    return next((c for c in categories if c.full_slug == full_slug), None)


class BodyBlock(blocks.StreamBlock):
    """What an editor may put on a page, in any order."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    story = StoryBlock()
    promises = PromisesBlock()
    call_to_action = CallToActionBlock()
    categories = CategoriesBlock()
    products = ProductsBlock()
    personalized = PersonalizedBlock(TextBlock())
