import { argo } from "./argo/command.ts";
import type { Verb } from "./command/verb.ts";

/** Commands that the real kubectl gets from plugins on the path, such as `kubectl argo rollouts`: one line for each. */
export const PLUGINS: readonly Verb[] = [argo];
