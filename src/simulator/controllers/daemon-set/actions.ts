import { EventRecorder } from "../../api/event-recorder.ts";
import { isStatus } from "../../api/status-error.ts";
import type { DaemonSet, DaemonSetStatus, Pod } from "../../api/types.ts";
import type { Reason } from "../../decisions.ts";
import type { ClientRateLimit } from "../client-rate-limit.ts";
import { adopt, claimOf, release } from "../controller-ref.ts";
import { BY_CONTROLLER, ORPHANS } from "../informer.ts";
import type { ControllerContext } from "../kube-controller-manager.ts";
import { writeStatus } from "../write-status.ts";
import { newDaemonPod } from "./placement.ts";
import { isComplete } from "./status.ts";

const NAME = "daemonset-controller";
const FILE = "pkg/controller/daemon/daemon_controller.go";

/** What the DaemonSet controller does to the cluster, and what it tells of it. Decides nothing. */
export class DaemonSetActions {
  private readonly context: ControllerContext;
  private readonly client: ClientRateLimit;
  private readonly events: EventRecorder;

  constructor(context: ControllerContext, client: ClientRateLimit) {
    this.context = context;
    this.client = client;
    this.events = new EventRecorder(context.kernel, context.api, NAME);
  }

  /** Adoption and release (getDaemonPods). */
  claimPods(daemonSet: DaemonSet): Pod[] {
    const { api, informers } = this.context;
    const all = informers.of("pods");
    const { uid, namespace = "" } = daemonSet.metadata;
    const claimed: Pod[] = [];
    for (const pod of [...all.by(BY_CONTROLLER, uid), ...all.by(ORPHANS, namespace)]) {
      const claim = claimOf(daemonSet, daemonSet.spec.selector, pod);
      if (claim === "keep") claimed.push(pod);
      else if (claim === "release") this.withCall(() => release(api, "pods", daemonSet, pod));
      else if (claim === "adopt") {
        const adopted = this.withCall(() => adopt(api, "pods", daemonSet, pod));
        if (adopted !== undefined) claimed.push(adopted);
      }
    }
    return claimed;
  }

  /** RealPodControl.CreatePods */
  createPod(daemonSet: DaemonSet, node: string, hash: string): void {
    try {
      const pod = this.context.api.create("pods", newDaemonPod(daemonSet, node, hash));
      const message = `Created pod: ${pod.metadata.name}`;
      this.event(daemonSet, "Normal", "SuccessfulCreate", message);
    } catch (error) {
      if (!isStatus(error)) throw error;
      this.event(daemonSet, "Warning", "FailedCreate", `Error creating: ${error.message}`);
      throw error;
    }
  }

  /** RealPodControl.DeletePod; of a pod that has gone nothing is told. */
  deletePod(daemonSet: DaemonSet, { metadata }: Pod): void {
    const { namespace = "", name } = metadata;
    try {
      this.context.api.delete("pods", namespace, name);
      this.event(daemonSet, "Normal", "SuccessfulDelete", `Deleted pod: ${name}`);
    } catch (error) {
      if (isStatus(error) && error.reason !== "NotFound") {
        this.event(daemonSet, "Warning", "FailedDelete", `Error deleting: ${error.message}`);
      }
      throw error;
    }
  }

  event(daemonSet: DaemonSet, type: "Normal" | "Warning", reason: string, message: string): void {
    this.events.event(daemonSet, type, reason, message);
  }

  /** storeDaemonSetStatus */
  writeStatus(daemonSet: DaemonSet, revision: string, status: DaemonSetStatus): void {
    writeStatus(this.context.api, "daemonsets", daemonSet, status, () =>
      this.client.reserve(this.context.kernel.now),
    );
    const wasObserved =
      (daemonSet.status.observedGeneration ?? 0) === (status.observedGeneration ?? 0);
    if (!wasObserved || isComplete(daemonSet.status) || !isComplete(status)) return;
    this.tell(daemonSet, {
      code: "daemonset.complete",
      values: { revision, nodes: status.desiredNumberScheduled },
      upstream: `${FILE} updateDaemonSetStatus`,
    });
  }

  /** Adds to the decision log. */
  tell({ metadata }: DaemonSet, { code, values, upstream }: Reason): void {
    const object = `daemonset/${metadata.name}`;
    this.context.decisions.decide({ actor: NAME, object, code, values, upstream });
  }

  private withCall<T>(call: () => T): T {
    this.client.reserve(this.context.kernel.now);
    return call();
  }
}
