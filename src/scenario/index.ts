export { simulate } from "./simulate.ts";
export { Session } from "./session.ts";
