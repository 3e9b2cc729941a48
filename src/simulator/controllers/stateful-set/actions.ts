import { EventRecorder } from "../../api/event-recorder.ts";
import { isStatus } from "../../api/status-error.ts";
import type {
  ControllerRevision,
  KubernetesObject,
  NewObject,
  Pod,
  StatefulSet,
  StatefulSetStatus,
} from "../../api/types.ts";
import type { ClientRateLimit } from "../client-rate-limit.ts";
import { adopt, claimOf, release } from "../controller-ref.ts";
import { BY_CONTROLLER, ORPHANS } from "../informer.ts";
import type { ControllerContext } from "../kube-controller-manager.ts";
import { writeStatus } from "../write-status.ts";
import { isMemberOf } from "./identity.ts";
import type { PodReason } from "./plan.ts";

const NAME = "statefulset-controller";
const FILE = "pkg/controller/statefulset/stateful_set_control.go";

/** What the StatefulSet controller does to the cluster, and what it tells of it. Decides nothing. */
export class StatefulSetActions {
  private readonly context: ControllerContext;
  private readonly client: ClientRateLimit;
  private readonly events: EventRecorder;

  constructor(context: ControllerContext, client: ClientRateLimit) {
    this.context = context;
    this.client = client;
    this.events = new EventRecorder(context.kernel, context.api, NAME);
  }

  /** getPodsForStatefulSet: its own, with adoption and release of those that bear its name. */
  claimPods(set: StatefulSet): Pod[] {
    const { api, informers } = this.context;
    const all = informers.of("pods");
    const { uid, namespace = "" } = set.metadata;
    const claimed: Pod[] = [];
    for (const pod of all.by(BY_CONTROLLER, uid)) {
      const claim = claimOf(set, set.spec.selector, pod);
      if (claim === "keep" && isMemberOf(set, pod)) claimed.push(pod);
      else if (claim !== "ignore") this.withCall(() => release(api, "pods", set, pod));
    }
    for (const pod of all.by(ORPHANS, namespace)) {
      if (!isMemberOf(set, pod) || claimOf(set, set.spec.selector, pod) !== "adopt") continue;
      const adopted = this.withCall(() => adopt(api, "pods", set, pod));
      if (adopted !== undefined) claimed.push(adopted);
    }
    return claimed;
  }

  /** StatefulPodControl.CreateStatefulPod: of a pod that is there already nothing is told. */
  createPod(set: StatefulSet, pod: NewObject<Pod>, reason: PodReason): void {
    try {
      this.context.api.create("pods", pod);
    } catch (error) {
      if (isStatus(error) && error.reason !== "AlreadyExists") {
        this.podEvent("create", set, pod.metadata.name!, error.message);
      }
      throw error;
    }
    this.tell(set, reason);
    this.podEvent("create", set, pod.metadata.name!);
  }

  /** StatefulPodControl.DeleteStatefulPod. A pod that has gone needs no deletion. */
  deletePod(set: StatefulSet, { metadata }: Pod, reason: PodReason): void {
    try {
      this.context.api.delete("pods", metadata.namespace ?? "", metadata.name);
    } catch (error) {
      if (!isStatus(error)) throw error;
      this.podEvent("delete", set, metadata.name, error.message);
      if (error.reason === "NotFound") return;
      throw error;
    }
    this.tell(set, reason);
    this.podEvent("delete", set, metadata.name);
  }

  /** recordPodEvent */
  private podEvent(verb: "create" | "delete", set: StatefulSet, pod: string, error?: string): void {
    const title = verb === "create" ? "Create" : "Delete";
    const about = `${verb} Pod ${pod} in StatefulSet ${set.metadata.name}`;
    if (error === undefined) {
      this.events.event(set, "Normal", `Successful${title}`, `${about} successful`);
    } else {
      this.events.event(set, "Warning", `Failed${title}`, `${about} failed error: ${error}`);
    }
  }

  /** UpdateStatefulSetStatus */
  writeStatus(set: StatefulSet, status: StatefulSetStatus): void {
    writeStatus(this.context.api, "statefulsets", set, status, () =>
      this.client.reserve(this.context.kernel.now),
    );
    this.tellComplete(set, status);
  }

  tellRevision(set: StatefulSet, { metadata, revision }: ControllerRevision): void {
    this.tell(set, {
      code: "statefulset.new-revision",
      values: { revision: metadata.name, number: revision },
      upstream: `${FILE} getStatefulSetRevisions`,
    });
  }

  private tellComplete(set: StatefulSet, status: StatefulSetStatus): void {
    const before = set.status.currentRevision ?? "";
    if (before === "" || before === status.currentRevision) return;
    this.tell(set, {
      code: "statefulset.complete",
      values: { revision: status.currentRevision!, replicas: status.replicas },
      upstream: "pkg/controller/statefulset/stateful_set_utils.go completeRollingUpdate",
    });
  }

  /** Adds to the decision log. */
  tell({ metadata }: KubernetesObject, { pod, code, values, upstream }: PodReason): void {
    const object = pod === undefined ? `statefulset/${metadata.name}` : `pod/${pod}`;
    this.context.decisions.decide({ actor: NAME, object, code, values, upstream });
  }

  private withCall<T>(call: () => T): T {
    this.client.reserve(this.context.kernel.now);
    return call();
  }
}
