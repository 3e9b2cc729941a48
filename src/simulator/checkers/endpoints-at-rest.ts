import { labelsContain } from "../api/selectors.ts";
import type { ApiServer } from "../api/server.ts";
import type { Pod } from "../api/types.ts";
import { isActive, isReady } from "./disruptions.ts";
import type { Note } from "./violation.ts";

/**
 * Asks for Endpoints as a client does, which has them written, and holds them against the pods: who is ready is among the addresses, who has
 * an address and is not ready among the others, and nobody else is there.
 */
export function checkEndpointsAtRest(api: ApiServer, pods: readonly Pod[], note: Note): void {
  api.refresh("endpoints");
  for (const { metadata, spec } of api.list("services")) {
    const { selector, ports = [] } = spec;
    if (selector === undefined || spec.type === "ExternalName") continue;
    // Without ports, or with one by a name, other rules hold.
    if (ports.length === 0 || ports.some(({ targetPort }) => typeof targetPort === "string"))
      continue;
    const own = pods.filter(
      (pod) =>
        pod.metadata.namespace === metadata.namespace &&
        labelsContain(pod.metadata.labels, selector) &&
        pod.status.podIP !== undefined &&
        isActive(pod),
    );
    const takesAll = spec.publishNotReadyAddresses === true;
    const told = api.find("endpoints", metadata.namespace ?? "", metadata.name)?.subsets ?? [];
    const named = (list: "addresses" | "notReadyAddresses") =>
      told.flatMap((subset) => (subset[list] ?? []).map(({ targetRef }) => targetRef?.name ?? ""));
    const expect = (what: string, found: readonly string[], wanted: readonly Pod[]) => {
      const [have, want] = [[...found].sort(), wanted.map((pod) => pod.metadata.name).sort()];
      if (have.join() === want.join()) return;
      const text = `Endpoints ${metadata.name} ${what}: ${have.join(", ") || "none"}`;
      note("endpoints", `${text}, not ${want.join(", ") || "none"}`);
    };
    const isShown = (pod: Pod) => takesAll || isReady(pod);
    expect("addresses", named("addresses"), own.filter(isShown));
    const others = own.filter((pod) => !isShown(pod));
    expect("notReadyAddresses", named("notReadyAddresses"), others);
  }
}
