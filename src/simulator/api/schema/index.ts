import { APPS } from "./apps.ts";
import { ARGO } from "./argo.ts";
import { AUTOSCALING } from "./autoscaling.ts";
import { CORE } from "./core.ts";
import { GATEWAY } from "./gateway.ts";
import { META } from "./meta.ts";
import { NETWORKING } from "./networking.ts";
import { POD } from "./pod.ts";
import { POLICY } from "./policy.ts";
import { SCHEDULING } from "./scheduling.ts";
import { parseStructTable, type Struct, type StructTable } from "./struct-table.ts";
import { VOLUMES } from "./volumes.ts";

let table: StructTable | undefined;

/** The struct of that Go name; one that is not in the tables is our own bug. */
export function structByName(name: string): Struct {
  table ??= parseStructTable(
    META,
    POD,
    VOLUMES,
    CORE,
    APPS,
    POLICY,
    SCHEDULING,
    NETWORKING,
    GATEWAY,
    AUTOSCALING,
    ARGO,
  );
  const struct = table.get(name);
  if (struct === undefined) throw new Error(`No struct ${name} in the schema's tables`);
  return struct;
}
