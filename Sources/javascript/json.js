// JSON in which nothing is rounded: integers that a number cannot hold are BigInts, and a decimal
// that no number holds exactly is refused.

const DEPTH_MAX = 200;

/** Reads JSON; throws SyntaxError for everything that cannot be read exactly. */
export function parse(text) {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.space();
  if (reader.at < text.length) reader.fail("something follows the value");
  return value;
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  fail(words) {
    throw new SyntaxError(`JSON: ${words}`);
  }

  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return null;
    this.at = pattern.lastIndex;
    return found[0];
  }

  space() {
    this.take(/[ \t\n\r]*/y);
  }

  is(character) {
    this.space();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  value(depth) {
    if (depth > DEPTH_MAX) this.fail("it is nested too deeply");
    this.space();
    const first = this.text[this.at];
    if (first === "{") return this.object(depth);
    if (first === "[") return this.array(depth);
    if (first === '"') return this.string();
    const word = this.take(/true|false|null/y);
    if (word !== null) return { true: true, false: false, null: null }[word];
    const number = this.take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    return number === null ? this.fail("there is no value") : exactNumber(number);
  }

  object(depth) {
    const members = {};
    this.at += 1;
    if (this.is("}")) return members;
    do {
      this.space();
      const name = this.string();
      if (Object.hasOwn(members, name)) this.fail("a name comes twice in an object");
      if (!this.is(":")) this.fail("a colon is missing");
      // Not by assignment, to which `__proto__` would mean something else.
      const value = this.value(depth + 1);
      Object.defineProperty(members, name, {
        value, enumerable: true, writable: true, configurable: true,
      });
    } while (this.is(","));
    return this.is("}") ? members : this.fail("an object does not end");
  }

  array(depth) {
    const items = [];
    this.at += 1;
    if (this.is("]")) return items;
    do items.push(this.value(depth + 1)); while (this.is(","));
    return this.is("]") ? items : this.fail("an array does not end");
  }

  string() {
    const raw = this.take(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y);
    return raw === null ? this.fail("there is no text") : JSON.parse(raw);
  }
}

/** The number that a text means; a BigInt where a number would round. */
function exactNumber(text) {
  const number = Number(text);
  if (!/[.eE]/.test(text) && !Number.isSafeInteger(number)) return BigInt(text);
  if (!Number.isFinite(number) || !isSame(decimal(text), decimal(String(number)))) {
    throw new SyntaxError("JSON: a number has more digits than a number holds");
  }
  return number;
}

function isSame(left, right) {
  return left.digits === right.digits && (left.digits === "" || left.power === right.power
    && left.sign === right.sign);
}

/** A decimal as its digits without zeros around them, and the power of the last of them. */
function decimal(text) {
  const [, sign, whole, fraction = "", power = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i
    .exec(text);
  const all = (whole + fraction).replace(/^0+/, "");
  const digits = all.replace(/0+$/, "");
  return { sign, digits, power: Number(power) - fraction.length + all.length - digits.length };
}

/** Writes JSON on one line, names in the order in which they are. */
export function stringify(value) {
  return write(value, (names) => names, 0);
}

/** The RFC 8785 form, integers of any size with all their digits. */
export function canonical(value) {
  return write(value, (names) => names.sort(), 0);
}

/** `sha256:` and the hexadecimal digest of the canonical form. */
export async function digest(value) {
  const bytes = new TextEncoder().encode(canonical(value));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256:${Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function write(value, order, depth) {
  if (depth > DEPTH_MAX) throw new TypeError("the value is nested too deeply");
  switch (typeof value) {
    case "boolean": return String(value);
    case "bigint": return String(value);
    case "string": return text(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError("JSON has no such number");
      return Object.is(value, -0) ? "0" : String(value);
    case "object": return value === null ? "null" : writeParts(value, order, depth);
    default: throw new TypeError(`${typeof value} is no JSON`);
  }
}

function writeParts(value, order, depth) {
  if (Array.isArray(value)) {
    // By index, because a hole is no value.
    const items = Array.from({ length: value.length }, (_, n) => write(value[n], order, depth + 1));
    return `[${items.join(",")}]`;
  }
  const kind = Object.getPrototypeOf(value);
  if (kind !== Object.prototype && kind !== null) {
    throw new TypeError(`${value.constructor?.name ?? "an object"} is no JSON`);
  }
  const names = order(Object.keys(value).filter((name) => value[name] !== undefined));
  return `{${names.map((n) => `${text(n)}:${write(value[n], order, depth + 1)}`).join(",")}}`;
}

function text(value) {
  if (/\p{Surrogate}/u.test(value)) throw new TypeError("a text holds half a character");
  return JSON.stringify(value);
}
