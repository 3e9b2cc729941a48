/* What a command says about an object that it has worked on (cli-runtime pkg/printers/name.go with an operation). */
import type { KubernetesObject } from "../../simulator/index.ts";
import { typeName } from "../kinds.ts";
import { printerFor, type ObjectPrinter } from "../output/printer.ts";
import type { Program } from "../program.ts";
import type { Info } from "./resolve.ts";
import { dryRunMark } from "./dry-run.ts";
import type { Call } from "./verb.ts";

/** Says `deployment.apps/web scaled`, or prints the object as `-o` wants it. `mark` tells of a dry run. */
export function* report(
  call: Call,
  info: Pick<Info, "kind" | "name">,
  done: string,
  object: KubernetesObject,
  mark = dryRunMark(call),
): Program {
  const printer = printerOf(call);
  yield {
    stdout:
      printer === undefined
        ? `${objectName(info)} ${done}${mark}\n`
        : printer.print([object], false),
  };
  return 0;
}

/** What prints objects as `-o` wants them; undefined where it says nothing. */
export function printerOf({ flags }: Pick<Call, "flags">): ObjectPrinter | undefined {
  return printerFor(flags.text("output") ?? "", {
    showManagedFields: flags.isOn("show-managed-fields"),
  });
}

/** `deployment.apps/web` */
export function objectName({ kind, name }: Pick<Info, "kind" | "name">): string {
  return `${typeName(kind)}/${name}`;
}
