/** How smoothly a long rollout plays: frames a second, beside those that the same page gets when nothing moves. A measurement, no test. */
import { test, type Page } from "@playwright/test";
import { timelineHtml } from "../../../src/ui/timeline/static.ts";
import { openHarness } from "../../ui/harness/bundle.ts";
import { syntheticTimeline, type SyntheticOptions } from "../../ui/synthetic-timeline.ts";

/** A hundred pods, five minutes, 50 requests a second: 15,000 requests. */
const LONG: SyntheticOptions = {
  replicas: 100,
  surge: 25,
  rps: 50,
  endMs: 300_000,
  waveMs: 40_000,
  startupMs: 9000,
};

interface Frames {
  readonly perSecond: number;
  /** Longest time between two frames. */
  readonly worstMs: number;
  /** Tasks that held the page for more than 50 ms. */
  readonly longTasks: number;
  /** What the page's main thread computed for each frame: its own time, whatever else the machine does. */
  readonly computedMs: number;
}

const SECONDS = 4;

/** Counts frames for some seconds, after starting something. */
async function countFrames(page: Page, start: () => void): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const taskSeconds = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN;
  };
  await page.evaluate(start);
  const before = await taskSeconds();
  const counted = await page.evaluate(async (lastsMs) => {
    let longTasks = 0;
    const observer = new PerformanceObserver((list) => (longTasks += list.getEntries().length));
    observer.observe({ type: "longtask" });
    const times: number[] = [];
    const begin = performance.now();
    await new Promise<void>((resolve) => {
      const frame = (now: number) => {
        times.push(now);
        if (now - begin < lastsMs) requestAnimationFrame(frame);
        else resolve();
      };
      requestAnimationFrame(frame);
    });
    observer.disconnect();
    const gaps = times.slice(1).map((time, i) => time - times[i]!);
    return { frames: times.length, worstMs: Math.max(...gaps), longTasks };
  }, SECONDS * 1000);
  const computedMs = (((await taskSeconds()) - before) * 1000) / counted.frames;
  await session.detach();
  return { ...counted, perSecond: counted.frames / SECONDS, computedMs };
}

test("a hundred pods over five minutes, played at 16×", async ({ page }) => {
  const markup = timelineHtml(syntheticTimeline(LONG), { lang: "en", id: "long", live: true });
  await openHarness(page, `<rl-timeline lang="en">${markup}</rl-timeline>`);
  await page.evaluate((options) => window.harness.showTimeline(options), LONG);
  await page.getByRole("slider", { name: "Playhead" }).waitFor();

  const still = await countFrames(page, () => undefined);
  const playing = await countFrames(page, () => {
    const timeline = document.querySelector("rl-timeline")!;
    const speed = document.querySelector<HTMLSelectElement>(".tl-speed")!;
    speed.value = "16";
    speed.dispatchEvent(new Event("change"));
    timeline.playheadMs = 10_000;
    timeline.play();
  });
  process.stdout.write(
    `frames a second of a rollout of 100 pods over 5 minutes, played at 16×: ${playing.perSecond.toFixed(1)}; ` +
      `the same page at rest: ${still.perSecond.toFixed(1)}; ratio ${(playing.perSecond / still.perSecond).toFixed(2)}; ` +
      `worst gap ${playing.worstMs.toFixed(0)} ms, ${playing.longTasks} long tasks, ` +
      `${playing.computedMs.toFixed(1)} ms computed a frame\n`,
  );
});
