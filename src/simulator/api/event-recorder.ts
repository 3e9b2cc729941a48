import type { Actor, Kernel } from "../kernel/kernel.ts";
import type { RandomStream } from "../kernel/random.ts";
import type { ApiServer } from "./server.ts";
import {
  aggregate,
  eventsAbout,
  passesSpamFilter,
  type CorrelatorState,
  type WrittenEvent,
} from "./event-correlator.ts";
import { eventName } from "./names.ts";
import { isStatus } from "./status-error.ts";
import { timestamp } from "./time.ts";
import type { Event, KubernetesObject, Mutable, NewObject, ObjectReference } from "./types.ts";

/**
 * Writes Events about objects for one component (client-go tools/record). The same event again raises the count of the first one
 * (EventCorrelator's logger), similar ones are combined, too many are dropped.
 */
export class EventRecorder implements Actor {
  readonly name: string;
  readonly on = {};
  state: { correlator: CorrelatorState } = { correlator: new Map() };
  private readonly kernel: Kernel;
  private readonly api: ApiServer;
  private readonly names: RandomStream;
  private readonly source: { readonly component: string; readonly host?: string };

  constructor(kernel: Kernel, api: ApiServer, component: string, host?: string) {
    this.kernel = kernel;
    this.api = api;
    this.source = host === undefined ? { component } : { component, host };
    this.name = `events/${component}${host === undefined ? "" : `/${host}`}`;
    this.names = kernel.random(this.name);
    kernel.register(this);
  }

  /** Writes an event; `fieldPath` names the container: `spec.containers{web}`. */
  event(
    about: KubernetesObject,
    type: "Normal" | "Warning",
    reason: string,
    message: string,
    fieldPath?: string,
  ): void {
    const { metadata } = about;
    const namespace = metadata.namespace ?? "default";
    const nowMs = this.kernel.now;
    const now = timestamp(nowMs);
    const key = metadata.uid || `${about.kind}/${namespace}/${metadata.name}`;
    const events = eventsAbout(this.state.correlator, key, nowMs);
    const aggregated = aggregate(events, { fieldPath, type, reason, message }, nowMs);
    // A kubelet was recorded to write 49 events about one pod within two minutes, so its own are not held back.
    const isNode = this.source.host !== undefined;
    if (!isNode && !passesSpamFilter(events, nowMs)) return;
    try {
      this.write(aggregated.written, namespace, {
        apiVersion: "v1",
        kind: "Event",
        metadata: {
          name: eventName(metadata.name, nowMs, this.names),
          namespace,
          uid: "",
          resourceVersion: "",
          creationTimestamp: now,
        },
        involvedObject: referenceTo(about, fieldPath),
        reason,
        message: aggregated.message,
        type,
        count: 1,
        firstTimestamp: now,
        lastTimestamp: now,
        source: this.source,
        reportingComponent: this.source.component,
      });
    } catch (error) {
      // An event that the server refuses is dropped (event.go recordEvent).
      if (!isStatus(error)) throw error;
    }
  }

  private write(written: WrittenEvent, namespace: string, event: NewObject<Event>): void {
    const { name } = written;
    const same = name === undefined ? undefined : this.api.find("events", namespace, name);
    if (same !== undefined) {
      const { lastTimestamp, message } = event;
      this.api.update("events", { ...same, count: same.count + 1, message, lastTimestamp });
      return;
    }
    written.name = this.api.create("events", event, HANDED_OVER).metadata.name;
  }
}

const HANDED_OVER = { handedOver: true };

/** An object to write events about of which no more is told than this: components name some that they do not look up. */
export function bareObject(
  kind: string,
  name: string,
  known: { readonly apiVersion?: string; readonly namespace?: string; readonly uid?: string },
): KubernetesObject {
  const { apiVersion = "", namespace, uid = "" } = known;
  const metadata = { name, uid, resourceVersion: "", creationTimestamp: "" };
  return {
    apiVersion,
    kind,
    metadata: namespace === undefined ? metadata : { ...metadata, namespace },
  };
}

/** tools/reference GetReference */
function referenceTo(
  { apiVersion, kind, metadata }: KubernetesObject,
  fieldPath: string | undefined,
): ObjectReference {
  const { name, namespace, uid, resourceVersion } = metadata;
  const reference: Mutable<ObjectReference> =
    apiVersion === "" ? { kind, name } : { apiVersion, kind, name };
  if (namespace !== undefined) reference.namespace = namespace;
  if (uid !== "") reference.uid = uid;
  if (resourceVersion !== "") reference.resourceVersion = resourceVersion;
  if (fieldPath !== undefined) reference.fieldPath = fieldPath;
  return reference;
}
