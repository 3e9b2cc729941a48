import { plural } from "../../words/format.ts";
import type { InBoth, Language } from "../../words/language.ts";
import type { Note, NoteCode } from "../notes.ts";
import { DATABASES } from "./databases.ts";

type Say = (values: Note["values"]) => string;

const MODES: InBoth<Readonly<Record<string, string>>> = {
  en: {
    fast: "ends at once when it is told to stop",
    graceful: "finishes what it has when it is told to stop",
  },
  ko: {
    fast: "종료 신호를 받으면 바로 끝나는",
    graceful: "종료 신호를 받으면 처리 중인 요청을 마치는",
  },
};

const FAMILIES: Readonly<Record<string, InBoth<string>>> = {
  web: { en: "a web server", ko: "웹 서버로" },
  jvm: { en: "a program on the JVM", ko: "JVM 프로그램으로" },
  spring: {
    en: "Spring Boot 3.4 or later (before, it needs server.shutdown=graceful)",
    ko: "Spring Boot 3.4 이상(그 전 버전은 server.shutdown=graceful 필요)으로",
  },
  go: { en: "a Go program", ko: "Go 프로그램으로" },
  node: { en: "a Node.js program", ko: "Node.js 프로그램으로" },
};

/** A span as scenarios write it, `3s` or `500ms`, as sentences do. */
const spanEn = (span: unknown) => String(span).replace(/(?<=\d)(?=m?s$)/, "\u00a0");
const spanKo = (span: unknown) => String(span).replace(/(?<=\d)s$/, "초");

