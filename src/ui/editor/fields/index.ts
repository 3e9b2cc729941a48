import { list, mapping, value, type Field, type Fields } from "./field.ts";
import { podSpec } from "./pod.ts";

export type { Field, Fields } from "./field.ts";

const labels = mapping(
  "Keys and values that selectors find objects by.",
  "selector가 오브젝트를 찾을 때 쓰는 키와 값입니다.",
);
const annotations = mapping(
  "Keys and values for programs and people; selectors don't see them.",
  "프로그램이나 사람이 읽는 키와 값이며 selector는 보지 않습니다.",
);

const metadata = mapping("Name, namespace and labels.", "이름, 네임스페이스, 레이블입니다.", {
  name: value("Unique for the kind in its namespace.", "네임스페이스 안에서 종류별로 고유합니다."),
  namespace: value("default where none is given.", "지정하지 않으면 default입니다."),
  labels,
  annotations,
});

const deploymentSpec: Fields = {
  replicas: value("Pods wanted, 1 by default.", "원하는 파드 수이며 기본값은 1입니다."),
  selector: mapping(
    "Which pods belong to the Deployment; it must match the template's labels and never changes.",
    "Deployment에 속하는 파드를 고릅니다. 템플릿의 레이블과 맞아야 하고 나중에 바꿀 수 없습니다.",
    { matchLabels: mapping("Labels that all must match.", "모두 일치해야 하는 레이블입니다.") },
  ),
  strategy: mapping(
    "How old pods are replaced by new ones.",
    "이전 파드를 새 파드로 바꾸는 방식입니다.",
    {
      type: value(
        "RollingUpdate by default; Recreate stops all old pods before it starts new ones.",
        "기본값은 RollingUpdate이며, Recreate는 이전 파드를 모두 끝낸 뒤 새 파드를 띄웁니다.",
        ["RollingUpdate", "Recreate"],
      ),
      rollingUpdate: mapping("Bounds of a rolling update.", "롤링 업데이트의 상한과 하한입니다.", {
        maxSurge: value(
          "Pods above replicas, a number or a percentage rounded up, 25% by default.",
          "replicas보다 더 띄울 수 있는 파드 수로, 개수나 올림하는 백분율이며 기본값은 25%입니다.",
        ),
        maxUnavailable: value(
          "Pods that may be missing from replicas, a number or a percentage rounded down, 25% by default.",
          "replicas에서 모자라도 되는 파드 수로, 개수나 내림하는 백분율이며 기본값은 25%입니다.",
        ),
      }),
    },
  ),
  minReadySeconds: value(
    "How long a pod must be Ready before it counts as available, 0 by default.",
    "파드가 Ready로 이만큼(초) 지나야 사용 가능한 것으로 치며 기본값은 0입니다.",
  ),
  progressDeadlineSeconds: value(
    "Without progress for so long the rollout is reported as failed, 600 by default; nothing is rolled back.",
    "이 시간(초) 동안 진전이 없으면 롤아웃 실패로 보고합니다. 기본값은 600이고, 자동으로 되돌리지는 않습니다.",
  ),
  revisionHistoryLimit: value(
    "Old ReplicaSets kept for rolling back, 10 by default.",
    "롤백을 위해 남겨 둘 이전 ReplicaSet 수이며 기본값은 10입니다.",
  ),
  paused: value("Whether changes wait.", "변경을 보류할지 정합니다.", ["true", "false"]),
  template: mapping(
    "What every pod is made from; any change in it starts a rollout.",
    "모든 파드의 틀이며, 여기가 바뀌면 롤아웃이 시작됩니다.",
    {
      metadata: mapping("Labels of the pods.", "파드의 레이블입니다.", { labels, annotations }),
      spec: mapping("What a pod consists of.", "파드의 구성입니다.", podSpec),
    },
  ),
};

const serviceSpec: Fields = {
  selector: mapping(
    "Labels of the pods behind the Service; Ready ones get new connections.",
    "Service 뒤에 둘 파드의 레이블이며, 그중 Ready인 파드가 새 연결을 받습니다.",
  ),
  ports: list("Ports of the Service.", "Service의 포트입니다.", {
    name: value("Needed where there are several.", "포트가 여러 개면 꼭 필요합니다."),
    port: value("Port that clients use.", "클라이언트가 쓰는 포트입니다."),
    targetPort: value(
      "Port of the pods, by number or name; as port where none is given.",
      "파드의 포트 번호나 이름이며, 없으면 port와 같습니다.",
    ),
    protocol: value("TCP by default.", "기본값은 TCP입니다.", ["TCP", "UDP", "SCTP"]),
  }),
  type: value(
    "Who can reach it: ClusterIP is from inside the cluster.",
    "접근 범위이며 ClusterIP는 클러스터 안에서만 접근할 수 있습니다.",
    ["ClusterIP", "NodePort", "LoadBalancer"],
  ),
  publishNotReadyAddresses: value(
    "Whether pods that are not Ready get connections as well.",
    "Ready가 아닌 파드에도 연결을 보낼지 정합니다.",
    ["false", "true"],
  ),
};

function document(apiVersion: string, spec: Fields): Fields {
  return {
    apiVersion: value("Group and version of the kind.", "종류가 속한 그룹과 버전입니다.", [
      apiVersion,
    ]),
    kind: value("Kind of the object.", "오브젝트의 종류입니다.", ["Deployment", "Service"]),
    metadata,
    spec: mapping("What is wanted.", "원하는 상태입니다.", spec),
  };
}

const kinds: Readonly<Record<string, Fields>> = {
  Deployment: document("apps/v1", deploymentSpec),
  Service: document("v1", serviceSpec),
};

const anyKind: Fields = {
  ...document("apps/v1", {}),
  apiVersion: value("Group and version of the kind.", "종류가 속한 그룹과 버전입니다.", [
    "apps/v1",
    "v1",
  ]),
};

/** The fields of the mapping that these keys lead to; undefined where the table does not reach. */
export function fieldsAt(kind: string, parents: readonly string[]): Fields | undefined {
  let fields: Fields | undefined = Object.hasOwn(kinds, kind) ? kinds[kind] : anyKind;
  for (const key of parents) fields = fieldIn(fields, key)?.fields;
  return fields;
}

/** The field of a key among these. */
export function fieldIn(fields: Fields | undefined, key: string): Field | undefined {
  return fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
}
