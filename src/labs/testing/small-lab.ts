/** A lab as small as one can be, as its files. */
export const SMALL_LAB: Readonly<Record<string, string>> = {
  "lab.yaml": `apiVersion: rollout-lab/v1
kind: Lab
metadata: { name: small }
spec:
  title: { en: Small, ko: 작은 실습 }
  summary: { en: A small lab., ko: 작은 실습입니다. }
  minutes: 5
  task: { en: task.en.md, ko: task.ko.md }
  order: 1
  files: [web.yaml]
  scenario:
    duration: 1m
    images: [{ name: "web:1" }]
    steps: [{ at: 0s, apply: [start/] }]
  checks:
    - id: no-request-fails
      seeds: 3
      expr: runs.all(r, r.requests.failed == 0)
      title: { en: No request fails, ko: 실패하는 요청이 없습니다 }
      failure:
        en: "{{ sum(runs.map(r, r.requests.failed)) }} failed"
        ko: "{{ sum(runs.map(r, r.requests.failed)) }}건이 실패했습니다"
      hint: { en: Look., ko: 살펴보세요. }
  hints:
    - text: { en: Think., ko: 생각해 보세요. }
  answers:
    - name: nine
      fails: [no-request-fails]
      when: objects["deployment/web"].spec.replicas == 9
      hint: { en: "Nine is too many: {{ run.requests.failed }}.", ko: "아홉 개는 많습니다: {{ run.requests.failed }}." }
`,
  "task.en.md": "Do it.",
  "task.ko.md": "해 보세요.",
  "start/web.yaml": manifest(3),
  "solution/web.yaml": manifest(4),
  "answers/nine/web.yaml": manifest(9),
};

/** A Deployment of that many replicas. */
export function manifest(replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "web:1" }] }
`;
}
