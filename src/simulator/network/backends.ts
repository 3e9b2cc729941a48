import type { RandomStream } from "../kernel/random.ts";

/** A Service's port that takes a share of the requests of a rule. */
export interface Backend {
  /** `servicePortKey`; undefined: it names something that is not there. */
  readonly key: string | undefined;
  readonly weight: number;
}

/** Where the requests of one source go, as one proxy knows it: frozen plain data. */
export interface Backends {
  readonly choices: readonly Backend[];
  readonly totalWeight: number;
  /** The second is a canary: without endpoints it leaves its share to the first; without endpoints of the first nobody is asked. */
  readonly canary?: true;
  /** A timeout of the rule in place of the road's. */
  readonly requestTimeoutMs?: number;
  /** The first is asked at the Service's own address, and nobody else after it. */
  readonly serviceUpstream?: true;
}

/** All requests go to one Service's port. */
export function only(key: string | undefined): Backends {
  return Object.freeze({
    choices: Object.freeze([Object.freeze({ key, weight: 1 })]),
    totalWeight: 1,
  });
}

/** Shares of back ends, the weights of a rule. */
export function weighted(choices: readonly Backend[]): Backends {
  const frozen = Object.freeze(choices.map((choice) => Object.freeze({ ...choice })));
  return Object.freeze({
    choices: frozen,
    totalWeight: frozen.reduce((sum, { weight }) => sum + weight, 0),
  });
}

/** Any of the back ends, each as likely as its weight says. */
export function chooseByWeight(
  { choices, totalWeight }: Backends,
  random: RandomStream,
): Backend | undefined {
  if (choices.length === 1 && totalWeight > 0) return choices[0];
  let left = random.unit() * totalWeight;
  for (const choice of choices) {
    if (left < choice.weight) return choice;
    left -= choice.weight;
  }
  return undefined;
}

/**
 * The next of turns in which each back end comes as often as its weight says and as evenly as it can (nginx's smooth weighted round robin,
 * src/http/ngx_http_upstream_round_robin.c), for evenly spaced requests. `credits` is what each has saved up.
 */
export function chooseInTurn(
  { choices, totalWeight }: Backends,
  credits: number[],
): Backend | undefined {
  if (totalWeight <= 0) return undefined;
  let best = 0;
  for (let i = 0; i < choices.length; i += 1) {
    credits[i] = (credits[i] ?? 0) + choices[i]!.weight;
    if (credits[i]! > credits[best]!) best = i;
  }
  credits.length = choices.length;
  credits[best]! -= totalWeight;
  return choices[best];
}
