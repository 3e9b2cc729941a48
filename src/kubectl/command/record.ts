import type { Call } from "./verb.ts";

/** Annotation that `rollout history` shows as CHANGE-CAUSE. */
export const CHANGE_CAUSE = "kubernetes.io/change-cause";

/** What `--record` writes: the command as it was typed (cmdutil RecordFlags). Undefined without the flag. */
export function changeCauseOf({
  command,
  flags,
  typed,
}: Call): { key: string; text: string } | undefined {
  return flags.isOn("record")
    ? { key: CHANGE_CAUSE, text: `${command} ${typed.join(" ")}` }
    : undefined;
}
