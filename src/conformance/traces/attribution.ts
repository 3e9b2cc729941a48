import type { Change, Recording, TypedCommand } from "./recording.ts";

/** Verbs of kubectl that change objects. */
const WRITING =
  /^kubectl (apply|create|delete|scale|set|rollout (undo|restart|pause|resume)|patch|label|annotate|edit|expose|replace|run|autoscale|drain|cordon|uncordon|evict)\b/;

const WORDS: Readonly<Record<string, RegExp>> = {
  deployments: /\b(deploy(ments?)?)\b/,
  replicasets: /\b(rs|replicasets?)\b/,
  statefulsets: /\b(sts|statefulsets?)\b/,
  daemonsets: /\b(ds|daemonsets?)\b/,
  pods: /\b(po|pods?)\b/,
  services: /\b(svc|services?)\b/,
};

/** A command's effect may be heard of a little after the command has ended. */
const HEARD_LATER_MS = 250;

/** Does the command change objects? */
export function isWriting(cmd: string): boolean {
  return WRITING.test(cmd) && !/--dry-run/.test(cmd);
}

/**
 * The command that made the change, if it was typed: a writing command that names its resource (or a file, or another resource that it is
 * created with) and ran at that time, or had just ended. One that went well comes before one that failed.
 */
export function typedBy(
  change: Change,
  { commands, files }: Pick<Recording, "commands" | "files">,
): TypedCommand | undefined {
  const { t } = change;
  const able = commands.filter(
    (command) =>
      t >= command.t &&
      t <= command.tEnd + HEARD_LATER_MS &&
      isWriting(command.cmd) &&
      names(command, change, files),
  );
  const running = able.filter(({ tEnd }) => t <= tEnd);
  return (running.length > 0 ? running : able).toSorted((a, b) => a.code - b.code)[0];
}

/** Was the change made by who typed a command? */
export function isTyped(change: Change, recording: Recording): boolean {
  return typedBy(change, recording) !== undefined;
}

function names(
  { cmd, stdout }: TypedCommand,
  { resource, object }: Change,
  files: Recording["files"],
): boolean {
  const file = /-f (\S+)/.exec(cmd)?.[1];
  if (file === undefined) {
    const isKind =
      (resource === "services" && /^kubectl expose/.test(cmd)) ||
      (resource === "pods" && /^kubectl drain/.test(cmd)) ||
      WORDS[resource]?.test(cmd);
    return (
      isKind === true &&
      (/ (-l|--selector|--all)\b/.test(cmd) || `${cmd} ${stdout}`.includes(object.metadata.name))
    );
  }
  const kind = new RegExp(`^kind: ${object.kind}$`, "m");
  const name = new RegExp(`^ +name: ${object.metadata.name}$`, "m");
  const text = files.get(file) ?? "";
  return kind.test(text) && name.test(text);
}
