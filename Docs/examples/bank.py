"""The tool of all examples: it pays money back, and notes in a file that it did."""

ARGUMENTS = {"customer_id": "cus_91", "amount_cents": 184000, "iban": "DE89370400440532013000"}


def issue_refund(customer_id: str, amount_cents: int, iban: str) -> str:
    """Pays money back to a customer."""
    with open("refunds.log", "a") as file:
        file.write(f"{customer_id} {amount_cents} {iban}\n")
    return f"refunded {amount_cents} cents to {customer_id}"
