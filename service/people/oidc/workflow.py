"""Sign in with what the identity provider says; each leaves its trace in the audit log."""

import logging
from datetime import datetime

from service.db.engine import Database
from service.people.errors import OidcRefused
from service.people.oidc import passage as passages
from service.people.oidc.matching import ACTOR, account_of
from service.people.oidc.passage import Passage
from service.people.oidc.provider import Provider
from service.people.oidc.tokens import checked
from service.people.sessions import Sessions
from service.people.workflow import note
from service.settings import Settings

logger = logging.getLogger(__name__)


def sign_in_with(
    provider: Provider,
    database: Database,
    settings: Settings,
    passage: Passage,
    *,
    code: str,
    back_to: str,
    now: datetime,
) -> str:
    """Begin a session for whoever came back by ``passage``; returns the token for the cookie.

    The passage is spent first: whatever becomes of it, nobody uses it again.

    Raises:
        OidcRefused: The passage was used before, there is no code, the token is not right, or there
            is no account.
        OidcUnavailable: The provider cannot be asked, or does not take the code.
    """
    with database.writing() as session:
        passages.spend(session, passage, now)
    if not code:
        raise OidcRefused("was broken off there")
    token = provider.id_token(code, passage, back_to=back_to)
    claims = checked(token, provider, nonce=passage.nonce, now=now)
    with database.writing() as session:
        account = account_of(session, claims, provider.client, now)
        begun = Sessions(session, settings).begin(account.id, now)
        note(session, now, account.id, "people.signed_in", account.id, by=ACTOR)
    logger.info("signed in account=%s by=%s", account.id, ACTOR)
    return begun
