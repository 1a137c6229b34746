"""Tables that name accounts because of their work at the desk, not because they shop."""

from collections.abc import Mapping

#: By model, what it holds; a table that is neither here nor a holding fails the tests.
STAFF: Mapping[str, str] = {
    "admin.LogEntry": "who changed what in Django's admin",
    "auth.User_user_permissions": "what staff may do",
    "partner.Partner_users": "who works for a partner",
    "offer.RangeProductFileUpload": "who uploaded a list of products",
    "communication.CommunicationEventType": "templates of e-mails",
    "wagtaildocs.Document": "who uploaded a document",
    "wagtailimages.Image": "who uploaded a picture",
    "wagtailadmin.EditingSession": "who edits a page just now",
    "wagtailadmin.FormState": "what an editor typed and has not saved",
    "wagtailcore.APIToken": "keys of editors",
    "wagtailcore.ModelLogEntry": "who changed what at the desk",
    "wagtailcore.PageLogEntry": "who changed which page",
    "wagtailcore.Revision": "who wrote a version",
    "wagtailcore.UploadedFile": "who uploads a file just now",
    "wagtailcore.WorkflowState": "who asked for a review",
    "wagtailcore.TaskState": "who reviewed",
    "wagtailcore.Page": "who owns and who locked a page",
    "wagtailcore.Comment": "what editors say about a page",
    "wagtailcore.CommentReply": "what editors answer",
    "wagtailcore.PageSubscription": "which editors hear of a page",
    "ethical_personalization.Controller": "who answers for the shop",
    "ethical_personalization.SegmentPolicy": "who owns and who locked a segment",
}
