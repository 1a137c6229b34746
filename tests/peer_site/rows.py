"""What shows each line of docs/explanation/mended.md, line by line.

A line is taken apart by its own words; a test without a file is a probe. Beside the probes stand
tests of what the host alone has nothing to compare with.
"""

LINES = (
    {
        "Every visit writes a session, a page history, a counter and a row": (
            "test_first_visit_stores_nothing",
            "test_visits_of_many_leave_no_session",
            "test_visit_counts_nothing_at_the_segment",
        ),
        "histories join accounts": ("test_history_does_not_join_the_account",),
        "members are entered on GET": ("test_visit_enters_nobody_into_a_list_of_members",),
        "the page cache gets no hit": ("test_page_cache_answers_the_second_visitor",),
    },
    {
        "A visit overwrites what checkout saved in the session meanwhile": (
            "test_visit_leaves_the_session_to_who_writes_it_meanwhile",
        ),
    },
    {"Screens decode every session in the database": ("test_no_screen_reads_every_session",)},
    {
        "Editing or adding a page": ("test_page_can_be_edited", "test_page_can_be_added"),
        "and pages with the userbar, are errors on Wagtail 8": (
            "test_page_with_the_userbar_can_be_seen",
        ),
        "names and paths in the userbar are HTML": (
            "test_name_of_a_segment_is_text_in_the_userbar",
            "test_path_is_text_in_the_userbar",
            "tests/editor/test_userbar.py::test_segments_are_offered_with_their_names_as_text",
        ),
    },
    {
        "Variants get round view restrictions": (
            "test_password_of_the_page_is_asked_before_its_variant",
            "test_login_to_the_page_is_asked_before_its_variant",
        ),
        "unpublished ones": ("test_unpublished_variant_is_not_served",),
        "drafts are served": ("test_draft_is_not_served",),
        "and of the variant hold": (
            "tests/personalization/test_variants.py"
            "::test_protected_variant_leaves_the_page_as_it_is",
        ),
    },
    {
        "A variant's own address is a 404": ("test_own_address_of_a_variant_leads_to_the_page",),
        "and a served variant names it as canonical, with the title “Page (segment)”": (
            "test_served_variant_bears_address_and_title_of_its_page",
        ),
    },
    {
        "Live variants stand in menus": (
            "test_menu_names_the_page_once",
            "test_published_draft_does_not_come_back_into_the_menu",
        ),
        "and search results": ("test_search_finds_the_page_and_not_its_variant",),
        "also the existing ones, at migrate": (
            "tests/personalization/test_host_pages.py"
            "::test_variants_from_before_are_hidden_after_migrate",
        ),
    },
    {
        "Reading a page": ("test_first_visit_stores_nothing",),
        "the sitemap": (
            "test_sitemap_names_pages_without_storing_anything",
            "test_sitemap_names_the_page_and_not_its_variant",
        ),
        "or the explorer inserts metadata rows": ("test_explorer_stores_nothing",),
    },
    {"The oldest of several variants wins": ("test_editor_says_which_variant_wins",)},
    {
        "{% segment %} shows a persistent segment to everybody": (
            "test_tag_shows_nothing_to_who_does_not_belong",
        ),
        "another to nobody": ("test_tag_shows_its_content_to_who_belongs",),
        "and takes any of several with one name": ("test_tag_means_every_segment_of_its_name",),
        "with the reason": ("test_tag_says_why", "test_block_says_why"),
    },
    {
        "A block without a request is an error": (
            "test_block_without_request_shows_what_is_for_everybody",
        ),
        "its REST form": ("test_rest_form_holds_what_the_requester_may_see",),
        "and the index hold every segment's content": ("test_search_finds_no_block_of_a_segment",),
    },
    {
        "Invalid": ("test_pattern_that_is_none_breaks_no_page",),
        "or exponential patterns": ("test_pattern_that_explodes_costs_no_time",),
        "no User-Agent": ("test_client_without_a_name_gets_the_page",),
        "no GeoIP file": ("test_country_without_a_database_breaks_no_page",),
        "an unknown address: errors or seconds": (
            "test_country_of_an_unknown_address_breaks_no_page",
        ),
    },
    {
        "A rule that extends another is also taken for the other": (
            "test_rule_that_extends_another_is_not_taken_for_it",
        ),
        "once it is declared": (
            "tests/personalization/test_segments.py"
            "::test_rule_class_that_nobody_declared_is_not_evaluated",
        ),
        "the desk keeps it so": (
            "test_rule_that_extends_another_is_kept_by_the_desk_as_what_it_is",
            "test_rule_that_extends_another_is_copied_and_deleted_and_comes_back",
        ),
        "one that only renames another stays one rule": (
            "test_rule_under_another_name_is_one_rule",
        ),
    },
    {
        "A rule under an abstract class, or with a table name of its own, "
        "makes every segment's form an error": (
            "test_rule_under_an_abstract_class_and_with_its_own_table_is_made_at_the_desk",
        ),
    },
    {
        "The country is taken from any client's header": (
            "test_country_is_not_taken_from_any_client",
        ),
        "only from your own proxy": (
            "tests/facts/test_facts.py"
            "::test_country_is_read_from_the_header_that_the_shop_names_and_no_other",
        ),
    },
    {
        "Times are UTC": ("test_time_is_the_sites", "test_day_is_the_sites"),
        "and never reach over midnight": ("test_time_reaches_over_midnight",),
        "a random share is drawn anew on each visit": ("test_random_share_is_drawn_once",),
        "persistent membership is never tested again": (
            "test_persistent_membership_ends_with_its_rule",
        ),
    },
    {
        "Fixed lists of members are filled from everybody's sessions and on GET": (
            "test_visit_enters_nobody_into_a_list_of_members",
            "test_no_screen_reads_every_session",
        ),
        "who see it once they allow technical context": (
            "tests/personalization/test_plan.py"
            "::test_member_of_a_list_sees_the_default_before_she_allows_it",
            "tests/personalization/test_plan.py::test_who_is_not_on_the_list_sees_the_default",
        ),
        "one collected by counting visits is shown to nobody": (
            "tests/personalization/test_plan.py"
            "::test_list_that_was_collected_by_counting_visits_is_shown_to_nobody_and_named",
        ),
    },
    {
        "?segment= is an error": ("test_preview_of_garbage_is_the_page",),
        "sticks": ("test_preview_ends_with_its_page",),
        "and works for disabled segments": ("test_preview_shows_no_disabled_segment",),
        "a preview": ("test_preview_is_marked_and_kept_by_no_cache",),
    },
    {
        "Its screens change state on GET": (
            "test_looking_does_not_switch_a_segment",
            "test_looking_does_not_copy_a_page",
        ),
        "check no permission": (
            "test_who_may_only_enter_switches_nothing",
            "test_who_may_only_enter_copies_nothing",
        ),
        "hand out members as CSV": ("test_members_are_not_handed_out",),
        "follow the Referer": ("test_switch_leads_nowhere_else",),
        "they lead to ours": (
            "test_view_of_segments_can_be_switched_first_thing",
            "tests/editor/test_host_admin.py"
            "::test_the_host_screens_lead_to_ours_and_change_nothing",
            "tests/editor/test_host_admin.py::test_every_address_of_the_host_is_answered_by_us",
        ),
    },
    {
        "Each worker compiles a thousand patterns for browsers when it starts": (
            "test_worker_starts_without_the_patterns_of_browsers",
        ),
        "they are compiled for who asks": (
            "tests/personalization/test_host_imports.py::test_patterns_of_browsers_are_compiled"
            "_for_who_asks_not_at_the_start_of_a_worker",
        ),
    },
    {
        "Its bare app name leaves dates empty": ("test_date_of_enabling_is_kept",),
        "and wants a migration": ("test_host_asks_for_no_migration",),
        "which a check asks for": ("tests/test_checks.py::test_host_without_its_config_is_named",),
    },
)
