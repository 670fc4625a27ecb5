// Hold an agent's tool call until a person with the authority decided on it.

import { Client } from "./client.js";
import { CountersignError, Mismatch } from "./errors.js";
import { Gate, Ticket } from "./gate.js";
import { digest } from "./json.js";

export * from "./errors.js";
export { Client, Gate, Ticket };
export { canonical, digest, parse, stringify } from "./json.js";

/** Holds a call until it is released, and claims it; throws why it must not run. */
export function hold(call, options) {
  return new Gate(call, options).run();
}

/** A run that names itself: its n-th identical call has the n-th key, also after a restart. */
export class Run {
  #counts = new Map();

  constructor(id) {
    this.id = id;
  }

  /** The key of the next call of a tool with these arguments. */
  async key(tool, args) {
    const name = JSON.stringify([this.id, tool, await digest(args)]);
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return `run:${(await digest([name, count])).slice(7)}`;
  }
}

/**
 * Holds every call of a function that takes one object, and runs what was decided, once.
 *
 * A call names itself by `key` or `run` in its second argument; without, it is a new one each time.
 */
export function gated(run, { tool = run.name, validate, client, wait_s, ...terms } = {}) {
  if (!tool) throw new Mismatch("A tool needs a name.");
  return async function held(args, { key, run: of, signal, ...origin } = {}) {
    const name = key ?? (of ? await of.key(tool, args) : crypto.randomUUID());
    const call = { ...terms, tool, arguments: args, key: name };
    if (of || origin.call_id) call.origin = { run_id: of?.id, ...origin };
    return execute(await hold(call, { client, wait_s, signal }), run, { validate });
  };
}

/** Runs a claimed call and reports it. `validate` may check and change the decided arguments. */
export async function execute(ticket, run, { validate } = {}) {
  await ticket.checkLease();
  let args;
  try {
    args = validate ? await validate(ticket.arguments) : ticket.arguments;
  } catch {
    await ticket.failed("not run: the decided arguments do not fit the tool");
    throw new Mismatch("The decided arguments do not fit the tool.");
  }
  let result;
  try {
    result = await run(args, ticket);
  } catch (error) {
    // The kind of an error only: its text may hold what nobody may see.
    await ticket.failed(`threw ${error?.constructor?.name ?? typeof error}`);
    throw error;
  }
  await ticket.succeeded();
  return result;
}

/** What the agent is told instead of a result; anything but Countersign's own errors is thrown. */
export function words(error) {
  if (error instanceof CountersignError) return error.forModel;
  throw error;
}