const NOTES: Readonly<Record<NoteCode, InBoth<Say>>> = {
  "image-known": {
    en: (v) =>
      `${v.image} is taken for ${FAMILIES[v.like!]!.en}: it listens ${spanEn(v.startup)} after its start and ${MODES.en[v.mode!]!}.`,
    ko: (v) =>
      `${v.image}: 시작 ${spanKo(v.startup)} 뒤에 포트를 열고 ${MODES.ko[v.mode!]!} ${FAMILIES[v.like!]!.ko} 봤습니다.`,
  },
  "image-database": {
    en: (v) => {
      const { name, stop } = DATABASES[v.like!]!.en;
      return `${v.image} is taken for ${name}: it listens ${spanEn(v.startup)} after its start, with its data in place; ${stop}. Each request comes on a connection of its own here; clients that keep theirs lose it with the pod, whatever the manifests say, and have to connect again. What it stores, and whether a new pod has that too, is not looked at.`;
    },
    ko: (v) => {
      const { name, stop } = DATABASES[v.like!]!.ko;
      return `${v.image}: ${name} 봤습니다. 데이터가 있는 상태로 시작 ${spanKo(v.startup)} 뒤에 포트를 열고, ${stop}. 여기서는 요청마다 새 연결을 썼습니다. 연결을 유지하는 클라이언트는 매니페스트와 상관없이 파드와 함께 연결을 잃으므로 다시 연결해야 합니다. 저장된 데이터와, 새 파드에도 그 데이터가 있는지는 보지 않았습니다.`;
    },
  },
  "image-unknown": {
    en: (v) =>
      `Nothing is known of ${v.image}. It is taken to listen ${spanEn(v.startup)} after its start and to finish what it has when it is told to stop.`,
    ko: (v) =>
      `${v.image}: 알려진 이미지가 아닙니다. 시작 ${spanKo(v.startup)} 뒤에 포트를 열고, 종료 신호를 받으면 처리 중인 요청을 마치는 것으로 봤습니다.`,
  },
  "image-no-shell": {
    en: (v) => `${v.image} has no shell by its name: an exec hook finds neither sh nor sleep.`,
    ko: (v) =>
      `${v.image}: 이름으로 보아 셸이 없는 이미지입니다. exec 훅이 sh나 sleep을 찾지 못합니다.`,
  },
  "probe-files": {
    en: (v) =>
      `The program of ${v.image} is taken to make the files that its probes look for (${v.files}) when it is ready, and to leave them there.`,
    ko: (v) =>
      `${v.image}: 프로브가 ${v.files} 파일을 찾습니다. 프로그램이 준비되면 이 파일을 만들고 그대로 둔다고 봤습니다.`,
  },
  "probe-commands": {
    en: (v) =>
      `Exec probes that run ${v.commands} are taken to pass as soon as their container's program is ready.`,
    ko: (v) =>
      `${v.commands}: 이 명령을 실행하는 exec 프로브는 컨테이너의 프로그램이 준비되면 바로 성공한다고 봤습니다.`,
  },
  "hook-commands": {
    en: (v) =>
      `A preStop hook runs ${v.commands}: what of that is not simulated is taken to be done at once, and to change nothing.`,
    ko: (v) =>
      `preStop 훅의 ${v.commands}: 시뮬레이션하지 않는 부분은 바로 끝나고 아무것도 바꾸지 않는다고 봤습니다.`,
  },
  "init-containers": {
    en: (v) => `Init containers (${v.names}) are taken to be done after 1s.`,
    ko: (v) => `init 컨테이너(${v.names})는 1초 만에 끝나는 것으로 봤습니다.`,
  },
  "config-assumed": {
    en: (v) => `Not in the manifests, and taken to be in the cluster: ${v.names}.`,
    ko: (v) => `매니페스트에는 없지만 클러스터에 있다고 본 것: ${v.names}.`,
  },
  "nodes-fit": {
    en: (v) => `${v.fields} is left out: nodes are taken to fit.`,
    ko: (v) => `빼고 실행한 필드: ${v.fields}. 조건에 맞는 노드가 있다고 봤습니다.`,
  },
  "readiness-gates": {
    en: (v) =>
      `What sets the readiness gate ${v.gates} is not simulated: it is taken to be met as soon as the containers are ready. A load balancer's gate holds the rollout until it has found the new pod healthy; it does not hold the old one back.`,
    ko: (v) =>
      `readiness gate ${v.gates}: 이 조건을 채우는 쪽은 시뮬레이션하지 않아서, 컨테이너가 준비되면 바로 충족된다고 봤습니다. 로드 밸런서의 게이트는 새 파드가 정상으로 확인될 때까지 롤아웃을 늦추지만, 이전 파드의 종료를 늦추지는 않습니다.`,
  },
  "nodes-apart": {
    en: (v) =>
      `Each pod needs a node of its own (a port of the node, or anti-affinity). ${v.nodes} nodes are taken to be there; an update that finds none free for its next pod does not go on.`,
    ko: (v) =>
      `파드마다 노드가 하나씩 필요합니다(노드 포트를 쓰거나 안티어피니티가 있음). 노드 ${v.nodes}개가 있다고 봤습니다. 다음 파드가 들어갈 노드가 없으면 업데이트는 더 나아가지 못합니다.`,
  },
  "requests-left-out": {
    en: () => "Resource requests are left out: no simulated node is that large.",
    ko: () => "시뮬레이터의 노드보다 큰 resources.requests는 빼고 실행했습니다.",
  },
  "range-left-out": {
    en: (v) =>
      `LimitRange ${v.name} is left out: the pods that were played do not state what the real ones do.`,
    ko: (v) =>
      `LimitRange ${v.name}: 적용하지 않았습니다. 여기서 실행한 파드에는 실제 파드의 값이 적혀 있지 않기 때문입니다.`,
  },
  "volumes-mounted": {
    en: () =>
      "PersistentVolumeClaims are taken to be bound, and mounted at once on any node. A new pod on another node cannot start as long as the old one has a ReadWriteOnce volume: such a Deployment needs strategy Recreate.",
    ko: () =>
      "PersistentVolumeClaim은 이미 바인딩돼 있고 어느 노드에서든 바로 마운트된다고 봤습니다. ReadWriteOnce 볼륨을 이전 파드가 쥐고 있는 동안에는 다른 노드의 새 파드가 시작하지 못하므로, 그런 Deployment에는 Recreate 전략이 필요합니다.",
  },
  "hpa-minimum": {
    en: (v) =>
      `HorizontalPodAutoscaler ${v.name} keeps ${v.replicas} to ${plural(Number(v.maximum), "pod")}. The update starts with ${v.from}, ${fewest(v, "en")}; it brings a number out of its bounds back within 15 s. That it follows the load is not played.`,
    ko: (v) =>
      `HorizontalPodAutoscaler ${v.name}: 파드를 ${v.replicas}~${v.maximum}개로 유지합니다. 업데이트는 ${v.from}개에서 시작했고(${fewest(v, "ko")}), 범위를 벗어난 파드 수는 15초 안에 되돌아옵니다. 부하에 따라 파드 수를 바꾸는 동작은 실행하지 않았습니다.`,
  },
  "hpa-and-replicas": {
    en: (v) =>
      `spec.replicas: ${v.replicas} stands beside HorizontalPodAutoscaler ${v.name}: each kubectl apply sets the number back to it${v.from === v.replicas ? "" : `, here from ${v.from}, until the autoscaler's next turn`}. Leave the field out, and take it out of what kubectl remembers first (kubectl apply edit-last-applied): the apply without it leaves one pod otherwise, until the autoscaler's next turn.`,
    ko: (v) =>
      `HorizontalPodAutoscaler ${v.name} 옆에 spec.replicas: ${v.replicas}도 적혀 있습니다. kubectl apply를 할 때마다 파드 수가 이 값으로 되돌아갑니다${v.from === v.replicas ? "" : `(여기서는 오토스케일러가 다음에 확인할 때까지 ${v.from}개에서 ${v.replicas}개로)`}. 필드를 빼되, kubectl이 기억하는 값에서 먼저 빼세요(kubectl apply edit-last-applied). 그러지 않으면 필드를 뺀 apply가 오토스케일러가 다음에 확인할 때까지 파드를 하나만 남깁니다.`,
  },
  "hpa-replicas-removed": {
    en: (v) =>
      `This update takes spec.replicas out beside HorizontalPodAutoscaler ${v.name}. kubectl apply removes the field and the API server fills in 1: of ${plural(Number(v.from), "pod")} one is left until the autoscaler's next turn, up to 15 s later. Take it out of what kubectl remembers first: kubectl apply edit-last-applied.`,
    ko: (v) =>
      `이 업데이트는 HorizontalPodAutoscaler ${v.name} 옆의 spec.replicas를 뺍니다. kubectl apply가 필드를 지우면 API 서버가 1로 채우므로, 오토스케일러가 다음에 확인할 때까지 최대 15초 동안 파드 ${v.from}개 중 하나만 남습니다. kubectl이 기억하는 값에서 먼저 빼세요: kubectl apply edit-last-applied.`,
  },
  "budget-no-limit": {
    en: (v) =>
      `PodDisruptionBudget ${v.name} guards against evictions; it does not limit an update.`,
    ko: (v) =>
      `PodDisruptionBudget ${v.name}: 축출(eviction)만 제한하고, 업데이트는 제한하지 않습니다.`,
  },
  "budget-shut": {
    en: (v) =>
      `PodDisruptionBudget ${v.name} lets none of ${plural(Number(v.replicas), "pod")} be evicted: a kubectl drain of its node waits without end.`,
    ko: (v) =>
      `PodDisruptionBudget ${v.name}: 파드 ${v.replicas}개 가운데 하나도 축출하지 못하게 합니다. 그 노드의 kubectl drain은 끝없이 기다립니다.`,
  },
  "quota-shared": {
    en: (v) =>
      `ResourceQuota ${v.name} counts the other workloads of its namespace, too: ${v.taken} of it are taken off here. They were not updated at the same time.`,
    ko: (v) =>
      `ResourceQuota ${v.name}: 같은 네임스페이스의 다른 워크로드도 여기에 듭니다. 그 몫(${v.taken})을 빼고 계산했고, 다른 워크로드가 동시에 업데이트되는 경우는 실행하지 않았습니다.`,
  },
  "quota-amounts": {
    en: (v) =>
      `What ResourceQuota ${v.name} says of ${v.names} is left out: the pods that were played do not state all that the real ones will.`,
    ko: (v) =>
      `ResourceQuota ${v.name}의 ${v.names} 한도는 적용하지 않았습니다. 여기서 실행한 파드에는 실제 파드가 갖게 될 값이 모두 적혀 있지 않기 때문입니다.`,
  },
  "port-undeclared": {
    en: (v) =>
      `Service ${v.name} sends to port ${v.port}, and the pods declare ${v.declared}. Their program is taken to listen on ${v.port} too; if it does not, no request is ever answered.`,
    ko: (v) =>
      `Service ${v.name}: ${v.port}번 포트로 보내는데 파드가 선언한 포트는 ${v.declared}입니다. 프로그램이 ${v.port}번 포트도 연다고 봤습니다. 열지 않는다면 어떤 요청에도 응답하지 못합니다.`,
  },
  "probe-port-undeclared": {
    en: (v) =>
      `Container ${v.name}: its ${v.probes} asks at port ${v.port}, and the pods declare ${v.declared}. Its program is taken to listen on ${v.port} too; if it does not, the probe never succeeds.`,
    ko: (v) =>
      `${v.name} 컨테이너의 ${v.probes}: ${v.port}번 포트에 묻는데 파드가 선언한 포트는 ${v.declared}입니다. 프로그램이 ${v.port}번 포트도 연다고 봤습니다. 열지 않는다면 프로브는 한 번도 성공하지 못합니다.`,
  },
  "port-name-unknown": {
    en: (v) =>
      `Service ${v.name} sends to the port called ${v.port}, and no container of its pods has one of that name (${v.names === "" ? "none has a name" : `they have ${v.names}`}): the Service leads to no port at all.`,
    ko: (v) =>
      `Service ${v.name}: ${v.port}라는 이름의 포트로 보내는데 파드의 컨테이너에는 그런 이름의 포트가 없습니다(${v.names === "" ? "이름 있는 포트 없음" : `있는 이름: ${v.names}`}). 이 Service는 어떤 포트로도 이어지지 않습니다.`,
  },
  "probe-port-name-unknown": {
    en: (v) =>
      `Container ${v.name}: its ${v.probes} asks at the port called ${v.port}, and the container has none of that name (${v.names === "" ? "none has a name" : `it has ${v.names}`}): the probe never succeeds.`,
    ko: (v) =>
      `${v.name} 컨테이너의 ${v.probes}: ${v.port}라는 이름의 포트에 묻는데 컨테이너에는 그런 이름의 포트가 없습니다(${v.names === "" ? "이름 있는 포트 없음" : `있는 이름: ${v.names}`}). 프로브는 한 번도 성공하지 못합니다.`,
  },
  "host-port": {
    en: (v) =>
      `Who comes to port ${v.ports} of a node finds nobody there while that node's pod is replaced. That was not played: a load balancer before the nodes has to notice it by its health checks.`,
    ko: (v) =>
      `노드의 ${v.ports}번 포트: 그 노드의 파드를 바꾸는 동안에는 응답이 없습니다. 이 경로는 실행하지 않았습니다. 노드 앞의 로드 밸런서가 헬스 체크로 알아차려야 합니다.`,
  },
  "selector-moves": {
    en: (v) =>
      `The selector of Service ${v.name} changes together with the pods: it leaves the old ones at once, and those that it selects are still to come. Make it two updates: first pods that the new selector matches, beside the old ones or with both labels; then the Service, when they are ready.`,
    ko: (v) =>
      `Service ${v.name}: 셀렉터가 파드와 함께 바뀝니다. 이전 파드는 곧바로 빠지고, 새 셀렉터에 맞는 파드는 아직 없습니다. 두 번에 나눠 업데이트하세요. 먼저 새 셀렉터에 맞는 파드를 띄우고(이전 파드 옆에, 또는 두 레이블을 모두 달아서), 준비되면 Service를 바꿉니다.`,
  },
  "target-moves": {
    en: (v) =>
      `Service ${v.name} goes over to port ${v.port} at once, and the pods that stand do not have it: until they are replaced nothing answers there. Make it two updates: first pods that have both ports, then the Service; or leave the Service as it is by giving the new port the old name.`,
    ko: (v) =>
      `Service ${v.name}: 대상 포트가 곧바로 ${v.port}(으)로 바뀌는데 실행 중인 파드에는 그 포트가 없습니다. 파드가 바뀔 때까지 아무도 응답하지 않습니다. 두 번에 나눠 업데이트하세요. 먼저 두 포트를 모두 가진 파드를 띄우고, 그다음 Service를 바꿉니다. 새 포트에 이전 이름을 그대로 붙이면 Service를 바꾸지 않아도 됩니다.`,
  },
  "config-unread": {
    en: (v) =>
      `What changes is ${v.names}, and that rolls nothing out: the pods keep the environment that they started with, and files of a volume follow within about a minute (never with subPath). kubectl rollout restart brings it, or a checksum of it among the annotations of the pod template.`,
    ko: (v) =>
      `바뀌는 것은 ${v.names}인데, 이것만으로는 롤아웃이 시작되지 않습니다. 파드는 시작할 때 읽은 환경 변수를 그대로 쓰고, 볼륨의 파일만 1분쯤 뒤에 바뀝니다(subPath로 마운트했다면 바뀌지 않습니다). kubectl rollout restart를 실행하거나, 내용의 체크섬을 파드 템플릿의 어노테이션에 넣으세요.`,
  },
  "service-astray": {
    en: (v) =>
      `Service ${v.name} selects ${v.selector}, and the pods have ${v.labels}: it leads to none of them, and whoever comes by it gets no answer.`,
    ko: (v) =>
      `Service ${v.name}: ${v.selector} 레이블을 찾는데 파드의 레이블은 ${v.labels}입니다. 이 Service는 어느 파드로도 이어지지 않아 요청이 응답을 받지 못합니다.`,
  },
  "sidecar-in-front": {
    en: (v) =>
      `Requests come to ${v.sidecar}, a sidecar, which is taken to pass them on to ${v.container}: they were played straight to port ${v.port} of that.`,
    ko: (v) =>
      `요청은 사이드카(${v.sidecar})로 들어와 ${v.container} 컨테이너로 넘어간다고 보고, 그 컨테이너의 ${v.port}번 포트로 바로 보냈습니다.`,
  },
  "front-container": {
    en: (v) =>
      `Requests come to container ${v.front}, which is taken to pass each one on to ${v.behind} and to answer 502 where that one does not listen. The new image is that of ${v.behind}.`,
    ko: (v) =>
      `요청은 ${v.front} 컨테이너로 들어와 모두 ${v.behind} 컨테이너로 넘어가고, 그 컨테이너가 포트를 열고 있지 않으면 502로 응답한다고 봤습니다. 새 이미지는 ${v.behind} 컨테이너의 것입니다.`,
  },
  grpc: {
    en: () =>
      "A client of gRPC keeps one connection for all of its requests. Here each request comes on a connection of its own: whether clients open a new one when a pod tells them to go (GOAWAY) was not played.",
    ko: () =>
      "gRPC 클라이언트는 연결 하나로 모든 요청을 보냅니다. 여기서는 요청마다 새 연결을 썼으므로, 파드가 떠나라고 알릴 때(GOAWAY) 클라이언트가 새 연결을 여는지는 실행하지 않았습니다.",
  },
  websocket: {
    en: () =>
      "A WebSocket lasts until its pod ends, whatever the hook: its client has to connect again, best after a random pause. What was played are requests on connections of their own.",
    ko: () =>
      "WebSocket 연결은 훅이 어떻든 파드와 함께 끝나므로, 클라이언트가 다시 연결해야 합니다(무작위로 잠깐 기다린 다음이 좋습니다). 여기서는 요청마다 새 연결을 썼습니다.",
  },
  "road-instead": {
    en: (v) => `The road ${v.wanted} is not simulated; requests went by ${v.road}.`,
    ko: (v) => `${v.wanted} 경로는 시뮬레이션하지 않아서 ${v.road} 경로로 요청을 보냈습니다.`,
  },
  "mesh-adds": {
    en: (v) =>
      `A mesh adds containers to these pods as they are created (${v.by}); what it adds was not played: check the road mesh too.`,
    ko: (v) =>
      `서비스 메시가 이 파드에 컨테이너를 추가합니다(${v.by}). 추가되는 것 없이 실행했으니 mesh 경로로도 검사해 보세요.`,
  },
  "on-delete": {
    en: (v) =>
      `updateStrategy OnDelete of ${v.object}: a pod gets the new template only when somebody deletes it. Nobody did here.`,
    ko: (v) =>
      `${v.object}: updateStrategy가 OnDelete라서, 누군가 파드를 지워야 새 템플릿으로 바뀝니다. 이 실행에서는 아무도 지우지 않았습니다.`,
  },
  partition: {
    en: (v) =>
      `rollingUpdate.partition: ${v.partition} of ${v.object}: pods with a lower number keep the old template.`,
    ko: (v) =>
      `${v.object}: rollingUpdate.partition이 ${v.partition}이라서, 번호가 그보다 작은 파드는 이전 템플릿을 유지합니다.`,
  },
  paused: {
    en: (v) => `${v.object} is paused: nothing is rolled out until somebody resumes it.`,
    ko: (v) => `${v.object}: paused 상태라서, 누군가 재개할 때까지 롤아웃이 시작되지 않습니다.`,
  },
  "pauses-short": {
    en: (v) => `Pauses of the Rollout are played as ${v.seconds} s each, and promoted then.`,
    ko: (v) =>
      `Rollout의 일시 정지(pause)는 각각 ${v.seconds}초 뒤에 승격되는 것으로 실행했습니다.`,
  },
  "load-balancer": {
    en: (v) =>
      `Service ${v.name} is of type LoadBalancer, and a load balancer learns of a change later than the cluster does: check the roads node-port and alb-ip too.`,
    ko: (v) =>
      `Service ${v.name}: LoadBalancer 타입입니다. 로드 밸런서는 클러스터보다 늦게 변화를 알아차리므로 node-port와 alb-ip 경로로도 검사해 보세요.`,
  },
  "through-nodes": {
    en: (v) =>
      `Service ${v.name} is of type NodePort: who comes through a port of the nodes, and a load balancer before them, hears of a change later. Check the road node-port too.`,
    ko: (v) =>
      `Service ${v.name}: NodePort 타입입니다. 노드 포트로 들어오는 쪽과 그 앞의 로드 밸런서는 변화를 더 늦게 알아차리므로 node-port 경로로도 검사해 보세요.`,
  },
  "route-unsimulated": {
    en: (v) =>
      `${v.names} leads to Service ${v.name} and is not simulated: requests went by the road ${v.road}. A mesh or a gateway may try again what a pod refused: check the road that is like yours (--road mesh, gateway).`,
    ko: (v) =>
      `${v.names}: Service ${v.name}(으)로 이어지지만 시뮬레이션하지 않아서 ${v.road} 경로로 요청을 보냈습니다. 메시나 게이트웨이는 파드가 거부한 요청을 다시 보내기도 하니, 실제와 비슷한 경로로도 검사해 보세요(--road mesh, gateway).`,
  },
  "no-node-port": {
    en: (v) =>
      `Service ${v.name} is of type ${v.type} and has no node port; requests went by ${v.road}.`,
    ko: (v) =>
      `Service ${v.name}: ${v.type} 타입이라 노드 포트가 없어서 ${v.road} 경로로 요청을 보냈습니다.`,
  },
  "retries-hide": {
    en: (v) =>
      `The road ${v.road} tried ${v.count} requests of ${v.seeds} runs again on another pod, and nobody noticed. Clients without such retries, and requests that must not be sent twice, would: a preStop hook mends it for them too.`,
    ko: (v) =>
      `${v.seeds}번 실행하는 동안 ${v.road} 경로가 요청 ${v.count}건을 다른 파드로 다시 보내서 아무도 알아채지 못했습니다. 재시도하지 않는 클라이언트나 두 번 보내면 안 되는 요청은 실패하므로, preStop 훅으로 막아 두는 것이 좋습니다.`,
  },
  "fails-before": {
    en: (v) =>
      `Requests fail before the update as well, in ${v.times} of ${v.seeds} runs: no change of the update itself can end that. Look at what leads to ${v.object}: selector, ports, rules.`,
    ko: (v) =>
      `${v.seeds}번 가운데 ${v.times}번은 업데이트 전에도 요청이 실패합니다. 업데이트 방식을 바꿔서는 없앨 수 없으니 ${v.object}까지 가는 길(셀렉터, 포트, 규칙)을 확인하세요.`,
  },
  "none-ready": {
    en: (v) =>
      `For a while no pod of ${v.object} was ready, and no request failed: kube-proxy sends to pods that are ending while there are no others, and their preStop hook kept them answering. Had the new ones taken longer to start, requests would have failed.`,
    ko: (v) =>
      `${v.object}: Ready 파드가 하나도 없는 때가 있었지만 실패한 요청은 없었습니다. 다른 파드가 없으면 kube-proxy는 종료 중인 파드로 보내고, 그 파드는 preStop 훅 동안 계속 응답했기 때문입니다. 새 파드가 더 늦게 떴다면 요청이 실패했을 것입니다.`,
  },
  "never-stood": {
    en: (v) =>
      `The pods of ${v.object} do not all get ready, not even before the update. Where a liveness probe ends them before they have started, a startupProbe gives them the time; where a program is slower or quicker than is taken for granted here, --images says how it behaves.`,
    ko: (v) =>
      `${v.object}의 파드는 업데이트 전에도 모두 Ready가 되지 않습니다. 다 시작하기 전에 liveness 프로브가 끝내는 것이라면 startupProbe로 시간을 주세요. 여기서 전제한 것과 프로그램의 시작 시간이 다르다면 --images로 알려 줄 수 있습니다.`,
  },
  "never-made": {
    en: (v) =>
      `The API server refuses pods of ${v.object}, before the update as well as after it: no way of updating helps. They have to ask for less, or the namespace has to allow more.`,
    ko: (v) =>
      `API 서버가 업데이트 전이든 후든 ${v.object}의 파드를 받아 주지 않으므로, 업데이트 방식을 바꿔도 소용이 없습니다. 파드가 요구하는 양을 줄이거나 네임스페이스가 허용하는 양을 늘려야 합니다.`,
  },
  "hook-failed": {
    en: (v) =>
      `The preStop hook of ${v.object} failed in ${v.times} of ${v.seeds} runs: the stop signal came at once.`,
    ko: (v) =>
      `${v.seeds}번 가운데 ${v.times}번 ${v.object}의 preStop 훅이 실패해서, 종료 신호가 곧바로 갔습니다.`,
  },
  "hook-cut": {
    en: (v) =>
      `The preStop hook of ${v.object} was cut off by the end of the grace period in ${v.times} of ${v.seeds} runs: terminationGracePeriodSeconds is shorter than the hook.`,
    ko: (v) =>
      `${v.seeds}번 가운데 ${v.times}번 ${v.object}의 preStop 훅이 유예 시간이 끝나 끊겼습니다. terminationGracePeriodSeconds가 훅보다 짧습니다.`,
  },
  killed: {
    en: (v) =>
      `A process of ${v.object} was killed (SIGKILL) in ${v.times} of ${v.seeds} runs, because it had not ended within the grace period.`,
    ko: (v) =>
      `${v.seeds}번 가운데 ${v.times}번 ${v.object}의 프로세스가 유예 시간 안에 끝나지 않아 강제 종료(SIGKILL)됐습니다.`,
  },
};

/** Why an update beside an autoscaler starts with that number of pods. */
function fewest({ from, replicas }: Note["values"], lang: Language): string {
  if (from === replicas) return lang === "ko" ? "가장 적을 때" : "the fewest";
  return lang === "ko" ? "매니페스트에 적힌 대로" : "as the manifest asks";
}

/** A note as a sentence. */
export function tellNote({ code, values }: Note, lang: Language): string {
  return NOTES[code][lang](values);
}
