import { ApiRouter } from "./api/router/router.ts";
import { KubernetesService } from "./api/kubernetes-service.ts";
import { SYSTEM_NAMESPACES } from "./api/resources/namespace.ts";
import { systemPriorityClasses } from "./api/resources/scheduling.ts";
import { ApiServer } from "./api/server.ts";
import type { Remains } from "./checkers/remains.ts";
import type { RequestLog } from "./controllers/argo-rollouts/analysis-run/requests.ts";
import { controllers } from "./controllers/index.ts";
import { KubeControllerManager } from "./controllers/kube-controller-manager.ts";
import { defaultAccount } from "./controllers/service-account/index.ts";
import { Decisions } from "./decisions.ts";
import { Kernel, type Snapshot } from "./kernel/kernel.ts";
import { Kubelet } from "./kubelet/kubelet.ts";
import { Clients } from "./network/clients.ts";
import { Entrances } from "./network/entrances.ts";
import { singleRequest, type SingleAnswer } from "./network/single-request.ts";
import { MetricsServer, type Metrics } from "./metrics-server.ts";
import { NodeAccess, type AnsweredRequests } from "./node-access.ts";
import { NodeFailures } from "./node-failures.ts";
import { NodeHeartbeats } from "./node-heartbeats.ts";
import { liveObjects } from "./live-objects.ts";
import { machines, registerNode } from "./nodes.ts";
import type { RequestRecord, Run, Timeline } from "./record.ts";
import type { InputSink } from "./recorder/input-log.ts";
import { Recorder } from "./recorder/recorder.ts";
import { Processes } from "./runtime/processes.ts";
import { DEFAULT_IMAGE, type ImageBehaviour, type Scenario, type StepAction } from "./scenario.ts";
import { Scheduler } from "./scheduler/scheduler.ts";
import { buildSummary } from "./summary.ts";

/** What came of a step or input, as a shell shows it. */
export interface Outcome {
  /** Exit status. */
  readonly code: number;
  /** What was printed, on both streams. */
  readonly output: string;
  /** What to call it on the timeline. */
  readonly label: string;
}

/** Carries out a step or input on a cluster. kubectl stands above the simulator, hence is handed in. */
export type Execute = (cluster: Cluster, action: StepAction) => Outcome;

export interface ClusterOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Keep every change of every object. */
  readonly watch?: boolean;
}

/** How far the run goes between two looks at whether everything has settled. */
const SETTLE_CHECK_MS = 1000;

/** A whole cluster in virtual time: control plane, nodes, network and clients, put together for one scenario and seed. */
export class Cluster {
  readonly api: ApiServer;
  private readonly scenario: Scenario;
  private readonly kernel: Kernel;
  private readonly recorder: Recorder;
  private readonly decisions: Decisions;
  private readonly clients: Clients;
  private readonly images = new Map<string, ImageBehaviour>();
  private readonly keepWatch: boolean;
  private readonly entrances: Entrances;
  private readonly processes: Processes;
  private readonly nodeAccess: NodeAccess;
  private readonly metricsServer: MetricsServer | undefined;
  private clientApi: ApiRouter | undefined;

  constructor({ scenario, seed, watch = false }: ClusterOptions) {
    this.scenario = scenario;
    this.keepWatch = watch;
    for (const image of scenario.images) this.images.set(image.name, image);
    const kernel = (this.kernel = new Kernel(seed));
    const api = (this.api = new ApiServer(kernel));
    const recorder = (this.recorder = new Recorder(kernel, { watch }));
    const decisions = (this.decisions = new Decisions(kernel));
    api.observe((event) => recorder.observe(event));
    for (const name of SYSTEM_NAMESPACES) {
      api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }
    new KubernetesService(kernel, api);

    const heartbeats = new NodeHeartbeats(kernel);
    new KubeControllerManager(
      { kernel, api, decisions },
      controllers(scenario.network, heartbeats, scenario.metrics, this.requestLog()),
    );
    new Scheduler({ kernel, api, decisions });
    const processes = (this.processes = new Processes({ kernel, decisions, facts: recorder }));
    const nodes = machines(scenario.nodes);
    const kubelets = new Map<string, Kubelet>();
    for (const machine of nodes) {
      const kubelet = new Kubelet({
        kernel,
        api,
        decisions,
        facts: recorder,
        processes,
        images: (name) => this.image(name),
        node: machine,
        pressures: scenario.nodePressure?.filter(({ node }) => node === machine.name),
      });
      kubelets.set(machine.name, kubelet);
    }
    const failures = scenario.nodeFailures ?? [];
    new NodeFailures({ kernel, failures, heartbeats, processes, kubelets });
    this.entrances = new Entrances({
      kernel,
      api,
      decisions,
      facts: recorder,
      network: scenario.network,
      traffic: scenario.traffic,
      nodes: nodes.map(({ name }) => name),
    });
    this.clients = new Clients({
      kernel,
      facts: recorder,
      processes,
      network: scenario.network,
      sources: scenario.traffic,
      entranceOf: (road) => this.entrances.of(road),
      serviceRouter: this.entrances.serviceRouter,
    });
    const requests = this.answeredRequests();
    this.nodeAccess = new NodeAccess({ api, kubelets, machines: nodes, requests });
    const sources = scenario.metrics ?? [];
    if (MetricsServer.isIn(sources)) {
      this.metricsServer = new MetricsServer({ api, sources, requests, now: () => this.now });
    }
    for (const name of SYSTEM_NAMESPACES) api.create("serviceaccounts", defaultAccount(name));
    for (const one of systemPriorityClasses) api.create("priorityclasses", one);
    for (const machine of nodes) registerNode(api, machine, 0);
  }

