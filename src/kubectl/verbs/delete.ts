/* kubectl delete (pkg/cmd/delete/delete.go): deletes, and waits until the objects are gone. */
import { errorTexts, isNotFound, KubectlError, ApiError } from "../kubectl-error.ts";
import { visit, type Info } from "../command/resolve.ts";
import { dryRunMark, dryRunOf } from "../command/dry-run.ts";
import {
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  OUTPUT_FLAG,
  SELECTOR_FLAGS,
  type Call,
  type Verb,
} from "../command/verb.ts";
import { typeName } from "../kinds.ts";
import type { Program } from "../program.ts";
import { objectName } from "../command/report.ts";

const FORCED =
  "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n";

export const deleteVerb: Verb = {
  name: "delete",
  about:
    "Delete resources by file names, stdin, resources and names, or by resources and label selector",
  usage: "([-f FILENAME] | TYPE [(NAME | -l label | --all)])",
  flags: [
    { name: "cascade", implied: "background", about: "background, foreground or orphan" },
    { name: "force", type: "bool", about: "removes at once, without waiting for the kubelet" },
    { name: "grace-period", type: "int", about: "seconds to end; -1: as the object says" },
    { name: "now", type: "bool", about: "as --grace-period=1" },
    { name: "wait", type: "bool", about: "waits until the objects are gone (default true)" },
    { name: "timeout", type: "duration", about: "how long to wait; 0: as long as it takes" },
    { name: "ignore-not-found", type: "bool", about: "no error where there is nothing" },
    { name: "all-namespaces", short: "A", type: "bool", about: "objects of all namespaces" },
    { name: "dry-run", implied: "unchanged", about: "none, client or server" },
    { name: "raw", missing: true },
    { name: "interactive", short: "i", missing: true },
    FIELD_SELECTOR_FLAG,
    OUTPUT_FLAG,
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
  ],
  *run(call) {
    const { flags } = call;
    const seconds = graceOf(call);
    const isForced = flags.isOn("force") && seconds === 0;
    refuseMixed(call);
    const cascade = flags.text("cascade") ?? "background";
    if (OLD_CASCADES[cascade] !== undefined) {
      yield {
        stderr: `warning: --cascade=${cascade} is deprecated (boolean value) and can be replaced with --cascade=${OLD_CASCADES[cascade]}.\n`,
      };
    }
    if (isForced) yield { stderr: FORCED };
    const visited = visit(call, { allByDefault: flags.has("field-selector") });
    const errors = visited.errors.filter((e) => !flags.isOn("ignore-not-found") || !isNotFound(e));
    const deleted: Info[] = [];
    for (const info of visited.infos) {
      try {
        remove(call, info, seconds);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        errors.push(error);
        continue;
      }
      deleted.push(info);
      yield { stdout: `${said(call, info, isForced)}\n` };
    }
    if (visited.infos.length === 0 && visited.errors.length === 0)
      yield { stdout: "No resources found\n" };
    const waits = flags.text("wait") !== "false" && !isForced && dryRunOf(call) === "none";
    const code = waits ? yield* untilGone(call, deleted) : 0;
    for (const text of errorTexts(errors)) yield { stderr: `${text}\n` };
    return errors.length > 0 ? 1 : code;
  },
};

/** Values of `--cascade` from when it was a bool, and what they are called now. */
const OLD_CASCADES: Readonly<Record<string, string>> = { true: "background", false: "orphan" };

/** What cannot be asked for at once (delete.go Complete and Validate). */
function refuseMixed({ flags, words }: Call): void {
  const output = flags.text("output") ?? "";
  if (output !== "" && output !== "name") {
    throw new KubectlError(`unexpected -o output mode: ${output}. We only support '-o name'`);
  }
  if (flags.isOn("all") && flags.has("selector")) {
    throw new KubectlError("setting 'all' parameter but found a non empty selector. ");
  }
  if (words.length === 0 && !flags.has("filename") && flags.isOn("all")) {
    throw new KubectlError("at least one resource must be specified to use a selector");
  }
  const isNamed = words.length > 1 || words.some((word) => word.includes("/"));
  if (isNamed && flags.isOn("all")) {
    throw new KubectlError("name cannot be provided when a selector is specified");
  }
  if (isNamed && flags.isOn("all-namespaces")) {
    throw new KubectlError("a resource cannot be retrieved by name across all namespaces");
  }
}

/** Seconds of grace, -1 for the object's own. */
function graceOf({ flags }: Call): number {
  const given = flags.number("grace-period") ?? -1;
  if (flags.isOn("now") && given !== -1) {
    throw new KubectlError("--now and --grace-period cannot be specified together");
  }
  if (given === 0 && !flags.isOn("force")) return 1;
  if (flags.isOn("force") && given > 0) {
    throw new KubectlError(
      "--force and --grace-period greater than 0 cannot be specified together",
    );
  }
  if (flags.isOn("now")) return 1;
  return flags.isOn("force") ? 0 : given;
}

function said(call: Call, info: Info, isForced: boolean): string {
  if (call.flags.text("output") === "name") return objectName(info);
  const how = isForced ? "force deleted" : "deleted";
  return `${typeName(info.kind)} ${JSON.stringify(info.name)} ${how}${dryRunMark(call)}`;
}

function remove(call: Call, info: Info, seconds: number): void {
  const propagationPolicy = propagationOf(call.flags.text("cascade") ?? "background");
  const dryRun = dryRunOf(call);
  if (dryRun === "client") return;
  call.client.delete(info, info.name, {
    propagationPolicy,
    ...(seconds >= 0 ? { gracePeriodSeconds: seconds } : {}),
    ...(dryRun === "server" ? { dryRun: ["All"] } : {}),
  });
}

/** What becomes of the objects that it owns (cmdutil.GetCascadingStrategy). */
function propagationOf(cascade: string): string {
  const known = {
    background: "Background",
    true: "Background",
    foreground: "Foreground",
    orphan: "Orphan",
    false: "Orphan",
  } as Readonly<Record<string, string>>;
  if (known[cascade] !== undefined) return known[cascade];
  throw new KubectlError(
    `invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`,
  );
}

function* untilGone(call: Call, infos: readonly Info[]): Program {
  const { flags, world } = call;
  const limitMs = flags.duration("timeout") ?? 0;
  const untilMs = limitMs > 0 ? world.now() + limitMs : Infinity;
  for (const info of infos) {
    while (stands(call, info)) {
      if (world.now() >= untilMs) {
        const name = `${info.kind.plural}/${info.name}`;
        throw new KubectlError(`timed out waiting for the condition on ${name}`);
      }
      yield { waitForChange: true, untilMs };
    }
  }
  return 0;
}

/** Whether the very object is there still, not one of its name that came later. */
function stands({ client }: Call, info: Info): boolean {
  try {
    return client.get(info, info.name).metadata.uid === info.object.metadata.uid;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
