// Vercel's AI SDK: a tool whose `execute` is held.

import { execute, hold, words } from "./index.js";
import { digest } from "./json.js";

/**
 * The tool, its calls held. `runId` names the run that the SDK's ids of calls belong to; the other
 * options are those of `gated`.
 */
export function heldTool(tool, { name, runId, validate, client, wait_s, ...terms }) {
  if (!name || !runId) throw new TypeError("heldTool needs the tool's name and a runId");
  return {
    ...tool,
    async execute(input, options = {}) {
      try {
        const { toolCallId, abortSignal: signal } = options;
        if (!toolCallId) throw new TypeError("the SDK gave the call no id");
        const mark = (await digest(input)).slice(7, 23);
        const call = {
          ...terms, tool: name, arguments: input, key: `ai-sdk:${runId}:${toolCallId}:${mark}`,
          origin: { framework: "ai-sdk", run_id: runId, call_id: toolCallId },
        };
        const ticket = await hold(call, { client, wait_s, signal });
        const result = await execute(ticket, (args) => tool.execute(args, options), { validate });
        const isTold = ticket.edited && typeof result === "string";
        return isTold ? `${notice(ticket)}\n\n${result}` : result;
      } catch (error) {
        return words(error);
      }
    },
  };
}

function notice({ approval }) {
  const who = approval.decided_by ?? "A person";
  const why = approval.comment ? ` Their comment: "${approval.comment}".` : "";
  return `${who} changed the arguments before the call ran.${why} It ran once, with the changed `
    + "ones; do not call it again with the original ones.";
}
