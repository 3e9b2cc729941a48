import { expect, it } from "vitest";
import { terminalOn } from "../testing.ts";

const TEMPLATE = `
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1
          resources: {limits: {cpu: 500m, memory: 128Mi}}
          env:
            - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
            - {name: MILLIS, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}
            - {name: MEMORY, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
            - {name: ASKED, valueFrom: {resourceFieldRef: {resource: requests.ephemeral-storage}}}
        - name: side
          image: side:1
          env: [{name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}]
      volumes:
        - name: about
          downwardAPI:
            items:
              - {path: labels, fieldRef: {fieldPath: metadata.labels}}
              - {path: cpu, resourceFieldRef: {containerName: web, resource: limits.cpu}}
      topologySpreadConstraints:
        - {maxSkew: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}
        - {maxSkew: 1, topologyKey: host, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: web}}}
`;

const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:${TEMPLATE}
---
apiVersion: v1
kind: Service
metadata: {name: out}
spec: {type: ExternalName, externalName: shop.example}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: bytes}
binaryData: {bin: AAEC}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: web}
  maxReplicas: 6
  metrics:
    - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}
    - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 100Mi}}}
    - {type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: "5"}}}
  behavior: {scaleDown: {stabilizationWindowSeconds: 60, policies: [{type: Pods, value: 1, periodSeconds: 30}]}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules:
    - http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: out, port: {number: 80}}}}
          - {path: /b, pathType: Prefix, backend: {service: {name: none, port: {number: 80}}}}
`;

function describing(what: string): string {
  return terminalOn(MANIFESTS)(`describe ${what}`).output;
}

it("a variable that is made of a resource has its amount in units of the divisor, rounded up", () => {
  const text = describing("deploy web");
  expect(text).toMatch(/CPU: +1 \(limits\.cpu\)\n +MILLIS: +500 \(limits\.cpu\)\n/);
  expect(text).toMatch(/MEMORY: +128 \(limits\.memory\)\n +ASKED: +0 \(requests\.ephemeral-/);
  expect(text).toMatch(/CPU: +node allocatable \(limits\.cpu\)\n/);
});

it("a template tells of its downward API and of how its pods are spread", () => {
  const text = describing("deploy web");
  expect(text).toContain(
    "    Items:\n      metadata.labels -> labels\n      limits.cpu -> cpu\n  Topology Spread Constraints:",
  );
  expect(text).toMatch(
    /Constraints: +host:ScheduleAnyway when max skew 1 is exceeded for selector app=web\n +zone:DoNotSchedule when max skew 2 is exceeded\n/,
  );
});

it("an autoscaler tells of each metric by its kind of target, and of its behavior", () => {
  const text = describing("hpa web");
  expect(text).toMatch(/ cpu on pods {2}\(as a percentage of request\): +<unknown> \/ 70%\n/);
  expect(text).toMatch(/\n {2}resource memory on pods: +<unknown> \/ 100Mi\n/);
  expect(text).toMatch(/\n {2}"rps" on pods: +<unknown> \/ 5\n/);
  expect(text).toContain(`  Scale Down:
    Stabilization Window: 60 seconds
    Select Policy: Max
    Policies:
      - Type: Pods  Value: 1  Period: 30 seconds
StatefulSet pods:   0 current / 0 desired
`);
});

it.each([
  ["svc out", "External Name:     shop.example\n"],
  ["cm bytes", "bin: 3 bytes\n"],
  ["pdb web", "\nStatus:\n    Allowed disruptions:  0\n"],
  ["ing web", 'none:80 (<error: services "none" not found>)\n'],
  ["ing web", "/    out:80 ()\n"],
])("describe %s", (what, part) => {
  expect(describing(what)).toContain(part);
});
