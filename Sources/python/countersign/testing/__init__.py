"""A control plane in this process, for the tests of agents.

    from countersign.testing import FakeControlPlane

    with FakeControlPlane() as plane:
        plane.approve(edits={"/amount_cents": 500})
        issue_refund("cus_91", 184000)
        plane.only().assert_executed_once()
"""

from .plane import FakeControlPlane
from .record import Decision, HeldCall

__all__ = ["Decision", "FakeControlPlane", "HeldCall"]
