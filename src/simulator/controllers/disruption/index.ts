import { EventRecorder } from "../../api/event-recorder.ts";
import { deepEqual, objectKey, type WatchEvent } from "../../api/server.ts";
import { selectorMatches } from "../../api/selectors.ts";
import type {
  LabelSelector,
  Pod,
  PodDisruptionBudget,
  PodDisruptionBudgetStatus,
  Resource,
} from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";
import { budgetStatus, countHealthy, disrupted, failedStatus } from "./budget-status.ts";
import { expectation } from "./expected-pods.ts";
import { ownersScale, ScaleError, type OwnersScale } from "./owner-scale.ts";

/** Run starts one worker. */
const WORKERS = 1;
/** From a change that the controller has seen to the budget's new status. */
const SYNC_DELAY: Spread = { min: 2, median: 6, max: 40 };
const UPSTREAM = "pkg/controller/disruption/disruption.go";

interface State {
  queue: WorkQueueState;
}

/**
 * Keeps the status of each PodDisruptionBudget: how many of its pods may be evicted now (pkg/controller/disruption/disruption.go). It hears
 * of pods and budgets alone: a Deployment that is scaled shows when its pods come or go. Simplified: the API server deletes a pod that it
 * evicts in the same moment, so that no DisruptionTarget condition grows stale.
 */
class DisruptionController implements Controller {
  readonly name = "disruption-controller";
  state: State = { queue: WorkQueue.emptyState() };
  readonly on = {
    sync: (key: string) => this.sync(key),
    enqueue: (key: string) => this.queue.add(key),
  };
  private readonly context: ControllerContext;
  private readonly queue: WorkQueue;
  private readonly events: EventRecorder;

  constructor(context: ControllerContext) {
    this.context = context;
    this.events = new EventRecorder(context.kernel, context.api, "controllermanager");
    this.queue = new WorkQueue(context.kernel, {
      actor: this.name,
      workers: WORKERS,
      syncDelay: SYNC_DELAY,
      stateOf: () => this.state.queue,
    });
  }

  onChange({ resource, key, object }: WatchEvent<Resource>): void {
    if (resource === "poddisruptionbudgets") this.queue.add(key);
    else if (resource === "pods") this.onPod(object as Pod);
  }

  /** getPdbForPod: one budget hears of the pod, though several may select it. */
  private onPod(pod: Pod): void {
    const all = this.context.informers.of("poddisruptionbudgets");
    if (all.size === 0) return;
    const budgets = all
      .list()
      .filter(
        ({ metadata, spec }) =>
          metadata.namespace === pod.metadata.namespace &&
          selectorMatches(spec.selector, pod.metadata.labels),
      );
    const [budget] = budgets;
    if (budget === undefined) return;
    if (budgets.length > 1) {
      const { namespace, name } = pod.metadata;
      const message = `Pod "${namespace}"/"${name}" matches multiple PodDisruptionBudgets.  Chose "${budget.metadata.name}" arbitrarily.`;
      this.events.event(pod, "Warning", "MultiplePodDisruptionBudgets", message);
    }
    this.queue.add(objectKey(budget));
  }

  private sync(key: string): void {
    const budget = this.context.informers.of("poddisruptionbudgets").get(key);
    this.queue.work(key, () => {
      if (budget !== undefined) this.syncBudget(key, budget);
      return undefined;
    });
  }

  private syncBudget(key: string, budget: PodDisruptionBudget): void {
    try {
      this.trySync(key, budget);
    } catch (error) {
      if (!(error instanceof ScaleError)) throw error;
      this.write(budget, failedStatus(budget, error.message, this.context.kernel.now));
    }
  }

  private trySync(key: string, budget: PodDisruptionBudget): void {
    const { kernel } = this.context;
    const pods = this.podsOf(budget);
    if (pods.length === 0) this.say(budget, "Normal", "NoPods", "No matching pods found");
    const expected = this.expectedOf(budget, pods);
    const evicted = disrupted(budget, pods, kernel.now);
    for (const pod of evicted.notDeleted) {
      const message = `Pod was expected by PDB ${key} to be deleted but it wasn't`;
      this.events.event(pod, "Warning", "NotDeleted", message);
    }
    const healthy = countHealthy(pods, evicted.pods);
    this.write(budget, budgetStatus(budget, expected, healthy, evicted.pods, kernel.now));
    if (evicted.recheckMs !== undefined) {
      this.queue.addAfter(key, Math.max(0, evicted.recheckMs - kernel.now) + 1);
    }
  }

  /** getExpectedPodCount, with its events. */
  private expectedOf(budget: PodDisruptionBudget, pods: readonly Pod[]) {
    let scale: OwnersScale | undefined;
    try {
      const expected = expectation(budget.spec, pods.length, () => {
        scale = ownersScale(this.context.informers, pods);
        return scale.replicas;
      });
      if ((scale?.unmanaged.length ?? 0) > 0) {
        const message = `Pods selected by this PodDisruptionBudget (selector: ${selectorText(budget.spec.selector)}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`;
        this.say(budget, "Warning", "UnmanagedPods", message);
      }
      return expected;
    } catch (error) {
      if (error instanceof ScaleError) {
        const message = `Failed to calculate the number of expected pods: ${error.message}`;
        this.say(budget, "Warning", "CalculateExpectedPodCountFailed", message);
      }
      throw error;
    }
  }

  private podsOf({ metadata, spec }: PodDisruptionBudget): Pod[] {
    return this.context.informers
      .of("pods")
      .list()
      .filter(
        (pod) =>
          pod.metadata.namespace === metadata.namespace &&
          selectorMatches(spec.selector, pod.metadata.labels),
      );
  }

  private write(budget: PodDisruptionBudget, status: PodDisruptionBudgetStatus): void {
    if (deepEqual(budget.status, status)) return;
    const { disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0 } = status;
    this.context.api.updateStatus("poddisruptionbudgets", { ...budget, status });
    if (budget.status?.disruptionsAllowed === disruptionsAllowed) return;
    this.context.decisions.decide({
      actor: this.name,
      object: `poddisruptionbudget/${budget.metadata.name}`,
      code: "disruption.allowed",
      values: { allowed: disruptionsAllowed, healthy: currentHealthy, desired: desiredHealthy },
      upstream: `${UPSTREAM} updatePdbStatus`,
    });
  }

  private say(
    budget: PodDisruptionBudget,
    type: "Normal" | "Warning",
    reason: string,
    message: string,
  ): void {
    this.events.event(budget, type, reason, message);
  }
}

/** How the controller is made. */
export const disruptionController = (context: ControllerContext) =>
  new DisruptionController(context);

/** A selector as Go prints it with %v. */
function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): string {
  const labels = Object.entries(matchLabels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const requirements = matchExpressions.map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(" ")}],}`,
  );
  return `&LabelSelector{MatchLabels:map[string]string{${labels.map(([key, value]) => `${key}: ${value},`).join("")}},MatchExpressions:[]LabelSelectorRequirement{${requirements.map((r) => `${r},`).join("")}},}`;
}
