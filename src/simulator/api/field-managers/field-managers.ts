/*
 * Who owns which fields, and server-side apply (apimachinery pkg/util/managedfields, structured-merge-diff merge/update.go).
 * Simplified: only requests that come through the router have a manager; what controllers and kubelets write has none.
 */
import type { Plain } from "../patch/plain.ts";
import { remembered } from "../remembered.ts";
import { structByName } from "../schema/index.ts";
import { deepEqual } from "../deep-equal.ts";
import type { Struct } from "../schema/struct-table.ts";
import { StatusError } from "../status-error.ts";
import type { KubernetesObject, ManagedFieldsEntry } from "../types.ts";
import {
  difference,
  EMPTY,
  fromFieldsV1,
  intersection,
  isEmpty,
  paths,
  recursiveDifference,
  toFieldsV1,
  union,
  type FieldSet,
} from "./field-set.ts";
import { topologyOf } from "./topology.ts";
import { compare, fieldsOf, merge, prune, type Comparison } from "./typed-value.ts";

/** Who writes, and how. */
export interface FieldManager {
  readonly name: string;
  /** `apps/v1` */
  readonly apiVersion: string;
  /** `status`, `scale`; absent for the object itself. */
  readonly subresource?: string;
  /** Time of the write, RFC 3339. */
  readonly time: string;
}

type Operation = ManagedFieldsEntry["operation"];

/** Fields that nobody owns (managedfields stripMeta). */
const UNOWNED = fromFieldsV1({
  "f:apiVersion": {},
  "f:kind": {},
  "f:metadata": {
    ".": {},
    "f:name": {},
    "f:namespace": {},
    "f:creationTimestamp": {},
    "f:selfLink": {},
    "f:uid": {},
    "f:generation": {},
    "f:managedFields": {},
    "f:resourceVersion": {},
    "f:deletionTimestamp": {},
    "f:deletionGracePeriodSeconds": {},
  },
});

/** What a request does not write, and hence does not own (the strategies' GetResetFields). */
const RESET = fromFieldsV1({ "f:status": {} });
const RESET_BY_STATUS = fromFieldsV1({ "f:spec": {}, "f:metadata": { "f:labels": {} } });

function owned(set: FieldSet, subresource: string | undefined): FieldSet {
  const reset = subresource === "status" ? RESET_BY_STATUS : RESET;
  return recursiveDifference(difference(set, UNOWNED), reset);
}

/** The managedFields after an update or a creation (`live` undefined). */
export function managedAfterUpdate(
  kind: string,
  live: KubernetesObject | undefined,
  next: KubernetesObject,
  manager: FieldManager,
): readonly ManagedFieldsEntry[] {
  const topology = topologyOf(kind);
  const changes = compare(topology, live ?? zeroObject(structByName(kind)), next);
  const before = live?.metadata.managedFields ?? [];
  const others = withoutLost(before, entryOf(before, manager, "Update"), changes);
  const previous = entryOf(before, manager, "Update");
  const had = previous === undefined ? EMPTY : fromFieldsV1(previous.fieldsV1);
  const has = owned(difference(union(had, changes.changed), changes.removed), manager.subresource);
  return sorted([...others, ...entry(manager, "Update", has, previous)]);
}

export interface Applied {
  readonly object: KubernetesObject;
  readonly managedFields: readonly ManagedFieldsEntry[];
}

/**
 * Server-side apply: merges a configuration into the live object (undefined: there is none) and removes what the manager applied before and
 * does not any more. Throws Conflict when others own a field that would change, unless `force`.
 */
export function applyConfiguration(
  kind: string,
  live: KubernetesObject | undefined,
  configuration: KubernetesObject,
  manager: FieldManager,
  force: boolean,
): Applied {
  const topology = topologyOf(kind);
  const before = live?.metadata.managedFields ?? [];
  const previous = entryOf(before, manager, "Apply");
  const others = before.filter((other) => other !== previous);
  const set = owned(fieldsOf(topology, configuration), manager.subresource);
  const last = previous === undefined ? EMPTY : fromFieldsV1(previous.fieldsV1);
  const ownedByAny = others.reduce((all, other) => union(all, fromFieldsV1(other.fieldsV1)), set);
  const base = live ?? { apiVersion: configuration.apiVersion, kind: configuration.kind };
  const merged = merge(topology, base, configuration);
  const object = prune(topology, merged, last, ownedByAny) as KubernetesObject;
  const changes = compare(topology, base, object);
  const conflicts = others
    .map((other) => ({
      other,
      fields: intersection(fromFieldsV1(other.fieldsV1), changes.changed),
    }))
    .filter(({ fields }) => !isEmpty(fields));
  if (conflicts.length > 0 && !force) throw conflictError(conflicts);
  const kept = withoutLost(before, previous, changes);
  const managedFields = sorted([...kept, ...entry(manager, "Apply", set, previous)]);
  return { object, managedFields };
}

