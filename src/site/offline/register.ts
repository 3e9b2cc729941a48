/** `base` with its slash: Astro leaves it out or not, as it was written. */
const base = import.meta.env.BASE_URL.replace(/\/*$/, "/");

/** Once the page is there and the machine idle: what is kept for later must not slow it down. */
export function keepForOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  if (import.meta.env.DEV) void forgetBuiltSite();
  else whenIdle(() => void register());
}

async function register(): Promise<void> {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  if (connection?.saveData) return;
  // Refused in some private windows: the site then only needs its network.
  await navigator.serviceWorker
    .register(`${base}service-worker.js`, { scope: base })
    .catch(() => undefined);
}

/** `npm run preview` and `npm run dev` share an address: what the one kept is not for the other. */
async function forgetBuiltSite(): Promise<void> {
  const registrations = await navigator.serviceWorker.getRegistrations();
  for (const registration of registrations) await registration.unregister();
}

function whenIdle(act: () => void): void {
  const idle = () => ("requestIdleCallback" in window ? requestIdleCallback(act) : act());
  if (document.readyState === "complete") idle();
  else addEventListener("load", idle, { once: true });
}
