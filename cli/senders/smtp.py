"""Mail: text with an HTML alternative; the password is ``SVC_SMTP_PASSWORD``."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from . import LOCAL, TIMEOUT, DeliveryError, Message, Target

PASSWORD = "SVC_SMTP_PASSWORD"


def mail(target: Target, message: Message) -> EmailMessage:
    """The letter; a line end in a subject or an address cannot become a header."""
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = " ".join(message.subject.split())
    letter["From"] = Address(addr_spec=target.options["from"])
    letter["To"] = [Address(addr_spec=item.strip()) for item in target.options["to"].split(",") if item.strip()]
    letter["Message-ID"] = f"<svc.{message.key}@{target.options['from'].rpartition('@')[2] or 'localhost'}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text)
    letter.add_alternative(message.html, subtype="html")
    return letter


def send(target: Target, message: Message, environment: Mapping[str, str]) -> None:
    """Send once.

    ``smtps`` speaks TLS from the start; ``smtp`` turns it on where the server offers it, and hands a password over to
    another machine only then.

    Raises
    ------
    DeliveryError
    """
    user, password = target.options.get("user"), environment.get(PASSWORD)
    try:
        letter = mail(target, message)
    except ValueError as error:
        raise DeliveryError(str(error), lasting=True) from error
    context = ssl.create_default_context()
    try:
        if target.scheme == "smtps":
            server = smtplib.SMTP_SSL(target.host, target.port or 465, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(target.host, target.port or 25, timeout=TIMEOUT)
        with server:
            safe = target.scheme == "smtps" or target.host in LOCAL
            server.ehlo()
            if target.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
                safe = True
            if user and password:
                if not safe:
                    raise DeliveryError("no TLS", lasting=True)
                server.login(user, password)
            server.send_message(letter)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
        raise DeliveryError(type(error).__name__, lasting=_lasting(error)) from error
    except smtplib.SMTPResponseException as error:
        raise DeliveryError(f"{error.smtp_code}", lasting=error.smtp_code >= 500) from error
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(str(error) or type(error).__name__) from error


def _lasting(error: smtplib.SMTPException) -> bool:
    """Whether the server refused for good: 5xx, not a grey list's 4xx."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return bool(codes) and all(code >= 500 for code in codes)
    return int(getattr(error, "smtp_code", 0)) >= 500