interface FieldConflict {
  readonly other: ManagedFieldsEntry;
  readonly fields: FieldSet;
}

/** managedfields/internal/conflict.go NewConflictError. */
function conflictError(conflicts: readonly FieldConflict[]): StatusError {
  const each = conflicts.flatMap(({ other, fields }) =>
    paths(fields).map((path) => ({ manager: printManager(other), path })),
  );
  const causes = each.map(({ manager, path }) => ({
    reason: "FieldManagerConflict",
    message: `conflict with ${manager}`,
    field: path,
  }));
  const [first] = each;
  if (each.length === 1) {
    const message = `Apply failed with 1 conflict: conflict with ${first!.manager}: ${first!.path}`;
    return new StatusError("Conflict", message, { statusCauses: causes });
  }
  const managers = [...new Set(each.map(({ manager }) => manager))].sort();
  const lines = managers.flatMap((manager) => [
    `conflicts with ${manager}:`,
    ...each.filter((conflict) => conflict.manager === manager).map(({ path }) => `- ${path}`),
  ]);
  const message = `Apply failed with ${each.length} conflicts: ${lines.join("\n")}`;
  return new StatusError("Conflict", message, { statusCauses: causes });
}

function printManager({ manager, operation, apiVersion, subresource }: ManagedFieldsEntry): string {
  const name = JSON.stringify(manager);
  const who = subresource === undefined ? name : `${name} with subresource "${subresource}"`;
  return operation === "Update" ? `${who} using ${apiVersion}` : who;
}

/** The managers but one, without the fields that changed or went. */
function withoutLost(
  entries: readonly ManagedFieldsEntry[],
  except: ManagedFieldsEntry | undefined,
  { changed, removed }: Comparison,
): ManagedFieldsEntry[] {
  return entries.flatMap((other) => {
    if (other === except) return [];
    const set = fromFieldsV1(other.fieldsV1);
    const left = difference(difference(set, changed), removed);
    if (isEmpty(left)) return [];
    return deepEqual(toFieldsV1(left), other.fieldsV1)
      ? [other]
      : [{ ...other, fieldsV1: toFieldsV1(left) }];
  });
}

/** A manager that applies is the same in every version of the API. */
function entryOf(
  entries: readonly ManagedFieldsEntry[],
  { name, subresource, apiVersion }: FieldManager,
  operation: Operation,
): ManagedFieldsEntry | undefined {
  return entries.find(
    (other) =>
      other.manager === name &&
      other.operation === operation &&
      other.subresource === subresource &&
      (operation === "Apply" || other.apiVersion === apiVersion),
  );
}

/** The entry of a manager, none when it owns nothing; its time is that of its last change. */
function entry(
  { name, apiVersion, subresource, time }: FieldManager,
  operation: Operation,
  set: FieldSet,
  previous: ManagedFieldsEntry | undefined,
): ManagedFieldsEntry[] {
  if (isEmpty(set)) return [];
  const fieldsV1 = toFieldsV1(set);
  if (previous !== undefined && deepEqual(previous.fieldsV1, fieldsV1)) return [previous];
  return [
    {
      manager: name,
      operation,
      apiVersion,
      time,
      fieldsType: "FieldsV1",
      fieldsV1,
      ...(subresource === undefined ? {} : { subresource }),
    },
  ];
}

/** managedfields/internal/managedfields.go sortEncodedManagedFields. */
function sorted(entries: readonly ManagedFieldsEntry[]): ManagedFieldsEntry[] {
  const key = ({ operation, time, manager, apiVersion, subresource = "" }: ManagedFieldsEntry) =>
    [operation, time, manager, apiVersion, subresource].join("\n");
  return [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** What Go writes of a struct that holds nothing: fields that are new to an object are compared with it. */
const zeroObject = remembered((struct: Struct): Plain => {
  const zero: Record<string, unknown> = {};
  for (const { name, type, pointer, omitEmpty } of struct.fields.values()) {
    if (pointer) continue;
    if (type.kind === "struct") zero[name] = zeroObject(structByName(type.name));
    else if (type.kind === "time" || (!omitEmpty && type.kind === "list")) zero[name] = null;
  }
  return zero;
});
