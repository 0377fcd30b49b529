"""Why a webhook is not kept."""

from model.errors import NoteproofError


class WebhookError(NoteproofError):
    """A webhook cannot do its part."""

    code = "webhook"


class WebhookInvalid(WebhookError):
    """An address is none that events can be sent to."""

    code = "webhook.invalid"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"url: {reason}")


class UnknownWebhook(WebhookError):
    """No webhook has this id."""

    code = "webhook.unknown"

    def __init__(self) -> None:
        super().__init__("no webhook has this id")
