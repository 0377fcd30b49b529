"""What made a draft, said in the draft: bump the one whose change can change an answer."""

RULES_VERSION = "2026.11.2"
POLICIES_VERSION = "2026.11.3"
