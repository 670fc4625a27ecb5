// Holds one call: submit, wait, claim, report.

import { Client, WAIT_SECONDS_MAX, pause } from "./client.js";
import {
  Cancelled, CountersignError, Expired, Mismatch, Refused, Rejected, Unknown,
} from "./errors.js";
import { digest } from "./json.js";

const UNANSWERED_MS = 900_000;
const GRACE_MS = 60_000;
const FAREWELL_MS = 5_000;
const RECEIPT_MS = 120_000;
const STATES = ["pending", "approved", "rejected", "expired", "cancelled"];

/** A claimed call: run exactly `arguments`, once, and report it. */
export class Ticket {
  #gate;
  #claim;
  #leaseEnd;
  #isReported = false;

  constructor(gate, approval, claim, leaseEnd) {
    this.#gate = gate;
    this.#claim = claim;
    this.#leaseEnd = leaseEnd;
    this.id = claim.id;
    this.approval = approval;
    this.arguments = claim.arguments;
    this.edited = claim.effective_digest !== approval.proposed_digest;
  }

  /** Throws when the right to run has lapsed: people may have acted upon that. */
  async checkLease() {
    if (performance.now() < this.#leaseEnd) return;
    await this.failed("not run: the claim was answered too late");
    throw new Expired("The claim was answered after its lease.");
  }

  /** Reports that the tool ran; false when the control plane did not hear of it. */
  succeeded(summary) {
    return this.#report("succeeded", summary, RECEIPT_MS);
  }

  /** Reports that the tool failed, or was not run after all. */
  failed(summary, milliseconds = RECEIPT_MS) {
    return this.#report("failed", summary, milliseconds);
  }

  async #report(outcome, summary, milliseconds) {
    if (this.#isReported) return true;
    this.#isReported = true;
    return this.#gate.report(this.#claim, outcome, summary, milliseconds);
  }
}

/** One call on its way; `call` has the fields of `POST /v1/approvals`, and its `key`. */
export class Gate {
  #client;
  #signal;
  #patience;
  #end;
  #digest;
  // Lives in memory only: a restarted process can never claim a second time.
  #nonce = crypto.randomUUID();

  constructor(call, { client, signal, wait_s } = {}) {
    const { key, lease_s = 300, ...body } = call;
    if (typeof key !== "string" || key === "") throw new Mismatch("A call needs a key.");
    Object.assign(this, { body, key, lease_s, approval: undefined });
    this.#client = client ?? new Client();
    this.#signal = signal;
    const now = performance.now();
    this.#patience = wait_s === undefined ? Infinity : now + wait_s * 1000;
    this.#end = now + (body.timeout_s ? body.timeout_s * 1000 : UNANSWERED_MS) + GRACE_MS;
  }

