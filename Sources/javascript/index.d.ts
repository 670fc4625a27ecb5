/** JSON values; integers that a number cannot hold are BigInts. */
export type Json = null | boolean | number | bigint | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export class CountersignError extends Error {
  /** What the agent is told. */
  get forModel(): string;
}
export class NotExecuted extends CountersignError {}
export class Rejected extends NotExecuted {
  constructor(
    by?: string, comment?: string, reasonCode?: string,
    more?: { on_behalf_of?: string; instead?: string },
  );
  readonly by?: string;
  readonly onBehalfOf?: string;
  readonly comment?: string;
  readonly reasonCode?: string;
  readonly instead?: string;
}
export class Expired extends NotExecuted {}
export class Cancelled extends NotExecuted {}
export class Unreachable extends NotExecuted {}
export class Misconfigured extends Unreachable {}
export class Refused extends NotExecuted {
  constructor(status: number, detail: string, nextStep?: string, kind?: string);
  readonly status: number;
  readonly detail: string;
  readonly nextStep: string;
  readonly kind: string;
}
export class Mismatch extends NotExecuted {}
export class Unknown extends CountersignError {
  constructor(approvalId?: string, execution?: string);
  readonly approvalId?: string;
  /** What the record says: `claimed`, `succeeded`, `failed` or `unknown`. */
  readonly execution: string;
}

export interface ClientOptions {
  /** Else COUNTERSIGN_URL. */
  url?: string;
  /** Else COUNTERSIGN_TOKEN. */
  token?: string;
  allowPlainHttp?: boolean;
  env?: Record<string, string | undefined>;
}
export class Client {
  constructor(options?: ClientOptions);
}

/** How the calls of a tool are held; the fields of `POST /v1/approvals`. */
export interface Terms {
  schema?: JsonObject;
  policy?: string;
  /** JSON Pointers. */
  redact?: string[];
  timeout_s?: number;
  risk?: "low" | "medium" | "high" | "critical";
  group?: string;
  context?: { summary?: string; reason?: string; preview?: string };
  auto_approve?: boolean;
  lease_s?: number;
}
export interface Call extends Terms {
  tool: string;
  arguments: JsonObject;
  /** Whoever asks again with it gets the same approval. */
  key: string;
  origin?: { framework?: string; run_id?: string; call_id?: string; session_id?: string };
}
export interface HoldOptions {
  client?: Client;
  signal?: AbortSignal;
  /** How long this process waits; then the approval is taken back. */
  wait_s?: number;
}

/** An approval as its agent sees it. */
export interface Approval {
  id: string;
  state: "pending" | "approved" | "rejected" | "expired" | "cancelled";
  released: boolean;
  execution: string;
  tool: string;
  created_at: string;
  deadline: string;
  proposed_digest: string;
  edited: boolean;
  effective_digest?: string;
  claim_deadline?: string;
  decided_by?: string;
  on_behalf_of?: string;
  comment?: string;
  reason_code?: string;
  /** What the policy that refused it says may be done instead. */
  instead?: string;
}

export class Ticket {
  private constructor();
  /** The approval's id, for tools that take an idempotency key. */
  readonly id: string;
  readonly approval: Approval;
  /** Run exactly these, once. */
  readonly arguments: JsonObject;
  readonly edited: boolean;
  checkLease(): Promise<void>;
  succeeded(summary?: string): Promise<boolean>;
  failed(summary?: string, milliseconds?: number): Promise<boolean>;
}

export class Gate {
  constructor(call: Call, options?: HoldOptions);
  readonly approval: Approval | undefined;
  run(): Promise<Ticket>;
  submit(): Promise<Approval>;
  wait(): Promise<Approval>;
  look(wait?: number): Promise<Approval>;
  claim(): Promise<Ticket>;
  cancel(reason?: string): Promise<void>;
}

export function hold(call: Call, options?: HoldOptions): Promise<Ticket>;

export class Run {
  constructor(id: string);
  readonly id: string;
  key(tool: string, args: JsonObject): Promise<string>;
}

export interface GatedOptions<Arguments> extends Terms {
  tool?: string;
  /** Checks the decided arguments, and may change their types; nothing runs when it throws. */
  validate?: (args: JsonObject) => Arguments | Promise<Arguments>;
  client?: Client;
  wait_s?: number;
}
export interface CallNames {
  key?: string;
  run?: Run;
  signal?: AbortSignal;
  call_id?: string;
  session_id?: string;
  framework?: string;
}
export function gated<Arguments, Result>(
  run: (args: Arguments, ticket: Ticket) => Result | Promise<Result>,
  options?: GatedOptions<Arguments>,
): (args: JsonObject, names?: CallNames) => Promise<Result>;

export function execute<Arguments, Result>(
  ticket: Ticket,
  run: (args: Arguments, ticket: Ticket) => Result | Promise<Result>,
  options?: { validate?: (args: JsonObject) => Arguments | Promise<Arguments> },
): Promise<Result>;

/** What the agent is told instead of a result; anything but Countersign's own errors is thrown. */
export function words(error: unknown): string;

export function parse(text: string): Json;
export function stringify(value: Json): string;
export function canonical(value: Json): string;
export function digest(value: Json): Promise<string>;
