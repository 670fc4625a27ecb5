// Asks the control plane until it answers: every request may be sent again without harm.

import { Cancelled, Misconfigured, Mismatch, Refused, Unreachable } from "./errors.js";
import { parse, stringify } from "./json.js";

export const WAIT_SECONDS_MAX = 20;
const MARGIN_SECONDS = 10;
const BACK_OFF_FIRST_MS = 250;
const BACK_OFF_MS_MAX = 30_000;
const BODY_CHARACTERS_MAX = 8 << 20;

/** One control plane, and the token to speak to it with, by default from the environment. */
export class Client {
  #token;
  #url;

  constructor({ url, token, allowPlainHttp = false, env = globalThis.process?.env ?? {} } = {}) {
    const address = url ?? env.COUNTERSIGN_URL;
    if (!address) throw new Misconfigured("There is no control plane: set COUNTERSIGN_URL.");
    this.#url = checked(address, allowPlainHttp);
    this.#token = token ?? env.COUNTERSIGN_TOKEN ?? "";
    if (!/^[!-~]{1,4096}$/.test(this.#token)) {
      throw new Misconfigured("The token is missing or holds characters that no token has.");
    }
  }

  /**
   * Asks until there is an answer that asking again would not change, or until `end`, an instant
   * of `performance.now()`. Returns the status and the body; throws for refusals.
   */
  async ask(method, path, { body, key, wait = 0, end, signal } = {}) {
    const request = {
      method,
      headers: { authorization: `Bearer ${this.#token}`, accept: "application/json" },
      body: body === undefined ? undefined : written(body),
      redirect: "error",
    };
    if (body !== undefined) request.headers["content-type"] = "application/json";
    if (key !== undefined) request.headers["idempotency-key"] = key;
    for (let tries = 0, why = ""; ; tries += 1) {
      const left = end - performance.now();
      if (signal?.aborted) throw new Cancelled("The caller stopped waiting.");
      if (left <= 0) throw new Unreachable(`The control plane did not answer. ${why}`.trim());
      const seconds = Math.min((wait + MARGIN_SECONDS) * 1000, left);
      const answer = await this.#exchange(path, request, seconds, signal);
      if (answer.status !== undefined && !isWorthRetrying(answer)) return read(answer);
      why = answer.status === undefined ? "" : `It answered ${answer.status}.`;
      await pause(Math.min(backOff(tries, answer.retryAfter), end - performance.now()), signal);
    }
  }

  async #exchange(path, request, milliseconds, signal) {
    const limit = AbortSignal.timeout(Math.max(1, Math.ceil(milliseconds)));
    const both = signal ? AbortSignal.any([signal, limit]) : limit;
    try {
      const answer = await fetch(this.#url + path, { ...request, signal: both });
      const text = await answer.text();
      if (text.length > BODY_CHARACTERS_MAX) return {};
      const retryAfter = Number(answer.headers.get("retry-after") ?? NaN);
      return { status: answer.status, text, retryAfter };
    } catch {
      // Nothing is known about what the control plane did.
      return {};
    }
  }
}

function checked(text, allowPlainHttp) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new Misconfigured("COUNTERSIGN_URL is no address; they begin with https://.");
  }
  const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.username || url.password || url.search || url.hash
    || !["https:", "http:"].includes(url.protocol)) {
    throw new Misconfigured("COUNTERSIGN_URL is no address of a control plane.");
  }
  if (url.protocol === "http:" && !isHere && !allowPlainHttp) {
    throw new Misconfigured("The address is not encrypted: the token could be read on the way.");
  }
  return url.href.replace(/\/+$/, "");
}

function written(body) {
  try {
    return stringify(body);
  } catch (error) {
    throw new Mismatch(`The call cannot be written as JSON: ${error.message}.`);
  }
}

function isWorthRetrying({ status, retryAfter }) {
  if ([408, 425, 429].includes(status) || status >= 500) return true;
  // The same key is being worked on right now.
  return status === 409 && Number.isFinite(retryAfter);
}

function backOff(tries, retryAfter) {
  const ceiling = Math.min(BACK_OFF_MS_MAX, BACK_OFF_FIRST_MS * 2 ** Math.min(tries, 7));
  const asked = Number.isFinite(retryAfter) ? Math.min(retryAfter, 60) * 1000 : 0;
  return Math.max(Math.random() * ceiling, asked);
}

/** Sleeps, but not longer than until the caller stops waiting. */
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, Math.max(0, milliseconds));
    function done() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    }
    signal?.addEventListener("abort", done);
  });
}

function read({ status, text }) {
  let value;
  try {
    value = parse(text);
  } catch {
    value = undefined;
  }
  if (status < 200 || status > 299) throw refusal(status, value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Mismatch("The control plane answered with something unreadable.");
  }
  return value;
}

function refusal(status, problem) {
  const of = (name) => typeof problem?.[name] === "string" ? problem[name].slice(0, 1000) : "";
  const detail = of("detail") || `The control plane answered ${status}.`;
  const next = of("next_step") || "Ask whoever runs the control plane.";
  return new Refused(status, detail, next, of("type").split(":").at(-1));
}
