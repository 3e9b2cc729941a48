/* The scale subresource: autoscaling/v1 Scale (registry/apps/deployment/storage ScaleREST and its siblings). */
import { isPlain, type Plain } from "../../patch/plain.ts";
import { nonNegative } from "../../validation/field-errors.ts";
import { StatusError } from "../../status-error.ts";
import type { KubernetesObject, LabelSelector, Resource } from "../../types.ts";
import { writeOptions } from "../options.ts";
import { get } from "../read.ts";
import type { ApiRequest, ApiResponse } from "../request.ts";
import { badRequest } from "../status.ts";
import { finisherOf, patchedDocument, type Place } from "../write.ts";

/** Kinds that can be scaled. */
export const SCALABLE: ReadonlySet<string> = new Set([
  "deployments",
  "replicasets",
  "statefulsets",
]);

interface Scalable extends KubernetesObject {
  readonly spec: { readonly replicas?: number; readonly selector?: LabelSelector };
  readonly status?: { readonly replicas?: number };
}

/** GET, PUT or PATCH of `…/scale`. */
export function scale(place: Place, request: ApiRequest): ApiResponse {
  const { api, kind, namespace, name } = place;
  const object = get(api, kind, namespace, name) as Scalable;
  if (request.method === "GET") return { status: 200, body: scaleOf(object), warnings: [] };
  const isPatch = request.method === "PATCH";
  const options = writeOptions(isPatch ? "PatchOptions" : "UpdateOptions", request);
  const wanted = isPatch
    ? patchedDocument("Scale", scaleOf(object) as Plain, request)
    : request.body;
  const { metadata, spec } = (isPlain(wanted) ? wanted : {}) as Partial<Scalable>;
  if ((metadata?.name ?? "") !== name) {
    throw badRequest(
      `the name of the object (${metadata?.name ?? ""}) does not match the name on the URL (${name})`,
    );
  }
  const replicas = spec?.replicas ?? 0;
  if (typeof replicas !== "number" || (replicas | 0) !== replicas) {
    const given = typeof replicas === "number" ? `number ${replicas}` : typeof replicas;
    throw badRequest(
      `Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal ${given} into Go struct field ScaleSpec.spec.replicas of type int32`,
    );
  }
  const causes = nonNegative("spec.replicas", replicas);
  for (const { field, detail } of causes) {
    const message = `Scale.autoscaling "${name}" is invalid: ${field}: ${detail}`;
    throw new StatusError("Invalid", message, {
      group: "autoscaling",
      kind: "Scale",
      name,
      causes,
    });
  }
  const resourceVersion = metadata?.resourceVersion || object.metadata.resourceVersion;
  const next = {
    ...object,
    metadata: { ...object.metadata, resourceVersion },
    spec: { ...object.spec, replicas },
  };
  const updated = api.update(kind.plural as Resource, next as never, {
    validate: true,
    dryRun: options.dryRun,
    finish: finisherOf(place, options, "scale"),
  });
  return { status: 200, body: scaleOf(updated as Scalable), warnings: [] };
}

function scaleOf({ metadata, spec, status }: Scalable): object {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const selector = selectorText(spec.selector);
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: spec.replicas ? { replicas: spec.replicas } : {},
    status: { replicas: status?.replicas ?? 0, ...(selector === "" ? {} : { selector }) },
  };
}

/** metav1.FormatLabelSelector and labels.Selector's String: sorted by key. */
function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): string {
  const terms = [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, text: `${key}=${value}` })),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      const list = `(${[...values].sort().join(",")})`;
      const text = {
        In: `${key} in ${list}`,
        NotIn: `${key} notin ${list}`,
        Exists: key,
        DoesNotExist: `!${key}`,
      }[operator];
      return { key, text };
    }),
  ];
  return terms
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ text }) => text)
    .join(",");
}
