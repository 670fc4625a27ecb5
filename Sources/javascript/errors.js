// Why a held call did not run, or why nobody knows whether it did.

/** Anything that keeps a held call from running; `forModel` is what the agent is told. */
export class CountersignError extends Error {
  constructor(message) {
    super(message);
    this.name = this.constructor.name;
  }

  get forModel() {
    return this.message;
  }
}

/** The words as a sentence that another one can follow. */
function ended(words) {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}

/** The tool did not run, and will not run for this call. */
export class NotExecuted extends CountersignError {}

/** A person, or a policy, said no. */
export class Rejected extends NotExecuted {
  constructor(by, comment, reasonCode, { on_behalf_of: onBehalfOf, instead } = {}) {
    const deputy = onBehalfOf ? ` for ${onBehalfOf}` : "";
    const who = by ? `${by}${deputy} rejected the call` : "The call was rejected";
    super(`${who}${reasonCode ? ` (${reasonCode})` : ""}${comment ? `: ${comment}` : "."}`);
    Object.assign(this, { by, comment, reasonCode, onBehalfOf, instead });
  }

  get forModel() {
    const instead = this.instead ? `Instead: ${ended(this.instead)} ` : "";
    return `${ended(this.message)} ${instead}It did not run. Do not repeat it unchanged: do what `
      + "the reason asks for, or tell the user.";
  }
}

/** Nobody decided, or nobody claimed, in time. */
export class Expired extends NotExecuted {
  get forModel() {
    return `${this.message} It did not run. Tell the user that it still needs an approval.`;
  }
}

/** Taken back before it was decided; also when the caller's own time was over. */
export class Cancelled extends NotExecuted {}

/** The control plane did not answer in time. */
export class Unreachable extends NotExecuted {
  get forModel() {
    return `The call needs an approval, and approvals cannot be asked for now. ${this.message}`;
  }
}

/** There is no address or no token, or one that must not be used. */
export class Misconfigured extends Unreachable {}

/** The control plane does not take the call. */
export class Refused extends NotExecuted {
  constructor(status, detail, nextStep = "", kind = "") {
    super(`${detail} ${nextStep}`.trim());
    Object.assign(this, { status, detail, nextStep, kind });
  }
}

/** What came back is not what was sent or decided, or does not fit the tool. */
export class Mismatch extends NotExecuted {}

/** Another process claimed this call: whether the tool ran is not known here. No rejection. */
export class Unknown extends CountersignError {
  constructor(approvalId, execution = "unknown") {
    super(["succeeded", "failed"].includes(execution)
      ? `The call ran before, and was reported as ${execution}.`
      : "The call was claimed before, and whether it ran is not known here.");
    Object.assign(this, { approvalId, execution });
  }

  get forModel() {
    return `${this.message} This is no rejection. Do not run it again; a person has to look at it.`;
  }
}
