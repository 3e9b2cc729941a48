import type { Note } from "../notes.ts";
import type { ImageDocument } from "./guess-image.ts";
import { imageOf, podSpecOf, recordsOf, type Plain } from "./pod-spec.ts";
import type { State } from "./prepare.ts";
import { servingContainer } from "./serving-container.ts";

/** Programs that pass requests on where another program stands beside them. */
const PROXIES =
  /(^|\/)(nginx|nginx-unprivileged|openresty|httpd|apache|caddy|haproxy|envoy|traefik|oauth2-proxy|kube-rbac-proxy)([-/]|$)/;

/** What stands beside a program without a part in its answers: logs, metrics, agents, connections to elsewhere, configuration. */
const HELPERS =
  /exporter|fluent|filebeat|vector|promtail|alloy|logstash|log|agent|otel|opentelemetry|collector|telegraf|statsd|metric|sql-proxy|reload|git-sync|sync|cron|worker|config|watch|redis|memcached/;

/** A container that takes a workload's requests and another one of the pod that it passes them on to, by their indexes. */
export interface Front {
  readonly front: number;
  readonly behind: number;
}

/** nginx before PHP-FPM or gunicorn, oauth2-proxy before a program: who answers, where the container that the Service leads to does not. */
export function frontOf(workload: Plain, port: number | string): Front | undefined {
  const containers = recordsOf(podSpecOf(workload).containers);
  const front = servingContainer(workload, port);
  const own = containers[front];
  if (own === undefined || !PROXIES.test(repositoryOf(own))) return undefined;
  const others = containers.flatMap((container, i) => {
    const isHelper = HELPERS.test(repositoryOf(container)) || HELPERS.test(String(container.name));
    return i === front || isHelper ? [] : [i];
  });
  // Of several nobody can tell which one it is.
  const [behind] = others;
  return behind === undefined || others.length > 1 ? undefined : { front, behind };
}

function repositoryOf(container: Plain): string {
  return imageOf(container)
    .replace(/@.*$/, "")
    .replace(/:[^/:]*$/, "");
}

/** Has the images of containers that only pass requests on say so. */
export function passOn(
  images: Map<string, ImageDocument>,
  states: readonly State[],
  port: number | string,
): Note[] {
  return states.flatMap(({ workloads }) =>
    workloads.flatMap(({ object }): Note[] => {
      const found = frontOf(object, port);
      const containers = recordsOf(podSpecOf(object).containers);
      const [front, behind] = found ? [containers[found.front]!, containers[found.behind]!] : [];
      if (front === undefined || behind === undefined) return [];
      const image = images.get(imageOf(front));
      const passesOn = String(behind.name);
      if (image !== undefined) images.set(image.name, { passesOn, ...image });
      const values = { front: String(front.name), behind: passesOn };
      return [{ code: "front-container", values }];
    }),
  );
}
