"""The corpus in the forms of spaCy, Label Studio and Prodigy, for those who label or fit there."""
