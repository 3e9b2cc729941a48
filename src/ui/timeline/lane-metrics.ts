/** Sizes of a lane in pixels: fewer pods get more room. */
export interface LaneMetrics {
  /** Above the bar: the routers' lines. */
  readonly routersH: number;
  readonly barH: number;
  readonly gapH: number;
  readonly markR: number;
  /** Size of the pod's name; 0: no names, no counts. */
  readonly nameSize: number;
  readonly routerLines: number;
}

/** The sizes for so many lanes and routers. */
export function metricsFor(lanes: number, routers: number, compact: boolean): LaneMetrics {
  const routerLines = routers <= 3 ? routers : 1;
  if (lanes <= 14) {
    const routersH = compact ? 11 : 12;
    const sizes = compact ? { barH: 13, gapH: 7, markR: 3.5 } : { barH: 16, gapH: 9, markR: 4 };
    return { routersH, ...sizes, nameSize: compact ? 11 : 12, routerLines };
  }
  if (lanes <= 40) {
    return { routersH: 6, barH: 9, gapH: 4, markR: 3, nameSize: 10, routerLines };
  }
  const tight = lanes > 120;
  return {
    routersH: tight ? 2 : 3,
    barH: tight ? 3 : 4,
    gapH: tight ? 1 : 2,
    markR: tight ? 1.5 : 2,
    nameSize: 0,
    routerLines: 1,
  };
}
