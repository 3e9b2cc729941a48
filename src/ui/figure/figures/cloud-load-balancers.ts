import { DEFAULT_ROADS } from "../../../simulator/scenario.ts";
import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, inSeconds, ready, slider } from "../knobs.ts";

const UPDATE = 50;

interface Plan {
  readonly road: "alb-ip" | "node-port";
  readonly preStop: number;
  readonly minReady: number;
  readonly deregistration: number;
  readonly registration: number;
}

/** An update behind a load balancer that takes these seconds to drop a target and to take one. */
function update({ road, preStop, minReady, deregistration, registration }: Plan) {
  const exact = (seconds: number) => ({ kind: "exact" as const, ms: seconds * 1000 });
  const loadBalancer = {
    ...DEFAULT_ROADS.loadBalancer,
    deregistration: exact(deregistration),
    registration: exact(registration),
  };
  const { spec, ...rest } = service();
  return cluster({
    name: "cloud-load-balancers",
    seed: 2,
    seconds: UPDATE + 190,
    nodes: 2,
    images: { "shop-web:1.0": {}, "shop-web:1.1": {} },
    network: { roads: { loadBalancer } },
    traffic: [requests(40, UPDATE - 10, UPDATE + 140, { road })],
    steps: [
      apply(0, [
        { ...rest, spec: { ...spec, type: "NodePort" } },
        deployment({ preStopSeconds: preStop, graceSeconds: 60, minReadySeconds: minReady }),
      ]),
      kubectl(UPDATE, "set image deployment/web web=shop-web:1.1"),
    ],
  });
}

export const figures = {
  /** A load balancer of a cloud that goes on sending to a target after it was told not to. */
  "cloud-load-balancers": figure({
    knobs: {
      road: choice(
        { en: "Targets", ko: "대상" },
        {
          "alb-ip": { en: "pods (IP mode)", ko: "파드(IP 모드)" },
          "node-port": { en: "nodes (instance mode)", ko: "노드(인스턴스 모드)" },
        },
        "alb-ip",
      ),
      deregistration: slider(
        { en: "Load balancer goes on for", ko: "로드 밸런서가 계속 보내는 시간" },
        [5, 10, 15, 25, 40],
        15,
        inSeconds,
      ),
      preStop: ready.preStop(5),
    },
    scenario: ({ road, deregistration, preStop }) =>
      update({ road, preStop, minReady: 10, deregistration, registration: 3 }),
  }),
  /** A load balancer that takes its time with new targets, and a rollout that waits for it or does not. */
  "cloud-load-balancers/new-targets": figure({
    knobs: {
      registration: slider(
        { en: "A new target gets traffic after", ko: "새 대상이 트래픽을 받기까지" },
        [3, 10, 20, 30],
        30,
        inSeconds,
      ),
      minReady: ready.minReadySeconds(0),
    },
    scenario: ({ registration, minReady }) =>
      update({ road: "alb-ip", preStop: 20, minReady, deregistration: 15, registration }),
    tells: ["requests", "rollout"],
  }),
};
