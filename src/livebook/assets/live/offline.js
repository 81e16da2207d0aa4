// Has the service worker keep the book, and what Python was loaded from, for a visit with no network.

/** Keep what this page has loaded; nothing happens where the browser has no service workers. */
export async function keepForOffline(session) {
  if (keepForOffline.done || !("serviceWorker" in navigator)) return;
  keepForOffline.done = true;
  try {
    const root = new URL(document.documentElement.dataset.content_root, location.href).href;
    await navigator.serviceWorker.register(`${root}sw.js`, { scope: root });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: await session.addresses() });
  } catch {
    // a private window, or no room: the page works as before
  }
}
