import { expect, it } from "vitest";
import type { Pod } from "../../simulator/index.ts";
import type { Flags } from "./flags.ts";
import { containersOf } from "./pod-of.ts";
import type { Call } from "./verb.ts";

/** What is chosen of a pod's containers where nobody names one, and what is said of that. */
function chosen(preferred?: string) {
  const flags = { isOn: () => false, text: () => undefined } as unknown as Flags;
  const call = { flags, words: [], command: "kubectl exec" } as unknown as Call;
  const annotations = { "kubectl.kubernetes.io/default-container": preferred };
  const metadata = { name: "web", ...(preferred === undefined ? {} : { annotations }) };
  const containers = [{ name: "loader" }, { name: "panel" }];
  const told = containersOf(call, { metadata, spec: { containers } } as unknown as Pod);
  let said = "";
  for (let next = told.next(); ; next = told.next()) {
    if (next.done === true) return [next.value[0]!.container, said];
    said += next.value.stderr;
  }
}

const DEFAULTED = 'Defaulted container "loader" out of: loader, panel\n';

it.each([
  [undefined, ["loader", DEFAULTED]],
  ["panel", ["panel", ""]],
  ["gone", ["loader", `Default container name "gone" not found in pod web\n${DEFAULTED}`]],
])("a pod whose default container is %s", (preferred, expected) => {
  expect(chosen(preferred)).toEqual(expected);
});
