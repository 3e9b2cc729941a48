import { deepEqual } from "../../api/server.ts";
import { TRIGGER_TIME } from "../../api/slice-metadata.ts";
import type { Endpoints, NewObject, Pod, Service } from "../../api/types.ts";
import { subsetsOf, truncated } from "./subsets.ts";

const HEADLESS = "service.kubernetes.io/headless";
const OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";

type Texts = Readonly<Record<string, string>>;

/** Does a Service have Endpoints that its controller keeps? */
export function isKept({ spec }: Service): boolean {
  return spec.selector !== undefined && spec.type !== "ExternalName";
}

/**
 * What a Service's Endpoints are to be, given its pods and what they are now; undefined: that already (endpoints_controller.go syncService).
 * `triggerTime`: of the change that this answers to.
 */
export function nextEndpoints(
  service: Service,
  pods: readonly Pod[],
  current: Endpoints | undefined,
  triggerTime: string | undefined,
): NewObject<Endpoints> | Endpoints | undefined {
  const subsets = subsetsOf(service, pods);
  const cut = truncated(subsets);
  const { labels = {} } = service.metadata;
  const { annotations: before = {} } = current?.metadata ?? {};
  if (current !== undefined) {
    const isSame =
      deepEqual(current.subsets ?? [], subsets) &&
      deepEqual(without(current.metadata.labels ?? {}, HEADLESS), labels) &&
      !(OVER_CAPACITY in before);
    if (isSame) return undefined;
  }
  const kept = without(without(before, TRIGGER_TIME), OVER_CAPACITY);
  const annotations = {
    ...kept,
    ...(triggerTime === undefined ? {} : { [TRIGGER_TIME]: triggerTime }),
    ...(cut === undefined ? {} : { [OVER_CAPACITY]: "truncated" }),
  };
  const { clusterIP = "" } = service.spec;
  const isHeadless = clusterIP === "" || clusterIP === "None";
  const { annotations: _annotations, labels: _labels, ...metadata } = current?.metadata ?? {};
  const { name, namespace } = service.metadata;
  const wanted = cut ?? subsets;
  return {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: {
      ...metadata,
      name,
      namespace,
      ...present("labels", isHeadless ? { ...labels, [HEADLESS]: "" } : without(labels, HEADLESS)),
      ...present("annotations", annotations),
    },
    ...(wanted.length === 0 ? {} : { subsets: wanted }),
  } as NewObject<Endpoints> | Endpoints;
}

function without(texts: Texts, key: string): Texts {
  const { [key]: _gone, ...rest } = texts;
  return rest;
}

function present(field: "labels" | "annotations", texts: Texts): object {
  return Object.keys(texts).length === 0 ? {} : { [field]: texts };
}