  /** The API as clients like kubectl see it. Who wants to watch asks for it before the changes to watch. */
  get apiRouter(): ApiRouter {
    this.clientApi ??= new ApiRouter(this.api);
    return this.clientApi;
  }

  /** Logs of containers and commands run in them, which the nodes answer for. */
  get containers(): Pick<NodeAccess, "log" | "exec"> {
    return this.nodeAccess;
  }

  /** The metrics API; undefined where nobody has installed metrics-server. */
  get metrics(): Metrics | undefined {
    return this.metricsServer;
  }

  /** Sends one request from within the cluster, as `curl` in a terminal does. */
  singleRequest(request: Parameters<typeof singleRequest>[1]): SingleAnswer {
    const { kernel, api, processes, entrances } = this;
    return singleRequest({ kernel, api, processes, router: entrances.serviceRouter }, request);
  }

  /** Virtual time in milliseconds. */
  get now(): number {
    return this.kernel.now;
  }

  /** Lets time pass up to and including that millisecond. */
  runUntil(ms: number): void {
    this.kernel.runUntil(ms);
  }

  /** Whether something is still to happen up to and including that millisecond. */
  hasEventsUpTo(ms: number): boolean {
    return (this.kernel.nextAt() ?? Infinity) <= ms;
  }

  /** Does something to the cluster now. */
  perform(action: StepAction, execute: Execute): Outcome {
    const outcome = execute(this, action);
    const id = this.recorder.inputs.begin(outcome.label);
    this.recorder.inputs.told(id, "stdout", outcome.output);
    this.recorder.inputs.ended(id, outcome.code);
    return outcome;
  }

  /** What is done to the cluster from outside, for who carries out programs that take time. */
  get inputs(): InputSink {
    return this.recorder.inputs;
  }

  /** Lets time pass until an object of the API has changed, at most up to and including that millisecond. */
  runUntilChange(ms: number): void {
    const before = this.api.resourceVersion;
    while (this.kernel.step(ms)) if (this.api.resourceVersion !== before) return;
    this.kernel.runUntil(ms);
  }

  /**
   * Plays the rest: to the scenario's duration, or until everything has settled if the scenario says so. Who carries out programs beside
   * the cluster says how time passes, and when it has nothing to do any more.
   */
  finish(
    runUntil: (ms: number) => void = (ms) => this.runUntil(ms),
    isIdle: () => boolean = () => true,
  ): void {
    const { durationMs, untilSettled, settledForMs = 0 } = this.scenario;
    if (untilSettled) {
      let sinceMs = Infinity;
      while (this.now < durationMs) {
        runUntil(Math.min(durationMs, this.now + SETTLE_CHECK_MS));
        const isSettled = this.recorder.settled && isIdle();
        sinceMs = isSettled ? Math.min(sinceMs, this.now) : Infinity;
        if (this.now - sinceMs >= settledForMs) return;
      }
    }
    runUntil(durationMs);
    for (const source of this.clients.waiting()) {
      this.warn(
        `traffic ${source}: no request was sent, because its Service never had an endpoint`,
      );
    }
  }

  /** Adds a warning to the run. */
  warn(message: string): void {
    this.recorder.warn(message);
  }

  snapshot(): Snapshot {
    return this.kernel.snapshot();
  }

  restore(snapshot: Snapshot): void {
    this.kernel.restore(snapshot);
  }

  /** What there is beside the API's objects, for checkers. */
  remains(): Remains {
    return {
      running: this.processes.runningPods(),
      chosen: this.entrances.serviceRouter.chosenPods(),
      waiting: this.kernel.waiting(),
    };
  }

  /** What has happened so far. Requests still in flight are followed to the answer that they are on their way to. */
  run({ requests }: { readonly requests: boolean }): Run {
    const timeline = this.timeline();
    return {
      timeline,
      live: liveObjects(this.api),
      summary: buildSummary(timeline, {
        seed: this.kernel.seed,
        events: this.kernel.processed,
        warnings: this.recorder.state.warnings,
        each: requests,
        ...(this.keepWatch ? { watch: this.recorder.watch.entries } : {}),
      }),
    };
  }

  /** What analyses of a rollout may know of the requests: those that have come to their end. */
  private requestLog(): RequestLog {
    const services = new Map(this.scenario.traffic.map(({ name, service }) => [name, service]));
    return {
      finished: () => this.finishedRequests(),
      serviceOf: (source) => services.get(source),
    };
  }

  private answeredRequests(): AnsweredRequests {
    const namespaces = new Map(
      this.scenario.traffic.map(({ name, service, route }) => [
        name,
        (service ?? route)?.namespace,
      ]),
    );
    return {
      finished: () => this.finishedRequests(),
      namespaceOf: (source) => namespaces.get(source),
    };
  }

  private finishedRequests(): RequestRecord[] {
    return [...this.recorder.requests.entries, ...this.clients.inFlight()].filter(
      ({ doneMs }) => doneMs <= this.now,
    );
  }

  private timeline(): Timeline {
    const { recorder } = this;
    return {
      startMs: 0,
      endMs: this.now,
      pods: [...recorder.state.pods.values()],
      routes: recorder.state.routes.slice(),
      routers: this.entrances.routerNames(),
      requests: recorder.requests.entries.concat(this.clients.inFlight()),
      scales: recorder.scales.entries.slice(),
      ready: recorder.ready.entries.slice(),
      rollouts: recorder.rolloutRecords(),
      decisions: this.decisions.entries.slice(),
      events: recorder.events.entries.slice(),
      inputs: recorder.inputs.records(),
    };
  }

  private image(name: string): ImageBehaviour {
    const known = this.images.get(name);
    if (known !== undefined) return known;
    this.warn(
      `image ${name} is not described in the scenario: it behaves like an ordinary web server`,
    );
    return { ...DEFAULT_IMAGE, name };
  }
}
