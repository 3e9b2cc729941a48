/* Why a mistake matters, for the common ones, in our own words. */
import type { Bilingual } from "./diagnostic.ts";

interface Reason extends Bilingual {
  /** What the path ends with, or a pattern for it. */
  readonly path?: RegExp;
  readonly message?: RegExp;
}

const REASONS: readonly Reason[] = [
  {
    message: /^unknown field/,
    en: "Kubernetes has no such field here; without strict checking it would be dropped silently and have no effect.",
    ko: "이 위치에는 그런 필드가 없습니다. 엄격한 검사가 없다면 조용히 버려져 아무 효과도 내지 못합니다.",
  },
  {
    path: /labels$|selector$/,
    message: /`selector` does not match template `labels`/,
    en: "A workload finds its pods by the selector: the labels of its template must satisfy it, or it would create pods for ever.",
    ko: "워크로드는 selector로 자기 파드를 찾습니다. 템플릿의 레이블이 selector와 맞지 않으면 파드를 끝없이 만들게 됩니다.",
  },
  {
    path: /selector$/,
    message: /immutable/,
    en: "With another selector the old pods would be orphaned; create a workload of another name instead.",
    ko: "selector가 바뀌면 기존 파드가 주인을 잃습니다. 다른 이름의 워크로드를 새로 만드세요.",
  },
  {
    path: /maxUnavailable$/,
    message: /maxSurge/,
    en: "With no pod more and no pod less allowed, the update could never take its first step.",
    ko: "파드를 더 만들 수도, 줄일 수도 없으면 업데이트는 첫걸음도 뗄 수 없습니다.",
  },
  {
    message: /valid percent string/,
    en: "Write a whole number without quotes, or a percentage such as 25%.",
    ko: "따옴표 없는 정수나 25% 같은 백분율로 쓰세요.",
  },
  {
    path: /strategy$/,
    message: /Unsupported value/,
    en: "A Deployment knows only these two; canary and blue/green are built from several objects.",
    ko: "디플로이먼트에는 이 두 가지 전략뿐입니다. 카나리와 블루/그린은 여러 객체로 구성합니다.",
  },
  {
    path: /progressDeadlineSeconds$/,
    message: /minReadySeconds/,
    en: "A pod counts as available only after minReadySeconds, so a shorter deadline would fail every rollout.",
    ko: "파드는 minReadySeconds가 지나야 사용 가능으로 인정되므로, 기한이 더 짧으면 모든 롤아웃이 실패합니다.",
  },
  {
    path: /preStop\.sleep$/,
    en: "The sleep runs inside the grace period; this version refuses one of 0, and one longer than terminationGracePeriodSeconds.",
    ko: "sleep은 유예 시간 안에서 실행됩니다. 이 버전은 0초와 terminationGracePeriodSeconds보다 긴 값을 거부합니다.",
  },
  {
    path: /terminationGracePeriodSeconds$/,
    message: /readinessProbes/,
    en: "A failing readiness probe only takes the pod out of rotation; it never stops the container, so it has no grace period.",
    ko: "준비성 프로브의 실패는 트래픽에서 뺄 뿐 컨테이너를 멈추지 않으므로 유예 시간이 없습니다.",
  },
  {
    path: /terminationGracePeriodSeconds$/,
    message: /negative values/,
    en: "The application would be killed one second after the stop signal.",
    ko: "애플리케이션은 종료 신호를 받고 1초 뒤에 강제로 종료됩니다.",
  },
  {
    path: /(liveness|startup)Probe\.successThreshold$/,
    en: "One success is enough to keep a container running.",
    ko: "컨테이너를 살려 두는 데는 한 번의 성공이면 충분합니다.",
  },
  {
    message: /must specify a handler type/,
    en: "A probe or hook must say what to do: exec, httpGet, tcpSocket, grpc or, for a hook, sleep.",
    ko: "프로브나 훅은 무엇을 할지 정해야 합니다. exec, httpGet, tcpSocket, grpc 중 하나이고, 훅에는 sleep도 있습니다.",
  },
  {
    message: /more than 1 handler type/,
    en: "A probe or hook does exactly one thing; use a script in exec for more.",
    ko: "프로브나 훅은 한 가지 일만 합니다. 더 필요하면 exec로 스크립트를 실행하세요.",
  },
  {
    path: /image$/,
    message: /Required value/,
    en: "Without an image the kubelet has nothing to run.",
    ko: "이미지가 없으면 kubelet이 실행할 것이 없습니다.",
  },
  {
    path: /containers$/,
    message: /Required value/,
    en: "A pod has at least one container.",
    ko: "파드에는 컨테이너가 하나 이상 있어야 합니다.",
  },
  {
    path: /restartPolicy$/,
    message: /"Always"$/,
    en: "The pods of a workload run until they are deleted; a Job is for work that ends.",
    ko: "워크로드의 파드는 삭제될 때까지 실행됩니다. 끝나는 작업에는 잡을 사용하세요.",
  },
  {
    message: /quantities must match|unable to parse quantity/,
    en: "Amounts are a number and a suffix: 500m or 0.5 of a core, 128Mi or 128M of memory.",
    ko: "수량은 숫자와 접미사입니다. CPU는 500m이나 0.5, 메모리는 128Mi나 128M처럼 씁니다.",
  },
  {
    path: /requests$/,
    message: /must be less than or equal to/,
    en: "A request is what the scheduler sets aside; it cannot exceed the limit that the container is held to.",
    ko: "요청량은 스케줄러가 확보해 두는 양이므로 컨테이너의 제한보다 클 수 없습니다.",
  },
  {
    path: /env\[\d+\]\.value$/,
    message: /of type string/,
    en: "Values of environment variables are strings: put numbers, yes, no and true in quotes.",
    ko: "환경 변수의 값은 문자열입니다. 숫자와 yes, no, true는 따옴표로 감싸세요.",
  },
  {
    message: /of type string/,
    en: "This must be a string: YAML reads it as something else unless it stands in quotes.",
    ko: "문자열이어야 합니다. 따옴표로 감싸지 않으면 YAML이 다른 형식으로 읽습니다.",
  },
  {
    message: /of type int32|of type int64/,
    en: "This must be a whole number, without quotes.",
    ko: "따옴표 없는 정수여야 합니다.",
  },
  {
    path: /ports\[\d+\]\.name$/,
    message: /Required value/,
    en: "With more than one port, each needs a name.",
    ko: "포트가 둘 이상이면 각각 이름이 있어야 합니다.",
  },
  {
    path: /volumeMounts\[\d+\]\.name$/,
    message: /Not found/,
    en: "The pod has no volume of that name in spec.volumes.",
    ko: "파드의 spec.volumes에 그 이름의 볼륨이 없습니다.",
  },
  {
    path: /replicas$/,
    message: /greater than or equal to 0/,
    en: "0 stops all pods; there is nothing below.",
    ko: "0이면 모든 파드를 멈춥니다. 그보다 작은 값은 없습니다.",
  },
];

/** The reason for a message about a field; undefined when we have none. */
export function whyOf(path: string, message: string): Bilingual | undefined {
  const reason = REASONS.find(
    (candidate) =>
      (candidate.path === undefined || candidate.path.test(path)) &&
      (candidate.message === undefined || candidate.message.test(message)),
  );
  return reason === undefined ? undefined : { en: reason.en, ko: reason.ko };
}
