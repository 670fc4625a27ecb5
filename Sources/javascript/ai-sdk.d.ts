import type { GatedOptions } from "./index.js";

export interface HeldToolOptions<Arguments> extends Omit<GatedOptions<Arguments>, "tool"> {
  name: string;
  /** Names the run that the SDK's ids of calls belong to, also after a restart. */
  runId: string;
}

/** The tool, its calls held; a refusal is answered with words for the model. */
export function heldTool<Tool extends { execute?: (...args: any[]) => any }>(
  tool: Tool,
  options: HeldToolOptions<any>,
): Tool;
