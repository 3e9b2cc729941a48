export { simulate, type SimulateOptions } from "./simulate.ts";
export { Session } from "./session.ts";