  /** Submits, waits and claims; throws what keeps the call from running. */
  async run() {
    try {
      await this.submit();
      await this.wait();
      if (this.#signal?.aborted) throw new Cancelled("The caller stopped waiting.");
    } catch (error) {
      if (error instanceof Cancelled) await this.cancel();
      throw error;
    }
    return this.claim();
  }

  /** The approval of the call, which is durable when this resolves. */
  async submit() {
    try {
      this.#digest ??= await digest(this.body.arguments);
    } catch (error) {
      throw new Mismatch(`The arguments have no canonical form: ${error.message}.`);
    }
    const key = await sendable(this.key);
    return this.#take(await this.#ask("POST", "/v1/approvals", { body: this.body, key }));
  }

  /** Waits until it is released; throws why it is not. */
  async wait() {
    for (;;) {
      const approval = this.approval ?? (await this.submit());
      if (approval.state !== "pending") {
        const isNamed = approval.decided_by !== undefined;
        const isDecided = approval.state === "rejected" || approval.edited;
        // The answer to a submission does not name people.
        return released(isDecided && !isNamed ? await this.look() : approval);
      }
      const asked = performance.now();
      const seen = await this.look(WAIT_SECONDS_MAX);
      // A server that shuts down answers at once: do not run in circles.
      if (seen.state === "pending" && performance.now() - asked < 1000) {
        await pause(500, this.#signal);
      }
    }
  }

  /** How the approval stands now, or within `wait` seconds when it is decided then. */
  async look(wait = 0) {
    const approval = this.approval ?? (await this.submit());
    const left = Math.ceil((this.#patience - performance.now()) / 1000);
    const seconds = Math.max(0, Math.min(wait, left));
    const path = `/v1/approvals/${approval.id}${seconds ? `?wait=${seconds}` : ""}`;
    return this.#take(await this.#ask("GET", path, { wait: seconds }));
  }

  /** Takes the single right to run; throws Unknown when another process has it. */
  async claim() {
    const approval = released(this.approval ?? (await this.submit()));
    const begun = performance.now();
    const body = { nonce: this.#nonce, lease_s: this.lease_s };
    let claim;
    try {
      claim = await this.#client.ask(
        "POST", `/v1/approvals/${approval.id}/claim`, { body, end: this.#end });
    } catch (error) {
      if (error instanceof Refused && error.status === 409) throw await this.#claimedBefore();
      if (error instanceof Refused && error.status === 410) {
        throw new Expired("The call was approved, but not claimed in time.");
      }
      throw error;
    }
    await this.#check(claim, approval);
    const ticket = new Ticket(this, approval, claim, begun + this.lease_s * 1000);
    if (this.#signal?.aborted) {
      await ticket.failed("not run: the caller was cancelled", FAREWELL_MS);
      throw new Cancelled("The caller stopped waiting.");
    }
    return ticket;
  }

  /** Takes the call back, so that nobody decides in vain; does not insist. */
  async cancel(reason = "the caller stopped waiting") {
    const { approval } = this;
    if (approval === undefined || approval.state !== "pending") return;
    const end = performance.now() + FAREWELL_MS;
    const path = `/v1/approvals/${approval.id}/cancel`;
    await this.#client.ask("POST", path, { body: { reason }, end }).catch(ignored);
  }

  /** Sends the receipt; false when the control plane did not take it. */
  async report(claim, outcome, summary, milliseconds) {
    const body = {
      fencing_token: claim.fencing_token, outcome, effective_digest: claim.effective_digest,
      result_summary: summary?.slice(0, 1000) || undefined,
    };
    const end = performance.now() + milliseconds;
    try {
      await this.#client.ask("POST", `/v1/approvals/${claim.id}/receipt`, { body, end });
      return true;
    } catch (error) {
      return ignored(error) ?? false;
    }
  }

  async #claimedBefore() {
    const end = performance.now() + FAREWELL_MS;
    const view = await this.#client.ask("GET", `/v1/approvals/${this.approval.id}`, { end })
      .catch(ignored);
    return new Unknown(this.approval.id, view?.execution);
  }

  async #check(claim, approval) {
    if (claim.id !== approval.id || claim.tool !== this.body.tool
      || typeof claim.fencing_token !== "string" || !isObject(claim.arguments)) {
      throw new Mismatch("The claim is for another call, or none.");
    }
    const decided = approval.effective_digest ?? claim.effective_digest;
    const found = await digest(claim.arguments);
    if (found !== claim.effective_digest || found !== decided) {
      throw new Mismatch("The arguments are not the ones that were decided.");
    }
  }

  async #ask(method, path, options) {
    try {
      const end = Math.min(this.#end, this.#patience);
      return await this.#client.ask(method, path, { ...options, end, signal: this.#signal });
    } catch (error) {
      if (error instanceof CountersignError && performance.now() >= this.#patience) throw gaveUp();
      throw error;
    }
  }

  #take(view) {
    const isView = STATES.includes(view.state) && /^[0-9a-f-]{1,64}$/.test(view.id)
      && typeof view.released === "boolean";
    if (!isView) throw new Mismatch("The control plane's answer is no approval.");
    if (view.proposed_digest !== this.#digest || (this.approval?.id ?? view.id) !== view.id) {
      throw new Mismatch("The approval on the control plane is not of this call.");
    }
    this.approval = view;
    const span = Date.parse(view.claim_deadline ?? view.deadline) - Date.parse(view.created_at);
    if (!Number.isFinite(span)) throw new Mismatch("An answer holds an unreadable time.");
    this.#end = performance.now() + Math.max(0, span) + GRACE_MS;
    if (view.state === "pending" && performance.now() >= this.#patience) throw gaveUp();
    return view;
  }
}

/** The approval, when it may be claimed; throws why it may not. */
function released(approval) {
  const { state } = approval;
  if (state === "rejected") {
    throw new Rejected(approval.decided_by, approval.comment, approval.reason_code, approval);
  }
  if (state === "cancelled") throw new Cancelled("The approval was cancelled.");
  if (approval.released && (state === "approved" || state === "expired")) return approval;
  if (state === "pending") throw new Refused(410, "The call is not decided yet.");
  throw new Expired("Nobody approved the call in time.");
}

function gaveUp() {
  return new Cancelled("Nobody decided before the caller's own time was over.");
}

function ignored(error) {
  if (!(error instanceof CountersignError)) throw error;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key that fits into a header: printable ASCII of bounded length, or the digest of it. */
async function sendable(key) {
  return /^[!-~]{1,200}$/.test(key) ? key : `key:${(await digest(key)).slice(7)}`;
}
